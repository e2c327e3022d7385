//! 宣言 (declaration): what a vendor promises about its build.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::requirement::Mode;

/// Defines an enum of fixed words: the word in files and JSON, and its Japanese name.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal, $japanese:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every word, in the order of the guide.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in JSON and in vendor.toml.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The Japanese name.
            #[must_use]
            pub const fn japanese(self) -> &'static str {
                match self { $(Self::$variant => $japanese,)+ }
            }

            /// The value for a word, if it is one of the interface.
            #[must_use]
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

words! {
    /// 任意機能: what a build may have and must then declare.
    OptionalFunction {
        /// Whether a person's data are withheld can be looked up.
        DisclosureLookup = "disclosure_lookup", "不開示の照会";
        /// Board material goes through the platform.
        BoardMaterial = "board_material", "審査会資料の連携";
        /// Opinions written electronically are received.
        ElectronicOpinion = "electronic_opinion", "主治医意見書の電子的な受信";
        /// Plan requests are received.
        PlanRequest = "plan_request", "居宅サービス計画作成依頼届出の受信";
        /// Staff can see which characters were replaced.
        CharacterReplacementView = "character_replacement_view", "文字の置き換えの表示";
    }
}

words! {
    /// 業務日時の扱い: where a build takes its business date from.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    BusinessClock {
        /// It follows `set_business_time`.
        Follows = "follows", "試験の業務日時に従う";
        /// It reads the machine's clock; scenarios that move time become 試験不能.
        Machine = "machine", "機械の時計に従う";
    }
}

/// What is declared, in the vendor's file and in the answer to `declare` alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// 製品名
    pub product: String,
    /// ベンダー名
    pub vendor: String,
    /// 製品の版
    pub version: String,
    /// 対応する連携方式, at least one.
    pub modes: BTreeSet<Mode>,
    /// 対応する任意機能
    pub functions: BTreeSet<OptionalFunction>,
    /// 業務日時の扱い
    pub clock: BusinessClock,
}
