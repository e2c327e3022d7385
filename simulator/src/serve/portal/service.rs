//! Routes, the frame around each page, and the way into the world.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::{StatusCode, header};
use tokio::net::TcpListener;

use super::{home, inquiry, log_in, password, register, schedule, status, subsidy, survey};
use crate::domain::{InsurerNumber, OfficeNumber};
use crate::effect::Effect;
use crate::input::Input;
use crate::portal::{PortalAnswer, PortalInput};
use crate::serve::shell::Shell;
use crate::serve::web::{
    Chrome, Form, Frame, Gate, Instead, Link, Member, Notice, Problem, STYLE_PATH, Sessions,
    TurnedAway, Visitor, guard, japanese_moment, page, serve, style,
};
use crate::systems::portal::{Holder, LogInStage};

/// Pages that need no log-in.
const PUBLIC: [&str; 7] = [
    home::PATH,
    status::PATH,
    survey::PATH,
    inquiry::PATH,
    register::PATH,
    log_in::PATH,
    STYLE_PATH,
];

/// Pages that take a form.
const FORMS: [&str; 9] = [
    survey::PATH,
    inquiry::PATH,
    register::PATH,
    log_in::PATH,
    log_in::LEAVE_PATH,
    password::PATH,
    schedule::PATH,
    subsidy::OFFICE_PATH,
    subsidy::INSTITUTION_PATH,
];

/// The portal's pages.
pub(super) struct Pages {
    pub(super) shell: Arc<Shell>,
    pub(super) gate: Arc<Gate<String>>,
}

/// Who asks for a page.
pub(super) struct Visit {
    pub(super) cookie: String,
    brought_cookie: bool,
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

/// What a handler answers: the page, or something instead.
pub(super) type Answer = Result<Response, Instead>;
/// What the handlers of one page take.
pub(super) type InPages = State<Arc<Pages>>;
/// The browser that asks.
pub(super) type ByVisitor = Extension<Visitor>;
/// Whoever is logged in there.
pub(super) type ByMember = Option<Extension<Member<String>>>;
/// A form whose token was right.
pub(super) type InForm = Extension<Form>;

/// Serves the pages until the task is dropped.
pub(in crate::serve) async fn open(listener: TcpListener, port: u16, shell: Arc<Shell>) {
    let idle = u64::from(shell.profile().pages().session_minutes.value) * 60;
    let (clock, date) = (Arc::clone(&shell), Arc::clone(&shell));
    let gate = Gate {
        sessions: Sessions::new(Duration::from_secs(idle)),
        hosts: vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")],
        cookie: format!("portal-{port}"),
        log_in_path: log_in::PATH,
        public: &PUBLIC,
        forms: &FORMS,
        uploads: &[],
        chrome: Box::new(move || Chrome {
            system: "介護情報基盤ポータル",
            environment: "区別なし".to_owned(),
            environment_class: "verification",
            at: japanese_moment(clock.now()),
            home: home::TITLE,
        }),
        date: Box::new(move || date.http_date()),
    };
    let pages = Arc::new(Pages {
        shell,
        gate: Arc::new(gate),
    });
    serve(listener, router(&pages)).await;
}

fn router(pages: &Arc<Pages>) -> Router {
    Router::new()
        .route(home::PATH, get(home::show))
        .route(status::PATH, get(status::show))
        .route(survey::PATH, get(survey::show).post(survey::submit))
        .route(inquiry::PATH, get(inquiry::show).post(inquiry::submit))
        .route(register::PATH, get(register::show).post(register::submit))
        .route(log_in::PATH, get(log_in::show).post(log_in::submit))
        .route(log_in::LEAVE_PATH, post(log_in::leave))
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
        .route(STYLE_PATH, get(style))
        .fallback(no_such_page)
        .method_not_allowed_fallback(method)
        .layer(from_fn_with_state(Arc::clone(&pages.gate), guard))
        .with_state(Arc::clone(pages))
}

async fn no_such_page(State(pages): InPages) -> Response {
    pages.gate.turn_away(TurnedAway::NoSuchPage)
}

async fn method(State(pages): InPages) -> Response {
    pages.gate.turn_away(TurnedAway::Method)
}

impl Pages {
    /// Does something in the world.
    pub(super) fn act(&self, input: PortalInput) -> Result<PortalAnswer, Instead> {
        let Ok(effects) = self.shell.submit(&Input::Portal(input)) else {
            return Err(self.gate.turn_away(TurnedAway::Broken).into());
        };
        let answer = effects.into_iter().find_map(|dated| {
            let Effect::PortalAnswer(answer) = dated.effect else {
                return None;
            };
            Some(answer)
        });
        Ok(answer.expect("the world answers everything done at the portal"))
    }

    /// What somebody typed, masked and without the space around it.
    pub(super) fn typed(&self, form: &Form, field: &str) -> String {
        let mask = self.shell.mask();
        mask.apply(form.text(field).trim()).into_owned()
    }

    /// Who asks, whatever their account has come to.
    pub(super) fn visit_at_any_stage(&self, visitor: &Visitor, member: ByMember) -> Visit {
        let login_id = member.map(|Extension(member)| member.user);
        Visit {
            cookie: visitor.cookie.clone(),
            brought_cookie: visitor.brought_cookie,
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
                .lead_to(&visit, password::PATH, Notice::plain(why))
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

    /// Leads on to another page, which says why.
    pub(super) fn lead_to(&self, visit: &Visit, path: &str, notice: Notice) -> Response {
        self.gate.sessions.leave_notice(&visit.cookie, notice);
        Redirect::to(path).into_response()
    }

    /// Leads on to another page with a new cookie.
    pub(super) fn lead_with_cookie(&self, path: &str, cookie: &str) -> Response {
        let set = [(header::SET_COOKIE, self.gate.set_cookie(cookie))];
        (set, Redirect::to(path)).into_response()
    }

    /// The frame of a page.
    pub(super) fn frame(&self, visit: &Visit, title: &str, here: &'static str) -> Frame {
        let account = visit.account.as_ref();
        Frame {
            chrome: (self.gate.chrome)(),
            title: title.to_owned(),
            here,
            who: account.map_or_else(String::new, |account| {
                format!("{}（ログインID {}）", account.name, account.login_id)
            }),
            links: links(account),
            notice: self.gate.sessions.take_notice(&visit.cookie),
            problems: Vec::new(),
            form_token: self.gate.sessions.form_token(&visit.cookie),
        }
    }

    /// A page for whoever asks; a browser without a cookie gets one, so that its forms can be told.
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
        let mut response = page(status, template);
        if !visit.brought_cookie {
            let cookie = self.gate.set_cookie(&visit.cookie);
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }

    /// The page that says that a form is not one of these.
    pub(super) fn strange_form(&self) -> Response {
        self.gate.turn_away(TurnedAway::Unreadable)
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
                    Problem::at(field, text)
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
            links.push(link(log_in::PATH, log_in::TITLE));
        }
    }
    links
}
