//! ならば about what the product shows of many people: that it is what the books say.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::failure::Performed;
use super::live::Live;
use super::people_claims::text;
use crate::control::Operation;
use crate::ledger::{ApplicationForm, ConsentState, Person};

/// How many differences a failure shows.
const SHOWN_MAX: usize = 3;
/// 包括同意 counts from this day on [domain 5.1].
const LAW_IN_FORCE: Date = jiff::civil::date(2026, 4, 1);

impl Live {
    /// 同意と認定が、職員に台帳のとおり示される.
    ///
    /// # Errors
    /// The product shows something else of one of them, or has no such view.
    pub(super) async fn staff_see_the_books(&mut self, people: &BTreeSet<String>) -> Performed {
        let mut wrong = Vec::new();
        for number in people {
            let person = self.person_now(number)?;
            let input = json!({ "insured_number": number });
            let consent = self.ask_done(Operation::ViewConsent, input.clone()).await?;
            let case = self.ask_done(Operation::ViewCertification, input).await?;
            wrong.extend(wrong_consent(&person, consent.data()));
            wrong.extend(self.wrong_cases(&person, case.data())?);
        }
        let actual = if wrong.is_empty() {
            format!("{}人について一致しました", people.len())
        } else {
            let shown: Vec<&str> = wrong.iter().take(SHOWN_MAX).map(String::as_str).collect();
            format!("{}か所で違います: {}", wrong.len(), shown.join(" / "))
        };
        self.claim(
            wrong.is_empty() && !people.is_empty(),
            "職員に示される同意と認定が台帳と一致する",
            actual,
        )
    }

    /// The applications in the order of the books, with what was decided.
    fn wrong_cases(&self, person: &Person, shown: &Value) -> Performed<Option<String>> {
        let mask = self.simulator()?.shell().mask();
        let listed = shown.get("applications").and_then(Value::as_array);
        let listed: BTreeSet<(String, String)> = listed
            .into_iter()
            .flatten()
            .map(|of| {
                let decision = of.get("decision").cloned().unwrap_or_default();
                let number = text(of, "application_number");
                (
                    mask.apply(&number).into_owned(),
                    text(&decision, "care_level"),
                )
            })
            .collect();
        let due: BTreeSet<(String, String)> = person
            .applications
            .iter()
            .map(|of| {
                let level = of.decision.as_ref().map(|decision| decision.care_level);
                let level = level.map(|level| level.term().to_owned());
                (of.application_number.clone(), level.unwrap_or_default())
            })
            .collect();
        Ok((listed != due).then(|| {
            format!(
                "被保険者番号{}の申請: 期待 {}件、実際 {}件（合わないもの {}件）",
                person.insured_number,
                due.len(),
                listed.len(),
                due.symmetric_difference(&listed).count()
            )
        }))
    }
}

/// The comprehensive consent; an answer on the old form, or none, is none.
fn wrong_consent(person: &Person, shown: &Value) -> Option<String> {
    let held = person.consent.filter(|consent| {
        consent.form == ApplicationForm::From2026
            && consent.on >= LAW_IN_FORCE
            && consent.state != ConsentState::Blank
    });
    let state = text(shown, "state");
    let holds = match held {
        None => matches!(state.as_str(), "none" | "blank"),
        Some(consent) => {
            state == consent.state.term() && text(shown, "taken_on") == consent.on.to_string()
        }
    };
    let expected = held.map_or_else(
        || "なし".to_owned(),
        |consent| format!("{}（{}）", consent.state, consent.on),
    );
    (!holds).then(|| {
        format!(
            "被保険者番号{}の同意: 期待 {expected}、実際 {state}（{}）",
            person.insured_number,
            text(shown, "taken_on")
        )
    })
}
