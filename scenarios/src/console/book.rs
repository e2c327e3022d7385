//! 操作卓の記録: everything that people said and did at the console, on the disk before a page goes on.
//!
//! A journal of its own, hash-chained, beside those of the scenarios. Started again, the console knows from it
//! alone what has been answered. It holds no key and no certificate: of what an operation was asked with only the
//! digest is kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tekigo_simulator::kernel::{Durability, Journal, JournalError, Moment};

use super::entry::{Answered, Attested, Brought, Entry, Key, Prepared, RunOf, is_from};
use crate::requirement::Mode;

/// The name of the journal in the console's folder.
const NAME: &str = "console.jsonl";

/// Why a folder cannot be worked with.
#[derive(Debug, thiserror::Error)]
pub(super) enum BookError {
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A line that this program does not understand.
    #[error("記録「{}」の{line}行目を読めません。別の版の tekigo の記録かもしれません。--folder に別のフォルダーを指定してください: {why}", path.display())]
    Line {
        path: PathBuf,
        line: u64,
        why: String,
    },
    /// Another run's folder.
    #[error("フォルダー「{}」は別の実行の記録です（{what}: 記録では「{before}」、今回は「{now}」）。前の回答は使えません。続きなら同じ設定で、新しい実行なら空のフォルダーを --folder に指定してください", path.display())]
    Another {
        path: PathBuf,
        what: &'static str,
        before: String,
        now: String,
    },
}

/// The console's journal, and what it says so far.
#[derive(Debug)]
pub(super) struct Book {
    journal: Journal,
    /// The run's own number.
    pub(super) id: String,
    /// Everything after the first entry, oldest first.
    pub(super) entries: Vec<Entry>,
}

impl Book {
    /// Opens the journal of a folder, or begins it.
    pub(super) fn open(folder: &Path, of: &RunOf, new_id: String) -> Result<Self, BookError> {
        let path = folder.join(NAME);
        if !path.exists() {
            return Self::begin(&path, of, new_id);
        }
        let (journal, events) = Journal::resume(&path, Durability::Disk)?;
        let mut entries = Vec::new();
        for event in &events {
            let entry =
                serde_json::from_str(event.body.get()).map_err(|error| BookError::Line {
                    path: path.clone(),
                    line: event.n,
                    why: error.to_string(),
                })?;
            entries.push(entry);
        }
        if entries.is_empty() {
            // Switched off before the first line was whole: nothing was ever shown.
            drop(journal);
            std::fs::remove_file(&path).map_err(|cause| JournalError::File {
                path: path.clone(),
                cause,
            })?;
            return Self::begin(&path, of, new_id);
        }
        let Entry::Run { id, of: before } = entries.remove(0) else {
            return Err(BookError::Line {
                path,
                line: 1,
                why: "実行の初めの行ではありません".to_owned(),
            });
        };
        if let Some((what, before, now)) = before.difference(of) {
            let path = folder.to_owned();
            return Err(BookError::Another {
                path,
                what,
                before,
                now,
            });
        }
        Ok(Self {
            journal,
            id,
            entries,
        })
    }

    fn begin(path: &Path, of: &RunOf, id: String) -> Result<Self, BookError> {
        let mut journal = Journal::create(path, Durability::Disk)?;
        let entry = Entry::Run {
            id: id.clone(),
            of: of.clone(),
        };
        journal.append(now(), "console", entry.kind(), &entry)?;
        journal.commit()?;
        // The name of a new file is on the disk only when its folder is.
        let folder = path.parent().map(std::fs::File::open).transpose();
        let synced = folder.and_then(|folder| folder.map_or(Ok(()), |folder| folder.sync_all()));
        synced.map_err(|cause| JournalError::File {
            path: path.to_owned(),
            cause,
        })?;
        Ok(Self {
            journal,
            id,
            entries: Vec::new(),
        })
    }

    /// Writes an entry; it is on the disk when this returns.
    pub(super) fn write(&mut self, entry: Entry) -> Result<(), JournalError> {
        self.journal
            .append(now(), "console", entry.kind(), &entry)?;
        self.journal.commit()?;
        self.entries.push(entry);
        Ok(())
    }

    /// The preparation, if it is done.
    pub(super) fn prepared(&self) -> Option<&Prepared> {
        self.entries.iter().find_map(|entry| {
            let Entry::Prepared(prepared) = entry else {
                return None;
            };
            Some(prepared)
        })
    }

    /// The attestations, oldest first.
    pub(super) fn attested(&self) -> Vec<&Attested> {
        let attested = self.entries.iter().filter_map(|entry| {
            let Entry::Attested(attested) = entry else {
                return None;
            };
            Some(attested)
        });
        attested.collect()
    }

    /// Every answer, oldest first.
    pub(super) fn answers(&self) -> impl DoubleEndedIterator<Item = &Answered> {
        self.entries.iter().filter_map(|entry| {
            let Entry::Answered(answered) = entry else {
                return None;
            };
            Some(answered)
        })
    }

    /// The last attempt at a scenario; 0 if there was none.
    pub(super) fn attempts(&self, scenario: &str, mode: Mode) -> u32 {
        let of = self.entries.iter().filter_map(|entry| {
            let Entry::Begun {
                scenario: of,
                mode: in_mode,
                attempt,
            } = entry
            else {
                return None;
            };
            (of == scenario && *in_mode == mode).then_some(*attempt)
        });
        of.max().unwrap_or(0)
    }

    /// The answers of one attempt by their ordinals; none from the point at which the attempt parted from them.
    pub(super) fn answers_of(
        &self,
        scenario: &str,
        mode: Mode,
        attempt: u32,
    ) -> BTreeMap<u32, Answered> {
        let is_it =
            |key: &Key| key.scenario == scenario && key.mode == mode && key.attempt == attempt;
        let mut kept = BTreeMap::new();
        for entry in &self.entries {
            if let Entry::Answered(answered) = entry
                && is_it(&answered.key)
            {
                kept.insert(answered.key.ordinal, answered.clone());
            } else if let Entry::Parted { key } = entry
                && is_it(key)
            {
                kept.retain(|ordinal, _| *ordinal < key.ordinal);
            }
        }
        kept
    }

    /// The files that were brought to an instruction and not taken back.
    pub(super) fn brought_to(&self, key: &Key) -> Vec<Brought> {
        let mut there: Vec<Brought> = Vec::new();
        for entry in &self.entries {
            if let Entry::Brought(brought) = entry
                && brought.key == *key
            {
                // The same name again replaces what came before.
                let is_other =
                    |known: &Brought| known.sort != brought.sort || known.name != brought.name;
                there.retain(is_other);
                there.push(brought.clone());
            } else if let Entry::TakenBack { key: of, sha256 } = entry
                && of == key
            {
                there.retain(|brought| brought.sha256 != *sha256);
            } else if let Entry::Parted { key: from } = entry
                && is_from(from, key)
            {
                there.clear();
            }
        }
        there
    }

    /// The scenarios that have ended, with whether they passed.
    pub(super) fn ended(&self) -> BTreeMap<(Mode, String), bool> {
        let ended = self.entries.iter().filter_map(|entry| {
            let Entry::Ended {
                scenario,
                mode,
                passed,
            } = entry
            else {
                return None;
            };
            Some(((*mode, scenario.clone()), *passed))
        });
        ended.collect()
    }
}

/// The machine's time, as a journal writes it.
pub(super) fn now() -> Moment {
    let stamp = jiff::Timestamp::now().to_string();
    stamp.parse().unwrap_or_else(|_| Moment::default_start())
}
