//! 記録から見えるもの: what a journal shows of the vendor and of the platform.
//!
//! Everything here is read from journal lines and from nothing else; no state of the simulator
//! is looked into.

mod file_text;
mod platform_image;
mod registration;
mod tail;
mod traffic;
mod upload;
mod words;

pub(crate) use file_text::{records_of_text, rows_of};
pub use platform_image::PlatformImage;
pub(crate) use platform_image::{is_deleted, row_item, row_name};
pub use registration::Registration;
pub use tail::{JournalTail, TailError};
pub use traffic::{Exchange, Traffic};
pub use upload::{Deed, Upload};
pub(crate) use words::{item_name, kind_name, record_in_words, row_in_words};
