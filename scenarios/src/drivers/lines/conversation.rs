//! What goes into a build's standard input and comes out of its standard output, line by line.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::process::ChildStdin;
use std::sync::{Arc, Mutex, PoisonError, mpsc as threads};

use tokio::sync::{Mutex as AsyncMutex, MutexGuard, mpsc};

/// The longest line the judge reads, in MiB.
pub(super) const LINE_MEBIBYTES_MAX: u64 = 64;

/// Lines that nobody has waited for; with so many the build waits until they are read.
const UNREAD_MAX: usize = 16;

/// A build's standard input, shared with whoever closes it to end the build.
pub(in crate::drivers) type Stdin = Arc<Mutex<Option<ChildStdin>>>;

/// What came.
#[derive(Debug)]
pub(super) enum Heard {
    /// A line, without its end; never an empty one.
    Line(Vec<u8>),
    /// A line that is longer than the judge reads, by its beginning.
    TooLong(Vec<u8>),
}

/// Both directions. Reading and writing have threads of their own: neither can be cancelled, and a build that does not
/// read must not hold the judge up.
#[derive(Debug)]
pub(in crate::drivers) struct Conversation {
    lines: threads::Sender<Vec<u8>>,
    heard: AsyncMutex<mpsc::Receiver<Heard>>,
}

impl Conversation {
    /// Over the standard input and output of a build.
    pub(in crate::drivers) fn over(stdin: Stdin, stdout: impl Read + Send + 'static) -> Self {
        let (lines, to_write) = threads::channel();
        let (told, heard) = mpsc::channel(UNREAD_MAX);
        std::thread::spawn(move || write(&stdin, &to_write));
        std::thread::spawn(move || read(stdout, &told));
        Self {
            lines,
            heard: AsyncMutex::new(heard),
        }
    }

    /// What comes from now on, for one at a time.
    pub(super) async fn listen(&self) -> MutexGuard<'_, mpsc::Receiver<Heard>> {
        self.heard.lock().await
    }

    /// Says a line. That a build does not read it shows in what it does not answer.
    pub(super) fn say(&self, mut line: Vec<u8>) {
        line.push(b'\n');
        let _ = self.lines.send(line);
    }
}

fn write(stdin: &Stdin, lines: &threads::Receiver<Vec<u8>>) {
    for line in lines {
        let mut stdin = stdin.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(pipe) = stdin.as_mut() else { return };
        if pipe.write_all(&line).and_then(|()| pipe.flush()).is_err() {
            // It has closed its standard input or ended; the output shows which.
            return;
        }
    }
}

fn read(stdout: impl Read, told: &mpsc::Sender<Heard>) {
    let mut stdout = BufReader::new(stdout);
    while let Some(heard) = next(&mut stdout) {
        let is_empty = matches!(&heard, Heard::Line(line) if line.trim_ascii().is_empty());
        if !is_empty && told.blocking_send(heard).is_err() {
            return;
        }
    }
}

/// The next line; none at the end.
fn next(stdout: &mut BufReader<impl Read>) -> Option<Heard> {
    const QUOTED_BYTES: usize = 4 << 10;
    let limit = LINE_MEBIBYTES_MAX << 20;
    let mut line = Vec::new();
    // The end of the line is one byte more.
    stdout
        .by_ref()
        .take(limit + 1)
        .read_until(b'\n', &mut line)
        .ok()?;
    if line.is_empty() {
        return None;
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() as u64 > limit {
        line.truncate(QUOTED_BYTES);
        skip_line(stdout);
        return Some(Heard::TooLong(line));
    }
    Some(Heard::Line(line))
}

/// Leaves the rest of a line out, whatever its length.
fn skip_line(stdout: &mut BufReader<impl Read>) {
    while let Ok(piece) = stdout.fill_buf() {
        let (length, end) = (piece.len(), piece.iter().position(|byte| *byte == b'\n'));
        stdout.consume(end.map_or(length, |end| end + 1));
        if length == 0 || end.is_some() {
            return;
        }
    }
}
