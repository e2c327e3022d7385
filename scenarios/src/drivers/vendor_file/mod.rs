//! ベンダー設定ファイル (vendor.toml): what a vendor tells the judge about its build.
//!
//! [`VendorFile`] is read strictly: every fault is reported with file and line, none is guessed
//! away, and what is not declared is an error, not a "no".

mod command;
mod file;
mod gaps;
mod limits;
mod problem;
mod reading;
mod source;
mod values;
mod words;

pub use command::{CommandLine, Substitutes};
pub use file::{Start, VendorFile};
pub use limits::TimeLimits;
pub use problem::{Problem, ProblemKind, VendorFileError};
pub use values::{AddressError, VendorAddress};
