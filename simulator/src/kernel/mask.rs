//! The mask: secrets and 個人番号 are replaced on entry, before the world or the journal sees them.
//!
//! The simulated world lives behind the mask, so that a journal holds no secret and still
//! replays to the same world. Equal secrets give equal tokens, which is what a monitor needs to
//! see that a 個人番号 or a key turned up where it must not be.

use std::borrow::Cow;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use memchr::memmem::Finder;
use sha2::Sha256;

use super::json_escape::write_out_escapes;
use super::mask_glance::{Glance, glance};
use super::mask_reading::read_with_care;
use crate::domain::{MyNumberToken, check_my_number};

/// What a mask is made from.
#[derive(Debug, Clone)]
pub struct MaskSettings {
    /// The key of the tokens, derived from the seed: the people of a run are invented, and equal
    /// runs must give equal tokens. A journal of real people would need a random one, kept apart.
    pub key: [u8; 32],
    /// What an authentication key (認証キー) of the profile begins with.
    pub key_prefix: String,
    /// How many characters follow that prefix.
    pub key_characters: usize,
    /// The 個人番号 known to the run.
    pub registered: Vec<u64>,
}

/// Replaces secrets by tokens. Clones share what it is made from.
#[derive(Debug, Clone)]
pub struct Mask {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    settings: MaskSettings,
    /// The tags' function, with the key taken in.
    tags: Hmac<Sha256>,
    keys: Finder<'static>,
    unicode_escapes: Finder<'static>,
}

const KEY_HEAD: &str = "〔認証キー:";
const PASSWORD_HEAD: &str = "〔パスワード:";
const TAIL: char = '〕';

impl Mask {
    /// A mask; the registered numbers are put in order for look-up.
    #[must_use]
    pub fn new(mut settings: MaskSettings) -> Self {
        settings.registered.sort_unstable();
        settings.registered.dedup();
        let tags =
            Hmac::<Sha256>::new_from_slice(&settings.key).expect("HMAC takes a key of any length");
        let keys = Finder::new(settings.key_prefix.as_bytes()).into_owned();
        Self {
            inner: Arc::new(Inner {
                settings,
                tags,
                keys,
                unicode_escapes: Finder::new(b"\\u"),
            }),
        }
    }

    /// Replaces every 個人番号 and every authentication key in a text.
    ///
    /// A run of 12 digits that stands alone counts as a 個人番号, whatever its check digit: half
    /// or full width, in one piece or as 4-4-4 with hyphens or spaces. A number that the run knows
    /// is masked wherever it stands, inside a longer run too; an unknown one is left where a letter
    /// comes directly before it, as in a reference number.
    #[must_use]
    pub fn apply<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.replace(text, false)
    }

    /// The same for a JSON text, which stays JSON.
    ///
    /// Unicode escapes of ordinary characters are written out first, so that no escape hides a
    /// number. A 個人番号 that came as a JSON number becomes an object holding the token: a type
    /// no layout takes, so that the wrong type is still seen. Twelve digits after a decimal point
    /// are a fraction and stay.
    #[must_use]
    pub fn apply_json<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if !self.has_unicode_escape(text) {
            return self.replace(text, true);
        }
        let plain = write_out_escapes(text);
        Cow::Owned(self.replace(&plain, true).into_owned())
    }

    fn replace<'a>(&self, text: &'a str, is_json: bool) -> Cow<'a, str> {
        let prefix = &self.inner.settings.key_prefix;
        let may_hold_key = !prefix.is_empty() && self.inner.keys.find(text.as_bytes()).is_some();
        if may_hold_key || (is_json && self.has_unicode_escape(text)) {
            return read_with_care(self, text, is_json);
        }
        match glance(self, text, is_json) {
            Glance::Nothing => Cow::Borrowed(text),
            Glance::Masked(masked) => Cow::Owned(masked),
            Glance::Unclear => read_with_care(self, text, is_json),
        }
    }

    fn has_unicode_escape(&self, text: &str) -> bool {
        self.inner.unicode_escapes.find(text.as_bytes()).is_some()
    }

    /// The token of an authentication key.
    #[must_use]
    pub fn key_token(&self, key: &str) -> String {
        format!("{KEY_HEAD}{}{TAIL}", Tag(self.tag(key)))
    }

    /// The token of a password.
    #[must_use]
    pub fn password_token(&self, password: &str) -> String {
        format!("{PASSWORD_HEAD}{}{TAIL}", Tag(self.tag(password)))
    }

    /// The token of a 個人番号 given as 12 half-width digits.
    #[must_use]
    pub fn my_number_token(&self, digits: &str) -> String {
        let token = MyNumberToken {
            is_known: self.is_known(digits),
            is_check_digit_right: check_my_number(digits).is_ok(),
            tag: self.tag(digits),
        };
        token.to_string()
    }

    /// 48 bits, equal for equal secrets. Written in hexadecimal they begin with a letter, so that
    /// a token is never taken for a 個人番号 itself.
    fn tag(&self, secret: &str) -> u64 {
        let mut mac = self.inner.tags.clone();
        mac.update(secret.as_bytes());
        let digest = mac.finalize().into_bytes();
        let tag = digest[..6]
            .iter()
            .fold(0, |tag, byte| tag << 8 | u64::from(*byte));
        let (first, rest) = (tag >> 44, tag & ((1 << 44) - 1));
        (0xA + first % 6) << 44 | rest
    }

    /// Whether the run knows the number with these digits.
    pub(super) fn is_known(&self, digits: &str) -> bool {
        let registered = &self.inner.settings.registered;
        let number = digits.parse::<u64>();
        number.is_ok_and(|number| registered.binary_search(&number).is_ok())
    }

    /// The byte after an authentication key that begins here, if one does.
    pub(super) fn key_at(&self, text: &str, at: usize) -> Option<usize> {
        let prefix = &self.inner.settings.key_prefix;
        if prefix.is_empty() || !text.is_char_boundary(at) {
            return None;
        }
        let rest = text[at..].strip_prefix(prefix.as_str())?;
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        // A cut-off key is still most of a secret.
        (length * 2 >= self.inner.settings.key_characters).then_some(at + prefix.len() + length)
    }
}

/// A tag, as tokens write it.
struct Tag(u64);

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask() -> Mask {
        Mask::new(MaskSettings {
            key: [7; 32],
            key_prefix: "pmhk_".to_owned(),
            key_characters: 40,
            registered: vec![123_456_789_018],
        })
    }

    #[test]
    fn every_way_of_writing_a_number_gives_one_token() {
        let mask = mask();
        let token = mask.my_number_token("123456789018");
        for written in [
            "123456789018",
            "１２３４５６７８９０１８",
            "1234-5678-9018",
            "1234 5678 9018",
        ] {
            assert_eq!(
                mask.apply(&format!("番号は{written}です")),
                format!("番号は{token}です")
            );
        }
        let read = MyNumberToken::parse(&token).expect("a token");
        assert!(read.is_known && read.is_check_digit_right);
    }

    #[test]
    fn other_runs_of_digits_stay() {
        let mask = mask();
        for text in [
            "0000012345",
            "20261102090000",
            "03-1234-5678",
            "2234567890180",
            "A202600000040",
        ] {
            assert_eq!(mask.apply(text), text);
        }
    }

    #[test]
    fn an_unknown_number_says_whether_its_check_digit_holds() {
        let mask = mask();
        assert!(mask.apply("111111111118").contains("個人番号:uv:"));
        assert!(mask.apply("111111111119").contains("個人番号:ux:"));
    }

    #[test]
    fn json_stays_json_and_no_escape_hides_a_number() {
        let mask = mask();
        let token = mask.my_number_token("123456789018");
        assert_eq!(
            mask.apply_json(r#"{"a":"1２\uff13456789018","b":123456789018,"c":"\"\n"}"#),
            format!(r#"{{"a":"{token}","b":{{"number":"{token}"}},"c":"\"\n"}}"#)
        );
    }

    #[test]
    fn keys_are_masked_wherever_they_stand() {
        let mask = mask();
        let key = format!("pmhk_{}", "A".repeat(40));
        let line = format!("Authorization: Bearer {key}; retry");
        let masked = mask.apply(&line);
        assert_eq!(
            masked,
            format!("Authorization: Bearer {}; retry", mask.key_token(&key))
        );
        assert!(!masked.contains("AAAA"));
    }

    #[test]
    fn an_escape_hides_no_number_that_follows_it() {
        let mask = mask();
        for written in [
            r"\u0022111111111118",
            r"\n111111111118",
            r"\ud800111111111118",
            r"\111111111118",
        ] {
            let masked = mask
                .apply_json(&format!(r#"{{"memo":"{written}"}}"#))
                .into_owned();
            assert!(!masked.contains("11111111"), "{masked}");
        }
    }

    #[test]
    fn a_json_number_is_replaced_whole() {
        let mask = mask();
        let token = mask.my_number_token("123456789018");
        assert_eq!(
            mask.apply_json("[-123456789018.50,0.123456789012]"),
            format!(r#"[{{"number":"{token}"}},0.123456789012]"#)
        );
    }

    #[test]
    fn a_known_number_is_found_inside_a_longer_run() {
        let mask = mask();
        let token = mask.my_number_token("123456789018");
        assert_eq!(
            mask.apply("20261102１２３４５６７８９０１８99"),
            format!("20261102{token}99")
        );
        assert_eq!(mask.apply("A5555-1234-5678-9018"), format!("A5555-{token}"));
    }

    #[test]
    fn no_token_looks_like_a_number() {
        let mask = mask();
        for secret in 0..2_000 {
            let token = mask.password_token(&secret.to_string());
            assert_eq!(mask.apply(&token), token);
        }
    }
}
