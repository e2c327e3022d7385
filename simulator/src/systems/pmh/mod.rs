//! PMH (Public Medical Hub): the only door between a municipal system and the platform.
//!
//! `operator` is what the staff do in its pages, `link` the door of the interface of mode 1 with
//! `register` and `inbound` behind it, `tasks` the asynchronous work on what was received, `wire`
//! how answers look.
//!
//! # Differs from the real system
//! Paths, codes, the key's form and the order of its checks are those of the interface profile,
//! which is assumed where nothing is published. Nothing limits the rate of requests.

mod account;
mod conditions;
mod context;
mod finishing;
mod inbound;
mod judging;
mod keys;
mod link;
mod log_in;
mod made_files;
mod operator;
mod problems;
mod register;
mod results;
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
pub(crate) use log_in::WRONG as WRONG_LOG_IN;
pub use operator::{Desk, act};
pub use state::{AccountKey, InboundItem, Pmh, Setup, Task, TaskState, task_name};
pub use tasks::{finish_stored, process_task, receive_identifiers, receive_inbound};
pub use views::{
    FileSetState, FileSetView, InboundSetView, MadeFileView, RefusedRecordView, SentFileView,
};
