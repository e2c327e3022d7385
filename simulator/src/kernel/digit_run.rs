//! Runs of digits in a text, as people write numbers.

/// The digits of a 個人番号.
pub(super) const NUMBER_DIGITS: usize = 12;
const GROUP_DIGITS: usize = 4;

/// What the digits at a place are.
pub(super) enum Found {
    /// A 個人番号, if it stands alone or is known.
    Number(Number),
    /// None before this place.
    Nothing {
        /// Where to look on.
        until: usize,
    },
}

/// A run of twelve digits, or a known number inside a longer run.
pub(super) struct Number {
    /// The twelve digits, half width.
    pub(super) digits: String,
    /// Where they begin.
    pub(super) start: usize,
    /// The byte after them.
    pub(super) end: usize,
    /// The byte after the first piece of their run.
    pub(super) first_end: usize,
    /// Whether the run knows the number.
    pub(super) is_known: bool,
}

impl Found {
    /// Looks at the run of digits that starts at a byte.
    pub(super) fn at(text: &str, at: usize, is_known: impl Fn(&str) -> bool) -> Self {
        let run = DigitRun::read(text, at);
        if run.digits.len() == NUMBER_DIGITS {
            return Self::Number(Number {
                is_known: is_known(&run.digits),
                digits: run.digits,
                start: at,
                end: run.end,
                first_end: run.first_end,
            });
        }
        let windows = (run.digits.len() + 1).saturating_sub(NUMBER_DIGITS);
        let known = (0..windows).find(|&skipped| is_known(&run.digits[skipped..][..NUMBER_DIGITS]));
        match known {
            Some(skipped) => {
                let start = after_digits(text, at, skipped);
                Self::Number(Number {
                    is_known: true,
                    digits: run.digits[skipped..][..NUMBER_DIGITS].to_owned(),
                    start,
                    end: after_digits(text, start, NUMBER_DIGITS),
                    first_end: run.first_end,
                })
            }
            None => Self::Nothing {
                until: run.first_end,
            },
        }
    }
}

/// A run of digits: one piece of any length, or three groups of four.
struct DigitRun {
    /// The digits, half width.
    digits: String,
    /// The byte after the run.
    end: usize,
    /// The byte after its first piece.
    first_end: usize,
}

impl DigitRun {
    /// Reads the run that starts at a byte.
    fn read(text: &str, start: usize) -> Self {
        let (digits, first_end) = read_digits(text, start);
        if digits.len() == GROUP_DIGITS
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

/// The byte after a run of half-width digits that starts at a byte, if the run can be no part of a
/// number of twelve digits: the dates, codes and numbers that a text is full of.
pub(super) fn harmless_run(bytes: &[u8], start: usize) -> Option<usize> {
    let digits = bytes[start..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit());
    let length = digits.count();
    let end = start + length;
    let is_short = length < GROUP_DIGITS || (GROUP_DIGITS < length && length < NUMBER_DIGITS);
    // A full-width digit may follow, or a separator of groups that is not ASCII.
    let is_harmless = match bytes.get(end) {
        None => is_short || length == GROUP_DIGITS,
        Some(0x80..) => is_short && bytes[end] != 0xEF,
        Some(b'-' | b' ') => is_short || (length == GROUP_DIGITS && !may_be_group(bytes, end + 1)),
        Some(_) => is_short || length == GROUP_DIGITS,
    };
    is_harmless.then_some(end)
}

/// Whether four digits may stand here.
fn may_be_group(bytes: &[u8], start: usize) -> bool {
    let four = bytes.get(start..start + GROUP_DIGITS);
    four.is_some_and(|four| {
        four.iter()
            .all(|byte| byte.is_ascii_digit() || !byte.is_ascii())
    })
}

/// The byte after so many digits that start at a byte.
fn after_digits(text: &str, start: usize, count: usize) -> usize {
    let taken = text[start..].chars().take(count);
    start + taken.map(char::len_utf8).sum::<usize>()
}

fn read_group(text: &str, at: usize) -> Option<(String, usize)> {
    let separator = text[at..].chars().next()?;
    if !matches!(separator, '-' | ' ' | '－' | '‐' | '　') {
        return None;
    }
    let (digits, end) = read_digits(text, at + separator.len_utf8());
    (digits.len() == GROUP_DIGITS).then_some((digits, end))
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
