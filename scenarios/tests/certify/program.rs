//! The program as a person starts it, in a folder of its own and within a time.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// What every run must end in, whatever the vendor does.
const LIMIT: Duration = Duration::from_secs(900);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// One run at a time: two of them side by side would run into each other's time limits.
static TURN: Mutex<()> = Mutex::new(());

/// Waits until no other run is under way.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder in which the program is started; the report goes into `report`.
pub(crate) struct Desk {
    path: PathBuf,
    _temporary: Option<TempDir>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            path: folder.path().to_owned(),
            _temporary: Some(folder),
        }
    }

    /// A folder that stays until the next time.
    pub(crate) fn lasting(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if path.exists() {
            std::fs::remove_dir_all(&path).expect("the folder of the last time");
        }
        std::fs::create_dir_all(&path).expect("a folder");
        Self {
            path,
            _temporary: None,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts a file into the folder.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).expect("the file is written");
    }

    /// `tekigo certify` with these arguments, two scenarios side by side.
    pub(crate) fn certify(&self, arguments: &[&str]) -> Ran {
        let _turn = turn();
        let certify = ["certify", "--report", "report", "--jobs", "2"];
        self.run(&[&certify, arguments].concat())
    }

    /// `tekigo certify` with these arguments, one scenario after the other.
    pub(crate) fn certify_one_by_one(&self, arguments: &[&str]) -> Ran {
        let _turn = turn();
        let certify = ["certify", "--report", "report", "--jobs", "1"];
        self.run(&[&certify, arguments].concat())
    }

    /// The program with these arguments.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.start(arguments).wait(LIMIT)
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        let out = |name: &str| File::create(self.path().join(name)).expect("a file");
        let child = Command::new(env!("CARGO_BIN_EXE_tekigo"))
            .args(arguments)
            .current_dir(self.path())
            .stdin(Stdio::null())
            .stdout(out("stdout"))
            .stderr(out("stderr"))
            .spawn()
            .expect("the program starts");
        Running {
            child,
            folder: self.path().to_owned(),
        }
    }
}

/// The program under way.
pub(crate) struct Running {
    child: Child,
    folder: PathBuf,
}

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the end; a run that takes longer is ended and fails the test.
    pub(crate) fn wait(mut self, limit: Duration) -> Ran {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the program is ours") {
                let text =
                    |name: &str| std::fs::read_to_string(self.folder.join(name)).expect("UTF-8");
                return Ran {
                    code: status.code(),
                    stdout: text("stdout"),
                    stderr: text("stderr"),
                    report: self.folder.join("report"),
                };
            }
            if begun.elapsed() > limit {
                let _ = self.child.kill();
                let _ = self.child.wait();
                panic!("it has not ended after {} s", limit.as_secs());
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }
}

/// The program at its end.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) report: PathBuf,
}

impl Ran {
    /// report.json.
    pub(crate) fn document(&self) -> Value {
        let text = std::fs::read_to_string(self.report.join("report.json"));
        let text = text.unwrap_or_else(|error| panic!("{error}: {}", self.stderr));
        serde_json::from_str(&text).expect("report.json is JSON")
    }

    /// Every rule and mode that the run had to try, with its verdict and the whole cell.
    pub(crate) fn cells(&self) -> Vec<(String, String, Value)> {
        let document = self.document();
        let rows = document["requirements"].as_array().expect("a list");
        let cells = rows.iter().flat_map(|row| {
            let id = row["id"].as_str().expect("an id");
            let cells = row["cells"].as_array().expect("a list");
            cells.iter().map(move |cell| (id.to_owned(), cell.clone()))
        });
        cells
            .filter(|(_, cell)| cell["planned"] == false)
            .map(|(id, cell)| {
                let verdict = cell["verdict"].as_str().expect("a word").to_owned();
                (id, verdict, cell)
            })
            .collect()
    }

    /// The rules with this verdict in at least one mode.
    pub(crate) fn with_verdict(&self, wanted: &str) -> Vec<String> {
        self.rules_of(|verdict, _| verdict == wanted)
    }

    /// The rules that were seen violated in at least one mode.
    pub(crate) fn violated(&self) -> Vec<String> {
        self.rules_of(|_, cell| cell["observed"] == "violated")
    }

    fn rules_of(&self, wanted: impl Fn(&str, &Value) -> bool) -> Vec<String> {
        let cells = self.cells();
        let of = cells
            .iter()
            .filter(|(_, verdict, cell)| wanted(verdict, cell));
        let mut rules: Vec<String> = of.map(|(id, _, _)| id.clone()).collect();
        rules.dedup();
        rules
    }

    /// Every journal of a scenario: its name and its bytes.
    pub(crate) fn journals(&self) -> Vec<(String, Vec<u8>)> {
        let folder = std::fs::read_dir(self.report.join("journal")).expect("journals");
        let mut journals: Vec<(String, Vec<u8>)> = folder
            .map(|entry| entry.expect("an entry").path())
            .map(|path| {
                let name = path.file_name().expect("a name").to_string_lossy();
                (name.into_owned(), std::fs::read(&path).expect("a journal"))
            })
            .filter(|(name, _)| name != "run.jsonl")
            .collect();
        journals.sort();
        journals
    }
}

/// The null vendor's file with another behaviour and further text.
pub(crate) fn null_vendor(behaviour: &str, more: &str) -> String {
    let text = include_str!("../../../fixtures/vendors/null/vendor.toml");
    let plain = "\"--stop-with-stdin\"]";
    assert!(text.contains(plain));
    let with = format!("\"--stop-with-stdin\", \"--behaviour\", \"{behaviour}\"]");
    format!("{}\n{more}", text.replace(plain, &with))
}

/// The reference vendor's file with further text.
pub(crate) fn reference_vendor(more: &str) -> String {
    let text = include_str!("../../../fixtures/vendors/reference/vendor.toml");
    format!("{text}\n{more}")
}
