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
        Surroundings::Alone if is_json && may_be_part(bytes, at, &number) => Seen::Unclear,
        Surroundings::Alone => Seen::Secret(number),
        Surroundings::AfterLetter if !number.is_known => Seen::Nothing {
            until: number.first_end,
        },
        Surroundings::AfterLetter if !is_json => Seen::Secret(number),
        Surroundings::AfterLetter | Surroundings::Unclear => Seen::Unclear,
    }
}

/// Whether more would go with a number that stood outside a string, as in a text that is no JSON.
fn may_be_part(bytes: &[u8], at: usize, number: &Number) -> bool {
    let next = bytes.get(number.end);
    number.start != at
        || next.is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
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

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::super::json_escape::write_out_escapes;
    use super::super::mask::MaskSettings;
    use super::super::mask_reading::read_with_care;
    use super::*;

    const REGISTERED: [u64; 3] = [123_456_789_018, 210_987_654_320, 12_345_678_903];
    /// What can stand between the groups of a number.
    const SEPARATORS: [&str; 7] = ["", "-", " ", "－", "‐", "\u{3000}", "."];
    /// What can stand before, between and behind numbers.
    const NEIGHBOURS: [&str; 44] = [
        "",
        "、",
        "𠮷",
        "é",
        "ｱ",
        "A",
        "e",
        "E5",
        "n",
        "u",
        "\n",
        "\t",
        "\u{1}",
        "\"",
        "\"\"",
        "\\",
        "\\\\",
        "/",
        "\\n",
        "\\\\n",
        "\\\\\\n",
        "\\\"",
        "\\/",
        "\\t",
        "\\u0041",
        "\\\\u0041",
        "\\uff11",
        "\\u0031",
        "\\u0022",
        "\\ud800",
        "\\x",
        "0",
        "７",
        "99",
        "5555-",
        "-",
        " ",
        "－",
        "\u{3000}",
        ".",
        "0.",
        "+",
        ":",
        "{\"a\":[",
    ];

    fn mask() -> Mask {
        Mask::new(MaskSettings {
            key: [7; 32],
            key_prefix: "pmhk_".to_owned(),
            key_characters: 40,
            registered: REGISTERED.to_vec(),
        })
    }

    fn full_width(digit: char) -> char {
        let shifted = u32::from(digit) - u32::from('0') + u32::from('０');
        char::from_u32(shifted).expect("a digit")
    }

    /// Digits as somebody writes them: some of them full width, a separator after each four.
    fn written(digits: &str, wide: u16, separator: &str) -> String {
        let mut out = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                out.push_str(separator);
            }
            let is_wide = wide & (1 << place) != 0;
            out.push(if is_wide { full_width(digit) } else { digit });
        }
        out
    }

    fn number() -> impl Strategy<Value = String> {
        let digits = prop_oneof![
            2 => prop::sample::select(REGISTERED.to_vec()).prop_map(|number| format!("{number:012}")),
            2 => "[0-9]{12}",
            1 => "[0-9]{1,16}",
        ];
        let wide = prop_oneof![3 => Just(0), 2 => Just(u16::MAX), 1 => any::<u16>()];
        let separator = prop_oneof![Just(""), prop::sample::select(SEPARATORS.to_vec())];
        (digits, wide, separator)
            .prop_map(|(digits, wide, separator)| written(&digits, wide, separator))
    }

    /// Numbers among what may stand beside them, from any offset on.
    fn text() -> impl Strategy<Value = String> {
        let neighbour = || {
            prop_oneof![
                4 => prop::sample::select(NEIGHBOURS.to_vec()).prop_map(str::to_owned),
                1 => "[a-z、]{0,14}",
            ]
        };
        let pieces = vec((neighbour(), number()), 0..4);
        (0_usize..24, pieces, neighbour()).prop_map(|(offset, pieces, end)| {
            let mut text = "x".repeat(offset);
            for (before, number) in pieces {
                text.push_str(&before);
                text.push_str(&number);
            }
            text + &end
        })
    }

    /// Whether a glance at the text answered, after a check of what it answered.
    fn check(mask: &Mask, text: &str, is_json: bool) -> bool {
        let plain = if is_json {
            write_out_escapes(text)
        } else {
            text.to_owned()
        };
        let careful = read_with_care(mask, &plain, is_json);
        let whole = if is_json {
            mask.apply_json(text)
        } else {
            mask.apply(text)
        };
        let is_valid = !is_json || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        assert_eq!(
            hidden(&whole, is_valid),
            hidden(&careful, is_valid),
            "{text} read as JSON: {is_json}"
        );
        if is_json && plain.contains("\\u") {
            return false;
        }
        let glanced = match glance(mask, &plain, is_json) {
            Glance::Nothing => plain.clone(),
            Glance::Masked(masked) => masked,
            Glance::Unclear => return false,
        };
        assert_eq!(
            hidden(&glanced, is_valid),
            hidden(&careful, is_valid),
            "{text} read as JSON: {is_json}"
        );
        true
    }

    /// A masked text, to be compared. Where a text is no JSON, what is a string is anybody's guess:
    /// a token may stand in an object or not.
    fn hidden(masked: &str, is_valid: bool) -> String {
        if is_valid {
            return masked.to_owned();
        }
        let mut pieces = masked.split("{\"number\":\"〔");
        let mut plain = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            plain.push('〔');
            match piece.split_once("〕\"}") {
                Some((token, rest)) if !token.contains('〕') => {
                    plain.push_str(token);
                    plain.push('〕');
                    plain.push_str(rest);
                }
                Some(_) | None => plain.push_str(piece),
            }
        }
        plain
    }

    #[test]
    fn an_end_of_a_string_that_is_no_token_s_is_compared() {
        let mask = mask();
        let text = "xx\"197498634880\"５２９８　７３７３yj、７１０６９６８３５６８０";
        check(&mask, &format!("[{{\"{text}\":\"{text}\"}}]"), true);
    }

    proptest! {
        #![proptest_config(Config { cases: 12_000, failure_persistence: None, ..Config::default() })]

        #[test]
        fn a_glance_hides_what_care_hides(text in text(), sign in "-?", rest in "(\\.[0-9]{1,13})?([eE][+-]?[0-9]{1,13})?") {
            let mask = mask();
            check(&mask, &text, false);
            check(&mask, &text, true);
            let string = serde_json::to_string(&text).expect("a string");
            check(&mask, &string, true);
            check(&mask, &format!("[{{\"{text}\":\"{text}\"}},{string}]"), true);
            check(&mask, &format!("{{\"a\":{sign}1{text}{rest},\"b\":{sign}210987654320{rest}}}"), true);
        }
    }

    #[test]
    fn what_goes_with_a_number_outside_a_string_is_hidden_with_it() {
        let mask = mask();
        for text in [
            "－123456789018991234-5678-9018",
            "\"a\"123456789018e111111111118",
            "、99123456789018",
        ] {
            assert!(!check(&mask, text, true), "{text} takes care");
        }
    }

    #[test]
    fn a_glance_finds_a_number_at_any_offset() {
        let mask = mask();
        let mut answered = 0;
        for offset in 0..24 {
            for separator in SEPARATORS {
                for wide in [0, u16::MAX, 0b1010_0110_1001, 1] {
                    for digits in ["123456789018", "111111111118"] {
                        for (before, after) in [
                            ("", ""),
                            ("、", "、"),
                            ("", "9"),
                            ("5555-", ""),
                            ("A", "B"),
                            ("", "-1"),
                        ] {
                            let number = written(digits, wide, separator);
                            let filler = "x".repeat(offset);
                            let text = format!("{filler}\"{before}{number}{after}");
                            answered += u32::from(check(&mask, &text, false));
                            let json = format!("{filler}[\"{before}{number}{after}\"]");
                            check(&mask, &json[offset..], true);
                            answered += u32::from(check(&mask, &json, true));
                        }
                    }
                }
            }
        }
        assert!(
            answered > 12_000,
            "a glance hardly ever answers: {answered}"
        );
    }
}
