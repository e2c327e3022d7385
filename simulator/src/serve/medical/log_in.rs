//! 「ログイン」: the terminal names its line. The world has no log-in for institutions; it looks
//! at the certificate with every request, and here for the first time.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::Uri;

use super::home;
use super::service::{ByStaff, InService, Service, Terminal};
use crate::serve::desk::{Answer, InForm, status_with, word_of_leaving};
use crate::serve::web::{Form, Frame, Notice, Problem, Visitor, page};
use crate::viewer::Denial;

#[derive(Template)]
#[template(path = "medical/log_in.html")]
struct LogInPage<'a> {
    frame: Frame,
    sent: &'a Form,
}

/// Shows the form; a terminal that is known already is led on.
pub(super) async fn show(
    State(service): InService,
    Extension(visitor): Extension<Visitor>,
    staff: Option<ByStaff>,
    uri: Uri,
) -> Answer {
    if staff.is_some() {
        return Ok(Redirect::to(home::PATH).into_response());
    }
    let notice = word_of_leaving(&uri);
    let sent = Form::default();
    Ok(form(&service, &visitor, &sent, notice, Vec::new()))
}

/// Lets a terminal in under a new cookie.
pub(super) async fn submit(
    State(service): InService,
    Extension(visitor): Extension<Visitor>,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&["institution", "certificate"]) {
        return Ok(service.strange_form());
    }
    let code = service.masked(sent.text("institution"));
    let certificate = service.masked(sent.text("certificate"));
    let admitted = service.shell.look(|world| {
        let medical = world.doors().medical();
        let profile = service.shell.profile();
        let (code, institution, _) = medical.admit(profile, &code, Some(&certificate))?;
        Ok::<_, Denial>(Terminal {
            code,
            name: institution.name.clone(),
            certificate: certificate.clone(),
        })
    });
    match admitted {
        Ok(terminal) => Ok(service.let_in(&visitor, terminal)),
        Err(reason) => {
            let problem = Problem::at("institution", reason.shown().ja());
            Ok(form(&service, &visitor, &sent, None, vec![problem]))
        }
    }
}

/// Leaves the terminal.
pub(super) async fn leave(State(service): InService, Extension(staff): ByStaff) -> Answer {
    service.let_out(&staff, None)
}

fn form(
    service: &Service,
    visitor: &Visitor,
    sent: &Form,
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> Response {
    let status = status_with(&problems);
    let template = LogInPage {
        frame: service.outer_frame(visitor, notice, problems),
        sent,
    };
    service.outer_page(visitor, page(status, &template))
}
