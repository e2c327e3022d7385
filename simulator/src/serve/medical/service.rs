//! Routes, whose line it is, and the frame around each page.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;

use super::{card, data, home, log_in, opinion, patient};
use crate::domain::InstitutionCode;
use crate::serve::desk::{self, AtDesk, By, Caller, Desk, Sign};
use crate::serve::shell::Shell;
use crate::serve::web::{Frame, Link, Member, Problem};
use crate::viewer::{InstitutionAction, InstitutionRequest, ViewerInput};

/// Whose terminal it is: the line knows it by its certificate with every request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terminal {
    pub(super) code: InstitutionCode,
    pub(super) name: String,
    pub(super) certificate: String,
}

impl Caller for Terminal {
    type Action = InstitutionAction;

    fn request(&self, action: InstitutionAction) -> ViewerInput {
        ViewerInput::Medical(InstitutionRequest {
            institution: self.code.to_string(),
            certificate: Some(self.certificate.clone()),
            action,
        })
    }
}

/// Somebody at the terminal.
pub(super) type Staff = Member<Terminal>;
/// The pages.
pub(super) type Service = Desk<Terminal>;
/// What the handlers of one page take.
pub(super) type InService = AtDesk<Terminal>;
/// Somebody at the terminal.
pub(super) type ByStaff = By<Terminal>;

/// Serves the pages until the task is dropped.
pub(in crate::serve) async fn open(listener: TcpListener, port: u16, shell: Arc<Shell>) {
    let hours = u64::from(shell.profile().access().limits.refresh_hours.value);
    let sign = Sign {
        system: "オンライン資格確認",
        environment: "医療機関の画面",
        home: home::TITLE,
        cookie: "medical",
        idle: Duration::from_secs(hours * 3_600),
        public: desk::OUTSIDE,
        forms: &[desk::LOG_IN, desk::LEAVE, card::PATH, patient::ALL],
    };
    desk::open(listener, port, shell, sign, pages()).await;
}

fn pages() -> Router<Arc<Service>> {
    Router::new()
        .route(home::PATH, get(home::show))
        .route(desk::LOG_IN, get(log_in::show).post(log_in::submit))
        .route(desk::LEAVE, post(log_in::leave))
        .route(card::PATH, get(card::show).post(card::submit))
        .route(
            "/patients/{insurer}/{insured}",
            get(patient::show).post(opinion::submit),
        )
        .route("/patients/{insurer}/{insured}/{data}", get(data::show))
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
        let Terminal { code, name, .. } = &staff.user;
        let who = format!("{name}（医療機関コード {code}）");
        let link = |href, text| Link { href, text };
        let links = vec![link(home::PATH, home::TITLE), link(card::PATH, card::TITLE)];
        self.inner_frame(&staff.cookie, who, links, (title, here), problems)
    }
}
