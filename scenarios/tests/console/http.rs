//! HTTP as little as a browser needs, one request to a connection.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take.
const LIMIT: Duration = Duration::from_secs(120);

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }
}

/// Sends a request; an error if nobody is there, or the line breaks.
pub(super) fn send(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> std::io::Result<Reply> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(LIMIT))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut came = Vec::new();
    stream.read_to_end(&mut came)?;
    read(&came).ok_or_else(|| std::io::Error::other("the line broke"))
}

fn read(came: &[u8]) -> Option<Reply> {
    let end = came.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&came[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let rest = &came[end + 4..];
    let is_chunked = headers.iter().any(|(name, _)| name == "transfer-encoding");
    let body = if is_chunked {
        unchunked(rest)?
    } else {
        rest.to_vec()
    };
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let is_whole = length.is_none_or(|(_, length)| length.parse() == Ok(body.len()));
    is_whole.then_some(Reply {
        status,
        headers,
        body,
    })
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

/// A browser: it keeps cookies.
#[derive(Debug, Clone)]
pub(super) struct Browser {
    pub(super) address: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(super) fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            cookies: BTreeMap::new(),
        }
    }

    pub(super) fn get(&mut self, path: &str) -> std::io::Result<Reply> {
        self.ask("GET", path, None, b"")
    }

    pub(super) fn post(
        &mut self,
        path: &str,
        fields: &[(String, String)],
    ) -> std::io::Result<Reply> {
        let pairs = fields.iter();
        let pairs = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        self.ask(
            "POST",
            path,
            Some("application/x-www-form-urlencoded"),
            body.as_bytes(),
        )
    }

    /// Sends files in a field, as a browser's form does.
    pub(super) fn upload(
        &mut self,
        path: &str,
        token: &str,
        field: &str,
        files: &[(String, Vec<u8>)],
    ) -> std::io::Result<Reply> {
        let mut body = Vec::new();
        let part =
            |rest: &str| format!("--B\r\nContent-Disposition: form-data; name={rest}\r\n\r\n");
        body.extend_from_slice(part("\"csrf\"").as_bytes());
        body.extend_from_slice(token.as_bytes());
        body.extend_from_slice(b"\r\n");
        for (name, content) in files {
            let rest = format!("\"{field}\"; filename=\"{name}\"");
            body.extend_from_slice(part(&rest).as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--B--\r\n");
        self.ask("POST", path, Some("multipart/form-data; boundary=B"), &body)
    }

    fn ask(
        &mut self,
        method: &str,
        path: &str,
        kind: Option<&str>,
        body: &[u8],
    ) -> std::io::Result<Reply> {
        let cookies = self.cookies.iter();
        let cookies: Vec<String> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![("Cookie", cookies.as_str())];
        headers.extend(kind.map(|kind| ("Content-Type", kind)));
        let reply = send(&self.address, method, path, &headers, body)?;
        for (name, value) in &reply.headers {
            if name == "set-cookie"
                && let Some((name, value)) = value
                    .split(';')
                    .next()
                    .and_then(|pair| pair.split_once('='))
            {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(reply)
    }
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
