//! 受信情報: what reaches the platform from elsewhere for the municipality to fetch.

use serde_json::value::RawValue;
use serde_json::{Value, json};
use tekigo_simulator::{Arrival, Input};

use super::failure::{Performed, StepFailure};
use super::live::{Live, OTHER_INSURER};
use super::people_claims::text;
use crate::control::Operation;

/// An invented 事業所 in district 99.
const OFFICE_NUMBER: &str = "1379900010";
const CONSENT_AT_OFFICE: &str = "事業所で得た同意";
/// Of somebody at another insurer who has the same 被保険者番号.
const CONSENT_OF_NAMESAKE: &str = "別の保険者の同じ番号の人の同意";

impl Live {
    /// 「…」の「…」がPMHに届く.
    ///
    /// # Errors
    /// The words are unknown.
    pub fn it_arrives(&mut self, who: &str, what: &str) -> Performed {
        let own = self.ledger.insurer.number.as_str();
        let insurer = match what {
            CONSENT_AT_OFFICE => own,
            CONSENT_OF_NAMESAKE => OTHER_INSURER.0,
            _ => {
                return Err(StepFailure::harness(format!(
                    "届く情報「{what}」はありません"
                )));
            }
        };
        let record = json!({
            "insurerNumber": insurer,
            "insuredNumber": self.number_of(who)?,
            "consentState": self.code("consent_state", "同意")?,
            "takenDate": self.today(),
            "takenBy": self.code("consent_taker", "介護事業所")?,
            "officeNumber": OFFICE_NUMBER,
        });
        let record = RawValue::from_string(record.to_string()).map_err(StepFailure::harness)?;
        self.submit(&Input::Arrival(Arrival {
            insurer: self.ledger.insurer.number.clone(),
            kind: "consent".to_owned(),
            record,
        }))
        .map(|_| ())
    }

    /// 職員に「…」の「…」が示される.
    ///
    /// # Errors
    /// It is not, not once, or it has not been taken over.
    pub async fn staff_see_the_arrival(&mut self, who: &str, what: &str) -> Performed {
        if what != CONSENT_AT_OFFICE {
            return self.staff_see_the_paper(who, what).await;
        }
        let number = self.number_of(who)?;
        let answer = self.ask_done(Operation::ViewInbound, json!({})).await?;
        let records = answer.data().get("records").and_then(Value::as_array);
        let shown = records
            .into_iter()
            .flatten()
            .filter(|entry| text(entry, "kind") == "consent")
            .filter_map(|entry| entry.get("record"))
            .filter(|record| text(record, "insuredNumber") == number)
            .count();
        let input = json!({ "insured_number": number });
        let consent = self.ask_done(Operation::ViewConsent, input).await?;
        let state = text(consent.data(), "state");
        let taken_on = text(consent.data(), "taken_on");
        let holds = shown == 1 && state == "given" && taken_on == self.today().to_string();
        let actual = format!(
            "受信した情報の一覧にこの人の同意が{shown}件、同意の状況は「{}」（{taken_on}）",
            consent_in_words(&state)
        );
        let expected = format!("「{who}」の「{what}」が1件だけ届き、同意の状況に表れる");
        self.claim(holds, expected, actual)
    }

    pub(super) fn code(&self, list: &str, meaning: &str) -> Performed<String> {
        let list = self.context.profile.list(list);
        list.and_then(|list| list.code_of(meaning))
            .map(str::to_owned)
            .ok_or_else(|| StepFailure::harness(format!("符号「{meaning}」がありません")))
    }
}

/// A state of consent as staff would say it; a word that the interface does not have stays as it is.
fn consent_in_words(state: &str) -> &str {
    match state {
        "given" => "同意",
        "refused" => "不同意",
        "blank" => "無記入",
        "withdrawn" => "撤回",
        "none" => "なし",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::OFFICE_NUMBER;
    use crate::town::office_number_is_valid;

    #[test]
    fn the_office_has_a_valid_number() {
        assert!(office_number_is_valid(OFFICE_NUMBER));
    }
}
