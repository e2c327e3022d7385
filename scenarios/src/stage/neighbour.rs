//! ほしみ市: a neighbouring insurer that is linked too, by its own system.

use serde_json::{Map, Value, json};
use tekigo_simulator::viewer::{
    Directory, FourItems, LinkedElsewhere, LinkedRecord, OfficeAction, Subject,
};
use tekigo_simulator::{Effect, Input};

use super::failure::{Performed, StepFailure};
use super::live::{Live, OTHER_INSURER};
use super::visit::{Errand, office_of};
use crate::auditor::ExpectedRow;
use crate::cast::{Beholder, Information};

/// The day on which the neighbour finished its set-up, and on which its people consented.
const COMPLETED_ON: jiff::civil::Date = jiff::civil::date(2026, 10, 1);
/// 被保険者番号 at the neighbour of somebody who has moved from there.
const FORMER_NUMBER: &str = "0099999998";
/// 個人番号 of somebody whom no town of the scenarios has.
const NAMESAKE_CARD: &str = "987654321018";
const NAMESAKE: (&str, &str) = ("星野　みどり", "ホシノ　ミドリ");

/// Who of the neighbour's people has consented there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbour {
    /// Somebody else with the same 被保険者番号.
    Namesake,
    /// The person, before moving here; the neighbour has deleted the registration since.
    FormerSelf,
}

impl Live {
    /// The neighbour has linked one of its people, who has consented there.
    ///
    /// # Errors
    /// The word means nobody in the books, or the world does not take the records.
    pub(super) fn link_neighbour(&mut self, neighbour: Neighbour, who: &str) -> Performed {
        let own = self.number_of(who)?;
        let number = match neighbour {
            Neighbour::Namesake => own.as_str(),
            Neighbour::FormerSelf => FORMER_NUMBER,
        };
        let mut records = self.copied_records(&own, number, neighbour)?;
        records.push(LinkedRecord {
            kind: "consent".to_owned(),
            record: json!({
                "insurerNumber": OTHER_INSURER.0,
                "insuredNumber": number,
                "consentState": self.code("consent_state", "同意")?,
                "takenDate": COMPLETED_ON,
                "takenBy": self.code("consent_taker", "自治体")?,
            }),
        });
        let fact = Directory::LinkedElsewhere(LinkedElsewhere {
            insurer: OTHER_INSURER.0.to_owned(),
            completed_on: COMPLETED_ON,
            records,
        });
        let effects = self.submit(&Input::Directory(fact))?;
        for dated in &effects {
            if let Effect::Noted(noted) = &dated.effect
                && !noted.done
            {
                let reason = noted.reason.clone().unwrap_or_default();
                return Err(StepFailure::harness(format!("ほしみ市の記録: {reason}")));
            }
        }
        Ok(())
    }

    /// What our books say of the person, as the neighbour would have it.
    fn copied_records(
        &self,
        own: &str,
        number: &str,
        neighbour: Neighbour,
    ) -> Performed<Vec<LinkedRecord>> {
        let mask = self.simulator()?.shell().mask();
        let token = |number: &str| mask.my_number_token(number);
        let expected = self.auditor()?.expected_of(own, &token);
        let mut records: Vec<LinkedRecord> = Vec::new();
        for (key, row) in expected {
            let ExpectedRow::Present(mut record) = row else {
                continue;
            };
            if key.kind == "consent" {
                continue;
            }
            move_over(&mut record, number);
            let is_person = key.kind == "person";
            if is_person && neighbour == Neighbour::Namesake {
                record.insert("myNumber".to_owned(), json!(token(NAMESAKE_CARD)));
                rename(&mut record);
            }
            let linked = LinkedRecord {
                kind: key.kind,
                record: Value::Object(record),
            };
            // Nothing is stored of somebody who is not registered yet.
            let place = if is_person { 0 } else { records.len() };
            records.insert(place, linked);
        }
        if neighbour == Neighbour::FormerSelf {
            let mut gone = records.first().cloned();
            if let Some(person) = &mut gone {
                person.record["modificationSeg"] =
                    json!(self.code("modification_segment", "削除")?);
                person.record["deletionReason"] = json!(self.code("deletion_reason", "転出")?);
                person.record["changeDate"] = json!(COMPLETED_ON);
            }
            records.extend(gone);
        }
        Ok(records)
    }

    /// 「…」が、ほしみ市で「…」と同じ番号の人の「…」を見る, whom the office serves there.
    ///
    /// # Errors
    /// A word is unknown, or the viewer is no office.
    pub async fn look_at_namesake(&mut self, viewer: &str, who: &str, sought: &str) -> Performed {
        let viewer: Beholder = viewer.parse().map_err(StepFailure::harness)?;
        let sought: Information = sought.parse().map_err(StepFailure::harness)?;
        if office_of(viewer).is_none() {
            return Err(StepFailure::harness(format!(
                "「{viewer}」は事業所ではありません"
            )));
        }
        self.until_noted().await?;
        let subject = Subject {
            insurer: OTHER_INSURER.0.to_owned(),
            insured: self.number_of(who)?,
        };
        let person = self.person_now(&subject.insured)?;
        let items = FourItems {
            subject: subject.clone(),
            kana: NAMESAKE.1.to_owned(),
            birth: person.birth.to_string(),
            sex: self.code("sex", &person.sex.to_string())?,
        };
        self.visit(
            viewer,
            "",
            Errand::Office(OfficeAction::RegisterUser(items)),
        )?;
        let becoming = OfficeAction::BecomeResponsible(subject.clone());
        self.visit(viewer, "", Errand::Office(becoming))?;
        self.meet_elsewhere(viewer, who, sought, subject)
    }
}

/// The same at the neighbour.
fn move_over(record: &mut Map<String, Value>, number: &str) {
    for (member, value) in [
        ("insurerNumber", OTHER_INSURER.0),
        ("cardInsurerNumber", OTHER_INSURER.0),
        ("insuredNumber", number),
    ] {
        if let Some(known) = record.get_mut(member) {
            *known = json!(value);
        }
    }
}

fn rename(record: &mut Map<String, Value>) {
    if let Some(five) = record.get_mut("basicFiveInfo") {
        five["name"] = json!(NAMESAKE.0);
        five["nameKana"] = json!(NAMESAKE.1);
    }
}
