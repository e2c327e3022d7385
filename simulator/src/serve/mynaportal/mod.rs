//! マイナポータル on the air: the person, logged in with the card, sees what the platform shows.
//!
//! # Differs from the real system
//! Layout, wording and addresses are not those of the real pages. A card is chosen from a list in
//! place of being read with its PIN. Only what comes from 介護情報基盤 is there.

mod data;
mod home;
mod log_in;
mod service;

pub(super) use service::open;
