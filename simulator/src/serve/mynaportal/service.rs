//! Routes, the frame around each page, and the way into the world.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::HeaderValue;
use tokio::net::TcpListener;

use super::{data, home, log_in};
use crate::effect::Effect;
use crate::input::Input;
use crate::serve::shell::Shell;
use crate::serve::web::{
    Chrome, Form, Frame, Gate, Instead, Link, Member, STYLE_PATH, Sessions, TurnedAway, guard,
    japanese_moment, serve, style,
};
use crate::viewer::{Denial, PersonAction, PersonRequest, Viewed, ViewerInput};

/// Who is logged in: the tag of the card, and the world's number of the visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CardHolder {
    pub(super) card: String,
    pub(super) session: u64,
}

/// Somebody logged in.
pub(super) type Person = Member<CardHolder>;

/// The pages.
pub(super) struct Service {
    pub(super) shell: Arc<Shell>,
    pub(super) gate: Arc<Gate<CardHolder>>,
}

/// Serves the pages until the task is dropped.
pub(in crate::serve) async fn open(listener: TcpListener, port: u16, shell: Arc<Shell>) {
    let minutes = u64::from(shell.profile().access().limits.portal_minutes.value);
    let gate = Gate {
        sessions: Sessions::new(Duration::from_secs(minutes * 60)),
        hosts: vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")],
        cookie: format!("mynaportal-{port}"),
        log_in_path: log_in::PATH,
        public: &[log_in::PATH, STYLE_PATH],
        forms: &[log_in::PATH, log_in::LEAVE_PATH],
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
        system: "マイナポータル",
        environment: "本人の画面".to_owned(),
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
        .route("/data/{insurer}/{insured}/{data}", get(data::show))
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
pub(super) type ByPerson = Extension<Person>;
/// A form whose token was right.
pub(super) type InForm = Extension<Form>;

impl Service {
    /// Asks the world. Whoever's visit is over is led to log in again.
    pub(super) fn ask(&self, person: &Person, action: PersonAction) -> Result<Viewed, Instead> {
        let viewed = self.submit(Some(person.user.session), action)?;
        let over = [
            Denial::TokenExpired,
            Denial::SessionEnded,
            Denial::NotLoggedIn,
        ];
        let reason = viewed.refused.as_ref().map(|refused| refused.reason);
        if reason.is_some_and(|reason| over.contains(&reason)) {
            self.gate.sessions.close(&person.cookie);
            let again = format!("{}?{}", log_in::PATH, log_in::OVER);
            return Err(Redirect::to(&again).into_response().into());
        }
        Ok(viewed)
    }

    /// Asks the world once.
    pub(super) fn submit(
        &self,
        session: Option<u64>,
        action: PersonAction,
    ) -> Result<Viewed, Instead> {
        let request = PersonRequest { session, action };
        let input = Input::Viewer(ViewerInput::Mynaportal(request));
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
    pub(super) fn frame(&self, person: &Person, title: &str) -> Frame {
        let name = self.shell.look(|world| {
            let mut cards = world.cards().into_iter();
            let own = cards.find(|card| card.person.to_string() == person.user.card);
            own.and_then(|card| card.name)
        });
        Frame {
            chrome: (self.gate.chrome)(),
            title: title.to_owned(),
            here: home::PATH,
            who: format!("{} さん", name.unwrap_or_else(|| "あなた".to_owned())),
            links: vec![Link {
                href: home::PATH,
                text: home::TITLE,
            }],
            notice: self.gate.sessions.take_notice(&person.cookie),
            problems: Vec::new(),
            form_token: self.gate.sessions.form_token(&person.cookie),
        }
    }
}
