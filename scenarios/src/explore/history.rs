//! 流れ: what happens in a town for a while, in the sentences of the scenarios.

use std::fmt::{self, Write as _};

use jiff::civil::Date;
use tekigo_simulator::domain::calendar::wareki;

use crate::cast::{Beholder, CaseStage, Occasion, Role};

/// The office that takes consents in the histories.
const OFFICE: Beholder = Beholder::CareManager;

/// 流れ: a town, what goes wrong, and what people do, one after the other.
///
/// Every history is one that a right product masters: what follows the deeds gives it
/// the time and the transfers that it needs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct History {
    /// What it starts from.
    pub(super) start: Start,
    /// What goes wrong on the way.
    pub(super) trouble: Option<Mishap>,
    /// What people do.
    pub(super) deeds: Vec<Deed>,
}

/// What a history starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Start {
    /// Set-up is done.
    SetUp,
    /// Set-up begins with the first deed, and ends at once.
    Prepared,
    /// Set-up begins with the first deed, and PMH takes its time as long as the deeds last.
    PreparedAndSlow,
}

/// What goes wrong: a word of 語: 出来事 that both modes have, and that a right product masters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mishap {
    /// 回線の切断.
    LineDown,
    /// 応答の消失.
    AnswerLost,
    /// 処理結果の遅れ.
    ResultsLate,
}

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Deed {
    /// 職員が「…」の「…」を登録する.
    Register(Role, Occasion),
    /// 職員が「…」の認定を「…」まで進める.
    Advance(Role, CaseStage),
    /// 「…」が「…」の包括同意を得る, after the office has become responsible, and the transfer that brings it.
    TakeConsent(Role),
    /// 職員が連携を実行する.
    Transfer,
    /// 日付が…になる.
    Day(Date),
}

impl Mishap {
    const fn word(self) -> &'static str {
        match self {
            Self::LineDown => "回線の切断",
            Self::AnswerLost => "応答の消失",
            Self::ResultsLate => "処理結果の遅れ",
        }
    }
}

impl Deed {
    /// Whom it is about.
    pub(super) const fn role(self) -> Option<Role> {
        match self {
            Self::Register(who, _) | Self::Advance(who, _) | Self::TakeConsent(who) => Some(who),
            Self::Transfer | Self::Day(_) => None,
        }
    }

    fn sentences(self) -> Vec<String> {
        match self {
            Self::Register(who, what) => vec![format!("職員が「{who}」の「{what}」を登録する")],
            Self::Advance(who, stage) => {
                vec![format!("職員が「{who}」の認定を「{stage}」まで進める")]
            }
            Self::TakeConsent(who) => vec![
                format!("「{OFFICE}」が「{who}」の包括同意を得る"),
                TRANSFER.to_owned(),
            ],
            Self::Transfer => vec![TRANSFER.to_owned()],
            Self::Day(day) => vec![format!("日付が{}になる", wareki::day(day))],
        }
    }
}

const TRANSFER: &str = "職員が連携を実行する";
/// The sentence that begins a set-up.
const START: &str = "職員が初期セットアップを始める";

impl History {
    /// The rule that its scenario tries.
    #[must_use]
    pub(super) const fn rule(&self) -> &'static str {
        match self.start {
            Start::SetUp => "SYNC-01",
            Start::Prepared | Start::PreparedAndSlow => "SETUP-03",
        }
    }

    /// Sentences, the town and the claims included.
    #[must_use]
    pub fn lines(&self) -> usize {
        let (given, deeds, claims) = self.sentences();
        given.len() + deeds.len() + claims.len()
    }

    /// 前提, もし and ならば.
    fn sentences(&self) -> (Vec<String>, Vec<String>, Vec<String>) {
        let is_set_up = self.start == Start::SetUp;
        let town = if is_set_up {
            "「つきみ市」が初期セットアップを終えている"
        } else {
            "「つきみ市」が連携の準備を終えている"
        };
        let mut given = vec![town.to_owned()];
        let mut served: Vec<Role> = Vec::new();
        for deed in &self.deeds {
            if let Deed::TakeConsent(who) = deed
                && !served.contains(who)
            {
                given.push(format!("「{OFFICE}」が「{who}」を担当している"));
                served.push(*who);
            }
        }
        if self.start == Start::PreparedAndSlow {
            given.push("PMHの処理に時間がかかっている".to_owned());
        }
        if let Some(mishap) = self.trouble {
            let when = if is_set_up {
                "次の連携"
            } else {
                "初期セットアップ"
            };
            given.push(format!("{when}の途中で「{}」が起きる", mishap.word()));
        }
        let mut deeds: Vec<String> = Vec::new();
        if !is_set_up {
            deeds.push(START.to_owned());
        }
        deeds.extend(self.deeds.iter().flat_map(|deed| deed.sentences()));
        deeds.extend(self.closing().into_iter().map(str::to_owned));
        let mut claims = Vec::new();
        if !is_set_up {
            claims.push("初期セットアップが完了する".to_owned());
        }
        claims.push("基盤の記録が規則ごとに台帳と一致する".to_owned());
        (given, deeds, claims)
    }

    /// What a right product needs after the last deed: the end of what went wrong, and a transfer.
    fn closing(&self) -> Vec<&'static str> {
        let mut closing = Vec::new();
        match (self.start, self.trouble) {
            (Start::PreparedAndSlow, _) | (Start::SetUp, Some(Mishap::ResultsLate)) => {
                if self.start == Start::SetUp {
                    closing.push(TRANSFER);
                }
                closing.push("PMHの処理が終わる");
            }
            (Start::Prepared, Some(_)) => closing.push("職員が初期セットアップを続ける"),
            (Start::SetUp, Some(Mishap::LineDown | Mishap::AnswerLost)) => closing.push(TRANSFER),
            (Start::SetUp | Start::Prepared, None) => {}
        }
        closing.push(TRANSFER);
        closing
    }

    /// Its scenario, with its tags.
    pub(super) fn scenario(&self, title: &str) -> String {
        let mut text = String::new();
        let case = if self.trouble.is_some() {
            "異常系"
        } else {
            "正常系"
        };
        let _ = writeln!(text, "  @{} @必須 @{case}", self.rule());
        let _ = writeln!(text, "  シナリオ: {title}");
        let (given, deeds, claims) = self.sentences();
        for (keyword, sentences) in [("前提", given), ("もし", deeds), ("ならば", claims)] {
            for (place, sentence) in sentences.iter().enumerate() {
                let keyword = if place == 0 { keyword } else { "かつ" };
                let _ = writeln!(text, "    {keyword} {sentence}");
            }
        }
        text
    }
}

/// A feature file of histories, each with its title.
pub(super) fn feature<'h>(
    title: &str,
    about: &[&str],
    histories: impl IntoIterator<Item = (String, &'h History)>,
) -> String {
    let mut text = format!("# language: ja\n機能: {title}\n");
    for line in about {
        let _ = writeln!(text, "  {line}");
    }
    for (title, history) in histories {
        let _ = write!(text, "\n{}", history.scenario(&title));
    }
    text
}

impl fmt::Display for History {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (given, deeds, claims) = self.sentences();
        let all = given.iter().chain(&deeds).chain(&claims);
        for sentence in all {
            writeln!(formatter, "{sentence}")?;
        }
        Ok(())
    }
}
