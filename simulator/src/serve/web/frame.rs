//! The frame around every page: banner, navigation, notices, and the answer it travels in.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use super::problem::Problem;

/// Where the style sheet of every page-set lies.
pub(in crate::serve) const STYLE_PATH: &str = "/style.css";

/// What stands above every page of a page-set: never to be taken for the real system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::serve) struct Chrome {
    /// The system, e.g. `PMH`.
    pub(in crate::serve) system: &'static str,
    /// The environment, in Japanese.
    pub(in crate::serve) environment: String,
    /// The environment's place in the style sheet: `verification`, `production`.
    pub(in crate::serve) environment_class: &'static str,
    /// The run's date and time.
    pub(in crate::serve) at: String,
    /// The title of the page at `/`.
    pub(in crate::serve) home: &'static str,
}

/// An entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::serve) struct Link {
    /// Where it leads.
    pub(in crate::serve) href: &'static str,
    /// Its text.
    pub(in crate::serve) text: &'static str,
}

/// Something a page says once, after an action that took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::serve) struct Notice {
    /// The text.
    pub(in crate::serve) text: String,
    /// A secret shown this once, e.g. a new key.
    pub(in crate::serve) secret: Option<String>,
}

impl Notice {
    /// A text alone.
    pub(in crate::serve) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            secret: None,
        }
    }
}

/// What `web/base.html` needs; every page's template has one as `frame`.
#[derive(Debug, Clone)]
pub(in crate::serve) struct Frame {
    /// Above the page.
    pub(in crate::serve) chrome: Chrome,
    /// Title and main heading.
    pub(in crate::serve) title: String,
    /// The path of the page, to mark it in the navigation.
    pub(in crate::serve) here: &'static str,
    /// Who is logged in; empty before log-in.
    pub(in crate::serve) who: String,
    /// The navigation.
    pub(in crate::serve) links: Vec<Link>,
    /// What an action before led to.
    pub(in crate::serve) notice: Option<Notice>,
    /// Why an action was refused.
    pub(in crate::serve) problems: Vec<Problem>,
    /// The token for the page's forms.
    pub(in crate::serve) form_token: String,
}

impl Frame {
    /// Whether a field has a problem, for `aria-invalid`.
    pub(in crate::serve) fn has_problem(&self, field: &str) -> bool {
        Problem::of(&self.problems, field).next().is_some()
    }

    /// What stands above the problems: whether there is something to put right on this page.
    pub(in crate::serve) fn problem_heading(&self) -> &'static str {
        if self.problems.iter().any(|problem| problem.field.is_empty()) {
            "受け付けられませんでした"
        } else {
            "次のことを直してください"
        }
    }

    /// The problems of a field.
    pub(in crate::serve) fn problems_of(&self, field: &str) -> Vec<&Problem> {
        Problem::of(&self.problems, field).collect()
    }
}

/// A rendered page as an answer.
pub(in crate::serve) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let html_type = HeaderValue::from_static("text/html; charset=utf-8");
            (status, [(header::CONTENT_TYPE, html_type)], html).into_response()
        }
        // The templates only write what they are given into a String: this is a bug of ours.
        Err(error) => unreachable!("a page cannot be written: {error}"),
    }
}

/// The style sheet of every page-set.
pub(in crate::serve) async fn style() -> Response {
    let css = HeaderValue::from_static("text/css; charset=utf-8");
    let text = include_str!("../../../templates/web/style.css");
    ([(header::CONTENT_TYPE, css)], text).into_response()
}
