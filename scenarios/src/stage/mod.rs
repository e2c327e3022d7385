//! 舞台: one scenario's world, vendor and books, and what its steps do with them.
//!
//! A step says what happens in business terms; the stage turns that into operations of the
//! test-control interface, actions in PMH's pages and inputs to the simulated world, and
//! journals each. It judges only through claims, which the journal keeps.

mod attribution;
mod beginning;
mod board;
mod business;
mod claims;
mod context;
mod credentials;
mod daily;
mod damage;
mod desk;
mod effort;
mod exchange;
mod failure;
mod far_side;
mod file_claims;
mod handing;
mod inbound;
mod link_claims;
mod live;
mod neighbour;
mod noting;
mod opening;
mod papers;
mod people_claims;
mod person_field;
mod platform_claims;
mod portal;
mod portal_claims;
mod preparation;
mod product_claims;
mod refusal;
mod register;
mod senders;
mod setup;
mod staff_claims;
mod stick;
mod subsidy;
mod trouble;
mod unopened;
mod vendor;
mod viewer_claims;
mod viewers;
mod visit;
mod wording;

pub use beginning::Beginning;
pub use context::{Context, Towns};
pub use failure::{Performed, StepFailure};
pub use live::Live;
pub use neighbour::Neighbour;
pub use opening::Stage;
pub use person_field::Field;
pub use preparation::Preparation;
pub use setup::SetupView;
pub use trouble::{Trouble, When};
