//! How a person's name is written: the characters that interfaces stumble over.

use super::Person;

/// Third-level kanji of JIS X 0213 in the names of the invented towns: they pass look-ups and fail later.
const THIRD_LEVEL: &str = "德﨑";
/// Kanji of the invented towns that JIS X 0213 does not have.
const OUTSIDE_JIS_X0213: &str = "髙𠮷𫝆";
const SMALL_KANA: &str = "ァィゥェォッャュョヮヵヶ";

impl Person {
    /// 外字: a character of private use in the name or the address. It cannot be sent.
    #[must_use]
    pub fn has_gaiji(&self) -> bool {
        let private =
            |character| matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
        self.name.chars().chain(self.address.chars()).any(private)
    }

    pub(super) fn has_third_level_kanji(&self) -> bool {
        self.name.chars().any(|kanji| THIRD_LEVEL.contains(kanji))
    }

    pub(super) fn has_kanji_outside_jis_x0213(&self) -> bool {
        self.name
            .chars()
            .any(|kanji| OUTSIDE_JIS_X0213.contains(kanji))
    }

    pub(super) fn has_supplementary_kanji(&self) -> bool {
        self.name
            .chars()
            .any(|kanji| matches!(kanji, '\u{20000}'..='\u{3FFFF}'))
    }

    pub(super) fn has_variation_sequence(&self) -> bool {
        self.name
            .chars()
            .any(|mark| matches!(mark, '\u{E0100}'..='\u{E01EF}'))
    }

    pub(super) fn has_small_kana(&self) -> bool {
        self.kana.chars().any(|kana| SMALL_KANA.contains(kana))
    }

    pub(super) fn has_foreign_name(&self) -> bool {
        self.name
            .chars()
            .any(|character| character == '・' || character.is_ascii_alphabetic())
    }
}
