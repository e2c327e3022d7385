//! 操作卓の画面: what people see of the run and how they answer it. Works without scripts; with them, values can be
//! copied by a button.

mod answer;
mod attest;
mod current;
mod files;
mod log;
mod machine;
mod names;
mod prepare;
mod report;
mod service;

pub(super) use service::serve;
