//! What page-sets share: the way into the world and the frame around each page; and what those of viewers
//! share besides: log-ins that end by the world's clock.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use http::{StatusCode, Uri, header};
use tokio::net::TcpListener;

use super::shell::Shell;
use super::web::{
    Chrome, Form, FormBounds, Frame, Gate, Instead, Link, Member, Notice, PLAIN_POLICY, Problem,
    STYLE_PATH, Sessions, Sort, TurnedAway, Visitor, guard, japanese_moment, serve, style,
};
use crate::effect::Effect;
use crate::input::Input;
use crate::viewer::{Denial, Viewed, ViewerInput};

/// The page to log in, in every page-set.
pub(super) const LOG_IN: &str = "/login";
/// The form that ends a log-in.
pub(super) const LEAVE: &str = "/logout";
/// The pages that need no log-in, where there is nothing to see without one.
pub(super) const OUTSIDE: &[&str] = &[LOG_IN, STYLE_PATH];
/// The query under which the page to log in says that the log-out is done.
const LEFT: &str = "logged_out";
/// The query under which it says that the log-in was over.
const OVER: &str = "over";

/// Who can be logged in.
pub(super) trait Somebody: Clone + PartialEq + Send + Sync + 'static {}

impl<S: Clone + PartialEq + Send + Sync + 'static> Somebody for S {}

/// Somebody logged in at a door, and how they ask the world.
pub(super) trait Caller: Somebody {
    /// What can be asked there.
    type Action: Clone;

    /// The request as the world takes it.
    fn request(&self, action: Self::Action) -> ViewerInput;

    /// What renews a log-in whose access token has ended, where anything does.
    fn renewal() -> Option<Self::Action> {
        None
    }
}

/// What a page-set is called, and what its gate has to know.
pub(super) struct Sign {
    /// The system, in Japanese.
    pub(super) system: &'static str,
    /// Whose pages they are.
    pub(super) environment: &'static str,
    /// The title of the page at `/`.
    pub(super) home: &'static str,
    /// What the name of its cookie begins with.
    pub(super) cookie: &'static str,
    /// After how long unused a session is forgotten. The world's own clock ends a viewer's log-in.
    pub(super) idle: Duration,
    /// The pages that need no log-in.
    pub(super) public: &'static [&'static str],
    /// The pages that take a form.
    pub(super) forms: &'static [&'static str],
}

/// The pages of one door.
pub(super) struct Desk<C> {
    pub(super) shell: Arc<Shell>,
    pub(super) gate: Arc<Gate<C>>,
}

/// What a handler answers: the page, or something instead.
pub(super) type Answer = Result<Response, Instead>;
/// What the handlers of one page take.
pub(super) type AtDesk<C> = State<Arc<Desk<C>>>;
/// Somebody logged in.
pub(super) type By<C> = Extension<Member<C>>;
/// A form whose token was right.
pub(super) type InForm = Extension<Form>;

/// Serves pages until the task is dropped.
pub(super) async fn open<C: Somebody>(
    listener: TcpListener,
    port: u16,
    shell: Arc<Shell>,
    sign: Sign,
    pages: Router<Arc<Desk<C>>>,
) {
    let dates = Arc::clone(&shell);
    let gate = Gate {
        sessions: Sessions::new(sign.idle),
        hosts: vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")],
        cookie: format!("{}-{port}", sign.cookie),
        log_in_path: LOG_IN,
        public: sign.public,
        forms: sign.forms,
        form_bounds: FormBounds::SHORT,
        uploads: &[],
        policy: PLAIN_POLICY,
        chrome: chrome(Arc::clone(&shell), &sign),
        date: Box::new(move || dates.http_date()),
    };
    let desk = Arc::new(Desk {
        shell,
        gate: Arc::new(gate),
    });
    let router = pages
        .route(STYLE_PATH, get(style))
        .fallback(no_such_page::<C>)
        .method_not_allowed_fallback(method::<C>)
        .layer(from_fn_with_state(Arc::clone(&desk.gate), guard::<C>))
        .with_state(desk);
    serve(listener, router).await;
}

fn chrome(shell: Arc<Shell>, sign: &Sign) -> Box<dyn Fn() -> Chrome + Send + Sync> {
    let (system, environment, home) = (sign.system, sign.environment, sign.home);
    Box::new(move || Chrome {
        sort: Sort::Simulated,
        system,
        environment: environment.to_owned(),
        environment_class: "verification",
        at: japanese_moment(shell.now()),
        home,
    })
}

async fn no_such_page<C: Somebody>(State(desk): AtDesk<C>) -> Response {
    desk.gate.turn_away(TurnedAway::NoSuchPage)
}

async fn method<C: Somebody>(State(desk): AtDesk<C>) -> Response {
    desk.gate.turn_away(TurnedAway::Method)
}

impl<C: Caller> Desk<C> {
    /// Asks the world, and renews the access token if it has just ended. Whoever's log-in is over
    /// is led to log in again.
    pub(super) fn ask(&self, member: &Member<C>, action: C::Action) -> Result<Viewed, Instead> {
        let mut viewed = self.submit(member.user.request(action.clone()))?;
        if is_refused_for(&viewed, &[Denial::TokenExpired])
            && let Some(renewal) = C::renewal()
            && self.submit(member.user.request(renewal))?.done
        {
            viewed = self.submit(member.user.request(action))?;
        }
        let over = [
            Denial::TokenExpired,
            Denial::SessionEnded,
            Denial::NotLoggedIn,
        ];
        if is_refused_for(&viewed, &over) {
            self.gate.sessions.close(&member.cookie);
            let again = format!("{LOG_IN}?{OVER}");
            return Err(Redirect::to(&again).into_response().into());
        }
        Ok(viewed)
    }

    /// Asks the world once.
    pub(super) fn submit(&self, request: ViewerInput) -> Result<Viewed, Instead> {
        self.tell(&Input::Viewer(request), |effect| {
            let Effect::Viewed(viewed) = effect else {
                return None;
            };
            Some(*viewed)
        })
    }

    /// Opens a session under a new cookie and leads to the first page.
    pub(super) fn let_in(&self, visitor: &Visitor, caller: C) -> Response {
        let cookie = self.gate.open(&visitor.cookie, caller);
        self.lead_with_cookie("/", &cookie)
    }

    /// Ends a log-in, in the world too if it has one there.
    pub(super) fn let_out(&self, member: &Member<C>, farewell: Option<C::Action>) -> Answer {
        if let Some(farewell) = farewell {
            self.submit(member.user.request(farewell))?;
        }
        Ok(self.close(&member.cookie))
    }
}

impl<C: Somebody> Desk<C> {
    /// Does something in the world, which answers with one effect.
    pub(super) fn tell<A>(
        &self,
        input: &Input,
        answer: impl Fn(Effect) -> Option<A>,
    ) -> Result<A, Instead> {
        let Ok(effects) = self.shell.submit(input) else {
            return Err(self.gate.turn_away(TurnedAway::Broken).into());
        };
        let answer = effects.into_iter().find_map(|dated| answer(dated.effect));
        Ok(answer.expect("the world answers whatever is done at a desk"))
    }

    /// Ends a session and leads to the page to log in.
    pub(super) fn close(&self, cookie: &str) -> Response {
        self.gate.sessions.close(cookie);
        let taken_back = [(header::SET_COOKIE, self.gate.clear_cookie())];
        let to_log_in = Redirect::to(&format!("{LOG_IN}?{LEFT}"));
        (taken_back, to_log_in).into_response()
    }

    /// The frame of the page to log in.
    pub(super) fn outer_frame(
        &self,
        visitor: &Visitor,
        notice: Option<Notice>,
        problems: Vec<Problem>,
    ) -> Frame {
        Frame {
            chrome: (self.gate.chrome)(),
            title: "ログイン".to_owned(),
            here: LOG_IN,
            who: String::new(),
            links: Vec::new(),
            notice,
            problems,
            form_token: self.gate.sessions.form_token(&visitor.cookie),
        }
    }

    /// A page for anybody, with a cookie that ties its forms to the browser.
    pub(super) fn outer_page(&self, visitor: &Visitor, mut page: Response) -> Response {
        if !visitor.brought_cookie {
            let cookie = self.gate.set_cookie(&visitor.cookie);
            page.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        page
    }

    /// The frame of a page behind the log-in, with the notice that was left for it.
    pub(super) fn inner_frame(
        &self,
        cookie: &str,
        who: String,
        links: Vec<Link>,
        page: (impl Into<String>, &'static str),
        problems: Vec<Problem>,
    ) -> Frame {
        let (title, here) = page;
        Frame {
            chrome: (self.gate.chrome)(),
            title: title.into(),
            here,
            who,
            links,
            notice: self.gate.sessions.take_notice(cookie),
            problems,
            form_token: self.gate.sessions.form_token(cookie),
        }
    }

    /// Leads on to another page, which says what was done.
    pub(super) fn lead_to(&self, cookie: &str, path: &str, notice: &str) -> Response {
        let notice = Notice::plain(notice);
        self.gate.sessions.leave_notice(cookie, notice);
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

/// What the page to log in says to somebody who was in before.
pub(super) fn word_of_leaving(uri: &Uri) -> Option<Notice> {
    match uri.query() {
        Some(LEFT) => Some(Notice::plain("ログアウトしました")),
        Some(OVER) => Some(Notice::plain(
            "有効時間が過ぎたため、ログアウトしました。もう一度ログインしてください",
        )),
        Some(_) | None => None,
    }
}

/// The words for a refusal; none if it was none.
pub(super) fn refusal(viewed: &Viewed) -> Option<String> {
    viewed.refused.as_ref().map(|refused| refused.text.clone())
}

/// The status of a form's page.
pub(super) fn status_with(problems: &[Problem]) -> StatusCode {
    match problems {
        [] => StatusCode::OK,
        [_, ..] => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn is_refused_for(viewed: &Viewed, reasons: &[Denial]) -> bool {
    let refused = viewed.refused.as_ref();
    refused.is_some_and(|refused| reasons.contains(&refused.reason))
}
