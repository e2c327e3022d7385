//! The real browser behind `--browser`: found and started once for a run.

use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Map, Value, json};

/// What a browser is called.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// What its driver is called.
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
/// What the driver says before the number of its port.
const STARTED: &str = "started successfully on port";
/// How long the driver may take to start, in real time.
const START_LIMIT: Duration = Duration::from_secs(30);

/// Why there is no browser: always 設定不備.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoBrowser {
    /// A program is not installed.
    #[error(
        "--browser で使う「{program}」が見つかりません。検証を行う担当者は、Chromium とその chromedriver、日本語の字体を入れてください（Debian なら apt-get install chromium chromium-driver fonts-noto-cjk）"
    )]
    Missing {
        /// What it is called.
        program: &'static str,
    },
    /// The driver does not start.
    #[error(
        "--browser で使う「{}」が動きません（{cause}）。検証を行う担当者は、Chromium と同じ版の chromedriver を入れてください",
        program.display()
    )]
    Broken {
        /// Where it lies.
        program: PathBuf,
        /// What went wrong.
        cause: String,
    },
}

/// A running driver, which opens a browser for each session. Dropping it ends it and whatever it
/// started.
#[derive(Debug)]
pub struct Chromium {
    browser: PathBuf,
    driver: Child,
    port: u16,
}

impl Chromium {
    /// Finds the programs and starts the driver, on 127.0.0.1 and a port of its own choice.
    ///
    /// # Errors
    /// [`NoBrowser`].
    pub fn start() -> Result<Self, NoBrowser> {
        let browser = on_path(&BROWSERS)?;
        let program = on_path(&DRIVERS)?;
        let broken = |cause: String| NoBrowser::Broken {
            program: program.clone(),
            cause,
        };
        let mut command = Command::new(&program);
        command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        lead_a_group(&mut command);
        let mut driver = command.spawn().map_err(|error| broken(error.to_string()))?;
        let port = driver.stdout.take().and_then(port_of);
        match port {
            Some(port) => Ok(Self {
                browser,
                driver,
                port,
            }),
            None => {
                end(&mut driver);
                let seconds = START_LIMIT.as_secs();
                Err(broken(format!("{seconds}秒待ってもポート番号を言いません")))
            }
        }
    }

    /// Where the driver takes orders.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What a session is opened with: a browser that reaches this machine alone, and puts what it
    /// fetches into a folder.
    pub(super) fn capabilities(&self, downloads: &Path) -> Map<String, Value> {
        let mut arguments = vec![
            "--headless=new",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--lang=ja",
            "--no-proxy-server",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ];
        if is_root() {
            // Chromium refuses to run its sandbox as root.
            arguments.push("--no-sandbox");
        }
        let options = json!({
            "binary": self.browser,
            "args": arguments,
            "prefs": {
                "download.default_directory": downloads,
                "download.prompt_for_download": false,
            },
        });
        Map::from_iter([("goog:chromeOptions".to_owned(), options)])
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        end(&mut self.driver);
    }
}

fn on_path(names: &[&'static str]) -> Result<PathBuf, NoBrowser> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut places = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places
        .find(|place| place.is_file())
        .ok_or(NoBrowser::Missing {
            program: names.first().copied().unwrap_or_default(),
        })
}

/// The port that the driver says it listens on. The rest of what it says is read and dropped, so
/// that it never waits for a reader.
fn port_of(output: impl Read + Send + 'static) -> Option<u16> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines() {
            let Ok(line) = line else { return };
            if line.contains(STARTED) {
                let number = line.trim_end_matches('.').rsplit(' ').next();
                // Nobody listens any more once the port is known.
                let _ = sender.send(number.and_then(|number| number.parse().ok()));
            }
        }
    });
    receiver.recv_timeout(START_LIMIT).ok().flatten()
}

#[cfg(unix)]
fn lead_a_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn lead_a_group(_: &mut Command) {}

/// Kills the driver with everything in its group.
fn end(driver: &mut Child) {
    #[cfg(unix)]
    if let Some(leader) = i32::try_from(driver.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        // That nobody is left is what is wanted.
        let _ = rustix::process::kill_process_group(leader, rustix::process::Signal::KILL);
    }
    let _ = driver.kill();
    let _ = driver.wait();
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
