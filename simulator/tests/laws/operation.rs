//! What a vendor, the staff and a scenario can do to a town.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use tekigo_simulator::kernel::{DeliveryRule, Fate, Route};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::{Arrival, ClockMove, Input, LinkReply, LinkRequest, WrongNumber};

use super::town::{INSURER, MY_NUMBERS, Town};
use crate::profile::{Repertoire, any_items, json_of};

/// The kinds that a town's vendor registers here, people most often.
const KINDS: [&str; 5] = [
    "person",
    "person",
    "consent",
    "burdenRatioCard",
    "insuranceCard",
];

const SYSTEMS: [&str; 5] = ["pmh", "intermediate", "qualification", "platform", "mail"];

/// What is wrong with a whole request.
#[derive(Debug, Clone, Copy)]
pub(super) enum Flaw {
    Key,
    Certificate,
    Method,
    Path,
    ContentType,
    Segment,
    Empty,
    NotRecords,
}

/// Records of one kind, sent together.
#[derive(Debug, Clone)]
pub(super) struct Batch {
    pub(super) resource: String,
    pub(super) is_initial: bool,
    pub(super) records: Vec<Value>,
}

#[derive(Debug, Clone)]
pub(super) enum Operation {
    Register(Batch),
    RegisterWrongly(Batch, Flaw),
    Complete { people: usize },
    FetchInbound,
    Acknowledge { item: u64 },
    Arrive,
    RenewKey,
    Doubt { person: usize },
    Wait { seconds: i64 },
    Strike(DeliveryRule),
    CalmDown,
}

/// Valid records of one kind, at most one of a person.
pub(super) fn any_batch() -> impl Strategy<Value = Batch> {
    (prop::sample::select(&KINDS[..]), any::<bool>()).prop_flat_map(|(kind, is_initial)| {
        let profile = Profile::bundled();
        let kind = profile.kind(kind).expect("of the profile");
        let layout = profile.layout(kind).clone();
        let resource = layout.path().expect("a resource").to_owned();
        let record = any_items(&layout, Repertoire::Unicode);
        let rows = vec((any::<prop::sample::Index>(), 1_u32..3, record), 1..4);
        rows.prop_map(move |rows| {
            let mut people = vec![1, 2, 3, 4];
            let records = rows.iter().map(|(person, row, items)| {
                let person = people.remove(person.index(people.len()));
                let mut record = json_of(&layout, items);
                record["insurerNumber"] = json!(INSURER);
                record["insuredNumber"] = json!(format!("{person:010}"));
                if layout.field("myNumber").is_some() {
                    record["myNumber"] = json!(MY_NUMBERS[person - 1]);
                }
                if layout.field("historyKey").is_some() {
                    record["historyKey"] = json!(row.to_string());
                }
                record
            });
            Batch {
                resource: resource.clone(),
                is_initial,
                records: records.collect(),
            }
        })
    })
}

/// The same with every record wrong by itself.
pub(super) fn any_batch_of_wrong_records() -> impl Strategy<Value = Batch> {
    (any_batch(), 0_u8..4).prop_map(|(mut batch, wrong)| {
        for record in &mut batch.records {
            match wrong {
                0 => record["insurerNumber"] = json!("131011"),
                1 => record["insuredNumber"] = json!("12345"),
                2 => record["shiranaiKoumoku"] = json!("知らない項目"),
                _ => *record = json!({}),
            }
        }
        batch
    })
}

fn any_rule() -> impl Strategy<Value = DeliveryRule> {
    let fate = prop_oneof![
        (1_i64..7200).prop_map(|seconds| Fate::Delay { seconds }),
        (1_i64..7200).prop_map(|seconds| Fate::Duplicate { seconds }),
        Just(Fate::Lose),
        Just(Fate::Reorder),
    ];
    let ends = (
        prop::sample::select(&SYSTEMS[..]),
        prop::sample::select(&SYSTEMS[..]),
    );
    (ends, 0_u32..2, 1_u32..3, fate).prop_map(|((from, to), skip, times, fate)| DeliveryRule {
        route: Route {
            from: from.into(),
            to: to.into(),
        },
        skip,
        times,
        fate,
    })
}

pub(super) fn any_operation() -> impl Strategy<Value = Operation> {
    let flaw = prop::sample::select(vec![
        Flaw::Key,
        Flaw::Certificate,
        Flaw::Method,
        Flaw::Path,
        Flaw::ContentType,
        Flaw::Segment,
        Flaw::Empty,
        Flaw::NotRecords,
    ]);
    prop_oneof![
        5 => any_batch().prop_map(Operation::Register),
        1 => any_batch_of_wrong_records().prop_map(Operation::Register),
        2 => (any_batch(), flaw).prop_map(|(batch, flaw)| Operation::RegisterWrongly(batch, flaw)),
        1 => (0_usize..4).prop_map(|people| Operation::Complete { people }),
        1 => Just(Operation::FetchInbound),
        1 => (1_u64..3).prop_map(|item| Operation::Acknowledge { item }),
        1 => Just(Operation::Arrive),
        1 => Just(Operation::RenewKey),
        1 => (0_usize..4).prop_map(|person| Operation::Doubt { person }),
        1 => (0_i64..7200).prop_map(|seconds| Operation::Wait { seconds }),
        2 => any_rule().prop_map(Operation::Strike),
        1 => Just(Operation::CalmDown),
    ]
}

impl Town {
    /// Does it; the reply, if it was a request.
    pub(super) fn perform(&mut self, operation: &Operation) -> Option<LinkReply> {
        let request = match operation {
            Operation::Register(batch) => self.registering(batch),
            Operation::RegisterWrongly(batch, flaw) => self.registering_wrongly(batch, *flaw),
            Operation::Complete { people } => {
                let report = json!([{
                    "insurerNumber": INSURER,
                    "baselineDate": "2026-11-02",
                    "completionDate": "2026-11-02",
                    "personCount": people,
                }]);
                self.posting("setupCompletionRegistrationTasks", "1", &report.to_string())
            }
            Operation::FetchInbound => self.request("GET", "inboundRecords", ""),
            Operation::Acknowledge { item } => {
                let named = json!([{ "inboundId": format!("I-{item:08}") }]);
                self.posting("inboundAcknowledgements", "", &named.to_string())
            }
            Operation::Arrive
            | Operation::RenewKey
            | Operation::Doubt { .. }
            | Operation::Wait { .. }
            | Operation::Strike(_)
            | Operation::CalmDown => {
                self.happen(operation);
                return None;
            }
        };
        Some(self.send(request))
    }

    fn happen(&mut self, operation: &Operation) {
        let input = match operation {
            Operation::Arrive => Input::Arrival(Arrival {
                insurer: INSURER.to_owned(),
                kind: "consent".to_owned(),
                record: serde_json::value::to_raw_value(&json!({})).expect("JSON"),
            }),
            Operation::Doubt { person } => Input::WrongNumber(WrongNumber {
                my_number: self.token(MY_NUMBERS[*person]),
            }),
            Operation::Wait { seconds } => Input::Clock(ClockMove {
                to: self.world.now().plus_seconds(*seconds),
            }),
            Operation::Strike(rule) => Input::Delivery(rule.clone()),
            Operation::CalmDown => Input::CalmDown,
            Operation::RenewKey => return self.renew_key(),
            Operation::Register(_)
            | Operation::RegisterWrongly(..)
            | Operation::Complete { .. }
            | Operation::FetchInbound
            | Operation::Acknowledge { .. } => return,
        };
        self.take(input);
    }

    pub(super) fn registering(&mut self, batch: &Batch) -> LinkRequest {
        let segment = if batch.is_initial { "1" } else { "2" };
        let body = Value::from(batch.records.clone()).to_string();
        self.posting(&batch.resource, segment, &body)
    }

    fn registering_wrongly(&mut self, batch: &Batch, flaw: Flaw) -> LinkRequest {
        let mut request = self.registering(batch);
        let raw = |text: &str| serde_json::value::RawValue::from_string(text.to_owned()).ok();
        match flaw {
            Flaw::Key => request.key = Some(self.token("000000000000")),
            Flaw::Certificate => request.certificate = None,
            Flaw::Method => "PUT".clone_into(&mut request.method),
            Flaw::Path => request.path.push_str("/1"),
            Flaw::ContentType => request.content_type = Some("text/csv".to_owned()),
            Flaw::Segment => request.query.clear(),
            Flaw::Empty => request.body = raw("[]"),
            Flaw::NotRecords => request.body = raw("[1]"),
        }
        request
    }
}

/// Whether PMH refused the request as a whole.
pub(super) fn is_refused(reply: &LinkReply) -> bool {
    reply.status >= 400 || reply.body.get("errors").is_some()
}
