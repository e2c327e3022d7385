//! 語: 項目.

/// The item of a link record that a word of 語: 項目 names, as a dotted path; `None` for any other word.
#[must_use]
pub fn item(word: &str) -> Option<&'static str> {
    match word {
        "個人番号" => Some("myNumber"),
        "氏名" => Some("basicFiveInfo.name"),
        _ => None,
    }
}
