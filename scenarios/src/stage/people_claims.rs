//! ならば about one person: that the platform holds what the books say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tekigo_simulator::Identified;

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::wording::listed;
use crate::auditor::ExpectedKey;
use crate::cast::{self, Subject};
use crate::witness::kind_name;

const CARD_KINDS: [&str; 5] = [
    "insuranceCard",
    "burdenRatioCard",
    "reductionCard",
    "homeModificationUse",
    "equipmentPurchaseUse",
];

impl Live {
    /// 「…」の基盤の記録が台帳と一致する.
    ///
    /// # Errors
    /// They differ.
    pub fn person_equals_ledger(&mut self, who: &str) -> Performed {
        let number = self.number_of(who)?;
        let all = self.look()?.for_auditor();
        let actual: BTreeMap<ExpectedKey, Option<Value>> = all
            .into_iter()
            .filter(|(key, _)| key.insured_number == number)
            .collect();
        let mask = self.simulator()?.shell().mask();
        let mask = |number: &str| mask.my_number_token(number);
        let expected = self.auditor()?.expected_of(&number, &mask);
        let differences = crate::auditor::compare(&expected, &actual);
        self.touched.insert(number);
        let rule = format!("「{who}」の基盤の記録が台帳と一致する");
        self.no_difference(actual.len(), &differences, &rule)
    }

    /// 「…」のほかの全員の記録が基盤に届いている.
    ///
    /// # Errors
    /// Somebody's have not.
    pub fn everybody_else_has_arrived(&mut self, who: &str) -> Performed {
        let number = self.number_of(who)?;
        let actual: BTreeMap<ExpectedKey, Option<Value>> = self
            .look()?
            .for_auditor()
            .into_iter()
            .filter(|(key, _)| key.insured_number != number)
            .collect();
        let mask = self.simulator()?.shell().mask();
        let mask = |number: &str| mask.my_number_token(number);
        let mut expected = self.auditor()?.expected(&mask);
        expected.retain(|key, _| key.insured_number != number);
        let differences = crate::auditor::compare(&expected, &actual);
        let rule = format!("「{who}」のほかの全員の記録が届いている");
        self.no_difference(actual.len(), &differences, &rule)
    }

    /// 「…」の「…」は「（初期セットアップ・差分）」で届いている.
    ///
    /// # Errors
    /// It came by the other way, or not at all.
    pub fn came_by(&mut self, who: &str, what: &str, way: &str) -> Performed {
        let number = self.number_of(who)?;
        let Some(touched) = self.happenings.records_of(who, what) else {
            return Err(StepFailure::harness(format!(
                "「{who}」の「{what}」はまだ登録されていません"
            )));
        };
        let is_it = |kind: &str, record: &Value| {
            touched.iter().any(|(of_kind, row)| {
                of_kind == kind
                    && text(record, "insuredNumber") == number
                    && row.as_ref().is_none_or(|row| {
                        text(record, "historyKey") == *row
                            || text(record, "applicationNumber") == *row
                    })
            })
        };
        let registrations = self.registrations()?;
        let found = registrations
            .iter()
            .filter(|registration| registration.is_accepted)
            .find(|registration| {
                let mut records = registration.records.iter();
                records.any(|record| is_it(&registration.kind, record))
            });
        let actual = match found.map(|registration| registration.is_initial) {
            Some(true) => "初期セットアップ",
            Some(false) => "差分",
            None => "届いていません",
        };
        self.claim(
            actual == way,
            format!("「{way}」で届く"),
            format!("最初に届いた経路: {actual}"),
        )
    }

    /// 五つの証と利用情報の履歴番号が台帳と一致する.
    ///
    /// # Errors
    /// They differ.
    pub fn history_numbers_equal(&mut self) -> Performed {
        let keys = |rows: BTreeSet<ExpectedKey>, kind: &str| -> BTreeSet<(String, String)> {
            rows.into_iter()
                .filter(|key| key.kind == kind)
                .map(|key| (key.insured_number, key.row))
                .collect()
        };
        let there: BTreeSet<ExpectedKey> = self.look()?.rows().keys().cloned().collect();
        let mask = |_: &str| String::new();
        let due: BTreeSet<ExpectedKey> = self.auditor()?.expected(&mask).into_keys().collect();
        let wrong: Vec<&str> = CARD_KINDS
            .into_iter()
            .filter(|kind| {
                let there = keys(there.clone(), kind);
                there.is_empty() || there != keys(due.clone(), kind)
            })
            .collect();
        let actual = if wrong.is_empty() {
            "五つとも一致しました".to_owned()
        } else {
            let profile = &self.context.profile;
            let wrong: Vec<String> = wrong.iter().map(|kind| kind_name(profile, kind)).collect();
            format!("違うもの: {}", listed(&wrong))
        };
        self.claim(
            wrong.is_empty(),
            "五つの証と利用情報の履歴番号が台帳と一致する",
            actual,
        )
    }

    /// 「…」の被保険者証の記録はすべて送り直されている.
    ///
    /// # Errors
    /// A row was not.
    pub fn every_card_came_again(&mut self, who: &str) -> Performed {
        let number = self.number_of(who)?;
        let due: BTreeSet<String> = self
            .auditor()?
            .person(&number)
            .map(|person| {
                person
                    .cards
                    .iter()
                    .map(|card| card.history_number.to_string())
                    .collect()
            })
            .unwrap_or_default();
        let since = self.mark.line;
        let came: BTreeSet<String> = self
            .registrations()?
            .iter()
            .filter(|registration| registration.n > since && registration.is_accepted)
            .filter(|registration| registration.kind == "insuranceCard")
            .flat_map(|registration| &registration.records)
            .filter(|record| text(record, "insuredNumber") == number)
            .map(|record| text(record, "historyKey"))
            .collect();
        let missing: Vec<&String> = due.difference(&came).collect();
        let holds = !due.is_empty() && missing.is_empty();
        let actual = format!(
            "送り直された履歴番号: {}、足りないもの: {}",
            listed(&came),
            listed(missing)
        );
        self.claim(
            holds,
            format!("履歴番号 {} のすべてが送り直される", listed(&due)),
            actual,
        )
    }

    /// 登録された全員に識別子が1つずつ採番され、オンライン資格確認等システムに渡っている.
    ///
    /// # Errors
    /// They do not correspond one to one.
    pub fn identifiers_are_one_to_one(&mut self) -> Performed {
        let people = self.live_people()?.len();
        let mut pairs = BTreeSet::new();
        let mut handed_over = 0;
        for event in self.events()? {
            match event.kind.as_str() {
                "identifier.issued" => {
                    if let Ok(identified) = serde_json::from_str::<Identified>(event.body.get()) {
                        pairs.extend(identified.people);
                    }
                }
                "message" => {
                    if let Ok(message) = serde_json::from_str::<Value>(event.body.get())
                        && text(&message, "about") == "learn_identifiers"
                    {
                        handed_over += message.get("count").and_then(Value::as_u64).unwrap_or(0);
                    }
                }
                _ => {}
            }
        }
        let tokens: BTreeSet<&String> = pairs.iter().map(|(token, _)| token).collect();
        let identifiers: BTreeSet<&String> =
            pairs.iter().map(|(_, identifier)| identifier).collect();
        let holds = people > 0
            && [tokens.len(), identifiers.len(), pairs.len()] == [people; 3]
            && handed_over == people as u64;
        let actual = format!(
            "登録{people}人、識別子{}個、オンライン資格確認等システムに渡った組{handed_over}",
            identifiers.len()
        );
        self.claim(
            holds,
            "一人に一つの識別子が採番され、すべて渡っている",
            actual,
        )
    }

    /// 「…」の識別子は変わらない.
    ///
    /// # Errors
    /// It has changed, or there is none.
    pub fn identifier_stays(&mut self, who: &str) -> Performed {
        let number = self.number_of(who)?;
        let own = self
            .auditor()?
            .person(&number)
            .map(|person| person.my_number.clone())
            .unwrap_or_default();
        let token = self.simulator()?.shell().mask().my_number_token(&own);
        let tag = token
            .trim_end_matches('〕')
            .rsplit(':')
            .next()
            .unwrap_or_default()
            .to_owned();
        let seen: BTreeSet<String> = self
            .events()?
            .iter()
            .filter(|event| event.kind == "identifier.issued")
            .filter_map(|event| serde_json::from_str::<Identified>(event.body.get()).ok())
            .flat_map(|identified| identified.people)
            .filter(|(person, _)| *person == tag)
            .map(|(_, identifier)| identifier)
            .collect();
        let actual = format!("この人の識別子は{}個です", seen.len());
        self.claim(seen.len() == 1, "同じ識別子のまま", actual)
    }

    /// 介護保険システムは「…」の記録を送っていない.
    ///
    /// # Errors
    /// It has.
    pub fn was_never_sent(&mut self, who: &str) -> Performed {
        let subject = cast::subject(&self.loaded, who).map_err(StepFailure::harness)?;
        let (number, my_number) = self.marks_of(&subject);
        let mask = self.simulator()?.shell().mask();
        let token = my_number.map(|number| mask.my_number_token(&number));
        let carries = |text: &str| {
            text.contains(&format!("\"{number}\""))
                || token.as_ref().is_some_and(|token| text.contains(token))
        };
        let registrations = self.registrations()?;
        let sent = registrations.iter().map(|sent| sent.text.as_str());
        let of_person = sent.filter(|text| carries(text)).count();
        let all = registrations.len();
        let actual = format!("送られた登録{all}件のうち、この人の記録を含むものは{of_person}件");
        self.claim(
            all > 0 && of_person == 0,
            format!("「{who}」の記録を送らない"),
            actual,
        )
    }

    /// 介護保険システムは「…」の記録を送り直していない.
    ///
    /// # Errors
    /// It has, or nothing of the person was sent at all.
    pub fn was_sent_once(&mut self, who: &str) -> Performed {
        let number = self.number_of(who)?;
        let since = self.first_when_line;
        let registrations = self.registrations()?;
        let mut sent: BTreeMap<(String, String), usize> = BTreeMap::new();
        for registration in registrations.iter().filter(|one| one.n > since) {
            let records = registration.records.iter();
            for record in records.filter(|record| text(record, "insuredNumber") == number) {
                let what = (registration.kind.clone(), record.to_string());
                *sent.entry(what).or_default() += 1;
            }
        }
        let again = sent.values().filter(|times| **times > 1).count();
        let actual = format!(
            "送った記録は{}件、うち送り直したものは{again}件",
            sent.len()
        );
        self.claim(
            !sent.is_empty() && again == 0,
            format!("「{who}」の記録を1回だけ送る"),
            actual,
        )
    }

    /// The insured number of the person a word means.
    pub(super) fn number_of(&self, who: &str) -> Performed<String> {
        if let Some(number) = self.happenings.newcomer(who) {
            return Ok(number);
        }
        match cast::subject(&self.loaded, who).map_err(StepFailure::harness)? {
            Subject::Insured { insured_number } => Ok(insured_number),
            Subject::NotInsured { .. } | Subject::Newcomer => Err(StepFailure::harness(format!(
                "「{who}」は台帳の被保険者ではありません"
            ))),
        }
    }

    /// The numbers by which a person would be recognised in a record.
    fn marks_of(&self, subject: &Subject) -> (String, Option<String>) {
        match subject {
            Subject::Insured { insured_number } => (insured_number.clone(), None),
            Subject::NotInsured {
                provisional_number,
                my_number,
            } => (provisional_number.clone(), Some(my_number.clone())),
            Subject::Newcomer => (String::from("-"), None),
        }
    }
}

/// The text of a member, empty if there is none.
pub(super) fn text(value: &Value, member: &str) -> String {
    value
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
