//! Lists for institutions and boards: what they have on paper anyway, and how far it has got.

use crate::domain::{InstitutionCode, InsuredKey};
use crate::kernel::Moment;
use crate::systems::board::MemberKey;
use crate::systems::platform::MeetingMaterial;
use crate::systems::qualification::CheckedBy;
use crate::systems::viewing::Viewer;
use crate::viewer::Subject;

use super::World;

/// Somebody an institution has been asked to write about, or whose card it has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// Who.
    pub key: InsuredKey,
    /// カナ氏名, where the institution may see it.
    pub kana: Option<String>,
    /// The applications whose opinion it was asked for, and whether one has been sent.
    pub asked: Vec<(String, bool)>,
    /// When it last read the person's card.
    pub checked: Option<Moment>,
}

impl World {
    /// The people of an institution, in the order of their numbers.
    #[must_use]
    pub fn patients_of(&self, code: InstitutionCode) -> Vec<Patient> {
        let gates = self.gates();
        let viewer = Viewer::Institution(code);
        let by = CheckedBy::Institution(code);
        let mut keys: Vec<InsuredKey> = self.platform.people_asked_of(code).collect();
        for person in self.qualification.people_checked_by(by) {
            let known = self.platform.keys_of(person);
            keys.extend(known.filter(|key| gates.person(&viewer, &subject(*key), None).is_ok()));
        }
        keys.sort();
        keys.dedup();
        let patients = keys.into_iter().map(|key| {
            let person = gates.person(&viewer, &subject(key), None);
            let is_known = person.and_then(|person| gates.identity(&viewer, person));
            let kana = self
                .platform
                .person_item(&self.profile, key, "basicFiveInfo.nameKana");
            let holdings = self.platform.holdings(key);
            Patient {
                key,
                kana: kana.filter(|_| is_known.is_ok()).map(str::to_owned),
                asked: self.platform.applications_asked(key, code).collect(),
                checked: holdings
                    .and_then(|holdings| self.qualification.checked(by, holdings.identifier())),
            }
        });
        patients.collect()
    }

    /// The materials of a member's own meetings, in the order of their days.
    #[must_use]
    pub fn materials_of(&self, member: &MemberKey) -> Vec<MeetingMaterial> {
        let gates = self.gates();
        let (insurer, number) = member;
        let viewer = Viewer::Member {
            insurer: *insurer,
            number: number.clone(),
        };
        let is_open = |key: InsuredKey| {
            let person = gates.person(&viewer, &subject(key), None);
            let person = person.and_then(|person| gates.identity(&viewer, person));
            person
                .and_then(|person| gates.relation(&viewer, person))
                .is_ok()
        };
        let mut materials: Vec<MeetingMaterial> = self
            .platform
            .materials_naming(&self.profile, *insurer, number)
            .filter(|material| is_open(material.key))
            .collect();
        materials.sort();
        materials
    }
}

fn subject(key: InsuredKey) -> Subject {
    Subject {
        insurer: key.insurer.to_string(),
        insured: key.number.to_string(),
    }
}
