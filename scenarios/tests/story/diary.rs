//! The days of a story, on the books alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use tekigo::auditor::Auditor;
use tekigo::cast::scenario_town;
use tekigo::ledger::{ApplicationType, Assigned, BusinessEvent, Ledger};
use tekigo::story::{Diary, Story};
use tekigo_simulator::domain::calendar::is_business_day;

const SEED: u64 = 20_260_401;

/// A clerk who numbers people and applications, and writes everything into the books.
struct Clerk {
    books: Auditor,
    applications: BTreeMap<String, String>,
    given: u32,
}

impl Clerk {
    fn register(&mut self, who: &str, event: BusinessEvent) -> BusinessEvent {
        self.given += 1;
        let mut assigned = Assigned::default();
        if let BusinessEvent::RegisterPerson(_) = event {
            assigned.insured_number = Some(format!("{:010}", 7_000_000 + self.given));
        }
        if let BusinessEvent::AcceptApplication(_) = event {
            let number = format!("A{}", self.given);
            self.applications.insert(who.to_owned(), number.clone());
            assigned.application_number = Some(number);
        }
        let event = match self.applications.get(who) {
            Some(number) => event.with_application_number(number),
            None => event,
        };
        let event = event.with_assigned(&assigned);
        let applied = self.books.apply(&event);
        assert_eq!(applied, Ok(()), "{who}: {event:?}");
        event
    }
}

/// Everything that happens in a story, with its day.
fn told(story: Story, seed: u64, ledger: &Arc<Ledger>) -> Vec<(Date, BusinessEvent)> {
    let mut diary = Diary::new(story, seed, Arc::clone(ledger));
    let mut clerk = Clerk {
        books: Auditor::new(ledger, story.from),
        applications: diary.open_cases().into_iter().collect(),
        given: 0,
    };
    let mut happened = Vec::new();
    for month in story.months() {
        let days = story.business_days(month);
        diary.begin_month(&days);
        for day in days {
            for entry in diary.day(&clerk.books, day) {
                happened.push((day, clerk.register(&entry.who, entry.event)));
            }
        }
    }
    happened
}

fn town(story: Story) -> Arc<Ledger> {
    Arc::new(scenario_town(SEED, story.people, story.from).expect("a town"))
}

#[test]
fn a_year_fits_the_books_and_has_the_figures_of_a_real_town() {
    let story = Story::named("year").expect("there is one");
    let ledger = town(story);
    let happened = told(story, SEED, &ledger);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, event) in &happened {
        *kinds.entry(event.operation()).or_default() += 1;
    }
    // 1.3 to 1.4 a month for each 100 insured [domain 5.3], a tenth more or less.
    let applications = kinds["accept_application"];
    assert!((140..=185).contains(&applications), "{kinds:?}");
    let of_kind = |kind: ApplicationType| {
        let accepted = happened.iter().filter(|(_, event)| {
            matches!(event, BusinessEvent::AcceptApplication(accept) if accept.kind == kind)
        });
        accepted.count()
    };
    for kind in [ApplicationType::New, ApplicationType::Renewal] {
        let share = of_kind(kind) * 100 / applications;
        assert!((30..=55).contains(&share), "{kind}: {share} %");
    }
    assert!(of_kind(ApplicationType::Change) > 0);
    // 17 operations: every one that changes the books.
    assert_eq!(kinds.len(), 17, "{kinds:?}");
}

#[test]
fn every_business_day_has_its_work_and_no_other_day_any() {
    let story = Story::named("year").expect("there is one");
    let months: Vec<_> = story.months().collect();
    assert_eq!(months.len(), 12);
    let ledger = town(story);
    let happened = told(story, SEED, &ledger);
    assert!(happened.iter().all(|(day, _)| is_business_day(*day)));
    assert!(happened.iter().any(|(day, _)| *day == date(2028, 2, 29)));
    for month in months {
        let days = story.business_days(month);
        assert!((18..=23).contains(&days.len()), "{month:?}");
        let last = days.last().expect("a day");
        let moves = happened
            .iter()
            .filter(|(day, event)| day == last && matches!(event, BusinessEvent::ChangePerson(_)));
        assert!(moves.count() > 0, "nobody moves on {last}");
    }
}

#[test]
fn the_same_seed_brings_the_same_days_and_another_one_others() {
    let story = Story::named("month").expect("there is one");
    let ledger = town(story);
    let one = told(story, SEED, &ledger);
    assert!(!one.is_empty());
    assert_eq!(one, told(story, SEED, &ledger));
    assert_ne!(one, told(story, 7, &ledger));
}

#[test]
fn a_story_is_a_scenario_of_its_rule() {
    for story in Story::ALL {
        let scenario = story.scenario().expect("a rule");
        assert_eq!(scenario.id.to_string(), "SYNC-01/01");
        let compared = scenario.steps.iter();
        let compared = compared.filter(|step| step.text == "基盤の記録が台帳と一致する");
        assert_eq!(
            compared.count(),
            usize::from(story.months),
            "{}",
            story.name
        );
    }
    let unknown = Story::named("week").expect_err("there is none");
    assert_eq!(
        unknown.to_string(),
        "物語「week」はありません。使える名前: year、month"
    );
}
