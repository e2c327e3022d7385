//! Subsidies against a table of their own.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::{ClockMove, Input, InstitutionApplication, OfficeApplication, PortalInput};

use crate::portal::desk::Desk;

const OFFICE: &str = "1371300011";

static REGISTERED: LazyLock<Desk> = LazyLock::new(|| {
    let mut desk = Desk::on(date(2025, 10, 1));
    desk.done(PortalInput::RegisterUser {
        number: OFFICE.to_owned(),
        name: "うさぎ訪問介護".to_owned(),
        address: "usagi@office.example".to_owned(),
        password: String::new(),
        length: 12,
    });
    desk
});

/// Code as applied for, code as read, readers, yen: written down from the briefing, not from the program.
const TABLE: [(&str, &str, u32, u64); 9] = [
    ("11", "11", 3, 64_000),
    ("13", "13", 3, 64_000),
    ("15", "15", 3, 64_000),
    ("21", "21", 3, 64_000),
    ("32", "32", 2, 55_000),
    ("51", "51", 2, 55_000),
    ("43", "43", 1, 42_000),
    ("46", "43", 1, 42_000),
    ("17", "17", 1, 42_000),
];

fn any_day() -> impl Strategy<Value = Date> {
    prop_oneof![
        3 => (0_i32..160).prop_map(|days| {
            date(2025, 10, 10).checked_add(jiff::ToSpan::days(days)).expect("a day")
        }),
        1 => Just(date(2026, 3, 13)),
        1 => Just(date(2026, 3, 14)),
        1 => Just(date(2025, 10, 16)),
        1 => Just(date(2025, 10, 17)),
    ]
}

fn any_yen() -> impl Strategy<Value = u64> {
    prop_oneof![
        0_u64..200_000,
        0_u64..2_000_000,
        prop::sample::select(vec![
            0,
            1,
            41_999,
            42_000,
            42_001,
            55_000,
            64_000,
            530_666,
            530_667,
            1_099_999,
            1_100_000,
            u64::MAX
        ]),
    ]
}

fn documents() -> Vec<String> {
    vec!["領収書".to_owned()]
}

/// Applies on a day; what it comes to, if it is taken.
fn apply(day: Date, input: PortalInput) -> Option<(Option<u32>, u64, u64)> {
    let mut desk = REGISTERED.clone_world();
    let to = Moment::at(day, 23, 59);
    desk.take(Input::Clock(ClockMove { to }));
    let answer = desk.visit(input.clone());
    if answer.done {
        let again = desk.visit(input);
        assert!(!again.done, "only once");
    }
    let subsidy = answer.subsidy?;
    Some((subsidy.readers_max, subsidy.yen_max, subsidy.yen))
}

fn is_open(day: Date) -> bool {
    (date(2025, 10, 17)..=date(2026, 3, 13)).contains(&day)
}

proptest! {
    #![proptest_config(super::cases(10_000))]

    #[test]
    fn an_office_gets_no_more_than_its_services_allow(
        day in any_day(),
        places in vec(0_usize..TABLE.len(), 0..5),
        readers in 0_u32..12,
        readers_yen in any_yen(),
        support_yen in any_yen(),
    ) {
        let application = OfficeApplication {
            number: OFFICE.to_owned(),
            services: places.iter().map(|place| TABLE[*place].0.to_owned()).collect(),
            readers,
            readers_yen,
            support_yen,
            documents: documents(),
            insurer: None,
        };
        let got = apply(day, PortalInput::ApplyAsOffice(application));
        let mut counted = BTreeSet::new();
        let (mut most_readers, mut most_yen) = (0, 0);
        for (_, code, readers, yen) in places.iter().map(|place| TABLE[*place]) {
            if counted.insert(code) {
                most_readers += readers;
                most_yen += yen;
            }
        }
        let cost = readers_yen.saturating_add(support_yen);
        let is_sound = !places.is_empty()
            && readers <= most_readers
            && (readers > 0) == (readers_yen > 0)
            && cost > 0;
        let expected = (is_open(day) && is_sound).then_some((Some(most_readers), most_yen, cost.min(most_yen)));
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn an_institution_gets_no_more_than_its_beds_allow(
        day in any_day(),
        beds in prop::option::of(prop_oneof![0_u32..1_000, 198_u32..202]),
        cost_yen in any_yen(),
    ) {
        let application = InstitutionApplication {
            number: OFFICE.to_owned(),
            beds,
            cost_yen,
            documents: documents(),
        };
        let got = apply(day, PortalInput::ApplyAsInstitution(application));
        let is_large = beds.is_some_and(|beds| beds > 199);
        let (most, share) = if is_large {
            (550_000, u128::from(cost_yen) / 2)
        } else {
            (398_000, u128::from(cost_yen) * 3 / 4)
        };
        let yen = u64::try_from(share).unwrap_or(most).min(most);
        let expected = (is_open(day) && cost_yen > 0).then_some((None, most, yen));
        prop_assert_eq!(got, expected);
    }
}
