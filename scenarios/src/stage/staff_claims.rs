//! ならば about what staff are shown.

use serde_json::{Value, json};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::people_claims::text;
use super::person_field::is_private_use;
use crate::cast;
use crate::control::Operation;

impl Live {
    /// 職員に「…」の「…」の誤りが理由とともに示される.
    ///
    /// # Errors
    /// It is not, or without the reason.
    pub async fn staff_see_the_mistake(&mut self, who: &str, word: &str) -> Performed {
        let number = self.number_of(who)?;
        let item = cast::item(word)
            .ok_or_else(|| StepFailure::harness(format!("項目「{word}」はありません")))?;
        let shown = self.refused_records_shown().await?;
        let of_person: Vec<&Value> = shown
            .iter()
            .filter(|record| {
                text(record, "insured_number") == number && text(record, "item") == item
            })
            .collect();
        let has_reason = of_person
            .iter()
            .all(|record| !text(record, "message").is_empty() && !text(record, "code").is_empty());
        let actual = format!(
            "示された記録{}件のうち、この人のこの項目は{}件",
            shown.len(),
            of_person.len()
        );
        self.claim(
            of_person.len() == 1 && has_reason,
            format!("「{who}」の「{word}」の誤りが、理由とともに1件示される"),
            actual,
        )
    }

    /// 職員に示される誤りはない.
    ///
    /// # Errors
    /// There is one.
    pub async fn staff_see_no_mistake(&mut self) -> Performed {
        let shown = self.refused_records_shown().await?;
        let actual = format!("{}件示されています", shown.len());
        self.claim(
            shown.is_empty(),
            "受け付けられなかった記録は示されない",
            actual,
        )
    }

    /// 職員に「…」の「…」の代替が示される.
    ///
    /// # Errors
    /// It is not.
    pub async fn staff_see_the_replacement(&mut self, who: &str, word: &str) -> Performed {
        let number = self.number_of(who)?;
        let item = cast::item(word)
            .ok_or_else(|| StepFailure::harness(format!("項目「{word}」はありません")))?;
        let answer = self
            .ask_done(Operation::ViewReplacements, json!({}))
            .await?;
        let replacements = answer.data().get("replacements").and_then(Value::as_array);
        let agreed = self
            .context
            .profile
            .characters()
            .replacement
            .value
            .to_string();
        let found = replacements.into_iter().flatten().any(|replacement| {
            text(replacement, "insured_number") == number
                && text(replacement, "item") == item
                && text(replacement, "replaced_by") == agreed
                && text(replacement, "character").chars().any(is_private_use)
        });
        let actual = if found {
            "示されています"
        } else {
            "示されていません"
        };
        self.claim(
            found,
            format!("「{who}」の「{word}」の代替が職員に示される"),
            actual,
        )
    }
}
