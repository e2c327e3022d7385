//! Cards, and who has checked whom.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value;

use super::books::{Number, day, tag, text};
use super::rules::ViewingRules;

/// A card.
#[derive(Debug, Clone, Copy)]
pub(super) struct Card {
    expires: Option<Date>,
    is_lost: bool,
    is_insurance_card: bool,
}

/// Cards and checks. Whoever checks is named as in answers: 事業所番号 or 医療機関コード, with a
/// letter in front that tells them apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Checks {
    cards: BTreeMap<String, Card>,
    /// Humans whose number has been registered by any municipality.
    pub(super) known: BTreeSet<String>,
    read: BTreeMap<(String, String), i64>,
    typed: BTreeMap<(String, Number), i64>,
}

impl Checks {
    pub(super) fn note_card(&mut self, fact: &Value) {
        let flag = |member| fact.get(member) == Some(&Value::Bool(true));
        let card = Card {
            expires: day(fact, "expires"),
            is_lost: flag("is_lost"),
            is_insurance_card: flag("is_insurance_card"),
        };
        if let Some(human) = tag(text(fact, "my_number")) {
            self.cards.insert(human.to_owned(), card);
        }
    }

    /// Whom a card that is held against a reader belongs to.
    pub(super) fn read<'r>(
        &self,
        rules: &ViewingRules,
        today: Date,
        reading: &'r Value,
    ) -> Result<&'r str, &'static str> {
        if reading.get("face_compared") != Some(&Value::Bool(true)) {
            return Err("face_not_compared");
        }
        let (human, card) = self.usable(today, text(reading, "card"))?;
        if !card.is_insurance_card {
            return Err("card_not_insurance");
        }
        if text(reading, "reader") == "smartphone" && today < rules.smartphones_from {
            return Err("smartphone_not_yet");
        }
        self.known_human(human)
    }

    /// Who logs in with a card.
    pub(super) fn present<'r>(&self, today: Date, card: &'r str) -> Result<&'r str, &'static str> {
        let (human, _) = self.usable(today, card)?;
        self.known_human(human)
    }

    fn known_human<'r>(&self, human: &'r str) -> Result<&'r str, &'static str> {
        if self.known.contains(human) {
            Ok(human)
        } else {
            Err("card_unknown")
        }
    }

    fn usable<'r>(&self, today: Date, token: &'r str) -> Result<(&'r str, Card), &'static str> {
        let human = tag(token).ok_or("no_card")?;
        let card = self.cards.get(human).ok_or("no_card")?;
        if card.is_lost {
            return Err("card_lost");
        }
        if card.expires.is_none_or(|last| today > last) {
            return Err("card_expired");
        }
        Ok((human, *card))
    }

    pub(super) fn note_read(&mut self, by: String, human: &str, now: i64) {
        self.read.insert((by, human.to_owned()), now);
    }

    pub(super) fn note_typed(&mut self, by: String, number: Number, now: i64) {
        self.typed.insert((by, number), now);
    }

    /// How a check of a person stands: `Ok` it counts, or why it does not.
    pub(super) fn standing(
        &self,
        rules: &ViewingRules,
        now: i64,
        by: &str,
        number: &Number,
        human: Option<&str>,
    ) -> Result<(), &'static str> {
        let is_young = |at: i64| {
            let age = now - at;
            age < rules.check_seconds || (rules.limit_included && age == rules.check_seconds)
        };
        let key = human.map(|human| (by.to_owned(), human.to_owned()));
        let read = key.and_then(|key| self.read.get(&key));
        let typed = self.typed.get(&(by.to_owned(), number.clone()));
        match (read, typed) {
            (None, None) => Err("identity_not_checked"),
            (Some(at), _) if is_young(*at) => Ok(()),
            (_, Some(at)) if !rules.typed_items_grow_old || is_young(*at) => Ok(()),
            _ => Err("identity_too_old"),
        }
    }
}
