//! 機関: who on the far side of the platform sends papers to the municipality.

use jiff::ToSpan;
use tekigo_simulator::viewer::{
    CardFact, CardReading, Directory, InstitutionAction, InstitutionFact, InstitutionRequest,
    OfficeAction, OfficeFact, OfficeRequest, OfficeUser, Reader, Viewed, ViewerInput,
};

use super::failure::{Performed, StepFailure};
use super::live::Live;

/// Years that a person's card is still good for.
const CARD_YEARS: i64 = 5;
/// Who logs in at every office.
const USER: &str = "tantou";
const PASSWORD: &str = "Tsuki-no-sato-2026";

/// An institution or office in district 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sender {
    /// Its name, which is the word for it.
    pub(super) name: &'static str,
    /// 医療機関コード or 事業所番号.
    pub(super) number: &'static str,
    /// Kind of service of an office, a word of the profile; none for an institution on the
    /// qualification line.
    service: Option<&'static str>,
}

/// 語: 機関.
const SENDERS: [Sender; 7] = [
    institution("月の里診療所", "1319900070"),
    institution("星の丘病院", "1319900088"),
    office("月の里老人保健施設", "1359900030", "health_facility"),
    office("月の里介護医療院", "1359900048", "medical_facility"),
    office("月の里居宅介護支援事業所", "1379900028", "care_management"),
    office(
        "月の里地域包括支援センター",
        "1309900056",
        "community_center",
    ),
    office("月の里訪問介護事業所", "1379900069", "visiting"),
];

const fn institution(name: &'static str, number: &'static str) -> Sender {
    Sender {
        name,
        number,
        service: None,
    }
}

const fn office(name: &'static str, number: &'static str, service: &'static str) -> Sender {
    Sender {
        name,
        number,
        service: Some(service),
    }
}

impl Sender {
    /// The sender of a word.
    pub(super) fn of_word(word: &str) -> Performed<Self> {
        let found = SENDERS.into_iter().find(|sender| sender.name == word);
        found.ok_or_else(|| StepFailure::harness(format!("機関「{word}」はありません")))
    }

    /// Whether it works in the pages of 介護WEBサービス.
    pub(super) fn is_office(self) -> bool {
        self.service.is_some()
    }

    /// The name in its certificate.
    fn certificate(self) -> String {
        format!("line-{}", self.number)
    }
}

impl Live {
    /// 「…」が「…」の本人確認をする: the card is read and the photo compared.
    ///
    /// # Errors
    /// The words are unknown, or the card is not taken.
    pub fn sender_checks_identity(&mut self, sender: &str, who: &str) -> Performed {
        let sender = Sender::of_word(sender)?;
        let number = self.number_of(who)?;
        let person = self.auditor()?.person(&number);
        let my_number = person
            .map(|person| person.my_number.clone())
            .ok_or_else(|| StepFailure::harness(format!("「{who}」が台帳にいません")))?;
        let card = self.simulator()?.shell().mask().my_number_token(&my_number);
        self.note_fact(Directory::Card(CardFact {
            my_number: card.clone(),
            expires: self.today().saturating_add(CARD_YEARS.years()),
            is_lost: false,
            is_insurance_card: true,
        }))?;
        let reading = OfficeAction::ReadCard(CardReading {
            card,
            face_compared: true,
            reader: Reader::CardReader,
        });
        let viewed = self.office_asks(sender, reading)?;
        if viewed.done {
            return Ok(());
        }
        let told = viewed.refused.map(|refused| refused.text);
        Err(StepFailure::harness(format!(
            "本人確認ができません: {}",
            told.unwrap_or_default()
        )))
    }

    /// An institution asks on its line.
    pub(super) fn institution_asks(
        &self,
        sender: Sender,
        action: InstitutionAction,
    ) -> Performed<Viewed> {
        self.note_fact(Directory::Institution(InstitutionFact {
            code: sender.number.to_owned(),
            name: sender.name.to_owned(),
            certificate: sender.certificate(),
        }))?;
        self.ask_at_door(ViewerInput::Medical(InstitutionRequest {
            institution: sender.number.to_owned(),
            certificate: Some(sender.certificate()),
            action,
        }))
    }

    /// An office's user logs in to 介護WEBサービス and asks.
    pub(super) fn office_asks(&self, sender: Sender, action: OfficeAction) -> Performed<Viewed> {
        let mask = self.simulator()?.shell().mask();
        let password = mask.password_token(PASSWORD);
        let service = sender.service.unwrap_or_default();
        self.note_fact(Directory::Office(OfficeFact {
            number: sender.number.to_owned(),
            name: sender.name.to_owned(),
            service: service.to_owned(),
            certificate: sender.certificate(),
            users: vec![OfficeUser {
                id: USER.to_owned(),
                job: "care_manager".to_owned(),
                password: password.clone(),
            }],
        }))?;
        let log_in = OfficeAction::LogIn {
            certificate: Some(sender.certificate()),
            user: USER.to_owned(),
            password,
        };
        let ask = |session, action| ViewerInput::Careweb(OfficeRequest { session, action });
        let logged_in = self.ask_at_door(ask(None, log_in))?;
        if logged_in.session.is_none() {
            return Err(StepFailure::harness("介護WEBサービスにログインできません"));
        }
        self.ask_at_door(ask(logged_in.session, action))
    }
}

#[cfg(test)]
mod tests {
    use super::SENDERS;
    use crate::town::office_number_is_valid;

    #[test]
    fn every_number_is_valid_and_nobody_shares_one() {
        let numbers: std::collections::BTreeSet<_> =
            SENDERS.iter().map(|sender| sender.number).collect();
        assert_eq!(numbers.len(), SENDERS.len());
        assert!(numbers.into_iter().all(office_number_is_valid));
    }
}
