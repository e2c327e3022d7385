//! The gates in front of what the platform holds: evidence, made only by passing them.
//!
//! Every inquiry passes them in this order; the first that stays shut is the reason of refusal:
//!
//! 1. the door: certificate, log-in, access token (each door's own system);
//! 2. the municipality: set-up complete, or its service started (`view_gate`);
//! 3. the person: known, and not deleted;
//! 4. not marked 不開示;
//! 5. identity: who the person is has been checked, and not too long ago;
//! 6. relation: registered as responsible office, member of the meeting;
//! 7. the access matrix: this kind of data is for this viewer at all;
//! 8. consent.
//!
//! An inquiry is one connection: the world lends the gates, read-only, what the systems remember.
//!
//! # Differs from the real system
//! The official matrix (別紙4) is not public: the profile's is put together from what is. That
//! service continues is seen from the office's registration, not from its claims (レセプト). A
//! person who has lost the qualification stays visible until the municipality deletes the record.

mod admission;
mod consent;
mod gates;
mod session;

pub use admission::{Admission, Viewer};
pub use consent::{ConsentEvidence, consent_of};
pub use gates::{Gates, PersonShown, RowFilter, VerifiedIdentity, ViewingGrant};
pub use session::{Lifetime, Sessions};
