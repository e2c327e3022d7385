//! The closed word lists of a catalogue entry.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How binding a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 必須: a violation can end in 不合格.
    Must,
    /// 推奨: a violation ends in 推奨未達 at most.
    Should,
    /// 任意: allowed; what is tried is that nobody is failed for it.
    May,
}

/// 根拠の確かさ: how far a verdict on the rule may go (design decision 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// 明記: said in a source document. The only standing that can end in 不合格 by default.
    Stated,
    /// 導出: follows from what is stated.
    Inferred,
    /// 類推: the rule of a sibling official interface.
    Analog,
    /// 未確定: the sources disagree or leave it open; ends in 要確認.
    Ambiguous,
    /// 想定: invented so that a run is possible; never a verdict on its own.
    Assumed,
}

/// Who has to keep the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    /// 介護保険システム, the system under test.
    Vendor,
    /// 保険者: the municipality's own duty.
    Insurer,
    /// PMH (simulated).
    Pmh,
    /// 介護情報基盤 (simulated).
    Platform,
    /// オンライン資格確認等システム and 中間サーバー (simulated).
    Qualification,
    /// 介護保険資格確認等WEBサービス (simulated).
    Careweb,
    /// マイナポータル (simulated).
    Mynaportal,
    /// 介護情報基盤ポータル (simulated).
    Portal,
    /// 医療機関 (simulated).
    Medical,
    /// 認定審査会 (simulated).
    Board,
}

/// 連携方式: how the vendor reaches PMH.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// 方式①: API連携・バッチ処理.
    Api,
    /// 方式②: ファイル連携.
    File,
}

/// How a rule is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verify {
    /// シナリオ: a scenario of a feature file.
    Scenario,
    /// 監視: watched on every event of every run.
    Monitor,
    /// 法則: a property test over random business histories.
    Law,
    /// 証明: a named person confirms, with evidence.
    Attestation,
    /// 試験不能: cannot be seen from outside, with the reason.
    Untestable,
}

impl Mode {
    /// Both modes, in the order of the briefing.
    pub const ALL: [Self; 2] = [Self::Api, Self::File];

    /// The mode as a tester knows it.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Api => "方式①",
            Self::File => "方式②",
        }
    }

    /// The name with what it means.
    #[must_use]
    pub const fn long_ja(self) -> &'static str {
        match self {
            Self::Api => "方式①（API連携・バッチ処理）",
            Self::File => "方式②（ファイル連携）",
        }
    }

    /// What it means, without its number.
    #[must_use]
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Api => "API連携・バッチ処理",
            Self::File => "ファイル連携",
        }
    }

    /// The word on the command line and in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::File => "file",
        }
    }

    /// The mode of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.id() == word)
    }
}

impl Verify {
    /// Every kind, in the order reports list them.
    pub const ALL: [Self; 5] = [
        Self::Scenario,
        Self::Monitor,
        Self::Law,
        Self::Attestation,
        Self::Untestable,
    ];

    /// The kind as a tester knows it.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Scenario => "シナリオ",
            Self::Monitor => "監視",
            Self::Law => "法則",
            Self::Attestation => "証明",
            Self::Untestable => "試験不能",
        }
    }
}

impl Level {
    /// The level as a tester knows it.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Must => "必須",
            Self::Should => "推奨",
            Self::May => "任意",
        }
    }
}

impl Standing {
    /// The standing as a tester knows it.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Stated => "明記",
            Self::Inferred => "導出",
            Self::Analog => "類推",
            Self::Ambiguous => "未確定",
            Self::Assumed => "想定",
        }
    }

    /// The word in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::Analog => "analog",
            Self::Ambiguous => "ambiguous",
            Self::Assumed => "assumed",
        }
    }

    /// What a violation of such a rule can come to.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Stated => "出典に書かれている。違反は不合格になり得る。",
            Self::Inferred => "出典の記述から導かれる。違反は推奨未達まで（--strict では不合格）。",
            Self::Analog => "同種の公式仕様に倣う。違反は推奨未達まで（--strict では不合格）。",
            Self::Ambiguous => "出典が食い違う、または決めていない。結果は要確認。",
            Self::Assumed => "実行のために置いた想定。違反はそれだけでは判定にならず、要確認。",
        }
    }
}

impl Party {
    /// The Japanese name.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Vendor => "介護保険システム",
            Self::Insurer => "保険者",
            Self::Pmh => "PMH",
            Self::Platform => "介護情報基盤",
            Self::Qualification => "オンライン資格確認等システム",
            Self::Careweb => "介護保険資格確認等WEBサービス",
            Self::Mynaportal => "マイナポータル",
            Self::Portal => "介護情報基盤ポータル",
            Self::Medical => "医療機関",
            Self::Board => "認定審査会",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.ja())
    }
}

impl fmt::Display for Verify {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.ja())
    }
}
