//! What consent opens, and whether what is sent of it is the person's own word.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tekigo_simulator::kernel::Event;
use tekigo_simulator::profile::Profile;
use tekigo_simulator::viewer::{Denial, Directory, Disclosure, Viewed};

use super::facts::{Asked, Facts, text};
use super::observation::Watch;
use crate::witness::{PlatformImage, kind_name};

const CONSENT: &str = "consent";
/// 要介護認定情報等 [CONSENT-03].
const GATED: [&str; 4] = ["surveySheet", "physicianOpinion", "carePlan", "lifeData"];
/// The viewers whom consent is about, as the access matrix calls them.
const OTHERS: [&str; 4] = [
    "care_manager",
    "opinion_facility",
    "care_office",
    "medical_institution",
];

/// CONSENT-03: nothing is shown to offices and institutions without consent.
pub(super) fn nothing_without_consent(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "包括同意のない人の要介護認定情報等は、事業所と医療機関に示されない";
    let mut image = PlatformImage::default();
    let mut elsewhere = BTreeMap::new();
    let own = facts.insurers();
    for (place, event) in facts.events.iter().enumerate() {
        if event.kind == "directory" {
            note_elsewhere(linked_consents(event), &own, &mut elsewhere);
        }
        if event.kind != "viewing.answer" {
            continue;
        }
        let Ok(viewed) = serde_json::from_str::<Viewed>(event.body.get()) else {
            continue;
        };
        let made = viewed.made.iter().filter(|made| made.kind == CONSENT);
        note_elsewhere(made.map(|made| made.record.clone()), &own, &mut elsewhere);
        image.read_on(facts.profile, &facts.events[..place]);
        match (&viewed.disclosure, &viewed.refused) {
            (Some(shown), _) if is_gated(shown) => {
                let key = (shown.person.insurer.clone(), shown.person.insured.clone());
                // Somebody elsewhere may have the number of one of ours.
                let held = if own.contains(&key.0) {
                    image.row(CONSENT, &key.1, "")
                } else {
                    elsewhere.get(&key)
                };
                if has_consent(facts.profile, held, event, shown) {
                    watch.held(event.n, expected);
                } else {
                    watch.violated(event.n, expected, told(facts.profile, shown));
                }
            }
            (_, Some(refused)) if is_for_consent(refused.reason) => watch.held(event.n, expected),
            _ => {}
        }
    }
}

/// The consents that another insurer has linked by its own system.
fn linked_consents(event: &Event) -> Vec<Value> {
    let Ok(Directory::LinkedElsewhere(linked)) = serde_json::from_str(event.body.get()) else {
        return Vec::new();
    };
    let records = linked.records.into_iter();
    let consents = records.filter(|one| one.kind == CONSENT);
    consents.map(|one| one.record).collect()
}

/// Keeps the consents of other insurers, linked by their systems or taken for them by offices.
fn note_elsewhere(
    consents: impl IntoIterator<Item = Value>,
    own: &BTreeSet<String>,
    elsewhere: &mut BTreeMap<(String, String), Value>,
) {
    for record in consents {
        let insurer = text(&record, "insurerNumber");
        if !own.contains(&insurer) {
            elsewhere.insert((insurer, text(&record, "insuredNumber")), record);
        }
    }
}

fn is_gated(shown: &Disclosure) -> bool {
    GATED.contains(&shown.data.as_str()) && OTHERS.contains(&shown.role.as_str())
}

fn is_for_consent(reason: Denial) -> bool {
    matches!(
        reason,
        Denial::ConsentMissing
            | Denial::ConsentRefused
            | Denial::ConsentWithdrawn
            | Denial::ConsentBeforeLaw
            | Denial::ConsentNotYet
    )
}

/// Whether the platform holds a consent of that person that counts on the day.
fn has_consent(profile: &Profile, held: Option<&Value>, event: &Event, shown: &Disclosure) -> bool {
    let today = event.t.date().to_string();
    let law = profile.calendar().law_in_force.value.to_string();
    let Some(record) = held else {
        return false;
    };
    let taken = text(record, "takenDate");
    text(record, "insurerNumber") == shown.person.insurer
        && Some(text(record, "consentState").as_str()) == state(profile, "同意")
        && law <= taken
        && taken <= today
}

fn told(profile: &Profile, shown: &Disclosure) -> String {
    format!(
        "同意のない人（被保険者番号 {}）の{}が示されました",
        shown.person.insured,
        kind_name(profile, &shown.data)
    )
}

/// CONSENT-14: one consent a person, whoever took it.
pub(super) fn one_consent_a_person(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "同じ人の同意は一つだけ送る";
    let consents = facts.registrations.iter().filter(|one| one.kind == CONSENT);
    for registration in consents {
        let mut people = BTreeSet::new();
        for record in &registration.records {
            let number = text(record, "insuredNumber");
            if people.insert((text(record, "insurerNumber"), number.clone())) {
                watch.held(registration.n, expected);
            } else {
                let actual = format!("被保険者番号 {number} の人の同意を、一度に二つ送りました");
                watch.violated(registration.n, expected, actual);
            }
        }
    }
}

/// An answer about consent: 保険者番号, 被保険者番号, state (a code) and day.
type Answer = (String, String, String, String);

/// CONSENT-15: a consent is sent for the person who gave it, with its day.
pub(super) fn only_as_it_was_given(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "同意は、その保険者のその人が答えたとおり、答えた日付で送る";
    let mut answers = answers(facts);
    answers.sort();
    let insurers = facts.insurers();
    for sent in facts.sent.iter().filter(|sent| sent.kind == CONSENT) {
        let number = text(&sent.record, "insuredNumber");
        let insurer = text(&sent.record, "insurerNumber");
        let day = text(&sent.record, "takenDate");
        let answer = (
            insurer.clone(),
            number.clone(),
            text(&sent.record, "consentState"),
            day.clone(),
        );
        let known = answers
            .iter()
            .any(|(n, known)| *n < sent.n && *known == answer);
        if !insurers.contains(&insurer) {
            let actual = format!("保険者番号 {insurer} の人の同意を送りました");
            watch.violated(sent.n, expected, actual);
        } else if known {
            watch.held(sent.n, expected);
        } else {
            let meaning = facts.profile.list("consent_state");
            let meaning = meaning.and_then(|list| list.meaning(&answer.2));
            let actual = format!(
                "被保険者番号 {number} の人が答えていない「{}」（{day}）を送りました",
                meaning.unwrap_or(&answer.2)
            );
            watch.violated(sent.n, expected, actual);
        }
    }
}

/// An answer about consent, and from which line of the journal on the books had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsentAnswer {
    pub(crate) event: u64,
    pub(crate) insurer: String,
    pub(crate) insured: String,
    /// A code of the profile; a box left blank is no answer.
    pub(crate) state: String,
    pub(crate) day: String,
}

/// Every answer that the books got in a journal, in its order.
pub(crate) fn consent_answers(profile: &Profile, events: &[Event]) -> Vec<ConsentAnswer> {
    let mut found: Vec<ConsentAnswer> = answers(&Facts::of(profile, events))
        .into_iter()
        .map(|(event, (insurer, insured, state, day))| ConsentAnswer {
            event,
            insurer,
            insured,
            state,
            day,
        })
        .collect();
    found.sort_by_key(|answer| answer.event);
    found
}

/// Every answer that the books got, with the journal line from which on they had it.
fn answers(facts: &Facts<'_>) -> Vec<(u64, Answer)> {
    let mut answers = Vec::new();
    let mut insurer = String::new();
    for asked in &facts.asked {
        if asked.operation == "load_ledger" {
            insurer = text(&asked.input, "insurer");
        }
        let done = asked
            .answer
            .as_ref()
            .is_some_and(|answer| text(answer, "result") == "done");
        if done {
            let told = in_operation(facts.profile, asked).map(|(number, state, day)| {
                let answer = (insurer.clone(), number, state, day);
                (asked.n, answer)
            });
            answers.extend(told);
        }
    }
    for event in facts.events.iter().filter(|e| e.kind == "viewing.answer") {
        if let Ok(viewed) = serde_json::from_str::<Viewed>(event.body.get()) {
            let made = viewed.made.iter().filter(|made| made.kind == CONSENT);
            answers.extend(made.map(|made| (event.n, of_record(&made.record))));
        }
    }
    for event in facts.events.iter().filter(|e| e.kind == "arrival") {
        if let Ok(arrival) = serde_json::from_str::<Value>(event.body.get()) {
            let record = arrival.get("record").unwrap_or(&Value::Null);
            let is_own = arrival.get("insurer") == record.get("insurerNumber");
            if text(&arrival, "kind") == CONSENT && is_own {
                answers.push((event.n, of_record(record)));
            }
        }
    }
    answers
}

fn of_record(record: &Value) -> Answer {
    (
        text(record, "insurerNumber"),
        text(record, "insuredNumber"),
        text(record, "consentState"),
        text(record, "takenDate"),
    )
}

fn in_operation(
    profile: &Profile,
    asked: &Asked,
) -> impl Iterator<Item = (String, String, String)> {
    let input = &asked.input;
    let number = text(input, "insured_number");
    let of = |word: &str, number: String, day: String| {
        let code = state_of_term(profile, word)?;
        Some((number, code.to_owned(), day))
    };
    let mut found = Vec::new();
    match asked.operation.as_str() {
        "load_ledger" => {
            let loaded = input.get("consents").and_then(Value::as_array);
            found.extend(loaded.into_iter().flatten().filter_map(|consent| {
                of(
                    &text(consent, "state"),
                    text(consent, "insured_number"),
                    text(consent, "on"),
                )
            }));
        }
        "offer_consent" => found.extend(of("given", number, text(input, "on"))),
        "withdraw_consent" => found.extend(of("withdrawn", number, text(input, "on"))),
        "accept_application" if text(input, "form") == "from_2026" => {
            found.extend(of(&text(input, "consent_box"), number, text(input, "date")));
        }
        _ => {}
    }
    found.into_iter()
}

/// The code of a state of the books; a blank box has none.
fn state_of_term<'p>(profile: &'p Profile, term: &str) -> Option<&'p str> {
    match term {
        "given" => state(profile, "同意"),
        "refused" => state(profile, "不同意"),
        "withdrawn" => state(profile, "撤回"),
        _ => None,
    }
}

fn state<'p>(profile: &'p Profile, meaning: &str) -> Option<&'p str> {
    profile.list("consent_state")?.code_of(meaning)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tekigo_simulator::kernel::Event;
    use tekigo_simulator::profile::Profile;

    use crate::monitors::watch;
    use crate::requirement::Mode;

    const HANA: &str = "0000000001";

    fn event(n: u64, kind: &str, body: &Value) -> Event {
        let line = json!({
            "n": n, "t": "2026-11-02T09:00:00+09:00", "from": "vendor", "kind": kind, "body": body,
        });
        serde_json::from_str(&line.to_string()).expect("a line of a journal")
    }

    fn consent(day: &str) -> Value {
        json!({
            "insurerNumber": "139998", "insuredNumber": HANA, "consentState": "1",
            "takenDate": day, "takenBy": "1",
        })
    }

    fn sent(n: u64, records: &[Value]) -> Event {
        let body = json!({
            "id": n, "environment": "verification", "method": "POST",
            "path": "/v1/consentRegistrationTasks", "query": "linkSegment=2",
            "certificate": null, "key": null, "content_type": "application/json", "body": records,
        });
        event(n, "link.request", &body)
    }

    fn loaded() -> Event {
        let consents = json!([{ "insured_number": HANA, "state": "given", "on": "2026-10-01" }]);
        let input = json!({ "insurer": "139998", "people": 1, "consents": consents });
        let body = json!({ "operation": "load_ledger", "input": input });
        event(1, "vendor.operation", &body)
    }

    fn done() -> Event {
        let body = json!({ "operation": "load_ledger", "answer": { "result": "done" } });
        event(2, "vendor.answer", &body)
    }

    fn shown(n: u64) -> Event {
        let disclosure = json!({
            "role": "care_manager", "insurer": "139998", "insured": HANA,
            "data": "surveySheet", "rows": [{}],
        });
        let body = json!({
            "door": "careweb", "action": "view", "done": true, "disclosure": disclosure,
        });
        event(n, "viewing.answer", &body)
    }

    /// Whether the rule held, as its monitor saw it.
    fn held(requirement: &str, events: &[Event]) -> Option<bool> {
        let seen = watch(&Profile::bundled(), Mode::Api, events);
        let mut seen = seen.iter();
        let of_rule = seen.find(|one| one.requirement == requirement)?;
        Some(of_rule.holds)
    }

    #[test]
    fn what_is_shown_without_consent_is_a_breach() {
        let events = [loaded(), done(), shown(3)];
        assert_eq!(held("CONSENT-03", &events), Some(false));
        assert_eq!(held("CONSENT-03", &events[..2]), None);
    }

    #[test]
    fn the_consent_of_somebody_elsewhere_with_the_same_number_counts_there_alone() {
        let record = |insurer: &str| {
            let mut record = consent("2026-10-01");
            record["insurerNumber"] = json!(insurer);
            record
        };
        let linked = json!({
            "fact": "linked_elsewhere", "insurer": "139980", "completed_on": "2026-10-01",
            "records": [{ "kind": "consent", "record": record("139980") }],
        });
        let begun = [loaded(), done(), event(3, "directory", &linked)];
        let seen = |insurer: &str| {
            let mut last = shown(4);
            let body = last.body.get().replace("139998", insurer);
            last.body = serde_json::value::RawValue::from_string(body).expect("JSON");
            let mut events = begun.to_vec();
            events.push(last);
            held("CONSENT-03", &events)
        };
        assert_eq!(seen("139998"), Some(false));
        assert_eq!(seen("139980"), Some(true));
    }

    #[test]
    fn the_consent_of_ours_opens_nothing_of_somebody_elsewhere_with_the_same_number() {
        let made = json!({
            "door": "careweb", "action": "take_consent", "done": true,
            "made": [{ "kind": "consent", "record": consent("2026-10-01") }],
        });
        let seen = |insurer: &str| {
            let mut last = shown(4);
            let body = last.body.get().replace("139998", insurer);
            last.body = serde_json::value::RawValue::from_string(body).expect("JSON");
            let events = [loaded(), done(), event(3, "viewing.answer", &made), last];
            held("CONSENT-03", &events)
        };
        assert_eq!(seen("139998"), Some(true));
        assert_eq!(seen("139980"), Some(false));
    }

    #[test]
    fn an_answer_counts_for_its_insurer_alone() {
        let mut arrival = consent("2026-10-01");
        arrival["insuredNumber"] = json!("0000000002");
        let mut elsewhere = arrival.clone();
        elsewhere["insurerNumber"] = json!("139980");
        let made = json!({
            "door": "careweb", "action": "take_consent", "done": true,
            "made": [{ "kind": "consent", "record": elsewhere }],
        });
        let events = [
            loaded(),
            done(),
            event(3, "viewing.answer", &made),
            sent(4, &[arrival]),
        ];
        assert_eq!(held("CONSENT-15", &events), Some(false));
    }

    #[test]
    fn two_consents_of_one_person_at_once_are_one_too_many() {
        let (one, other) = (consent("2026-10-01"), consent("2026-10-02"));
        let events = [loaded(), done(), sent(3, std::slice::from_ref(&one))];
        assert_eq!(held("CONSENT-14", &events), Some(true));
        let events = [loaded(), done(), sent(3, &[one, other])];
        assert_eq!(held("CONSENT-14", &events), Some(false));
    }

    #[test]
    fn a_consent_is_sent_with_its_day_and_for_its_insurer() {
        let with = |record: Value| {
            let events = [loaded(), done(), sent(3, &[record])];
            held("CONSENT-15", &events)
        };
        assert_eq!(with(consent("2026-10-01")), Some(true));
        assert_eq!(with(consent("2026-11-02")), Some(false));
        let mut elsewhere = consent("2026-10-01");
        elsewhere["insurerNumber"] = json!("139980");
        assert_eq!(with(elsewhere), Some(false));
    }
}
