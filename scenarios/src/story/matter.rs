//! What comes up at a town hall, and how often.

use super::diary::Knowledge;
use crate::ledger::{ConsentState, Person};

/// 用件: something that one person's pages change by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    /// 新規申請: a case is born.
    NewApplication,
    /// 更新申請, within sixty days of the end of validity.
    RenewalApplication,
    /// 区分変更申請.
    ChangeApplication,
    /// 死亡.
    Death,
    /// 転出.
    MoveOut,
    /// 転入.
    MoveIn,
    /// 65歳到達.
    Reaches65,
    /// 転居.
    MoveWithin,
    /// 氏名の変更.
    Rename,
    /// 支援措置の開始.
    Protect,
    /// 支援措置の終了.
    Unprotect,
    /// 住宅改修費の支給.
    HomeModification,
    /// 福祉用具購入費の支給.
    EquipmentPurchase,
    /// 支給決定の取消し: a row is taken back.
    TakeBack,
    /// 同意の申出 at the counter.
    OfferConsent,
    /// 同意の撤回.
    WithdrawConsent,
}

impl Matter {
    /// How often a year among 1,000 insured.
    ///
    /// Applications: 1.35 a month for each 100 insured, of which 42 % new, 44 % renewals and 14 %
    /// changes of the level [domain 5.3, 江戸川区 and 新潟市]. The generated town's certifications end
    /// sooner than those of a real one; what is not renewed lapses. The other figures are assumed:
    /// about as many deaths and 65th birthdays as a steady town has, and the rest so that everything
    /// happens at least twice a year.
    const EACH: [(Self, u32); 16] = [
        (Self::NewApplication, 68),
        (Self::RenewalApplication, 71),
        (Self::ChangeApplication, 23),
        (Self::Death, 40),
        (Self::MoveOut, 10),
        (Self::MoveIn, 10),
        (Self::Reaches65, 42),
        (Self::MoveWithin, 25),
        (Self::Rename, 3),
        (Self::Protect, 3),
        (Self::Unprotect, 2),
        (Self::HomeModification, 12),
        (Self::EquipmentPurchase, 13),
        (Self::TakeBack, 3),
        (Self::OfferConsent, 30),
        (Self::WithdrawConsent, 6),
    ];

    /// All matters, with their number a year among 1,000 insured.
    pub(super) const fn each() -> &'static [(Self, u32)] {
        &Self::EACH
    }

    /// Whether it can be this person's matter. Somebody new is nobody of the books.
    pub(super) fn fits(self, person: &Person, known: &Knowledge<'_>) -> bool {
        let has_case = known.has_case(&person.insured_number);
        let consents = person
            .consent
            .is_some_and(|consent| consent.state == ConsentState::Given && known.counts(consent));
        match self {
            Self::NewApplication => !person.is_certified() && !has_case,
            Self::RenewalApplication => !has_case && known.is_to_be_renewed(person),
            Self::ChangeApplication => person.is_certified() && !has_case,
            Self::Death | Self::MoveOut | Self::MoveWithin | Self::Rename => true,
            Self::MoveIn | Self::Reaches65 => false,
            Self::Protect => !person.not_disclosed,
            Self::Unprotect => person.not_disclosed,
            Self::HomeModification | Self::EquipmentPurchase => {
                person.is_certified() && !person.burden_ratios.is_empty()
            }
            Self::TakeBack => !person.equipment_purchases.is_empty(),
            Self::OfferConsent => !consents,
            Self::WithdrawConsent => consents,
        }
    }
}
