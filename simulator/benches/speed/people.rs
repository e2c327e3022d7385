//! Invented people and their records, as a vendor would send them.

use std::fmt::Write as _;

use tekigo_simulator::domain::my_number_check_digit;

/// The insurer of every person here.
pub(super) const INSURER: &str = "139998";

/// What is sent of a person: the person, then three rows of history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    InsuranceCard,
    BurdenRatioCard,
    Certification,
}

impl Kind {
    /// In the order of set-up.
    pub(super) const ALL: [Self; 4] = [
        Self::Person,
        Self::InsuranceCard,
        Self::BurdenRatioCard,
        Self::Certification,
    ];

    /// The name in the profile.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::InsuranceCard => "insuranceCard",
            Self::BurdenRatioCard => "burdenRatioCard",
            Self::Certification => "certification",
        }
    }
}

/// The 個人番号 of a person, with its check digit.
pub(super) fn my_number(person: u32) -> u64 {
    // Far apart, so that nothing gains from numbers that follow each other.
    let first = 10_000_000_000 + u64::from(person) * 48_271 % 89_999_999_999;
    let digits = format!("{first:011}");
    let mut eleven = [b'0'; 11];
    eleven.copy_from_slice(digits.as_bytes());
    first * 10 + u64::from(my_number_check_digit(&eleven) - b'0')
}

/// The records of one kind of some people, as a JSON array.
pub(super) fn array(kind: Kind, people: impl IntoIterator<Item = u32>, out: &mut String) {
    out.clear();
    out.push('[');
    for (index, person) in people.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        record(kind, person, out);
    }
    out.push(']');
}

fn record(kind: Kind, person: u32, out: &mut String) {
    const SURNAMES: [(&str, &str); 4] = [
        ("月見", "ツキミ"),
        ("五十嵐", "イガラシ"),
        ("髙橋", "タカハシ"),
        ("野々村", "ノノムラ"),
    ];
    const NAMES: [(&str, &str); 3] = [
        ("花子", "ハナコ"),
        ("健一郎", "ケンイチロウ"),
        ("ミツ", "ミツ"),
    ];
    let n = person as usize;
    let (surname, surname_kana) = SURNAMES[n % 4];
    let (name, name_kana) = NAMES[n % 3];
    let (month, day) = (1 + n % 12, 1 + n % 28);
    write!(
        out,
        r#"{{"insurerNumber":"{INSURER}","insuredNumber":"{person:010}","#
    )
    .ok();
    match kind {
        Kind::Person => write!(
            out,
            r#""myNumber":"{:012}","basicFiveInfo":{{"name":"{surname}　{name}","nameKana":"{surname_kana}　{name_kana}","address":"つきみ市うさぎ町{}番地{}","dateOfBirth":"19{}-{month:02}-{day:02}","sex":"{}"}},"isNotDisclosed":false,"insuredCategory":"1","qualificationAcquiredDate":"2006-{month:02}-{day:02}","modificationSeg":"1"}}"#,
            my_number(person),
            1 + n % 300,
            1 + n % 20,
            30 + n % 30,
            1 + n % 2,
        ),
        Kind::InsuranceCard => write!(
            out,
            r#""historyKey":"1","isDeleted":false,"cardInsurerNumber":"{INSURER}","issueDate":"2025-{month:02}-{day:02}","careLevel":"2{}","certifiedDate":"2025-{month:02}-{day:02}","certificationFrom":"2025-{month:02}-01","certificationTo":"2028-{month:02}-28","benefitLimitUnits":{}}}"#,
            1 + n % 5,
            16_765 + n % 19_452,
        ),
        Kind::BurdenRatioCard => write!(
            out,
            r#""historyKey":"1","isDeleted":false,"issueDate":"2026-07-{day:02}","burdenRatio":"{}0","validFrom":"2026-08-01","validTo":"2027-07-31"}}"#,
            1 + n % 3,
        ),
        Kind::Certification => write!(
            out,
            r#""applicationNumber":"A2025{person:08}","isDeleted":false,"applicationDate":"2025-{month:02}-01","applicationType":"{}","decidedDate":"2025-{month:02}-28","careLevel":"2{1}","validFrom":"2025-{month:02}-01","validTo":"2028-{month:02}-28","firstJudgement":"2{1}","boardOpinion":"状態の変化に応じて、区分変更の申請をしてください。"}}"#,
            1 + n % 5,
            1 + n % 5,
        ),
    }
    .ok();
}
