//! Stories: what a diary brings, and that a run of one is judged as a scenario is.

mod certified;
mod diary;
