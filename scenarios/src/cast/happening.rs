//! What a word of 語: 異動 comes down to.

use jiff::civil::Date;

use crate::auditor::Auditor;
use crate::ledger::{Assigned, BusinessEvent, Ledger};

use super::error::CastError;

pub(super) const PERSON: &str = "person";
pub(super) const PROGRESS: &str = "certificationProgress";
pub(super) const CONSENT: &str = "consent";
pub(super) const INSURANCE_CARD: &str = "insuranceCard";
pub(super) const BURDEN_RATIO_CARD: &str = "burdenRatioCard";
pub(super) const REDUCTION_CARD: &str = "reductionCard";
pub(super) const HOME_MODIFICATION_USE: &str = "homeModificationUse";
pub(super) const EQUIPMENT_PURCHASE_USE: &str = "equipmentPurchaseUse";

/// 出来事: one word of 語: 異動, ready to be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// The business operations, in order, all on one business day.
    pub events: Vec<BusinessEvent>,
    /// The records it is about: データ種別 as the profile calls it, and 履歴番号 or 申請番号 (`None`: the one
    /// record of that kind). A 履歴番号 is right as long as no newer row was taken back before.
    pub touches: Vec<(String, Option<String>)>,
    /// A 個人番号 that the resident register must not know as this person's own.
    pub wrong_number: Option<String>,
}

impl Happening {
    /// One event about one record.
    pub(super) fn of(event: BusinessEvent, kind: &str, row: Option<u32>) -> Self {
        Self {
            events: vec![event],
            touches: vec![touched(kind, row)],
            wrong_number: None,
        }
    }

    /// The same about the application that the vendor knows under this number.
    #[must_use]
    pub fn with_application_number(self, number: &str) -> Self {
        let proposed = self.events.iter().find_map(|event| {
            let BusinessEvent::AcceptApplication(accept) = event else {
                return None;
            };
            accept.application_number.clone()
        });
        let assigned = Assigned {
            insured_number: None,
            application_number: Some(number.to_owned()),
        };
        let row = |row: Option<String>| {
            if row.is_some() && row == proposed {
                Some(number.to_owned())
            } else {
                row
            }
        };
        Self {
            touches: self
                .touches
                .into_iter()
                .map(|(kind, touched)| (kind, row(touched)))
                .collect(),
            events: self
                .events
                .into_iter()
                .map(|event| {
                    event
                        .with_application_number(number)
                        .with_assigned(&assigned)
                })
                .collect(),
            wrong_number: self.wrong_number,
        }
    }
}

pub(super) fn touched(kind: &str, row: Option<u32>) -> (String, Option<String>) {
    (kind.to_owned(), row.map(|row| row.to_string()))
}

/// Writes what happened into the books before a vendor gets them, as the auditor would.
///
/// # Errors
/// An event does not fit the books, or a person has no 被保険者番号 yet; the books stay as they were.
pub fn into_ledger(ledger: &mut Ledger, happening: &Happening) -> Result<(), CastError> {
    let mut auditor = Auditor::new(ledger, Date::MIN);
    for event in &happening.events {
        auditor.apply(event)?;
    }
    for person in &mut ledger.people {
        if let Some(after) = auditor.person(&person.insured_number) {
            person.clone_from(after);
        }
    }
    let registered: Vec<_> = auditor
        .people()
        .filter(|person| ledger.person(&person.insured_number).is_none())
        .cloned()
        .collect();
    ledger.people.extend(registered);
    Ok(())
}
