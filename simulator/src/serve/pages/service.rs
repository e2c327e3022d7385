//! The pages of one environment: routes, the frame around each, and the way into the world.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::{HeaderValue, header};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::account::{AccountView, Mode};
use super::{addresses, files, home, keys, log_in, password, received, send, sent};
use crate::effect::Effect;
use crate::input::Input;
use crate::operator::{OperatorAction, OperatorAnswer, OperatorInput};
use crate::profile::Environment;
use crate::serve::shell::Shell;
use crate::serve::web::{
    Chrome, Form, FormBounds, Frame, Gate, Instead, Link, Member, Notice, PLAIN_POLICY, Problem,
    STYLE_PATH, Sessions, Sort, TurnedAway, guard, japanese_moment, serve, style,
};
use crate::systems::pmh::{AccountKey, LogInStage};

/// Uploads that are read at once; others wait. Each may hold the bytes of a whole set.
const UPLOADS_MAX: usize = 2;

/// Somebody of an insurer's staff, logged in.
pub(super) type Staff = Member<AccountKey>;

/// PMH's pages of one environment.
pub(super) struct Pages {
    pub(super) shell: Arc<Shell>,
    pub(super) environment: String,
    pub(super) gate: Arc<Gate<AccountKey>>,
    pub(super) uploads: Semaphore,
}

/// Serves the pages of an environment until the task is dropped.
pub(in crate::serve) async fn open(
    listener: TcpListener,
    port: u16,
    shell: Arc<Shell>,
    environment: Environment,
) {
    let gate = gate(&shell, port, &environment);
    let pages = Arc::new(Pages {
        shell,
        environment: environment.id,
        gate: Arc::new(gate),
        uploads: Semaphore::new(UPLOADS_MAX),
    });
    serve(listener, router(&pages)).await;
}

fn gate(shell: &Arc<Shell>, port: u16, environment: &Environment) -> Gate<AccountKey> {
    let idle = u64::from(shell.profile().pages().session_minutes.value) * 60;
    Gate {
        sessions: Sessions::new(Duration::from_secs(idle)),
        hosts: vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")],
        cookie: format!("pmh-{}-{port}", environment.id),
        log_in_path: log_in::PATH,
        public: &[log_in::PATH, STYLE_PATH],
        forms: &[
            log_in::PATH,
            log_in::LEAVE_PATH,
            password::PATH,
            addresses::PATH,
            keys::PATH,
            received::PATH,
        ],
        form_bounds: FormBounds::SHORT,
        uploads: &[send::PATH],
        policy: PLAIN_POLICY,
        chrome: chrome(Arc::clone(shell), environment),
        date: date(Arc::clone(shell)),
    }
}

fn chrome(shell: Arc<Shell>, environment: &Environment) -> Box<dyn Fn() -> Chrome + Send + Sync> {
    let name = environment.ja.clone();
    let environment_class = if environment.id == "production" {
        "production"
    } else {
        "verification"
    };
    Box::new(move || Chrome {
        sort: Sort::Simulated,
        system: "PMH",
        environment: name.clone(),
        environment_class,
        at: japanese_moment(shell.now()),
        home: home::TITLE,
    })
}

fn date(shell: Arc<Shell>) -> Box<dyn Fn() -> HeaderValue + Send + Sync> {
    Box::new(move || shell.http_date())
}

fn router(pages: &Arc<Pages>) -> Router {
    Router::new()
        .route(home::PATH, get(home::show))
        .route(log_in::PATH, get(log_in::show).post(log_in::submit))
        .route(log_in::LEAVE_PATH, post(log_in::leave))
        .route(password::PATH, get(password::show).post(password::submit))
        .route(
            addresses::PATH,
            get(addresses::show).post(addresses::submit),
        )
        .route(keys::PATH, get(keys::show).post(keys::submit))
        .route(send::PATH, get(send::show).post(send::submit))
        .route(sent::PATH, get(sent::list))
        .route("/sent/{set}", get(sent::show))
        .route(received::PATH, get(received::show).post(received::submit))
        .route("/files/{name}", get(files::fetch))
        .route(STYLE_PATH, get(style))
        .fallback(no_such_page)
        .method_not_allowed_fallback(method)
        .layer(from_fn_with_state(Arc::clone(&pages.gate), guard))
        .with_state(Arc::clone(pages))
}

async fn no_such_page(State(pages): State<Arc<Pages>>) -> Response {
    pages.gate.turn_away(TurnedAway::NoSuchPage)
}

async fn method(State(pages): State<Arc<Pages>>) -> Response {
    pages.gate.turn_away(TurnedAway::Method)
}

/// What a handler answers: the page, or something instead.
pub(super) type Answer = Result<Response, Instead>;
/// What the handlers of one page take.
pub(super) type InPages = State<Arc<Pages>>;
/// Somebody logged in.
pub(super) type ByStaff = Extension<Staff>;
/// A form whose token was right.
pub(super) type InForm = Extension<Form>;

impl Pages {
    /// Has an account act in the world.
    pub(super) fn act(
        &self,
        insurer: &str,
        action: OperatorAction,
    ) -> Result<OperatorAnswer, Instead> {
        let input = Input::Operator(OperatorInput {
            insurer: insurer.to_owned(),
            environment: self.environment.clone(),
            action,
        });
        let Ok(effects) = self.shell.submit(&input) else {
            return Err(self.gate.turn_away(TurnedAway::Broken).into());
        };
        let answer = effects.into_iter().find_map(|dated| {
            let Effect::OperatorAnswer(answer) = dated.effect else {
                return None;
            };
            Some(answer)
        });
        Ok(answer.expect("the world answers every action of the staff"))
    }

    /// The account of whoever asks, once they have a password of their own; before that, every
    /// page leads to the change of the password.
    pub(super) fn account(&self, staff: &Staff) -> Result<AccountView, Instead> {
        let account = self.account_at_any_stage(staff)?;
        if account.stage == LogInStage::Ready {
            return Ok(account);
        }
        let why = "はじめに、パスワードを変更してください。変更するまで、ほかの画面は使えません。";
        Err(self
            .lead_to(staff, password::PATH, Notice::plain(why))
            .into())
    }

    /// The account of whoever asks.
    pub(super) fn account_at_any_stage(&self, staff: &Staff) -> Result<AccountView, Instead> {
        self.shell
            .look(|world| AccountView::of(world, &staff.user))
            .ok_or_else(|| self.gate.turn_away(TurnedAway::NoSuchPage).into())
    }

    /// Leads on to another page, which says why.
    pub(super) fn lead_to(&self, staff: &Staff, path: &str, notice: Notice) -> Response {
        self.gate.sessions.leave_notice(&staff.cookie, notice);
        Redirect::to(path).into_response()
    }

    /// Leads on to another page with a new cookie.
    pub(super) fn lead_with_cookie(&self, path: &str, cookie: &str) -> Response {
        let set = [(header::SET_COOKIE, self.gate.set_cookie(cookie))];
        (set, Redirect::to(path)).into_response()
    }

    /// The frame of a page behind the log-in.
    pub(super) fn frame(
        &self,
        staff: &Staff,
        account: &AccountView,
        title: impl Into<String>,
        here: &'static str,
        problems: Vec<Problem>,
    ) -> Frame {
        Frame {
            chrome: (self.gate.chrome)(),
            title: title.into(),
            here,
            who: format!("{}（保険者番号 {}）", account.name, staff.user.0),
            links: links(account),
            notice: self.gate.sessions.take_notice(&staff.cookie),
            problems,
            form_token: self.gate.sessions.form_token(&staff.cookie),
        }
    }

    /// The page that says that a form is not one of these.
    pub(super) fn strange_form(&self) -> Response {
        self.gate.turn_away(TurnedAway::Unreadable)
    }
}

/// The navigation: what can be done in the account's mode, once the password is its own.
fn links(account: &AccountView) -> Vec<Link> {
    let link = |href, text| Link { href, text };
    if account.stage != LogInStage::Ready {
        return Vec::new();
    }
    let mut links = vec![
        link(home::PATH, home::TITLE),
        link(addresses::PATH, addresses::TITLE),
    ];
    if account.mode != Some(Mode::File) {
        links.push(link(keys::PATH, keys::TITLE));
    }
    if account.mode != Some(Mode::Api) {
        links.push(link(send::PATH, send::TITLE));
        links.push(link(sent::PATH, sent::TITLE));
        links.push(link(received::PATH, received::TITLE));
    }
    links.push(link(password::PATH, password::TITLE));
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Durability, Moment};
    use crate::profile::Profile;
    use crate::serve::opening::{Settings, open_shell};
    use crate::serve::tls::RunClock;
    use crate::serve::web::real_now;

    #[test]
    fn a_session_lasts_as_long_as_the_profile_says() {
        let folder = tempfile::tempdir().expect("a folder");
        let profile = Profile::bundled();
        let settings = Settings {
            profile: Arc::clone(&profile),
            seed: 7,
            start: Moment::default_start(),
            insurers: Vec::new(),
            my_numbers: Vec::new(),
            journal: folder.path().join("journal.jsonl"),
            durability: Durability::Process,
            port: 0,
            resume: false,
        };
        let shell =
            open_shell(&settings, &Arc::new(RunClock::new(settings.start))).expect("a world");
        let gate = gate(&Arc::new(shell), 1, &profile.environments()[0]);
        let user = (
            "139998".parse().expect("a number"),
            "verification".to_owned(),
        );
        let start = real_now();
        let cookie = gate.sessions.open(user, start);
        let end = Duration::from_secs(30 * 60);
        let almost = start + end - Duration::from_secs(1);
        assert!(gate.sessions.find(&cookie, almost).is_some());
        assert!(gate.sessions.find(&cookie, almost + end).is_none());
    }
}
