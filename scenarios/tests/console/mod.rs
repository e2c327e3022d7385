//! A console, a person, and a product that is worked by hand.

mod http;
mod journey;
mod officer;
mod opened;
mod product;
mod refused;
mod restarted;
mod settings;
