//! What a run tells on standard error while it runs.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::certify::{Progress, Step};
use crate::requirement::Mode;

/// A line that is written over on a terminal, and one line in ten elsewhere.
pub(super) fn progress() -> Progress {
    let planned = AtomicUsize::new(0);
    let ended = AtomicUsize::new(0);
    let failed = AtomicUsize::new(0);
    let is_terminal = std::io::stderr().is_terminal();
    std::sync::Arc::new(move |step| {
        let mut out = std::io::stderr().lock();
        let said = match step {
            Step::AskingVendor => writeln!(out, "ベンダー製品を起動し、申告を確かめています…"),
            Step::Begins(scenarios) => {
                planned.store(scenarios.values().sum(), Ordering::Relaxed);
                writeln!(out, "{}", beginning(&scenarios))
            }
            Step::Ended {
                id,
                mode,
                title,
                passed,
            } => {
                let ended = ended.fetch_add(1, Ordering::Relaxed) + 1;
                let planned = planned.load(Ordering::Relaxed);
                if !passed {
                    failed.fetch_add(1, Ordering::Relaxed);
                }
                let failed = failed.load(Ordering::Relaxed);
                let count = format!("{ended}/{planned} 件（通らなかったもの {failed} 件）");
                if is_terminal {
                    write!(out, "\r\x1b[K{count} {mode} {id} {title}")
                } else if ended.is_multiple_of(10) || ended == planned {
                    writeln!(out, "{count}")
                } else {
                    Ok(())
                }
            }
            Step::Judging if is_terminal => write!(out, "\r\x1b[K記録から判定しています…\r\x1b[K"),
            Step::Judging => writeln!(out, "記録から判定しています…"),
        };
        // Nobody reads the progress of a run whose standard error is closed.
        let _ = said.and_then(|()| out.flush());
    })
}

fn beginning(scenarios: &BTreeMap<Mode, usize>) -> String {
    let all: usize = scenarios.values().sum();
    let each: Vec<String> = scenarios
        .iter()
        .map(|(mode, count)| format!("{mode} {count} 件"))
        .collect();
    if each.len() > 1 {
        format!("シナリオ {all} 件を実行します（{}）", each.join("、"))
    } else {
        format!("シナリオ {all} 件を実行します")
    }
}
