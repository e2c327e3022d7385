//! 開発キット: everything that the writer of an adapter needs, in one folder.
//!
//! [`Kit`] is made from what the program itself uses: the schemas it sends operations by, the profile it reads
//! messages with, the rules it judges, and a simulated world that answers the samples. Nothing in it is copied by
//! hand but the guides, and of those every link and every command is tried.

mod books;
mod control;
mod credentials;
mod damage;
mod error;
mod file_samples;
mod folder;
mod layouts;
mod link;
mod link_samples;
mod pages;
mod rules;
mod sample_pages;
mod variants;
mod world;

pub use error::KitError;
pub use folder::{Kit, KitSettings};
