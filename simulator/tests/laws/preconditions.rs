//! Nothing of a set-up reaches the platform before everything it needs is there, in whatever order it is tried.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::systems::pmh::Setup;
use tekigo_simulator::{Effect, LinkReply, OperatorAction};

use crate::portal::desk::{
    CITY, Desk, acceptance, answer, declaration, notice, number, publication,
};
use crate::portal::link::{ENVIRONMENT, preparations};

static OPENED: LazyLock<Desk> = LazyLock::new(|| Desk::on(date(2026, 3, 2)));

/// Well before the law, the day before it, its first day, the day before the confirmed one, that day, later.
const DAYS: [Date; 6] = [
    date(2026, 3, 10),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 4, 30),
    date(2026, 5, 1),
    date(2026, 5, 7),
];
/// The place of the addresses among the preparations.
const ADDRESSES: usize = 2;
/// What the portal proposes.
const CONFIRMED: Date = DAYS[4];

/// What is tried, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Try {
    /// One of the preparations in PMH's pages.
    Prepare(usize),
    /// A step at the portal.
    Declare,
    Answer,
    Notify,
    Accept,
    Publish,
    /// A day confirmed without the portal, as a scenario may do it.
    Confirm(usize),
    /// The notification addresses are taken off again.
    ClearAddresses,
    Wait(usize),
    /// What the insurer's system sends.
    Start,
    Register,
}

fn any_try() -> impl Strategy<Value = Try> {
    prop_oneof![
        6 => (0_usize..6).prop_map(Try::Prepare),
        5 => prop_oneof![Just(Try::Declare), Just(Try::Answer), Just(Try::Notify), Just(Try::Accept), Just(Try::Publish)],
        2 => (0_usize..DAYS.len()).prop_map(Try::Wait),
        1 => (0_usize..DAYS.len()).prop_map(Try::Confirm),
        1 => Just(Try::ClearAddresses),
        3 => prop_oneof![Just(Try::Start), Just(Try::Register)],
    ]
}

/// A whole road with strangers in between, so that many histories come to the end of it. Set-up is tried on two
/// days, one of which is often too early.
fn any_history() -> impl Strategy<Value = Vec<Try>> {
    let day = || 0..DAYS.len();
    let confirmed = prop_oneof![Just(Try::Accept), day().prop_map(Try::Confirm)];
    let road = (confirmed, day(), day()).prop_map(|(confirmed, first, second)| {
        let portal = [Try::Declare, Try::Answer, Try::Notify, confirmed];
        let set_up = |day| [Try::Wait(day), Try::Start, Try::Register];
        let prepared = (0..6).map(Try::Prepare);
        let road: Vec<Try> = prepared
            .chain(portal)
            .chain(set_up(first.min(second)))
            .chain(set_up(first.max(second)))
            .collect();
        road
    });
    let strangers = vec((0_usize..20, any::<bool>(), any_try()), 0..3);
    prop_oneof![
        1 => vec(any_try(), 0..14),
        3 => (road, strangers).prop_map(|(mut road, strangers)| {
            for (place, takes_away, stranger) in strangers {
                // A step that is taken away or put in somewhere.
                if takes_away && place < road.len() {
                    road.remove(place);
                } else {
                    road.insert(place.min(road.len()), stranger);
                }
            }
            road
        }),
    ]
}

/// What has been done so far, kept without asking the world.
#[derive(Debug, Default)]
struct Done {
    /// Log-in, password, addresses, mode, environment, key.
    prepared: [bool; 6],
    confirmed: Option<Date>,
    is_started: bool,
    /// Whether a person is held by the platform.
    is_stored: bool,
}

impl Done {
    /// Whether PMH may be linked with at all.
    fn may_link(&self, today: Date) -> bool {
        self.prepared.iter().all(|it| *it) && today >= date(2026, 4, 1)
    }

    /// Whether set-up may begin.
    fn may_start(&self, today: Date) -> bool {
        self.may_link(today) && self.confirmed.is_some_and(|day| today >= day)
    }
}

fn person() -> serde_json::Value {
    json!([{
        "insurerNumber": CITY,
        "insuredNumber": "0000000001",
        "myNumber": "123456789018",
        "basicFiveInfo": {
            "name": "月見　花子",
            "nameKana": "ツキミ　ハナコ",
            "address": "月影県つきみ市うさぎ町1",
            "dateOfBirth": "1940-01-01",
            "sex": "2",
        },
        "isNotDisclosed": false,
        "insuredCategory": "1",
        "qualificationAcquiredDate": "2005-01-01",
        "modificationSeg": "1",
    }])
}

/// Tries it; whether the platform heard of it.
fn attempt(desk: &mut Desk, done: &mut Done, it: Try) -> Option<LinkReply> {
    match it {
        Try::Prepare(step) => {
            let is_done = desk.act_and_keep(CITY, preparations()[step].clone());
            done.prepared[step] |= is_done;
        }
        Try::Declare => {
            desk.visit(declaration("2026-04"));
        }
        Try::Answer => {
            desk.visit(answer(CITY, "2026-05"));
        }
        Try::Notify => {
            desk.visit(notice(CITY, CONFIRMED));
        }
        Try::Accept => {
            if desk.visit(acceptance(CITY)).done {
                done.confirmed = Some(CONFIRMED);
            }
        }
        Try::Confirm(day) => {
            let setup_date = DAYS[day];
            desk.act(CITY, OperatorAction::ConfirmSchedule { setup_date });
            done.confirmed = Some(setup_date);
        }
        Try::ClearAddresses => {
            if desk.act(CITY, OperatorAction::ClearAddresses).done {
                done.prepared[ADDRESSES] = false;
            }
        }
        Try::Publish => {
            desk.visit(publication(CITY));
        }
        Try::Wait(day) => desk.wait_until(DAYS[day]),
        Try::Start => return Some(desk.start_set_up(CITY, CONFIRMED)),
        Try::Register => {
            return Some(desk.post(CITY, "personRegistrationTasks", "1", &person()));
        }
    }
    None
}

/// Whether PMH's or the platform's books show that a set-up has begun.
fn has_begun(desk: &Desk) -> bool {
    let insurer: InsurerNumber = number(CITY);
    let setup = desk.world.pmh().setup_of(insurer, ENVIRONMENT);
    let is_heard = desk.effects.iter().any(|dated| {
        let Effect::Message(message) = &dated.effect else {
            return false;
        };
        message.to == "platform" && message.from == "pmh" || message.to == "intermediate"
    });
    setup != Some(Setup::NotStarted) || desk.world.platform().people() > 0 || is_heard
}

fn run(history: &[Try]) -> Result<Done, TestCaseError> {
    let mut desk = OPENED.clone_world();
    let mut done = Done::default();
    for it in history {
        let today = desk.world.now().date();
        let (may_link, may_start) = (done.may_link(today), done.may_start(today));
        let reply = attempt(&mut desk, &mut done, *it);
        if let Some(reply) = reply {
            let is_taken = reply.status == 202;
            let expected = match it {
                Try::Start => may_start,
                Try::Register => may_link && done.is_started,
                Try::Prepare(_)
                | Try::Declare
                | Try::Answer
                | Try::Notify
                | Try::Accept
                | Try::Publish
                | Try::Confirm(_)
                | Try::ClearAddresses
                | Try::Wait(_) => false,
            };
            prop_assert_eq!(is_taken, expected, "{:?} {:?}", it, reply.body);
            done.is_started |= is_taken;
            let is_person = is_taken && *it == Try::Register;
            done.is_stored |= is_person;
            prop_assert_eq!(done.is_stored, desk.world.platform().people() == 1);
        }
        prop_assert_eq!(has_begun(&desk), done.is_started, "{:?}", it);
    }
    Ok(done)
}

proptest! {
    #![proptest_config(super::cases(10_000))]

    #[test]
    fn nothing_reaches_the_platform_before_its_preconditions(history in any_history()) {
        run(&history)?;
    }
}

#[test]
fn many_histories_come_to_the_end_of_the_road() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut arrived = 0;
    for _ in 0..300 {
        let history = any_history()
            .new_tree(&mut runner)
            .expect("a history")
            .current();
        arrived += usize::from(run(&history).expect("the law holds").is_stored);
    }
    assert!((30..270).contains(&arrived), "{arrived} of 300 set up");
}
