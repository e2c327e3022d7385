//! Reading TOML tables member by member, so that every fault keeps its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::problem::{Problem, ProblemKind};

/// The text of a file with the faults found so far.
pub(super) struct Source<'a> {
    text: &'a str,
    problems: Vec<Problem>,
}

/// A value with the line on which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

impl<'a> Source<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            problems: Vec::new(),
        }
    }

    /// The line of a byte offset, from 1.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        let end = offset.min(self.text.len());
        1 + self.text.as_bytes()[..end]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
    }

    pub(super) fn last_line(&self) -> usize {
        self.text.lines().count().max(1)
    }

    pub(super) fn report(&mut self, line: usize, kind: ProblemKind) {
        self.problems.push(Problem { line, kind });
    }

    /// Every fault, in the order of the lines.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }
}

/// One table being read. What is asked for is remembered, so that [`TableReader::finish`] can name
/// the rest as unknown.
pub(super) struct TableReader<'t, 'i> {
    /// How the table is written, `[start]` or `[[known_gap]]`.
    title: &'static str,
    table: &'t DeTable<'i>,
    /// The line of the table's head.
    line: usize,
    asked: Vec<&'static str>,
}

impl<'t, 'i> TableReader<'t, 'i> {
    pub(super) fn new(
        source: &Source<'_>,
        title: &'static str,
        span: Range<usize>,
        table: &'t DeTable<'i>,
    ) -> Self {
        Self {
            title,
            table,
            line: source.line_of(span.start),
            asked: Vec::new(),
        }
    }

    pub(super) const fn line(&self) -> usize {
        self.line
    }

    /// The dotted name of a member, for messages.
    pub(super) fn place(&self, member: &str) -> String {
        if self.title.is_empty() {
            format!("[{member}]")
        } else {
            format!("{} {member}", self.title)
        }
    }

    pub(super) fn get(&mut self, member: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.push(member);
        self.table.get(member)
    }

    fn required(
        &mut self,
        source: &mut Source<'_>,
        member: &'static str,
        expected: &'static str,
    ) -> Option<&'t Spanned<DeValue<'i>>> {
        let found = self.get(member);
        if found.is_none() {
            let place = self.place(member);
            source.report(self.line, ProblemKind::MissingMember { place, expected });
        }
        found
    }

    /// A text that must be there and not be blank.
    pub(super) fn text(
        &mut self,
        source: &mut Source<'_>,
        member: &'static str,
        expected: &'static str,
    ) -> Option<At<&'t str>> {
        let value = self.required(source, member, expected)?;
        self.text_of(source, member, expected, value)
    }

    /// The text of a value that is there.
    pub(super) fn text_of(
        &self,
        source: &mut Source<'_>,
        member: &str,
        expected: &'static str,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Option<At<&'t str>> {
        let line = source.line_of(value.span().start);
        let place = self.place(member);
        match value.get_ref().as_str() {
            None => {
                source.report(line, wrong_kind(place, "文字列", value.get_ref()));
                None
            }
            Some(text) if text.trim().is_empty() => {
                source.report(line, ProblemKind::Empty { place, expected });
                None
            }
            Some(value) => Some(At { value, line }),
        }
    }

    /// A list of texts that must be there; the list itself may be empty.
    pub(super) fn texts(
        &mut self,
        source: &mut Source<'_>,
        member: &'static str,
        expected: &'static str,
    ) -> Option<At<Vec<At<&'t str>>>> {
        let value = self.required(source, member, expected)?;
        self.texts_of(source, member, expected, value)
    }

    /// The texts of a value that is there.
    pub(super) fn texts_of(
        &self,
        source: &mut Source<'_>,
        member: &str,
        expected: &'static str,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Option<At<Vec<At<&'t str>>>> {
        let line = source.line_of(value.span().start);
        let Some(items): Option<&'t DeArray<'i>> = value.get_ref().as_array() else {
            let place = self.place(member);
            source.report(line, wrong_kind(place, "文字列の配列", value.get_ref()));
            return None;
        };
        let texts: Vec<_> = items
            .iter()
            .filter_map(|item| self.text_of(source, member, expected, item))
            .collect();
        // A list with an unreadable entry has been reported; half of it is not the vendor's word.
        (texts.len() == items.len()).then_some(At { value: texts, line })
    }

    /// Reports every member that nobody asked for.
    pub(super) fn finish(self, source: &mut Source<'_>) {
        let known = self.asked.iter().map(|&known| known.to_owned()).collect();
        self.finish_naming(source, known);
    }

    /// As [`TableReader::finish`], but says `known` of what may stand there.
    pub(super) fn finish_naming(self, source: &mut Source<'_>, known: Vec<String>) {
        for (name, _) in self.table {
            if !self.asked.contains(&name.get_ref().as_ref()) {
                source.report(
                    source.line_of(name.span().start),
                    ProblemKind::UnknownMember {
                        place: self.place(name.get_ref()),
                        known: known.clone(),
                    },
                );
            }
        }
    }
}

/// A value of another kind than expected.
pub(super) fn wrong_kind(place: String, expected: &'static str, came: &DeValue<'_>) -> ProblemKind {
    ProblemKind::WrongKind {
        place,
        expected,
        came: match came {
            DeValue::String(_) => "文字列",
            DeValue::Integer(_) => "整数",
            DeValue::Float(_) => "小数",
            DeValue::Boolean(_) => "真偽値",
            DeValue::Datetime(_) => "日時",
            DeValue::Array(_) => "配列",
            DeValue::Table(_) => "表",
        },
    }
}
