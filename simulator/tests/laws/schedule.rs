//! The schedule machine against a table of its own, on random histories.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::kernel::{DeliveryRule, Fate, Moment, Route};
use tekigo_simulator::{
    ClockMove, Effect, Input, PortalInput, Refusal, Reply, ScheduleReply, SurveyAnswer, World,
};

use super::schedule_oracle::{Act, Answer, Oracle, SEATS, Standing, VENDORS, a_week_after};
use crate::portal::desk::{Desk, number, survey};

const START: Date = date(2026, 3, 2);
static OPENED: LazyLock<World> = LazyLock::new(|| Desk::on(START).world);

const MONTHS: [(i16, i8); 4] = [(2026, 3), (2026, 8), (2026, 10), (2026, 12)];

/// Days to propose, to ask for and to wait for; the last two suit law and vendors.
const DAYS: [Date; 6] = [
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 8, 31),
    date(2026, 10, 1),
    date(2026, 12, 28),
    date(2028, 2, 23),
];

/// What is done, or the step that is next for somebody.
#[derive(Debug, Clone)]
enum Move {
    Do(Act),
    /// With a day to propose, or to ask for.
    Next(usize, Date, bool),
}

/// A number from which a move is read: drawn and shrunk faster than a tree of choices.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: u32) -> usize {
        let rolled = self.0 % sides;
        self.0 /= sides;
        usize::try_from(rolled).unwrap_or(0)
    }

    /// Those who set up together have most to tell.
    fn seat(&mut self) -> usize {
        const OFTEN: [usize; 14] = [0, 0, 5, 6, 5, 6, 1, 2, 3, 4, 7, 8, 5, 6];
        OFTEN[self.roll(14)]
    }

    fn day(&mut self) -> Date {
        DAYS[self.roll(6)]
    }

    fn perhaps_day(&mut self) -> Option<Date> {
        (self.roll(2) == 1).then(|| self.day())
    }

    fn answer(&mut self) -> Answer {
        Answer {
            vendor: [Some(0), Some(0), Some(1), Some(1), None][self.roll(5)],
            month: match self.roll(8) {
                0..4 => Some((2026, 10)),
                7 => None,
                place => Some(MONTHS[place - 4]),
            },
            is_complete: self.roll(10) > 0,
        }
    }

    fn act(&mut self) -> Act {
        match self.roll(14) {
            0..3 => Act::Answer(self.seat(), self.answer()),
            3..6 => Act::Declare(self.roll(2), MONTHS[self.roll(4)]),
            6..8 => Act::Notify(self.seat(), self.day(), self.perhaps_day()),
            8..10 => Act::Accept(self.seat()),
            10 => Act::Ask(self.seat(), self.perhaps_day(), self.perhaps_day()),
            11..13 => Act::Publish(self.seat()),
            _ => Act::Wait(self.day()),
        }
    }

    fn step(mut self) -> Move {
        if self.roll(3) == 0 {
            return Move::Do(self.act());
        }
        let day = DAYS[4 + self.roll(2)];
        Move::Next(self.seat(), day, self.roll(10) < 7)
    }
}

fn any_move() -> impl Strategy<Value = Move> {
    any::<u32>().prop_map(|number| Dice(number).step())
}

/// The step that brings a seat on, as far as it has got.
fn next(oracle: &Oracle, seat: usize, day: Date, agrees: bool) -> Act {
    let fine = Answer {
        vendor: Some(0),
        month: Some((2026, 10)),
        is_complete: true,
    };
    match oracle.books[seat].standing {
        Standing::Silent | Standing::Doubtful => Act::Answer(seat, fine),
        Standing::Fine | Standing::Objected => Act::Notify(seat, day, None),
        Standing::Proposed if agrees => Act::Accept(seat),
        Standing::Proposed => Act::Ask(seat, Some(day), None),
        Standing::Agreed | Standing::Public => Act::Publish(seat),
    }
}

fn input(act: Act) -> Input {
    let insurer = |seat: usize| SEATS[seat].number.to_owned();
    let reply = |seat, reply| {
        Input::Portal(PortalInput::Reply(ScheduleReply {
            insurer: insurer(seat),
            reply,
        }))
    };
    match act {
        Act::Answer(seat, answer) => {
            Input::Portal(PortalInput::AnswerSurvey(written(seat, answer)))
        }
        Act::Declare(vendor, (year, month)) => Input::Portal(PortalInput::DeclareReadiness {
            vendor: VENDORS[vendor].to_owned(),
            ready_from: format!("{year}-{month:02}"),
        }),
        Act::Notify(seat, setup_date, completion_date) => Input::Portal(PortalInput::Notify {
            insurer: insurer(seat),
            setup_date,
            completion_date,
        }),
        Act::Accept(seat) => reply(seat, Reply::Accept),
        Act::Ask(seat, setup_date, start_date) => reply(
            seat,
            Reply::AskForChange {
                setup_date,
                start_date,
                reason: "庁内の都合".to_owned(),
            },
        ),
        Act::Publish(seat) => Input::Portal(PortalInput::Publish {
            insurer: insurer(seat),
        }),
        Act::Wait(day) => Input::Clock(ClockMove {
            to: Moment::at(day, 9, 0),
        }),
    }
}

fn written(seat: usize, answer: Answer) -> SurveyAnswer {
    let month = answer
        .month
        .map(|(year, month)| format!("{year}-{month:02}"));
    let mut survey = survey(SEATS[seat].number, &month.unwrap_or_default());
    survey.vendor = answer
        .vendor
        .map_or("", |vendor| VENDORS[vendor])
        .to_owned();
    if !answer.is_complete {
        "電話".clone_into(&mut survey.mode);
    }
    survey
}

/// The confirmed day that PMH has heard of.
fn known_to_pmh(world: &World, insurer: InsurerNumber) -> Option<Date> {
    let account = (insurer, "verification".to_owned());
    world.pmh().account(&account)?.setup_date()
}

/// Compares everything that can be seen with the table.
fn agrees(world: &World, oracle: &Oracle) -> Result<(), TestCaseError> {
    let list = world.public_status();
    for (seat, book) in oracle.books.iter().enumerate() {
        let insurer = number(SEATS[seat].number);
        prop_assert_eq!(world.portal().stage(insurer).name(), book.standing.name());
        let row = list.iter().find(|row| row.insurer == SEATS[seat].number);
        prop_assert_eq!(row.is_some(), SEATS[seat].may_answer);
        // A member whose union connects shows the union's dates.
        let shown_of = if SEATS[seat].has_dates {
            seat
        } else {
            SEATS[seat].group.first().copied().unwrap_or(seat)
        };
        let shown = row
            .and_then(|row| row.dates)
            .map(|dates| (dates.setup, dates.completion, dates.start));
        prop_assert_eq!(
            shown,
            oracle.public(shown_of),
            "what is shown of {}",
            insurer
        );
        if shown.is_some() {
            let accepted = &oracle.books[shown_of].accepted;
            prop_assert_eq!(
                accepted.last(),
                Some(&oracle.books[shown_of].proposals.len()),
                "nothing unaccepted"
            );
        }
        let known = known_to_pmh(world, insurer);
        prop_assert_eq!(known, oracle.fixed(seat));
        let Some(register) = world.portal().register(insurer) else {
            prop_assert!(book.answers.is_empty());
            continue;
        };
        let kept: Vec<&SurveyAnswer> = register.answers().map(|(_, answer)| answer).collect();
        let given: Vec<SurveyAnswer> = book
            .answers
            .iter()
            .map(|answer| written(seat, *answer))
            .collect();
        prop_assert_eq!(kept, given.iter().collect::<Vec<_>>(), "no answer is lost");
        prop_assert_eq!(register.notices().len(), book.proposals.len());
        prop_assert_eq!(register.replies().len(), book.replies);
    }
    Ok(())
}

/// Does everything, on both sides; the two must agree after every step.
fn run(moves: &[Move]) -> Result<Oracle, TestCaseError> {
    let mut world = OPENED.clone();
    let mut oracle = Oracle::new(START);
    for step in moves {
        let act = match *step {
            Move::Do(act) => act,
            Move::Next(seat, day, agrees) => next(&oracle, seat, day, agrees),
        };
        let expected = oracle.take(act);
        let before = (!expected).then(|| world.portal().clone());
        let effects = world.apply(&input(act));
        let done = effects.iter().all(|dated| {
            let Effect::PortalAnswer(answer) = &dated.effect else {
                return true;
            };
            let is_told = |refusal: &Refusal| {
                [&refusal.who, &refusal.expected, &refusal.came]
                    .iter()
                    .all(|it| !it.is_empty())
            };
            assert_eq!(answer.done, answer.refusal.is_none());
            assert!(answer.refusal.iter().all(is_told), "{answer:?}");
            answer.done
        });
        prop_assert_eq!(done, expected, "{:?}", act);
        if let Some(before) = before {
            prop_assert_eq!(&before, world.portal(), "a refusal changes nothing");
            // Without a message no other system can have changed.
            prop_assert_eq!(effects.len(), 1, "only the answer");
        }
    }
    agrees(&world, &oracle)?;
    Ok(oracle)
}

proptest! {
    #![proptest_config(super::cases(10_000))]

    #[test]
    fn no_stage_is_skipped_nothing_is_published_unaccepted_and_no_answer_is_lost(
        moves in vec(any_move(), 0..30),
    ) {
        run(&moves)?;
    }
}

proptest! {
    #![proptest_config(super::cases(300))]

    #[test]
    fn the_portal_and_the_table_agree_after_every_step(moves in vec(any_move(), 0..30)) {
        for length in 0..moves.len() {
            run(&moves[..length])?;
        }
    }
}

#[test]
fn the_histories_are_not_idle() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..300 {
        let moves = vec(any_move(), 0..30)
            .new_tree(&mut runner)
            .expect("moves")
            .current();
        let oracle = run(&moves).expect("the two agree");
        for book in &oracle.books {
            *seen.entry(book.standing.name()).or_insert(0) += 1;
        }
    }
    for standing in [
        "unanswered",
        "answered",
        "recheck",
        "notified",
        "change_asked",
        "confirmed",
        "published",
    ] {
        let count = seen.get(standing).copied().unwrap_or(0);
        assert!(
            count >= 10,
            "{standing} was reached {count} times: {seen:?}"
        );
    }
}

#[test]
fn the_start_is_a_week_after_completion_on_every_day_of_three_years() {
    let mut opened = OPENED.clone();
    let fine = Answer {
        vendor: Some(0),
        month: Some((2026, 4)),
        is_complete: true,
    };
    for act in [Act::Declare(0, (2026, 4)), Act::Answer(0, fine)] {
        opened.apply(&input(act));
    }
    let days = date(2026, 4, 1).series(jiff::ToSpan::day(1));
    let days: Vec<Date> = days.take_while(|day| *day <= date(2029, 3, 31)).collect();
    assert_eq!(days.len(), 1_096);
    for day in days {
        let mut world = opened.clone();
        for act in [Act::Notify(0, day, None), Act::Accept(0), Act::Publish(0)] {
            world.apply(&input(act));
        }
        let row = world
            .public_status()
            .into_iter()
            .find(|row| row.insurer == SEATS[0].number);
        let dates = row.and_then(|row| row.dates).expect("published");
        assert_eq!(dates.start, a_week_after(day), "{day}");
        assert_eq!((dates.setup, dates.completion), (day, day));
    }
}

/// Rules for the portal's routes, by number.
fn fault(number: u32) -> Input {
    let mut dice = Dice(number);
    let (from, to) = [
        ("portal", "pmh"),
        ("portal", "platform"),
        ("portal", "mail"),
        ("platform", "portal"),
    ][dice.roll(4)];
    let fate = [
        Fate::Delay { seconds: 864_000 },
        Fate::Lose,
        Fate::Duplicate { seconds: 60 },
        Fate::Reorder,
    ][dice.roll(4)];
    let route = Route {
        from: from.to_owned().into(),
        to: to.to_owned().into(),
    };
    Input::Delivery(DeliveryRule {
        route,
        skip: u32::try_from(dice.roll(2)).unwrap_or(0),
        times: 1,
        fate,
    })
}

proptest! {
    #![proptest_config(super::cases(2_000))]

    #[test]
    fn a_bad_line_never_makes_pmh_believe_in_a_day_nobody_accepted(
        moves in vec((any_move(), any::<Option<u32>>()), 0..30),
    ) {
        let mut world = OPENED.clone();
        let mut oracle = Oracle::new(START);
        let mut replayed = OPENED.clone();
        let mut give = |input: &Input| -> Result<(), TestCaseError> {
            let effects = world.apply(input);
            let (_, kind) = input.origin_and_kind();
            let line = serde_json::value::to_raw_value(input).expect("JSON");
            let read = Input::from_journal(kind, &line).expect("fits its kind").expect("an input");
            prop_assert_eq!(effects, replayed.apply(&read), "a journal replays");
            Ok(())
        };
        for (step, trouble) in moves {
            if let Some(number) = trouble {
                give(&fault(number))?;
            }
            let act = match step {
                Move::Do(act) => act,
                Move::Next(seat, day, agrees) => next(&oracle, seat, day, agrees),
            };
            oracle.take(act);
            give(&input(act))?;
        }
        give(&Input::CalmDown)?;
        for (seat, book) in oracle.books.iter().enumerate() {
            let insurer = number(SEATS[seat].number);
            prop_assert_eq!(world.portal().stage(insurer).name(), book.standing.name());
            let known = known_to_pmh(&world, insurer);
            prop_assert!(known.is_none() || known == oracle.fixed(seat));
        }
    }
}
