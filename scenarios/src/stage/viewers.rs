//! 閲覧者: people on the far side of the platform, and what they do there.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::date;
use serde_json::json;
use tekigo_simulator::viewer::{
    CarePlanSheet, FourItems, LifeSheet, OfficeAction, Subject, Viewed,
};
use tekigo_simulator::{ClockMove, Input};

use super::failure::{Performed, StepFailure};
use super::live::{Live, OTHER_INSURER};
use super::people_claims::text;
use super::visit::{Errand, Office, office_of, reading};
use crate::cast::{Beholder, Information, Proof};
use crate::control::Operation;
use crate::ledger::{Person, Sex};

/// What a scenario knows of the far side.
#[derive(Debug, Default)]
pub(super) struct Viewers {
    /// Offices, institutions and cards that the world knows.
    noted: BTreeSet<String>,
    /// 担当: office and person, whom the office identifies anew at every visit.
    served: BTreeSet<(&'static str, String)>,
    /// Identified by the words of a sentence: office and person.
    identified: BTreeSet<(&'static str, String)>,
    /// The last request and what came of it.
    pub(super) last: Option<Met>,
}

impl Viewers {
    /// Whether nobody has told the world yet; from now on somebody has.
    pub(super) fn is_new(&mut self, what: &str) -> bool {
        self.noted.insert(what.to_owned())
    }
}

/// What somebody met with.
#[derive(Debug, Clone)]
pub(super) struct Met {
    pub(super) viewer: Beholder,
    /// The word for the person.
    pub(super) who: String,
    /// Somebody else with that number, at another insurer.
    pub(super) elsewhere: Option<Subject>,
    /// What was to be seen, if anything.
    pub(super) sought: Option<Information>,
    pub(super) viewed: Viewed,
    /// The last journal line before it.
    pub(super) line: u64,
}

impl Live {
    /// 「…」が「…」を担当している.
    ///
    /// # Errors
    /// The viewer is no office.
    pub(super) fn look_after(&mut self, viewer: &str, who: &str) -> Performed {
        let viewer: Beholder = viewer.parse().map_err(StepFailure::harness)?;
        let office = office_of(viewer)
            .ok_or_else(|| StepFailure::harness(format!("「{viewer}」は事業所ではありません")))?;
        self.viewers.served.insert((office.number, who.to_owned()));
        Ok(())
    }

    /// 「…」が「…」の「…」を見る.
    ///
    /// # Errors
    /// A word is unknown.
    pub async fn look_at(&mut self, viewer: &str, who: &str, sought: &str) -> Performed {
        let viewer: Beholder = viewer.parse().map_err(StepFailure::harness)?;
        let sought: Information = sought.parse().map_err(StepFailure::harness)?;
        self.until_noted().await?;
        self.come_prepared(viewer, who)?;
        let errand = Errand::See(self.subject_of(who)?, sought.kind().to_owned());
        self.meet(viewer, who, Some(sought), errand)
    }

    /// 「…」が「…」を「…」で確かめる.
    ///
    /// # Errors
    /// A word is unknown, or the product prints no card.
    pub async fn identify(&mut self, viewer: &str, who: &str, proof: &str) -> Performed {
        let viewer: Beholder = viewer.parse().map_err(StepFailure::harness)?;
        let proof: Proof = proof.parse().map_err(StepFailure::harness)?;
        self.until_noted().await?;
        let errand = self.proof(who, proof).await?;
        self.meet(viewer, who, None, errand)?;
        if let Some(office) = office_of(viewer) {
            let pair = (office.number, who.to_owned());
            self.viewers.identified.insert(pair);
        }
        Ok(())
    }

    /// 「…」が「…」の担当になる, with 本人確認 by the four items if no sentence has said another way.
    ///
    /// # Errors
    /// A word is unknown.
    pub async fn begin_to_serve(&mut self, viewer: &str, who: &str) -> Performed {
        let viewer: Beholder = viewer.parse().map_err(StepFailure::harness)?;
        self.until_noted().await?;
        let pair = office_of(viewer).map(|office| (office.number, who.to_owned()));
        if !pair.is_some_and(|pair| self.viewers.identified.contains(&pair)) {
            let errand = self.proof(who, Proof::FourItems).await?;
            self.meet(viewer, who, None, errand)?;
        }
        let errand = OfficeAction::BecomeResponsible(self.subject_of(who)?);
        self.meet(viewer, who, None, Errand::Office(errand))
    }

    /// 「…」が「…」の担当でなくなる.
    ///
    /// # Errors
    /// A word is unknown.
    pub async fn cease_to_serve(&mut self, viewer: &str, who: &str) -> Performed {
        let viewer: Beholder = viewer.parse().map_err(StepFailure::harness)?;
        self.until_noted().await?;
        let errand = OfficeAction::EndResponsibility(self.subject_of(who)?);
        self.meet(viewer, who, None, Errand::Office(errand))
    }

    /// 「…」が「…」の包括同意を得る.
    ///
    /// # Errors
    /// A word is unknown.
    pub async fn take_consent(&mut self, viewer: &str, who: &str) -> Performed {
        let viewer: Beholder = viewer.parse().map_err(StepFailure::harness)?;
        self.until_noted().await?;
        self.come_prepared(viewer, who)?;
        let errand = OfficeAction::TakeConsent(self.subject_of(who)?);
        self.meet(viewer, who, None, Errand::Office(errand))?;
        let is_taken = self.last_met()?.viewed.done;
        if let (true, Some(office)) = (is_taken, office_of(viewer)) {
            self.enter_office_consent(office, who)?;
        }
        Ok(())
    }

    /// 「…」が「…」の「…」を登録する: a care plan or LIFE data.
    ///
    /// # Errors
    /// A word is unknown, or it is the municipality's to register.
    pub async fn register_paper(&mut self, viewer: &str, who: &str, what: &str) -> Performed {
        let viewer: Beholder = viewer.parse().map_err(StepFailure::harness)?;
        let what: Information = what.parse().map_err(StepFailure::harness)?;
        self.until_noted().await?;
        self.come_prepared(viewer, who)?;
        let subject = self.subject_of(who)?;
        let today = self.today();
        let action = match what {
            Information::CarePlan => OfficeAction::RegisterCarePlan(CarePlanSheet {
                subject,
                number: "1".to_owned(),
                created: today,
                contents: "歩行の安定。通所介護を週2回。".to_owned(),
            }),
            Information::Life => OfficeAction::RegisterLife(LifeSheet {
                subject,
                measured: today,
                contents: "ADL 12点".to_owned(),
            }),
            Information::InsuranceCard
            | Information::Progress
            | Information::HomeModification
            | Information::EquipmentPurchase
            | Information::SurveySheet
            | Information::Opinion => {
                let message = format!("「{what}」は事業所が登録するものではありません");
                return Err(StepFailure::harness(message));
            }
        };
        self.meet(viewer, who, None, Errand::Office(action))
    }

    /// So much time passes.
    ///
    /// # Errors
    /// The vendor does not take the time.
    pub async fn let_time_pass(&mut self, seconds: i64) -> Performed {
        self.until_noted().await?;
        let to = self.now().plus_seconds(seconds);
        self.submit(&Input::Clock(ClockMove { to }))?;
        self.tell_time().await
    }

    /// What somebody met with last.
    pub(super) fn last_met(&self) -> Performed<&Met> {
        let last = self.viewers.last.as_ref();
        last.ok_or_else(|| StepFailure::harness("まだ誰も何も求めていません"))
    }

    /// An office that serves a person knows who it is before it does anything else, and is registered.
    fn come_prepared(&mut self, viewer: Beholder, who: &str) -> Performed {
        let Some(office) = office_of(viewer) else {
            return Ok(());
        };
        if !self
            .viewers
            .served
            .contains(&(office.number, who.to_owned()))
        {
            return Ok(());
        }
        // Both only happen in the pages; what the doors say shows in what the visitor asks next.
        let viewer = if viewer == Beholder::CareSoftware {
            Beholder::CareManager
        } else {
            viewer
        };
        let items = Errand::Office(OfficeAction::RegisterUser(self.four_items(who)?));
        self.visit(viewer, "", items)?;
        let becoming = OfficeAction::BecomeResponsible(self.subject_of(who)?);
        self.visit(viewer, "", Errand::Office(becoming))?;
        Ok(())
    }

    fn meet(
        &mut self,
        viewer: Beholder,
        who: &str,
        sought: Option<Information>,
        errand: Errand,
    ) -> Performed {
        let line = self.events()?.last().map_or(0, |event| event.n);
        let card = self.card_of(who)?;
        let viewed = self.visit(viewer, &card, errand)?;
        self.viewers.last = Some(Met {
            viewer,
            who: who.to_owned(),
            elsewhere: None,
            sought,
            viewed,
            line,
        });
        Ok(())
    }

    /// Looks at the data of somebody of another insurer.
    pub(super) fn meet_elsewhere(
        &mut self,
        viewer: Beholder,
        who: &str,
        sought: Information,
        subject: Subject,
    ) -> Performed {
        let errand = Errand::See(subject.clone(), sought.kind().to_owned());
        self.meet(viewer, who, Some(sought), errand)?;
        if let Some(last) = &mut self.viewers.last {
            last.who = format!("ほしみ市で{who}と同じ番号の人");
            last.elsewhere = Some(subject);
        }
        Ok(())
    }

    fn enter_office_consent(&mut self, office: Office, who: &str) -> Performed {
        let number = self.number_of(who)?;
        let today = self.today();
        let auditor = self
            .auditor
            .as_mut()
            .ok_or_else(|| StepFailure::harness("台帳がまだ読み込まれていません"))?;
        auditor
            .note_office_consent(&number, today, office.number)
            .map_err(StepFailure::harness)
    }

    /// What an office or institution does to find out who somebody is.
    async fn proof(&mut self, who: &str, proof: Proof) -> Performed<Errand> {
        let mut items = self.four_items(who)?;
        let card = self.card_of(who)?;
        let mut held = reading(&card);
        let today = self.today();
        match proof {
            Proof::FourItems => {}
            Proof::PrintedItems => items = self.printed_items(who).await?,
            Proof::WrongNumber => items.subject.insured = self.another_number(who)?,
            Proof::WrongInsurer => OTHER_INSURER.0.clone_into(&mut items.subject.insurer),
            Proof::WrongKana => items.kana = other_kana(&items.kana),
            Proof::WrongBirth => {
                let birth = self.person_of(who)?.birth;
                items.birth = birth.saturating_add(1.day()).to_string();
            }
            Proof::WrongSex => {
                let sex = self.person_of(who)?.sex;
                let other = Sex::ALL.iter().find(|other| **other != sex);
                items.sex = self.sex_code(*other.unwrap_or(&sex))?;
            }
            Proof::Card | Proof::CardUnseen => self.note_card(&card, |_| {})?,
            Proof::LostCard => self.note_card(&card, |fact| fact.is_lost = true)?,
            Proof::ExpiredCard => self.note_card(&card, |fact| {
                fact.expires = today.yesterday().unwrap_or(date(2026, 4, 1));
            })?,
            Proof::UnregisteredCard => {
                self.note_card(&card, |fact| fact.is_insurance_card = false)?;
            }
        }
        held.face_compared = proof != Proof::CardUnseen;
        Ok(match proof {
            Proof::Card
            | Proof::CardUnseen
            | Proof::LostCard
            | Proof::ExpiredCard
            | Proof::UnregisteredCard => Errand::Read(held),
            Proof::FourItems
            | Proof::PrintedItems
            | Proof::WrongNumber
            | Proof::WrongInsurer
            | Proof::WrongKana
            | Proof::WrongBirth
            | Proof::WrongSex => Errand::Office(OfficeAction::RegisterUser(items)),
        })
    }

    /// The four items (4情報) as the books have them.
    fn four_items(&self, who: &str) -> Performed<FourItems> {
        let person = self.person_of(who)?;
        Ok(FourItems {
            subject: self.subject_of(who)?,
            kana: person.kana.clone(),
            birth: person.birth.to_string(),
            sex: self.sex_code(person.sex)?,
        })
    }

    /// The same as the product prints them on the card.
    async fn printed_items(&mut self, who: &str) -> Performed<FourItems> {
        let input = json!({ "insured_number": self.number_of(who)? });
        let answer = self.ask_done(Operation::PrintCard, input).await?;
        let printed = answer.data();
        let sex = text(printed, "sex");
        let sex = Sex::ALL.iter().find(|known| known.term() == sex);
        Ok(FourItems {
            subject: Subject {
                insurer: text(printed, "insurer_number"),
                insured: text(printed, "insured_number"),
            },
            kana: text(printed, "kana"),
            birth: text(printed, "birth"),
            sex: match sex {
                Some(sex) => self.sex_code(*sex)?,
                None => text(printed, "sex"),
            },
        })
    }

    fn another_number(&self, who: &str) -> Performed<String> {
        let own = self.number_of(who)?;
        let mut people = self.ledger.people.iter();
        let other = people.find(|person| {
            person.insured_number != own && person.lost.is_none() && !person.not_disclosed
        });
        let other = other.ok_or_else(|| StepFailure::harness("ほかの被保険者がいません"))?;
        Ok(other.insured_number.clone())
    }

    fn sex_code(&self, sex: Sex) -> Performed<String> {
        self.code("sex", &sex.to_string())
    }

    pub(super) fn subject_of(&self, who: &str) -> Performed<Subject> {
        Ok(Subject {
            insurer: self.ledger.insurer.number.clone(),
            insured: self.number_of(who)?,
        })
    }

    fn person_of(&self, who: &str) -> Performed<Person> {
        self.person_now(&self.number_of(who)?)
    }

    /// The token of the person's card.
    fn card_of(&self, who: &str) -> Performed<String> {
        let number = self.person_of(who)?.my_number;
        Ok(self.simulator()?.shell().mask().my_number_token(&number))
    }
}

/// The kana with its first small letter written large; without one, with its last letter left out.
fn other_kana(kana: &str) -> String {
    const SMALL: &str = "ァィゥェォッャュョヮ";
    const LARGE: &str = "アイウエオツヤユヨワ";
    let large = |letter: char| {
        let place = SMALL.chars().position(|small| small == letter)?;
        LARGE.chars().nth(place)
    };
    let mut letters: Vec<char> = kana.chars().collect();
    match letters.iter_mut().find(|letter| large(**letter).is_some()) {
        Some(letter) => *letter = large(*letter).unwrap_or(*letter),
        None => {
            letters.pop();
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::other_kana;

    #[test]
    fn a_small_letter_becomes_a_large_one() {
        assert_eq!(other_kana("キョウコ"), "キヨウコ");
        assert_eq!(other_kana("ハナ"), "ハ");
    }
}
