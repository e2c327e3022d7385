//! Nothing of a set-up reaches the platform before everything it needs is there, in whatever order it is tried.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::systems::pmh::Setup;
use tekigo_simulator::{Effect, LinkReply};

use crate::portal::desk::{
    CITY, Desk, acceptance, answer, declaration, notice, number, publication,
};
use crate::portal::link::{ENVIRONMENT, preparations};

static OPENED: LazyLock<Desk> = LazyLock::new(|| Desk::on(date(2026, 3, 2)));

/// Before the law, the law's first day, before the confirmed day, the confirmed day, later.
const DAYS: [Date; 5] = [
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 4, 30),
    date(2026, 5, 1),
    date(2026, 5, 7),
];
const CONFIRMED: Date = DAYS[3];

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
        3 => prop_oneof![Just(Try::Start), Just(Try::Register)],
    ]
}

/// A whole road with strangers in between, so that many histories come to the end of it.
fn any_history() -> impl Strategy<Value = Vec<Try>> {
    let road: Vec<Try> = (0..6)
        .map(Try::Prepare)
        .chain([
            Try::Declare,
            Try::Answer,
            Try::Notify,
            Try::Accept,
            Try::Wait(3),
            Try::Start,
            Try::Register,
        ])
        .collect();
    (
        vec(any_try(), 0..14),
        vec((0_usize..20, any_try()), 0..6),
        any::<bool>(),
    )
        .prop_map(move |(random, strangers, is_guided)| {
            if !is_guided {
                return random;
            }
            let mut history = road.clone();
            for (place, stranger) in strangers {
                let place = place.min(history.len());
                // A step that is taken away or put in somewhere.
                if place < history.len() && place % 3 == 0 {
                    history.remove(place);
                } else {
                    history.insert(place, stranger);
                }
            }
            history
        })
}

/// What has been done so far, kept without asking the world.
#[derive(Debug, Default)]
struct Done {
    /// Log-in, password, addresses, mode, environment, key.
    prepared: [bool; 6],
    has_accepted: bool,
    is_started: bool,
    /// Whether a person is held by the platform.
    is_stored: bool,
}

impl Done {
    fn is_everything_there(&self, today: Date) -> bool {
        let law = date(2026, 4, 1);
        self.prepared.iter().all(|it| *it)
            && self.has_accepted
            && today >= law
            && today >= CONFIRMED
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
        Try::Accept => done.has_accepted |= desk.visit(acceptance(CITY)).done,
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
        let ready = done.is_everything_there(desk.world.now().date());
        let reply = attempt(&mut desk, &mut done, *it);
        if let Some(reply) = reply {
            let is_taken = reply.status == 202;
            let expected = match it {
                Try::Start => ready,
                Try::Register => ready && done.is_started,
                Try::Prepare(_)
                | Try::Declare
                | Try::Answer
                | Try::Notify
                | Try::Accept
                | Try::Publish
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
