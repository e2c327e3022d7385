//! Forms as browsers send them: `application/x-www-form-urlencoded`.

use std::collections::BTreeMap;

use axum::body::Body;
use http::{HeaderMap, header};

use super::body::{BodyError, Patience, read};
use super::turned_away::TurnedAway;

/// The hidden field that carries the token of a form.
pub(super) const TOKEN_FIELD: &str = "csrf";

/// How much a form may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormBounds {
    /// Bytes of the whole form.
    pub bytes_max: usize,
    /// Characters of one field.
    pub field_characters_max: usize,
}

impl FormBounds {
    /// A few short fields.
    pub const SHORT: Self = Self {
        bytes_max: 16 * 1024,
        field_characters_max: 512,
    };
}

/// The fields of a form, each at most once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(BTreeMap<String, String>);

impl Form {
    /// Reads a body as a form.
    pub(super) async fn read(
        headers: &HeaderMap,
        body: Body,
        bounds: FormBounds,
    ) -> Result<Self, TurnedAway> {
        let is_form = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|media| {
                media
                    .trim()
                    .eq_ignore_ascii_case("application/x-www-form-urlencoded")
            });
        if !is_form {
            return Err(TurnedAway::NotAForm);
        }
        let bytes =
            read(body, bounds.bytes_max, Patience::FORM)
                .await
                .map_err(|error| match error {
                    BodyError::Slow => TurnedAway::Slow,
                    BodyError::Broken => TurnedAway::Unreadable,
                    BodyError::TooLarge => TurnedAway::FormTooLarge,
                })?;
        Self::parse(&bytes, bounds).ok_or(TurnedAway::Unreadable)
    }

    /// `None` for anything that no browser sends: a field twice, bytes that are not UTF-8, control
    /// characters, a field of endless length.
    fn parse(bytes: &[u8], bounds: FormBounds) -> Option<Self> {
        let mut fields = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(bytes) {
            let is_plain = !value.contains(|character: char| {
                character.is_control() || character == char::REPLACEMENT_CHARACTER
            });
            if !is_plain || value.chars().count() > bounds.field_characters_max {
                return None;
            }
            if fields
                .insert(name.into_owned(), value.into_owned())
                .is_some()
            {
                return None;
            }
        }
        Some(Self(fields))
    }

    /// A field's value; empty if it did not come.
    pub fn text(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Every field with its value, the token among them.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether no field came but these and the token.
    pub fn has_only(&self, fields: &[&str]) -> bool {
        self.0
            .keys()
            .all(|name| name == TOKEN_FIELD || fields.contains(&name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read() {
        let form = Form::parse(
            "login_id=139998&password=%E6%9C%88+a%26b".as_bytes(),
            FormBounds::SHORT,
        );
        let form = form.expect("a form");
        assert_eq!(form.text("login_id"), "139998");
        assert_eq!(form.text("password"), "月 a&b");
        assert_eq!(form.text("other"), "");
        assert!(form.has_only(&["login_id", "password"]));
        assert!(!form.has_only(&["login_id"]));
    }

    #[test]
    fn what_no_browser_sends_is_no_form() {
        let long = format!(
            "a={}",
            "x".repeat(FormBounds::SHORT.field_characters_max + 1)
        );
        for bytes in [
            &b"a=1&a=2"[..],
            b"a=%00",
            b"a=b%0d%0aSet-Cookie:x",
            b"a=%ff%fe",
            long.as_bytes(),
        ] {
            assert_eq!(
                Form::parse(bytes, FormBounds::SHORT),
                None,
                "{}",
                bytes.escape_ascii()
            );
        }
    }
}
