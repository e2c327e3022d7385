//! 語: 異動, and what happens when one is registered.

use jiff::civil::Date;

use crate::ledger::{Ledger, Person};

use super::error::CastError;
use super::happening::Happening;
use super::scene::Scene;
use super::words::words;

words! {
    /// 語: 異動.
    Occasion of "異動" {
        /// Moves within the town.
        Move = "転居";
        /// Another name.
        Rename = "氏名の変更";
        /// Enters the books.
        Enter = "資格取得";
        /// 転出.
        MoveOut = "転出";
        /// 死亡.
        Die = "死亡";
        /// 資格喪失.
        Lose = "資格喪失";
        /// 誤登録.
        WasMistaken = "誤登録";
        /// 不開示 begins.
        Hide = "不開示の開始";
        /// 不開示 ends.
        Disclose = "不開示の解除";
        /// The books hold a wrong 個人番号.
        WrongNumber = "個人番号の誤り";
        /// A wrong 個人番号 gets into the books.
        MixedUpNumber = "個人番号の取り違え";
        /// The right 個人番号 again.
        CorrectNumber = "個人番号の訂正";
        /// The newest card again.
        IssueCard = "被保険者証の交付";
        /// A card of a 事業対象者.
        IssueProgramTargetCard = "事業対象者の被保険者証の交付";
        /// A notice of a care-management office on paper.
        PaperNotice = "紙の計画作成依頼届出";
        /// A card of the past, before the newest one.
        InsertCard = "さかのぼった被保険者証の交付";
        /// The next 負担割合.
        IssueBurdenRatio = "負担割合証の交付";
        /// The newest 負担割合証 is taken back.
        TakeBackBurdenRatio = "負担割合証の取り消し";
        /// 1割.
        IssueTenPercent = "1割の負担割合証の交付";
        /// 2割.
        IssueTwentyPercent = "2割の負担割合証の交付";
        /// 3割.
        IssueThirtyPercent = "3割の負担割合証の交付";
        /// 介護保険負担限度額認定証.
        IssueBurdenLimit = "負担限度額認定証の交付";
        /// Some of the allowance.
        ModifyHome = "住宅改修費の利用";
        /// All that is left of it.
        ModifyHomeUpToLimit = "住宅改修費の限度額までの利用";
        /// Some of the allowance.
        BuyEquipment = "福祉用具購入費の利用";
        /// All that is left of it.
        BuyEquipmentUpToLimit = "福祉用具購入費の限度額までの利用";
        /// Decided today, valid later.
        CertifyAhead = "先の日付からの認定";
        /// 要支援1.
        CertifySupport1 = "要支援1の認定";
        /// 要支援2.
        CertifySupport2 = "要支援2の認定";
        /// 要介護1.
        CertifyCare1 = "要介護1の認定";
        /// 要介護5.
        CertifyCare5 = "要介護5の認定";
        /// 非該当.
        FindNotEligible = "非該当の認定";
        /// The consent box filled in: given.
        ApplyGiving = "同意する申請";
        /// The consent box filled in: refused.
        ApplyRefusing = "同意しない申請";
        /// The consent box left blank.
        ApplyBlank = "同意欄が無記入の申請";
        /// Consent offered outside an application.
        OfferConsent = "同意の申出";
        /// Consent withdrawn.
        WithdrawConsent = "同意の撤回";
    }
}

/// What a word of 語: 異動 means for a person: `person` and `ledger` as the books stand now, `nth` for how
/// often the word was used before for this person, `true_number` for the person's own 個人番号.
/// 資格取得 takes the person whom [`newcomer`](super::newcomer) made.
///
/// # Errors
/// A word that is not on the list, or one that does not fit the person: the qualification is lost, there is
/// no row to start from, nothing is left of an allowance.
pub fn events(
    word: &str,
    person: &Person,
    ledger: &Ledger,
    today: Date,
    nth: u32,
    true_number: &str,
) -> Result<Happening, CastError> {
    let occasion: Occasion = word.parse()?;
    let scene = Scene {
        person,
        ledger,
        today,
        nth,
        true_number,
    };
    let happening = scene
        .obstacle(occasion)
        .map_or_else(|| scene.play(occasion), Err);
    happening.map_err(|reason| CastError::NotPossible {
        word: occasion.word(),
        insured_number: person.insured_number.clone(),
        reason,
    })
}
