//! Test-control operations over plain HTTP on this machine.

use std::error::Error as _;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::{Client, ClientBuilder, Response, header, redirect};
use serde_json::Value;

use super::error::{ConnectionStage, DriverError, DriverFault, Moment, Reached};
use super::vendor_file::{TimeLimits, VendorAddress};
use crate::control::{Answer, AnswerMismatch, Excerpt, Operation};

/// The longest answer the judge reads, in MiB.
const BODY_MEBIBYTES_MAX: u64 = 64;

/// The length of the piece of an answer that is quoted in messages, in characters.
const QUOTED_CHARS: usize = 160;

/// The HTTP driver: `POST {address}/tekigo/v1/{operation}`, a JSON object in, an [`Answer`] out.
///
/// Proxies of the environment are ignored, redirections are not followed, and every operation has a
/// connection of its own, so that a build which is stopped and started again is never spoken to
/// through a connection of its former life.
#[derive(Debug)]
pub struct HttpDriver {
    client: Client,
    address: VendorAddress,
    limits: TimeLimits,
    answered: AtomicBool,
}

impl HttpDriver {
    /// A driver for the build at `address`. Nothing is sent yet.
    #[must_use]
    pub fn new(address: VendorAddress, limits: TimeLimits) -> Self {
        Self {
            client: client(),
            address,
            limits,
            answered: AtomicBool::new(false),
        }
    }

    /// Where the build is looked for.
    #[must_use]
    pub const fn address(&self) -> VendorAddress {
        self.address
    }

    /// Asks for `operation` with the limit of the vendor's file.
    ///
    /// # Errors
    /// [`DriverError`] when there is no answer that fits the interface.
    pub async fn call(&self, operation: Operation, input: &Value) -> Result<Answer, DriverError> {
        self.call_within(operation, input, self.limits.of(operation))
            .await
    }

    /// Asks for `operation` and waits at most `limit`.
    ///
    /// # Errors
    /// [`DriverError`] when there is no answer that fits the interface.
    pub async fn call_within(
        &self,
        operation: Operation,
        input: &Value,
        limit: Duration,
    ) -> Result<Answer, DriverError> {
        let moment = Moment::after(self.answered.load(Ordering::Relaxed));
        let answer = self
            .exchange(operation, input, limit)
            .await
            .map_err(|fault| DriverError {
                operation,
                reached: Reached::At(self.address),
                moment,
                fault,
            })?;
        self.answered.store(true, Ordering::Relaxed);
        Ok(answer)
    }

    async fn exchange(
        &self,
        operation: Operation,
        input: &Value,
        limit: Duration,
    ) -> Result<Answer, DriverFault> {
        let failed = |error| fault_of(&error, limit);
        let mut response = self
            .client
            .post(format!("{}/tekigo/v1/{}", self.address, operation.name()))
            .json(input)
            .timeout(limit)
            .send()
            .await
            .map_err(failed)?;
        let head = Head::of(&response);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            body.extend_from_slice(&chunk);
            if body.len() as u64 > BODY_MEBIBYTES_MAX << 20 {
                let limit_mebibytes = BODY_MEBIBYTES_MAX;
                return Err(head.does_not_fit(AnswerMismatch::TooLong { limit_mebibytes }, &body));
            }
        }
        if head.status != 200 {
            let status = head.status;
            return Err(head.does_not_fit(AnswerMismatch::WrongStatus { status }, &body));
        }
        Answer::read(operation, &body).map_err(|mismatch| head.does_not_fit(mismatch, &body))
    }
}

/// The head of a response, kept for messages.
struct Head {
    status: u16,
    content_type: Option<String>,
}

impl Head {
    fn of(response: &Response) -> Self {
        let content_type = response
            .headers()
            .get(header::CONTENT_TYPE)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        Self {
            status: response.status().as_u16(),
            content_type: content_type
                .map(|text| Excerpt::beginning(&text, QUOTED_CHARS).to_string()),
        }
    }

    fn does_not_fit(self, mismatch: AnswerMismatch, body: &[u8]) -> DriverFault {
        // Quoting needs the beginning only; four bytes hold any character.
        let beginning = &body[..body.len().min(QUOTED_CHARS * 4 * 4)];
        DriverFault::NotTheInterface {
            status: Some(self.status),
            content_type: self.content_type,
            mismatch,
            came: Excerpt::beginning(&String::from_utf8_lossy(beginning), QUOTED_CHARS),
        }
    }
}

fn client() -> Client {
    plain_client()
        .pool_max_idle_per_host(0)
        .build()
        .expect("a client for plain HTTP needs nothing of the system")
}

/// A client of this machine's own servers: no proxy, no redirection followed.
pub(crate) fn plain_client() -> ClientBuilder {
    // Plain HTTP only: no certificate is trusted, and no process-wide TLS provider is needed.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider knows the default versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(redirect::Policy::none())
}

fn fault_of(error: &reqwest::Error, limit: Duration) -> DriverFault {
    if error.is_timeout() {
        return DriverFault::timed_out(limit);
    }
    if cause::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
        return DriverFault::NotTheInterface {
            status: None,
            content_type: None,
            mismatch: AnswerMismatch::NotHttp,
            came: Excerpt::default(),
        };
    }
    let stage = if error.is_connect() {
        match cause::<io::Error>(error) {
            Some(cause) if cause.kind() == io::ErrorKind::ConnectionRefused => {
                ConnectionStage::Refused
            }
            Some(cause) => ConnectionStage::NotConnected(cause.to_string()),
            None => ConnectionStage::NotConnected(error.to_string()),
        }
    } else {
        ConnectionStage::Closed
    };
    DriverFault::Unreachable { stage, ended: None }
}

/// The innermost-first cause of a kind.
fn cause<E: std::error::Error + 'static>(error: &reqwest::Error) -> Option<&E> {
    let mut next = error.source();
    while let Some(current) = next {
        if let Some(found) = current.downcast_ref::<E>() {
            return Some(found);
        }
        next = current.source();
    }
    None
}
