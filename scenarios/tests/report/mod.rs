//! Verdicts and reports, from fabricated journals.

mod blame;
mod both_modes;
mod builder;
mod city;
mod effort;
mod exit;
mod folder;
mod modes;
mod museum;
mod rules;
mod side_by_side;
mod snapshots;
mod stories;
mod wide;
