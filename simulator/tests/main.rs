//! The tests of the simulator that need more than one module of it.

mod profile;
