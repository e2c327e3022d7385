//! 起動役 (starter): a vendor build as a process of the judge's own.
//!
//! [`VendorProcess`] starts the command of a vendor's file at an address of the judge's choice, waits
//! until the build answers, and ends it with everything it started. It bounds every wait and keeps
//! the last lines the build printed, so that a build that does not start says why.

mod command;
mod error;
mod group;
mod output;
mod port;
mod slot;
mod vendor_process;

pub use error::{NotOurs, ProcessEnd, StartError};
pub use slot::Slot;
pub use vendor_process::{Ending, RestartError, VendorProcess};
