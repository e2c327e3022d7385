//! 語: 人, and what the books must say about the person.

use crate::ledger::{ApplicationForm, Category, Consent, ConsentState, NotInsuredReason, Person};
use crate::town::office_number_is_valid;

use super::rows;
use super::words::words;

words! {
    /// 語: 人.
    Role of "人" {
        /// Certified, with everything that the daily changes of the scenarios start from.
        Certified = "認定を受けた人";
        /// No application at all.
        NotCertified = "認定を受けていない人";
        /// Two or more cards, with days between the two newest ones.
        WithCardHistory = "証の履歴がある人";
        /// 第2号.
        SecondCategory = "2号の人";
        /// 不開示.
        NotDisclosed = "不開示の人";
        /// A private-use character in the name.
        Gaiji = "外字の名前の人";
        /// A character beyond U+FFFF or a variation selector in the name.
        RareKanji = "まれな漢字の名前の人";
        /// A small kana or ヴ in the kana.
        SmallKana = "小さいカナのある名前の人";
        /// Kana of 30 characters or more.
        LongForeignName = "外国人の長い名前の人";
        /// Consent given on the new form.
        ConsentGiven = "同意した人";
        /// Consent refused on the new form.
        ConsentRefused = "同意しなかった人";
        /// Consent withdrawn.
        ConsentWithdrawn = "同意を撤回した人";
        /// Consent given on the old form only.
        ConsentOldForm = "旧様式で同意した人";
        /// The box of the new form left blank.
        ConsentBlank = "同意欄が無記入の人";
        /// Lost before the books' day.
        Lost = "資格を失った人";
        /// 被保険者番号 whose last digit is no check digit.
        WrongCheckDigit = "検査数字の合わない番号の人";
        /// 被保険者番号 that begins with 00000.
        LeadingZeros = "先頭に0が並ぶ番号の人";
        /// 仮番号.
        Provisional = "仮番号の人";
        /// H番号.
        PublicAssistance = "被保険者でない生活保護受給者";
        /// Lives in another municipality.
        OtherMunicipality = "他市町村の住民";
        /// Not in the books yet.
        Newcomer = "新しい被保険者";
    }
}

/// Characters of kana from which a name counts as long.
const LONG_KANA: usize = 30;
const SMALL_KANA: &str = "ァィゥェォッャュョヮヴ";

/// Where the person of a word is found.
pub(super) enum Place {
    /// Among the insured people.
    People,
    /// Among those who are not insured, for this reason.
    NotInsured(NotInsuredReason),
    /// Nowhere yet.
    Nowhere,
}

impl Role {
    /// The order in which the words choose among the insured people: the rare ones first.
    pub(super) const CHOOSING: [Self; 17] = [
        Self::Gaiji,
        Self::LongForeignName,
        Self::RareKanji,
        Self::SecondCategory,
        Self::NotDisclosed,
        Self::ConsentWithdrawn,
        Self::ConsentRefused,
        Self::ConsentBlank,
        Self::ConsentOldForm,
        Self::ConsentGiven,
        Self::Lost,
        Self::LeadingZeros,
        Self::SmallKana,
        Self::WithCardHistory,
        Self::Certified,
        Self::NotCertified,
        Self::WrongCheckDigit,
    ];

    /// Answers on the new form, which a town of the first months cannot have yet.
    pub(super) const ON_NEW_FORM: [Self; 4] = [
        Self::ConsentGiven,
        Self::ConsentRefused,
        Self::ConsentWithdrawn,
        Self::ConsentBlank,
    ];

    pub(super) const fn place(self) -> Place {
        match self {
            Self::Provisional => Place::NotInsured(NotInsuredReason::Provisional),
            Self::PublicAssistance => Place::NotInsured(NotInsuredReason::PublicAssistance),
            Self::OtherMunicipality => Place::NotInsured(NotInsuredReason::OtherMunicipality),
            Self::Newcomer => Place::Nowhere,
            Self::Certified
            | Self::NotCertified
            | Self::WithCardHistory
            | Self::SecondCategory
            | Self::NotDisclosed
            | Self::Gaiji
            | Self::RareKanji
            | Self::SmallKana
            | Self::LongForeignName
            | Self::ConsentGiven
            | Self::ConsentRefused
            | Self::ConsentWithdrawn
            | Self::ConsentOldForm
            | Self::ConsentBlank
            | Self::Lost
            | Self::WrongCheckDigit
            | Self::LeadingZeros => Place::People,
        }
    }

    /// Whether the person of the books fits the word. Nobody fits the words for those who are not in them.
    pub(super) fn fits(self, person: &Person) -> bool {
        let number = person.insured_number.as_str();
        match self {
            Self::Certified => is_plain(person) && is_usually_certified(person),
            Self::NotCertified => {
                is_plain(person) && person.applications.is_empty() && person.care_level().is_none()
            }
            Self::WithCardHistory => is_plain(person) && rows::day_between(&person.cards).is_some(),
            Self::SecondCategory => {
                is_open(person) && !person.has_gaiji() && person.category == Category::Second
            }
            Self::NotDisclosed => {
                person.lost.is_none() && person.not_disclosed && !person.has_gaiji()
            }
            Self::Gaiji => is_open(person) && person.name.chars().any(is_private_use),
            Self::RareKanji => is_plain(person) && person.name.chars().any(is_rare),
            Self::SmallKana => {
                is_plain(person) && person.kana.chars().any(|kana| SMALL_KANA.contains(kana))
            }
            Self::LongForeignName => is_plain(person) && has_long_foreign_name(person),
            Self::ConsentGiven
            | Self::ConsentRefused
            | Self::ConsentWithdrawn
            | Self::ConsentOldForm
            | Self::ConsentBlank => is_plain(person) && role_of(person.consent) == Some(self),
            Self::Lost => person.lost.is_some(),
            // The one published formula for numbers of ten digits is that of 事業所番号 [domain 6.4].
            Self::WrongCheckDigit => is_plain(person) && !office_number_is_valid(number),
            Self::LeadingZeros => is_plain(person) && number.starts_with("00000"),
            Self::Provisional
            | Self::PublicAssistance
            | Self::OtherMunicipality
            | Self::Newcomer => false,
        }
    }
}

fn is_plain(person: &Person) -> bool {
    is_open(person)
        && person.category == Category::First
        && person.previous_numbers.is_empty()
        && !person.has_gaiji()
}

const fn is_open(person: &Person) -> bool {
    person.lost.is_none() && !person.not_disclosed
}

/// Certified, nothing under way, no answer about consent, something left of both allowances.
fn is_usually_certified(person: &Person) -> bool {
    let newest = person.applications.last();
    person.is_certified()
        && !person.burden_ratios.is_empty()
        && newest.is_some_and(|application| application.decision.is_some())
        && role_of(person.consent).is_none()
        && rows::allowances_suffice(person)
}

fn has_long_foreign_name(person: &Person) -> bool {
    person.kana.chars().count() >= LONG_KANA && person.kana.contains(['・', '　', ' '])
}

/// The word for how a person stands with consent; none if there is no answer that has one.
const fn role_of(consent: Option<Consent>) -> Option<Role> {
    let Some(consent) = consent else {
        return None;
    };
    match (consent.form, consent.state) {
        (ApplicationForm::From2026, ConsentState::Given) => Some(Role::ConsentGiven),
        (ApplicationForm::From2026, ConsentState::Refused) => Some(Role::ConsentRefused),
        (ApplicationForm::From2026, ConsentState::Withdrawn) => Some(Role::ConsentWithdrawn),
        (ApplicationForm::From2026, ConsentState::Blank) => Some(Role::ConsentBlank),
        (ApplicationForm::Before2026, ConsentState::Given) => Some(Role::ConsentOldForm),
        (
            ApplicationForm::Before2026,
            ConsentState::Refused | ConsentState::Withdrawn | ConsentState::Blank,
        ) => None,
    }
}

const fn is_private_use(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

const fn is_rare(character: char) -> bool {
    matches!(character, '\u{10000}'..='\u{EFFFF}' | '\u{FE00}'..='\u{FE0F}')
}
