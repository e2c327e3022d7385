//! The console as a person starts it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take.
pub(super) const LIMIT: Duration = Duration::from_secs(240);

/// The file of a product that is worked by hand.
pub(super) fn vendor_toml(modes: &str) -> String {
    format!(
        r#"[vendor]
product = "{}"
vendor = "{}"
version = "{}"
modes = [{modes}]

[start]
manual = true

[declaration]
functions = ["electronic_opinion", "plan_request", "character_replacement_view", "board_material"]
clock = "follows"
"#,
        PRODUCT.0, PRODUCT.1, PRODUCT.2
    )
}

/// Product, vendor and version.
pub(super) const PRODUCT: (&str, &str, &str) = ("ひまわり介護保険", "ひまわり情報", "5.2.1");

/// A console under way; ended with the test.
pub(super) struct Console {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub(super) address: String,
}

impl Console {
    /// Opens a console over a folder, with further arguments.
    pub(super) fn open(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = start(folder, arguments);
        let out = child.stdout.take().expect("its output");
        let mut lines = BufReader::new(out).lines();
        let first = lines.next().and_then(Result::ok).unwrap_or_else(|| {
            let mut why = String::new();
            let errors = child.stderr.as_mut().expect("its errors");
            errors.read_to_string(&mut why).expect("UTF-8");
            panic!("the console did not open: {why}")
        });
        let address = first
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let address = address
            .unwrap_or_else(|| panic!("no address: {first}"))
            .to_owned();
        // What else it says is let through, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// The power goes.
    pub(super) fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it is ours");
    }

    /// Ctrl-C, and how it ends.
    pub(super) fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-INT", &id]).status();
        assert!(told.is_ok_and(|status| status.success()));
        ended(&mut self.child).code()
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a console that is not expected to open, and what it says: its code and its errors.
pub(super) fn refused(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = start(folder, arguments);
    let status = ended(&mut child);
    let mut errors = String::new();
    let said = child.stderr.as_mut().expect("its errors");
    said.read_to_string(&mut errors).expect("UTF-8");
    (status.code(), errors)
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tekigo"))
        .arg("console")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

fn ended(child: &mut Child) -> ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it is ours") {
            return status;
        }
        if begun.elapsed() > LIMIT {
            let _ = child.kill();
            panic!("it does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
