//! The words and proportions of `fixtures/towns/`, read once.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::ledger::{CareLevel, EquipmentItem, Insurer};

use super::unions::UnionKind;

static BUNDLED: LazyLock<Words> = LazyLock::new(Words::read);

/// All data of the town.
pub(super) struct Words {
    pub(super) municipalities: Vec<Municipality>,
    pub(super) unions: Vec<UnionWords>,
    places: Vec<Municipality>,
    pub(super) names: Names,
    pub(super) papers: Papers,
    pub(super) distribution: Distribution,
}

impl Words {
    pub(super) fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// The municipality or ward of a number.
    pub(super) fn place(&self, number: &str) -> Option<&Municipality> {
        let mut places = self.municipalities.iter().chain(&self.places);
        places.find(|place| place.number == number)
    }

    fn read() -> Self {
        let municipalities: Municipalities =
            bundled(include_str!("../../../fixtures/towns/municipalities.toml"));
        let unions: Unions = bundled(include_str!("../../../fixtures/towns/unions.toml"));
        Self {
            municipalities: municipalities.municipality,
            unions: unions.union,
            places: unions.place,
            names: bundled(include_str!("../../../fixtures/towns/names.toml")),
            papers: bundled(include_str!("../../../fixtures/towns/papers.toml")),
            distribution: bundled(include_str!("../../../fixtures/towns/distribution.toml")),
        }
    }
}

fn bundled<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("the town's data is part of the program and read by its tests")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Municipalities {
    municipality: Vec<Municipality>,
}

/// 架空の市町村.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Municipality {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) prefecture: String,
    pub(super) quarters: Vec<String>,
}

impl Municipality {
    pub(super) fn insurer(&self) -> Insurer {
        Insurer {
            number: self.number.clone(),
            name: self.name.clone(),
            prefecture: self.prefecture.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unions {
    union: Vec<UnionWords>,
    place: Vec<Municipality>,
}

/// 架空の広域連合・一部事務組合・政令指定都市.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnionWords {
    pub(super) kind: UnionKind,
    pub(super) number: String,
    pub(super) name: String,
    pub(super) prefecture: String,
    pub(super) members: Vec<String>,
    #[serde(default)]
    pub(super) sets_up_together: bool,
    #[serde(default)]
    pub(super) runs_support_project: bool,
}

impl UnionWords {
    pub(super) fn insurer(&self) -> Insurer {
        Insurer {
            number: self.number.clone(),
            name: self.name.clone(),
            prefecture: self.prefecture.clone(),
        }
    }
}

/// 氏名の材料.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub(super) surnames: Vec<Surname>,
    pub(super) special_surnames: Vec<SpecialSurname>,
    pub(super) gaiji_surnames: Vec<GaijiSurname>,
    pub(super) eras: Vec<Era>,
    pub(super) foreign: Foreign,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Surname {
    pub(super) name: String,
    pub(super) kana: String,
    pub(super) weight: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpecialSurname {
    pub(super) name: String,
    pub(super) kana: String,
    pub(super) class: NameClass,
}

/// What a special surname exercises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NameClass {
    ThirdLevel,
    #[serde(rename = "outside_x0213")]
    OutsideX0213,
    Supplementary,
    Variation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GaijiSurname {
    pub(super) name: String,
    pub(super) kana: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Era {
    pub(super) born_from: i16,
    pub(super) female: Vec<(String, String)>,
    pub(super) male: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Foreign {
    pub(super) female: Vec<(String, String)>,
    pub(super) male: Vec<(String, String)>,
}

/// 書類の語.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Papers {
    pub(super) plan_offices: Vec<String>,
    pub(super) support_centers: Vec<String>,
    pub(super) institutions: Vec<String>,
    pub(super) physicians: Vec<String>,
    pub(super) survey_organizations: Vec<String>,
    pub(super) diagnoses: Vec<String>,
    pub(super) states: Vec<String>,
    pub(super) opinion_remarks: Vec<String>,
    pub(super) survey_remarks: Vec<String>,
    pub(super) board_opinions: Vec<String>,
    pub(super) restrictions: Vec<String>,
    pub(super) buildings: Vec<String>,
    pub(super) equipment: Vec<Equipment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Equipment {
    pub(super) item: EquipmentItem,
    pub(super) names: Vec<String>,
    pub(super) cost_from: u32,
    pub(super) cost_to: u32,
}

/// 割合.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Distribution {
    pub(super) band: Vec<Band>,
    pub(super) level: Vec<Level>,
    pub(super) rates: Rates,
    pub(super) one_in: OneIn,
    pub(super) consent_box: ConsentBoxShares,
    pub(super) burden_ratio: BurdenRatioShares,
}

/// An age band: weight in 10,000 people, shares per mille.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Band {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) weight: u64,
    pub(super) female: u64,
    pub(super) certified: u64,
}

/// A certified level: share and 区分支給限度基準額.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Level {
    pub(super) level: CareLevel,
    pub(super) weight: u64,
    pub(super) limit_units: u32,
}

/// Per mille.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rates {
    pub(super) second_category: u64,
    pub(super) card_holder: u64,
    pub(super) program_target: u64,
    pub(super) not_eligible: u64,
    pub(super) moved_in: u64,
    pub(super) plan_office: u64,
    pub(super) reduction: u64,
    pub(super) home_modification: u64,
    pub(super) equipment_purchase: u64,
    pub(super) restriction: u64,
    pub(super) application_in_progress: u64,
    pub(super) first_application_in_progress: u64,
    pub(super) special_surname: u64,
    pub(super) foreign: u64,
    pub(super) consent_individual: u64,
    pub(super) consent_withdrawn: u64,
    pub(super) lost: u64,
    pub(super) apartment: u64,
}

/// One in so many.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneIn {
    pub(super) gaiji: u64,
    pub(super) not_disclosed: u64,
    pub(super) renumbered: u64,
    pub(super) not_insured: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentBoxShares {
    pub(super) given: u64,
    pub(super) refused: u64,
    pub(super) blank: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BurdenRatioShares {
    pub(super) ten: u64,
    pub(super) twenty: u64,
    pub(super) thirty: u64,
}
