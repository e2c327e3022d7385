//! The portal, rule by rule.

mod counter;
mod dates;
pub(crate) mod desk;
pub(crate) mod link;
mod recheck;
mod road;
mod unions;
