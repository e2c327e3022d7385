//! Of everything that set-up still needs PMH names one thing: the first in a fixed order.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use tekigo_simulator::systems::pmh::Setup;
use tekigo_simulator::{LinkReply, OperatorAction};

use crate::portal::desk::{CITY, Desk, acceptance, answer, declaration, notice, number};
use crate::portal::link::{ENVIRONMENT, preparations};

const CONFIRMED: Date = date(2026, 5, 1);
const BEFORE_THE_LAW: Date = date(2026, 3, 31);

/// What PMH names first: the key, the law, mode and environment, the addresses, the confirmed date.
const ORDER: [&str; 5] = ["S401", "B201", "B203", "B205", "B202"];

/// What can be left out: each of the six preparations in PMH's pages, the schedule, the law; and that the
/// addresses, without which no key is issued, stay.
const SCHEDULE: usize = 6;
const LAW: usize = 7;
const ADDRESSES_STAY: usize = 8;
const ALL: usize = 9;

/// Prepares all but what is left out; the codes of what is then missing, in the order in which PMH names them.
fn prepare(desk: &mut Desk, is_left_out: impl Fn(usize) -> bool) -> Vec<&'static str> {
    let mut done = [false; SCHEDULE];
    for (step, action) in preparations().into_iter().enumerate() {
        // One preparation can need another: without the first log-in there are no addresses.
        done[step] = !is_left_out(step) && desk.act_and_keep(CITY, action);
    }
    if is_left_out(ADDRESSES_STAY) {
        desk.act(CITY, OperatorAction::ClearAddresses);
    }
    if !is_left_out(SCHEDULE) {
        for input in [
            declaration("2026-04"),
            answer(CITY, "2026-05"),
            notice(CITY, CONFIRMED),
            acceptance(CITY),
        ] {
            assert!(desk.visit(input).done);
        }
    }
    desk.wait_until(if is_left_out(LAW) {
        BEFORE_THE_LAW
    } else {
        CONFIRMED
    });
    let [_, _, addresses, mode, environment, key] = done;
    let is_missing = [
        !key,
        is_left_out(LAW),
        !mode || !environment,
        !addresses || is_left_out(ADDRESSES_STAY),
        is_left_out(SCHEDULE) || is_left_out(LAW),
    ];
    let codes = ORDER.into_iter().zip(is_missing);
    codes
        .filter(|(_, is_missing)| *is_missing)
        .map(|(code, _)| code)
        .collect()
}

/// A system error stands alone; a business error travels in an HTTP 200.
fn code(reply: &LinkReply) -> &str {
    let body = &reply.body;
    let code = body["code"].as_str();
    code.or(body["errors"][0]["code"].as_str())
        .unwrap_or_default()
}

#[test]
fn of_all_that_is_missing_the_first_is_named() {
    let opened = Desk::on(date(2026, 3, 2));
    let mut named = BTreeSet::new();
    for left_out in 0..1_usize << ALL {
        let mut desk = opened.clone_world();
        let missing = prepare(&mut desk, |it| left_out & (1 << it) != 0);
        let reply = desk.start_set_up(CITY, CONFIRMED);
        let setup = desk.world.pmh().setup_of(number(CITY), ENVIRONMENT);
        let Some(first) = missing.first() else {
            assert_eq!(reply.status, 202, "{left_out:09b} {:?}", reply.body);
            assert_ne!(setup, Some(Setup::NotStarted));
            continue;
        };
        assert_eq!(code(&reply), *first, "{left_out:09b} {missing:?}");
        assert_eq!(setup, Some(Setup::NotStarted), "{left_out:09b}");
        named.insert(*first);
    }
    assert_eq!(named, BTreeSet::from(ORDER), "each of them is named");
}

#[test]
fn the_day_before_the_confirmed_one_is_too_early() {
    let mut desk = Desk::on(date(2026, 3, 2));
    assert_eq!(prepare(&mut desk, |it| it == LAW), ["B201", "B202"]);
    desk.wait_until(date(2026, 4, 30));
    let reply = desk.start_set_up(CITY, CONFIRMED);
    assert_eq!(code(&reply), "B202");
    desk.wait_until(CONFIRMED);
    assert_eq!(desk.start_set_up(CITY, CONFIRMED).status, 202);
}
