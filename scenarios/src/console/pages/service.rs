//! Routes, the frame around each page, and the way to the desk.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::{HeaderValue, StatusCode, header};
use tekigo_simulator::serve::web::{
    self, Chrome, Form, FormBounds, Frame, Gate, Instead, Link, Notice, Problem, STYLE_PATH,
    Sessions, Sort, TurnedAway, Visitor, guard, page, style,
};
use tokio::net::TcpListener;

use super::{answer, attest, current, files, log, machine, prepare, report};
use crate::console::book::now;
use crate::console::desk::Desk;
use crate::console::running::Planned;
use crate::console::standing::NotTaken;

/// Pages that need no session: there is no log-in, only one machine.
const PUBLIC: [&str; 15] = [
    current::PATH,
    prepare::PATH,
    answer::PATH,
    attest::PATH,
    log::PATH,
    machine::PATH,
    files::TAKE_BACK,
    files::PICTURES,
    files::WRITTEN,
    files::GIVE,
    report::PATH,
    report::JOURNALS,
    STYLE_PATH,
    SCRIPT_PATH,
    OWN_STYLE_PATH,
];
/// Pages that take a form.
const FORMS: [&str; 4] = [prepare::PATH, answer::PATH, attest::PATH, files::TAKE_BACK];
/// Pages that take files.
const UPLOADS: [&str; 2] = [files::PICTURES, files::WRITTEN];
/// Where the script lies that copies values.
const SCRIPT_PATH: &str = "/console.js";
/// Where the style of these pages alone lies.
const OWN_STYLE_PATH: &str = "/console.css";
/// These pages have one script of their own and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// An answer may write off a long list.
const BOUNDS: FormBounds = FormBounds {
    bytes_max: 1024 * 1024,
    field_characters_max: 2_000,
};
/// A form that lay open over the night is still good.
const IDLE: Duration = Duration::from_secs(60 * 60 * 24 * 30);
/// How long a page waits for the run to do its own part before it says that it is at work.
const WAIT_MAX: Duration = Duration::from_secs(8);

/// The console's pages.
pub(super) struct Pages {
    pub(super) desk: Arc<Desk>,
    pub(super) gate: Arc<Gate<()>>,
    pub(super) folder: PathBuf,
    pub(super) planned: Planned,
    pub(super) port: u16,
}

/// What the handlers of one page take.
pub(super) type InPages = State<Arc<Pages>>;
/// The browser that asks.
pub(super) type ByVisitor = Extension<Visitor>;
/// A form whose token was right.
pub(super) type InForm = Extension<Form>;

/// Serves the pages until the task is dropped.
pub(in crate::console) async fn serve(
    listener: TcpListener,
    port: u16,
    desk: Arc<Desk>,
    folder: PathBuf,
    planned: Planned,
) {
    let declaration = &desk.declaration;
    let product = format!("{} {}", declaration.product, declaration.version);
    let gate = Arc::new(Gate {
        sessions: Sessions::new(IDLE),
        hosts: vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")],
        cookie: format!("console-{port}"),
        log_in_path: current::PATH,
        public: &PUBLIC,
        forms: &FORMS,
        form_bounds: BOUNDS,
        uploads: &UPLOADS,
        chrome: Box::new(move || Chrome {
            sort: Sort::Tool,
            system: "操作卓",
            environment: product.clone(),
            environment_class: "verification",
            at: String::new(),
            home: current::TITLE,
        }),
        policy: POLICY,
        date: Box::new(|| {
            HeaderValue::from_str(&now().http_date())
                .unwrap_or(HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT"))
        }),
    });
    let pages = Arc::new(Pages {
        desk,
        gate: Arc::clone(&gate),
        folder,
        planned,
        port,
    });
    let router = Router::new()
        .route(current::PATH, get(current::show))
        .route(prepare::PATH, post(prepare::submit))
        .route(answer::PATH, post(answer::submit))
        .route(attest::PATH, get(attest::show).post(attest::submit))
        .route(log::PATH, get(log::show))
        .route(machine::PATH, get(machine::show))
        .route(files::TAKE_BACK, post(files::take_back))
        .route("/picture/{to}", post(files::bring_picture))
        .route("/written/{to}", post(files::bring_written))
        .route("/give/{to}/{name}", get(files::give))
        .route("/report/{name}", get(report::show))
        .route("/report/journal/{name}", get(report::show_journal))
        .route(STYLE_PATH, get(style))
        .route(SCRIPT_PATH, get(script))
        .route(OWN_STYLE_PATH, get(own_style))
        .fallback(no_such_page)
        .method_not_allowed_fallback(method)
        .layer(from_fn_with_state(gate, guard::<()>))
        .with_state(pages);
    web::serve(listener, router).await;
}

async fn no_such_page(State(pages): InPages) -> Response {
    pages.gate.turn_away(TurnedAway::NoSuchPage)
}

async fn method(State(pages): InPages) -> Response {
    pages.gate.turn_away(TurnedAway::Method)
}

async fn script() -> Response {
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    let text = include_str!("../../../templates/console/console.js");
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

async fn own_style() -> Response {
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    let text = include_str!("../../../templates/console/console.css");
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

impl Pages {
    /// Waits for the run to do its own part, but not for ever.
    pub(super) async fn settle(&self) {
        self.desk.until_someone_is_needed(WAIT_MAX).await;
    }

    /// The frame of a page.
    pub(super) fn frame(
        &self,
        visitor: &Visitor,
        title: impl Into<String>,
        here: &'static str,
        problems: Vec<Problem>,
    ) -> Frame {
        let link = |href, text| Link { href, text };
        Frame {
            chrome: (self.gate.chrome)(),
            title: title.into(),
            here,
            who: String::new(),
            links: vec![
                link(current::PATH, current::TITLE),
                link(attest::PATH, attest::TITLE),
                link(log::PATH, log::TITLE),
            ],
            notice: self.gate.sessions.take_notice(&visitor.cookie),
            problems,
            form_token: self.gate.sessions.form_token(&visitor.cookie),
        }
    }

    /// A page for whoever asks, with a cookie that ties its forms to the browser.
    pub(super) fn page(
        &self,
        visitor: &Visitor,
        template: &impl Template,
        is_refused: bool,
    ) -> Response {
        let status = if is_refused {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        self.with_cookie(visitor, page(status, template))
    }

    /// Leads on to another page, which says what was done.
    pub(super) fn lead_to(&self, visitor: &Visitor, path: &str, said: &str) -> Response {
        if !said.is_empty() {
            // Notices belong to a session; whoever has none yet gets one.
            if self
                .gate
                .sessions
                .find(&visitor.cookie, std::time::Instant::now())
                .is_none()
            {
                let cookie = self.gate.open(&visitor.cookie, ());
                self.gate
                    .sessions
                    .leave_notice(&cookie, Notice::plain(said));
                let mut response = Redirect::to(path).into_response();
                let set = self.gate.set_cookie(&cookie);
                response.headers_mut().append(header::SET_COOKIE, set);
                return response;
            }
            self.gate
                .sessions
                .leave_notice(&visitor.cookie, Notice::plain(said));
        }
        self.with_cookie(visitor, Redirect::to(path).into_response())
    }

    fn with_cookie(&self, visitor: &Visitor, mut response: Response) -> Response {
        if !visitor.brought_cookie {
            let cookie = self.gate.set_cookie(&visitor.cookie);
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// Why something was not taken, as a problem of the page; what cannot be noted ends in a page of its own.
    pub(super) fn problem(&self, error: &NotTaken) -> Result<Problem, Instead> {
        match error {
            NotTaken::Journal(_) | NotTaken::File(_) => {
                Err(self.gate.turn_away(TurnedAway::Broken).into())
            }
            NotTaken::Stale | NotTaken::Wrong(_) => Ok(Problem::general(error.to_string())),
        }
    }

    /// The page that says that a form is not one of these.
    pub(super) fn strange_form(&self) -> Response {
        self.gate.turn_away(TurnedAway::Unreadable)
    }
}

/// A time of the machine as people read it: to the minute.
pub(super) fn short(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}
