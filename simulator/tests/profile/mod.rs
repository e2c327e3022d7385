//! The interface profile: what it accepts, what it refuses and with which reason.

mod broken;
mod bundled;
mod corruption;
mod files;
mod generated;
mod messages;
mod openapi;
mod round_trip;
mod variant;

pub(crate) use generated::{Items, Repertoire, any_items, json_of, put};
pub(crate) use variant::{Variant, cp932};
