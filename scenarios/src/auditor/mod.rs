//! 監査役: what the platform must hold, computed a second time from the business history alone.
//!
//! [`Auditor`] keeps its own copy of the books, applies every business event that a vendor answered with
//! done, and writes the link records that the published rules demand. It shares no rule code with the
//! simulator or with any vendor, and it never sees what was sent.

mod audit;
mod books;
mod codes;
mod comparison;
mod expectation;
mod outsiders;
mod records;
pub mod viewing;

pub use audit::{Auditor, Mask};
pub use books::{AuditError, BoardMaterial};
pub use comparison::{Difference, ExpectedKey, ExpectedRow, compare};
pub(crate) use comparison::{leaves, shown};
pub use outsiders::Never;
