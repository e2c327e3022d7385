//! The mask: secrets and 個人番号 are replaced on entry, before the world or the journal sees them.
//!
//! The simulated world lives behind the mask, so that a journal holds no secret and still
//! replays to the same world. Equal secrets give equal tokens, which is what a monitor needs to
//! see that a 個人番号 or a key turned up where it must not be.

use std::borrow::Cow;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::check_my_number;

/// What a mask is made from.
#[derive(Debug, Clone)]
pub struct MaskSettings {
    /// The key of the tokens. From the seed where people are invented; random, and kept apart
    /// from the journal, where they could be real.
    pub key: [u8; 32],
    /// What an authentication key (認証キー) of the profile begins with.
    pub key_prefix: String,
    /// How many characters follow that prefix.
    pub key_characters: usize,
    /// The 個人番号 known to the run.
    pub registered: Vec<u64>,
}

/// Replaces secrets by tokens.
#[derive(Debug, Clone)]
pub struct Mask {
    settings: MaskSettings,
}

const MY_NUMBER_HEAD: &str = "〔個人番号:";
const KEY_HEAD: &str = "〔認証キー:";
const PASSWORD_HEAD: &str = "〔パスワード:";
const TAIL: char = '〕';

/// Whether a text is exactly one masked 個人番号.
#[must_use]
pub fn is_my_number_token(text: &str) -> bool {
    text.starts_with(MY_NUMBER_HEAD) && text.ends_with(TAIL) && text.matches(TAIL).count() == 1
}

/// Whether a masked 個人番号 is one the run knows (a person of its fixtures).
#[must_use]
pub fn token_is_registered(token: &str) -> bool {
    token
        .strip_prefix(MY_NUMBER_HEAD)
        .is_some_and(|rest| rest.starts_with('k'))
}

impl Mask {
    /// A mask; the registered numbers are put in order for look-up.
    #[must_use]
    pub fn new(mut settings: MaskSettings) -> Self {
        settings.registered.sort_unstable();
        settings.registered.dedup();
        Self { settings }
    }

    /// Replaces every 個人番号 and every authentication key in a text.
    ///
    /// A run of 12 digits that stands alone counts as a 個人番号, whatever its check digit: half
    /// or full width, in one piece or as 4-4-4 with hyphens or spaces. A number that the run knows
    /// is masked wherever it stands; an unknown one is left where a letter comes directly before
    /// it, as in a reference number.
    #[must_use]
    pub fn apply<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.replace(text, false)
    }

    /// The same for a JSON text, which stays JSON.
    ///
    /// Unicode escapes of ordinary characters are written out first, so that no escape hides a
    /// number. A 個人番号 that came as a JSON number becomes an object holding the token: a type
    /// no layout takes, so that the wrong type is still seen.
    #[must_use]
    pub fn apply_json<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if memchr::memmem::find(text.as_bytes(), b"\\u").is_none() {
            return self.replace(text, true);
        }
        let plain = write_out_escapes(text);
        Cow::Owned(self.replace(&plain, true).into_owned())
    }

    fn replace<'a>(&self, text: &'a str, is_json: bool) -> Cow<'a, str> {
        let mut masked: Option<String> = None;
        let mut copied = 0;
        let mut at = 0;
        let mut in_string = !is_json;
        let bytes = text.as_bytes();
        while at < bytes.len() {
            if is_json && bytes[at] == b'"' {
                in_string = !in_string;
            }
            if is_json && in_string && bytes[at] == b'\\' {
                at += 2;
                continue;
            }
            let found = if starts_digit(bytes, at) {
                let run = DigitRun::read(text, at);
                let end = run.end;
                match run.my_number() {
                    Some(digits) if self.is_secret(&digits, text, at) => {
                        Some((end, self.my_number_token(&digits)))
                    }
                    Some(_) | None => {
                        at = end;
                        continue;
                    }
                }
            } else {
                self.key_at(text, at)
                    .map(|end| (end, self.key_token(&text[at..end])))
            };
            match found {
                Some((end, token)) => {
                    let out = masked.get_or_insert_with(|| String::with_capacity(text.len() + 64));
                    out.push_str(&text[copied..at]);
                    if in_string {
                        out.push_str(&token);
                    } else {
                        out.push_str(&format!("{{\"number\":\"{token}\"}}"));
                    }
                    copied = end;
                    at = end;
                }
                None => at += char_length(bytes[at]),
            }
        }
        match masked {
            Some(mut out) => {
                out.push_str(&text[copied..]);
                Cow::Owned(out)
            }
            None => Cow::Borrowed(text),
        }
    }

    /// The token of an authentication key.
    #[must_use]
    pub fn key_token(&self, key: &str) -> String {
        format!("{KEY_HEAD}{}{TAIL}", self.tag(key))
    }

    /// The token of a password.
    #[must_use]
    pub fn password_token(&self, password: &str) -> String {
        format!("{PASSWORD_HEAD}{}{TAIL}", self.tag(password))
    }

    /// The token of a 個人番号 given as 12 half-width digits.
    #[must_use]
    pub fn my_number_token(&self, digits: &str) -> String {
        let class = if self.is_known(digits) { 'k' } else { 'u' };
        let check = if check_my_number(digits).is_ok() {
            'v'
        } else {
            'x'
        };
        format!("{MY_NUMBER_HEAD}{class}{check}:{}{TAIL}", self.tag(digits))
    }

    fn tag(&self, secret: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.settings.key)
            .expect("HMAC takes a key of any length");
        mac.update(secret.as_bytes());
        let digest = mac.finalize().into_bytes();
        digest[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// A known number always is; an unknown one unless it is the tail of a reference such as
    /// `A202600000040`.
    fn is_secret(&self, digits: &str, text: &str, at: usize) -> bool {
        let before = text[..at].chars().next_back();
        self.is_known(digits) || !before.is_some_and(|before| before.is_ascii_alphabetic())
    }

    fn is_known(&self, digits: &str) -> bool {
        let number = digits.parse::<u64>();
        number.is_ok_and(|number| self.settings.registered.binary_search(&number).is_ok())
    }

    fn key_at(&self, text: &str, at: usize) -> Option<usize> {
        let prefix = &self.settings.key_prefix;
        if prefix.is_empty() || !text.is_char_boundary(at) {
            return None;
        }
        let rest = text[at..].strip_prefix(prefix.as_str())?;
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        // A cut-off key is still most of a secret.
        (length * 2 >= self.settings.key_characters).then_some(at + prefix.len() + length)
    }
}

/// A run of digits, possibly grouped, with what stands directly before and after it.
struct DigitRun {
    digits: String,
    grouped: bool,
    end: usize,
}

impl DigitRun {
    fn read(text: &str, start: usize) -> Self {
        let (digits, end) = read_digits(text, start);
        if digits.len() == 4
            && let Some((second, after_second)) = read_group(text, end)
            && let Some((third, after_third)) = read_group(text, after_second)
        {
            return Self {
                digits: digits + &second + &third,
                grouped: true,
                end: after_third,
            };
        }
        Self {
            digits,
            grouped: false,
            end,
        }
    }

    fn my_number(&self) -> Option<String> {
        debug_assert!(!self.grouped || self.digits.len() >= 12);
        (self.digits.len() == 12).then(|| self.digits.clone())
    }
}

/// Replaces `\\uXXXX` by the character, except where JSON needs the escape.
fn write_out_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at..];
        let (piece, length) = match unicode_escape(escape) {
            Some((character, length))
                if !character.is_control() && !matches!(character, '"' | '\\') =>
            {
                (String::from(character), length)
            }
            _ => {
                let length = 1 + escape[1..].chars().next().map_or(0, char::len_utf8);
                (escape[..length].to_owned(), length)
            }
        };
        out.push_str(&piece);
        rest = &escape[length..];
    }
    out.push_str(rest);
    out
}

/// The character of a `\\uXXXX` (or of a surrogate pair of them) and the bytes it takes.
fn unicode_escape(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let first = unit(text)?;
    if let Some(character) = char::from_u32(u32::from(first)) {
        return Some((character, 6));
    }
    let second = unit(text.get(6..)?)?;
    let character = char::decode_utf16([first, second]).next()?.ok()?;
    Some((character, 12))
}

fn read_group(text: &str, at: usize) -> Option<(String, usize)> {
    let separator = text[at..].chars().next()?;
    if !matches!(separator, '-' | ' ' | '－' | '‐' | '　') {
        return None;
    }
    let (digits, end) = read_digits(text, at + separator.len_utf8());
    (digits.len() == 4).then_some((digits, end))
}

fn read_digits(text: &str, start: usize) -> (String, usize) {
    let mut digits = String::new();
    let mut end = start;
    for character in text[start..].chars() {
        match half_width_digit(character) {
            Some(digit) => digits.push(digit),
            None => break,
        }
        end += character.len_utf8();
    }
    (digits, end)
}

fn half_width_digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

/// Whether a digit, half-width or full-width (EF BC 90..99), starts at a byte.
fn starts_digit(bytes: &[u8], at: usize) -> bool {
    bytes[at].is_ascii_digit()
        || (bytes[at] == 0xEF
            && bytes.get(at + 1) == Some(&0xBC)
            && matches!(bytes.get(at + 2), Some(0x90..=0x99)))
}

fn char_length(first: u8) -> usize {
    match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
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
        assert!(is_my_number_token(&token) && token_is_registered(&token));
    }

    #[test]
    fn other_runs_of_digits_stay() {
        let mask = mask();
        for text in [
            "0000012345",
            "20261102090000",
            "03-1234-5678",
            "1234567890180",
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
}
