//! Forms that more than one door has: a card held against a reader, and a doctor's opinion.

use jiff::civil::Date;

use super::desk::{Caller, Desk};
use super::shown_data::{Choice, card_token};
use super::web::{Form, Problem};
use crate::viewer::{CardReading, OpinionSheet, Reader, Subject};

/// The fields of `viewing/card_form.html`.
pub(super) const CARD_FIELDS: [&str; 3] = ["card", "reader", "face_compared"];
/// The fields of `viewing/opinion_form.html`.
pub(super) const OPINION_FIELDS: [&str; 5] = [
    "application",
    "written",
    "physician",
    "diagnosis",
    "remarks",
];

/// What can read a card.
pub(super) fn readers() -> Vec<Choice> {
    vec![
        Choice::new("card_reader", "カードリーダー"),
        Choice::new("smartphone", "スマートフォン"),
    ]
}

/// A card held against a reader.
pub(super) fn card_reading<C: Caller>(desk: &Desk<C>, sent: &Form) -> CardReading {
    let reader = match sent.text("reader") {
        "smartphone" => Reader::Smartphone,
        _ => Reader::CardReader,
    };
    CardReading {
        card: card_token(&desk.masked(sent.text("card"))),
        face_compared: sent.text("face_compared") == "yes",
        reader,
    }
}

/// An opinion as written.
///
/// # Errors
/// The day is none.
pub(super) fn opinion<C: Caller>(
    desk: &Desk<C>,
    subject: Subject,
    sent: &Form,
) -> Result<OpinionSheet, Problem> {
    let text = |field: &str| desk.masked(sent.text(field));
    Ok(OpinionSheet {
        subject,
        application: text("application"),
        written: date(sent, "written")?,
        physician: text("physician"),
        diagnosis: text("diagnosis"),
        remarks: Some(text("remarks")).filter(|remarks| !remarks.is_empty()),
    })
}

/// A day as it is typed.
///
/// # Errors
/// It is none.
pub(super) fn date(sent: &Form, field: &'static str) -> Result<Date, Problem> {
    let text = sent.text(field).trim();
    let is_whole = text.len() == 10;
    text.parse()
        .ok()
        .filter(|_| is_whole)
        .ok_or_else(|| Problem::at(field, "日付を、2026-11-02 の形で入力してください"))
}
