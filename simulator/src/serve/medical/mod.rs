//! The pages of a medical institution on the qualification line (オンライン資格確認の回線): card checks,
//! viewing with the person's consent, and doctor's opinions (主治医意見書の電送).
//!
//! # Differs from the real system
//! A real institution reaches the line through its own terminal and medical software, whose
//! looks are not published. Here the institution and the certificate of its line are named once,
//! and a card is chosen from a list in place of being held against a reader.

mod card;
mod data;
mod home;
mod log_in;
mod opinion;
mod patient;
mod service;

pub(super) use service::open;
