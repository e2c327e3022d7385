//! The simulated other side of the 介護情報基盤: PMH, intermediate server, online qualification, platform.

pub mod domain;
pub mod profile;
