//! What a town came out as, in figures.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::ledger::{CareLevel, Category, Insurer, NotInsured, Person, Sex};

/// 町の内訳.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TownSummary {
    /// 保険者.
    pub insurer: Insurer,
    /// The day on which the books stand.
    pub as_of: Date,
    /// 被保険者, lost ones included.
    pub people: u64,
    /// 第2号被保険者.
    pub second_category: u64,
    /// By lower age of the band: 40 (to 64), then 65, 70, … in fives, and 100 (and older).
    pub by_age_band: BTreeMap<i16, u64>,
    /// Certified people by level; 事業対象者 as well.
    pub by_level: BTreeMap<CareLevel, u64>,
    /// 認定者 (要支援1 and above).
    pub certified: u64,
    /// 女.
    pub female: u64,
    /// マイナンバーカードを持つ人.
    pub card_holders: u64,
    /// 不開示.
    pub not_disclosed: u64,
    /// 外字のある人.
    pub gaiji: u64,
    /// 資格を喪失した人.
    pub lost: u64,
    /// 付番替えした人.
    pub renumbered: u64,
    /// By state of consent.
    pub by_consent: BTreeMap<String, u64>,
    /// 履歴番号のある行.
    pub history_rows: u64,
    /// 認定申請.
    pub applications: u64,
    /// 被保険者でない者.
    pub not_insured: u64,
}

impl TownSummary {
    pub(super) const fn of(insurer: Insurer, as_of: Date) -> Self {
        Self {
            insurer,
            as_of,
            people: 0,
            second_category: 0,
            by_age_band: BTreeMap::new(),
            by_level: BTreeMap::new(),
            certified: 0,
            female: 0,
            card_holders: 0,
            not_disclosed: 0,
            gaiji: 0,
            lost: 0,
            renumbered: 0,
            by_consent: BTreeMap::new(),
            history_rows: 0,
            applications: 0,
            not_insured: 0,
        }
    }

    pub(super) fn count(&mut self, person: &Person) {
        self.people += 1;
        self.second_category += u64::from(person.category == Category::Second);
        *self
            .by_age_band
            .entry(age_band(person.birth, self.as_of))
            .or_default() += 1;
        if let Some(level) = person.care_level() {
            *self.by_level.entry(level).or_default() += 1;
        }
        self.certified += u64::from(person.is_certified());
        self.female += u64::from(person.sex == Sex::Female);
        self.card_holders += u64::from(person.card_holder);
        self.not_disclosed += u64::from(person.not_disclosed);
        self.gaiji += u64::from(person.has_gaiji());
        self.lost += u64::from(person.lost.is_some());
        self.renumbered += u64::from(!person.previous_numbers.is_empty());
        let consent = person.consent.map_or_else(
            || "なし".to_owned(),
            |consent| format!("{}（{}）", consent.state, consent.form),
        );
        *self.by_consent.entry(consent).or_default() += 1;
        self.history_rows += u64::try_from(person.history_rows()).unwrap_or(0);
        self.applications += u64::try_from(person.applications.len()).unwrap_or(0);
    }

    pub(super) const fn count_stranger(&mut self, _stranger: &NotInsured) {
        self.not_insured += 1;
    }
}

/// The lower age of the person's band.
fn age_band(birth: Date, as_of: Date) -> i16 {
    let birthday_passed = (as_of.month(), as_of.day()) >= (birth.month(), birth.day());
    let age = as_of.year() - birth.year() - i16::from(!birthday_passed);
    if age < 65 { 40 } else { (age / 5 * 5).min(100) }
}

fn band_in_japanese(lower_age: i16) -> String {
    match lower_age {
        40 => "40〜64歳".to_owned(),
        100 => "100歳以上".to_owned(),
        _ => format!("{lower_age}〜{}歳", lower_age + 4),
    }
}

impl fmt::Display for TownSummary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Insurer {
            number,
            name,
            prefecture,
        } = &self.insurer;
        writeln!(
            formatter,
            "{prefecture}{name}（保険者番号{number}）　{}時点",
            self.as_of
        )?;
        writeln!(
            formatter,
            "被保険者 {}人（第2号 {}人、女 {}人、資格喪失 {}人）",
            self.people, self.second_category, self.female, self.lost
        )?;
        let bands = self
            .by_age_band
            .iter()
            .map(|(band, count)| (band_in_japanese(*band), count));
        write_counts(formatter, "年齢", bands)?;
        writeln!(formatter, "認定者 {}人", self.certified)?;
        write_counts(formatter, "要介護状態区分", &self.by_level)?;
        write_counts(formatter, "包括同意", &self.by_consent)?;
        writeln!(
            formatter,
            "マイナンバーカード保有 {}人、不開示 {}人、外字 {}人、付番替え {}人",
            self.card_holders, self.not_disclosed, self.gaiji, self.renumbered
        )?;
        writeln!(
            formatter,
            "履歴番号のある行 {}行、認定申請 {}件",
            self.history_rows, self.applications
        )?;
        write!(formatter, "被保険者でない者 {}人", self.not_insured)
    }
}

fn write_counts<Key: fmt::Display>(
    formatter: &mut fmt::Formatter<'_>,
    title: &str,
    counts: impl IntoIterator<Item = (Key, impl fmt::Display)>,
) -> fmt::Result {
    write!(formatter, "  {title}:")?;
    for (key, count) in counts {
        write!(formatter, " {key} {count}人")?;
    }
    writeln!(formatter)
}
