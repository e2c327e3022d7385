//! The stories there are.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use tekigo_simulator::domain::calendar::{Month, is_business_day, wareki};

use crate::feature::{Case, Scenario, ScenarioId, Step};
use crate::requirement::{Mode, RequirementId, RequirementIdError};

/// The rule that a story tells on first: the platform equals the books (SYNC-01).
const RULE: &str = "SYNC-01";

/// One story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Story {
    /// The name it is asked for by.
    pub name: &'static str,
    /// The people of the town.
    pub people: u32,
    /// The first day: a business day.
    pub from: Date,
    /// How many months.
    pub months: u8,
    /// How many times as much happens as in a real town of that size: a small town in a short time
    /// would see next to nothing.
    pub pace: u32,
}

/// No story has that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("物語「{name}」はありません。使える名前: {known}")]
pub struct UnknownStory {
    /// The name asked for.
    pub name: String,
    /// The names there are.
    pub known: String,
}

impl Story {
    /// Every story there is.
    pub const ALL: [Self; 2] = [
        // A fiscal year with a leap day in it.
        Self {
            name: "year",
            people: 1000,
            from: date(2027, 4, 1),
            months: 12,
            pace: 1,
        },
        Self {
            name: "month",
            people: 60,
            from: date(2027, 4, 1),
            months: 1,
            pace: 10,
        },
    ];

    /// The story of that name.
    ///
    /// # Errors
    /// There is none; the error names those there are.
    pub fn named(name: &str) -> Result<Self, UnknownStory> {
        let found = Self::ALL.into_iter().find(|story| story.name == name);
        found.ok_or_else(|| UnknownStory {
            name: name.to_owned(),
            known: Self::ALL.map(|story| story.name).join("、"),
        })
    }

    /// Its months, in order.
    pub fn months(&self) -> impl Iterator<Item = Month> + use<> {
        let first = self.from.first_of_month();
        (0..self.months)
            .map(move |month| Month::of(first.saturating_add(i64::from(month).months())))
    }

    /// The business days of one of its months.
    pub fn business_days(&self, month: Month) -> Vec<Date> {
        let from = month.first_day().max(self.from);
        from.series(1.day())
            .take_while(|day| *day <= month.last_day())
            .filter(|day| is_business_day(*day))
            .collect()
    }

    /// The story as a scenario: its rule, its sentences, the modes it holds in.
    ///
    /// # Errors
    /// Its rule has no number of a rule, which a test excludes.
    pub fn scenario(&self) -> Result<Scenario, RequirementIdError> {
        let requirement: RequirementId = RULE.parse()?;
        let mut steps = Sentences::default();
        steps.add("前提", format!("今日は{}である", wareki::day(self.from)));
        let town = format!(
            "{}人の「つきみ市」が初期セットアップを終えている",
            self.people
        );
        steps.add("かつ", town);
        for month in self.months() {
            steps.add("もし", self.work_of(month));
            steps.add("ならば", EQUAL.to_owned());
            steps.add("かつ", NO_MISTAKE.to_owned());
            steps.add("かつ", SHOWN.to_owned());
        }
        steps.add("かつ", EVERYBODY.to_owned());
        Ok(Scenario {
            id: ScenarioId {
                requirement: requirement.clone(),
                number: 1,
                row: None,
            },
            title: self.title(),
            feature_path: format!("story/{}", self.name),
            line: 1,
            requirement,
            case: Case::Normal,
            tags: BTreeSet::from([RULE.to_owned(), "必須".to_owned(), "正常系".to_owned()]),
            modes: BTreeSet::from(Mode::ALL),
            steps: steps.0,
        })
    }

    /// The sentence of a month's work.
    #[must_use]
    pub fn work_of(&self, month: Month) -> String {
        let days = self.business_days(month).len();
        format!(
            "職員が{}の日常の業務と連携を、{days}日の開庁日ごとに行う",
            month.japanese()
        )
    }

    fn title(&self) -> String {
        let mut months = self.months();
        let first = months.next().map(Month::japanese).unwrap_or_default();
        match months.last() {
            None => format!(
                "{}人の町の{first}の毎日の業務が、月末に基盤と一致する",
                self.people
            ),
            Some(last) => format!(
                "{}人の町の{first}から{}までの毎日の業務が、毎月末に基盤と一致する",
                self.people,
                last.japanese()
            ),
        }
    }
}

/// ならば at each month's end: the platform.
const EQUAL: &str = "基盤の記録が台帳と一致する";
/// What staff see of refused records.
const NO_MISTAKE: &str = "職員に示される誤りはない";
/// What staff see of people.
const SHOWN: &str = "その月に業務のあった人の同意と認定が、職員に台帳のとおり示される";

/// The same of everybody, when the story ends.
const EVERYBODY: &str = "全員の同意と認定が、職員に台帳のとおり示される";

/// Sentences with the lines they would stand in.
#[derive(Default)]
struct Sentences(Vec<Step>);

impl Sentences {
    fn add(&mut self, keyword: &'static str, text: String) {
        let line = self.0.len() + 2;
        self.0.push(Step {
            keyword,
            text,
            line,
        });
    }
}
