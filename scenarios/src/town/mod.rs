//! 架空の町: invented residents for every run, from a seed.
//!
//! [`Town`] makes one person at a time from the number of the person and the seed alone, so a town of a
//! million needs no more memory than a town of ten, and the first thousand people of both are the same.
//! Words and proportions are data (`fixtures/towns/`). The town knows nothing of interfaces or of vendors.
//!
//! # 実物との違い
//! No real municipality, office or person is behind it. Households and 住所地特例 are absent; the course
//! of a certification follows the usual calendar but no real case.

mod allowances;
mod births;
mod cards;
mod consents;
mod course;
mod draw;
mod naming;
mod numbers;
mod person;
mod plan;
mod settings;
mod strangers;
mod summary;
mod unions;
mod words;
mod writing;

pub use cards::limit_units;
pub(crate) use draw::Draw;
pub use numbers::{insurer_number_is_valid, my_number_is_valid, office_number_is_valid};
pub use person::Town;
pub use settings::{SIZE_MAX, TownError, TownSettings, municipalities, quarters};
pub use summary::TownSummary;
pub use unions::{UnionKind, UnionTown, unions};
pub use writing::{generate, write, write_town};
