//! What is done for a person, form by form.

use axum::Extension;
use axum::extract::{Path, State};

use super::person::{self, InPath};
use super::service::{ByStaff, InService, Service};
use crate::serve::desk::{Answer, InForm, refusal};
use crate::serve::viewer_forms::{OPINION_FIELDS, date, opinion};
use crate::serve::web::{Form, Problem};
use crate::viewer::{CarePlanSheet, LifeSheet, OfficeAction, PlanRequestSheet, Subject};

/// The fields of each form, by what it does.
const FORMS: [(&str, &[&str]); 7] = [
    ("become", &[]),
    ("end", &[]),
    ("consent", &["consented"]),
    ("notice", &["request_type", "start", "assented"]),
    ("opinion", &OPINION_FIELDS),
    ("care_plan", &["plan_number", "created", "plan"]),
    ("life", &["measured", "state"]),
];

/// Does what the form says.
pub(super) async fn submit(
    State(service): InService,
    Extension(staff): ByStaff,
    Path((insurer, insured)): InPath,
    Extension(sent): InForm,
) -> Answer {
    let wanted = FORMS.iter().find(|(name, _)| *name == sent.text("action"));
    let Some((name, fields)) = wanted else {
        return Ok(service.strange_form());
    };
    let known: Vec<&str> = ["action"].iter().chain(*fields).copied().collect();
    if !sent.has_only(&known) {
        return Ok(service.strange_form());
    }
    let subject = Subject {
        insurer: service.masked(&insurer),
        insured: service.masked(&insured),
    };
    let of = (insurer.as_str(), insured.as_str());
    let action = match read(&service, name, subject, &sent) {
        Ok(action) => action,
        Err(problem) => return Ok(person::form(&service, &staff, of, &sent, vec![problem])),
    };
    let viewed = service.ask(&staff, action)?;
    if let Some(reason) = refusal(&viewed) {
        let problem = Problem::general(reason);
        return Ok(person::form(&service, &staff, of, &sent, vec![problem]));
    }
    let path = format!("/users/{insurer}/{insured}");
    Ok(service.lead_to(&staff.cookie, &path, said(name)))
}

fn said(name: &str) -> &'static str {
    match name {
        "become" => "担当事業所として登録しました",
        "end" => "担当事業所の登録を終了しました",
        "consent" => "同意を登録しました。市町村に送られます",
        "notice" => "届出を提出しました。市町村に送られます",
        "opinion" => "主治医意見書を電送しました",
        _ => "登録しました",
    }
}

fn read(
    service: &Service,
    name: &str,
    subject: Subject,
    sent: &Form,
) -> Result<OfficeAction, Problem> {
    let text = |field: &str| service.masked(sent.text(field));
    Ok(match name {
        "become" => OfficeAction::BecomeResponsible(subject),
        "end" => OfficeAction::EndResponsibility(subject),
        "consent" if sent.text("consented") == "yes" => OfficeAction::TakeConsent(subject),
        "consent" => {
            let text = "利用者から同意を得たことを確かめて、印を付けてください";
            return Err(Problem::at("consented", text));
        }
        "notice" => OfficeAction::SubmitPlanRequest(PlanRequestSheet {
            subject,
            request_type: text("request_type"),
            start: date(sent, "start")?,
            assented: sent.text("assented") == "yes",
        }),
        "opinion" => OfficeAction::SendOpinion(opinion(service, subject, sent)?),
        "care_plan" => OfficeAction::RegisterCarePlan(CarePlanSheet {
            subject,
            number: text("plan_number"),
            created: date(sent, "created")?,
            contents: text("plan"),
        }),
        _ => OfficeAction::RegisterLife(LifeSheet {
            subject,
            measured: date(sent, "measured")?,
            contents: text("state"),
        }),
    })
}
