//! Why a text is not a number of the domain, in the tester's words.

use super::check_digit::modulus_10_check_digit;

/// Why a text is not the number it should be. Every message tells what was expected and what came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Too short or too long.
    #[error("{name}は半角数字{digits}桁です。受け取った値「{received}」は{length}文字です")]
    Length {
        /// Japanese name of the number.
        name: &'static str,
        /// How many digits it has.
        digits: usize,
        /// The text that came, shortened for display.
        received: String,
        /// How many characters came.
        length: usize,
    },
    /// A character that is no half-width digit.
    #[error(
        "{name}は半角数字{digits}桁です。受け取った値「{received}」の{position}文字目は半角数字ではありません"
    )]
    Character {
        /// Japanese name of the number.
        name: &'static str,
        /// How many digits it has.
        digits: usize,
        /// The text that came, shortened for display.
        received: String,
        /// Position of the character, from 1.
        position: usize,
    },
    /// The last digit does not follow from the others.
    #[error(
        "{name}の検査数字が合いません。受け取った値「{received}」の最後の桁は「{expected}」のはずです"
    )]
    CheckDigit {
        /// Japanese name of the number.
        name: &'static str,
        /// The text that came.
        received: String,
        /// The digit that would be right.
        expected: char,
    },
}

/// Reads exactly `N` half-width digits.
pub(super) fn digits<const N: usize>(
    name: &'static str,
    text: &str,
) -> Result<[u8; N], NumberError> {
    let bytes = text.as_bytes();
    if let Ok(read) = <[u8; N]>::try_from(bytes)
        && read.iter().all(u8::is_ascii_digit)
    {
        return Ok(read);
    }
    let length = text.chars().count();
    if length != N {
        return Err(NumberError::Length {
            name,
            digits: N,
            received: shown(text),
            length,
        });
    }
    let position = text.chars().take_while(char::is_ascii_digit).count() + 1;
    Err(NumberError::Character {
        name,
        digits: N,
        received: shown(text),
        position,
    })
}

/// Reads exactly `N` half-width digits whose last is the modulus-10 check digit of the others.
pub(super) fn digits_with_check<const N: usize>(
    name: &'static str,
    text: &str,
) -> Result<[u8; N], NumberError> {
    let read = digits::<N>(name, text)?;
    let expected = modulus_10_check_digit(&read[..N - 1]);
    if read[N - 1] == expected {
        return Ok(read);
    }
    Err(NumberError::CheckDigit {
        name,
        received: shown(text),
        expected: char::from(expected),
    })
}

/// How many characters of a received value a message repeats.
const SHOWN_MAX: usize = 40;

/// A received value as a message may repeat it: short, without control characters, and never with a run
/// of twelve digits, which could be somebody's individual number in the wrong place.
pub(crate) fn shown(value: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for (count, character) in value.chars().enumerate() {
        if count >= SHOWN_MAX && run.is_empty() {
            out.push('…');
            break;
        }
        if character.is_ascii_digit() || ('０'..='９').contains(&character) {
            run.push(character);
            continue;
        }
        push_run(&mut out, &mut run);
        if character.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&character) {
            out.push_str(&format!("(U+{:04X})", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    push_run(&mut out, &mut run);
    out
}

fn push_run(out: &mut String, run: &mut String) {
    match run.chars().count() {
        12 => out.push_str("（12桁の数字）"),
        count if count > SHOWN_MAX => {
            out.extend(run.chars().take(SHOWN_MAX));
            out.push('…');
        }
        _ => out.push_str(run),
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_received_value_is_repeated_without_what_could_be_an_individual_number() {
        assert_eq!(shown("13101"), "13101");
        assert_eq!(shown("氏名123456789018"), "氏名（12桁の数字）");
        assert_eq!(shown("１２３４５６７８９０１８"), "（12桁の数字）");
        assert_eq!(shown("a\u{0}\u{e001}b"), "a(U+0000)(U+E001)b");
        assert_eq!(shown(&"あ".repeat(50)), format!("{}…", "あ".repeat(40)));
        assert_eq!(shown(&"1".repeat(74)), format!("{}…", "1".repeat(40)));
    }
}
