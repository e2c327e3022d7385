//! The closed lists of words of the books. Each word is written in the document exactly as its term.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Declares an enum whose serialized form is a fixed word, with the word at hand for messages.
macro_rules! terms {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $term:literal, $ja:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $term)] $variant,)+
        }

        impl $name {
            /// Every word of the list, in its usual order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it stands in the ledger document.
            #[must_use]
            pub const fn term(self) -> &'static str {
                match self { $(Self::$variant => $term),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(match self { $(Self::$variant => $ja),+ })
            }
        }
    };
}

terms! {
    /// 性別.
    Sex {
        /// 女.
        Female = "female", "女";
        /// 男.
        Male = "male", "男";
    }
}

terms! {
    /// 要介護状態区分, with 事業対象者 and 非該当 [domain 6.5].
    CareLevel {
        /// 非該当: applied and found not to need care.
        NotEligible = "非該当", "非該当";
        /// 事業対象者: by basic check-list, not by certification.
        ProgramTarget = "事業対象者", "事業対象者";
        /// 要支援1.
        Support1 = "要支援1", "要支援1";
        /// 要支援2.
        Support2 = "要支援2", "要支援2";
        /// 要介護1.
        Care1 = "要介護1", "要介護1";
        /// 要介護2.
        Care2 = "要介護2", "要介護2";
        /// 要介護3.
        Care3 = "要介護3", "要介護3";
        /// 要介護4.
        Care4 = "要介護4", "要介護4";
        /// 要介護5.
        Care5 = "要介護5", "要介護5";
    }
}

impl CareLevel {
    /// Whether this level is a certification (要支援1 and above).
    #[must_use]
    pub const fn is_certified(self) -> bool {
        match self {
            Self::NotEligible | Self::ProgramTarget => false,
            Self::Support1
            | Self::Support2
            | Self::Care1
            | Self::Care2
            | Self::Care3
            | Self::Care4
            | Self::Care5 => true,
        }
    }
}

terms! {
    /// 資格喪失の事由: why a person left the books [domain 1.5].
    LossReason {
        /// 転出.
        MovedOut = "moved_out", "転出";
        /// 死亡.
        Died = "died", "死亡";
        /// 誤登録.
        Mistaken = "mistaken", "誤登録";
        /// 資格喪失 (適用除外 and the like).
        Lost = "lost", "資格喪失";
    }
}

terms! {
    /// 同意の状態 in the books.
    ConsentState {
        /// 同意.
        Given = "given", "同意";
        /// 不同意.
        Refused = "refused", "不同意";
        /// 空欄: the box was left blank; nothing is known.
        Blank = "blank", "空欄";
        /// 撤回.
        Withdrawn = "withdrawn", "撤回";
    }
}

terms! {
    /// 申請書の同意欄 as it was filled in.
    ConsentBox {
        /// 同意する.
        Given = "given", "同意する";
        /// 同意しない.
        Refused = "refused", "同意しない";
        /// 空欄.
        Blank = "blank", "空欄";
    }
}

terms! {
    /// 申請書の様式: the old wording covers less than the platform needs.
    ApplicationForm {
        /// 旧様式 (before 2026-04-01).
        Before2026 = "before_2026", "旧様式";
        /// 新様式 (from 2026-04-01), with the new consent box.
        From2026 = "from_2026", "新様式";
    }
}

terms! {
    /// 同意の取得者 as the municipality's books know it.
    ConsentTaker {
        /// 自治体.
        Municipality = "municipality", "自治体";
        /// 介護事業所 (received from the platform).
        Office = "office", "介護事業所";
    }
}

terms! {
    /// 認定申請区分 [domain 6.6].
    ApplicationType {
        /// 新規.
        New = "new", "新規";
        /// 更新.
        Renewal = "renewal", "更新";
        /// 区分変更.
        Change = "change", "区分変更";
        /// 職権.
        ExOfficio = "ex_officio", "職権";
        /// 転入.
        TransferIn = "transfer_in", "転入";
    }
}

terms! {
    /// 調査実施場所.
    SurveyPlace {
        /// 自宅内.
        Home = "home", "自宅内";
        /// 自宅外.
        Elsewhere = "elsewhere", "自宅外";
    }
}

terms! {
    /// 負担割合.
    BurdenRatio {
        /// 1割.
        Ten = "1割", "1割";
        /// 2割.
        Twenty = "2割", "2割";
        /// 3割.
        Thirty = "3割", "3割";
    }
}

impl BurdenRatio {
    /// The person's own share in tenths.
    #[must_use]
    pub const fn tenths(self) -> u32 {
        match self {
            Self::Ten => 1,
            Self::Twenty => 2,
            Self::Thirty => 3,
        }
    }
}

terms! {
    /// 減免減額認定証の種類.
    ReductionType {
        /// 介護保険負担限度額認定証.
        BurdenLimit = "介護保険負担限度額認定証", "介護保険負担限度額認定証";
        /// 特定負担限度額認定証.
        SpecialBurdenLimit = "特定負担限度額認定証", "特定負担限度額認定証";
        /// 利用者負担額減額・免除認定証.
        UserShareReduction = "利用者負担額減額・免除認定証", "利用者負担額減額・免除認定証";
        /// 社会福祉法人等利用者負担軽減確認証.
        WelfareCorporation = "社会福祉法人等利用者負担軽減確認証", "社会福祉法人等利用者負担軽減確認証";
    }
}

terms! {
    /// 利用者負担段階.
    BurdenStage {
        /// 第1段階.
        Stage1 = "第1段階", "第1段階";
        /// 第2段階.
        Stage2 = "第2段階", "第2段階";
        /// 第3段階①.
        Stage3a = "第3段階①", "第3段階①";
        /// 第3段階②.
        Stage3b = "第3段階②", "第3段階②";
        /// 第4段階.
        Stage4 = "第4段階", "第4段階";
    }
}

terms! {
    /// 特定福祉用具の種目.
    EquipmentItem {
        /// 腰掛便座.
        CommodeSeat = "腰掛便座", "腰掛便座";
        /// 自動排泄処理装置の交換可能部品.
        ExcretionDevicePart = "自動排泄処理装置の交換可能部品", "自動排泄処理装置の交換可能部品";
        /// 排泄予測支援機器.
        ExcretionPrediction = "排泄予測支援機器", "排泄予測支援機器";
        /// 入浴補助用具.
        BathingAid = "入浴補助用具", "入浴補助用具";
        /// 簡易浴槽.
        PortableBath = "簡易浴槽", "簡易浴槽";
        /// 移動用リフトのつり具の部分.
        LiftSling = "移動用リフトのつり具の部分", "移動用リフトのつり具の部分";
    }
}

terms! {
    /// 介護保険の被保険者でない理由: why such a person must never be sent.
    NotInsuredReason {
        /// 仮番号: provisional number inside the vendor's system.
        Provisional = "仮番号", "仮番号";
        /// 被保険者でない生活保護受給者 (H番号).
        PublicAssistance = "被保険者でない生活保護受給者", "被保険者でない生活保護受給者";
        /// 他市町村の住民.
        OtherMunicipality = "他市町村の住民", "他市町村の住民";
    }
}

/// 被保険者区分: written as the number 1 or 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Category {
    /// 第1号被保険者 (65 and older).
    First,
    /// 第2号被保険者 (40 to 64, in the books only with a certification).
    Second,
}

impl From<Category> for u8 {
    fn from(category: Category) -> Self {
        match category {
            Category::First => 1,
            Category::Second => 2,
        }
    }
}

impl TryFrom<u8> for Category {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        match number {
            1 => Ok(Self::First),
            2 => Ok(Self::Second),
            other => Err(format!("被保険者区分は1か2です。受け取った値は{other}です")),
        }
    }
}
