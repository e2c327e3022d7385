//! 乱択: histories drawn from a seed.

use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::history::{Deed, History, Mishap, Start};
use super::rehearsal::Rehearsal;
use crate::cast::{CaseStage, Occasion, Role};
use crate::ledger::Ledger;
use crate::town::Draw;

/// How often something that does not fit the books is drawn anew.
const TRIES: u32 = 40;
/// So many people come up in a history: few, so that one thing meets another.
const PEOPLE: (u32, u32) = (2, 4);
/// So many days pass at once.
const DAYS: (u32, u32) = (1, 5);

/// 主題: what a history starts from, what goes wrong, and the deeds that it has in any case. One after the other,
/// the themes come across every law of histories.
struct Theme {
    start: Start,
    trouble: Option<Mishap>,
    deeds: &'static [Deed],
}

const THEMES: [Theme; 8] = [
    Theme {
        start: Start::SetUp,
        trouble: None,
        deeds: &[
            Deed::Register(Role::Gaiji, Occasion::Move),
            Deed::Register(Role::WithCardHistory, Occasion::InsertCard),
        ],
    },
    Theme {
        start: Start::PreparedAndSlow,
        trouble: None,
        deeds: &[Deed::Register(Role::Certified, Occasion::Move)],
    },
    Theme {
        start: Start::SetUp,
        trouble: None,
        deeds: &[
            Deed::Register(Role::NotCertified, Occasion::ApplyGiving),
            Deed::Register(Role::ConsentGiven, Occasion::WithdrawConsent),
        ],
    },
    Theme {
        start: Start::SetUp,
        trouble: Some(Mishap::AnswerLost),
        deeds: &[Deed::Register(Role::Certified, Occasion::CertifyCare5)],
    },
    Theme {
        start: Start::Prepared,
        trouble: Some(Mishap::LineDown),
        deeds: &[Deed::Register(Role::RareKanji, Occasion::IssueCard)],
    },
    Theme {
        start: Start::SetUp,
        trouble: Some(Mishap::ResultsLate),
        deeds: &[Deed::Register(Role::ConsentOldForm, Occasion::Move)],
    },
    Theme {
        start: Start::SetUp,
        trouble: None,
        deeds: &[
            Deed::TakeConsent(Role::ConsentOldForm),
            Deed::Register(Role::ConsentOldForm, Occasion::ApplyBlank),
        ],
    },
    Theme {
        start: Start::SetUp,
        trouble: Some(Mishap::LineDown),
        deeds: &[
            Deed::Register(Role::SecondCategory, Occasion::IssueTwentyPercent),
            Deed::Register(Role::Certified, Occasion::ApplyRefusing),
        ],
    },
];

/// Who may come up.
const ROLES: [Role; 15] = [
    Role::Certified,
    Role::NotCertified,
    Role::WithCardHistory,
    Role::SecondCategory,
    Role::NotDisclosed,
    Role::Gaiji,
    Role::RareKanji,
    Role::SmallKana,
    Role::LongForeignName,
    Role::ConsentGiven,
    Role::ConsentRefused,
    Role::ConsentWithdrawn,
    Role::ConsentOldForm,
    Role::ConsentBlank,
    Role::Newcomer,
];

/// What may come up, and how often beside the rest. No 個人番号 gets mixed up here: a history has to end well.
const OCCASIONS: [(Occasion, u64); 28] = [
    (Occasion::Move, 10),
    (Occasion::Rename, 4),
    (Occasion::Enter, 4),
    (Occasion::MoveOut, 2),
    (Occasion::Die, 3),
    (Occasion::Lose, 1),
    (Occasion::WasMistaken, 1),
    (Occasion::Hide, 3),
    (Occasion::Disclose, 3),
    (Occasion::IssueCard, 5),
    (Occasion::IssueProgramTargetCard, 1),
    (Occasion::PaperNotice, 3),
    (Occasion::InsertCard, 4),
    (Occasion::IssueBurdenRatio, 5),
    (Occasion::TakeBackBurdenRatio, 5),
    (Occasion::IssueThirtyPercent, 2),
    (Occasion::IssueBurdenLimit, 3),
    (Occasion::ModifyHome, 4),
    (Occasion::BuyEquipment, 4),
    (Occasion::CertifyAhead, 1),
    (Occasion::CertifySupport2, 2),
    (Occasion::CertifyCare1, 3),
    (Occasion::FindNotEligible, 1),
    (Occasion::ApplyGiving, 4),
    (Occasion::ApplyRefusing, 4),
    (Occasion::ApplyBlank, 4),
    (Occasion::OfferConsent, 6),
    (Occasion::WithdrawConsent, 6),
];

/// The history of a number from 1 on: about `deeds` deeds, in a town whose books stand like this on `today`. The same
/// arguments give the same history.
pub(super) fn draw(seed: u64, number: u32, deeds: u32, town: &Arc<Ledger>, today: Date) -> History {
    let mut draw = Draw::named(seed, &format!("history {number}"));
    let theme = &THEMES[number.wrapping_sub(1) as usize % THEMES.len()];
    let mut history = History {
        start: theme.start,
        trouble: theme.trouble,
        deeds: Vec::new(),
    };
    let mut books = Rehearsal::of(town, today);
    let people: Vec<Role> = (0..draw.between(PEOPLE.0, PEOPLE.1))
        .map(|_| *draw.pick(&ROLES))
        .collect();
    let mut due = theme.deeds.iter().copied();
    let own = u32::try_from(theme.deeds.len()).unwrap_or(0);
    let mut left = own;
    let all = deeds.max(own);
    for place in 0..all {
        // The deeds of the theme come anywhere, in their order.
        let is_due = left > 0 && draw.below(u64::from(all - place)) < u64::from(left);
        let deed = if is_due {
            left -= 1;
            due.next().filter(|deed| books.does(*deed))
        } else {
            (0..TRIES).find_map(|_| {
                let deed = any_deed(&mut draw, &history, &people, books.today());
                books.does(deed).then_some(deed)
            })
        };
        history.deeds.extend(deed);
    }
    history
}

fn any_deed(draw: &mut Draw, history: &History, people: &[Role], today: Date) -> Deed {
    let who = *draw.pick(people);
    match draw.below(100) {
        // While a set-up is under way nobody transfers.
        0..=17 if history.start == Start::SetUp => Deed::Transfer,
        18..=25 if history.start == Start::SetUp => {
            Deed::Day(today.saturating_add(draw.days(DAYS.0, DAYS.1).days()))
        }
        26..=35 => Deed::Advance(who, *draw.pick(CaseStage::ALL)),
        36..=39 if history.start == Start::SetUp => Deed::TakeConsent(who),
        _ => Deed::Register(who, draw.weighted(&OCCASIONS, |(_, weight)| *weight).0),
    }
}
