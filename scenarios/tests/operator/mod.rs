//! The person at the terminal, against PMH's own pages.

mod browser;
mod errands;
mod office;
mod reading;
