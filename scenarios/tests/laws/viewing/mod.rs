//! Who may see what: every door answers as the auditor says, whatever has happened before.
//!
//! A history begins on one of several stages (nothing linked, linked, set up, offices responsible,
//! consented) under one of several readings of the open questions, and goes on with random steps:
//! people change, move, are hidden and deleted, consent, refuse and withdraw, cards are lost,
//! offices register and end, time passes to the second, and everybody asks for everything.

mod asking;
mod changes;
mod law;
mod linking;
mod lots;
mod player;
mod stages;
mod stories;
