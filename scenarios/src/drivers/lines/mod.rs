//! Test-control operations as lines of JSON on a program's standard input and output.

mod conversation;
mod driver;

pub(super) use conversation::{Conversation, Stdin};
pub use driver::LinesDriver;
