//! What a build prints, as far as messages need it.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::control::Excerpt;

/// How much of a build's output is kept, in bytes: the end of it.
const KEPT_BYTES: usize = 16 << 10;

/// How much of one output stream is kept in the log, in bytes: the beginning of it.
const LOGGED_BYTES: usize = 16 << 20;

/// How many lines of it a message shows.
const SHOWN_LINES: usize = 12;

/// How long a message waits for the rest of the output of a build that has ended.
const REST_WAIT: Duration = Duration::from_millis(300);

/// The end of one output stream of a build, read all the time so that the build never blocks on it.
#[derive(Debug)]
pub(super) struct CapturedOutput {
    kept: Arc<Mutex<VecDeque<u8>>>,
    reader: Option<JoinHandle<()>>,
}

impl CapturedOutput {
    /// Of a stream; `log` gets a copy.
    pub(super) fn of(stream: Option<impl Read + Send + 'static>, log: Option<File>) -> Self {
        let kept = Arc::new(Mutex::new(VecDeque::new()));
        let reader = stream.map(|stream| {
            let kept = Arc::clone(&kept);
            std::thread::spawn(move || read(stream, &kept, log))
        });
        Self { kept, reader }
    }

    /// Waits, not for long, until everything that a build that has ended had printed is there.
    pub(super) async fn complete(&self) {
        let begin = Instant::now();
        let unfinished = |reader: &JoinHandle<()>| !reader.is_finished();
        while self.reader.as_ref().is_some_and(unfinished) && begin.elapsed() < REST_WAIT {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// The last lines.
    pub(super) fn last_lines(&self) -> Excerpt {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = kept.iter().copied().collect();
        Excerpt::last_lines(&String::from_utf8_lossy(&bytes), SHOWN_LINES)
    }
}

/// Reads to the end; a build that has ended has closed the stream.
fn read(mut stream: impl Read, kept: &Mutex<VecDeque<u8>>, mut log: Option<File>) {
    let mut buffer = vec![0; 4096];
    let mut left = LOGGED_BYTES;
    loop {
        let count = match stream.read(&mut buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Ok(0) | Err(_) => return,
            Ok(count) => count,
        };
        if let Some(file) = &mut log {
            // A log that cannot be written, or grows too long, must not stop the build.
            let logged = count.min(left);
            left -= logged;
            if file.write_all(&buffer[..logged]).is_err() || left == 0 {
                log = None;
            }
        }
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(&buffer[..count]);
        let surplus = kept.len().saturating_sub(KEPT_BYTES);
        kept.drain(..surplus);
    }
}
