//! What is wrong with one item of a record.

/// 必須項目がありません.
pub(super) const MISSING: &str = "E001";
/// 型が違います.
pub(super) const TYPE: &str = "E002";
/// 桁数が違います.
pub(super) const LENGTH: &str = "E003";
/// 使えない文字があります.
pub(super) const CHARACTER: &str = "E004";
/// 符号が一覧にありません.
pub(super) const CODE: &str = "E005";
/// 検査数字が合いません.
pub(super) const CHECK_DIGIT: &str = "E006";
/// 実在しない日付です.
pub(super) const DATE: &str = "E007";
/// 仕様にない項目です.
pub(super) const UNKNOWN: &str = "E008";
/// 項目どうしが矛盾しています.
pub(super) const CONTRADICTION: &str = "E009";

/// The codes a layout itself answers with; a profile must explain each of them.
pub(super) const CODES: [&str; 9] = [
    MISSING,
    TYPE,
    LENGTH,
    CHARACTER,
    CODE,
    CHECK_DIGIT,
    DATE,
    UNKNOWN,
    CONTRADICTION,
];

/// What is wrong with one item of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{item}: {code} {message}")]
pub struct ItemError {
    /// The item as the layout or, if it is unknown, the sender calls it, e.g. `basicFiveInfo.sex`.
    pub item: String,
    /// Result code, `E001` to `E009`.
    pub code: &'static str,
    /// What was expected and what came, in Japanese; never an individual number (個人番号).
    pub message: String,
}
