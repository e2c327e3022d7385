//! A terminal that makes the requests a browser would make.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::error::TerminalError;
use super::multipart::Multipart;
use super::page::{Form, Page};
use super::terminal::{CarriedFile, Entry, Filling};
use crate::drivers::plain_client;

/// How long a page may take, in real time.
const LIMIT: Duration = Duration::from_secs(60);
/// How many pages may lead on to others.
const HOPS_MAX: usize = 5;
/// What a refused action is answered with.
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Requests as a browser makes them: cookies, redirections, forms.
#[derive(Debug)]
pub struct HttpTerminal {
    client: Client,
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

impl HttpTerminal {
    /// A terminal that nobody has logged in at.
    #[must_use]
    pub fn new(address: SocketAddr) -> Self {
        let client = plain_client()
            .timeout(LIMIT)
            .build()
            .expect("a client for plain HTTP needs nothing of the system");
        Self {
            client,
            address,
            cookies: BTreeMap::new(),
        }
    }

    /// A terminal that goes on with what another browser had got so far.
    pub(super) fn with_cookies(address: SocketAddr, cookies: BTreeMap<String, String>) -> Self {
        Self {
            cookies,
            ..Self::new(address)
        }
    }

    pub(super) async fn open(&mut self, path: &str) -> Result<Page, TerminalError> {
        let mut next = path.to_owned();
        for _ in 0..HOPS_MAX {
            let request = self.client.get(self.url(&next));
            let response = self.send(&next, request).await?;
            match leads_on(&response, &next) {
                Some(on) => next = on,
                None => return page(&next, response).await,
            }
        }
        Err(TerminalError::Endless {
            path: path.to_owned(),
        })
    }

    pub(super) async fn submit(
        &mut self,
        page_shown: &Page,
        form: &Form,
        entries: &[Entry<'_>],
    ) -> Result<Page, TerminalError> {
        let path = action(page_shown, form);
        let (content_type, body) = body_of(form, entries);
        let request = self
            .client
            .post(self.url(&path))
            .header(ORIGIN, format!("http://{}", self.address))
            .header("Sec-Fetch-Site", "same-origin")
            .header(CONTENT_TYPE, content_type)
            .body(body);
        let response = self.send(&path, request).await?;
        match leads_on(&response, &path) {
            Some(on) => self.open(&on).await,
            None => page(&path, response).await,
        }
    }

    pub(super) async fn fetch(&mut self, path: &str) -> Result<Vec<u8>, TerminalError> {
        let request = self.client.get(self.url(path));
        let response = self.send(path, request).await?;
        if response.status() != StatusCode::OK {
            return Err(TerminalError::Status {
                path: path.to_owned(),
                status: response.status().as_u16(),
            });
        }
        let bytes = response.bytes().await;
        Ok(bytes.map_err(|error| unreachable(path, &error))?.to_vec())
    }

    /// Sends half of a form's body and hangs up.
    pub(super) async fn break_off(
        &mut self,
        page_shown: &Page,
        form: &Form,
        entries: &[Entry<'_>],
    ) -> Result<(), TerminalError> {
        let path = action(page_shown, form);
        let (content_type, body) = body_of(form, entries);
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
             Sec-Fetch-Site: same-origin\r\nCookie: {cookies}\r\nContent-Type: {content_type}\r\n\
             Content-Length: {length}\r\n\r\n",
            address = self.address,
            cookies = self.cookie_line(),
            length = body.len(),
        );
        let failed = |error: std::io::Error| TerminalError::Unreachable {
            path: path.clone(),
            cause: error.to_string(),
        };
        let mut line = TcpStream::connect(self.address).await.map_err(failed)?;
        line.write_all(head.as_bytes()).await.map_err(failed)?;
        line.write_all(&body[..body.len() / 2])
            .await
            .map_err(failed)?;
        line.flush().await.map_err(failed)
    }

    async fn send(
        &mut self,
        path: &str,
        request: RequestBuilder,
    ) -> Result<Response, TerminalError> {
        let request = if self.cookies.is_empty() {
            request
        } else {
            request.header(COOKIE, self.cookie_line())
        };
        let response = request
            .send()
            .await
            .map_err(|error| unreachable(path, &error))?;
        for cookie in response.headers().get_all(SET_COOKIE) {
            if let Ok(cookie) = cookie.to_str() {
                self.keep(cookie);
            }
        }
        Ok(response)
    }

    /// Keeps a cookie, or throws it away if it has been taken back.
    fn keep(&mut self, cookie: &str) {
        let mut parts = cookie.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let is_over = parts.any(|part| part.eq_ignore_ascii_case("Max-Age=0"));
        if is_over || value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    fn cookie_line(&self) -> String {
        let pairs = self.cookies.iter();
        pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn action(page: &Page, form: &Form) -> String {
    if form.action.is_empty() {
        page.path.clone()
    } else {
        form.action.clone()
    }
}

fn body_of(form: &Form, entries: &[Entry<'_>]) -> (String, Vec<u8>) {
    let mut texts = form.hidden.clone();
    let mut files: (&str, &[CarriedFile]) = ("", &[]);
    for field in &form.fields {
        let entry = entries.iter().find(|entry| entry.label == field.label);
        match entry.map(|entry| entry.filling) {
            Some(Filling::Files(chosen)) => files = (&field.name, chosen),
            Some(Filling::Text(text)) => texts.push((field.name.clone(), text.to_owned())),
            None => texts.push((field.name.clone(), field.value.clone())),
        }
    }
    if form.is_multipart {
        let sent = Multipart::of(&texts, files.0, files.1);
        return (sent.content_type(), sent.into_body());
    }
    let body = texts
        .iter()
        .map(|(name, value)| format!("{}={}", url_encoded(name), url_encoded(value)))
        .collect::<Vec<_>>()
        .join("&");
    let content_type = "application/x-www-form-urlencoded";
    (content_type.to_owned(), body.into_bytes())
}

fn url_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.*".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Where an answer sends the browser, as a path of the same pages.
fn leads_on(response: &Response, from: &str) -> Option<String> {
    if !response.status().is_redirection() {
        return None;
    }
    let to = response.headers().get(LOCATION)?.to_str().ok()?;
    let path = to
        .strip_prefix("http://")
        .map_or(to, |rest| rest.find('/').map_or("/", |at| &rest[at..]));
    Some(if path.is_empty() { from } else { path }.to_owned())
}

async fn page(path: &str, response: Response) -> Result<Page, TerminalError> {
    let status = response.status();
    if !status.is_success() && status != REFUSED {
        return Err(TerminalError::Status {
            path: path.to_owned(),
            status: status.as_u16(),
        });
    }
    let html = response
        .text()
        .await
        .map_err(|error| unreachable(path, &error))?;
    Ok(Page::read(path, &html))
}

fn unreachable(path: &str, error: &reqwest::Error) -> TerminalError {
    let mut cause = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        cause = inner.to_string();
        source = inner.source();
    }
    TerminalError::Unreachable {
        path: path.to_owned(),
        cause,
    }
}
