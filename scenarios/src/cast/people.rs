//! 人: who is meant by a word.

use jiff::civil::{Date, date};

use super::CastError;
use crate::ledger::{ApplicationForm, Category, ConsentState, Ledger, NotInsuredReason, Person};

/// Who a word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An insured person of the books.
    Insured {
        /// 被保険者番号.
        insured_number: String,
    },
    /// Somebody of whom no record may leave.
    NotInsured {
        /// The number used in the vendor's own books.
        provisional_number: String,
        /// 個人番号.
        my_number: Option<String>,
    },
    /// 新しい被保険者: not in the books yet.
    Newcomer,
}

type Fits = fn(&Person) -> bool;

/// A word for an insured person: who fits, and whether the person must be plain (第1号, in the
/// books, disclosed, with a sendable name).
pub(super) struct Role {
    pub(super) word: &'static str,
    is_plain: bool,
    is_needed_before_consents: bool,
    fits: Fits,
}

const fn plain(word: &'static str, fits: Fits) -> Role {
    Role {
        word,
        is_plain: true,
        is_needed_before_consents: true,
        fits,
    }
}

const fn special(word: &'static str, fits: Fits) -> Role {
    Role {
        word,
        is_plain: false,
        is_needed_before_consents: true,
        fits,
    }
}

const fn consent(word: &'static str, fits: Fits) -> Role {
    Role {
        word,
        is_plain: false,
        is_needed_before_consents: false,
        fits,
    }
}

/// Every word, the rarest first, so that common words do not take the people that rare ones need.
pub(super) const ROLES: &[Role] = &[
    special("外字の名前の人", |person| {
        person.lost.is_none() && person.name.chars().any(is_private_use)
    }),
    special("外国人の長い名前の人", |person| {
        person.lost.is_none()
            && person.kana.chars().count() >= 30
            && person.kana.contains(['・', '　'])
    }),
    special("まれな漢字の名前の人", |person| {
        person.lost.is_none()
            && person.name.chars().any(is_rare)
            && !person.name.chars().any(is_private_use)
    }),
    special("不開示の人", |person| {
        person.lost.is_none() && person.not_disclosed
    }),
    special("2号の人", |person| {
        person.lost.is_none() && person.category == Category::Second && !person.not_disclosed
    }),
    special("資格を失った人", |person| person.lost.is_some()),
    consent("同意を撤回した人", |person| {
        has_consent(person, ConsentState::Withdrawn)
    }),
    consent("同意しなかった人", |person| {
        has_consent(person, ConsentState::Refused)
    }),
    consent("同意欄が無記入の人", |person| {
        has_consent(person, ConsentState::Blank)
    }),
    consent("同意した人", |person| {
        has_consent(person, ConsentState::Given)
    }),
    special("旧様式で同意した人", |person| {
        person.lost.is_none()
            && person.consent.as_ref().is_some_and(|consent| {
                consent.form == ApplicationForm::Before2026 && consent.state == ConsentState::Given
            })
    }),
    plain("先頭に0が並ぶ番号の人", |person| {
        person.insured_number.starts_with("00000")
    }),
    plain("認定を受けた人", |person| {
        person.is_certified()
            && !person.burden_ratios.is_empty()
            && person.consent.is_none()
            && person
                .applications
                .last()
                .is_some_and(|application| application.decision.is_some())
    }),
    plain("小さいカナのある名前の人", |person| {
        person.kana.chars().any(is_small_kana)
    }),
    plain("検査数字の合わない番号の人", |person| {
        !person.insured_number.starts_with("00000") && !optional_digit_fits(&person.insured_number)
    }),
    plain("証の履歴がある人", |person| person.cards.len() >= 2),
    plain("認定を受けていない人", |person| {
        person.applications.is_empty()
    }),
];

impl Role {
    /// Whether a town as of this day must have the person.
    pub(super) fn is_needed(&self, as_of: Date) -> bool {
        self.is_needed_before_consents || as_of >= date(2026, 7, 1)
    }

    pub(super) fn is_played_by(&self, person: &Person) -> bool {
        (!self.is_plain || is_plain(person)) && (self.fits)(person)
    }
}

/// Casts every role in the order of the roles, nobody twice.
pub(super) fn cast(people: &[Person]) -> Vec<(&'static str, usize)> {
    let mut taken = Vec::new();
    for role in ROLES {
        let found = people.iter().enumerate().position(|(index, person)| {
            role.is_played_by(person) && !taken.iter().any(|(_, other)| *other == index)
        });
        if let Some(index) = found {
            taken.push((role.word, index));
        }
    }
    taken
}

/// Who a word means in the books as they were loaded: a word keeps its person whatever happens
/// to the person later.
///
/// # Errors
/// The word is not on the list, or nobody fits.
pub fn subject(ledger: &Ledger, word: &str) -> Result<Subject, CastError> {
    if word == "新しい被保険者" {
        return Ok(Subject::Newcomer);
    }
    let outsider = match word {
        "仮番号の人" => Some(NotInsuredReason::Provisional),
        "被保険者でない生活保護受給者" => Some(NotInsuredReason::PublicAssistance),
        "他市町村の住民" => Some(NotInsuredReason::OtherMunicipality),
        _ => None,
    };
    if let Some(reason) = outsider {
        let found = ledger.not_insured_because(reason);
        return found
            .map(|person| Subject::NotInsured {
                provisional_number: person.provisional_number.clone(),
                my_number: Some(person.my_number.clone()),
            })
            .ok_or(CastError::Nobody {
                word: "被保険者でない人",
            });
    }
    let role =
        ROLES
            .iter()
            .find(|role| role.word == word)
            .ok_or_else(|| CastError::UnknownWord {
                list: "人",
                word: word.to_owned(),
            })?;
    cast(&ledger.people)
        .into_iter()
        .find(|(name, _)| *name == role.word)
        .map(|(_, index)| Subject::Insured {
            insured_number: ledger.people[index].insured_number.clone(),
        })
        .ok_or(CastError::Nobody { word: role.word })
}

fn is_plain(person: &Person) -> bool {
    person.category == Category::First
        && person.lost.is_none()
        && !person.not_disclosed
        && person.previous_numbers.is_empty()
        && !person
            .name
            .chars()
            .any(|name| is_private_use(name) || is_rare(name))
}

fn has_consent(person: &Person, state: ConsentState) -> bool {
    person.lost.is_none()
        && person.consent.as_ref().is_some_and(|consent| {
            consent.form == ApplicationForm::From2026
                && consent.state == state
                && consent.on >= date(2026, 4, 1)
        })
}

fn is_private_use(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

fn is_rare(character: char) -> bool {
    !is_private_use(character)
        && (character > '\u{FFFF}' || matches!(character, '\u{FE00}'..='\u{FE0F}'))
}

fn is_small_kana(character: char) -> bool {
    matches!(
        character,
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヴ'
    )
}

/// Whether the last digit is what an insurer's own modulus-10 scheme would give [domain 6.2].
fn optional_digit_fits(number: &str) -> bool {
    let digits: Vec<u32> = number
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .collect();
    let Some((last, rest)) = digits.split_last() else {
        return false;
    };
    let sum: u32 = rest
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let product = digit * if place % 2 == 0 { 2 } else { 1 };
            product / 10 + product % 10
        })
        .sum();
    (10 - sum % 10) % 10 == *last
}
