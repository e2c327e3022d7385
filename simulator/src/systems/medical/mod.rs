//! 医療機関 on the qualification line: known by the certificate of its line.

mod state;

pub use state::{Institution, Medical};
