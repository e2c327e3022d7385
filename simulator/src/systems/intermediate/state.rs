use std::collections::BTreeMap;
use std::fmt;

use crate::domain::MyNumberToken;

/// The masked 個人番号 of a person, as the simulated world knows it: equal for one person, however
/// often registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonToken(u64);

impl PersonToken {
    /// Reads a text that is one token; `None` if it is anything else.
    #[must_use]
    pub fn from_token(text: &str) -> Option<Self> {
        MyNumberToken::parse(text).map(Self::from)
    }
}

impl From<MyNumberToken> for PersonToken {
    fn from(token: MyNumberToken) -> Self {
        Self(token.tag)
    }
}

impl fmt::Display for PersonToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

/// 識別子: stands for one insured person in every system that must not know the 個人番号.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identifier(u64);

impl Identifier {
    /// The identifier of a draw. It begins with a letter, so that the mask never takes a part of
    /// it for a 個人番号.
    #[must_use]
    pub fn of_draw(draw: u64) -> Self {
        let (first, rest) = (draw >> 60, draw & ((1 << 60) - 1));
        Self((0xA + first % 6) << 60 | rest)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What the intermediate server remembers.
#[derive(Debug, Clone, Default)]
pub struct IntermediateServer {
    pub(super) issued: BTreeMap<PersonToken, Identifier>,
}

impl IntermediateServer {
    /// How many people have an identifier.
    #[must_use]
    pub fn len(&self) -> usize {
        self.issued.len()
    }

    /// Whether nobody has one yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.issued.is_empty()
    }
}
