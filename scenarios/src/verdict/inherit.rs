//! 波及: a scenario that could not get going because another rule is violated.

use std::collections::BTreeMap;

use super::facts::Mode;
use super::finding::Finding;
use super::reason::Reason;

type Findings = BTreeMap<(String, Mode), Vec<Finding>>;

/// Turns each suspicion that is confirmed in the same mode into 波及. Where none is, what was seen
/// counts against the rule itself; where nothing was seen of it, it is 判定不能.
///
/// A cause may itself be 波及 of another: the chain is followed until nothing changes. It always
/// starts at a rule that was seen violated, so two scenarios that blame each other stay undecided.
pub(super) fn settle(findings: &mut Findings) {
    confirm(findings);
    for finding in findings.values_mut().flatten() {
        if let Finding::Blocked { otherwise, .. } = finding
            && let Some(violation) = otherwise.take()
        {
            *finding = Finding::Violated(violation);
        }
    }
    // A rule that has just turned out to be violated may be what another waited for.
    confirm(findings);
    for finding in findings.values_mut().flatten() {
        if let Finding::Blocked { reason, .. } = finding {
            *finding = Finding::Undecided(reason.clone());
        }
    }
}

fn confirm(findings: &mut Findings) {
    loop {
        let confirmed: Vec<((String, Mode), usize, String)> = findings
            .iter()
            .flat_map(|(key, list)| {
                list.iter()
                    .enumerate()
                    .filter_map(|(index, finding)| {
                        Some((key.clone(), index, cause_of(finding, key.1, findings)?))
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        if confirmed.is_empty() {
            break;
        }
        for (key, index, cause) in confirmed {
            let finding = findings.get_mut(&key).and_then(|list| list.get_mut(index));
            if let Some(finding) = finding {
                inherit(finding, cause);
            }
        }
    }
}

fn cause_of(finding: &Finding, mode: Mode, findings: &Findings) -> Option<String> {
    let Finding::Blocked { suspects, .. } = finding else {
        return None;
    };
    let guilty = |suspect: &&String| {
        let key = ((*suspect).clone(), mode);
        findings.get(&key).is_some_and(|list| {
            list.iter()
                .any(|finding| matches!(finding, Finding::Violated(_) | Finding::Inherited { .. }))
        })
    };
    suspects.iter().find(guilty).cloned()
}

fn inherit(finding: &mut Finding, cause: String) {
    if let Finding::Blocked {
        scenario, reason, ..
    } = finding
    {
        let scenario: String = std::mem::take(scenario);
        let reason: Reason = reason.clone();
        *finding = Finding::Inherited {
            scenario,
            cause,
            reason,
        };
    }
}
