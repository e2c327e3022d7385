//! Routes, the frame around each page, and the way into the world.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::{HeaderValue, header};
use tokio::net::TcpListener;

use super::{card, data, duties, home, log_in, person, register};
use crate::domain::OfficeNumber;
use crate::effect::Effect;
use crate::input::Input;
use crate::serve::shell::Shell;
use crate::serve::web::{
    Chrome, Form, Frame, Gate, Instead, Link, Member, Notice, Problem, STYLE_PATH, Sessions,
    TurnedAway, guard, japanese_moment, serve, style,
};
use crate::viewer::{Denial, OfficeAction, OfficeRequest, Viewed, ViewerInput};

/// Who is logged in: the office, its user, and the world's number of the log-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfficeUser {
    pub(super) office: OfficeNumber,
    pub(super) user: String,
    pub(super) session: u64,
}

/// Somebody of an office, logged in.
pub(super) type Staff = Member<OfficeUser>;

/// The pages.
pub(super) struct Service {
    pub(super) shell: Arc<Shell>,
    pub(super) gate: Arc<Gate<OfficeUser>>,
}

/// Serves the pages until the task is dropped.
pub(in crate::serve) async fn open(listener: TcpListener, port: u16, shell: Arc<Shell>) {
    let hours = u64::from(shell.profile().access().limits.refresh_hours.value);
    let gate = Gate {
        // The world's own clock ends a log-in; this only forgets what nobody uses.
        sessions: Sessions::new(Duration::from_secs(hours * 3_600)),
        hosts: vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")],
        cookie: format!("careweb-{port}"),
        log_in_path: log_in::PATH,
        public: &[log_in::PATH, STYLE_PATH],
        forms: &[
            log_in::PATH,
            log_in::LEAVE_PATH,
            register::PATH,
            card::PATH,
            person::ALL,
        ],
        uploads: &[],
        chrome: chrome(Arc::clone(&shell)),
        date: date(Arc::clone(&shell)),
    };
    let service = Arc::new(Service {
        shell,
        gate: Arc::new(gate),
    });
    serve(listener, router(&service)).await;
}

fn chrome(shell: Arc<Shell>) -> Box<dyn Fn() -> Chrome + Send + Sync> {
    Box::new(move || Chrome {
        system: "介護WEBサービス",
        environment: "介護事業所の画面".to_owned(),
        environment_class: "verification",
        at: japanese_moment(shell.now()),
        home: home::TITLE,
    })
}

fn date(shell: Arc<Shell>) -> Box<dyn Fn() -> HeaderValue + Send + Sync> {
    Box::new(move || shell.http_date())
}

fn router(service: &Arc<Service>) -> Router {
    Router::new()
        .route(home::PATH, get(home::show))
        .route(log_in::PATH, get(log_in::show).post(log_in::submit))
        .route(log_in::LEAVE_PATH, post(log_in::leave))
        .route(register::PATH, get(register::show).post(register::submit))
        .route(card::PATH, get(card::show).post(card::submit))
        .route(
            "/users/{insurer}/{insured}",
            get(person::show).post(duties::submit),
        )
        .route("/users/{insurer}/{insured}/{data}", get(data::show))
        .route(STYLE_PATH, get(style))
        .fallback(no_such_page)
        .method_not_allowed_fallback(method)
        .layer(from_fn_with_state(Arc::clone(&service.gate), guard))
        .with_state(Arc::clone(service))
}

async fn no_such_page(State(service): State<Arc<Service>>) -> Response {
    service.gate.turn_away(TurnedAway::NoSuchPage)
}

async fn method(State(service): State<Arc<Service>>) -> Response {
    service.gate.turn_away(TurnedAway::Method)
}

/// What a handler answers: the page, or something instead.
pub(super) type Answer = Result<Response, Instead>;
/// What the handlers of one page take.
pub(super) type InService = State<Arc<Service>>;
/// Somebody logged in.
pub(super) type ByStaff = Extension<Staff>;
/// A form whose token was right.
pub(super) type InForm = Extension<Form>;

impl Service {
    /// Asks the world, and renews the access token if it has just ended. Whoever's log-in is over
    /// is led to log in again.
    pub(super) fn ask(&self, staff: &Staff, action: OfficeAction) -> Result<Viewed, Instead> {
        let session = Some(staff.user.session);
        let mut viewed = self.submit(session, action.clone())?;
        if is_refused_for(&viewed, &[Denial::TokenExpired])
            && self.submit(session, OfficeAction::Refresh)?.done
        {
            viewed = self.submit(session, action)?;
        }
        let over = [
            Denial::TokenExpired,
            Denial::SessionEnded,
            Denial::NotLoggedIn,
        ];
        if is_refused_for(&viewed, &over) {
            self.gate.sessions.close(&staff.cookie);
            let again = format!("{}?{}", log_in::PATH, log_in::OVER);
            return Err(Redirect::to(&again).into_response().into());
        }
        Ok(viewed)
    }

    /// Asks the world once.
    pub(super) fn submit(
        &self,
        session: Option<u64>,
        action: OfficeAction,
    ) -> Result<Viewed, Instead> {
        let request = OfficeRequest { session, action };
        let input = Input::Viewer(ViewerInput::Careweb(request));
        let Ok(effects) = self.shell.submit(&input) else {
            return Err(self.gate.turn_away(TurnedAway::Broken).into());
        };
        let viewed = effects.into_iter().find_map(|dated| {
            let Effect::Viewed(viewed) = dated.effect else {
                return None;
            };
            Some(*viewed)
        });
        Ok(viewed.expect("the world answers every viewer"))
    }

    /// The frame of a page behind the log-in.
    pub(super) fn frame(
        &self,
        staff: &Staff,
        title: impl Into<String>,
        here: &'static str,
        problems: Vec<Problem>,
    ) -> Frame {
        let office = staff.user.office;
        let name = self.shell.look(|world| {
            let careweb = world.doors().careweb();
            careweb.office(office).map(|office| office.name.clone())
        });
        let link = |href, text| Link { href, text };
        Frame {
            chrome: (self.gate.chrome)(),
            title: title.into(),
            here,
            who: format!(
                "{}（事業所番号 {office}、{}）",
                name.unwrap_or_default(),
                staff.user.user
            ),
            links: vec![
                link(home::PATH, home::TITLE),
                link(register::PATH, register::TITLE),
                link(card::PATH, card::TITLE),
            ],
            notice: self.gate.sessions.take_notice(&staff.cookie),
            problems,
            form_token: self.gate.sessions.form_token(&staff.cookie),
        }
    }

    /// Leads on to another page, which says what was done.
    pub(super) fn lead_to(&self, staff: &Staff, path: &str, notice: &str) -> Response {
        let notice = Notice::plain(notice);
        self.gate.sessions.leave_notice(&staff.cookie, notice);
        Redirect::to(path).into_response()
    }

    /// Leads on to another page with a new cookie.
    pub(super) fn lead_with_cookie(&self, path: &str, cookie: &str) -> Response {
        let set = [(header::SET_COOKIE, self.gate.set_cookie(cookie))];
        (set, Redirect::to(path)).into_response()
    }

    /// The page that says that a form is not one of these.
    pub(super) fn strange_form(&self) -> Response {
        self.gate.turn_away(TurnedAway::Unreadable)
    }

    /// A text as the world may see it.
    pub(super) fn masked(&self, text: &str) -> String {
        self.shell.masked(text.trim())
    }
}

/// The words for a refusal; none if it was none.
pub(super) fn refusal(viewed: &Viewed) -> Option<String> {
    viewed.refused.as_ref().map(|refused| refused.text.clone())
}

fn is_refused_for(viewed: &Viewed, reasons: &[Denial]) -> bool {
    let refused = viewed.refused.as_ref();
    refused.is_some_and(|refused| reasons.contains(&refused.reason))
}
