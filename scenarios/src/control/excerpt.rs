//! The beginning or end of a foreign text, short and without secrets, for messages.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

/// A short, masked piece of a text that a vendor build sent or printed.
///
/// Runs of 12 digits (個人番号, half- or full-width, also grouped by four) and 認証キー are replaced,
/// for messages end up in reports and mails.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt(String);

impl Excerpt {
    /// The first `chars_max` characters, control characters and line ends as one space.
    #[must_use]
    pub fn beginning(text: &str, chars_max: usize) -> Self {
        let masked = mask(text);
        let flat = masked.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut short: String = flat
            .chars()
            .filter(|character| !character.is_control())
            .take(chars_max)
            .collect();
        if flat.chars().count() > chars_max {
            short.push('…');
        }
        Self(short)
    }

    /// The last `lines_max` lines that are not blank.
    #[must_use]
    pub fn last_lines(text: &str, lines_max: usize) -> Self {
        let masked = mask(text);
        let lines: Vec<&str> = masked
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty())
            .collect();
        Self(lines[lines.len().saturating_sub(lines_max)..].join("\n"))
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn mask(text: &str) -> String {
    static KEY: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("pmhk_[A-Za-z0-9]+").expect("the pattern is fixed"));
    // Longer runs are no individual numbers, so they are matched whole and kept.
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("[0-9０-９]{4}[- ][0-9０-９]{4}[- ][0-9０-９]{4}|[0-9０-９]+")
            .expect("the pattern is fixed")
    });
    let text = KEY.replace_all(text, "〔認証キー〕");
    let masked = DIGITS.replace_all(&text, |found: &regex::Captures<'_>| {
        let run = &found[0];
        let digits = run.chars().filter(|c| !matches!(c, '-' | ' ')).count();
        if digits == 12 {
            "〔12桁の番号〕".to_owned()
        } else {
            run.to_owned()
        }
    });
    masked.into_owned()
}
