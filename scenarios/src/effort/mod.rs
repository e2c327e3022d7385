//! 初期セットアップの手間: what a set-up takes of people and of machines, and what follows for an
//! insurer of another size (SETUP-08).
//!
//! [`Hands`] counts what people did, from the journal alone: a verdict rests on that. How long the
//! machines took is real time, which is another on every machine and every day: [`SetUp`] carries it
//! past the journals into the report, where [`Outlook`] projects both.

mod hands;
mod outlook;
mod plot;
mod set_up;
mod working_days;

pub use hands::Hands;
pub use outlook::{Hours, Outlook, SIZES};
pub use plot::svg;
pub use set_up::{Measurements, SetUp};
pub use working_days::{Finish, STAFF_HOURS, staff_hours};
