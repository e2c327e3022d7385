//! One person, one day, and what happens to the person.

use jiff::civil::Date;

use crate::ledger::{
    ApplicationForm, BurdenRatio, BurdenRatioCard, BusinessEvent, Card, CareLevel, ChangePerson,
    ConsentBox, ConsentOn, ConsentState, DeleteRow, HistoryRow, IssueRow, Ledger,
    LoseQualification, LossReason, Person, PersonChanges, RegisterPerson, Table,
};

use super::happening::{
    BURDEN_RATIO_CARD, CONSENT, EQUIPMENT_PURCHASE_USE, HOME_MODIFICATION_USE, Happening,
    INSURANCE_CARD, PERSON, PROGRESS, REDUCTION_CARD, touched,
};
use super::numbers::unused_my_number;
use super::occasion::Occasion;
use super::rows::{self, Extent};
use super::{certification, changes, paper};

/// The person an occasion is about, on its day.
pub(super) struct Scene<'a> {
    pub(super) person: &'a Person,
    pub(super) ledger: &'a Ledger,
    pub(super) today: Date,
    pub(super) nth: u32,
    pub(super) true_number: &'a str,
}

impl Scene<'_> {
    /// What stands in the way of it, if anything.
    pub(super) fn obstacle(&self, occasion: Occasion) -> Option<&'static str> {
        let is_new = self.person.insured_number.is_empty();
        match (occasion == Occasion::Enter, is_new) {
            (true, false) => Some("すでに被保険者です"),
            (false, true) => Some("まだ被保険者番号がありません"),
            (true, true) => None,
            (false, false) => {
                let lost = self.person.lost;
                lost.map(|_| "すでに資格を喪失しています")
            }
        }
    }

    /// What happens.
    pub(super) fn play(&self, occasion: Occasion) -> Result<Happening, &'static str> {
        match occasion {
            Occasion::Enter => Ok(self.enter()),
            Occasion::Move => Ok(self.change(self.moved())),
            Occasion::Rename => Ok(self.change(self.renamed())),
            Occasion::Hide => Ok(self.change(not_disclosed(true))),
            Occasion::Disclose => Ok(self.change(not_disclosed(false))),
            Occasion::CorrectNumber => Ok(self.change(numbered(self.true_number))),
            Occasion::WrongNumber | Occasion::MixedUpNumber => Ok(self.mix_up()),
            Occasion::MoveOut => Ok(self.lose(LossReason::MovedOut)),
            Occasion::Die => Ok(self.lose(LossReason::Died)),
            Occasion::Lose => Ok(self.lose(LossReason::Lost)),
            Occasion::WasMistaken => Ok(self.lose(LossReason::Mistaken)),
            Occasion::IssueCard => self.issue_card_again(),
            Occasion::IssueProgramTargetCard => Ok(self.issue_card(rows::program_target_card(
                self.ledger.insurer.number.clone(),
                self.today,
            ))),
            Occasion::PaperNotice => self.issue_card_with_office(),
            Occasion::InsertCard => self.insert_card(),
            Occasion::IssueBurdenRatio => Ok(self.issue_ratio(rows::next_ratio(self.person))),
            Occasion::IssueTenPercent => Ok(self.issue_ratio(BurdenRatio::Ten)),
            Occasion::IssueTwentyPercent => Ok(self.issue_ratio(BurdenRatio::Twenty)),
            Occasion::IssueThirtyPercent => Ok(self.issue_ratio(BurdenRatio::Thirty)),
            Occasion::TakeBackBurdenRatio => self.take_back_ratio(),
            Occasion::IssueBurdenLimit => {
                let row = rows::burden_limit(self.today);
                Ok(self.issue(row, REDUCTION_CARD, BusinessEvent::IssueReduction))
            }
            Occasion::ModifyHome => self.modify_home(Extent::Usual),
            Occasion::ModifyHomeUpToLimit => self.modify_home(Extent::Everything),
            Occasion::BuyEquipment => self.buy_equipment(Extent::Usual),
            Occasion::BuyEquipmentUpToLimit => self.buy_equipment(Extent::Everything),
            Occasion::CertifyAhead => Ok(certification::decided_ahead(self.person, self.today)),
            Occasion::CertifySupport1 => Ok(self.certify(CareLevel::Support1)),
            Occasion::CertifySupport2 => Ok(self.certify(CareLevel::Support2)),
            Occasion::CertifyCare1 => Ok(self.certify(CareLevel::Care1)),
            Occasion::CertifyCare5 => Ok(self.certify(CareLevel::Care5)),
            Occasion::FindNotEligible => Ok(self.certify(CareLevel::NotEligible)),
            Occasion::ApplyGiving => Ok(self.apply(ConsentBox::Given)),
            Occasion::ApplyRefusing => Ok(self.apply(ConsentBox::Refused)),
            Occasion::ApplyBlank => Ok(self.apply(ConsentBox::Blank)),
            Occasion::OfferConsent => Ok(self.consent(BusinessEvent::OfferConsent)),
            Occasion::WithdrawConsent => self.withdraw_consent(),
        }
    }

    fn enter(&self) -> Happening {
        let person = self.person.clone();
        let cards = person.cards.iter().map(HistoryRow::history_number);
        let cards: Vec<_> = cards
            .map(|card| touched(INSURANCE_CARD, Some(card)))
            .collect();
        let register = BusinessEvent::RegisterPerson(Box::new(RegisterPerson { person }));
        let mut happening = Happening::of(register, PERSON, None);
        happening.touches.extend(cards);
        happening
    }

    fn moved(&self) -> PersonChanges {
        let insurer = &self.ledger.insurer;
        let number = &self.person.insured_number;
        PersonChanges {
            address: Some(changes::address(insurer, number, self.nth)),
            ..PersonChanges::default()
        }
    }

    fn renamed(&self) -> PersonChanges {
        let (name, kana) = changes::renamed(self.person, self.nth);
        PersonChanges {
            name: Some(name),
            kana: Some(kana),
            ..PersonChanges::default()
        }
    }

    fn change(&self, changes: PersonChanges) -> Happening {
        let change = ChangePerson {
            insured_number: self.person.insured_number.clone(),
            on: self.today,
            changes,
        };
        Happening::of(BusinessEvent::ChangePerson(change), PERSON, None)
    }

    /// Another 個人番号, right in form, that belongs to nobody here.
    fn mix_up(&self) -> Happening {
        let purpose = format!("{}/{}", self.person.insured_number, self.nth);
        let others = [self.true_number, self.person.my_number.as_str()];
        let number = unused_my_number(self.ledger, &purpose, &others);
        let changes = numbered(&number);
        Happening {
            wrong_number: Some(number),
            ..self.change(changes)
        }
    }

    fn lose(&self, reason: LossReason) -> Happening {
        let loss = LoseQualification {
            insured_number: self.person.insured_number.clone(),
            on: self.today,
            reason,
        };
        Happening::of(BusinessEvent::LoseQualification(loss), PERSON, None)
    }

    fn issue<Row: HistoryRow>(
        &self,
        row: Row,
        kind: &str,
        event: fn(IssueRow<Row>) -> BusinessEvent,
    ) -> Happening {
        let number = rows::next_number(Row::rows_of(self.person));
        let issue = IssueRow {
            insured_number: self.person.insured_number.clone(),
            row,
            insert_before: None,
        };
        Happening::of(event(issue), kind, Some(number))
    }

    fn issue_card(&self, card: Card) -> Happening {
        self.issue(card, INSURANCE_CARD, BusinessEvent::IssueCard)
    }

    fn issue_card_again(&self) -> Result<Happening, &'static str> {
        let newest = self
            .person
            .cards
            .last()
            .ok_or("被保険者証がまだありません")?;
        Ok(self.issue_card(rows::card_again(newest, self.today)))
    }

    /// The newest card again, with the office of today's notice on it.
    fn issue_card_with_office(&self) -> Result<Happening, &'static str> {
        let newest = self
            .person
            .cards
            .last()
            .ok_or("被保険者証がまだありません")?;
        let card = Card {
            plan_office: Some(paper::plan_office(self.today)),
            ..rows::card_again(newest, self.today)
        };
        Ok(self.issue_card(card))
    }

    /// The card before the newest one once more, issued between the two: the newest gets another 履歴番号, and
    /// every card of the person is sent again [SYNC-05].
    fn insert_card(&self) -> Result<Happening, &'static str> {
        let cards = &self.person.cards;
        let day = rows::day_between(cards);
        let (Some(day), [.., older, newest]) = (day, cards.as_slice()) else {
            return Err("交付日の間が空いた2枚の被保険者証がありません");
        };
        let issue = IssueRow {
            insured_number: self.person.insured_number.clone(),
            row: rows::card_again(older, day),
            insert_before: Some(newest.history_number),
        };
        let numbers = cards.iter().map(HistoryRow::history_number);
        let numbers = numbers.chain([rows::next_number(cards)]);
        Ok(Happening {
            events: vec![BusinessEvent::IssueCard(issue)],
            touches: numbers
                .map(|number| touched(INSURANCE_CARD, Some(number)))
                .collect(),
            wrong_number: None,
        })
    }

    fn issue_ratio(&self, ratio: BurdenRatio) -> Happening {
        let row: BurdenRatioCard = rows::burden_ratio(self.person, ratio, self.today);
        self.issue(row, BURDEN_RATIO_CARD, BusinessEvent::IssueBurdenRatio)
    }

    fn take_back_ratio(&self) -> Result<Happening, &'static str> {
        let newest = self
            .person
            .burden_ratios
            .last()
            .ok_or("負担割合証がありません")?;
        let delete = DeleteRow {
            insured_number: self.person.insured_number.clone(),
            table: Table::BurdenRatios,
            history_number: newest.history_number,
            on: self.today,
        };
        let row = Some(newest.history_number);
        Ok(Happening::of(
            BusinessEvent::DeleteRow(delete),
            BURDEN_RATIO_CARD,
            row,
        ))
    }

    fn modify_home(&self, extent: Extent) -> Result<Happening, &'static str> {
        let row = rows::home_modification(self.person, extent, self.today);
        let row = row.ok_or("住宅改修費の支給限度基準額が残っていません")?;
        let event = BusinessEvent::RecordHomeModification;
        Ok(self.issue(row, HOME_MODIFICATION_USE, event))
    }

    fn buy_equipment(&self, extent: Extent) -> Result<Happening, &'static str> {
        let row = rows::equipment_purchase(self.person, extent, self.today);
        let row = row.ok_or("福祉用具購入費の支給限度基準額が残っていません")?;
        let event = BusinessEvent::RecordEquipmentPurchase;
        Ok(self.issue(row, EQUIPMENT_PURCHASE_USE, event))
    }

    /// An application on the form of the day, with this answer in its box.
    fn apply(&self, consent_box: ConsentBox) -> Happening {
        let number = paper::application_number(self.person, self.today);
        let is_answer = consent_box != ConsentBox::Blank
            && paper::form_on(self.today) == ApplicationForm::From2026;
        let mut touches = vec![(PROGRESS.to_owned(), Some(number.clone()))];
        touches.extend(is_answer.then(|| touched(CONSENT, None)));
        Happening {
            events: vec![paper::accept(self.person, &number, self.today, consent_box)],
            touches,
            wrong_number: None,
        }
    }

    fn consent(&self, event: fn(ConsentOn) -> BusinessEvent) -> Happening {
        let consent = ConsentOn {
            insured_number: self.person.insured_number.clone(),
            on: self.today,
        };
        Happening::of(event(consent), CONSENT, None)
    }

    fn withdraw_consent(&self) -> Result<Happening, &'static str> {
        let consent = self.person.consent;
        let given = consent.filter(|consent| {
            consent.state == ConsentState::Given && consent.form == ApplicationForm::From2026
        });
        given.ok_or("撤回する包括同意がありません")?;
        Ok(self.consent(BusinessEvent::WithdrawConsent))
    }

    fn certify(&self, level: CareLevel) -> Happening {
        let insurer = &self.ledger.insurer.number;
        certification::certified(self.person, insurer, level, self.today)
    }
}

fn not_disclosed(not_disclosed: bool) -> PersonChanges {
    PersonChanges {
        not_disclosed: Some(not_disclosed),
        ..PersonChanges::default()
    }
}

fn numbered(my_number: &str) -> PersonChanges {
    PersonChanges {
        my_number: Some(my_number.to_owned()),
        ..PersonChanges::default()
    }
}
