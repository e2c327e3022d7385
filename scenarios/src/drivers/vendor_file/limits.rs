//! 制限時間: how long the judge waits for the answer to an operation.

use std::collections::BTreeMap;
use std::time::Duration;

use toml::Spanned;
use toml::de::DeValue;

use super::problem::ProblemKind;
use super::reading::as_table;
use super::source::{Source, TableReader, wrong_kind};
use crate::control::Operation;

/// Longest wait a vendor's file may ask for, in seconds: one hour.
const SECONDS_MAX: u64 = 3600;

/// The wait for the answer to each operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLimits {
    others: Duration,
    by_operation: BTreeMap<Operation, Duration>,
}

impl TimeLimits {
    /// 60 seconds; 600 for the operations whose length depends on the number of people
    /// (`load_ledger`, `run_transfer`, `export` and `import`).
    #[must_use]
    pub fn standard() -> Self {
        let long = Duration::from_secs(600);
        Self {
            others: Duration::from_secs(60),
            by_operation: BTreeMap::from([
                (Operation::LoadLedger, long),
                (Operation::RunTransfer, long),
                (Operation::Export, long),
                (Operation::Import, long),
            ]),
        }
    }

    /// The same limit for every operation.
    #[must_use]
    pub const fn uniform(limit: Duration) -> Self {
        Self {
            others: limit,
            by_operation: BTreeMap::new(),
        }
    }

    /// The same limits with another one for the operations that have none of their own.
    #[must_use]
    pub fn with_others(mut self, limit: Duration) -> Self {
        self.others = limit;
        self
    }

    /// The same limits with another one for `operation`.
    #[must_use]
    pub fn with(mut self, operation: Operation, limit: Duration) -> Self {
        self.by_operation.insert(operation, limit);
        self
    }

    /// The wait for the answer to `operation`.
    #[must_use]
    pub fn of(&self, operation: Operation) -> Duration {
        self.by_operation
            .get(&operation)
            .copied()
            .unwrap_or(self.others)
    }
}

/// A whole number of seconds within the range.
pub(super) fn seconds(
    source: &mut Source<'_>,
    place: String,
    value: &Spanned<DeValue<'_>>,
) -> Option<Duration> {
    let line = source.line_of(value.span().start);
    let Some(integer) = value.get_ref().as_integer() else {
        source.report(line, wrong_kind(place, "整数（秒）", value.get_ref()));
        return None;
    };
    let number = u64::from_str_radix(integer.as_str(), integer.radix())
        .ok()
        .filter(|seconds| (1..=SECONDS_MAX).contains(seconds));
    if number.is_none() {
        source.report(
            line,
            ProblemKind::Seconds {
                place,
                seconds_max: SECONDS_MAX,
                came: integer.to_string(),
            },
        );
    }
    number.map(Duration::from_secs)
}

/// The table `[operation_seconds]`, if there is one.
pub(super) fn read_limits(source: &mut Source<'_>, top: &mut TableReader<'_, '_>) -> TimeLimits {
    const TITLE: &str = "[operation_seconds]";
    let mut limits = TimeLimits::standard();
    let table = top
        .get("operation_seconds")
        .and_then(|value| as_table(source, TITLE, value));
    let Some(mut table) = table else {
        return limits;
    };
    if let Some(value) = table.get("others") {
        let place = table.place("others");
        limits = match seconds(source, place, value) {
            Some(limit) => limits.with_others(limit),
            None => limits,
        };
    }
    for operation in Operation::ALL {
        let Some(value) = table.get(operation.name()) else {
            continue;
        };
        let place = table.place(operation.name());
        if let Some(limit) = seconds(source, place, value) {
            limits = limits.with(operation, limit);
        }
    }
    table.finish_naming(
        source,
        vec![
            "others".to_owned(),
            "試験操作の名前（run_transfer など）".to_owned(),
        ],
    );
    limits
}
