//! 接続部 (drivers): how the judge reaches a vendor build, which is always a separate process.
//!
//! [`VendorFile`] says what the vendor declares and how to start its build, [`VendorProcess`] starts
//! it, [`Driver`] carries test-control operations to it, [`VendorPool`] hands out emptied builds to
//! scenarios that run side by side. Nothing here knows a requirement or a verdict; faults say whose
//! they are by [`Consequence`].

mod declaration;
mod driver;
mod error;
mod http;
mod lines;
mod manual;
mod pool;
mod process;
mod vendor_file;

pub use declaration::{DeclarationDifference, DeclarationMismatch, check_declaration};
pub use driver::Driver;
pub use error::{ConnectionStage, Consequence, DriverError, DriverFault, Moment, Reached};
pub use http::HttpDriver;
pub(crate) use http::plain_client;
pub use lines::LinesDriver;
pub use manual::{Asked, Begins, Counter, ManualDesk, ManualDriver, Told};
pub use pool::{Lease, LeaseError, VendorPool};
pub use process::{Ending, NotOurs, ProcessEnd, RestartError, Slot, StartError, VendorProcess};
pub use vendor_file::{
    AddressError, CommandLine, Problem, ProblemKind, Start, Substitutes, TimeLimits, VendorAddress,
    VendorFile, VendorFileError,
};
