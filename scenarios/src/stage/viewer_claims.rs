//! ならば about what somebody on the far side of the platform was shown or refused.

use std::collections::BTreeMap;

use serde_json::Value;
use tekigo_simulator::viewer::{Denial, Viewed};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::people_claims::text;
use super::viewers::Met;
use crate::auditor::{ExpectedKey, ExpectedRow, compare};
use crate::cast::{Denied, Information};
use crate::witness::item_name;

/// How many differences a failure shows.
const SHOWN_MAX: usize = 3;

/// The true reason of a word.
const REASONS: [(Denied, Denial); 19] = [
    (Denied::NoConsent, Denial::ConsentMissing),
    (Denied::ConsentRefused, Denial::ConsentRefused),
    (Denied::ConsentWithdrawn, Denial::ConsentWithdrawn),
    (Denied::NotIdentified, Denial::IdentityNotChecked),
    (Denied::IdentifiedTooLongAgo, Denial::IdentityTooOld),
    (Denied::ItemsDiffer, Denial::FourItemsDiffer),
    (Denied::NotResponsible, Denial::NotResponsible),
    (Denied::NotEntitled, Denial::NotEntitled),
    (Denied::NotForViewer, Denial::NotForViewer),
    (Denied::MunicipalityNotOpen, Denial::MunicipalityNotOpen),
    (Denied::Hidden, Denial::PersonHidden),
    (Denied::Deleted, Denial::PersonDeleted),
    (Denied::FaceNotCompared, Denial::FaceNotCompared),
    (Denied::CardLost, Denial::CardLost),
    (Denied::CardExpired, Denial::CardExpired),
    (Denied::CardNotInsurance, Denial::CardNotInsurance),
    (Denied::NotCertified, Denial::NotCertified),
    (Denied::AppliedSince, Denial::AppliedSince),
    (Denied::BrowserOnly, Denial::BrowserOnly),
];

/// True reasons that no scenario waits for, in words.
const OTHER_REASONS: [(Denial, &str); 6] = [
    (
        Denial::ConsentBeforeLaw,
        "令和8年4月1日より前の日付の同意が届いている",
    ),
    (Denial::ConsentNotYet, "先の日付の同意が届いている"),
    (Denial::ConsentGiven, "すでに同意している"),
    (Denial::PersonUnknown, "その番号の人が届いていない"),
    (Denial::CardUnknown, "そのカードの人が届いていない"),
    (Denial::AlreadyResponsible, "すでに担当である"),
];

impl Live {
    /// 「…」が示される.
    ///
    /// # Errors
    /// It is not, or it is not what the books say.
    pub fn is_shown(&mut self, sought: &str) -> Performed {
        let sought: Information = sought.parse().map_err(StepFailure::harness)?;
        let met = self.last_met()?.clone();
        if met.sought != Some(sought) {
            return Err(StepFailure::harness(format!(
                "「{sought}」を見ようとした人がいません"
            )));
        }
        let (viewer, who) = (met.viewer, &met.who);
        let expected = format!("「{viewer}」に「{who}」の「{sought}」が台帳のとおり示される");
        let Some(shown) = &met.viewed.disclosure else {
            return self.claim(false, expected, refusal_in_words(&met.viewed));
        };
        let subject = match &met.elsewhere {
            Some(subject) => subject.clone(),
            None => self.subject_of(who)?,
        };
        let is_theirs = shown.person.insurer == subject.insurer
            && shown.person.insured == subject.insured
            && shown.data == sought.kind();
        if !is_theirs || shown.rows.is_empty() {
            let actual = format!("示された記録は{}件でした", shown.rows.len());
            return self.claim(false, expected, actual);
        }
        if sought.is_of_offices() || met.elsewhere.is_some() {
            let actual = format!("{}件が示されました", shown.rows.len());
            return self.claim(true, expected, actual);
        }
        self.rows_are_the_books(sought, &subject.insured, &shown.rows, expected)
    }

    fn rows_are_the_books(
        &self,
        sought: Information,
        number: &str,
        rows: &[Value],
        expected: String,
    ) -> Performed {
        let mask = self.simulator()?.shell().mask();
        let mask = |number: &str| mask.my_number_token(number);
        let mut due = self.auditor()?.expected_of(number, &mask);
        due.retain(|key, _| key.kind == sought.kind());
        if !due
            .values()
            .any(|row| matches!(row, ExpectedRow::Present(_)))
        {
            return Err(StepFailure::harness(format!(
                "被保険者番号 {number} の人の台帳に「{sought}」がありません"
            )));
        }
        let by_application = !sought.has_history();
        let row_of = |row: &Value| {
            if by_application {
                text(row, "applicationNumber")
            } else {
                text(row, "historyKey")
            }
        };
        let actual: BTreeMap<ExpectedKey, Option<Value>> = rows
            .iter()
            .map(|row| {
                let key = ExpectedKey::new(sought.kind(), number, row_of(row));
                (key, Some(row.clone()))
            })
            .collect();
        let differences = compare(&due, &actual);
        let profile = &self.context.profile;
        let told: Vec<String> = differences
            .iter()
            .take(SHOWN_MAX)
            .map(|seen| seen.told(&item_name(profile, &seen.kind, &seen.item)))
            .collect();
        let actual = if told.is_empty() {
            format!("台帳と同じ{}件が示されました", rows.len())
        } else {
            format!(
                "示された内容が台帳と{}か所で違います: {}",
                differences.len(),
                told.join(" / ")
            )
        };
        self.claim(told.is_empty(), expected, actual)
    }

    /// 「…」ため示されない, 「…」ため受け付けられない.
    ///
    /// # Errors
    /// It is shown or accepted, refused for another reason, or the refusal has changed something.
    pub fn is_denied(&mut self, reason: &str) -> Performed {
        let reason: Denied = reason.parse().map_err(StepFailure::harness)?;
        let met = self.last_met()?.clone();
        let expected = format!("{}に応じない（{reason}）", sought_in_words(&met));
        let Some(refused) = &met.viewed.refused else {
            return self.claim(false, expected, given_in_words(&met));
        };
        let holds = REASONS.contains(&(reason, refused.reason)) && !refused.text.is_empty();
        self.claim(holds, expected, refusal_in_words(&met.viewed))?;
        let events = self.events()?;
        let changed = events
            .iter()
            .filter(|event| event.n > met.line && event.kind == "platform.stored")
            .count();
        let actual = format!("{changed}件の登録がありました");
        self.claim(changed == 0, "断られた求めは何も変えない", actual)
    }

    /// 求めは受け付けられる.
    ///
    /// # Errors
    /// It was refused.
    pub fn is_accepted(&mut self) -> Performed {
        let met = self.last_met()?.clone();
        let expected = format!("{}が受け付けられる", sought_in_words(&met));
        let actual = match met.viewed.done {
            true => "受け付けられました".to_owned(),
            false => refusal_in_words(&met.viewed),
        };
        self.claim(met.viewed.done, expected, actual)
    }
}

fn sought_in_words(met: &Met) -> String {
    let Met { viewer, who, .. } = met;
    match met.sought {
        Some(sought) => format!("「{viewer}」が「{who}」の「{sought}」を見る求め"),
        None => format!(
            "「{viewer}」の「{who}」についての{}",
            action_in_words(&met.viewed)
        ),
    }
}

fn action_in_words(viewed: &Viewed) -> &'static str {
    match viewed.action.as_str() {
        "register_user" => "利用者の登録（4情報の照合）",
        "read_card" => "マイナンバーカードの確認",
        "become_responsible" => "担当の登録",
        "end_responsibility" => "担当の終了",
        "take_consent" => "包括同意の取得",
        _ => "求め",
    }
}

/// What was given that had to be refused: the breach, in one sentence.
fn given_in_words(met: &Met) -> String {
    let Met { viewer, who, .. } = met;
    match (&met.viewed.disclosure, met.sought) {
        (Some(shown), Some(sought)) => format!(
            "「{viewer}」に「{who}」の「{sought}」が{}件、示されました",
            shown.rows.len()
        ),
        _ => format!(
            "「{viewer}」の「{who}」についての{}が受け付けられました",
            action_in_words(&met.viewed)
        ),
    }
}

fn refusal_in_words(viewed: &Viewed) -> String {
    let Some(refused) = &viewed.refused else {
        return "何も示されませんでした".to_owned();
    };
    let mut known = REASONS.iter();
    let known = known.find(|(_, reason)| *reason == refused.reason);
    let mut others = OTHER_REASONS.iter();
    let other = others.find(|(reason, _)| *reason == refused.reason);
    let why = match (known, other) {
        (Some((word, _)), _) => word.word(),
        (None, Some((_, words))) => words,
        (None, None) => return format!("「{}」と断られました", refused.text),
    };
    format!(
        "「{why}」ため断られました（画面の表示「{}」）",
        refused.text
    )
}
