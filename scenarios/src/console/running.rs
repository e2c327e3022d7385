//! 操作卓を動かす: the folder, the pages, and the run behind them.

use std::fs::{File, OpenOptions};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tekigo_simulator::serve::web::random_text;
use tokio::net::TcpListener;

use super::book::{Book, BookError};
use super::desk::Desk;
use super::entry::RunOf;
use super::instruction::sha256;
use super::pages;
use super::standing::{Ending, Standing};
use super::store::Store;
use crate::certify::{
    Certified, CertifyError, CertifySettings, Progress, certify, features_and_catalogue, planned,
};
use crate::drivers::{ManualDesk, VendorAddress};
use crate::feature::Scenario;
use crate::report::table::{Colour, Console, render};
use crate::requirement::{Catalogue, Mode};
use crate::verdict::ExitCode;

/// The width of the table on the last page.
const TABLE_COLUMNS: usize = 110;
/// Held as long as a console works with a folder.
const LOCK: &str = "console.lock";

/// What the console is asked for.
#[derive(Debug, Clone)]
pub struct ConsoleSettings {
    /// The run: its report's folder is the console's.
    pub run: CertifySettings,
    /// Where the pages are; port 0 for any that is free.
    pub listen: SocketAddr,
}

/// A console that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    /// The vendor's file names another way of starting.
    #[error(
        "【設定不備】{place} は、人が画面で操作する製品の設定ではありません。自治体の担当者は、[start] に manual = true とだけ書いたファイルを --vendor に指定してください（command や address の製品は tekigo certify で試せます）"
    )]
    NotManual {
        /// The file.
        place: String,
    },
    /// What is asked for is ruled out by what the vendor declares.
    #[error(
        "【設定不備】選んだ試験は、{place} の申告（連携方式、任意機能、業務日時の扱い）では1つも行えません。自治体の担当者は、--mode、--tags、--only を確かめてください"
    )]
    NothingToTry {
        /// The file.
        place: String,
    },
    /// Another machine could reach the pages.
    #[error(
        "【設定不備】--listen は、このパソコンの中だけのアドレス（127.0.0.1:ポート番号）にしてください。指定されたのは「{0}」です"
    )]
    NotLocal(SocketAddr),
    /// Somebody else listens there.
    #[error(
        "【設定不備】{address} で待ち受けられません。ほかのプログラム（開いたままの操作卓など）が使っていないかを確かめるか、--listen に別のポート番号を指定してください: {cause}"
    )]
    Port {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The folder cannot be used.
    #[error("【設定不備】フォルダー「{}」を使えません。書き込めるフォルダーを --folder に指定してください: {cause}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Another console works with it.
    #[error("【設定不備】フォルダー「{}」は、別の操作卓が使っています。先にそれを終えてください", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The folder's record is not this run's, or cannot be read.
    #[error("【設定不備】{0}")]
    Record(String),
    /// The run itself is not possible.
    #[error(transparent)]
    Run(#[from] CertifyError),
    /// Something on our side.
    #[error("検証ツールの側で続けられなくなりました（不具合の可能性があります）: {0}")]
    Harness(String),
}

impl ConsoleError {
    /// How the program ends.
    #[must_use]
    pub fn exit(&self) -> ExitCode {
        match self {
            Self::NotManual { .. }
            | Self::NothingToTry { .. }
            | Self::NotLocal(_)
            | Self::Port { .. }
            | Self::Folder { .. }
            | Self::InUse { .. }
            | Self::Record(_) => ExitCode::Settings,
            Self::Run(error) => error.exit(),
            Self::Harness(_) => ExitCode::Undecided,
        }
    }
}

/// Serves the pages and runs the suite, until the program is told to stop. How it ends: with the run's own code if
/// it is over, else undecided.
///
/// # Errors
/// [`ConsoleError`]; nothing was asked of anybody.
pub fn run(settings: ConsoleSettings, tell: impl FnOnce(&str)) -> Result<ExitCode, ConsoleError> {
    let ConsoleSettings {
        run: mut settings,
        listen,
    } = settings;
    if !settings.vendor.is_manual() {
        let place = settings.vendor.place();
        return Err(ConsoleError::NotManual { place });
    }
    if !listen.ip().is_loopback() || !listen.is_ipv4() {
        return Err(ConsoleError::NotLocal(listen));
    }
    let scenarios = planned(&settings)?;
    if scenarios.is_empty() {
        let place = settings.vendor.place();
        return Err(ConsoleError::NothingToTry { place });
    }
    let folder = std::path::absolute(&settings.report).map_err(|cause| ConsoleError::Folder {
        path: settings.report.clone(),
        cause,
    })?;
    settings.report.clone_from(&folder);
    let _lock = lock(&folder)?;
    let (book, store) = open_folder(&folder, &settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(harness)?;
    let ended = runtime.block_on(async {
        let listener = TcpListener::bind(listen)
            .await
            .map_err(|cause| ConsoleError::Port {
                address: listen,
                cause,
            })?;
        let port = listener.local_addr().map_err(harness)?.port();
        let address = VendorAddress::local(port);
        let (line, counter) = ManualDesk::open(address);
        settings.goes_on = true;
        settings.jobs = 1;
        let desk = Arc::new(Desk::new(
            book,
            store,
            settings.vendor.declaration().clone(),
            Arc::clone(&settings.profile),
        ));
        settings.vendor = settings.vendor.with_desk(line);
        let attending = Arc::clone(&desk);
        tokio::spawn(async move { attending.attend(counter).await });
        tokio::spawn(run_when_prepared(Arc::clone(&desk), settings));
        tokio::spawn(pages::serve(
            listener,
            port,
            Arc::clone(&desk),
            folder,
            scenarios,
        ));
        tell(&address.to_string());
        until_told_to_stop().await.map_err(harness)?;
        Ok(exit_of(&desk))
    });
    // The run may be waiting for somebody who will not come any more.
    runtime.shutdown_background();
    ended
}

fn lock(folder: &Path) -> Result<File, ConsoleError> {
    let failed = |cause| ConsoleError::Folder {
        path: folder.to_owned(),
        cause,
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(LOCK))
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(ConsoleError::InUse {
            path: folder.to_owned(),
        }),
        Err(std::fs::TryLockError::Error(cause)) => Err(failed(cause)),
    }
}

fn open_folder(folder: &Path, settings: &CertifySettings) -> Result<(Book, Store), ConsoleError> {
    let book = Book::open(folder, &run_of(settings)?, random_text());
    let book = book.map_err(|error: BookError| ConsoleError::Record(error.to_string()))?;
    let store = Store::in_folder(folder).map_err(|cause| ConsoleError::Folder {
        path: folder.to_owned(),
        cause,
    })?;
    Ok((book, store))
}

/// What tells this run from every other.
fn run_of(settings: &CertifySettings) -> Result<RunOf, ConsoleError> {
    let declared = settings.vendor.declaration();
    let modes: Vec<&str> = declared.modes.iter().map(|mode| mode.ja()).collect();
    let functions: Vec<&str> = declared.functions.iter().map(|of| of.japanese()).collect();
    let (features, _) = features_and_catalogue()?;
    let mut suite = Catalogue::bundled_digest();
    suite.push_str(settings.profile.digest());
    for feature in &features {
        suite.push_str(&feature.text);
    }
    let choice = settings.choice();
    Ok(RunOf {
        product: declared.product.clone(),
        vendor: declared.vendor.clone(),
        version: declared.version.clone(),
        declared: format!(
            "{} / {} / {}",
            modes.join("、"),
            functions.join("、"),
            declared.clock.japanese()
        ),
        suite: sha256(suite.as_bytes()),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        choice: if choice.is_empty() {
            "すべて".to_owned()
        } else {
            choice
        },
        seed: settings.seed,
    })
}

/// Runs the suite on a thread of its own, once everything is ready for it.
async fn run_when_prepared(desk: Arc<Desk>, settings: CertifySettings) {
    desk.until_prepared().await;
    let noting = Arc::clone(&desk);
    let journals = settings.report.join("journal");
    let progress: Progress = Arc::new(move |step| {
        noting.note(step, |id, mode: Mode| {
            let name = id.replace('/', "-");
            journals.join(format!("{name}.{}.jsonl", mode.id()))
        });
    });
    let ran = tokio::task::spawn_blocking(move || certify(&settings, &progress)).await;
    desk.end(match ran {
        Ok(Ok(certified)) => Ending::Judged {
            exit: certified.exit.code(),
            table: table_of(&certified),
        },
        Ok(Err(error)) => Ending::Broken {
            why: error.to_string(),
            exit: error.exit().code(),
        },
        Err(error) => Ending::Broken {
            why: error.to_string(),
            exit: ExitCode::Undecided.code(),
        },
    });
}

/// The table as it stands in a file.
fn table_of(certified: &Certified) -> String {
    let report = certified.written.html.display().to_string();
    let console = Console {
        width: TABLE_COLUMNS,
        colour: Colour::Plain,
        report: Some(&report),
        facts: &certified.facts,
    };
    render(&certified.table, &console)
}

fn exit_of(desk: &Desk) -> ExitCode {
    let code = match &desk.state().standing {
        Standing::Over(Ending::Judged { exit, .. } | Ending::Broken { exit, .. }) => *exit,
        Standing::Preparing | Standing::Busy | Standing::Asking(_) => ExitCode::Undecided.code(),
    };
    let mut codes = crate::verdict::EXIT_CODES.iter().map(|(exit, _)| *exit);
    codes
        .find(|exit| exit.code() == code)
        .unwrap_or(ExitCode::Undecided)
}

#[cfg(unix)]
async fn until_told_to_stop() -> std::io::Result<()> {
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        stopped = tokio::signal::ctrl_c() => stopped,
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn until_told_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// The scenarios of a run, as its pages list them.
pub(super) type Planned = Vec<(Mode, Scenario)>;

fn harness(error: impl std::fmt::Display) -> ConsoleError {
    ConsoleError::Harness(error.to_string())
}
