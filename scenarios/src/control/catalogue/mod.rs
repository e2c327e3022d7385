//! The sheets of all operations, one file a group.

pub(super) mod business;
pub(super) mod link;
pub(super) mod rows;
pub(super) mod run;
pub(super) mod view;
