//! 名のある出発点: what the first people of every town are made to be.
//!
//! Rare traits must exist in any town of a hundred, so that a scenario finds its person. They sit at fixed
//! places and do not depend on the seed; everything else about those people does.

use crate::ledger::LossReason;

use super::words::NameClass;

/// What is decided beforehand about one person; the rest is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) care: Option<Care>,
    pub(super) writing: Option<Writing>,
    pub(super) consent: Option<PlannedConsent>,
    pub(super) progress: Option<Progress>,
    pub(super) lost: Option<LossReason>,
    pub(super) card_holder: Option<bool>,
    pub(super) not_disclosed: Option<bool>,
    pub(super) renumbered: bool,
    pub(super) every_table: bool,
    /// No chance of other rare traits: the person is otherwise plain.
    pub(super) plain: bool,
}

/// How the person stands with certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    Certified,
    SecondCategory,
    None,
    ProgramTarget,
    NotEligible,
}

/// How the person's name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    Plain,
    Special(NameClass),
    GaijiName,
    GaijiAddress,
    Foreign,
    /// A foreign name with ヴ and a long vowel mark in the kana.
    ForeignVu,
    /// A foreign name whose kana is as long as few columns expect.
    ForeignLong,
}

/// How the person stands with consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlannedConsent {
    Given,
    Refused,
    Blank,
    Withdrawn,
    OldForm,
    Individual,
}

/// How far an undecided application has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Accepted,
    Surveyed,
    OpinionAwaited,
    OpinionReceived,
    BoardScheduled,
}

impl Progress {
    pub(super) const ALL: [Self; 5] = [
        Self::Accepted,
        Self::Surveyed,
        Self::OpinionAwaited,
        Self::OpinionReceived,
        Self::BoardScheduled,
    ];
}

impl Plan {
    /// The plan of a person by place in the books.
    pub(super) fn at(index: u32) -> Self {
        match index {
            0..=11 => Self::usual_standing(index),
            34..=38 => Self::second_of_a_kind(index),
            12..=16 | 29 | 32 | 33 => Self::writing(index),
            _ => Self::rare_standing(index),
        }
    }

    fn plain() -> Self {
        Self {
            plain: true,
            not_disclosed: Some(false),
            ..Self::default()
        }
    }

    fn certified() -> Self {
        Self {
            care: Some(Care::Certified),
            writing: Some(Writing::Plain),
            ..Self::plain()
        }
    }

    fn uncertified() -> Self {
        Self {
            care: Some(Care::None),
            writing: Some(Writing::Plain),
            ..Self::plain()
        }
    }

    fn usual_standing(index: u32) -> Self {
        let certified = Self::certified();
        let consenting = |consent| Self {
            consent: Some(consent),
            ..certified
        };
        match index {
            0 => Self {
                card_holder: Some(true),
                ..consenting(PlannedConsent::Given)
            },
            1 => Self::uncertified(),
            2 => Self {
                not_disclosed: Some(true),
                ..certified
            },
            3 => Self {
                writing: Some(Writing::GaijiName),
                ..certified
            },
            4 => Self {
                care: Some(Care::SecondCategory),
                ..certified
            },
            5 => consenting(PlannedConsent::Withdrawn),
            6 => consenting(PlannedConsent::Refused),
            7 => consenting(PlannedConsent::Blank),
            8 => consenting(PlannedConsent::OldForm),
            9 => consenting(PlannedConsent::Individual),
            10 => Self {
                every_table: true,
                ..certified
            },
            _ => Self {
                card_holder: Some(false),
                ..certified
            },
        }
    }

    /// The rarest ones once more: a scenario may have no use for the first one (a paper of the very day, say).
    fn second_of_a_kind(index: u32) -> Self {
        match index {
            34 => Self::usual_standing(3),
            35 => Self::usual_standing(4),
            36 => Self::usual_standing(5),
            37 => Self::usual_standing(6),
            _ => Self::writing(33),
        }
    }

    fn writing(index: u32) -> Self {
        let writing = match index {
            12 => Writing::Special(NameClass::ThirdLevel),
            13 => Writing::Special(NameClass::OutsideX0213),
            14 => Writing::Special(NameClass::Supplementary),
            15 => Writing::Special(NameClass::Variation),
            16 => Writing::Foreign,
            29 => Writing::GaijiAddress,
            32 => Writing::ForeignVu,
            _ => Writing::ForeignLong,
        };
        Self {
            writing: Some(writing),
            ..Self::certified()
        }
    }

    fn rare_standing(index: u32) -> Self {
        let (certified, uncertified) = (Self::certified(), Self::uncertified());
        let in_progress = |progress| Self {
            progress: Some(progress),
            ..certified
        };
        let lost = |reason| Self {
            lost: Some(reason),
            ..certified
        };
        match index {
            17 => Self {
                renumbered: true,
                ..certified
            },
            18 => lost(LossReason::MovedOut),
            19 => lost(LossReason::Died),
            20 => lost(LossReason::Mistaken),
            21 => Self {
                care: Some(Care::ProgramTarget),
                ..uncertified
            },
            22 => Self {
                care: Some(Care::NotEligible),
                ..uncertified
            },
            23 => in_progress(Progress::Accepted),
            24 => in_progress(Progress::Surveyed),
            25 => in_progress(Progress::OpinionAwaited),
            26 => in_progress(Progress::OpinionReceived),
            27 => in_progress(Progress::BoardScheduled),
            28 => Self {
                progress: Some(Progress::Accepted),
                ..uncertified
            },
            30 => Self {
                lost: Some(LossReason::Lost),
                ..uncertified
            },
            31 => Self {
                not_disclosed: Some(true),
                card_holder: Some(true),
                consent: Some(PlannedConsent::Given),
                ..certified
            },
            _ => Self::default(),
        }
    }
}
