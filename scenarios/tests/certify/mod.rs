//! `tekigo certify` from settings to report: green for a vendor that links, never for one that does not.

mod alarm;
mod blame;
mod doctor;
mod killed;
mod null_vendor;
pub(crate) mod program;
mod python_vendor;
mod repeated;
mod replayed;
mod settings;
mod shards;
mod transports;
mod variants;
mod whole_run;
