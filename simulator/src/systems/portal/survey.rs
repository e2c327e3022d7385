//! アンケート: reading an insurer's answer, and the three grounds for checking it again.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::calendar::Month;
use crate::domain::{InsurerKind, InsurerNumber, MailAddress, shown};
use crate::portal::{GroundTold, SurveyAnswer};

use super::context::PortalContext;
use super::state::Portal;

/// What an answer says, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) address: Option<MailAddress>,
    pub(super) vendor: Option<String>,
    pub(super) wished: Option<Month>,
    pub(super) deficiencies: Vec<Deficiency>,
}

/// What is missing or wrong in an answer (回答内容の不備).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deficiency {
    /// No mail address, or a text that is none.
    Address {
        /// What stands there.
        received: String,
    },
    /// No vendor.
    Vendor,
    /// No connection mode, or one that does not exist.
    Mode {
        /// What stands there.
        received: String,
    },
    /// No month of set-up, or a text that is none.
    Month {
        /// What stands there.
        received: String,
    },
    /// A month that ends before the law is in force (施行日).
    BeforeLaw {
        /// The month wished for.
        wished: Month,
        /// The first month that is possible.
        earliest: Month,
    },
    /// Another union than the register has, or none although there is one.
    Union {
        /// What stands there.
        received: String,
        /// The name of the union in the register.
        registered: Option<String>,
    },
}

impl fmt::Display for Deficiency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address { received } if received.is_empty() => {
                f.write_str("連絡先メールアドレスがありません")
            }
            Self::Address { received } => write!(
                f,
                "連絡先メールアドレス「{received}」が「名前@ドメイン」の形ではありません"
            ),
            Self::Vendor => f.write_str("システムのベンダ名がありません"),
            Self::Mode { received } if received.is_empty() => f.write_str("連携方式がありません"),
            Self::Mode { received } => write!(
                f,
                "連携方式は方式①（api）か方式②（file）です。受け取った値「{received}」"
            ),
            Self::Month { received } if received.is_empty() => {
                f.write_str("初期セットアップの希望年月がありません")
            }
            Self::Month { received } => write!(
                f,
                "初期セットアップの希望年月は「2026-11」の形です。受け取った値「{received}」"
            ),
            Self::BeforeLaw { wished, earliest } => write!(
                f,
                "初期セットアップの希望年月が施行日より前です（最も早い年月 {}、受け取った値 {}）",
                earliest.japanese(),
                wished.japanese()
            ),
            Self::Union {
                received,
                registered,
            } => {
                let came = if received.is_empty() {
                    "なし"
                } else {
                    received
                };
                let expected = registered.as_deref().unwrap_or("なし");
                write!(
                    f,
                    "所属する広域連合・一部事務組合が台帳と違います（台帳 {expected}、受け取った値 {came}）"
                )
            }
        }
    }
}

/// Why an answer has to be checked again: these three and no others [SCHED-02].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// 回答内容自体に不備がある.
    Deficient(Vec<Deficiency>),
    /// 広域連合・一部事務組合内で同タイミングでの初期セットアップが必要だが、回答された時期に齟齬がある.
    UnionMismatch {
        /// The month wished for.
        wished: Month,
        /// The other ones' months, by name.
        others: BTreeMap<String, Month>,
    },
    /// ベンダより受けた初期セットアップ可能時期と齟齬がある.
    VendorMismatch {
        /// The vendor.
        vendor: String,
        /// From when on it can.
        ready_from: Month,
        /// The month wished for.
        wished: Month,
    },
}

impl Ground {
    /// As the journal has it.
    #[must_use]
    pub fn told(&self) -> GroundTold {
        let kind = match self {
            Self::Deficient(_) => "deficient",
            Self::UnionMismatch { .. } => "union",
            Self::VendorMismatch { .. } => "vendor",
        };
        GroundTold {
            kind: kind.to_owned(),
            text: self.to_string(),
        }
    }
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deficient(deficiencies) => {
                let all: Vec<String> = deficiencies.iter().map(ToString::to_string).collect();
                write!(f, "回答内容に不備があります: {}", all.join("、"))
            }
            Self::UnionMismatch { wished, others } => {
                let others: Vec<String> = others
                    .iter()
                    .map(|(name, month)| format!("{name} {}", month.japanese()))
                    .collect();
                write!(
                    f,
                    "同じ時期の初期セットアップが必要な広域連合・一部事務組合の中で、希望年月がそろっていません（この回答 {}、ほかの回答 {}）",
                    wished.japanese(),
                    others.join("、")
                )
            }
            Self::VendorMismatch {
                vendor,
                ready_from,
                wished,
            } => write!(
                f,
                "ベンダ「{vendor}」が答えた初期セットアップ可能時期より前です（可能時期 {}から、この回答 {}）",
                ready_from.japanese(),
                wished.japanese()
            ),
        }
    }
}

/// Reads an answer.
pub(super) fn read(context: &PortalContext<'_>, answer: &SurveyAnswer) -> Reading {
    let mut deficiencies = Vec::new();
    let address = answer.contact_address.parse().ok();
    if address.is_none() {
        let received = shown(answer.contact_address.trim());
        deficiencies.push(Deficiency::Address { received });
    }
    let vendor = Some(answer.vendor.trim().to_owned()).filter(|vendor| !vendor.is_empty());
    if vendor.is_none() {
        deficiencies.push(Deficiency::Vendor);
    }
    if !matches!(answer.mode.trim(), "api" | "file") {
        let received = shown(answer.mode.trim());
        deficiencies.push(Deficiency::Mode { received });
    }
    let wished = match answer.wished_month.trim().parse::<Month>() {
        Ok(wished) => {
            let earliest = Month::of(context.law_in_force());
            if wished < earliest {
                deficiencies.push(Deficiency::BeforeLaw { wished, earliest });
            }
            Some(wished)
        }
        Err(error) => {
            let received = error.received;
            deficiencies.push(Deficiency::Month { received });
            None
        }
    };
    deficiencies.extend(union_deficiency(context, answer));
    Reading {
        address,
        vendor,
        wished,
        deficiencies,
    }
}

fn union_deficiency(context: &PortalContext<'_>, answer: &SurveyAnswer) -> Option<Deficiency> {
    let number: InsurerNumber = answer.insurer.parse().ok()?;
    let registered = match context.insurers.get(number)?.kind {
        InsurerKind::Member { union } => Some(union),
        InsurerKind::Municipality { .. }
        | InsurerKind::InsurerUnion
        | InsurerKind::CertificationUnion { .. } => None,
    };
    let received = answer.union.as_deref().unwrap_or_default().trim();
    let is_same = match registered {
        Some(union) => received == union.as_str(),
        None => received.is_empty(),
    };
    (!is_same).then(|| Deficiency::Union {
        received: shown(received),
        registered: registered.map(|union| {
            let name = context.insurers.name_of(union);
            format!("{name}（{union}）")
        }),
    })
}

/// The grounds that stand against an insurer's last answer, in the order of the briefing.
pub(super) fn grounds(
    portal: &Portal,
    context: &PortalContext<'_>,
    number: InsurerNumber,
) -> Vec<Ground> {
    let Some(reading) = portal.last_reading(number) else {
        return Vec::new();
    };
    let mut grounds = Vec::new();
    if !reading.deficiencies.is_empty() {
        grounds.push(Ground::Deficient(reading.deficiencies.clone()));
    }
    let Some(wished) = reading.wished else {
        return grounds;
    };
    let others: BTreeMap<String, Month> = context
        .insurers
        .set_up_together(number)
        .into_iter()
        .filter(|other| *other != number)
        .filter_map(|other| {
            let month = portal.last_reading(other)?.wished?;
            (month != wished).then(|| (context.insurers.name_of(other), month))
        })
        .collect();
    if !others.is_empty() {
        grounds.push(Ground::UnionMismatch { wished, others });
    }
    if let Some(vendor) = reading.vendor.clone()
        && let Some(&ready_from) = portal.vendors.get(&vendor)
        && wished < ready_from
    {
        grounds.push(Ground::VendorMismatch {
            vendor,
            ready_from,
            wished,
        });
    }
    grounds
}
