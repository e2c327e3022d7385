//! How a step fails, in a form that survives the runner's panic.

use std::fmt;

use crate::verdict::{Failure, FailureFamily};

/// What a step returns.
pub type Performed<T = ()> = Result<T, StepFailure>;

/// A failed step. Its text is the failure as JSON: the runner turns errors into panic messages,
/// and the stage reads the failure back from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepFailure(pub Failure);

impl StepFailure {
    /// The vendor did something else than the rule expects.
    #[must_use]
    pub fn violated(expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self::of(FailureFamily::Violated, expected, actual, "")
    }

    /// The scenario could not get to what it is about.
    #[must_use]
    pub fn precondition(expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self::of(FailureFamily::Precondition, expected, actual, "")
    }

    /// Our own fault, or the machine's.
    #[must_use]
    pub fn harness(message: impl fmt::Display) -> Self {
        Self::of(
            FailureFamily::Harness,
            "検証ツールが最後まで動く",
            "検証ツールの側で続けられなくなりました",
            &message.to_string(),
        )
    }

    /// A failure of any family.
    #[must_use]
    pub fn of(
        family: FailureFamily,
        expected: impl Into<String>,
        actual: impl Into<String>,
        message: &str,
    ) -> Self {
        Self(Failure {
            family,
            expected: expected.into(),
            actual: actual.into(),
            message: message.to_owned(),
            because_of: Vec::new(),
        })
    }

    /// Reads a failure back from a panic's message; anything else is our own fault.
    #[must_use]
    pub fn from_panic(message: &str) -> Self {
        let found = message
            .find('{')
            .and_then(|start| serde_json::from_str(&message[start..]).ok());
        found.map_or_else(|| Self::harness(message), Self)
    }
}

impl fmt::Display for StepFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match serde_json::to_string(&self.0) {
            Ok(json) => f.write_str(&json),
            Err(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for StepFailure {}
