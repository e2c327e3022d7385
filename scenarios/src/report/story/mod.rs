//! 人ごとの経過: who could see what of a person, when and why, told from a journal and nothing else.

mod breaches;
mod deeds;
mod era;
mod handed;
mod looks;
mod narrator;
mod people;
mod reasons;
mod tale;

pub use tale::{Entry, Outcome, Story, stories};
