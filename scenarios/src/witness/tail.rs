//! Reading a journal while it is being written.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use tekigo_simulator::kernel::{Event, verify_line};

/// A journal could not be read on.
#[derive(Debug, thiserror::Error)]
pub enum TailError {
    /// The file system refused.
    #[error("記録（ジャーナル）{path} を読めません: {cause}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// A line does not fit the chain.
    #[error("記録（ジャーナル）{path} の{line}行目が壊れています（{reason}）")]
    Broken {
        /// Which file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What does not fit.
        reason: &'static str,
    },
}

/// A place in a journal, and everything read up to it.
#[derive(Debug)]
pub struct JournalTail {
    path: PathBuf,
    offset: u64,
    hash: [u8; 32],
    events: Vec<Event>,
}

impl JournalTail {
    /// The beginning of a journal.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            offset: 0,
            hash: [0; 32],
            events: Vec::new(),
        }
    }

    /// Reads what has been added, checks its chain, and returns everything so far.
    ///
    /// # Errors
    /// The file cannot be read, or a line was altered.
    pub fn read_on(&mut self) -> Result<&[Event], TailError> {
        let failed = |cause| TailError::File {
            path: self.path.clone(),
            cause,
        };
        let mut file = File::open(&self.path).map_err(failed)?;
        file.seek(SeekFrom::Start(self.offset)).map_err(failed)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let Some(whole) = line.strip_suffix(b"\n") else {
                break;
            };
            let (event, hash) =
                verify_line(&self.hash, whole).map_err(|reason| TailError::Broken {
                    path: self.path.clone(),
                    line: self.events.len() + 1,
                    reason,
                })?;
            self.hash = hash;
            self.offset += line.len() as u64;
            self.events.push(event);
        }
        Ok(&self.events)
    }

    /// Everything read so far.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }
}
