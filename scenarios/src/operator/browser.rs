//! A terminal with a real browser: Chromium, driven by chromedriver.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use super::chromium::Chromium;
use super::error::TerminalError;
use super::http::HttpTerminal;
use super::page::{Form, Page};
use super::terminal::{CarriedFile, Entry, Filling};

/// How long a page or a file may take, in real time.
const LIMIT: Duration = Duration::from_secs(60);
/// How often it is looked at again.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// What marks the page that is being left.
const MARK: &str = "window.stillHere = true";
const ARRIVED: &str = "return window.stillHere !== true && document.readyState === 'complete'";

/// A browser session of its own: nobody else's cookies, nobody else's files.
#[derive(Debug)]
pub struct BrowserTerminal {
    client: Client,
    address: SocketAddr,
    folder: tempfile::TempDir,
}

impl BrowserTerminal {
    /// Opens a browser in front of the pages of an address.
    ///
    /// # Errors
    /// The browser does not open.
    pub async fn open_at(chromium: &Chromium, address: SocketAddr) -> Result<Self, TerminalError> {
        let folder = tempfile::Builder::new()
            .prefix("tekigo-browser-")
            .tempdir()
            .map_err(|error| trouble("ファイルの置き場所の用意が", &error))?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(chromium.capabilities(folder.path()))
            .connect(&chromium.url())
            .await
            .map_err(|error| trouble("起動が", &error))?;
        Ok(Self {
            client,
            address,
            folder,
        })
    }

    /// Closes the browser.
    ///
    /// # Errors
    /// It does not close.
    pub async fn close(self) -> Result<(), TerminalError> {
        self.client
            .close()
            .await
            .map_err(|error| trouble("終了が", &error))
    }

    pub(super) async fn open(&mut self, path: &str) -> Result<Page, TerminalError> {
        let url = format!("http://{}{path}", self.address);
        self.client
            .goto(&url)
            .await
            .map_err(|error| TerminalError::Unreachable {
                path: path.to_owned(),
                cause: error.to_string(),
            })?;
        self.page().await
    }

    pub(super) async fn submit(
        &mut self,
        form: &Form,
        button: &str,
        entries: &[Entry<'_>],
    ) -> Result<Page, TerminalError> {
        for entry in entries {
            self.fill(form, *entry).await?;
        }
        let place = format!(
            "//form[@action='{}']//*[self::button or self::input][normalize-space(.)='{button}' or @value='{button}']",
            form.action
        );
        let found = self.find(Locator::XPath(&place)).await?;
        self.run(MARK).await?;
        found
            .click()
            .await
            .map_err(|error| trouble("ボタンを押すことが", &error))?;
        self.until_arrived(&form.action).await?;
        self.page().await
    }

    /// Fetches a file by the link to it on the page that is open.
    pub(super) async fn fetch(&mut self, path: &str) -> Result<Vec<u8>, TerminalError> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let place = self.folder.path().join(name);
        let link = self
            .find(Locator::Css(&format!("a[href='{path}']")))
            .await?;
        link.click()
            .await
            .map_err(|error| trouble("リンクを押すことが", &error))?;
        let bytes = self.until_there(&place, path).await?;
        // The next file of this name would be saved under another one.
        std::fs::remove_file(&place).map_err(|error| trouble("ファイルの片付けが", &error))?;
        Ok(bytes)
    }

    /// Sends half of a form's body and hangs up: what a browser does when its line breaks.
    pub(super) async fn break_off(
        &mut self,
        page: &Page,
        form: &Form,
        entries: &[Entry<'_>],
    ) -> Result<(), TerminalError> {
        let cookies = self
            .client
            .get_all_cookies()
            .await
            .map_err(|error| trouble("クッキーを読むことが", &error))?;
        let cookies: BTreeMap<String, String> = cookies
            .iter()
            .map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned()))
            .collect();
        HttpTerminal::with_cookies(self.address, cookies)
            .break_off(page, form, entries)
            .await
    }

    async fn page(&self) -> Result<Page, TerminalError> {
        let failed = |error: CmdError| trouble("画面を読むことが", &error);
        let address = self.client.current_url().await.map_err(failed)?;
        let source = self.client.source().await.map_err(failed)?;
        Ok(Page::read(address.path(), &source))
    }

    async fn fill(&self, form: &Form, entry: Entry<'_>) -> Result<(), TerminalError> {
        let Some(field) = form.field(entry.label) else {
            return Ok(());
        };
        let failed = |error: CmdError| trouble("欄に書き込むことが", &error);
        let found = self.find(Locator::Id(&field.id)).await?;
        match entry.filling {
            Filling::Text(text) => {
                found.clear().await.map_err(failed)?;
                found.send_keys(text).await.map_err(failed)
            }
            Filling::Files(files) => {
                let chosen = self.put_down(files)?;
                found.send_keys(&chosen).await.map_err(failed)
            }
        }
    }

    /// Puts files where the browser can choose them; gives their paths, one a line.
    fn put_down(&self, files: &[CarriedFile]) -> Result<String, TerminalError> {
        let failed = |error: std::io::Error| trouble("ファイルを選ぶことが", &error);
        let folder = self.folder.path().join("chosen");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(failed)?;
        }
        std::fs::create_dir(&folder).map_err(failed)?;
        let mut paths = Vec::new();
        for file in files {
            let place = folder.join(&file.name);
            std::fs::write(&place, &file.bytes).map_err(failed)?;
            paths.push(place.display().to_string());
        }
        Ok(paths.join("\n"))
    }

    async fn find(&self, place: Locator<'_>) -> Result<Element, TerminalError> {
        self.client
            .find(place)
            .await
            .map_err(|error| trouble("部品を見つけることが", &error))
    }

    async fn run(&self, script: &str) -> Result<serde_json::Value, TerminalError> {
        self.client
            .execute(script, Vec::new())
            .await
            .map_err(|error| trouble("画面を確かめることが", &error))
    }

    async fn until_arrived(&self, path: &str) -> Result<(), TerminalError> {
        let begun = Instant::now();
        // Between two pages there is none to ask.
        while self.run(ARRIVED).await.ok() != Some(json!(true)) {
            if begun.elapsed() > LIMIT {
                return Err(late(path));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    async fn until_there(&self, place: &PathBuf, path: &str) -> Result<Vec<u8>, TerminalError> {
        let begun = Instant::now();
        loop {
            // The browser gives a file its name when all of it has come.
            if let Ok(bytes) = std::fs::read(place) {
                return Ok(bytes);
            }
            if begun.elapsed() > LIMIT {
                return Err(late(path));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

fn late(path: &str) -> TerminalError {
    TerminalError::Unreachable {
        path: path.to_owned(),
        cause: format!("{}秒待っても出ません", LIMIT.as_secs()),
    }
}

fn trouble(what: &'static str, error: &dyn std::fmt::Display) -> TerminalError {
    TerminalError::Browser {
        what,
        cause: error.to_string(),
    }
}
