//! Faults between a vendor and PMH, as values chosen by a scenario.

use serde::{Deserialize, Serialize};

/// What happens to a request on the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "action")]
pub enum LinkAction {
    /// The connection is closed before PMH has read the request; nothing changes.
    CutBefore,
    /// PMH works on the request, and the connection is closed in the middle of the answer.
    CutWithin,
    /// PMH works on the request, and the connection is closed before the answer.
    CutAfter,
    /// PMH answers 503 and does nothing.
    Unavailable {
        /// Seconds named in `Retry-After`.
        retry_after: u32,
    },
    /// PMH answers with this business error in an HTTP 200 and does nothing.
    BusinessError {
        /// The code, as in the profile.
        code: String,
    },
    /// PMH works on the request; the answer waits until it is released.
    Hold,
    /// The line breaks before PMH has read the request, and stays down.
    LineDown,
    /// PMH works on the request and says nothing: the connection stays open until the vendor gives up, or for a few
    /// seconds of real time.
    NoAnswer,
    /// PMH works on the request and answers whole, but only after seconds of real time.
    Slow,
    /// The authentication keys of the account that asks are revoked just before the request.
    RevokeKeys,
}

/// A rule: the next `times` requests whose path contains `path`, after `skip` others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkFault {
    /// Part of the path; empty for every request.
    #[serde(default)]
    pub path: String,
    /// How many matching requests pass first.
    #[serde(default)]
    pub skip: u32,
    /// How many are then struck.
    pub times: u32,
    /// What strikes them.
    #[serde(flatten)]
    pub action: LinkAction,
}

/// The rules in force on the line.
#[derive(Debug, Clone, Default)]
pub struct LinkFaults {
    rules: Vec<LinkFault>,
}

impl LinkFaults {
    /// Adds a rule; the first that matches decides.
    pub fn install(&mut self, fault: LinkFault) {
        self.rules.push(fault);
    }

    /// Removes every rule.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// What happens to the next request to `path`.
    pub fn strike(&mut self, path: &str) -> Option<LinkAction> {
        let rule = self
            .rules
            .iter_mut()
            .find(|rule| rule.times > 0 && path.contains(&rule.path))?;
        if rule.skip > 0 {
            rule.skip -= 1;
            return None;
        }
        rule.times -= 1;
        Some(rule.action.clone())
    }
}
