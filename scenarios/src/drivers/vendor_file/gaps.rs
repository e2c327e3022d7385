//! Reading the known gaps out of vendor.toml.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::ProblemKind;
use super::reading::as_table;
use super::source::{Source, TableReader, wrong_kind};
use super::words::{known_modes, one_word};
use crate::requirement::{KnownGap, Mode};

/// Every `[[known_gap]]`; those of a mode outside `modes` are faults.
pub(super) fn read_gaps(
    source: &mut Source<'_>,
    top: &mut TableReader<'_, '_>,
    modes: Option<&BTreeSet<Mode>>,
) -> BTreeMap<usize, KnownGap> {
    const TITLE: &str = "[[known_gap]]";
    let Some(value) = top.get("known_gap") else {
        return BTreeMap::new();
    };
    let Some(entries) = value.get_ref().as_array() else {
        let line = source.line_of(value.span().start);
        let kind = wrong_kind(
            "known_gap".to_owned(),
            "二重の角括弧 [[known_gap]] ",
            value.get_ref(),
        );
        source.report(line, kind);
        return BTreeMap::new();
    };
    let mut gaps: BTreeMap<usize, KnownGap> = BTreeMap::new();
    for entry in entries {
        let Some(table) = as_table(source, TITLE, entry) else {
            continue;
        };
        let line = table.line();
        let Some(gap) = read_gap(source, table, modes) else {
            continue;
        };
        let same = |(_, other): &(&usize, &KnownGap)| {
            other.requirement == gap.requirement && other.mode == gap.mode
        };
        if let Some((first_line, _)) = gaps.iter().find(same) {
            source.report(
                line,
                ProblemKind::DuplicateGap {
                    requirement: gap.requirement.to_string(),
                    mode: gap.mode.id(),
                    first_line: *first_line,
                },
            );
        }
        gaps.insert(line, gap);
    }
    gaps
}

fn read_gap(
    source: &mut Source<'_>,
    mut table: TableReader<'_, '_>,
    modes: Option<&BTreeSet<Mode>>,
) -> Option<KnownGap> {
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
    let accepted_by = table
        .text(source, "accepted_by", "承認した人の名前")
        .map(|text| text.value.to_owned());
    let until = table
        .text(source, "until", "承認の期限（年-月-日）")
        .and_then(|text| match text.value.parse() {
            Ok(until) => Some(until),
            Err(_) => {
                let came = text.value.to_owned();
                source.report(text.line, ProblemKind::GapUntil { came });
                None
            }
        });
    table.finish(source);
    Some(KnownGap {
        requirement: requirement?,
        mode: mode?,
        reason: reason?,
        accepted_by: accepted_by?,
        until: until?,
    })
}
