//! Why something could not be done at the terminal.

/// Something could not be done at the terminal: PMH's pages are not as they are described, or do
/// not answer. A page that says no is no error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TerminalError {
    /// PMH has no pages on the air.
    #[error("環境「{environment}」のPMHの画面がありません")]
    NoPages {
        /// The environment.
        environment: String,
    },
    /// The page did not come.
    #[error("PMHの画面「{path}」を開けません: {cause}")]
    Unreachable {
        /// Its path.
        path: String,
        /// What went wrong.
        cause: String,
    },
    /// An answer that no page is given with.
    #[error("PMHの画面「{path}」が HTTP {status} を返しました")]
    Status {
        /// Its path.
        path: String,
        /// HTTP status.
        status: u16,
    },
    /// One page leads to another without end.
    #[error("PMHの画面「{path}」から、別の画面へ移り続けて止まりません")]
    Endless {
        /// The page opened first.
        path: String,
    },
    /// Another page than the one asked for.
    #[error("PMHの画面「{wanted}」を開いたところ「{shown}」が出ました（{problems}）")]
    OtherPage {
        /// Its heading.
        wanted: String,
        /// The heading of the page that came.
        shown: String,
        /// What that page says is wrong.
        problems: String,
    },
    /// No such thing on the page.
    #[error("PMHの画面「{page}」に{what}「{sought}」がありません。あるのは: {there}")]
    Missing {
        /// Heading of the page.
        page: String,
        /// ボタン, 欄, 表 ...
        what: &'static str,
        /// What was looked for.
        sought: String,
        /// What there is instead.
        there: String,
    },
    /// The browser did not do as it was told.
    #[error("ブラウザーの{what}できません: {cause}")]
    Browser {
        /// What it was told.
        what: &'static str,
        /// What it said.
        cause: String,
    },
}

impl TerminalError {
    /// A thing that a page lacks, with what it has of that sort.
    pub(super) fn missing<'t>(
        page: &str,
        what: &'static str,
        sought: &str,
        there: impl Iterator<Item = &'t str>,
    ) -> Self {
        let there: Vec<String> = there.map(|text| format!("「{text}」")).collect();
        Self::Missing {
            page: page.to_owned(),
            what,
            sought: sought.to_owned(),
            there: if there.is_empty() {
                "なし".to_owned()
            } else {
                there.join("")
            },
        }
    }
}
