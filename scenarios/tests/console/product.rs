//! The product that the person works: the bundled reference vendor, asked through its own interface in place of
//! its screens.

use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::http::send;
use super::opened::LIMIT;

/// A product under way; ended with the test.
pub(super) struct Product {
    child: Child,
    /// It ends when this is closed.
    _stdin: Option<ChildStdin>,
    address: String,
}

impl Product {
    pub(super) fn start(folder: &Path) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        drop(listener);
        let mut child = Command::new(env!("CARGO_BIN_EXE_tekigo"))
            .args([
                "reference-vendor",
                "--listen",
                &address,
                "--stop-with-stdin",
                "--database",
            ])
            .arg(folder.join("product.sqlite"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let stdin = child.stdin.take();
        let product = Self {
            child,
            _stdin: stdin,
            address,
        };
        let begun = Instant::now();
        while product.try_ask("declare", &json!({})).is_err() {
            assert!(begun.elapsed() < LIMIT, "the product does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
        product
    }

    /// What the product answers.
    pub(super) fn ask(&self, operation: &str, input: &Value) -> Value {
        self.try_ask(operation, input).expect("the product answers")
    }

    fn try_ask(&self, operation: &str, input: &Value) -> std::io::Result<Value> {
        let path = format!("/tekigo/v1/{operation}");
        let kind = [("Content-Type", "application/json")];
        let body = input.to_string();
        let reply = send(&self.address, "POST", &path, &kind, body.as_bytes())?;
        Ok(serde_json::from_slice(&reply.body)?)
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
