//! A vendor's request as it came in, and how it gets behind the mask.

use bytes::Bytes;
use serde_json::value::RawValue;

use crate::input::{LinkRequest, Unreadable};
use crate::kernel::Mask;

/// A request as it came in, before the mask.
#[derive(Debug, Clone)]
pub struct RawRequest {
    /// Which of PMH's environments it reached.
    pub environment: String,
    /// HTTP method.
    pub method: String,
    /// Path without query.
    pub path: String,
    /// Query without the question mark; empty if there is none.
    pub query: String,
    /// The name in the client certificate.
    pub certificate: Option<String>,
    /// `Authorization`.
    pub authorization: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// The body, or why there is none.
    pub body: Result<Bytes, Unreadable>,
}

/// The request behind the mask; its position is still to be given.
pub(super) fn masked_request(mask: &Mask, raw: RawRequest) -> LinkRequest {
    let (body, text, unreadable) = match &raw.body {
        Ok(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => {
                let (body, text) = masked_body(mask, text);
                (body, text, None)
            }
            Err(_) => {
                let text = mask
                    .apply_json(&String::from_utf8_lossy(bytes))
                    .into_owned();
                (None, Some(text), Some(Unreadable::NotUtf8))
            }
        },
        Err(unreadable) => (None, None, Some(*unreadable)),
    };
    let masked = |text: &str| mask.apply(text).into_owned();
    LinkRequest {
        id: 0,
        environment: raw.environment,
        method: raw.method,
        path: masked(&raw.path),
        query: masked(&raw.query),
        certificate: raw.certificate,
        key: raw.authorization.map(|value| bearer_token(mask, &value)),
        content_type: raw.content_type.as_deref().map(masked),
        body,
        text,
        unreadable,
    }
}

/// A body behind the mask: as JSON if it is JSON on one line, as text if it is anything else.
fn masked_body(mask: &Mask, text: &str) -> (Option<Box<RawValue>>, Option<String>) {
    let masked = mask.apply_json(text);
    if masked.is_empty() {
        return (None, None);
    }
    if memchr::memchr2(b'\n', b'\r', masked.as_bytes()).is_some() {
        return (None, Some(masked.into_owned()));
    }
    match RawValue::from_string(masked.into_owned()) {
        Ok(json) => (Some(json), None),
        // What was no JSON went with the attempt.
        Err(_) => (None, Some(mask.apply_json(text).into_owned())),
    }
}

/// The token of whatever was presented as bearer; anything else is masked whole.
fn bearer_token(mask: &Mask, value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, key)) if scheme.eq_ignore_ascii_case("bearer") => mask.key_token(key.trim()),
        _ => format!("形の違う認証:{}", mask.key_token(value)),
    }
}
