//! What the history shows of the platform: people, their rows, consents and papers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::{Value, json};

/// 保険者番号 and 被保険者番号.
pub(super) type Number = (String, String);

/// A municipality.
#[derive(Debug, Clone, Default)]
pub(super) struct Town {
    pub(super) completed: Option<Date>,
    pub(super) start: Option<Date>,
}

/// Everything that is held of one insured person.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub(super) person: Option<Value>,
    pub(super) consent: Option<Value>,
    /// By kind and 履歴番号 or 申請番号, deleted ones among them.
    pub(super) rows: BTreeMap<(String, String), Value>,
    /// By kind, office and the office's number.
    pub(super) papers: BTreeMap<(&'static str, String, String), Value>,
}

/// The platform, as far as the history shows it.
#[derive(Debug, Clone, Default)]
pub(super) struct Books {
    pub(super) towns: BTreeMap<String, Town>,
    pub(super) pages: BTreeMap<Number, Page>,
    /// Whose opinion was asked for: number, application, institution.
    pub(super) asked: BTreeSet<(Number, String, String)>,
    pub(super) opinions_sent: BTreeSet<(Number, String)>,
    pub(super) materials_read: BTreeSet<(Number, String, String)>,
    pub(super) notices_sent: u64,
}

pub(super) fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

pub(super) fn day(value: &Value, member: &str) -> Option<Date> {
    text(value, member).parse().ok()
}

impl Books {
    /// A record that the platform has stored. What is given as null is absent.
    pub(super) fn store(&mut self, kind: &str, record: &Value) {
        let mut record = record.clone();
        if let Some(members) = record.as_object_mut() {
            members.retain(|_, value| !value.is_null());
        }
        let number = (
            text(&record, "insurerNumber").to_owned(),
            text(&record, "insuredNumber").to_owned(),
        );
        let page = self.pages.entry(number).or_default();
        match kind {
            "person" => page.person = Some(record),
            "consent" => page.consent = Some(record),
            _ => {
                let row = match text(&record, "historyKey") {
                    "" => text(&record, "applicationNumber"),
                    history => history,
                };
                let row = row.to_owned();
                page.rows.insert((kind.to_owned(), row), record);
            }
        }
    }

    /// The page of somebody who is there and not deleted.
    pub(super) fn present(&self, number: &Number) -> Result<&Page, &'static str> {
        let page = self.pages.get(number).ok_or("person_unknown")?;
        let person = page.person.as_ref().ok_or("person_unknown")?;
        if text(person, "modificationSeg") == "2" {
            return Err("person_deleted");
        }
        Ok(page)
    }

    /// The numbers under which a human is held, by the tag of the 個人番号.
    pub(super) fn numbers_of<'b>(&'b self, human: &'b str) -> impl Iterator<Item = &'b Number> {
        let pages = self.pages.iter();
        let own = pages.filter(move |(_, page)| page.human() == Some(human));
        own.map(|(number, _)| number)
    }
}

impl Page {
    /// Which human: the tag of the masked 個人番号.
    pub(super) fn human(&self) -> Option<&str> {
        tag(text(self.person.as_ref()?, "myNumber"))
    }

    pub(super) fn is_hidden(&self) -> bool {
        let flag = self
            .person
            .as_ref()
            .and_then(|person| person.get("isNotDisclosed"));
        flag == Some(&Value::Bool(true))
    }

    /// The rows of a kind that are there, in the order of their keys.
    pub(super) fn rows_of<'p>(&'p self, kind: &'p str) -> impl Iterator<Item = &'p Value> {
        let of_kind = self.rows.iter().filter(move |((held, _), _)| held == kind);
        let live = of_kind.filter(|(_, row)| row.get("isDeleted") != Some(&Value::Bool(true)));
        live.map(|(_, row)| row)
    }

    /// Everything of one kind of data, as it is shown.
    pub(super) fn data(&self, kind: &str) -> Vec<Value> {
        match kind {
            "carePlan" | "lifeData" => {
                let of_kind = self.papers.iter().filter(|((held, _, _), _)| *held == kind);
                of_kind.map(|(_, paper)| paper.clone()).collect()
            }
            _ => self.rows_of(kind).cloned().collect(),
        }
    }

    /// What the insurance card says of its holder.
    pub(super) fn holder(&self) -> Value {
        let five = self
            .person
            .as_ref()
            .and_then(|person| person.get("basicFiveInfo"));
        five.cloned().unwrap_or_else(|| json!({}))
    }

    /// The materials that name a member of a board.
    pub(super) fn materials_of<'p>(&'p self, member: &'p str) -> impl Iterator<Item = &'p Value> {
        self.rows_of("boardMaterial").filter(move |material| {
            text(material, "memberNumbers")
                .split(';')
                .map(str::trim)
                .any(|named| named == member)
        })
    }
}

/// The part of a mask token that is equal for equal numbers.
pub(super) fn tag(token: &str) -> Option<&str> {
    let inside = token.strip_prefix("〔個人番号:")?.strip_suffix('〕')?;
    inside.split_once(':').map(|(_, tag)| tag)
}
