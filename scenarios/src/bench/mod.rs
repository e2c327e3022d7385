//! 規模の見積もり: what the simulated side uses on this machine for the initial set-up of a town.
//!
//! [`measure`] sets invented towns up, in processes of their own, and takes CPU time, memory and the
//! journal's size; [`Projection`] says what a town of another size takes. Nothing here is a verdict, and the
//! vendor's product, the line and people's work have no part in it.
//!
//! CPU time is the unit because others may use the machine at the same time; on an otherwise idle
//! machine the clock shows about the same. The projection is in proportion with the people; how far
//! that holds up to 1,000,000 of them is measured by `cargo bench -p tekigo-simulator`.

mod load;
mod measure;
mod meter;
mod plot;
mod projection;
mod text;
mod trial;

pub use measure::{BenchError, BenchSettings, Measured, Progress, measure};
pub use plot::svg;
pub use projection::{Projection, Range, Share};
pub use text::table;
pub use trial::{Trial, TrialError, TrialSettings};
