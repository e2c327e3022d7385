//! 包括同意 as it follows from the boxes of the applications and from visits to the counter.

use jiff::civil::Date;

use crate::ledger::{
    Application, ApplicationForm, Consent, ConsentBox, ConsentState, ConsentTaker,
};

use super::course::{NEW_FORM_FROM, Recency};
use super::draw::{Draw, plus_days};
use super::plan::PlannedConsent;
use super::words::Distribution;

impl PlannedConsent {
    /// The form of the newest application that this consent presupposes.
    pub(super) const fn recency(self) -> Recency {
        match self {
            Self::Given | Self::Refused | Self::Blank | Self::Withdrawn => Recency::NewForm,
            Self::OldForm | Self::Individual => Recency::OldForm,
        }
    }

    /// What was written into the boxes.
    const fn box_filled_in(self) -> ConsentBox {
        match self {
            Self::Given | Self::Withdrawn | Self::OldForm => ConsentBox::Given,
            Self::Refused => ConsentBox::Refused,
            Self::Blank | Self::Individual => ConsentBox::Blank,
        }
    }
}

/// Fills in the boxes of the applications.
pub(super) fn fill_in_boxes(
    draw: &mut Draw,
    distribution: &Distribution,
    planned: Option<PlannedConsent>,
    applications: &mut [Application],
) {
    let shares = &distribution.consent_box;
    let boxes = [
        (ConsentBox::Given, shares.given),
        (ConsentBox::Refused, shares.refused),
        (ConsentBox::Blank, shares.blank),
    ];
    for application in applications {
        let (drawn, _) = *draw.weighted(&boxes, |(_, weight)| *weight);
        application.consent_box = planned.map_or(drawn, PlannedConsent::box_filled_in);
    }
}

/// The state of consent that the books hold in the end.
pub(super) fn consent(
    draw: &mut Draw,
    distribution: &Distribution,
    planned: Option<PlannedConsent>,
    applications: &[Application],
    until: Date,
) -> Option<Consent> {
    let individually = draw.per_mille(distribution.rates.consent_individual);
    let withdraws = draw.per_mille(distribution.rates.consent_withdrawn);
    let mut consent = applications.iter().fold(None, after_application);
    let asked = consent.is_some_and(|consent| consent.form == ApplicationForm::From2026);
    let individually = planned.map_or(individually, |planned| {
        planned == PlannedConsent::Individual
    });
    if individually && !asked && !applications.is_empty() && until >= NEW_FORM_FROM {
        let on = draw.day_between(NEW_FORM_FROM, until);
        consent = Some(at_counter(ConsentState::Given, on));
    }
    let withdraws = planned.map_or(withdraws, |planned| planned == PlannedConsent::Withdrawn);
    match consent {
        Some(given)
            if withdraws
                && given.state == ConsentState::Given
                && given.form == ApplicationForm::From2026 =>
        {
            let on = draw.day_between(plus_days(given.on, 1).min(until), until);
            Some(at_counter(ConsentState::Withdrawn, on))
        }
        other => other,
    }
}

const fn at_counter(state: ConsentState, on: Date) -> Consent {
    Consent {
        state,
        on,
        form: ApplicationForm::From2026,
        by: ConsentTaker::Municipality,
    }
}

/// A blank box leaves an answer on the new form as it is; on the old form it says nothing at all.
fn after_application(before: Option<Consent>, application: &Application) -> Option<Consent> {
    let state = match application.consent_box {
        ConsentBox::Given => ConsentState::Given,
        ConsentBox::Refused => ConsentState::Refused,
        ConsentBox::Blank => ConsentState::Blank,
    };
    let answered_before = before.is_some_and(|consent| consent.form == ApplicationForm::From2026);
    let is_blank = state == ConsentState::Blank;
    if is_blank && (answered_before || application.form == ApplicationForm::Before2026) {
        return before;
    }
    Some(Consent {
        state,
        on: application.date,
        form: application.form,
        by: ConsentTaker::Municipality,
    })
}
