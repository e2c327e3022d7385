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

/// Breaks text into lines of at most a width in columns, after a comma or a space where one is
/// near, and never before a closing mark (行頭禁則).
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut rest = paragraph;
        while rest.width() > columns {
            let (line, after) = rest.split_at(break_of(rest, columns));
            lines.push(line.trim_end().to_owned());
            rest = after.trim_start();
        }
        lines.push(rest.to_owned());
    }
    lines
}

/// Where a text that is too wide is broken, in bytes.
fn break_of(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let mut last = 0;
    let mut good = None;
    let mut previous = None;
    for (at, letter) in text.char_indices() {
        if at > 0 && !"、。，．）」』】〕！？・".contains(letter) {
            last = at;
            if matches!(previous, Some('、' | '。' | ' ' | '　')) && used * 3 > columns * 2 {
                good = Some(at);
            }
        }
        used += letter.width().unwrap_or_default();
        if used > columns {
            break;
        }
        previous = Some(letter);
    }
    let first = text.chars().next().map_or(1, char::len_utf8);
    good.unwrap_or(last).max(first)
}

/// The width in columns.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}
