use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::{InstitutionCode, OfficeNumber};
use crate::kernel::Moment;
use crate::profile::Profile;
use crate::systems::intermediate::{Identifier, PersonToken};
use crate::viewer::{CardReading, Denial, Reader};

use super::OnlineQualification;

/// A person's マイナンバーカード.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// The last day it can be used.
    pub expires: Date,
    /// Reported lost.
    pub is_lost: bool,
    /// Registered as a health-insurance card.
    pub is_insurance_card: bool,
}

/// Who has checked a person by card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckedBy {
    /// An office.
    Office(OfficeNumber),
    /// A medical institution.
    Institution(InstitutionCode),
}

/// Cards there are, and who has read whose when.
#[derive(Debug, Clone, Default)]
pub(super) struct Cards {
    issued: BTreeMap<PersonToken, Card>,
    checks: BTreeMap<(CheckedBy, Identifier), Moment>,
}

impl OnlineQualification {
    /// Notes a person's card as it is now.
    pub fn note_card(&mut self, person: PersonToken, card: Card) {
        self.cards.issued.insert(person, card);
    }

    /// Whose cards there are.
    pub fn holders(&self) -> impl Iterator<Item = PersonToken> {
        self.cards.issued.keys().copied()
    }

    /// Whose cards somebody has ever read.
    pub fn people_checked_by(&self, by: CheckedBy) -> impl Iterator<Item = Identifier> {
        self.cards
            .checks
            .keys()
            .filter(move |(checked_by, _)| *checked_by == by)
            .map(|(_, person)| *person)
    }

    /// When somebody last read the card of the person of an identifier.
    #[must_use]
    pub fn checked(&self, by: CheckedBy, person: Identifier) -> Option<Moment> {
        self.cards.checks.get(&(by, person)).copied()
    }
}

/// Reads a card and notes the check. Looked at in this order: the photo was compared with the
/// person; the card is there, not reported lost, not expired, registered as a health-insurance
/// card; the reader may read; the number is registered (briefing: 介護WEBサービスの利用 (2)).
///
/// # Errors
/// The first of these that fails; nothing has changed then.
pub fn read_card(
    system: &mut OnlineQualification,
    profile: &Profile,
    now: Moment,
    by: CheckedBy,
    reading: &CardReading,
) -> Result<Identifier, Denial> {
    if !reading.face_compared {
        return Err(Denial::FaceNotCompared);
    }
    let (person, card) = usable(system, now, &reading.card)?;
    if !card.is_insurance_card {
        return Err(Denial::CardNotInsurance);
    }
    let smartphone_from = profile.access().limits.smartphone_reading_from.value;
    if reading.reader == Reader::Smartphone && now.date() < smartphone_from {
        return Err(Denial::SmartphoneNotYet);
    }
    let identifier = system.identifier_of(person).ok_or(Denial::CardUnknown)?;
    system.cards.checks.insert((by, identifier), now);
    Ok(identifier)
}

/// The identifier of who logs in to マイナポータル with a card.
///
/// # Errors
/// No such card, lost, expired, or nobody has been registered with its number.
pub fn present_card(
    system: &OnlineQualification,
    now: Moment,
    card: &str,
) -> Result<Identifier, Denial> {
    let (person, _) = usable(system, now, card)?;
    system.identifier_of(person).ok_or(Denial::CardUnknown)
}

fn usable(
    system: &OnlineQualification,
    now: Moment,
    card: &str,
) -> Result<(PersonToken, Card), Denial> {
    let person = PersonToken::from_token(card).ok_or(Denial::NoCard)?;
    let card = system.cards.issued.get(&person).ok_or(Denial::NoCard)?;
    if card.is_lost {
        return Err(Denial::CardLost);
    }
    if card.expires < now.date() {
        return Err(Denial::CardExpired);
    }
    Ok((person, *card))
}
