//! 広域連合・一部事務組合・政令指定都市: towns of every shape in which insurers come.

use serde::Deserialize;
use tekigo_simulator::InsurerShape;

use crate::ledger::Insurer;

use super::settings::TownSettings;
use super::words::{UnionWords, Words};

/// The shape of a union (briefing: 保険者機能を有している／いない広域連合・一部事務組合の場合).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnionKind {
    /// 保険者機能を有する広域連合・一部事務組合: one insurer, whose cards show its members' numbers.
    InsurerUnion,
    /// 認定業務のみの組合: its members are the insurers.
    CertificationUnion,
    /// 政令指定都市: one insurer, whose cards show its wards' numbers [domain 6.1, analog].
    DesignatedCity,
}

/// A union with its members, or a designated city with its wards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnionTown {
    /// Its shape.
    pub kind: UnionKind,
    /// The union or city itself.
    pub union: Insurer,
    /// Its members or wards.
    pub members: Vec<Insurer>,
    /// Whether its members must set up at the same time.
    pub sets_up_together: bool,
    /// Whether it runs the community support project (地域支援事業) by its statutes.
    pub runs_support_project: bool,
}

/// The invented unions, one of each shape and kind of agreement.
#[must_use]
pub fn unions() -> Vec<UnionTown> {
    let words = Words::bundled();
    words.unions.iter().map(UnionTown::of).collect()
}

impl UnionTown {
    fn of(words: &UnionWords) -> Self {
        let members = words.members.iter();
        let members = members.filter_map(|number| Words::bundled().place(number));
        Self {
            kind: words.kind,
            union: words.insurer(),
            members: members.map(super::words::Municipality::insurer).collect(),
            sets_up_together: words.sets_up_together,
            runs_support_project: words.runs_support_project,
        }
    }

    /// Everybody whom a world opens with, by the shape it has there: the union or city, and a union's members.
    #[must_use]
    pub fn shapes(&self) -> Vec<(Insurer, InsurerShape)> {
        let wards = || self.members.iter().map(|ward| ward.number.clone());
        let own = match self.kind {
            UnionKind::InsurerUnion => InsurerShape::InsurerUnion,
            UnionKind::CertificationUnion => InsurerShape::CertificationUnion {
                sets_up_together: self.sets_up_together,
                runs_support_project: self.runs_support_project,
            },
            UnionKind::DesignatedCity => InsurerShape::Municipality {
                wards: wards().collect(),
            },
        };
        let members = match self.kind {
            UnionKind::InsurerUnion | UnionKind::CertificationUnion => self.members.as_slice(),
            // A ward is no municipality of its own.
            UnionKind::DesignatedCity => &[],
        };
        let member = |insurer: &Insurer| {
            let union = self.union.number.clone();
            (insurer.clone(), InsurerShape::Member { union })
        };
        std::iter::once((self.union.clone(), own))
            .chain(members.iter().map(member))
            .collect()
    }

    /// The books there are: one for whoever is an insurer. Together they have `size` people, as evenly as it
    /// goes, each book from a seed of its own.
    #[must_use]
    pub fn ledgers(&self, size: u32, seed: u64) -> Vec<TownSettings> {
        match self.kind {
            UnionKind::InsurerUnion | UnionKind::DesignatedCity => vec![TownSettings {
                insurer: Some(self.union.clone()),
                card_insurers: self.members.clone(),
                ..TownSettings::new(size, seed)
            }],
            UnionKind::CertificationUnion => {
                let members = u32::try_from(self.members.len()).unwrap_or(1).max(1);
                let shares = (0..members).map(|place| (size + place) / members);
                self.members
                    .iter()
                    .zip(shares)
                    .zip(seed..)
                    .map(|((member, share), seed)| TownSettings {
                        insurer: Some(member.clone()),
                        ..TownSettings::new(share, seed)
                    })
                    .collect()
            }
        }
    }
}
