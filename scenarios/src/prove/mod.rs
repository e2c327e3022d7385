//! 判定する側の証明: what the judge catches, whom it blames, and whom it leaves alone.
//!
//! [`prove`] plants every fault of [`Planted`] into the reference vendor, one at a time, runs the scenarios
//! it belongs to and compares what was seen violated with what the fault breaks. A fault that survives, one
//! that is put to another rule, and a harmless variant that is flagged are failures of the judge. No figure
//! is given before the faultless vendor is green, a vendor that does nothing is caught, and the same
//! starting of the vendor without a fault is left alone ([`Grounds`]).

mod blame;
mod grounds;
mod matrix;
mod page;
mod planted;
mod text;
mod trial;

pub(crate) use blame::blames;
pub use blame::{Blame, Seen};
pub use grounds::{Ground, Grounds};
pub use matrix::{Guard, Proof, ProveError, ProveSettings, Step, prove, unguarded};
pub use page::page;
pub use planted::{Fault, Planted, Variant};
pub use text::table;
pub use trial::{Fate, FaultTrial, VariantTrial};
