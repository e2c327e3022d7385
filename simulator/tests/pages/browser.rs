//! A browser as small as can be: one cookie, pages by their labels, and raw requests for attacks.

use std::net::SocketAddr;

use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, StatusCode, redirect};
use scraper::{ElementRef, Html, Selector};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer, read whole.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

/// Somebody at a terminal.
#[derive(Debug, Clone)]
pub(super) struct Browser {
    http: Client,
    pub(super) address: SocketAddr,
    pub(super) cookie: Option<String>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("UTF-8")
    }

    pub(super) fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("ASCII"))
    }

    /// Where it leads on to.
    pub(super) fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.text());
        self.header(LOCATION.as_str())
    }

    pub(super) fn texts(&self, selector: &str) -> Vec<String> {
        let html = self.html();
        let selector = Selector::parse(selector).expect("a selector");
        html.select(&selector).map(text_of).collect()
    }

    pub(super) fn heading(&self) -> String {
        self.texts("h1").join("/")
    }

    pub(super) fn problems(&self) -> String {
        self.texts("#problems[role=alert]").join("/")
    }

    pub(super) fn notice(&self) -> String {
        self.texts("#notice[role=status]").join("/")
    }

    /// The token of the forms on this page.
    pub(super) fn token(&self) -> String {
        let html = self.html();
        let selector = Selector::parse("main input[name=csrf], input[name=csrf]");
        let mut fields = html.select(selector.as_ref().expect("a selector"));
        let field = fields.next().expect("a form");
        field.value().attr("value").unwrap_or_default().to_owned()
    }
}

/// The texts of an element, one space between them.
pub(super) fn text_of(element: ElementRef<'_>) -> String {
    let text = element.text().collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Browser {
    pub(super) fn new(address: SocketAddr) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .build();
        Self {
            http: http.expect("a client"),
            address,
            cookie: None,
        }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.request(Method::GET, path, &[], Vec::new()).await
    }

    /// Sends any request; a cookie that comes back is kept.
    pub(super) async fn request(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let answer = self.try_request(method, path, headers, body).await;
        answer.unwrap_or_else(|error| panic!("{path}: {error:?}"))
    }

    pub(super) async fn try_request(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Answer, reqwest::Error> {
        let mut request = self
            .http
            .request(method, format!("http://{}{path}", self.address))
            .body(body);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a header");
            request = request.header(name, HeaderValue::from_str(value).expect("a value"));
        }
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        if let Some(cookie) = headers.get(SET_COOKIE) {
            let cookie = cookie.to_str().expect("ASCII").split(';').next();
            self.cookie = cookie
                .filter(|cookie| !cookie.ends_with('='))
                .map(str::to_owned);
        }
        let bytes = response.bytes().await?.to_vec();
        Ok(Answer {
            status,
            headers,
            bytes,
        })
    }

    /// Fills in and sends the form of a page; the token is the page's own.
    pub(super) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(path).await;
        let token = page.token();
        self.post(path, &token, fields).await
    }

    /// Sends a form with any token.
    pub(super) async fn post(
        &mut self,
        path: &str,
        token: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let body = form_body(token, fields);
        let media = ("content-type", "application/x-www-form-urlencoded");
        self.request(Method::POST, path, &[media], body).await
    }

    /// Sends files as the form of `/send` would.
    pub(super) async fn upload(&mut self, files: &[(String, Vec<u8>)]) -> Answer {
        let token = self.get("/send").await.token();
        self.upload_with(&token, files).await
    }

    pub(super) async fn upload_with(&mut self, token: &str, files: &[(String, Vec<u8>)]) -> Answer {
        let body = upload_body(token, files);
        self.post_parts("/send", body).await
    }

    /// Sends a multipart body as it is.
    pub(super) async fn post_parts(&mut self, path: &str, body: Vec<u8>) -> Answer {
        let media = ("content-type", MULTIPART);
        self.request(Method::POST, path, &[media], body).await
    }

    /// Writes bytes on a line of its own and reads until the other side ends.
    pub(super) async fn raw(&self, bytes: &[u8]) -> String {
        let mut line = TcpStream::connect(self.address).await.expect("a line");
        // The other side may have said no and closed before everything was written.
        let _ = line.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = line.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }
}

pub(super) const MULTIPART: &str = "multipart/form-data; boundary=tekigo-test-boundary";

/// One part of a multipart body.
pub(super) fn part(disposition: &str, content: &[u8]) -> Vec<u8> {
    let head =
        format!("--tekigo-test-boundary\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

pub(super) fn file_part(name: &str, content: &[u8]) -> Vec<u8> {
    part(&format!("name=\"files\"; filename=\"{name}\""), content)
}

/// The whole body of an upload.
pub(super) fn upload_body(token: &str, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut body = part("name=\"csrf\"", token.as_bytes());
    for (name, content) in files {
        body.extend(file_part(name, content));
    }
    body.extend_from_slice(b"--tekigo-test-boundary--\r\n");
    body
}

pub(super) fn form_body(token: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let escaped = |text: &str| {
        let bytes = text.bytes();
        bytes.map(|byte| format!("%{byte:02X}")).collect::<String>()
    };
    let mut body = format!("csrf={}", escaped(token));
    for (name, value) in fields {
        body.push_str(&format!("&{}={}", escaped(name), escaped(value)));
    }
    body.into_bytes()
}
