//! The interface for care software (介護ソフト) on the air: an office's program logs in under the office's
//! client certificate and looks at data, with the same gates as the pages of 介護WEBサービス.
//!
//! It only reads: what changes something is done in the pages. What is wrong with the call has its
//! HTTP status; what is wrong with the business comes with 200 [domain 1.6, analog].
//!
//! # Differs from the real system
//! Paths and members are assumed; a one-time password is not asked for. Published are the lives of the
//! tokens, the client certificate, and what is for the pages only [domain 4.1, 4.2].

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::ServerConfig;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::certificates::ClientCertificate;
use super::shell::Shell;
use super::software_tokens::{Tokens, Visit};
use super::web::{Patience, read_body};
use crate::effect::Effect;
use crate::input::Input;
use crate::systems::care_software::{
    BASE, DOCUMENT, INSURED, REFRESH, TOKENS, WireAnswer, answer_of, software_openapi,
};
use crate::viewer::{OfficeAction, OfficeRequest, Subject, Viewed, ViewerInput};

/// The name under which it is reached.
pub const SOFTWARE_HOST: &str = "soft.kaigo-sotei.example";
/// Bytes of a request's body.
const BODY_BYTES_MAX: usize = 16 * 1024;

/// What the interface needs to answer.
#[derive(Debug)]
pub(super) struct SoftwareServer {
    shell: Arc<Shell>,
    config: Arc<ServerConfig>,
    /// The bytes of each office's certificate, and the name in it.
    certificates: RwLock<Vec<(Vec<u8>, String)>>,
    tokens: Mutex<Tokens>,
}

/// 「ログイン」.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LogInBody {
    user: String,
    password: String,
}

/// Renewal.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RefreshBody {
    refresh_token: String,
}

impl SoftwareServer {
    pub(super) fn new(shell: Arc<Shell>, config: Arc<ServerConfig>) -> Arc<Self> {
        Arc::new(Self {
            shell,
            config,
            certificates: RwLock::default(),
            tokens: Mutex::default(),
        })
    }

    /// Knows an office by its certificate from now on.
    pub(super) fn know(&self, certificate: &ClientCertificate) {
        let known = (certificate.der.clone(), certificate.name.clone());
        let mut certificates = self
            .certificates
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        certificates.push(known);
    }

    /// Accepts connections until the task is dropped.
    pub(super) async fn run(self: Arc<Self>, listener: TcpListener) {
        let mut connections = tokio::task::JoinSet::new();
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            let server = Arc::clone(&self);
            connections.spawn(async move { server.serve_connection(stream).await });
            while connections.try_join_next().is_some() {}
        }
    }

    async fn serve_connection(self: Arc<Self>, stream: TcpStream) {
        let acceptor = TlsAcceptor::from(Arc::clone(&self.config));
        // Nobody without a certificate of the run gets as far as the world.
        let Ok(stream) = acceptor.accept(stream).await else {
            return;
        };
        let presented = stream.get_ref().1.peer_certificates();
        let presented = presented.and_then(<[_]>::first);
        let certificate = presented.and_then(|certificate| self.name_of(certificate));
        let service = service_fn(move |request| {
            let server = Arc::clone(&self);
            let certificate = certificate.clone();
            async move { Ok::<_, Infallible>(server.answer(request, certificate).await) }
        });
        // A connection that breaks off is the program's business.
        let _ = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service)
            .await;
    }

    fn name_of(&self, der: &[u8]) -> Option<String> {
        let known = self
            .certificates
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let mut known = known.iter();
        let found = known.find(|(certificate, _)| certificate == der);
        found.map(|(_, name)| name.clone())
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        certificate: Option<String>,
    ) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let bearer = bearer(&head.headers).unwrap_or_default();
        let path = head.uri.path().strip_prefix(BASE).unwrap_or_default();
        let Some(allowed) = allowed(path) else {
            let refused = refused(404, "no_such_path", "このアドレスはありません");
            return self.response(&refused);
        };
        let answer = match (&head.method, path) {
            (&Method::POST, TOKENS) => match read(body).await {
                Ok(sent) => self.log_in(certificate, &sent),
                Err(answer) => Ok(answer),
            },
            (&Method::POST, REFRESH) => match read(body).await {
                Ok(sent) => self.refresh(certificate, &sent),
                Err(answer) => Ok(answer),
            },
            (&Method::DELETE, TOKENS) => self.log_out(certificate, bearer),
            (&Method::GET, DOCUMENT) => {
                Ok(taken(software_openapi(self.shell.profile(), SOFTWARE_HOST)))
            }
            (&Method::GET, path) if path.starts_with(INSURED) => {
                self.view(certificate, bearer, &path[INSURED.len()..])
            }
            _ => {
                let refused = refused(405, "method", "この呼び方はできません");
                let mut response = self.response(&refused);
                let allowed = HeaderValue::from_static(allowed);
                response.headers_mut().insert(header::ALLOW, allowed);
                return response;
            }
        };
        let broken = |_| refused(500, "broken", "記録に書けないため、答えられません");
        self.response(&answer.unwrap_or_else(broken))
    }

    fn log_in(&self, certificate: Option<String>, sent: &LogInBody) -> Result<WireAnswer, Broken> {
        let action = OfficeAction::LogIn {
            certificate: certificate.clone(),
            user: self.shell.masked(&sent.user),
            password: self.shell.mask().password_token(&sent.password),
        };
        let viewed = self.ask(None, action)?;
        let (Some(session), Some(certificate)) = (viewed.session, certificate) else {
            return Ok(answer_of(&viewed));
        };
        let visit = Visit {
            session,
            certificate,
        };
        let (access, refresh) = self.tokens().open(visit);
        let limits = &self.shell.profile().access().limits;
        Ok(taken(json!({
            "accessToken": access,
            "accessSeconds": limits.access_minutes.value * 60,
            "refreshToken": refresh,
            "refreshSeconds": limits.refresh_hours.value * 3_600,
        })))
    }

    fn refresh(
        &self,
        certificate: Option<String>,
        sent: &RefreshBody,
    ) -> Result<WireAnswer, Broken> {
        let session = self.tokens().of_refresh(&sent.refresh_token, certificate);
        let viewed = self.ask(session, OfficeAction::Refresh)?;
        let access = session
            .filter(|_| viewed.done)
            .and_then(|session| self.tokens().renew(session));
        let Some(access) = access else {
            return Ok(answer_of(&viewed));
        };
        let limits = &self.shell.profile().access().limits;
        Ok(taken(json!({
            "accessToken": access,
            "accessSeconds": limits.access_minutes.value * 60,
        })))
    }

    fn log_out(&self, certificate: Option<String>, bearer: &str) -> Result<WireAnswer, Broken> {
        let session = self.tokens().of_access(bearer, certificate);
        let viewed = self.ask(session, OfficeAction::LogOut)?;
        if let Some(session) = session {
            self.tokens().close(session);
        }
        Ok(answer_of(&viewed))
    }

    fn view(
        &self,
        certificate: Option<String>,
        bearer: &str,
        place: &str,
    ) -> Result<WireAnswer, Broken> {
        let mut parts = place.split('/');
        let mut part = || parts.next().unwrap_or_default();
        let (insurer, insured, data) = (part(), part(), part());
        let session = self.tokens().of_access(bearer, certificate);
        let action = OfficeAction::View {
            subject: Subject {
                insurer: self.shell.masked(insurer),
                insured: self.shell.masked(insured),
            },
            data: self.shell.masked(data),
        };
        Ok(answer_of(&self.ask(session, action)?))
    }

    /// Asks the world; whoever has no log-in is told so by the world, too.
    fn ask(&self, session: Option<u64>, action: OfficeAction) -> Result<Viewed, Broken> {
        let request = OfficeRequest { session, action };
        let input = Input::Viewer(ViewerInput::CareSoftware(request));
        let effects = self.shell.submit(&input).map_err(|_| Broken)?;
        let viewed = effects.into_iter().find_map(|dated| {
            let Effect::Viewed(viewed) = dated.effect else {
                return None;
            };
            Some(*viewed)
        });
        Ok(viewed.expect("the world answers every viewer"))
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn response(&self, answer: &WireAnswer) -> Response<Full<Bytes>> {
        let body = Full::new(Bytes::from(answer.body.to_string()));
        let mut response = Response::new(body);
        let status = StatusCode::from_u16(answer.status);
        *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        for (name, value) in [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.insert(header::DATE, self.shell.http_date());
        if answer.status == 401 {
            let scheme = HeaderValue::from_static("Bearer");
            headers.insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

/// The journal could not be written.
#[derive(Debug)]
struct Broken;

/// The methods of a path, if there is such a path.
fn allowed(path: &str) -> Option<&'static str> {
    let is_data = |rest: &str| rest.split('/').count() == 3;
    match path {
        TOKENS => Some("POST, DELETE"),
        REFRESH => Some("POST"),
        DOCUMENT => Some("GET"),
        path => path
            .strip_prefix(INSURED)
            .filter(|rest| is_data(rest))
            .map(|_| "GET"),
    }
}

async fn read<T: DeserializeOwned>(body: Incoming) -> Result<T, WireAnswer> {
    let read = read_body(Body::new(body), BODY_BYTES_MAX, Patience::FORM).await;
    let bytes = read.unwrap_or_default();
    serde_json::from_slice(&bytes)
        .map_err(|_| refused(400, "unreadable", "送られたJSONを読み取れません"))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn taken(body: Value) -> WireAnswer {
    WireAnswer { status: 200, body }
}

fn refused(status: u16, code: &str, message: &str) -> WireAnswer {
    WireAnswer {
        status,
        body: json!({ "errors": [{ "code": code, "message": message }] }),
    }
}
