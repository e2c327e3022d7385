//! 要件: what is certified, and the proof that every rule of it is accounted for.
//!
//! [`Catalogue`] holds the rules as data; [`account`] compares them with the scenarios, monitors and
//! laws that exist and refuses a suite in which a rule is neither tried nor excused in writing.
//! This module does not know how a rule is tried.

mod accounting;
mod catalogue;
mod entry;
mod file;
mod identifier;
mod known_gap;
mod table;

pub use accounting::{
    Accounting, Cell, Coverage, LawDeclaration, MonitorDeclaration, Unaccounted, account,
};
pub use catalogue::{Catalogue, CatalogueError, Later, Requirement, Topic};
pub use entry::{Level, Mode, Party, Standing, Verify};
pub use identifier::{RequirementId, RequirementIdError};
pub use known_gap::KnownGap;
