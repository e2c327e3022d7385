//! 判定表 on a terminal: one line a rule with a column for each mode, then what to do next.
//!
//! Nothing is said by colour alone: every verdict has a sign and a word.

mod console;
mod ending;
mod rows;
mod writer;

pub use console::{Colour, Console};
pub use writer::render;
