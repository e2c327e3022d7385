//! The individual number (個人番号): only ever checked, never kept as a value of its own.

use std::fmt;

use super::check_digit::my_number_check_digit;

/// Why a text is no individual number. The text itself is never repeated: these messages end in reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MyNumberError {
    /// Too short or too long.
    #[error("個人番号は半角数字12桁です。受け取った値は{length}文字です（値は表示しません）")]
    Length {
        /// How many characters came.
        length: usize,
    },
    /// A character that is no half-width digit.
    #[error(
        "個人番号は半角数字12桁です。受け取った値の{position}文字目は半角数字ではありません（値は表示しません）"
    )]
    Character {
        /// Position of the character, from 1.
        position: usize,
    },
    /// The twelfth digit does not follow from the other eleven.
    #[error("個人番号の検査数字が合いません（値は表示しません）")]
    CheckDigit,
    /// Twelve zeros satisfy the formula and are nobody's number.
    #[error("個人番号がすべて0です。実在する番号ではありません")]
    AllZero,
}

/// Checks twelve digits \[domain 6.3\].
///
/// # Errors
/// Another length, another character than a half-width digit, a wrong check digit, or twelve zeros.
pub fn check_my_number(text: &str) -> Result<(), MyNumberError> {
    let Ok(bytes) = <&[u8; 12]>::try_from(text.as_bytes()) else {
        let length = text.chars().count();
        return Err(match length {
            12 => MyNumberError::Character {
                position: first_foreign(text),
            },
            _ => MyNumberError::Length { length },
        });
    };
    if !bytes.iter().all(u8::is_ascii_digit) {
        return Err(match text.chars().count() {
            12 => MyNumberError::Character {
                position: first_foreign(text),
            },
            length => MyNumberError::Length { length },
        });
    }
    let Some((first, last)) = bytes.split_first_chunk::<11>() else {
        return Err(MyNumberError::Length { length: 12 });
    };
    if last != [my_number_check_digit(first)] {
        return Err(MyNumberError::CheckDigit);
    }
    if bytes == b"000000000000" {
        return Err(MyNumberError::AllZero);
    }
    Ok(())
}

fn first_foreign(text: &str) -> usize {
    text.chars().take_while(char::is_ascii_digit).count() + 1
}

/// The mask token that stands for an individual number inside the simulated world:
/// `〔個人番号:CV:xxxxxxxxxxxx〕`, C = `k` known or `u` unknown, V = `v` check digit right or `x` wrong,
/// then twelve hexadecimal digits that are equal for equal numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MyNumberToken {
    /// The number belongs to a person of the run's fixtures.
    pub is_known: bool,
    /// The number's check digit was right when it came in.
    pub is_check_digit_right: bool,
    /// 48 bits, equal for equal numbers.
    pub tag: u64,
}

impl MyNumberToken {
    /// How every token begins.
    pub const OPENING: &str = "〔個人番号:";
    /// How every token ends.
    pub const CLOSING: &str = "〕";

    /// Reads a text that is one token and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match Self::parse_prefix(text)? {
            (token, "") => Some(token),
            _ => None,
        }
    }

    /// Reads a token at the start of `text` and gives what follows it.
    #[must_use]
    pub fn parse_prefix(text: &str) -> Option<(Self, &str)> {
        let inside = text.strip_prefix(Self::OPENING)?;
        let (marks, rest) = inside.split_at_checked(2)?;
        let (is_known, is_check_digit_right) = match marks {
            "kv" => (true, true),
            "kx" => (true, false),
            "uv" => (false, true),
            "ux" => (false, false),
            _ => return None,
        };
        let (digest, rest) = rest.strip_prefix(':')?.split_at_checked(12)?;
        if !digest
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        {
            return None;
        }
        let tag = u64::from_str_radix(digest, 16).ok()?;
        let rest = rest.strip_prefix(Self::CLOSING)?;
        Some((
            Self {
                is_known,
                is_check_digit_right,
                tag,
            },
            rest,
        ))
    }
}

impl fmt::Display for MyNumberToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = if self.is_known { 'k' } else { 'u' };
        let check = if self.is_check_digit_right { 'v' } else { 'x' };
        let (opening, closing) = (Self::OPENING, Self::CLOSING);
        write!(f, "{opening}{known}{check}:{:012x}{closing}", self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::{MyNumberError, MyNumberToken, check_my_number};

    #[test]
    fn the_vectors_of_domain_6_3_hold() {
        for number in [
            "123456789018",
            "111111111118",
            "012345678903",
            "987654321018",
            "210987654320",
        ] {
            assert_eq!(check_my_number(number), Ok(()), "{number}");
        }
        assert_eq!(
            check_my_number("210987654321"),
            Err(MyNumberError::CheckDigit)
        );
        assert_eq!(check_my_number("000000000000"), Err(MyNumberError::AllZero));
    }

    #[test]
    fn the_reason_never_holds_the_number() {
        for text in [
            "12345678901",
            "1234567890189",
            "12345678901a",
            "１２３４５６７８９０１８",
            "あいうえ",
        ] {
            let reason = check_my_number(text).expect_err(text).to_string();
            assert!(!reason.contains(text), "{reason}");
        }
        assert_eq!(
            check_my_number("あいうえ").expect_err("four characters"),
            MyNumberError::Length { length: 4 }
        );
        assert_eq!(
            check_my_number("１２３４５６７８９０１８").expect_err("full width"),
            MyNumberError::Character { position: 1 }
        );
    }

    #[test]
    fn a_mask_token_tells_whether_the_number_is_known_and_right() {
        assert_eq!(
            MyNumberToken::parse("〔個人番号:kv:0123456789ab〕"),
            Some(MyNumberToken {
                is_known: true,
                is_check_digit_right: true,
                tag: 0x0123_4567_89ab,
            })
        );
        assert_eq!(
            MyNumberToken::parse("〔個人番号:ux:0123456789ab〕"),
            Some(MyNumberToken {
                is_known: false,
                is_check_digit_right: false,
                tag: 0x0123_4567_89ab,
            })
        );
        for text in [
            "",
            "〔個人番号:",
            "〔個人番号:zz:0123456789ab〕",
            "〔個人番号:kv:0123456789AB〕",
            "〔個人番号:kv:0123456789ab〕さん",
            "〔個人番号:kv:0123456789ab",
        ] {
            assert_eq!(MyNumberToken::parse(text), None, "{text}");
        }
    }
}
