//! The journal: every input and every effect, append-only and hash-chained.
//!
//! One JSON object a line. `h` is the SHA-256 over the previous line's `h` (as 32 bytes, zeros
//! for the first line) and this line's bytes before `,"h":`. What an input causes is written in
//! one piece before anybody sees an effect; a line torn by a killed process is cut off when the
//! journal is opened again.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::Moment;

/// How far a written line must have got before its effect is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Counted, and neither hashed nor written: for measuring what a journal costs. Such a run
    /// leaves no evidence.
    Nowhere,
    /// Handed to the operating system: survives a killed process.
    Process,
    /// On the disk: survives a machine that is switched off.
    Disk,
}

/// One line of a journal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Event {
    /// Position, from 1.
    pub n: u64,
    /// The run's time.
    pub t: Moment,
    /// Who did it: a system, `vendor`, `operator`, `judge` or `run`.
    pub from: String,
    /// What it is.
    pub kind: String,
    /// Its content.
    pub body: Box<RawValue>,
    /// The chain's value after this line, hexadecimal.
    #[serde(default)]
    pub h: String,
}

/// Why a journal cannot be read, written or continued.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file system refused.
    #[error("記録（ジャーナル）{path} を読み書きできません: {cause}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// A line is not what was written.
    #[error("記録（ジャーナル）{path} の{line}行目が、書かれたときのものと違います（{reason}）")]
    Altered {
        /// Which file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// What does not fit.
        reason: &'static str,
    },
    /// A continued run computed something else than what was recorded.
    #[error("記録（ジャーナル）{path} の{line}行目から先が、同じ入力から再現できません")]
    Diverged {
        /// Which file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
    },
    /// Content that cannot be written as JSON.
    #[error("記録できない内容です: {0}")]
    Content(#[from] serde_json::Error),
}

/// The writer of a journal.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    durability: Durability,
    hash: [u8; 32],
    count: u64,
    pending: Vec<u8>,
    /// The position of the last line that was handed over.
    written: u64,
    has_failed: bool,
    /// The run's time as the last line wrote it: it stands still for most of a run.
    time: (Moment, String),
}

impl Journal {
    /// Starts a new journal. An existing file is never overwritten.
    ///
    /// # Errors
    /// The file exists or cannot be made.
    pub fn create(path: &Path, durability: Durability) -> Result<Self, JournalError> {
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .map_err(|cause| JournalError::File {
                path: path.to_owned(),
                cause,
            })?;
        Ok(Self::at_end_of(path, file, durability, [0; 32], 0))
    }

    /// Opens a journal to go on with it, and returns what it holds.
    ///
    /// # Errors
    /// The file cannot be read, or a line before the last was altered.
    pub fn resume(path: &Path, durability: Durability) -> Result<(Self, Vec<Event>), JournalError> {
        let failed = |cause| JournalError::File {
            path: path.to_owned(),
            cause,
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path)
            .map_err(failed)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let whole = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        let (events, hash) = read_lines(path, &bytes[..whole])?;
        let length = u64::try_from(whole).unwrap_or(u64::MAX);
        file.set_len(length).map_err(failed)?;
        file.seek(SeekFrom::Start(length)).map_err(failed)?;
        let count = events.last().map_or(0, |event| event.n);
        Ok((Self::at_end_of(path, file, durability, hash, count), events))
    }

    fn at_end_of(
        path: &Path,
        file: File,
        durability: Durability,
        hash: [u8; 32],
        count: u64,
    ) -> Self {
        let start = Moment::default_start();
        Self {
            path: path.to_owned(),
            file,
            durability,
            hash,
            count,
            pending: Vec::new(),
            written: count,
            has_failed: false,
            time: (start, start.to_string()),
        }
    }

    /// Adds an event to what the next [`Journal::commit`] writes, and returns its position.
    ///
    /// # Errors
    /// The body cannot be written as JSON.
    pub fn append(
        &mut self,
        at: Moment,
        from: &str,
        kind: &str,
        body: &impl Serialize,
    ) -> Result<u64, JournalError> {
        self.append_with(at, from, kind, |line| serde_json::to_writer(line, body))
    }

    /// The same with a body that is JSON on one line already.
    pub(crate) fn append_json(
        &mut self,
        at: Moment,
        from: &str,
        kind: &str,
        body: &str,
    ) -> Result<u64, JournalError> {
        self.append_with(at, from, kind, |line| {
            line.extend_from_slice(body.as_bytes());
            Ok(())
        })
    }

    fn append_with(
        &mut self,
        at: Moment,
        from: &str,
        kind: &str,
        write_body: impl FnOnce(&mut Vec<u8>) -> Result<(), serde_json::Error>,
    ) -> Result<u64, JournalError> {
        let n = self.count + 1;
        if !self.is_kept() {
            self.count = n;
            return Ok(n);
        }
        if self.time.0 != at {
            self.time = (at, at.to_string());
        }
        let start = self.pending.len();
        let line = &mut self.pending;
        write!(line, "{{\"n\":{n},\"t\":\"").ok();
        line.extend_from_slice(self.time.1.as_bytes());
        line.extend_from_slice(b"\",\"from\":");
        serde_json::to_writer(&mut *line, from)?;
        line.extend_from_slice(b",\"kind\":");
        serde_json::to_writer(&mut *line, kind)?;
        line.extend_from_slice(b",\"body\":");
        if let Err(error) = write_body(line) {
            line.truncate(start);
            return Err(error.into());
        }
        self.hash = chain(&self.hash, &line[start..]);
        line.extend_from_slice(b",\"h\":\"");
        line.extend_from_slice(&hex(&self.hash));
        line.extend_from_slice(b"\"}\n");
        self.count = n;
        Ok(n)
    }

    /// Writes what was added, in one piece. Only after this may an effect be shown.
    ///
    /// # Errors
    /// The file system refused, now or ever before: what came after would have no ground.
    pub fn commit(&mut self) -> Result<(), JournalError> {
        if self.has_failed {
            let cause = std::io::Error::other("an earlier line could not be written");
            return Err(self.failure(cause));
        }
        self.written = self.count;
        if self.pending.is_empty() {
            return Ok(());
        }
        let written = self
            .file
            .write_all(&self.pending)
            .and_then(|()| match self.durability {
                Durability::Nowhere | Durability::Process => Ok(()),
                Durability::Disk => self.file.sync_data(),
            });
        self.pending.clear();
        self.has_failed = written.is_err();
        written.map_err(|cause| self.failure(cause))
    }

    /// Sees to it that everything up to a position is written: perhaps somebody else's commit has
    /// done it.
    ///
    /// # Errors
    /// As [`Journal::commit`].
    pub fn commit_until(&mut self, n: u64) -> Result<(), JournalError> {
        if self.written >= n && !self.has_failed {
            return Ok(());
        }
        self.commit()
    }

    fn failure(&self, cause: std::io::Error) -> JournalError {
        JournalError::File {
            path: self.path.clone(),
            cause,
        }
    }

    /// Whether what is added is written anywhere.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.durability != Durability::Nowhere
    }

    /// Where the journal lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The position of the last event.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The chain's value, hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&self.hash).iter().copied().map(char::from).collect()
    }
}

/// What was added and not committed is evidence all the same: a request whose sender hung up.
impl Drop for Journal {
    fn drop(&mut self) {
        let _ = self.commit();
    }
}

/// Reads a journal whole and checks its chain. A torn last line is left out.
///
/// # Errors
/// The file cannot be read, or a line was altered.
pub fn read_journal(path: &Path) -> Result<Vec<Event>, JournalError> {
    let bytes = std::fs::read(path).map_err(|cause| JournalError::File {
        path: path.to_owned(),
        cause,
    })?;
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    read_lines(path, &bytes[..whole]).map(|(events, _)| events)
}

/// Checks one line against the chain's value before it and returns the event and the value after.
///
/// # Errors
/// What does not fit, in Japanese.
pub fn verify_line(before: &[u8; 32], line: &[u8]) -> Result<(Event, [u8; 32]), &'static str> {
    const TAIL: usize = ",\"h\":\"\"}".len() + 64;
    let split = line.len().checked_sub(TAIL).ok_or("短すぎます")?;
    let after = chain(before, &line[..split]);
    let event: Event = serde_json::from_slice(line).map_err(|_| "JSONとして読めません")?;
    if event.h.as_bytes() != hex(&after) {
        return Err("連鎖の値が合いません");
    }
    Ok((event, after))
}

fn read_lines(path: &Path, bytes: &[u8]) -> Result<(Vec<Event>, [u8; 32]), JournalError> {
    let mut hash = [0; 32];
    let mut events = Vec::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.is_empty() && index == events.len() {
            continue;
        }
        let number = index as u64 + 1;
        let altered = |reason| JournalError::Altered {
            path: path.to_owned(),
            line: number,
            reason,
        };
        let (event, after) = verify_line(&hash, line).map_err(altered)?;
        if event.n != number {
            return Err(altered("番号が続いていません"));
        }
        hash = after;
        events.push(event);
    }
    Ok((events, hash))
}

fn chain(before: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(bytes);
    hash.finalize().into()
}

/// A hash in hexadecimal.
fn hex(hash: &[u8; 32]) -> [u8; 64] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(hash) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(dir: &Path, bodies: &[&str]) -> PathBuf {
        let path = dir.join("journal.jsonl");
        let mut journal = Journal::create(&path, Durability::Process).expect("a new journal");
        for body in bodies {
            journal
                .append(Moment::default_start(), "judge", "note", body)
                .expect("a line");
        }
        journal.commit().expect("written");
        path
    }

    #[test]
    fn a_torn_last_line_is_cut_off_at_every_byte() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = written(dir.path(), &["一", "二"]);
        let bytes = std::fs::read(&path).expect("read");
        let first = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .expect("a line")
            + 1;
        for length in first..bytes.len() {
            std::fs::write(&path, &bytes[..length]).expect("torn");
            let (mut journal, events) =
                Journal::resume(&path, Durability::Process).expect("continued");
            assert_eq!(events.len(), 1, "torn after {length} bytes");
            journal
                .append(Moment::default_start(), "judge", "note", &"二")
                .expect("a line");
            journal.commit().expect("written");
            assert_eq!(std::fs::read(&path).expect("read"), bytes);
        }
    }

    #[test]
    fn one_changed_byte_is_found() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = written(dir.path(), &["abc", "def"]);
        let text = std::fs::read_to_string(&path).expect("read");
        std::fs::write(&path, text.replace("abc", "abd")).expect("altered");
        let error = read_journal(&path).expect_err("altered");
        assert!(error.to_string().contains("の1行目"), "{error}");
    }
}
