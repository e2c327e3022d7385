//! Laws: what holds for every town and every business history. One module for each part whose laws
//! these are.

mod auditor;
mod auditor_events;
mod auditor_people;
mod auditor_profile;
mod town_people;
mod towns;
mod union_towns;
mod viewing;

use proptest::test_runner::{Config, FileFailurePersistence};

/// So many cases; what failed once is kept beside the law in `*.regressions`.
fn config(cases: u32) -> Config {
    let kept = FileFailurePersistence::WithSource("regressions");
    Config {
        cases,
        failure_persistence: Some(Box::new(kept)),
        ..Config::default()
    }
}
