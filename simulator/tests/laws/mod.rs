//! Laws: what holds for every history, tried on random ones.

mod delivery;
mod journal;
mod mask;
mod mask_texts;
mod operation;
mod precondition_order;
mod preconditions;
mod purity;
mod schedule;
mod schedule_oracle;
mod subsidy;
mod town;
mod world;

use proptest::test_runner::Config;

/// So many cases. A counter-example is printed, not filed: it becomes a test of its own.
fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}
