//! PMH's link interface of mode 1 on the air.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::raw_request::RawRequest;
use super::reply_body::{CutOff, ReplyBody};
use super::shell::Shell;
use super::tls::handshake_failure;
use crate::effect::{LinkReply, ReplyTravel};
use crate::input::{Input, LinkRefused, Unreadable};
use crate::profile::{Profile, openapi};

/// How long a connection on which nothing is answered stays open, in real time.
const SILENT_FOR: Duration = Duration::from_secs(4);
/// How long a slow answer takes, in real time.
const LATE_BY: Duration = Duration::from_secs(2);
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// What one of PMH's environments needs to answer.
#[derive(Debug)]
pub(super) struct LinkServer {
    pub(super) shell: Arc<Shell>,
    pub(super) environment: String,
    pub(super) config: RwLock<Arc<ServerConfig>>,
    /// Fingerprint-free look-up: the certificate's bytes and the name it was issued under.
    pub(super) certificates: RwLock<Vec<(Vec<u8>, String)>>,
    pub(super) openapi_path: String,
    pub(super) profile: Arc<Profile>,
    /// Made when it is first asked for.
    pub(super) openapi: OnceLock<Bytes>,
    pub(super) body_bytes_max: usize,
}

impl LinkServer {
    /// Accepts connections until the task is dropped.
    pub(super) async fn run(self: Arc<Self>, listener: TcpListener) {
        let mut connections = tokio::task::JoinSet::new();
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            if !self.shell.line_is_up() {
                // Closing with nothing pending looks like a broken line, not like an answer.
                let _ = stream.set_zero_linger();
                continue;
            }
            let server = Arc::clone(&self);
            connections.spawn(async move { server.serve_connection(stream).await });
            while connections.try_join_next().is_some() {}
        }
    }

    fn openapi(&self) -> Bytes {
        let document = || Bytes::from(openapi(&self.profile).to_string());
        self.openapi.get_or_init(document).clone()
    }

    async fn serve_connection(self: Arc<Self>, stream: TcpStream) {
        // Answers are small; waiting to fill a packet only delays them.
        let _ = stream.set_nodelay(true);
        let opening = self.shell.open_connection();
        let config = Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner));
        let stream = match TlsAcceptor::from(config).accept(stream).await {
            Ok(stream) => stream,
            Err(error) => {
                let refused = LinkRefused {
                    endpoint: format!("pmh:{}", self.environment),
                    reason: handshake_failure(&error),
                };
                if self.shell.submit(&Input::LinkRefused(refused)).is_err() {
                    eprintln!("記録（ジャーナル）に書けないため、接続の拒否を残せません");
                }
                return;
            }
        };
        drop(opening);
        let presented = stream
            .get_ref()
            .1
            .peer_certificates()
            .and_then(<[_]>::first)
            .map(|certificate| certificate.to_vec());
        let certificate = presented.and_then(|der| self.name_of(&der));
        let service = service_fn(move |request| {
            let server = Arc::clone(&self);
            let certificate = certificate.clone();
            async move { server.answer(request, certificate).await }
        });
        // A connection that breaks off is the vendor's business or the scenario's wish.
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
        known
            .iter()
            .find(|(certificate, _)| certificate == der)
            .map(|(_, name)| name.clone())
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        certificate: Option<String>,
    ) -> Result<Response<ReplyBody>, CutOff> {
        if !self.shell.line_is_up() {
            return Err(CutOff);
        }
        let (head, body) = request.into_parts();
        if head.uri.path() == self.openapi_path && head.method == http::Method::GET {
            return Ok(self.response(200, ReplyBody::whole(self.openapi())));
        }
        let raw = RawRequest {
            environment: self.environment.clone(),
            method: head.method.as_str().to_owned(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            certificate,
            authorization: header_text(&head.headers, &header::AUTHORIZATION),
            content_type: header_text(&head.headers, &header::CONTENT_TYPE),
            body: self.read(body).await?,
        };
        let answered = self.shell.answer(raw).await.map_err(|_| CutOff)?;
        if let Some(release) = answered.release {
            // A run that ends lets go of what it held.
            let _ = release.await;
        }
        let reply = answered.reply;
        let bytes = serde_json::to_vec(&reply.body).map_err(|_| CutOff)?;
        let bytes = Bytes::from(bytes);
        match reply.travel {
            ReplyTravel::Cut => Err(CutOff),
            ReplyTravel::Silent => {
                let_time_pass(SILENT_FOR).await;
                Err(CutOff)
            }
            ReplyTravel::Late => {
                let_time_pass(LATE_BY).await;
                Ok(self.reply(&reply, ReplyBody::whole(bytes)))
            }
            ReplyTravel::CutWithin => Ok(self.reply(&reply, ReplyBody::cut_within(&bytes))),
            ReplyTravel::Whole | ReplyTravel::Held => {
                Ok(self.reply(&reply, ReplyBody::whole(bytes)))
            }
        }
    }

    async fn read(&self, mut body: Incoming) -> Result<Result<Bytes, Unreadable>, CutOff> {
        let most = self.body_bytes_max;
        if body.size_hint().lower() > 2 * most as u64 {
            return Ok(Err(Unreadable::TooLarge));
        }
        match Limited::new(&mut body, most).collect().await {
            Ok(collected) => Ok(Ok(collected.to_bytes())),
            Err(error) if error.is::<LengthLimitError>() => {
                pass_over(body, most).await;
                Ok(Err(Unreadable::TooLarge))
            }
            Err(_) => Err(CutOff),
        }
    }

    /// The headers that the interface promises with some statuses.
    fn reply(&self, reply: &LinkReply, body: ReplyBody) -> Response<ReplyBody> {
        let mut response = self.response(reply.status, body);
        let headers = response.headers_mut();
        if let Some(seconds) = reply.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(method) = reply.allow.as_deref().and_then(|name| name.parse().ok()) {
            headers.insert(header::ALLOW, method);
        }
        if response.status() == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }

    fn response(&self, status: u16, body: ReplyBody) -> Response<ReplyBody> {
        Response::builder()
            .status(status)
            .header(header::CONTENT_TYPE, JSON)
            .header(header::CACHE_CONTROL, NO_STORE)
            .header(header::DATE, self.shell.http_date())
            .body(body)
            .expect("status and headers are of our own making")
    }
}

/// Lets real time pass.
#[expect(
    clippy::disallowed_methods,
    reason = "応答のない回線と遅い回線は、製品の側の実際の時間で待たせる"
)]
async fn let_time_pass(time: Duration) {
    tokio::time::sleep(time).await;
}

/// Takes in so many bytes more: a client that is still sending would meet a broken line instead of
/// the answer.
async fn pass_over(mut body: Incoming, most: usize) {
    let mut passed = 0;
    while let Some(Ok(frame)) = body.frame().await {
        passed += frame.data_ref().map_or(0, Bytes::len);
        if passed > most {
            break;
        }
    }
}

fn header_text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers
        .get(name)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
