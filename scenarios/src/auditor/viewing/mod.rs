//! 閲覧の監査役: who may see what, when, and why not, computed a second time from the history alone.
//!
//! [`ViewingAuditor`] reads journal lines one after another, keeps books of its own, and for every
//! answer of a door says what had to be answered. It holds its own copy of the access matrix and
//! of every rule, and shares no rule code with the simulator.

mod books;
mod cards;
mod doors;
mod duties;
mod finding;
mod gates;
mod people;
mod reading;
mod rules;
mod told;

pub use finding::{Expected, Finding};
pub use reading::ViewingAuditor;
pub use rules::{Cell, ViewingRules};
