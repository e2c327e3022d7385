//! 配役: whom and what the words of the scenarios mean in the books of the standard town.
//!
//! A scenario says 「認定を受けた人」の「転居」. [`scenario_town`] makes the books in which every such person
//! lives, [`subject`] finds the person, [`events`] and [`stage_events`] say which business operations the
//! occasion is. The words are the closed lists of `features/README.md`.
//!
//! Everything here is computed from the books and the words alone: no vendor, no interface, no chance.

mod case;
mod certification;
pub(crate) mod changes;
mod error;
mod happening;
mod item;
mod newcomer;
pub(crate) mod numbers;
mod occasion;
pub(crate) mod paper;
mod past;
mod portal;
mod role;
pub(crate) mod rows;
mod scene;
mod subject;
mod town;
mod viewers;
mod words;

pub use case::{CaseStage, progress_shows, stage_events};
pub use error::CastError;
pub use happening::{Happening, into_ledger};
pub use item::item;
pub use newcomer::newcomer;
pub use occasion::{Occasion, events};
pub use portal::{Applicant, Letter, Milestone, PortalRefusal, RecheckGround, WishedMonth};
pub use role::Role;
pub use subject::{Subject, subject};
pub use town::{scenario_town, scenario_town_of};
pub use viewers::{Beholder, Denied, Information, Proof};
