//! What the pages of the doors show beside answers: lists that open nothing by themselves.

use crate::domain::{InsuredKey, InsurerNumber, OfficeNumber};
use crate::kernel::Moment;
use crate::systems::intermediate::{Identifier, PersonToken};
use crate::systems::qualification::CheckedBy;
use crate::systems::viewing::{Gates, Viewer};
use crate::viewer::Subject;

use super::World;

/// Somebody an office has identified or is responsible for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficePerson {
    /// Who.
    pub key: InsuredKey,
    /// カナ氏名.
    pub kana: String,
    /// The newest identity check (本人確認) by the office.
    pub checked: Option<Moment>,
    /// Whether a check counts now.
    pub is_identified: bool,
    /// Whether the office is registered as responsible.
    pub is_responsible: bool,
}

/// A card in somebody's hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardInHand {
    /// The person behind it.
    pub person: PersonToken,
    /// The name on its face, if the person has been registered anywhere.
    pub name: Option<String>,
}

impl World {
    /// The people of an office, in the order of their numbers. Nobody whom the office may not see
    /// is among them, whoever was before.
    #[must_use]
    pub fn people_of_office(&self, office: OfficeNumber, user: &str) -> Vec<OfficePerson> {
        let viewer = Viewer::Office {
            office,
            user: user.to_owned(),
        };
        let gates = self.gates();
        let mut keys: Vec<InsuredKey> = self.doors.careweb.people_of(office).collect();
        keys.extend(self.doors.careweb.people_typed_by(office));
        for person in self
            .qualification
            .people_checked_by(CheckedBy::Office(office))
        {
            keys.extend(self.platform.keys_of(person));
        }
        keys.sort();
        keys.dedup();
        keys.into_iter()
            .filter_map(|key| self.office_person(&gates, &viewer, office, key))
            .collect()
    }

    fn office_person(
        &self,
        gates: &Gates<'_, '_>,
        viewer: &Viewer,
        office: OfficeNumber,
        key: InsuredKey,
    ) -> Option<OfficePerson> {
        let subject = Subject {
            insurer: key.insurer.to_string(),
            insured: key.number.to_string(),
        };
        let person = gates.person(viewer, &subject, None).ok()?;
        let identifier = self.platform.holdings(key)?.identifier();
        let by = CheckedBy::Office(office);
        let checks = [
            self.doors.careweb.typed_four_items(office, key),
            self.qualification.checked(by, identifier),
        ];
        let kana = self
            .platform
            .person_item(&self.profile, key, "basicFiveInfo.nameKana");
        Some(OfficePerson {
            key,
            kana: kana.unwrap_or_default().to_owned(),
            checked: checks.into_iter().flatten().max(),
            is_identified: gates.identity(viewer, person).is_ok(),
            is_responsible: self.doors.careweb.is_responsible(office, key),
        })
    }

    /// The insurances of the person of an identifier that are not hidden or deleted.
    #[must_use]
    pub fn insurances_of(&self, person: Identifier) -> Vec<InsuredKey> {
        self.platform
            .keys_of(person)
            .filter(|key| self.platform.present(&self.profile, *key).is_ok())
            .filter(|key| !self.platform.is_hidden(&self.profile, *key))
            .collect()
    }

    /// Whether a municipality's data can be seen now.
    #[must_use]
    pub fn is_open(&self, insurer: InsurerNumber) -> bool {
        self.gates().is_open(insurer)
    }

    /// The cards there are.
    #[must_use]
    pub fn cards(&self) -> Vec<CardInHand> {
        self.qualification
            .holders()
            .map(|person| CardInHand {
                person,
                name: self.name_of(person),
            })
            .collect()
    }

    fn name_of(&self, person: PersonToken) -> Option<String> {
        let identifier = self.qualification.identifier_of(person)?;
        let key = self.platform.keys_of(identifier).next()?;
        let name = self
            .platform
            .person_item(&self.profile, key, "basicFiveInfo.name");
        name.map(str::to_owned)
    }

    pub(super) fn gates(&self) -> Gates<'_, '_> {
        Gates {
            profile: &self.profile,
            now: self.now,
            platform: &self.platform,
            careweb: &self.doors.careweb,
            qualification: &self.qualification,
        }
    }
}
