//! What a person comes to the terminal for, one errand a function.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::error::TerminalError;
use super::page::{Page, Table};
use super::terminal::{CarriedFile, Entry, Filling, Terminal};

const LOG_IN: &str = "ログイン";
const PASSWORD: &str = "パスワードの変更";
const ADDRESSES: &str = "通知先の登録";
const KEYS: &str = "認証キー";
const SEND: &str = "ファイルを送る";
const SENT: &str = "送ったファイルの処理状況";
const RECEIVED: &str = "受け取る情報";
/// The id of what shows a new authentication key.
const NEW_KEY: &str = "new-key";
/// Where files are fetched from.
const FILES: &str = "/files/";
/// 状態 of a set whose records are being judged.
const PROCESSING: &str = "処理中";

/// How an errand ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand<T> {
    /// Done, with what came of it.
    Done(T),
    /// The pages said no.
    Stopped(Stop),
}

/// What an errand gives.
pub type Stopped<T> = Result<Errand<T>, TerminalError>;

/// The page at which a person could not go on, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Its heading.
    pub page: String,
    /// What it says is wrong.
    pub reasons: Vec<String>,
}

/// A set (組) in the list of what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentSet {
    /// 組の番号.
    pub number: String,
    /// 状態, as shown.
    pub state: String,
    /// Where its results are.
    pub results: Option<String>,
}

/// A file fetched from PMH.
pub type FetchedFile = CarriedFile;

impl SentSet {
    /// Whether its records are still being judged.
    #[must_use]
    pub fn is_processing(&self) -> bool {
        self.state == PROCESSING
    }
}

impl<T> Errand<T> {
    /// What came of it, or why nothing did.
    ///
    /// # Errors
    /// The page at which it stopped.
    pub fn into_result(self) -> Result<T, Stop> {
        match self {
            Self::Done(value) => Ok(value),
            Self::Stopped(stop) => Err(stop),
        }
    }
}

impl Stop {
    fn at(page: &Page) -> Self {
        Self {
            page: page.title.clone(),
            reasons: page.reasons(),
        }
    }
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "「{}」の画面", self.page)?;
        if self.reasons.is_empty() {
            Ok(())
        } else {
            write!(f, ": {}", self.reasons.join("、"))
        }
    }
}

impl Terminal {
    /// Logs in; gives the page that follows.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn log_in(&mut self, login_id: &str, password: &str) -> Stopped<Page> {
        let page = self.open("/login").await?;
        let entries = [
            text("ログインID（保険者番号）", login_id),
            text("パスワード", password),
        ];
        let answer = self.press(&page, LOG_IN, &entries).await?;
        Ok(unless_refused(answer))
    }

    /// Replaces the password.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn change_password(&mut self, current: &str, new: &str) -> Stopped<()> {
        let entries = [
            text("今のパスワード", current),
            text("新しいパスワード", new),
            text("新しいパスワード（確認）", new),
        ];
        self.on_page("/password", PASSWORD, "変更する", &entries)
            .await
    }

    /// Registers where notices go.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn register_addresses(
        &mut self,
        processing_result: &str,
        board_reading: &str,
    ) -> Stopped<()> {
        let entries = [
            text("処理結果の通知先", processing_result),
            text("審査会資料参照状況の通知先", board_reading),
        ];
        self.on_page("/addresses", ADDRESSES, "登録する", &entries)
            .await
    }

    /// Has an authentication key issued, and reads it off the page.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn issue_key(&mut self) -> Stopped<String> {
        self.new_key("発行する").await
    }

    /// Has a new key issued and the others revoked.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn renew_key(&mut self) -> Stopped<String> {
        self.new_key("更新する").await
    }

    /// Has the keys revoked.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn revoke_keys(&mut self) -> Stopped<()> {
        self.on_page("/keys", KEYS, "失効させる", &[]).await
    }

    /// Sends the files of one set.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn send(&mut self, files: &[CarriedFile]) -> Stopped<()> {
        let entries = [chosen(files)];
        self.on_page("/send", SEND, "送る", &entries).await
    }

    /// Begins to send the files of one set, and the line breaks in the middle.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn begin_to_send(&mut self, files: &[CarriedFile]) -> Stopped<()> {
        let page = match self.wanted("/send", SEND).await? {
            Errand::Done(page) => page,
            Errand::Stopped(stop) => return Ok(Errand::Stopped(stop)),
        };
        self.break_off(&page, "送る", &[chosen(files)]).await?;
        Ok(Errand::Done(()))
    }

    /// The sets that were sent, as the list shows them.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn sent_sets(&mut self) -> Stopped<Vec<SentSet>> {
        let page = match self.wanted("/sent", SENT).await? {
            Errand::Done(page) => page,
            Errand::Stopped(stop) => return Ok(Errand::Stopped(stop)),
        };
        let sets = page.table_with("組の番号").map(sets_of);
        Ok(Errand::Done(sets.unwrap_or_default()))
    }

    /// Fetches the result files of a set, but for those that somebody has already.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn fetch_results(
        &mut self,
        set: &SentSet,
        taken: &BTreeSet<String>,
    ) -> Result<Vec<FetchedFile>, TerminalError> {
        let Some(path) = &set.results else {
            return Ok(Vec::new());
        };
        let page = self.open(path).await?;
        self.fetch_linked(&page, taken).await
    }

    /// Has what waits made into files, and fetches the files offered, but for those that somebody
    /// has already.
    ///
    /// # Errors
    /// The pages are not as described.
    pub async fn fetch_inbound(&mut self, taken: &BTreeSet<String>) -> Stopped<Vec<FetchedFile>> {
        let page = match self.wanted("/received", RECEIVED).await? {
            Errand::Done(page) => page,
            Errand::Stopped(stop) => return Ok(Errand::Stopped(stop)),
        };
        let button = "受け取り用のファイルを作る";
        let page = if waits(&page) && page.form_with(button).is_some() {
            self.press(&page, button, &[]).await?
        } else {
            page
        };
        self.fetch_linked(&page, taken).await.map(Errand::Done)
    }

    /// Opens a page that a person wants; another one that comes instead says why.
    ///
    /// # Errors
    /// The page does not come.
    pub async fn wanted(&mut self, path: &str, title: &str) -> Stopped<Page> {
        let page = self.open(path).await?;
        if page.title == title {
            Ok(Errand::Done(page))
        } else {
            Ok(Errand::Stopped(Stop::at(&page)))
        }
    }

    async fn on_page(
        &mut self,
        path: &str,
        title: &str,
        button: &str,
        entries: &[Entry<'_>],
    ) -> Stopped<()> {
        let page = match self.wanted(path, title).await? {
            Errand::Done(page) => page,
            Errand::Stopped(stop) => return Ok(Errand::Stopped(stop)),
        };
        let answer = self.press(&page, button, entries).await?;
        Ok(match unless_refused(answer) {
            Errand::Done(_) => Errand::Done(()),
            Errand::Stopped(stop) => Errand::Stopped(stop),
        })
    }

    async fn new_key(&mut self, button: &str) -> Stopped<String> {
        let page = match self.wanted("/keys", KEYS).await? {
            Errand::Done(page) => page,
            Errand::Stopped(stop) => return Ok(Errand::Stopped(stop)),
        };
        let answer = self.press(&page, button, &[]).await?;
        match answer.output(NEW_KEY) {
            Some(key) => Ok(Errand::Done(key.to_owned())),
            None => Ok(Errand::Stopped(Stop::at(&answer))),
        }
    }

    async fn fetch_linked(
        &mut self,
        page: &Page,
        taken: &BTreeSet<String>,
    ) -> Result<Vec<FetchedFile>, TerminalError> {
        let mut files: Vec<FetchedFile> = Vec::new();
        for link in &page.links {
            let Some(name) = link.to.strip_prefix(FILES) else {
                continue;
            };
            if taken.contains(name) || files.iter().any(|file| file.name == name) {
                continue;
            }
            files.push(FetchedFile {
                name: name.to_owned(),
                bytes: self.fetch(&link.to).await?,
            });
        }
        Ok(files)
    }
}

fn text<'a>(label: &'a str, value: &'a str) -> Entry<'a> {
    Entry {
        label,
        filling: Filling::Text(value),
    }
}

fn chosen(files: &[CarriedFile]) -> Entry<'_> {
    Entry {
        label: "送るファイル（1つの組のすべて）",
        filling: Filling::Files(files),
    }
}

fn unless_refused(page: Page) -> Errand<Page> {
    if page.problems.is_empty() {
        Errand::Done(page)
    } else {
        Errand::Stopped(Stop::at(&page))
    }
}

fn sets_of(table: &Table) -> Vec<SentSet> {
    let text = |row: &[super::page::Cell], column: &str| {
        table
            .cell(row, column)
            .map(|cell| cell.text.clone())
            .unwrap_or_default()
    };
    // A row that says that there is none has one cell alone.
    let rows = table.rows.iter().filter(|row| row.len() > 1);
    rows.map(|row| SentSet {
        number: text(row, "組の番号"),
        state: text(row, "状態"),
        results: row.iter().find_map(|cell| cell.link.clone()),
    })
    .collect()
}

/// Whether the page says that something waits.
fn waits(page: &Page) -> bool {
    page.table_with("件数").is_some_and(|table| {
        table.rows.iter().any(|row| {
            let count = table.cell(row, "件数").map(|cell| cell.text.as_str());
            count.is_some_and(|count| !matches!(count, "" | "0" | "0件" | "0 件"))
        })
    })
}
