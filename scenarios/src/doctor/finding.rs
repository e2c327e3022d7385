//! What was looked at, and what was found.

use std::fmt;

use unicode_width::UnicodeWidthStr as _;

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is, in Japanese.
    pub what: String,
    /// What was found.
    pub state: State,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// All is well; in which way.
    Good(String),
    /// A person has to put something right: who, and what.
    Wrong(String),
    /// It was not looked at, for this reason.
    Skipped(String),
}

impl Finding {
    pub(super) fn good(what: impl Into<String>, how: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            state: State::Good(how.into()),
        }
    }

    /// `told` says who must do what.
    pub(super) fn wrong(what: impl Into<String>, told: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            state: State::Wrong(told.into()),
        }
    }

    pub(super) fn skipped(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            state: State::Skipped(why.into()),
        }
    }

    /// Whether somebody has to put something right.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        matches!(self.state, State::Wrong(_))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const COLUMNS: usize = 24;
        let (mark, told) = match &self.state {
            State::Good(told) => ('○', told),
            State::Wrong(told) => ('×', told),
            State::Skipped(told) => ('－', told),
        };
        let gap = " ".repeat(COLUMNS.saturating_sub(self.what.width()).max(1));
        let told = told.replace('\n', &format!("\n{}", " ".repeat(COLUMNS + 3)));
        write!(f, "{mark} {}{gap}{told}", self.what)
    }
}
