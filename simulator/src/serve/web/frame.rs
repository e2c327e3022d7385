//! The frame around every page: banner, navigation, notices, and the answer it travels in.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use super::problem::Problem;

/// Where the style sheet of every page-set lies.
pub const STYLE_PATH: &str = "/style.css";

/// What a page-set is, as its banner and its titles say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// 模擬: stands in for a real system, and must never be taken for it.
    Simulated,
    /// A tool of the trial itself, which stands in for nothing.
    Tool,
}

/// What stands above every page of a page-set: never to be taken for the real system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chrome {
    /// What the page-set is.
    pub sort: Sort,
    /// The system, e.g. `PMH`.
    pub system: &'static str,
    /// The environment, in Japanese.
    pub environment: String,
    /// The environment's place in the style sheet: `verification`, `production`.
    pub environment_class: &'static str,
    /// The run's date and time.
    pub at: String,
    /// The title of the page at `/`.
    pub home: &'static str,
}

impl Chrome {
    /// The first words of every page.
    #[must_use]
    pub fn announcement(&self) -> String {
        let system = self.system;
        match self.sort {
            Sort::Simulated => {
                format!("適合（tekigo）の{system}シミュレータ。本物の{system}ではありません")
            }
            Sort::Tool => format!("適合（tekigo）の{system}"),
        }
    }

    /// What follows the system in the title of a page.
    #[must_use]
    pub const fn title_mark(&self) -> &'static str {
        match self.sort {
            Sort::Simulated => "（模擬）",
            Sort::Tool => "",
        }
    }

    /// What the environment is called.
    #[must_use]
    pub const fn environment_label(&self) -> &'static str {
        match self.sort {
            Sort::Simulated => "環境",
            Sort::Tool => "試す製品",
        }
    }
}

/// An entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub href: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Something a page says once, after an action that took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The text.
    pub text: String,
    /// A secret shown this once, e.g. a new key.
    pub secret: Option<String>,
}

impl Notice {
    /// A text alone.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            secret: None,
        }
    }
}

/// What `web/base.html` needs; every page's template has one as `frame`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Above the page.
    pub chrome: Chrome,
    /// Title and main heading.
    pub title: String,
    /// The path of the page, to mark it in the navigation.
    pub here: &'static str,
    /// Who is logged in; empty before log-in.
    pub who: String,
    /// The navigation.
    pub links: Vec<Link>,
    /// What an action before led to.
    pub notice: Option<Notice>,
    /// Why an action was refused.
    pub problems: Vec<Problem>,
    /// The token for the page's forms.
    pub form_token: String,
}

impl Frame {
    /// Whether a field has a problem, for `aria-invalid`.
    pub fn has_problem(&self, field: &str) -> bool {
        Problem::of(&self.problems, field).next().is_some()
    }

    /// What stands above the problems: whether there is something to put right on this page.
    pub fn problem_heading(&self) -> &'static str {
        if self.problems.iter().any(|problem| problem.field.is_empty()) {
            "受け付けられませんでした"
        } else {
            "次のことを直してください"
        }
    }

    /// The problems of a field.
    pub fn problems_of(&self, field: &str) -> Vec<&Problem> {
        Problem::of(&self.problems, field).collect()
    }
}

/// A rendered page as an answer.
pub fn page(status: StatusCode, template: &impl Template) -> Response {
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
pub async fn style() -> Response {
    let css = HeaderValue::from_static("text/css; charset=utf-8");
    let text = include_str!("../../../templates/web/style.css");
    ([(header::CONTENT_TYPE, css)], text).into_response()
}
