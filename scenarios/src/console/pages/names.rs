//! Who works at the console: the name is asked with every answer and remembered by the browser.

use http::{HeaderMap, HeaderValue, header};
use tekigo_simulator::serve::web::{Form, Problem};

/// The field of the name.
pub(super) const FIELD: &str = "by";
/// Characters of a name.
const CHARACTERS_MAX: usize = 60;
/// How long a browser remembers, in seconds: 90 days.
const REMEMBERED: u32 = 60 * 60 * 24 * 90;

/// The name that was typed, or what is wrong with it.
pub(super) fn typed(form: &Form) -> Result<String, Problem> {
    let name = form.text(FIELD).trim();
    if name.is_empty() {
        return Err(Problem::at(FIELD, "操作した人の名前を入力してください"));
    }
    if name.chars().count() > CHARACTERS_MAX {
        let text = format!("名前は{CHARACTERS_MAX}文字までです");
        return Err(Problem::at(FIELD, text));
    }
    Ok(name.to_owned())
}

/// The name that the browser remembers; empty if none.
pub(super) fn remembered(headers: &HeaderMap, port: u16) -> String {
    let wanted = cookie(port);
    let values = headers.get_all(header::COOKIE).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .and_then(|(_, value)| from_hexadecimal(value))
        .unwrap_or_default()
}

/// The header by which the browser remembers a name.
pub(super) fn remember(name: &str, port: u16) -> Option<HeaderValue> {
    let value: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    let text = format!(
        "{}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={REMEMBERED}",
        cookie(port)
    );
    HeaderValue::from_str(&text).ok()
}

fn cookie(port: u16) -> String {
    format!("console-name-{port}")
}

fn from_hexadecimal(text: &str) -> Option<String> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) || text.len() > CHARACTERS_MAX * 8 {
        return None;
    }
    let bytes: Option<Vec<u8>> = (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_from_the_browser() {
        let set = remember("月見 花子", 80).expect("a header");
        let pair = set
            .to_str()
            .expect("text")
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_str(&pair).expect("a header"),
        );
        assert_eq!(remembered(&headers, 80), "月見 花子");
        assert_eq!(remembered(&headers, 81), "");
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("console-name-80=zz"),
        );
        assert_eq!(remembered(&headers, 80), "");
    }
}
