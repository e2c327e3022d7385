//! Reading the known gaps out of vendor.toml.

use std::collections::BTreeSet;

use super::problem::ProblemKind;
use super::reading::as_table;
use super::source::{Source, TableReader, wrong_kind};
use super::values::KnownGap;
use super::words::{known_modes, one_word};
use crate::requirement::Mode;

/// Every `[[known_gap]]`; those of a mode outside `modes` are faults.
pub(super) fn read_gaps(
    source: &mut Source<'_>,
    top: &mut TableReader<'_, '_>,
    modes: Option<&BTreeSet<Mode>>,
) -> Vec<KnownGap> {
    const TITLE: &str = "[[known_gap]]";
    let Some(value) = top.get("known_gap") else {
        return Vec::new();
    };
    let Some(entries) = value.get_ref().as_array() else {
        let line = source.line_of(value.span().start);
        let kind = wrong_kind(
            "known_gap".to_owned(),
            "二重の角括弧 [[known_gap]] ",
            value.get_ref(),
        );
        source.report(line, kind);
        return Vec::new();
    };
    let mut gaps: Vec<KnownGap> = Vec::new();
    for entry in entries {
        let Some(table) = as_table(source, TITLE, entry) else {
            continue;
        };
        let Some(gap) = read_gap(source, table, modes) else {
            continue;
        };
        let same =
            |other: &&KnownGap| other.requirement == gap.requirement && other.mode == gap.mode;
        if let Some(first) = gaps.iter().find(same) {
            source.report(
                gap.line,
                ProblemKind::DuplicateGap {
                    requirement: gap.requirement.to_string(),
                    mode: gap.mode.id(),
                    first_line: first.line,
                },
            );
        }
        gaps.push(gap);
    }
    gaps
}

fn read_gap(
    source: &mut Source<'_>,
    mut table: TableReader<'_, '_>,
    modes: Option<&BTreeSet<Mode>>,
) -> Option<KnownGap> {
    let line = table.line();
    let requirement = table
        .text(source, "requirement", "要件番号")
        .and_then(|text| match text.value.parse() {
            Ok(id) => Some(id),
            Err(error) => {
                source.report(text.line, ProblemKind::Requirement(error));
                None
            }
        });
    let mode = table
        .text(source, "mode", "連携方式（api か file）")
        .and_then(|word| {
            let place = "[[known_gap]] mode";
            let mode = one_word(source, place, word, Mode::of_word, known_modes)?;
            if modes.is_some_and(|modes| !modes.contains(&mode)) {
                let mode = mode.id();
                source.report(word.line, ProblemKind::GapInUndeclaredMode { mode });
            }
            Some(mode)
        });
    let reason = table
        .text(source, "reason", "まだ満たしていない理由")
        .map(|text| text.value.to_owned());
    table.finish(source);
    Some(KnownGap {
        requirement: requirement?,
        mode: mode?,
        reason: reason?,
        line,
    })
}
