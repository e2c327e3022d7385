//! Routes, who is logged in, and the frame around each page.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;

use super::{card, data, duties, home, log_in, person, register};
use crate::domain::OfficeNumber;
use crate::serve::desk::{self, AtDesk, By, Caller, Desk, Sign};
use crate::serve::shell::Shell;
use crate::serve::web::{Frame, Link, Member, Problem};
use crate::viewer::{OfficeAction, OfficeRequest, ViewerInput};

/// Who is logged in: the office, its user, and the world's number of the log-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfficeUser {
    pub(super) office: OfficeNumber,
    pub(super) user: String,
    pub(super) session: u64,
}

impl Caller for OfficeUser {
    type Action = OfficeAction;

    fn request(&self, action: OfficeAction) -> ViewerInput {
        request(Some(self.session), action)
    }

    fn renewal() -> Option<OfficeAction> {
        Some(OfficeAction::Refresh)
    }
}

/// A request through these pages.
pub(super) fn request(session: Option<u64>, action: OfficeAction) -> ViewerInput {
    ViewerInput::Careweb(OfficeRequest { session, action })
}

/// Somebody of an office, logged in.
pub(super) type Staff = Member<OfficeUser>;
/// The pages.
pub(super) type Service = Desk<OfficeUser>;
/// What the handlers of one page take.
pub(super) type InService = AtDesk<OfficeUser>;
/// Somebody logged in.
pub(super) type ByStaff = By<OfficeUser>;

/// Serves the pages until the task is dropped.
pub(in crate::serve) async fn open(listener: TcpListener, port: u16, shell: Arc<Shell>) {
    let hours = u64::from(shell.profile().access().limits.refresh_hours.value);
    let sign = Sign {
        system: "介護WEBサービス",
        environment: "介護事業所の画面",
        home: home::TITLE,
        cookie: "careweb",
        idle: Duration::from_secs(hours * 3_600),
        public: desk::OUTSIDE,
        forms: &[
            desk::LOG_IN,
            desk::LEAVE,
            register::PATH,
            card::PATH,
            person::ALL,
        ],
    };
    desk::open(listener, port, shell, sign, pages()).await;
}

fn pages() -> Router<Arc<Service>> {
    Router::new()
        .route(home::PATH, get(home::show))
        .route(desk::LOG_IN, get(log_in::show).post(log_in::submit))
        .route(desk::LEAVE, post(log_in::leave))
        .route(register::PATH, get(register::show).post(register::submit))
        .route(card::PATH, get(card::show).post(card::submit))
        .route(
            "/users/{insurer}/{insured}",
            get(person::show).post(duties::submit),
        )
        .route("/users/{insurer}/{insured}/{data}", get(data::show))
}

impl Service {
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
        let name = name.unwrap_or_default();
        let who = format!("{name}（事業所番号 {office}、{}）", staff.user.user);
        let link = |href, text| Link { href, text };
        let links = vec![
            link(home::PATH, home::TITLE),
            link(register::PATH, register::TITLE),
            link(card::PATH, card::TITLE),
        ];
        self.inner_frame(&staff.cookie, who, links, (title, here), problems)
    }
}
