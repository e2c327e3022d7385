//! 助成金: what offices and medical institutions get for preparing themselves
//! (briefing: 介護情報基盤の活用のための介護事業所等への支援（概要）, published).
//!
//! Amounts are yen, consumption tax included.

use jiff::civil::{Date, date};

/// First day on which applications are taken.
pub const SUBSIDY_FROM: Date = date(2025, 10, 17);
/// Last day; a continuation was undecided when the briefing was given (briefing: Q&A 助成金 No.1).
pub const SUBSIDY_TO: Date = date(2026, 3, 13);

/// 介護サービス種別, as the subsidy groups services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceGroup {
    /// 訪問・通所・短期滞在系.
    VisitDayShortStay,
    /// 居住・入所系.
    Residential,
    /// その他.
    Other,
}

/// Most readers and yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfficeLimit {
    /// カードリーダーの助成限度台数.
    pub readers: u32,
    /// 助成限度額, for readers and support together.
    pub yen: u64,
}

impl ServiceGroup {
    /// The group's limit.
    #[must_use]
    pub fn limit(self) -> OfficeLimit {
        let (readers, yen) = match self {
            Self::VisitDayShortStay => (3, 64_000),
            Self::Residential => (2, 55_000),
            Self::Other => (1, 42_000),
        };
        OfficeLimit { readers, yen }
    }

    /// The group for people.
    #[must_use]
    pub fn japanese(self) -> &'static str {
        match self {
            Self::VisitDayShortStay => "訪問・通所・短期滞在系",
            Self::Residential => "居住・入所系",
            Self::Other => "その他",
        }
    }
}

impl OfficeLimit {
    /// The limit of an office that provides several services: theirs added up. That each service counts, and
    /// that readers add up as yen do, is our reading of 「介護サービス種別に応じた助成限度額の合計」 (推定).
    #[must_use]
    pub fn of(services: &[ServiceCode]) -> Self {
        let limits = services.iter().map(|service| service.group().limit());
        limits.fold(Self::default(), |sum, limit| Self {
            readers: sum.readers + limit.readers,
            yen: sum.yen + limit.yen,
        })
    }
}

/// サービス種類コード of a service that is subsidised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServiceCode {
    place: usize,
}

/// Code, name, group. The codes are those of claims; the group follows from the name, since the annex that lists
/// both is not at hand (推定).
const SERVICES: [(&str, &str, ServiceGroup); 25] = {
    use ServiceGroup::{Other, Residential, VisitDayShortStay};
    [
        ("11", "訪問介護", VisitDayShortStay),
        ("12", "訪問入浴介護", VisitDayShortStay),
        ("13", "訪問看護", VisitDayShortStay),
        ("14", "訪問リハビリテーション", VisitDayShortStay),
        ("15", "通所介護", VisitDayShortStay),
        ("16", "通所リハビリテーション", VisitDayShortStay),
        ("17", "福祉用具貸与", Other),
        ("21", "短期入所生活介護", VisitDayShortStay),
        (
            "22",
            "短期入所療養介護（介護老人保健施設）",
            VisitDayShortStay,
        ),
        ("2A", "短期入所療養介護（介護医療院）", VisitDayShortStay),
        ("31", "居宅療養管理指導", Other),
        ("32", "認知症対応型共同生活介護", Residential),
        ("33", "特定施設入居者生活介護", Residential),
        ("36", "地域密着型特定施設入居者生活介護", Residential),
        ("43", "居宅介護支援", Other),
        ("51", "介護福祉施設サービス", Residential),
        ("52", "介護保健施設サービス", Residential),
        (
            "54",
            "地域密着型介護老人福祉施設入所者生活介護",
            Residential,
        ),
        ("55", "介護医療院サービス", Residential),
        ("71", "夜間対応型訪問介護", VisitDayShortStay),
        ("72", "認知症対応型通所介護", VisitDayShortStay),
        ("73", "小規模多機能型居宅介護", VisitDayShortStay),
        ("76", "定期巡回・随時対応型訪問介護看護", VisitDayShortStay),
        ("77", "看護小規模多機能型居宅介護", VisitDayShortStay),
        ("78", "地域密着型通所介護", VisitDayShortStay),
    ]
};

/// 介護予防支援, which a 地域包括支援センター provides, and what it is read as.
const READ_AS: (&str, &str) = ("46", "43");

impl ServiceCode {
    /// Reads a code; 介護予防支援 (46) is read as 居宅介護支援 (43) (briefing: Q&A 助成金 No.3).
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        let (preventive, plan) = READ_AS;
        let sought = if code == preventive { plan } else { code };
        let place = SERVICES.iter().position(|(code, ..)| *code == sought)?;
        Some(Self { place })
    }

    /// The code, after reading.
    #[must_use]
    pub fn code(self) -> &'static str {
        SERVICES[self.place].0
    }

    /// The service's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        SERVICES[self.place].1
    }

    /// Its group.
    #[must_use]
    pub fn group(self) -> ServiceGroup {
        SERVICES[self.place].2
    }
}

/// A medical institution that writes 主治医意見書.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Institution {
    /// 病院, with its beds.
    Hospital {
        /// 病床数.
        beds: u32,
    },
    /// 診療所.
    Clinic,
}

/// What share of the cost an institution gets, and up to how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstitutionRate {
    /// 補助率, as a fraction.
    pub share: (u64, u64),
    /// 助成限度額, yen.
    pub yen: u64,
}

impl Institution {
    /// Its rate.
    #[must_use]
    pub fn rate(self) -> InstitutionRate {
        match self {
            Self::Hospital { beds: 200.. } => InstitutionRate {
                share: (1, 2),
                yen: 550_000,
            },
            Self::Hospital { .. } | Self::Clinic => InstitutionRate {
                share: (3, 4),
                yen: 398_000,
            },
        }
    }

    /// What it gets for a cost; fractions of a yen are dropped (assumed).
    #[must_use]
    pub fn subsidy(self, cost: u64) -> u64 {
        let InstitutionRate {
            share: (numerator, denominator),
            yen,
        } = self.rate();
        // The limit is small: a cost so high that it cannot be multiplied is past it.
        cost.checked_mul(numerator)
            .map_or(yen, |share| (share / denominator).min(yen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn services(codes: &[&str]) -> Vec<ServiceCode> {
        let read = codes.iter().map(|code| ServiceCode::read(code));
        read.collect::<Option<_>>().expect("known codes")
    }

    #[test]
    fn limits_are_those_of_the_briefing_and_add_up() {
        for (codes, readers, yen) in [
            (&["11"][..], 3, 64_000),
            (&["51"], 2, 55_000),
            (&["43"], 1, 42_000),
            (&["46"], 1, 42_000),
            (&["15", "43"], 4, 106_000),
            (&["15", "51", "43"], 6, 161_000),
            (&["11", "15"], 6, 128_000),
            (&[], 0, 0),
        ] {
            let limit = OfficeLimit::of(&services(codes));
            assert_eq!(limit, OfficeLimit { readers, yen }, "{codes:?}");
        }
    }

    #[test]
    fn a_support_centre_is_read_as_a_plan_office() {
        let read = ServiceCode::read("46").expect("read");
        assert_eq!((read.code(), read.name()), ("43", "居宅介護支援"));
        assert_eq!(ServiceCode::read("99"), None);
    }

    #[test]
    fn institutions_get_half_or_three_quarters_up_to_their_limit() {
        let large = Institution::Hospital { beds: 200 };
        let small = Institution::Hospital { beds: 199 };
        for (institution, cost, subsidy) in [
            (large, 1_000_000, 500_000),
            (large, 1_100_000, 550_000),
            (large, 1_100_002, 550_000),
            (large, u64::MAX, 550_000),
            (small, 400_000, 300_000),
            (small, 530_666, 397_999),
            (small, 530_667, 398_000),
            (small, u64::MAX, 398_000),
            (Institution::Clinic, 1, 0),
            (Institution::Clinic, 2_000_000, 398_000),
        ] {
            assert_eq!(institution.subsidy(cost), subsidy, "{institution:?} {cost}");
        }
    }
}
