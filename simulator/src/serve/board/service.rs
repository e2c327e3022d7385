//! Routes, who is logged in, and the frame around each page.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;

use super::{home, log_in, material};
use crate::serve::desk::{self, AtDesk, By, Caller, Desk, Sign};
use crate::serve::shell::Shell;
use crate::serve::web::{Frame, Link, Member};
use crate::systems::board::MemberKey;
use crate::viewer::{BoardAction, BoardRequest, ViewerInput};

/// Who is logged in, and the world's number of the log-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BoardMember {
    pub(super) key: MemberKey,
    pub(super) session: u64,
}

impl Caller for BoardMember {
    type Action = BoardAction;

    fn request(&self, action: BoardAction) -> ViewerInput {
        request(Some(self.session), action)
    }

    fn renewal() -> Option<BoardAction> {
        Some(BoardAction::Refresh)
    }
}

/// A request through these pages.
pub(super) fn request(session: Option<u64>, action: BoardAction) -> ViewerInput {
    ViewerInput::Board(BoardRequest { session, action })
}

/// Somebody logged in.
pub(super) type Seat = Member<BoardMember>;
/// The pages.
pub(super) type Service = Desk<BoardMember>;
/// What the handlers of one page take.
pub(super) type InService = AtDesk<BoardMember>;
/// Somebody logged in.
pub(super) type BySeat = By<BoardMember>;

/// Serves the pages until the task is dropped.
pub(in crate::serve) async fn open(listener: TcpListener, port: u16, shell: Arc<Shell>) {
    let hours = u64::from(shell.profile().access().limits.refresh_hours.value);
    let sign = Sign {
        system: "認定審査会",
        environment: "審査会委員の画面",
        home: home::TITLE,
        cookie: "board",
        idle: Duration::from_secs(hours * 3_600),
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
        .route("/materials/{insurer}/{insured}", get(material::show))
}

impl Service {
    /// The frame of a page behind the log-in.
    pub(super) fn frame(&self, seat: &Seat, title: impl Into<String>) -> Frame {
        let (insurer, number) = &seat.user.key;
        let who = format!("委員 {number}（保険者番号 {insurer}の審査会）");
        let links = vec![Link {
            href: home::PATH,
            text: home::TITLE,
        }];
        self.inner_frame(&seat.cookie, who, links, (title, home::PATH), Vec::new())
    }
}
