//! Routes, who is logged in, and the frame around each page.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;

use super::{data, home, log_in};
use crate::serve::desk::{self, AtDesk, By, Caller, Desk, Sign};
use crate::serve::shell::Shell;
use crate::serve::web::{Frame, Link, Member};
use crate::viewer::{PersonAction, PersonRequest, ViewerInput};

/// Who is logged in: what stands for the card, and the world's number of the visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CardHolder {
    pub(super) card: String,
    pub(super) session: u64,
}

impl Caller for CardHolder {
    type Action = PersonAction;

    fn request(&self, action: PersonAction) -> ViewerInput {
        request(Some(self.session), action)
    }
}

/// A request through these pages.
pub(super) fn request(session: Option<u64>, action: PersonAction) -> ViewerInput {
    ViewerInput::Mynaportal(PersonRequest { session, action })
}

/// Somebody logged in.
pub(super) type Person = Member<CardHolder>;
/// The pages.
pub(super) type Service = Desk<CardHolder>;
/// What the handlers of one page take.
pub(super) type InService = AtDesk<CardHolder>;
/// Somebody logged in.
pub(super) type ByPerson = By<CardHolder>;

/// Serves the pages until the task is dropped.
pub(in crate::serve) async fn open(listener: TcpListener, port: u16, shell: Arc<Shell>) {
    let minutes = u64::from(shell.profile().access().limits.portal_minutes.value);
    let sign = Sign {
        system: "マイナポータル",
        environment: "本人の画面",
        home: home::TITLE,
        cookie: "mynaportal",
        idle: Duration::from_secs(minutes * 60),
        public: desk::OUTSIDE,
        forms: &[desk::LOG_IN, desk::LEAVE],
    };
    desk::open(listener, port, shell, sign, pages()).await;
}

fn pages() -> Router<Arc<Service>> {
    Router::new()
        .route(home::PATH, get(home::show))
        .route(desk::LOG_IN, get(log_in::show).post(log_in::submit))
        .route(desk::LEAVE, post(log_in::leave))
        .route("/data/{insurer}/{insured}/{data}", get(data::show))
}

impl Service {
    /// The frame of a page behind the log-in.
    pub(super) fn frame(&self, person: &Person, title: &str) -> Frame {
        let name = self.shell.look(|world| {
            let mut cards = world.cards().into_iter();
            let own = cards.find(|card| card.person.to_string() == person.user.card);
            own.and_then(|card| card.name)
        });
        let who = format!("{} さん", name.unwrap_or_else(|| "あなた".to_owned()));
        let links = vec![Link {
            href: home::PATH,
            text: home::TITLE,
        }];
        self.inner_frame(&person.cookie, who, links, (title, home::PATH), Vec::new())
    }
}
