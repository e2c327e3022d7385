use std::collections::BTreeMap;
use std::fmt;

/// The masked 個人番号 of a person, as the simulated world knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonToken(u64);

impl PersonToken {
    /// Reads the token's tag; `None` if the text is no token.
    #[must_use]
    pub fn from_token(text: &str) -> Option<Self> {
        let tag = text.strip_suffix('〕')?.rsplit(':').next()?;
        u64::from_str_radix(tag, 16).ok().map(Self)
    }
}

impl fmt::Display for PersonToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

/// 識別子: stands for one insured person in every system that must not know the 個人番号.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identifier(pub u64);

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
