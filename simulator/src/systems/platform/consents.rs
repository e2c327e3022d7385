use jiff::civil::Date;

use crate::domain::{InsuredKey, OfficeNumber};
use crate::kernel::Moment;
use crate::profile::{KindLayout, Profile, Record};
use crate::systems::viewing::{VerifiedIdentity, consent_of};
use crate::systems::{Message, Outgoing, SystemId};
use crate::viewer::{Denial, Made};

use super::disclosure::json_of;
use super::looks::{item, rows_of};
use super::{Holdings, Platform};

/// 要介護状態区分 that are no certification: 非該当 and 事業対象者 [domain 6.5].
const NOT_CERTIFIED: [&str; 2] = ["01", "06"];

/// Takes a comprehensive consent that an office obtained in the municipality's place: it opens
/// viewing at once, and goes to the municipality (briefing: 包括同意取得の方法 (2), stated).
///
/// Only for somebody who was certified already and is certified now, and only until the next
/// application: from then on the form itself asks.
///
/// # Errors
/// Not certified, applied since, or given already; nothing has changed then.
pub fn take_consent(
    platform: &mut Platform,
    profile: &Profile,
    now: Moment,
    person: VerifiedIdentity,
    office: OfficeNumber,
) -> Result<(Made, Outgoing), Denial> {
    let key = person.key();
    let holdings = platform.holdings(key).ok_or(Denial::PersonUnknown)?;
    if !is_certified(profile, holdings, now.date()) {
        return Err(Denial::NotCertified);
    }
    if has_applied_since(profile, holdings, profile.calendar().law_in_force.value) {
        return Err(Denial::AppliedSince);
    }
    if consent_of(profile, holdings, now).is_ok() {
        return Err(Denial::ConsentGiven);
    }
    let kind = profile.kind("consent").ok_or(Denial::Content)?;
    let layout = profile.layout(kind);
    let record = consent_record(layout, key, now.date(), office)?;
    let made = Made {
        kind: layout.id().to_owned(),
        record: json_of(layout, &record),
    };
    let outgoing = inbound(layout, key, &record);
    if let Some(holdings) = platform.people.get_mut(&key) {
        holdings.store(layout, record);
    }
    Ok((made, outgoing))
}

fn consent_record(
    layout: &KindLayout,
    key: InsuredKey,
    today: Date,
    office: OfficeNumber,
) -> Result<Record, Denial> {
    let record = layout.record([
        ("insurerNumber", key.insurer.as_str()),
        ("insuredNumber", key.number.as_str()),
        ("consentState", "1"),
        ("takenDate", today.to_string().as_str()),
        ("takenBy", "2"),
        ("officeNumber", office.as_str()),
    ]);
    record.map_err(|_| Denial::Content)
}

/// A record on its way to the municipality.
pub(super) fn inbound(layout: &KindLayout, key: InsuredKey, record: &Record) -> Outgoing {
    Outgoing {
        to: SystemId::Pmh,
        message: Message::Inbound {
            insurer: key.insurer,
            kind: layout.kind(),
            record: json_of(layout, record).to_string(),
        },
    }
}

fn is_certified(profile: &Profile, holdings: &Holdings, today: Date) -> bool {
    rows_of(profile, holdings, "certification").any(|(layout, record)| {
        let date = |name| item(layout, record, name).and_then(|date| date.parse::<Date>().ok());
        let level = item(layout, record, "careLevel");
        level.is_some_and(|level| !NOT_CERTIFIED.contains(&level))
            && date("validFrom").is_some_and(|from| from <= today)
            && date("validTo").is_some_and(|to| today <= to)
    })
}

fn has_applied_since(profile: &Profile, holdings: &Holdings, since: Date) -> bool {
    ["certificationProgress", "certification"]
        .into_iter()
        .flat_map(|kind| rows_of(profile, holdings, kind))
        .filter_map(|(layout, record)| item(layout, record, "applicationDate")?.parse().ok())
        .any(|applied: Date| applied >= since)
}
