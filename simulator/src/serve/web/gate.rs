//! What every request passes before a page sees it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, HeaderValue, Method, header, request::Parts};

use super::body::{Patience, pass_over};
use super::form::{Form, FormBounds, TOKEN_FIELD};
use super::frame::Chrome;
use super::secret::random_text;
use super::session::{Sessions, is_cookie_value, real_now};
use super::turned_away::{TurnedAway, turn_away};

/// The gate of one page-set: host, origin, session, form token, headers of the answer. A page that
/// is not named in `public` is never reached without a session, and no form without its token.
pub struct Gate<U> {
    /// Who is logged in.
    pub sessions: Sessions<U>,
    /// `host:port` as browsers write it.
    pub hosts: Vec<String>,
    /// Name of the cookie. Browsers do not tell ports apart, so it is the page-set's own.
    pub cookie: String,
    /// The page to log in.
    pub log_in_path: &'static str,
    /// Pages that need no session. A part `*` of a path stands for any one part.
    pub public: &'static [&'static str],
    /// Pages that take a form, which is read and its token checked here. A part `*` of a path stands for
    /// any one part.
    pub forms: &'static [&'static str],
    /// How much a form may hold.
    pub form_bounds: FormBounds,
    /// Pages that read their own body, with its token.
    pub uploads: &'static [&'static str],
    /// What stands above every page now.
    pub chrome: Box<dyn Fn() -> Chrome + Send + Sync>,
    /// What a page may load and where its forms may go, unless it brings a policy of its own
    /// (`Content-Security-Policy`).
    pub policy: &'static str,
    /// The HTTP `Date` of the run.
    pub date: Box<dyn Fn() -> HeaderValue + Send + Sync>,
}

/// The policy of pages without scripts and pictures.
pub const PLAIN_POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The browser that asks, logged in or not.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The cookie's value; a new one if it brought none.
    pub cookie: String,
    /// Whether it brought one.
    pub brought_cookie: bool,
}

/// Somebody logged in: the evidence that the gate found a session.
#[derive(Debug, Clone)]
pub struct Member<U> {
    /// The cookie's value.
    pub cookie: String,
    /// Whose session it is.
    pub user: U,
}

impl<U: Clone + PartialEq> Gate<U> {
    /// The header that gives the browser a cookie.
    pub fn set_cookie(&self, value: &str) -> HeaderValue {
        let text = format!("{}={value}; HttpOnly; SameSite=Strict; Path=/", self.cookie);
        HeaderValue::from_str(&text).expect("a cookie of letters, digits and signs")
    }

    /// The header that takes the cookie back.
    pub fn clear_cookie(&self) -> HeaderValue {
        let text = format!(
            "{}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0",
            self.cookie
        );
        HeaderValue::from_str(&text).expect("a cookie of letters, digits and signs")
    }

    /// Opens a session under a new cookie, and ends the one it replaces.
    pub fn open(&self, old_cookie: &str, user: U) -> String {
        self.sessions.close(old_cookie);
        self.sessions.open(user, real_now())
    }

    /// The page for a request that is turned away.
    pub fn turn_away(&self, why: TurnedAway) -> Response {
        turn_away(&(self.chrome)(), why)
    }

    fn cookie_of(&self, headers: &HeaderMap) -> Option<String> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, value)| *name == self.cookie && is_cookie_value(value))
            .map(|(_, value)| value.to_owned())
    }

    fn is_own_host(&self, head: &Parts) -> bool {
        let mut named = head.headers.get_all(header::HOST).iter();
        let is_own = |host: &str| self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
        let host = named.next().and_then(|host| host.to_str().ok());
        let target = head.uri.authority().map(http::uri::Authority::as_str);
        host.is_some_and(is_own) && named.next().is_none() && target.is_none_or(is_own)
    }

    /// Whether a request comes from one of these pages, or from no page at all.
    fn is_own_origin(&self, head: &Parts) -> bool {
        let text = |name: &str| {
            let value = head.headers.get(name)?;
            Some(value.to_str().unwrap_or("unreadable"))
        };
        let is_own = |origin: &str| {
            self.hosts
                .iter()
                .any(|host| origin.strip_prefix("http://") == Some(host))
        };
        match (text("sec-fetch-site"), text("origin")) {
            (Some("same-origin"), None) => true,
            // Under `Referrer-Policy: no-referrer` a browser hides the origin of its own forms.
            (Some("same-origin"), Some(origin)) => origin == "null" || is_own(origin),
            (Some(_), _) => false,
            (None, Some(origin)) => is_own(origin),
            (None, None) => true,
        }
    }
}

/// Whether a page of another site wants to show or read this one, rather than to lead to it.
fn is_embedded_elsewhere(headers: &HeaderMap) -> bool {
    let is = |name: &str, wanted: &[&str]| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| wanted.contains(&value))
    };
    is("sec-fetch-site", &["cross-site", "same-site"]) && !is("sec-fetch-mode", &["navigate"])
}

/// Lets a request through, or answers it; either way the answer has the headers that keep a page
/// to itself.
pub async fn guard<U>(State(gate): State<Arc<Gate<U>>>, request: Request, next: Next) -> Response
where
    U: Clone + PartialEq + Send + Sync + 'static,
{
    let mut response = admit(&gate, request, next).await;
    let headers = response.headers_mut();
    headers.insert(header::DATE, (gate.date)());
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(gate.policy));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a path is one of these pages.
fn is_one_of(pages: &[&str], path: &str) -> bool {
    pages.iter().any(|page| {
        let (page, path) = (page.split('/'), path.split('/'));
        page.clone().count() == path.clone().count()
            && page.zip(path).all(|(own, part)| own == "*" || own == part)
    })
}

async fn admit<U>(gate: &Gate<U>, request: Request, next: Next) -> Response
where
    U: Clone + PartialEq + Send + Sync + 'static,
{
    let (mut head, body) = request.into_parts();
    if !gate.is_own_host(&head) {
        return gate.turn_away(TurnedAway::ForeignHost);
    }
    let is_reading = matches!(head.method, Method::GET | Method::HEAD);
    let is_foreign = if is_reading {
        is_embedded_elsewhere(&head.headers)
    } else {
        !gate.is_own_origin(&head)
    };
    if is_foreign {
        return gate.turn_away(TurnedAway::ForeignPage);
    }
    let brought = gate.cookie_of(&head.headers);
    let brought_cookie = brought.is_some();
    let cookie = brought.unwrap_or_else(random_text);
    let user = gate.sessions.find(&cookie, real_now());
    let path = head.uri.path().to_owned();
    match user {
        Some(user) => {
            let cookie = cookie.clone();
            head.extensions.insert(Member { cookie, user });
        }
        None if is_one_of(gate.public, &path) => {}
        None => {
            pass_over(body, Patience::FORM).await;
            return Redirect::to(gate.log_in_path).into_response();
        }
    }
    let is_posting = head.method == Method::POST;
    let takes = |pages: &[&str]| is_posting && is_one_of(pages, &path);
    let mut for_page = Body::empty();
    if takes(gate.uploads) {
        for_page = body;
    } else if takes(gate.forms) {
        let form = match Form::read(&head.headers, body, gate.form_bounds).await {
            Ok(form) => form,
            Err(why) => return gate.turn_away(why),
        };
        if !gate.sessions.is_form_token(&cookie, form.text(TOKEN_FIELD)) {
            return gate.turn_away(TurnedAway::NoToken);
        }
        head.extensions.insert(form);
    } else {
        pass_over(body, Patience::FORM).await;
    }
    head.extensions.insert(Visitor {
        cookie,
        brought_cookie,
    });
    next.run(Request::from_parts(head, for_page)).await
}
