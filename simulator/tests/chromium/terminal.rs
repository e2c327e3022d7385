//! Chromium, driven; ended with everything it started.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::programs::Programs;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser at a terminal.
pub(crate) struct Terminal {
    pub(crate) client: Client,
    pub(crate) folder: tempfile::TempDir,
    pub(super) axe: Option<String>,
    pictures: Option<PathBuf>,
    driver: Child,
}

impl Terminal {
    pub(crate) async fn open(programs: &Programs) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (driver, port) = start_driver(&programs.driver).await;
        let capabilities = json!({
            "goog:chromeOptions": {
                "binary": programs.chromium,
                "args": [
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-dev-shm-usage",
                    "--disable-gpu",
                    "--lang=ja",
                    "--no-proxy-server",
                    "--no-first-run",
                    "--window-size=1280,1000",
                ],
                "prefs": { "download.default_directory": folder.path() },
            },
        });
        let capabilities = capabilities.as_object().expect("an object").clone();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("Chromium opens");
        Self {
            client,
            folder,
            axe: programs.axe.clone().ok(),
            pictures: programs.pictures.clone(),
            driver,
        }
    }

    /// Ends Chromium, and then its driver: killed first, the driver would leave it behind.
    pub(crate) async fn close(mut self) {
        let closed = self.client.close().await;
        self.driver.kill().await.expect("the driver ends");
        closed.expect("Chromium closes");
    }

    pub(crate) async fn go(&self, url: &str) {
        self.client.goto(url).await.expect("a page");
    }

    pub(crate) async fn path(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        url.path().to_owned()
    }

    pub(crate) async fn heading(&self) -> String {
        self.text("h1").await
    }

    /// The text that a person sees of the first such element.
    pub(crate) async fn text(&self, selector: &str) -> String {
        let found = self.client.find(Locator::Css(selector)).await;
        let found = found.unwrap_or_else(|error| panic!("{selector}: {error}"));
        found.text().await.expect("its text")
    }

    pub(crate) async fn run(&self, script: &str) -> serde_json::Value {
        let value = self.client.execute(script, Vec::new()).await;
        value.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Does something that leads to another page, and waits for that page.
    pub(crate) async fn leave_by(&self, action: impl Future<Output = ()>) {
        self.run("window.stillHere = true").await;
        action.await;
        let arrived = "return window.stillHere !== true && document.readyState === 'complete'";
        self.until(arrived).await;
    }

    /// Waits until a script says yes.
    pub(crate) async fn until(&self, script: &str) {
        patiently(script, async {
            while self.run(script).await != json!(true) {
                pause().await;
            }
        })
        .await;
    }

    /// Waits until a file has been downloaded whole.
    pub(crate) async fn downloaded(&self, name: &str) -> Vec<u8> {
        let place = self.folder.path().join(name);
        patiently(name, async {
            loop {
                if let Ok(bytes) = std::fs::read(&place) {
                    return bytes;
                }
                pause().await;
            }
        })
        .await
    }

    /// Takes a picture of the whole page, if pictures are wanted.
    pub(crate) async fn picture(&self, name: &str) {
        let Some(folder) = &self.pictures else {
            return;
        };
        std::fs::create_dir_all(folder).expect("a folder for pictures");
        let (width, height) = self.client.get_window_size().await.expect("a size");
        let page = self
            .run("return document.documentElement.scrollHeight + 140")
            .await;
        let number = |number: u64| u32::try_from(number).expect("a length on a screen");
        let page = number(page.as_u64().unwrap_or_default().max(400));
        self.resize(number(width), page).await;
        let picture = self.client.screenshot().await.expect("a picture");
        write(folder, name, &picture);
        self.resize(number(width), number(height)).await;
    }

    /// Makes the window this large, and waits until the page has noticed.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let resized = self.client.set_window_size(width, height).await;
        resized.expect("another size");
        let noticed = format!("return innerWidth === {width} && outerHeight === {height}");
        self.until(&noticed).await;
    }

    /// The page as it is printed on A4, if pictures are wanted.
    pub(crate) async fn print(&self, name: &str) {
        let Some(folder) = &self.pictures else {
            return;
        };
        let paper = fantoccini::wd::PrintConfiguration::default();
        let pdf = self.client.print(paper).await.expect("a print");
        std::fs::write(folder.join(format!("{name}.pdf")), pdf).expect("written");
    }
}

fn write(folder: &Path, name: &str, picture: &[u8]) {
    let place = folder.join(format!("{name}.png"));
    std::fs::write(place, picture).expect("a picture is written");
}

/// Starts the driver on a port of its own choice.
async fn start_driver(program: &Path) -> (Child, u16) {
    let mut driver = Command::new(program)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the driver starts");
    let mut lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
    let port = patiently("the driver", async {
        while let Some(line) = lines.next_line().await.expect("a line") {
            let number = line.trim_end_matches('.').rsplit(' ').next();
            if line.contains("started successfully on port") {
                return number.and_then(|number| number.parse().ok());
            }
        }
        None
    })
    .await;
    (driver, port.expect("the driver says its port"))
}

#[allow(
    clippy::disallowed_methods,
    reason = "相手は本物のブラウザーで、待つ時間は実時間で限る"
)]
async fn patiently<T>(what: &str, future: impl Future<Output = T>) -> T {
    let Ok(value) = tokio::time::timeout(PATIENCE, future).await else {
        panic!("{what}: nothing came of it in {PATIENCE:?}");
    };
    value
}

#[allow(
    clippy::disallowed_methods,
    reason = "本物のブラウザーの画面が変わるのを、少しずつ待つ"
)]
async fn pause() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}
