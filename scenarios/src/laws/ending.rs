//! What a scenario has left behind at its end, in one mode.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use tekigo_simulator::kernel::{Event, Fate, LinkAction, Moment};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::{Identified, Mail, MessageSent, Struck};

use crate::auditor::ExpectedKey;
use crate::control::{Operation, OperationGroup};
use crate::verdict::{ScenarioRecord, StepOutcome, StepText};
use crate::witness::{PlatformImage, Traffic};

/// The kind of a completion report.
const COMPLETION: &str = "setupCompletion";

/// The end of a scenario whose business was carried out, sent and dealt with.
#[derive(Debug)]
pub(super) struct Ending {
    /// The business that the vendor did, in order: operation and input.
    pub(super) history: Vec<(String, Value)>,
    /// What the platform holds, logical deletions included.
    pub(super) rows: BTreeMap<ExpectedKey, Value>,
    /// The identifiers by the masked 個人番号 of the person.
    pub(super) identifiers: BTreeMap<String, BTreeSet<String>>,
    /// What staff were told, without the numbers that PMH gives to tasks and sets.
    pub(super) notices: BTreeSet<(String, String)>,
}

/// An operation and its answer, as the journal has them.
#[derive(Deserialize)]
struct Asked {
    operation: String,
    input: Value,
}

#[derive(Deserialize)]
struct Answered {
    answer: Answer,
}

#[derive(Deserialize)]
struct Answer {
    result: String,
}

impl Ending {
    /// The ending, if the scenario came to one that can be compared: every step up to its last もし
    /// passed, set-up is complete, the vendor linked after the last business, and PMH owes nothing.
    pub(super) fn of(profile: &Profile, record: &ScenarioRecord, events: &[Event]) -> Option<Self> {
        let traffic = Traffic::of(events);
        let is_set_up = traffic
            .registrations(profile)
            .iter()
            .any(|registration| registration.kind == COMPLETION && registration.is_accepted);
        if !record.flaws.is_empty() || !acted(record) || !is_set_up || is_owed(events) {
            return None;
        }
        let mut image = PlatformImage::default();
        image.read_on(profile, events);
        Some(Self {
            history: history(events)?,
            rows: image.rows().clone(),
            identifiers: identifiers(events),
            notices: events.iter().filter_map(notice).collect(),
        })
    }
}

/// Whether everything that the scenario does was done.
fn acted(record: &ScenarioRecord) -> bool {
    let mut is_action = false;
    let mut last = None;
    for (index, step) in record.steps.iter().enumerate() {
        is_action = continues(&step.text, is_action);
        if is_action {
            last = Some(index);
        }
    }
    let done = |last: usize| {
        record
            .steps
            .iter()
            .take(last + 1)
            .all(|step| step.outcome == Some(StepOutcome::Passed))
    };
    last.is_some_and(done)
}

/// Whether a step belongs to a もし.
fn continues(step: &StepText, is_action: bool) -> bool {
    match step.keyword.as_str() {
        "もし" => true,
        "前提" | "ならば" => false,
        _ => is_action,
    }
}

/// Whether an answer is still held back at the end, or a message between systems still under way.
fn is_owed(events: &[Event]) -> bool {
    let mut held = 0_usize;
    let mut under_way: Vec<Moment> = Vec::new();
    for event in events {
        let body = event.body.get();
        match event.kind.as_str() {
            "line.struck" => {
                let struck: Option<Struck> = serde_json::from_str(body).ok();
                held += usize::from(struck.is_some_and(|struck| struck.action == LinkAction::Hold));
            }
            "link.released" => held = held.saturating_sub(1),
            "message" => {
                let sent: Option<MessageSent> = serde_json::from_str(body).ok();
                under_way.extend(sent.and_then(|sent| match sent.fate {
                    Fate::Delay { seconds } | Fate::Duplicate { seconds } => {
                        Some(event.t.plus_seconds(seconds))
                    }
                    Fate::Deliver | Fate::Lose | Fate::Reorder => None,
                }));
            }
            // Everything that waited has arrived.
            "rule.none" => under_way.clear(),
            _ => {}
        }
    }
    let end = events.last().map(|event| event.t);
    held > 0
        || under_way
            .into_iter()
            .any(|due| end.is_some_and(|end| due > end))
}

/// The business that was done; `None` if the vendor has not linked since.
fn history(events: &[Event]) -> Option<Vec<(String, Value)>> {
    let mut done = Vec::new();
    let mut asked: Option<(Operation, Value)> = None;
    let mut is_linked = false;
    for event in events {
        let body = event.body.get();
        match event.kind.as_str() {
            "vendor.operation" => {
                let told: Option<Asked> = serde_json::from_str(body).ok();
                asked = told.and_then(|told| Some((told.operation.parse().ok()?, told.input)));
            }
            "vendor.answer" => {
                let told: Option<Answered> = serde_json::from_str(body).ok();
                let is_done = told.is_some_and(|told| told.answer.result == "done");
                let Some((operation, input)) = asked.take().filter(|_| is_done) else {
                    continue;
                };
                match operation.sheet().group {
                    OperationGroup::Business => {
                        done.push((operation.name().to_owned(), input));
                        is_linked = false;
                    }
                    OperationGroup::Link => is_linked = true,
                    OperationGroup::Run | OperationGroup::View => {}
                }
            }
            _ => {}
        }
    }
    is_linked.then_some(done)
}

fn identifiers(events: &[Event]) -> BTreeMap<String, BTreeSet<String>> {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let issued = events
        .iter()
        .filter(|event| event.kind == "identifier.issued")
        .filter_map(|event| serde_json::from_str::<Identified>(event.body.get()).ok());
    for (person, identifier) in issued.flat_map(|identified| identified.people) {
        known.entry(person).or_default().insert(identifier);
    }
    known
}

/// Address and fact of a notice. A notice of processing results carries the number of a task or a
/// set and its counts, which are as many as the vendor makes of them: the fact is that there was one.
fn notice(event: &Event) -> Option<(String, String)> {
    if event.kind != "mail" {
        return None;
    }
    let mail: Mail = serde_json::from_str(event.body.get()).ok()?;
    let fact = match mail.subject.split_once('（') {
        Some((subject, _)) => subject.to_owned(),
        None => format!("{} {}", mail.subject, mail.text),
    };
    Some((mail.to, fact))
}
