//! The world on the air: TLS, keys, tasks, faults on the line, and a journal that continues.

mod care_software;
mod client;
mod faults;
mod headers;
mod journal;
mod tasks;
