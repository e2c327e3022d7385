//! PMH (Public Medical Hub): the only door between a municipal system and the platform.
//!
//! `operator` is what the staff do in its pages, with `log_in` and `keys` behind it; `link` the door
//! of the interface of mode 1 with `register` and `inbound` behind it; `sending` the door of mode 2,
//! which judges a set of files (組) whole by `set_names` and `set_content`. Behind both doors are the
//! same `conditions`, and the same asynchronous `tasks`, in which `judging` looks at each record by
//! itself. `results` and `made_files` are the sets that PMH makes, `views` what its pages show,
//! `wire` how answers of mode 1 look.
//!
//! # Differs from the real system
//! Paths, codes, the key's form, the names and layouts of files and the order of all checks are those
//! of the interface profile and of this module; they are assumed where nothing is published. Nothing
//! limits the rate of requests. An account has one user. Files are not looked through for viruses. A
//! set whose records are slow to be judged does not hold up a newer one, as a task does not hold up
//! another in mode 1. Inbound records that came from outside are passed on as they stand, right or
//! wrong.

mod account;
mod conditions;
mod context;
mod finishing;
mod inbound;
mod judging;
mod keys;
mod link;
mod log_in;
mod looks;
mod made_files;
mod operator;
mod problems;
mod register;
mod results;
mod schedule;
mod sending;
mod set_content;
mod set_names;
mod sets;
mod state;
mod tasks;
mod views;
mod wire;

pub use account::{Account, IssuedKey, LogInStage};
pub use context::Context;
pub use finishing::notify_address;
pub use link::answer_request;
pub use looks::reading_notices;
pub use operator::{Desk, act, refuse_stranger};
pub use state::{AccountKey, InboundItem, Pmh, Setup, Task, TaskState, task_name};
pub use tasks::{finish_stored, process_task, receive_identifiers, receive_inbound};
pub use views::{
    FileSetState, FileSetView, InboundSetView, MadeFileView, RefusedRecordView, SentFileView,
};
