//! Who may see one kind of one person's data.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde_json::{Value, json};

use super::books::{Number, Page, day, text};
use super::reading::ViewingAuditor;
use super::rules::{Cell, ViewingRules};

/// Somebody who looks, past the door.
#[derive(Debug, Clone, Copy)]
pub(super) enum Looker<'a> {
    /// 事業所番号, and the row of the matrix.
    Office(&'a str, &'static str),
    /// The tag of the 個人番号.
    Human(&'a str),
    /// 医療機関コード.
    Institution(&'a str),
    /// 保険者番号 and member.
    Member(&'a str, &'a str),
    /// 保険者番号.
    Municipality(&'a str),
}

impl Looker<'_> {
    fn role(&self) -> &'static str {
        match self {
            Self::Office(_, role) => role,
            Self::Human(_) => "person",
            Self::Institution(_) => "medical_institution",
            Self::Member(..) => "board_member",
            Self::Municipality(_) => "municipality",
        }
    }

    /// How the auditor's books name whoever checks.
    pub(super) fn checker(&self) -> String {
        match self {
            Self::Office(number, _) => format!("O{number}"),
            Self::Institution(code) => format!("I{code}"),
            Self::Human(_) | Self::Member(..) | Self::Municipality(_) => String::new(),
        }
    }
}

/// When the run is: the second, and the civil day in Japan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub(super) second: i64,
    pub(super) today: Date,
}

pub(super) fn number_of(request: &Value) -> Number {
    (
        text(request, "insurer").to_owned(),
        text(request, "insured").to_owned(),
    )
}

impl ViewingAuditor {
    /// Whether anything of a municipality can be seen.
    pub(super) fn is_town_open(&self, insurer: &str, today: Date) -> bool {
        let town = self.books.towns.get(insurer);
        let Some((town, completed)) = town.and_then(|town| Some((town, town.completed?))) else {
            return false;
        };
        let days: Span = self.rules.service_start_days.days();
        // A day that has passed before set-up is complete counts no longer.
        let asked_for = town.start.filter(|start| *start >= completed);
        let start = asked_for.unwrap_or_else(|| completed.saturating_add(days));
        completed <= today && (!self.rules.from_service_start || start <= today)
    }

    /// Municipality, person, 不開示.
    pub(super) fn shown_person(
        &self,
        now: Now,
        looker: Looker<'_>,
        number: &Number,
        data: &str,
    ) -> Result<&Page, &'static str> {
        let is_own = matches!(looker, Looker::Municipality(own) if own == number.0);
        let by_law = matches!(looker, Looker::Human(_))
            && data == "insuranceCard"
            && self.rules.portal_card_from_law;
        let is_known = self.books.towns.contains_key(&number.0);
        let is_open = match by_law {
            true => is_known && now.today >= self.rules.law,
            false => self.is_town_open(&number.0, now.today),
        };
        if !is_own && !is_open {
            return Err("municipality_not_open");
        }
        let page = self.books.present(number)?;
        if !is_own && page.is_hidden() {
            return Err("person_hidden");
        }
        Ok(page)
    }

    /// Whether the looker knows who the person is.
    pub(super) fn identity(
        &self,
        now: Now,
        looker: Looker<'_>,
        number: &Number,
        page: &Page,
    ) -> Result<(), &'static str> {
        let checked = || {
            let by = looker.checker();
            self.checks
                .standing(&self.rules, now.second, &by, number, page.human())
        };
        match looker {
            Looker::Office(office, _) => match checked() {
                Err("identity_too_old")
                    if self.rules.second_visit_waived && self.is_responsible(office, number) =>
                {
                    Ok(())
                }
                outcome => outcome,
            },
            Looker::Institution(code) => {
                let asked = &self.books.asked;
                let is_asked = asked.iter().any(|(of, _, by)| of == number && by == code);
                if is_asked { Ok(()) } else { checked() }
            }
            Looker::Human(human) if page.human() == Some(human) => Ok(()),
            Looker::Human(_) => Err("not_self"),
            Looker::Municipality(own) if own == number.0 => Ok(()),
            Looker::Municipality(_) => Err("not_own_insured"),
            Looker::Member(..) => Ok(()),
        }
    }

    pub(super) fn is_responsible(&self, office: &str, number: &Number) -> bool {
        let key = (office.to_owned(), number.clone());
        self.people.responsible.contains(&key)
    }

    /// The consent that counts today.
    pub(super) fn consent(&self, today: Date, page: &Page) -> Result<(), &'static str> {
        let record = page.consent.as_ref().ok_or("consent_missing")?;
        let taken = day(record, "takenDate");
        match text(record, "consentState") {
            "2" => Err("consent_refused"),
            "3" => Err("consent_withdrawn"),
            _ if taken.is_none_or(|taken| taken < self.rules.law) => Err("consent_before_law"),
            _ if taken.is_some_and(|taken| taken > today) => Err("consent_not_yet"),
            _ => Ok(()),
        }
    }

    /// What a looker is shown.
    pub(super) fn view(
        &self,
        now: Now,
        looker: Looker<'_>,
        number: &Number,
        data: &str,
    ) -> Result<Value, &'static str> {
        let page = self.shown_person(now, looker, number, data)?;
        self.identity(now, looker, number, page)?;
        match looker {
            Looker::Office(office, _) if !self.is_responsible(office, number) => {
                return Err("not_responsible");
            }
            Looker::Member(insurer, member)
                if insurer != number.0 || page.materials_of(member).next().is_none() =>
            {
                return Err("not_of_meeting");
            }
            Looker::Office(..)
            | Looker::Human(_)
            | Looker::Institution(_)
            | Looker::Member(..)
            | Looker::Municipality(_) => {}
        }
        let cell = ViewingRules::cell(looker.role(), data).unwrap_or(Cell::No);
        let needs_consent = match cell {
            Cell::No => return Err("not_for_viewer"),
            Cell::Yes => false,
            Cell::Ungated => self.rules.consent_for_everything,
            Cell::Consent | Cell::OwnWriting => true,
        };
        if needs_consent {
            self.consent(now.today, page)?;
        }
        let mut rows = match looker {
            Looker::Member(_, member) => page.materials_of(member).cloned().collect(),
            Looker::Office(..)
            | Looker::Human(_)
            | Looker::Institution(_)
            | Looker::Municipality(_) => page.data(data),
        };
        if cell == Cell::OwnWriting {
            let (Looker::Office(author, _) | Looker::Institution(author)) = looker else {
                return Err("not_for_viewer");
            };
            rows.retain(|row| text(row, "institutionCode") == author);
        }
        let mut shown = json!({
            "role": looker.role(), "insurer": number.0, "insured": number.1, "data": data, "rows": rows,
        });
        if data == "insuranceCard" {
            shown["holder"] = page.holder();
        }
        Ok(shown)
    }
}
