//! PMH (Public Medical Hub): the only door between a municipal system and the platform.
//!
//! `operator` is what the staff do in its pages, `link` the door of the interface of mode 1 with
//! `register` and `inbound` behind it, `tasks` the asynchronous work on what was received, `wire`
//! how answers look.
//!
//! # Differs from the real system
//! Paths, codes, the key's form and the order of its checks are those of the interface profile,
//! which is assumed where nothing is published. Nothing limits the rate of requests.

mod inbound;
mod link;
mod operator;
mod register;
mod schedule;
mod state;
mod tasks;
mod wire;

pub use link::{LinkContext, answer_request};
pub use operator::act;
pub use state::{
    Account, AccountKey, InboundItem, IssuedKey, Pmh, Setup, Task, TaskState, task_name,
};
pub use tasks::{
    finish_stored, notify_address, process_task, receive_identifiers, receive_inbound,
};
