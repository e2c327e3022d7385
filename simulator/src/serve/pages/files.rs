//! Files that PMH made, as downloads.

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderValue, Method, header};

use super::service::{Answer, ByStaff, InPages};
use crate::operator::OperatorAction;
use crate::profile::Charset;
use crate::serve::web::TurnedAway;

/// Characters of a name that is asked for.
const NAME_CHARACTERS_MAX: usize = 255;

/// A file of a result or inbound set of the account, as often as wanted.
pub(super) async fn fetch(
    State(pages): InPages,
    Extension(staff): ByStaff,
    method: Method,
    name: Result<Path<String>, PathRejection>,
) -> Answer {
    // Asking what there is must not count as having fetched it.
    if method != Method::GET {
        let mut response = pages.gate.turn_away(TurnedAway::Method);
        let allowed = HeaderValue::from_static("GET");
        response.headers_mut().insert(header::ALLOW, allowed);
        return Ok(response);
    }
    let no_such_page = || Ok(pages.gate.turn_away(TurnedAway::NoSuchPage));
    let Some(name) = name
        .ok()
        .map(|Path(name)| name)
        .filter(|name| is_name(name))
    else {
        return no_such_page();
    };
    pages.account(&staff)?;
    let name = pages.shell.masked(&name);
    let answer = pages.act(
        &staff.user.0.to_string(),
        OperatorAction::FetchFile { name },
    )?;
    let Some(file) = answer.fetched else {
        return no_such_page();
    };
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let Ok(disposition) = HeaderValue::from_str(&disposition) else {
        return no_such_page();
    };
    let media = match pages.shell.profile().file().charset.value {
        Charset::Utf8 => "text/csv; charset=utf-8",
        Charset::Cp932 => "text/csv; charset=windows-31j",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, pages.shell.file_bytes(&file.text)).into_response())
}

/// Whether it can be the name of a file that PMH makes: the profile's pattern allows no other
/// characters.
fn is_name(name: &str) -> bool {
    name.len() <= NAME_CHARACTERS_MAX
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
