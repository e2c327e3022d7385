//! What goes on to a municipality: opinions, notices, and that materials were read.

use crate::domain::{InstitutionCode, InsuredKey, OfficeNumber};
use crate::kernel::Moment;
use crate::profile::{ItemError, KindLayout, Profile, Record};
use crate::systems::Outgoing;
use crate::systems::viewing::{VerifiedIdentity, ViewingGrant};
use crate::viewer::{Denial, Made, OpinionSheet, PlanRequestSheet};

use super::Platform;
use super::consents::inbound;
use super::disclosure::json_of;
use super::looks::{item, names, rows_of};

/// Takes a notice of a request to draw up a care plan. It needs [`VerifiedIdentity`], and no
/// consent (briefing: 情報共有に係る同意取得, stated).
///
/// # Errors
/// What is written does not fit the layout; the reasons are in `detail`.
pub fn take_plan_request(
    platform: &mut Platform,
    profile: &Profile,
    now: Moment,
    person: VerifiedIdentity,
    office: (OfficeNumber, &str),
    sheet: &PlanRequestSheet,
    detail: &mut Vec<String>,
) -> Result<(Made, Outgoing), Denial> {
    let layout = layout_of(profile, "planRequest")?;
    let key = person.key();
    let number = format!("K-{:08}", platform.reception.plan_requests + 1);
    let record = layout.record([
        ("insurerNumber", key.insurer.as_str()),
        ("insuredNumber", key.number.as_str()),
        ("requestNumber", number.as_str()),
        ("requestType", sheet.request_type.as_str()),
        ("submittedDate", now.date().to_string().as_str()),
        ("officeNumber", office.0.as_str()),
        ("officeName", office.1),
        ("startDate", sheet.start.to_string().as_str()),
        ("isAssented", if sheet.assented { "1" } else { "0" }),
    ]);
    let record = fitting(record, detail)?;
    platform.reception.plan_requests += 1;
    Ok(sent(layout, key, &record))
}

/// Takes a doctor's opinion, if it was asked for and has not come yet.
///
/// # Errors
/// Not asked for, sent already, or what is written does not fit the layout.
pub fn take_opinion(
    platform: &mut Platform,
    profile: &Profile,
    key: InsuredKey,
    author: (InstitutionCode, &str),
    sheet: &OpinionSheet,
    detail: &mut Vec<String>,
) -> Result<(Made, Outgoing), Denial> {
    let asked = (key, sheet.application.clone(), author.0);
    if !platform.reception.asked.contains(&asked) {
        return Err(Denial::NotAsked);
    }
    let sent_before = (key, sheet.application.clone());
    if platform.reception.opinions.contains(&sent_before) {
        return Err(Denial::AlreadySent);
    }
    let layout = layout_of(profile, "physicianOpinion")?;
    let record = layout.record([
        ("insurerNumber", key.insurer.as_str()),
        ("insuredNumber", key.number.as_str()),
        ("applicationNumber", sheet.application.as_str()),
        ("isDeleted", "0"),
        ("writtenDate", sheet.written.to_string().as_str()),
        ("institutionCode", author.0.as_str()),
        ("institutionName", author.1),
        ("physicianName", sheet.physician.as_str()),
        ("diagnosis", sheet.diagnosis.as_str()),
        ("remarks", sheet.remarks.as_deref().unwrap_or_default()),
    ]);
    let record = fitting(record, detail)?;
    platform.reception.opinions.insert(sent_before);
    Ok(sent(layout, key, &record))
}

/// Notes that a member has read what the grant opened; the first reading of a meeting's material
/// is told to the municipality (briefing: 事前準備（審査会資料参照状況）, stated).
pub fn note_reading(
    platform: &mut Platform,
    profile: &Profile,
    now: Moment,
    grant: &ViewingGrant<'_>,
    member: &str,
) -> Vec<(Made, Outgoing)> {
    let key = grant.key();
    let Ok(layout) = layout_of(profile, "boardReadingStatus") else {
        return Vec::new();
    };
    let meetings = platform.holdings(key).map(|holdings| {
        rows_of(profile, holdings, "boardMaterial")
            .filter(|(layout, record)| names(layout, record, member))
            .filter_map(|(layout, record)| item(layout, record, "meetingNumber"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let mut told = Vec::new();
    for meeting in meetings.unwrap_or_default() {
        let record = layout.record([
            ("insurerNumber", key.insurer.as_str()),
            ("insuredNumber", key.number.as_str()),
            ("meetingNumber", meeting.as_str()),
            ("memberNumber", member),
            ("readDate", now.date().to_string().as_str()),
        ]);
        let reading = (key, meeting, member.to_owned());
        if let Ok(record) = record
            && platform.reception.readings.insert(reading)
        {
            told.push(sent(layout, key, &record));
        }
    }
    told
}

fn layout_of<'p>(profile: &'p Profile, kind: &str) -> Result<&'p KindLayout, Denial> {
    let kind = profile.kind(kind).ok_or(Denial::Content)?;
    Ok(profile.layout(kind))
}

fn fitting(
    record: Result<Record, Vec<ItemError>>,
    detail: &mut Vec<String>,
) -> Result<Record, Denial> {
    record.map_err(|errors| {
        detail.extend(errors.iter().map(ToString::to_string));
        Denial::Content
    })
}

fn sent(layout: &KindLayout, key: InsuredKey, record: &Record) -> (Made, Outgoing) {
    let made = Made {
        kind: layout.id().to_owned(),
        record: json_of(layout, record),
    };
    (made, inbound(layout, key, record))
}
