//! 主治医意見書の電送.

use axum::Extension;
use axum::extract::{Path, State};

use super::patient::{self, InPath};
use super::service::{ByStaff, InService};
use crate::serve::desk::{Answer, InForm, refusal};
use crate::serve::viewer_forms::{OPINION_FIELDS, opinion};
use crate::serve::web::Problem;
use crate::viewer::{InstitutionAction, Subject};

/// Sends an opinion.
pub(super) async fn submit(
    State(service): InService,
    Extension(staff): ByStaff,
    Path((insurer, insured)): InPath,
    Extension(sent): InForm,
) -> Answer {
    let known: Vec<&str> = ["action"].iter().chain(&OPINION_FIELDS).copied().collect();
    if !sent.has_only(&known) || sent.text("action") != "opinion" {
        return Ok(service.strange_form());
    }
    let subject = Subject {
        insurer: service.masked(&insurer),
        insured: service.masked(&insured),
    };
    let of = (insurer.as_str(), insured.as_str());
    let sheet = match opinion(&service, subject, &sent) {
        Ok(sheet) => sheet,
        Err(problem) => return Ok(patient::form(&service, &staff, of, &sent, vec![problem])),
    };
    let viewed = service.ask(&staff, InstitutionAction::SendOpinion(sheet))?;
    if let Some(reason) = refusal(&viewed) {
        let problem = Problem::general(reason);
        return Ok(patient::form(&service, &staff, of, &sent, vec![problem]));
    }
    let path = format!("/patients/{insurer}/{insured}");
    Ok(service.lead_to(&staff.cookie, &path, "主治医意見書を電送しました"))
}
