//! CONSENT-07 and CONSENT-14 on every history of a run: what was withdrawn stays withdrawn, and of
//! all answers of a person the last one alone stands.
//!
//! The histories hold what brings old consents back in practice: a transfer repeated after its answer
//! was lost (再送), a transfer run again (やり直し), and a consent taken earlier that arrives later
//! (遅れて届いた結果). Random ones, in which other changes fall between, are tried on the law itself.

use std::collections::{BTreeMap, BTreeSet};

use tekigo_simulator::kernel::Event;
use tekigo_simulator::profile::Profile;

use super::{Journaled, ONE_CONSENT, WITHDRAWN_STAYS};
use crate::monitors::{ConsentAnswer, consent_answers};
use crate::verdict::{Observation, ObservedBy};
use crate::witness::PlatformImage;

/// The kind of a consent, as the profile calls it.
const CONSENT: &str = "consent";
/// How many people an observation names.
const SHOWN_MAX: usize = 3;

/// A consent as the platform held it from a line on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    event: u64,
    state: String,
    day: String,
}

/// What the two laws see in one journal, if it can be trusted.
pub(super) fn seen_in(profile: &Profile, journaled: &Journaled<'_>) -> Vec<Observation> {
    let Journaled { record, events, .. } = journaled;
    if !record.flaws.is_empty() {
        return Vec::new();
    }
    let answers = consent_answers(profile, events);
    let held = held(profile, events);
    let seen = [
        (WITHDRAWN_STAYS, withdrawn_stays(profile, &answers, &held)),
        (ONE_CONSENT, last_answer_stands(profile, &answers, &held)),
    ];
    let observations = seen.into_iter().filter_map(|(law, seen)| {
        let (expected, event, actual, holds) = seen?;
        let at = events.iter().find(|one| one.n == event);
        Some(Observation {
            requirement: law.requirement.to_owned(),
            by: ObservedBy::Law(law.id.to_owned()),
            event,
            at: at.map_or_else(|| record.span.1.clone(), |at| at.t.to_string()),
            expected: expected.to_owned(),
            actual,
            holds,
            suspects: Vec::new(),
        })
    });
    observations.collect()
}

/// Expected, the line that shows it, what was, and whether the law held.
type Seen = (&'static str, u64, String, bool);

/// What the platform held of each person's consent, change by change.
fn held(profile: &Profile, events: &[Event]) -> BTreeMap<String, Vec<Held>> {
    let mut image = PlatformImage::default();
    let mut people: BTreeMap<String, Vec<Held>> = BTreeMap::new();
    for (place, event) in events.iter().enumerate() {
        if !matches!(event.kind.as_str(), "platform.stored" | "viewing.answer") {
            continue;
        }
        image.read_on(profile, &events[..=place]);
        for (key, record) in image.rows().iter().filter(|(key, _)| key.kind == CONSENT) {
            let text = |member: &str| {
                let text = record.get(member).and_then(serde_json::Value::as_str);
                text.unwrap_or_default().to_owned()
            };
            let now = Held {
                event: event.n,
                state: text("consentState"),
                day: text("takenDate"),
            };
            let known = people.entry(key.insured_number.clone()).or_default();
            let is_same = known
                .last()
                .is_some_and(|last| (&last.state, &last.day) == (&now.state, &now.day));
            if !is_same {
                known.push(now);
            }
        }
    }
    people
}

/// CONSENT-07: after a withdrawal has arrived, only an answer given since opens again.
fn withdrawn_stays(
    profile: &Profile,
    answers: &[ConsentAnswer],
    held: &BTreeMap<String, Vec<Held>>,
) -> Option<Seen> {
    let expected = "撤回が届いたあとは、新しく同意しない限り、どの再送・やり直し・遅れた結果でも同意に戻らない";
    let (given, withdrawn) = (code(profile, "同意")?, code(profile, "撤回")?);
    let mut revived: Vec<(u64, String)> = Vec::new();
    let mut people = BTreeSet::new();
    let mut last = 0;
    for (person, states) in held {
        for (before, after) in states
            .iter()
            .zip(states.iter().skip(1).map(Some).chain([None]))
        {
            if before.state != withdrawn {
                continue;
            }
            people.insert(person);
            last = last.max(before.event);
            let Some(after) = after.filter(|after| after.state == given) else {
                continue;
            };
            // What the platform holds now must be that answer, and not merely have come after it.
            let withdrawn_at = withdrawn_at(answers, person, withdrawn, before);
            let is_new = after.day >= before.day
                && answers.iter().any(|answer| {
                    answer.insured == *person
                        && answer.state == given
                        && answer.event > withdrawn_at
                        && answer.event <= after.event
                        && answer.day >= before.day
                });
            if !is_new {
                let told = format!(
                    "{}に撤回した人（被保険者番号 {person}）の同意（{}）がよみがえりました",
                    before.day, after.day
                );
                revived.push((after.event, told));
            }
        }
    }
    if let Some((event, _)) = revived.first() {
        return Some((expected, *event, some_of(&revived), false));
    }
    let actual = format!("撤回した{}人の同意は、戻りませんでした", people.len());
    (!people.is_empty()).then_some((expected, last, actual, true))
}

/// When the books heard of the withdrawal that the platform holds.
fn withdrawn_at(answers: &[ConsentAnswer], person: &str, withdrawn: &str, held: &Held) -> u64 {
    let of_person = answers.iter().filter(|answer| {
        answer.insured == person && answer.state == withdrawn && answer.day == held.day
    });
    let first = of_person.map(|answer| answer.event).min();
    first.unwrap_or(held.event)
}

/// CONSENT-14: whoever took it and wherever, one consent stands for the person: the last answer of
/// those that the platform has heard.
fn last_answer_stands(
    profile: &Profile,
    answers: &[ConsentAnswer],
    held: &BTreeMap<String, Vec<Held>>,
) -> Option<Seen> {
    let expected = "同意は人ごとに一つで、取得した窓口や申請がいくつあっても、前の答えが後の答えに並んだり代わったりしない";
    let given = code(profile, "同意")?;
    let mut wrong: Vec<(u64, String)> = Vec::new();
    let mut last = 0;
    for (person, states) in held {
        for (before, after) in states.iter().zip(states.iter().skip(1)) {
            let is_older = after.day < before.day && after.state == given;
            if is_older && !is_corrected(answers, person, after) {
                let told = format!(
                    "被保険者番号 {person} の人の同意が、{}の答えから前の{}の答えに戻りました",
                    before.day, after.day
                );
                wrong.push((after.event, told));
            }
        }
        last = states.last().map_or(last, |state| last.max(state.event));
    }
    if let Some((event, _)) = wrong.first() {
        return Some((expected, *event, some_of(&wrong), false));
    }
    let actual = format!("{}人に一つずつ、最後の答えがありました", held.len());
    (!held.is_empty()).then_some((expected, last, actual, true))
}

/// Whether the books had heard nothing later than that when the platform took it.
fn is_corrected(answers: &[ConsentAnswer], person: &str, held: &Held) -> bool {
    let known = answers
        .iter()
        .filter(|answer| answer.insured == person && answer.event <= held.event);
    let newest = known.map(|answer| answer.day.as_str()).max();
    newest.is_none_or(|newest| newest <= held.day.as_str())
}

fn code<'p>(profile: &'p Profile, meaning: &str) -> Option<&'p str> {
    profile.list("consent_state")?.code_of(meaning)
}

fn some_of(wrong: &[(u64, String)]) -> String {
    let shown = wrong.iter().take(SHOWN_MAX).map(|(_, told)| told.as_str());
    shown.collect::<Vec<_>>().join(" ／ ")
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use tekigo_simulator::profile::Profile;

    use super::{ConsentAnswer, Held, last_answer_stands, withdrawn_stays};

    const HANA: &str = "0000000001";

    /// A product that keeps the last answer of each person and sends it on, as it should, until a fault
    /// makes it send an old one as well.
    #[derive(Debug, Clone, Copy)]
    enum Step {
        /// The person answers: a state, so many days after the last answer.
        Answers(u8, i16),
        /// A transfer; again and again changes nothing (再送, やり直し).
        Transfer,
        /// A consent taken so many days before today arrives late (遅れて届いた結果).
        Arrives(i16),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (0..3_u8, 1..4_i16).prop_map(|(state, later)| Step::Answers(state, later)),
            Just(Step::Transfer),
            (1..40_i16).prop_map(Step::Arrives),
        ]
    }

    /// What the books heard, and what the platform held.
    fn play(steps: &[Step], brings_back: bool) -> (Vec<ConsentAnswer>, Vec<Held>, bool) {
        let first = jiff::civil::date(2026, 6, 1);
        let day = |number: i16| {
            let day = first.saturating_add(jiff::Span::new().days(i32::from(number)));
            day.to_string()
        };
        let mut answers: Vec<ConsentAnswer> = Vec::new();
        let mut held: Vec<Held> = Vec::new();
        let (mut today, mut event, mut is_revived) = (40, 0, false);
        let store = |held: &mut Vec<Held>, event, state: &str, day: &str| {
            let now = Held {
                event,
                state: state.to_owned(),
                day: day.to_owned(),
            };
            let last = held.last();
            if last.is_none_or(|last| (&last.state, &last.day) != (&now.state, &now.day)) {
                held.push(now);
            }
        };
        for step in steps {
            event += 1;
            let answer = |state: &str, day: String| ConsentAnswer {
                event,
                insurer: "139998".to_owned(),
                insured: HANA.to_owned(),
                state: state.to_owned(),
                day,
            };
            match step {
                Step::Answers(state, later) => {
                    today += later;
                    answers.push(answer(["1", "2", "3"][usize::from(*state)], day(today)));
                }
                Step::Transfer => {
                    if let Some(last) = answers
                        .iter()
                        .max_by_key(|one| (one.day.clone(), one.event))
                    {
                        store(&mut held, event, &last.state, &last.day);
                    }
                }
                Step::Arrives(before) => {
                    let late = answer("1", day(today - before));
                    let is_withdrawn = held.last().is_some_and(|last| last.state == "3");
                    if brings_back
                        && is_withdrawn
                        && late.day < held.last().map_or(String::new(), |last| last.day.clone())
                    {
                        store(&mut held, event, "1", &late.day);
                        is_revived = true;
                    }
                    answers.push(late);
                }
            }
        }
        (answers, held, is_revived)
    }

    proptest! {
        #[test]
        fn a_product_that_keeps_the_last_answer_keeps_both_laws(steps in vec(step(), 1..30)) {
            let profile = Profile::bundled();
            let (answers, held, _) = play(&steps, false);
            let held = [(HANA.to_owned(), held)].into();
            for seen in [withdrawn_stays(&profile, &answers, &held), last_answer_stands(&profile, &answers, &held)] {
                prop_assert!(seen.is_none_or(|(_, _, _, holds)| holds), "{answers:#?} {held:#?}");
            }
        }

        #[test]
        fn one_that_lets_a_late_consent_win_breaks_both(steps in vec(step(), 1..30)) {
            let profile = Profile::bundled();
            let (answers, held, is_revived) = play(&steps, true);
            let held = [(HANA.to_owned(), held)].into();
            for seen in [withdrawn_stays(&profile, &answers, &held), last_answer_stands(&profile, &answers, &held)] {
                let holds = seen.is_none_or(|(_, _, _, holds)| holds);
                prop_assert_eq!(holds, !is_revived, "{:#?} {:#?}", answers, held);
            }
        }
    }
}
