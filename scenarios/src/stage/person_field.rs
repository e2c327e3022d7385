//! ならば about one item of one person.

use serde_json::Value;

use super::failure::Performed;
use super::live::Live;
use super::people_claims::text;
use crate::cast;
use crate::witness::{is_deleted, record_in_words};

/// 欄: an item of a person that a scenario can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 要介護状態区分.
    CareLevel,
    /// 負担割合.
    BurdenRatio,
    /// 同意情報.
    Consent,
    /// 削除事由.
    DeletionReason,
    /// 不開示.
    NotDisclosed,
    /// 認定審査進捗.
    Progress,
    /// 居宅介護支援事業者.
    PlanOffice,
}

impl Field {
    /// The field of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "要介護状態区分" => Self::CareLevel,
            "負担割合" => Self::BurdenRatio,
            "同意情報" => Self::Consent,
            "削除事由" => Self::DeletionReason,
            "不開示" => Self::NotDisclosed,
            "認定審査進捗" => Self::Progress,
            "居宅介護支援事業者" => Self::PlanOffice,
            _ => return None,
        })
    }
}

impl Live {
    /// 基盤の「…」の（欄）は「…」である.
    ///
    /// # Errors
    /// It is something else.
    pub fn person_field_is(&mut self, who: &str, field: Field, value: &str) -> Performed {
        let number = self.number_of(who)?;
        let actual = match field {
            Field::CareLevel => self.newest(&number, "insuranceCard", "careLevel", "care_level")?,
            Field::BurdenRatio => {
                self.newest(&number, "burdenRatioCard", "burdenRatio", "burden_ratio")?
            }
            Field::Consent => self.single(&number, "consent", "consentState", "consent_state")?,
            Field::DeletionReason => {
                self.single(&number, "person", "deletionReason", "deletion_reason")?
            }
            Field::NotDisclosed => self.disclosure(&number)?,
            Field::Progress => return self.progress_is(who, &number, value),
            Field::PlanOffice => return self.plan_office_is(who, &number, value),
        };
        let actual = match (field, actual) {
            // A decision without a card is seen in the certification itself.
            (Field::CareLevel, card) => {
                let decided = self.newest(&number, "certification", "careLevel", "care_level")?;
                if decided.as_deref() == Some(value) {
                    decided
                } else {
                    card
                }
            }
            (_, actual) => actual,
        };
        self.touched.insert(number);
        let actual = actual.unwrap_or_else(|| "なし".to_owned());
        self.claim(
            actual == value,
            format!("「{who}」は「{value}」"),
            format!("「{actual}」でした"),
        )
    }

    /// 基盤の「…」の氏名は、送れない文字だけが「…」になっている.
    ///
    /// # Errors
    /// More, fewer or other characters were replaced.
    pub fn only_unsendable_is_replaced(&mut self, who: &str, replacement: &str) -> Performed {
        let number = self.number_of(who)?;
        let name = self
            .auditor()?
            .person(&number)
            .map(|person| person.name.clone())
            .unwrap_or_default();
        let agreed = self
            .context
            .profile
            .characters()
            .replacement
            .value
            .to_string();
        let expected: String = name
            .chars()
            .map(|character| {
                if is_private_use(character) {
                    agreed.clone()
                } else {
                    character.into()
                }
            })
            .collect();
        let actual = self
            .look()?
            .row("person", &number, "")
            .and_then(|record| record.pointer("/basicFiveInfo/name")?.as_str())
            .unwrap_or_default()
            .to_owned();
        let holds = actual == expected && expected != name && agreed == replacement;
        self.touched.insert(number);
        self.claim(
            holds,
            format!("氏名は「{expected}」"),
            format!("「{actual}」でした"),
        )
    }

    fn progress_is(&mut self, who: &str, number: &str, stage: &str) -> Performed {
        let record = self
            .look()?
            .rows_of("certificationProgress", number)
            .filter(|(_, record)| !is_deleted(record))
            .map(|(_, record)| record.clone())
            .max_by_key(|record| text(record, "applicationDate"));
        let holds = record
            .as_ref()
            .is_some_and(|record| cast::progress_shows(stage, record));
        self.touched.insert(number.to_owned());
        let actual = record.map_or_else(
            || "進捗の記録がありません".to_owned(),
            |record| record_in_words(&self.context.profile, "certificationProgress", &record),
        );
        self.claim(holds, format!("「{who}」の進捗は「{stage}」まで"), actual)
    }

    fn newest(
        &mut self,
        number: &str,
        kind: &str,
        item: &str,
        list: &str,
    ) -> Performed<Option<String>> {
        let by_row = |record: &Value| {
            let row: u64 = text(record, "historyKey").parse().unwrap_or(0);
            (
                row,
                text(record, "decidedDate"),
                text(record, "applicationNumber"),
            )
        };
        let code = self
            .look()?
            .rows_of(kind, number)
            .filter(|(_, record)| !is_deleted(record))
            .map(|(_, record)| record)
            .max_by_key(|record| by_row(record))
            .map(|record| text(record, item));
        Ok(code.and_then(|code| self.word_of(list, &code)))
    }

    fn single(
        &mut self,
        number: &str,
        kind: &str,
        item: &str,
        list: &str,
    ) -> Performed<Option<String>> {
        let code = self
            .look()?
            .row(kind, number, "")
            .map(|record| text(record, item));
        Ok(code.and_then(|code| self.word_of(list, &code)))
    }

    fn disclosure(&mut self, number: &str) -> Performed<Option<String>> {
        let hidden = self
            .look()?
            .row("person", number, "")
            .and_then(|record| record.get("isNotDisclosed")?.as_bool());
        Ok(hidden.map(|hidden| if hidden { "あり" } else { "なし" }.to_owned()))
    }

    fn word_of(&self, list: &str, code: &str) -> Option<String> {
        let list = self.context.profile.list(list)?;
        list.meaning(code).map(str::to_owned)
    }
}

/// Whether a character is one of 外字 (private use).
pub(super) fn is_private_use(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}
