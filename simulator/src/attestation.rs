//! 自己申告: what only an insurer can know, attested by a named person, and what the world makes of it.
//!
//! An attestation is an input like any other: it stands in the journal of its run and is never remembered from
//! an earlier one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::calendar::wareki;
use crate::domain::{Insurer, InsurerNumber, Insurers};
use crate::portal::Refusal;
use crate::profile::CalendarSettings;

/// A person of an insurer says that something is so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// 保険者番号.
    pub insurer: String,
    /// What is attested.
    pub what: AttestedMatter,
    /// Who says so: post and name.
    pub person: String,
    /// The day it was done, made or found.
    pub on: Date,
    /// What that rests on: a paper, its number, where it lies.
    pub reason: String,
}

impl Attestation {
    /// What a complete attestation falls short of, in Japanese; nothing if it fulfils the rule.
    #[must_use]
    pub fn shortfall(&self, calendar: &CalendarSettings) -> Option<String> {
        shortfall(self, calendar)
    }
}

/// What can be attested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttestedMatter {
    /// 特定個人情報保護評価（PIA）を実施した [PREP-04].
    PrivacyAssessment,
    /// 国保連合会・国保中央会との3者契約を結んだ [PREP-05].
    ThreePartyContract,
    /// 3者契約は要らない: 地域支援事業の実施主体ではない [UNION-05].
    NoContractNeeded,
    /// 連携機能を含む標準化対応を終えた [SCHED-09].
    Standardisation,
}

impl AttestedMatter {
    /// For people.
    #[must_use]
    pub fn japanese(self) -> &'static str {
        match self {
            Self::PrivacyAssessment => "特定個人情報保護評価（PIA）の実施",
            Self::ThreePartyContract => "国保連合会・国保中央会との3者契約の締結",
            Self::NoContractNeeded => "3者契約が不要であること",
            Self::Standardisation => "標準化対応の完了",
        }
    }
}

/// What the world answers to an attestation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AttestationAnswer {
    /// Whether it was taken.
    pub done: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// Whether what is attested fulfils the rule.
    pub fulfils: bool,
    /// What falls short of the rule, in Japanese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortfall: Option<String>,
}

/// Judges an attestation: refused if it is incomplete, in the future or not the insurer's to make; otherwise
/// taken, with what the rule says to it.
#[must_use]
pub(crate) fn judge(
    attestation: &Attestation,
    insurers: &Insurers,
    calendar: &CalendarSettings,
    today: Date,
) -> AttestationAnswer {
    match check(attestation, insurers, today) {
        Ok(()) => {
            let shortfall = shortfall(attestation, calendar);
            AttestationAnswer {
                done: true,
                refusal: None,
                fulfils: shortfall.is_none(),
                shortfall,
            }
        }
        Err(refusal) => AttestationAnswer {
            refusal: Some(refusal),
            ..AttestationAnswer::default()
        },
    }
}

fn check(attestation: &Attestation, insurers: &Insurers, today: Date) -> Result<(), Refusal> {
    let number = attestation.insurer.trim().parse::<InsurerNumber>();
    let insurer = number.ok().and_then(|number| insurers.get(number));
    let Some(insurer) = insurer else {
        let came = format!("台帳にない番号「{}」", attestation.insurer);
        return Err(Refusal::new(
            "unknown_insurer",
            "申告する人",
            "台帳にある保険者番号",
            came,
        ));
    };
    let matter = attestation.what.japanese();
    let name = insurer.name.as_str();
    if attestation.person.trim().is_empty() {
        let came = format!("申告者のない{matter}の申告");
        return Err(Refusal::new(
            "attestation_person",
            name,
            "申告する人の職と氏名",
            came,
        ));
    }
    if attestation.reason.trim().is_empty() {
        let came = format!("根拠のない{matter}の申告");
        return Err(Refusal::new(
            "attestation_reason",
            name,
            "根拠（文書の名称、番号、所在）",
            came,
        ));
    }
    if attestation.on > today {
        let expected = format!("今日（{}）までの日付", wareki::day(today));
        let came = wareki::day(attestation.on);
        return Err(Refusal::new("attestation_future", name, expected, came));
    }
    check_who(attestation.what, insurer, insurers)
}

/// Whose matter it is.
fn check_who(what: AttestedMatter, insurer: &Insurer, insurers: &Insurers) -> Result<(), Refusal> {
    let runs_project = insurers.runs_support_project(insurer.number);
    let name = &insurer.name;
    let matter = what.japanese();
    match what {
        AttestedMatter::PrivacyAssessment | AttestedMatter::ThreePartyContract if !runs_project => {
            Err(Refusal::new(
                "not_the_insurers",
                "地域支援事業の実施主体である保険者",
                format!("地域支援事業の実施主体による{matter}の申告"),
                format!("実施主体ではない{name}の申告"),
            ))
        }
        AttestedMatter::NoContractNeeded if runs_project => Err(Refusal::new(
            "contract_needed",
            name,
            AttestedMatter::ThreePartyContract.japanese(),
            format!("地域支援事業の実施主体である{name}の、契約が不要という申告"),
        )),
        AttestedMatter::Standardisation => match insurers.connection(insurer.number) {
            Ok(_) => Ok(()),
            Err(why) => Err(Refusal::new(
                "not_the_insurers",
                "PMHに接続する保険者",
                format!("PMHに接続する保険者による{matter}の申告"),
                why,
            )),
        },
        AttestedMatter::PrivacyAssessment
        | AttestedMatter::ThreePartyContract
        | AttestedMatter::NoContractNeeded => Ok(()),
    }
}

/// What a complete attestation falls short of.
fn shortfall(attestation: &Attestation, calendar: &CalendarSettings) -> Option<String> {
    let on = attestation.on;
    match attestation.what {
        AttestedMatter::ThreePartyContract => {
            // The contract is dated the day the law comes into force, for everybody.
            let day = calendar.law_in_force.value;
            (on != day).then(|| {
                format!(
                    "3者契約の締結日は全国一律で{}です。申告された日は{}です",
                    wareki::day(day),
                    wareki::day(on)
                )
            })
        }
        AttestedMatter::Standardisation => {
            let day = calendar.conformity_date.value;
            (on > day).then(|| {
                format!(
                    "標準化対応は適合基準日（{}）までに終えます。申告された日は{}です",
                    wareki::day(day),
                    wareki::day(on)
                )
            })
        }
        AttestedMatter::PrivacyAssessment | AttestedMatter::NoContractNeeded => None,
    }
}
