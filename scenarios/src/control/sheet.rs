//! The sheet of one operation: what a person or a program must know to carry it out.

/// What an operation is for; decides the order of the guide and the colour of a manual step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationGroup {
    /// 試験の運転: starting, emptying, setting and ending the product under test.
    Run,
    /// 業務: what the municipality's staff do every day.
    Business,
    /// 連携: what the product does with the platform.
    Link,
    /// 画面の確認: what staff see on the product's screens.
    View,
}

impl OperationGroup {
    /// The Japanese name of the group.
    #[must_use]
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Run => "試験の運転",
            Self::Business => "業務",
            Self::Link => "連携",
            Self::View => "画面の確認",
        }
    }
}

/// Whether a member must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// 必須: always there.
    Required,
    /// 任意: may be left out.
    Optional,
}

/// The JSON kind of a member, with or without null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberKind {
    /// A JSON string.
    Text,
    /// A JSON string or null.
    TextOrNull,
    /// A JSON integer of zero or more.
    Count,
    /// A JSON integer of one or more that tells one thing from the others.
    Number,
    /// A JSON array.
    List,
    /// A JSON array or null.
    ListOrNull,
    /// A JSON object.
    Object,
    /// A JSON object or null.
    ObjectOrNull,
}

impl MemberKind {
    /// The Japanese words for what is expected, as used in messages.
    #[must_use]
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Text => "文字列",
            Self::TextOrNull => "文字列または null",
            Self::Count => "0以上の整数",
            Self::Number => "1以上の整数",
            Self::List => "配列",
            Self::ListOrNull => "配列または null",
            Self::Object => "オブジェクト",
            Self::ObjectOrNull => "オブジェクトまたは null",
        }
    }

    /// Whether `value` is of this kind.
    #[must_use]
    pub fn accepts(self, value: &serde_json::Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::TextOrNull => value.is_string() || value.is_null(),
            Self::Count => value.as_u64().is_some(),
            Self::Number => value.as_u64().is_some_and(|number| number >= 1),
            Self::List => value.is_array(),
            Self::ListOrNull => value.is_array() || value.is_null(),
            Self::Object => value.is_object(),
            Self::ObjectOrNull => value.is_object() || value.is_null(),
        }
    }
}

/// One member of an operation's input or of the data of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The JSON name.
    pub name: &'static str,
    /// The Japanese name, for sentences and forms.
    pub japanese: &'static str,
    /// Whether it must be there.
    pub presence: Presence,
    /// Its JSON kind.
    pub kind: MemberKind,
}

/// A member that must be there.
pub(super) const fn required(
    name: &'static str,
    japanese: &'static str,
    kind: MemberKind,
) -> Member {
    Member {
        name,
        japanese,
        presence: Presence::Required,
        kind,
    }
}

/// A member that may be left out.
pub(super) const fn optional(
    name: &'static str,
    japanese: &'static str,
    kind: MemberKind,
) -> Member {
    Member {
        name,
        japanese,
        presence: Presence::Optional,
        kind,
    }
}

/// Everything fixed about one operation.
#[derive(Debug, PartialEq, Eq)]
pub struct OperationSheet {
    /// The name in the path, snake_case.
    pub name: &'static str,
    /// The Japanese name, a noun.
    pub japanese: &'static str,
    /// One Japanese sentence in plain form: what the product, or the person working it, does.
    pub sentence: &'static str,
    /// What the operation is for.
    pub group: OperationGroup,
    /// The members of the input object.
    pub input: &'static [Member],
    /// The members of `data` in an answer `done`.
    pub data: &'static [Member],
}
