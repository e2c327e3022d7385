//! Reading the fixed words of the interface out of vendor.toml.

use std::collections::BTreeSet;

use super::problem::ProblemKind;
use super::source::{At, Source};
use crate::requirement::Mode;

/// Every word of a list with its meaning, for messages.
macro_rules! known_words {
    ($words:ty) => {
        || {
            <$words>::ALL
                .iter()
                .map(|known| format!("{}（{}）", known.word(), known.japanese()))
                .collect()
        }
    };
}

pub(super) use known_words;

/// The same of the modes.
pub(super) fn known_modes() -> Vec<String> {
    Mode::ALL
        .iter()
        .map(|mode| format!("{}（{}）", mode.id(), mode.japanese()))
        .collect()
}

/// One word of a list.
pub(super) fn one_word<T>(
    source: &mut Source<'_>,
    place: &str,
    word: At<&str>,
    of_word: impl Fn(&str) -> Option<T>,
    known: impl Fn() -> Vec<String>,
) -> Option<T> {
    let value = of_word(word.value);
    if value.is_none() {
        source.report(
            word.line,
            ProblemKind::UnknownWord {
                place: place.to_owned(),
                word: word.value.to_owned(),
                known: known(),
            },
        );
    }
    value
}

/// Every word of a list, once each.
pub(super) fn word_set<T: Ord>(
    source: &mut Source<'_>,
    place: &str,
    words: &[At<&str>],
    of_word: impl Fn(&str) -> Option<T>,
    known: impl Fn() -> Vec<String>,
) -> Option<BTreeSet<T>> {
    let mut set = BTreeSet::new();
    let mut complete = true;
    for word in words {
        match one_word(source, place, *word, &of_word, &known) {
            None => complete = false,
            Some(value) => {
                if !set.insert(value) {
                    complete = false;
                    source.report(
                        word.line,
                        ProblemKind::DuplicateWord {
                            place: place.to_owned(),
                            word: word.value.to_owned(),
                        },
                    );
                }
            }
        }
    }
    complete.then_some(set)
}
