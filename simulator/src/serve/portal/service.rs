//! Routes, the frame around each page, and the way into the world.

use std::sync::Arc;
use std::time::Duration;

use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::StatusCode;
use tokio::net::TcpListener;

use super::{home, inquiry, log_in, password, register, schedule, status, subsidy, survey};
use crate::domain::{InsurerNumber, OfficeNumber};
use crate::effect::Effect;
use crate::input::Input;
use crate::portal::{PortalAnswer, PortalInput};
use crate::serve::desk::{self, AtDesk, Desk, Sign};
use crate::serve::shell::Shell;
use crate::serve::web::{Form, Frame, Instead, Link, Member, Problem, STYLE_PATH, Visitor, page};
use crate::systems::portal::{Holder, LogInStage};

/// Pages that need no log-in.
const PUBLIC: [&str; 7] = [
    home::PATH,
    status::PATH,
    survey::PATH,
    inquiry::PATH,
    register::PATH,
    desk::LOG_IN,
    STYLE_PATH,
];

/// Pages that take a form.
const FORMS: [&str; 9] = [
    survey::PATH,
    inquiry::PATH,
    register::PATH,
    desk::LOG_IN,
    desk::LEAVE,
    password::PATH,
    schedule::PATH,
    subsidy::OFFICE_PATH,
    subsidy::INSTITUTION_PATH,
];

/// The portal's pages. Its members are known by their log-in id.
pub(super) type Pages = Desk<String>;

/// Who asks for a page.
pub(super) struct Visit {
    pub(super) visitor: Visitor,
    pub(super) account: Option<Account>,
}

/// Whoever is logged in.
pub(super) struct Account {
    pub(super) login_id: String,
    pub(super) name: String,
    pub(super) stage: LogInStage,
    pub(super) holder: Whose,
}

/// Whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Insurer(InsurerNumber),
    User(OfficeNumber),
}

/// What the handlers of one page take.
pub(super) type InPages = AtDesk<String>;
/// The browser that asks.
pub(super) type ByVisitor = Extension<Visitor>;
/// Whoever is logged in there.
pub(super) type ByMember = Option<Extension<Member<String>>>;
/// Serves the pages until the task is dropped.
pub(in crate::serve) async fn open(listener: TcpListener, port: u16, shell: Arc<Shell>) {
    let idle = u64::from(shell.profile().pages().session_minutes.value) * 60;
    let sign = Sign {
        system: "介護情報基盤ポータル",
        environment: "区別なし",
        home: home::TITLE,
        cookie: "portal",
        idle: Duration::from_secs(idle),
        public: &PUBLIC,
        forms: &FORMS,
    };
    desk::open(listener, port, shell, sign, pages()).await;
}

fn pages() -> Router<Arc<Pages>> {
    Router::new()
        .route(home::PATH, get(home::show))
        .route(status::PATH, get(status::show))
        .route(survey::PATH, get(survey::show).post(survey::submit))
        .route(inquiry::PATH, get(inquiry::show).post(inquiry::submit))
        .route(register::PATH, get(register::show).post(register::submit))
        .route(desk::LOG_IN, get(log_in::show).post(log_in::submit))
        .route(desk::LEAVE, post(log_in::leave))
        .route(password::PATH, get(password::show).post(password::submit))
        .route(schedule::PATH, get(schedule::show).post(schedule::submit))
        .route(
            subsidy::OFFICE_PATH,
            get(subsidy::show_office).post(subsidy::submit_office),
        )
        .route(
            subsidy::INSTITUTION_PATH,
            get(subsidy::show_institution).post(subsidy::submit_institution),
        )
}

impl Pages {
    /// Does something in the world.
    pub(super) fn act(&self, input: PortalInput) -> Result<PortalAnswer, Instead> {
        self.tell(&Input::Portal(input), |effect| {
            let Effect::PortalAnswer(answer) = effect else {
                return None;
            };
            Some(answer)
        })
    }

    /// What somebody typed, masked and without the space around it.
    pub(super) fn typed(&self, form: &Form, field: &str) -> String {
        self.masked(form.text(field))
    }

    /// Who asks, whatever their account has come to.
    pub(super) fn visit_at_any_stage(&self, visitor: &Visitor, member: ByMember) -> Visit {
        let login_id = member.map(|Extension(member)| member.user);
        Visit {
            visitor: visitor.clone(),
            account: login_id.and_then(|login_id| self.account(login_id)),
        }
    }

    /// Who asks; an account with its first password is led to the change of it.
    pub(super) fn visit(&self, visitor: &Visitor, member: ByMember) -> Result<Visit, Instead> {
        let visit = self.visit_at_any_stage(visitor, member);
        let stage = visit.account.as_ref().map(|account| account.stage);
        if stage == Some(LogInStage::FirstPassword) {
            let why =
                "はじめに、パスワードを変更してください。変更するまで、ほかの画面は使えません。";
            return Err(self
                .lead_to(&visit.visitor.cookie, password::PATH, why)
                .into());
        }
        Ok(visit)
    }

    /// The insurer that asks; anybody else is led home.
    pub(super) fn insurer(&self, visit: &Visit) -> Result<InsurerNumber, Instead> {
        match visit.account.as_ref().map(|account| account.holder) {
            Some(Whose::Insurer(number)) => Ok(number),
            Some(Whose::User(_)) | None => Err(Redirect::to(home::PATH).into_response().into()),
        }
    }

    /// The office or institution that asks; anybody else is led home.
    pub(super) fn user(&self, visit: &Visit) -> Result<OfficeNumber, Instead> {
        match visit.account.as_ref().map(|account| account.holder) {
            Some(Whose::User(number)) => Ok(number),
            Some(Whose::Insurer(_)) | None => Err(Redirect::to(home::PATH).into_response().into()),
        }
    }

    fn account(&self, login_id: String) -> Option<Account> {
        self.shell.look(|world| {
            let account = world.portal().account(&login_id)?;
            let (name, holder) = match account.holder() {
                Holder::Insurer(number) => {
                    (world.insurers().name_of(*number), Whose::Insurer(*number))
                }
                Holder::User { number, name, .. } => (name.clone(), Whose::User(*number)),
            };
            let stage = account.stage();
            Some(Account {
                login_id,
                name,
                stage,
                holder,
            })
        })
    }

    /// The frame of a page.
    pub(super) fn frame(&self, visit: &Visit, title: &str, here: &'static str) -> Frame {
        let account = visit.account.as_ref();
        let who = account.map_or_else(String::new, |account| {
            format!("{}（ログインID {}）", account.name, account.login_id)
        });
        let cookie = &visit.visitor.cookie;
        self.inner_frame(cookie, who, links(account), (title, here), Vec::new())
    }

    /// A page for whoever asks.
    pub(super) fn page(
        &self,
        visit: &Visit,
        template: &impl askama::Template,
        is_refused: bool,
    ) -> Response {
        let status = if is_refused {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        self.outer_page(&visit.visitor, page(status, template))
    }
}

/// Why an input was refused, at the field that a rule is about. Whoever fills in a field knows that it is theirs
/// to mend.
pub(super) fn problems(answer: &PortalAnswer, fields: &[(&str, &'static str)]) -> Vec<Problem> {
    let refusal = answer.refusal.iter();
    refusal
        .map(|refusal| {
            let field = fields.iter().find(|(code, _)| *code == refusal.code);
            match field {
                Some((_, field)) => {
                    let (expected, came) = (&refusal.expected, &refusal.came);
                    let text = format!("必要なのは、{expected}です。実際は、{came}です");
                    Problem::at(*field, text)
                }
                None => Problem::at("", refusal.to_string()),
            }
        })
        .collect()
}

fn links(account: Option<&Account>) -> Vec<Link> {
    let link = |href, text| Link { href, text };
    if account.is_some_and(|account| account.stage == LogInStage::FirstPassword) {
        return Vec::new();
    }
    let mut links = vec![
        link(home::PATH, home::TITLE),
        link(status::PATH, status::SHORT_TITLE),
        link(inquiry::PATH, inquiry::TITLE),
    ];
    match account.map(|account| account.holder) {
        Some(Whose::Insurer(_)) => {
            links.push(link(survey::PATH, survey::SHORT_TITLE));
            links.push(link(schedule::PATH, schedule::TITLE));
            links.push(link(password::PATH, password::TITLE));
        }
        Some(Whose::User(_)) => {
            links.push(link(subsidy::OFFICE_PATH, subsidy::OFFICE_SHORT_TITLE));
            links.push(link(
                subsidy::INSTITUTION_PATH,
                subsidy::INSTITUTION_SHORT_TITLE,
            ));
            links.push(link(password::PATH, password::TITLE));
        }
        None => {
            links.push(link(survey::PATH, survey::SHORT_TITLE));
            links.push(link(register::PATH, register::SHORT_TITLE));
            links.push(link(desk::LOG_IN, log_in::TITLE));
        }
    }
    links
}
