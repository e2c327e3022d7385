//! The portal, rule by rule.

pub(crate) mod desk;
mod road;
