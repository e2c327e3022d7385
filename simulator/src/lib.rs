//! The simulated other side.
