//! Masking with care: character by character, knowing at each whether it stands in a JSON string.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::digit_run::{Found, harmless_run, starts_digit};
use super::json_escape::escape_length;
use super::mask::Mask;

/// A text being masked, and how far the reading has got.
struct Reading<'a> {
    mask: &'a Mask,
    text: &'a str,
    is_json: bool,
    in_string: bool,
    /// Where the last JSON escape ended: its letter is no letter of the text.
    escape_end: usize,
    /// What stands before this has been copied out.
    copied: usize,
    out: String,
}

/// Replaces every secret of a text.
pub(super) fn read_with_care<'a>(mask: &Mask, text: &'a str, is_json: bool) -> Cow<'a, str> {
    let mut reading = Reading {
        mask,
        text,
        is_json,
        in_string: !is_json,
        escape_end: 0,
        copied: 0,
        out: String::new(),
    };
    let mut at = 0;
    while at < text.len() {
        at = reading.step(at);
    }
    if reading.copied == 0 {
        return Cow::Borrowed(text);
    }
    reading.out.push_str(&text[reading.copied..]);
    Cow::Owned(reading.out)
}

impl Reading<'_> {
    /// Reads what begins at a byte, and says where to go on.
    fn step(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        if self.is_json && bytes[at] == b'"' {
            self.in_string = !self.in_string;
        }
        if self.is_json
            && self.in_string
            && let Some(length) = escape_length(bytes, at)
        {
            self.escape_end = at + length;
            return at + length;
        }
        if starts_digit(bytes, at) {
            return harmless_run(bytes, at).unwrap_or_else(|| self.digits(at));
        }
        match self.mask.key_at(self.text, at) {
            Some(end) => {
                let token = self.mask.key_token(&self.text[at..end]);
                self.replace(at, end, &token)
            }
            None => at + char_length(bytes[at]),
        }
    }

    fn digits(&mut self, at: usize) -> usize {
        match Found::at(self.text, at, |digits| self.mask.is_known(digits)) {
            Found::Number(number) if number.is_known || self.stands_alone(at) => {
                let (start, end) = self.whole_number(number.start, number.end);
                let token = self.mask.my_number_token(&number.digits);
                self.replace(start, end, &token)
            }
            Found::Number(number) => number.first_end,
            Found::Nothing { until } => until,
        }
    }

    fn replace(&mut self, start: usize, end: usize, token: &str) -> usize {
        self.out.push_str(&self.text[self.copied..start]);
        if self.in_string {
            self.out.push_str(token);
        } else {
            write!(self.out, "{{\"number\":\"{token}\"}}").ok();
        }
        self.copied = end;
        end
    }

    /// Whether no letter comes directly before a run of digits, and no decimal point of a JSON
    /// number.
    fn stands_alone(&self, at: usize) -> bool {
        if at == self.escape_end {
            return true;
        }
        let before = self.text.as_bytes()[..at].last_chunk::<2>();
        let is_fraction = !self.in_string
            && before.is_some_and(|before| before[0].is_ascii_digit() && before[1] == b'.');
        let before = self.text[..at].chars().next_back();
        !is_fraction && !before.is_some_and(|before| before.is_ascii_alphabetic())
    }

    /// The whole JSON number that digits outside a string are part of.
    fn whole_number(&self, mut start: usize, mut end: usize) -> (usize, usize) {
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let bytes = self.text.as_bytes();
        if !self.in_string {
            while start > self.copied && is_part(&bytes[start - 1]) {
                start -= 1;
            }
            while bytes.get(end).is_some_and(is_part) {
                end += 1;
            }
        }
        (start, end)
    }
}

fn char_length(first: u8) -> usize {
    match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}
