//! What carries the simulated world: the run's clock, ordered delivery between systems with
//! delay, loss, duplication and reordering as values, named random streams from one seed, the
//! mask that keeps secrets out, and the journal.
//!
//! It knows no system and no rule of the interface.

mod clock;
mod delivery;
mod digit_run;
mod journal;
mod json_escape;
mod link_fault;
mod mask;
mod mask_glance;
mod mask_reading;
mod random;

pub use clock::{Moment, MomentError};
pub use delivery::{Delivery, DeliveryRule, Fate, Mailbox, Route};
pub use journal::{Durability, Event, Journal, JournalError, read_journal, verify_line};
pub use link_fault::{LinkAction, LinkFault, LinkFaults};
pub use mask::{Mask, MaskSettings};
pub use random::Streams;
