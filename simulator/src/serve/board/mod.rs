//! The pages of a review board's members (認定審査会委員): the materials of their own meetings.
//!
//! Opening a material notes it as read, and the municipality is told.
//!
//! # Differs from the real system
//! How members read materials, and what their pages look like, is not published.

mod home;
mod log_in;
mod material;
mod service;

pub(super) use service::open;
