//! Runs of digits in a text, as people write numbers.

/// A run of digits: one piece of any length, or three groups of four.
pub(super) struct DigitRun {
    /// The digits, half width.
    pub(super) digits: String,
    /// The byte after the run.
    pub(super) end: usize,
    /// The byte after its first piece.
    pub(super) first_end: usize,
}

impl DigitRun {
    /// Reads the run that starts at a byte.
    pub(super) fn read(text: &str, start: usize) -> Self {
        let (digits, first_end) = read_digits(text, start);
        if digits.len() == 4
            && let Some((second, after_second)) = read_group(text, first_end)
            && let Some((third, after_third)) = read_group(text, after_second)
        {
            return Self {
                digits: digits + &second + &third,
                end: after_third,
                first_end,
            };
        }
        Self {
            digits,
            end: first_end,
            first_end,
        }
    }
}

/// The byte after so many digits that start at a byte.
pub(super) fn after_digits(text: &str, start: usize, count: usize) -> usize {
    let taken = text[start..].chars().take(count);
    start + taken.map(char::len_utf8).sum::<usize>()
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
pub(super) fn starts_digit(bytes: &[u8], at: usize) -> bool {
    bytes[at].is_ascii_digit()
        || (bytes[at] == 0xEF
            && bytes.get(at + 1) == Some(&0xBC)
            && matches!(bytes.get(at + 2), Some(0x90..=0x99)))
}
