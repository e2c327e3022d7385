//! Facts of the outside world that a scenario settles.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use crate::domain::{InsuredKey, InsurerNumber, OfficeNumber};
use crate::effect::{Dated, Effect};
use crate::profile::{Job, Profile};
use crate::systems::careweb::{Office, User};
use crate::systems::intermediate::PersonToken;
use crate::systems::medical::Institution;
use crate::systems::qualification::Card;
use crate::viewer::{Directory, Noted, OfficeFact};

use super::World;

impl World {
    /// Notes a fact; one that cannot be true is refused and changes nothing.
    pub(super) fn note_fact(&mut self, fact: &Directory, effects: &mut Vec<Dated>) {
        let outcome = self.note(fact);
        let noted = Noted {
            done: outcome.is_ok(),
            reason: outcome.err(),
        };
        self.emit(effects, Effect::Noted(noted));
    }

    fn note(&mut self, fact: &Directory) -> Result<(), String> {
        let profile = Arc::clone(&self.profile);
        match fact {
            Directory::Office(fact) => {
                let number: OfficeNumber = parsed(&fact.number)?;
                let office = office_of(&profile, fact)?;
                self.doors.careweb.note_office(number, office);
            }
            Directory::Institution(fact) => {
                let institution = Institution {
                    name: fact.name.clone(),
                    certificate: fact.certificate.clone(),
                };
                let code = parsed(&fact.code)?;
                self.doors.medical.note_institution(code, institution);
            }
            Directory::Member(fact) => {
                let member = (parsed(&fact.insurer)?, fact.number.clone());
                self.doors.board.note_member(member, &fact.password);
            }
            Directory::Card(fact) => {
                let person = PersonToken::from_token(&fact.my_number)
                    .ok_or("個人番号の伏せ字ではありません")?;
                let card = Card {
                    expires: fact.expires,
                    is_lost: fact.is_lost,
                    is_insurance_card: fact.is_insurance_card,
                };
                self.qualification.note_card(person, card);
            }
            Directory::LinkedElsewhere(fact) => self.link_elsewhere(fact)?,
            Directory::ServiceStart(fact) => {
                let insurer: InsurerNumber = parsed(&fact.insurer)?;
                self.platform.note_start(insurer, fact.on);
            }
            Directory::AskedOpinion(fact) => {
                let person = InsuredKey {
                    insurer: parsed(&fact.insurer)?,
                    number: parsed(&fact.insured)?,
                };
                let institution = parsed(&fact.institution)?;
                self.platform
                    .note_asked(person, &fact.application, institution);
            }
        }
        Ok(())
    }
}

fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn office_of(profile: &Profile, fact: &OfficeFact) -> Result<Office, String> {
    let service = profile.access().service(&fact.service);
    let service = service.ok_or_else(|| {
        let service = &fact.service;
        format!("事業所の種類「{service}」は連携仕様プロファイルにありません")
    })?;
    let mut users = BTreeMap::new();
    for user in &fact.users {
        let job = Job::from_word(&user.job)
            .ok_or_else(|| format!("職種「{}」は連携仕様プロファイルにありません", user.job))?;
        let password = user.password.clone();
        users.insert(user.id.clone(), User { job, password });
    }
    Ok(Office {
        name: fact.name.clone(),
        service,
        certificate: fact.certificate.clone(),
        users,
    })
}
