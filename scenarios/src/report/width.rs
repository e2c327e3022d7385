//! Text in columns, where a kanji is as wide as two letters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Pads with spaces to a width in columns; longer text is cut and ends in 「…」.
pub(super) fn fit(text: &str, columns: usize) -> String {
    let cut = cut(text, columns);
    let missing = columns.saturating_sub(cut.width());
    cut + &" ".repeat(missing)
}

/// Cuts text to a width in columns; what is cut ends in 「…」.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for letter in text.chars() {
        let wide = letter.width().unwrap_or_default();
        if used + wide + 1 > columns {
            break;
        }
        used += wide;
        kept.push(letter);
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

/// Breaks text into lines of at most a width in columns.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for letter in text.chars() {
        let wide = letter.width().unwrap_or_default();
        if letter == '\n' || (used + wide > columns && used > 0) {
            lines.push(String::new());
            used = 0;
        }
        if letter != '\n' {
            used += wide;
            if let Some(line) = lines.last_mut() {
                line.push(letter);
            }
        }
    }
    lines
}

/// The width in columns.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}
