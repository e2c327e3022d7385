//! お問い合わせ.

use crate::domain::calendar::{next_business_day, wareki};
use crate::domain::{MailAddress, shown};
use crate::kernel::Moment;
use crate::portal::{InquiryForm, Refusal};

use super::context::PortalContext;
use super::letters;
use super::refusal::OPERATOR;
use super::rules::Acted;
use super::state::Portal;

/// Most characters of a subject (briefing: 3-4 「入力可能文字数：40文字」, published).
pub const SUBJECT_CHARACTERS_MAX: usize = 40;

/// Who has to fill in a form again.
const SENDER: &str = "問い合わせる人";

/// An inquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    pub(super) at: Moment,
    pub(super) form: InquiryForm,
    pub(super) address: MailAddress,
    pub(super) answer: Option<(Moment, String)>,
}

impl Inquiry {
    /// When it came.
    #[must_use]
    pub fn at(&self) -> Moment {
        self.at
    }

    /// What was asked.
    #[must_use]
    pub fn form(&self) -> &InquiryForm {
        &self.form
    }

    /// When and what was answered.
    #[must_use]
    pub fn answer(&self) -> Option<&(Moment, String)> {
        self.answer.as_ref()
    }
}

/// Takes an inquiry, at any hour, and mails a notice of receipt (briefing: 3-3, published).
pub(super) fn inquire(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    form: &InquiryForm,
) -> Result<Acted, Refusal> {
    let address = check(form)?;
    let number = u64::try_from(portal.inquiries.len()).unwrap_or(u64::MAX) + 1;
    let answered_from = next_business_day(context.today());
    let mut acted = Acted::default();
    acted.answer.inquiry = Some(number);
    acted.send(letters::inquiry_received(
        &address,
        number,
        form,
        &wareki::day_and_weekday(answered_from),
    ));
    portal.inquiries.push(Inquiry {
        at: context.now,
        form: form.clone(),
        address,
        answer: None,
    });
    Ok(acted)
}

fn check(form: &InquiryForm) -> Result<MailAddress, Refusal> {
    if form.name.trim().is_empty() {
        return Err(Refusal::new("inquiry_name", SENDER, "氏名", "空の氏名"));
    }
    let address = form.address.parse().map_err(|_| {
        let came = format!("「{}」", shown(form.address.trim()));
        let expected = "「名前@ドメイン」の形のメールアドレス";
        Refusal::new("inquiry_address", SENDER, expected, came)
    })?;
    let characters = form.subject.chars().count();
    if form.subject.trim().is_empty() || characters > SUBJECT_CHARACTERS_MAX {
        let expected = format!("1文字から{SUBJECT_CHARACTERS_MAX}文字の件名");
        let came = format!("{characters}文字の件名");
        let came = if characters > SUBJECT_CHARACTERS_MAX {
            came
        } else {
            "空の件名".to_owned()
        };
        return Err(Refusal::new("inquiry_subject", SENDER, expected, came));
    }
    if form.text.trim().is_empty() {
        return Err(Refusal::new(
            "inquiry_text",
            SENDER,
            "問い合わせの内容",
            "空の内容",
        ));
    }
    Ok(address)
}

/// Answers an inquiry, once.
pub(super) fn answer(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    number: u64,
    text: &str,
) -> Result<Acted, Refusal> {
    let refused = |came: String| {
        let expected = "まだ回答していない問い合わせへの回答";
        Refusal::new("inquiry_answer", OPERATOR, expected, came)
    };
    let place = number
        .checked_sub(1)
        .and_then(|place| usize::try_from(place).ok());
    let inquiry = place.and_then(|place| portal.inquiries.get_mut(place));
    let Some(inquiry) = inquiry else {
        return Err(refused(format!("ない番号（{number}）の問い合わせへの回答")));
    };
    if inquiry.answer.is_some() {
        return Err(refused(format!("回答済みの問い合わせ（{number}）への回答")));
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(refused("空の回答".to_owned()));
    }
    inquiry.answer = Some((context.now, text.to_owned()));
    let mut acted = Acted::default();
    acted.send(letters::inquiry_answered(
        &inquiry.address,
        number,
        &inquiry.form,
        text,
    ));
    Ok(acted)
}
