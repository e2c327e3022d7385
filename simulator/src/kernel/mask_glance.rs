//! Masking at a glance: a text is full of digits, and hardly any of them can be a 個人番号.
//!
//! However it is written, a 個人番号 takes at least twelve bytes that all are parts of digits or of
//! separators. Looking at every twelfth byte finds each such run; most bytes are never looked at.
//! Where a run does hold a number, the bytes beside it nearly always tell whether it stands in a
//! JSON string. Where they do not, or a key or a unicode escape is about, the text is read with
//! care instead.

use super::digit_run::{Found, NUMBER_DIGITS, Number, harmless_run, starts_digit};
use super::mask::Mask;

/// What a glance at a text shows.
pub(super) enum Glance {
    /// No secret.
    Nothing,
    /// The text with every secret replaced.
    Masked(String),
    /// It takes more than a glance.
    Unclear,
}

/// Whether a byte can be part of a number, however written: digits of either width, `-`, space,
/// `－`, `‐` and the full-width space.
const PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let bytes = "0123456789０１２３４５６７８９- －‐\u{3000}".as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        parts[bytes[at] as usize] = true;
        at += 1;
    }
    parts
};

/// Masks a text without authentication keys and, if it is JSON, without unicode escapes.
pub(super) fn glance(mask: &Mask, text: &str, is_json: bool) -> Glance {
    let bytes = text.as_bytes();
    let is_part = |at: usize| PARTS[usize::from(bytes[at])];
    let mut out = String::new();
    let mut copied = 0;
    // Every run of parts that begins before this has been looked at.
    let mut seen = 0;
    let mut at = NUMBER_DIGITS - 1;
    while at < bytes.len() {
        if !is_part(at) {
            at += NUMBER_DIGITS;
            continue;
        }
        let (mut place, mut end) = (at, at + 1);
        while place > seen && is_part(place - 1) {
            place -= 1;
        }
        while end < bytes.len() && is_part(end) {
            end += 1;
        }
        let is_long = end - place >= NUMBER_DIGITS;
        while is_long && place < end {
            place = match look(mask, text, place, is_json) {
                Seen::Nothing { until } => until,
                Seen::Secret(number) => {
                    out.push_str(&text[copied..number.start]);
                    out.push_str(&mask.my_number_token(&number.digits));
                    copied = number.end;
                    number.end
                }
                Seen::Unclear => return Glance::Unclear,
            };
        }
        seen = end;
        at = end + NUMBER_DIGITS;
    }
    if copied == 0 {
        return Glance::Nothing;
    }
    out.push_str(&text[copied..]);
    Glance::Masked(out)
}

/// What a place in a run of parts shows.
enum Seen {
    Nothing { until: usize },
    Secret(Number),
    Unclear,
}

fn look(mask: &Mask, text: &str, at: usize, is_json: bool) -> Seen {
    let bytes = text.as_bytes();
    if !starts_digit(bytes, at) {
        return Seen::Nothing { until: at + 1 };
    }
    if let Some(until) = harmless_run(bytes, at) {
        return Seen::Nothing { until };
    }
    let number = match Found::at(text, at, |digits| mask.is_known(digits)) {
        Found::Number(number) => number,
        Found::Nothing { until } => return Seen::Nothing { until },
    };
    match surroundings(bytes, at, is_json) {
        Surroundings::Alone => Seen::Secret(number),
        Surroundings::AfterLetter if !number.is_known => Seen::Nothing {
            until: number.first_end,
        },
        Surroundings::AfterLetter if !is_json => Seen::Secret(number),
        Surroundings::AfterLetter | Surroundings::Unclear => Seen::Unclear,
    }
}

/// What stands before a number.
enum Surroundings {
    /// No letter; in JSON, what only a string can hold.
    Alone,
    /// A letter, as in a reference number.
    AfterLetter,
    Unclear,
}

fn surroundings(bytes: &[u8], at: usize, is_json: bool) -> Surroundings {
    match (bytes[..at].last(), is_json) {
        (Some(letter), false) if letter.is_ascii_alphabetic() => Surroundings::AfterLetter,
        (_, false) => Surroundings::Alone,
        // The letter of an escape is none of the text.
        (Some(letter), true)
            if letter.is_ascii_alphabetic() && !bytes[..at - 1].ends_with(b"\\") =>
        {
            Surroundings::AfterLetter
        }
        (Some(b'"' | 0x80..), true) => Surroundings::Alone,
        (_, true) => Surroundings::Unclear,
    }
}
