//! 操作卓の記録: everything that people said and did at the console, on the disk before a page goes on.
//!
//! A journal of its own, hash-chained, beside those of the scenarios. Started again, the console knows from it
//! alone what has been answered. It holds no key and no certificate: of what an operation was asked with only the
//! digest is kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tekigo_simulator::kernel::{Durability, Journal, JournalError, Moment};

use crate::control::{Answer, AnswerMismatch, Operation};
use crate::requirement::Mode;

/// The name of the journal in the console's folder.
const NAME: &str = "console.jsonl";

/// Which run a folder belongs to. Answers are never taken over from one to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunOf {
    /// 製品名、ベンダー名、版.
    pub(super) product: String,
    pub(super) vendor: String,
    pub(super) version: String,
    /// What the vendor declares besides, in words.
    pub(super) declared: String,
    /// The digest of the suite: requirements, features and interface profile.
    pub(super) suite: String,
    /// The version of this program.
    pub(super) program: String,
    /// The modes and the choice of scenarios, as on the command line.
    pub(super) choice: String,
    /// The seed.
    pub(super) seed: u64,
}

/// One thing that happened at the console.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub(super) enum Entry {
    /// The run begins; first of all.
    Run { id: String, of: RunOf },
    /// Everything is ready, and the product is what its vendor's file says.
    Prepared(Prepared),
    /// Somebody attests what only an insurer can know.
    Attested(Attested),
    /// A scenario begins, for the first time or anew.
    Begun {
        scenario: String,
        mode: Mode,
        attempt: u32,
    },
    /// A file was brought to an instruction.
    Brought(Brought),
    /// A file that was brought is taken back.
    TakenBack { key: Key, sha256: String },
    /// A person answered an instruction.
    Answered(Answered),
    /// The answers that a scenario had are not those of this course of it; from here on it is asked anew.
    Parted { key: Key },
    /// A scenario has ended and its journal lies on the disk.
    Ended {
        scenario: String,
        mode: Mode,
        passed: bool,
    },
    /// The verdicts were made.
    Judged { exit: u8 },
}

/// Which instruction it is: the how-manieth operation of a scenario, in one of its attempts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Key {
    /// シナリオ番号.
    pub(super) scenario: String,
    /// The mode.
    pub(super) mode: Mode,
    /// From 1.
    pub(super) attempt: u32,
    /// From 1.
    pub(super) ordinal: u32,
}

/// The preparation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Prepared {
    /// Who says so.
    pub(super) by: String,
    /// What was ticked, as it was written on the page.
    pub(super) checks: Vec<String>,
    /// 製品名 and 版 as the product's screen shows them.
    pub(super) product: String,
    pub(super) version: String,
    /// When, by the machine's clock.
    pub(super) at: String,
}

/// An attestation (自己申告).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attested {
    /// What is attested, in Japanese.
    pub(super) what: String,
    /// The rule it is about.
    pub(super) requirement: String,
    /// Post and name.
    pub(super) person: String,
    /// The day it was done.
    pub(super) on: String,
    /// What it rests on.
    pub(super) reason: String,
    /// What falls short of the rule.
    pub(super) shortfall: Option<String>,
    /// When it was attested, by the machine's clock.
    pub(super) at: String,
}

/// A file that was brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Brought {
    /// To which instruction.
    pub(super) key: Key,
    /// As what.
    pub(super) sort: Sort,
    /// Its name, as the browser gave it.
    pub(super) name: String,
    /// SHA-256, hexadecimal; it lies under this name in the folder.
    pub(super) sha256: String,
    /// Its length.
    pub(super) bytes: u64,
}

/// What a file is brought as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sort {
    /// A picture of the screen.
    Picture,
    /// A file that the product has written.
    Written,
}

/// An answer to an instruction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Answered {
    /// Which instruction.
    pub(super) key: Key,
    /// The operation's name.
    pub(super) operation: String,
    /// SHA-256 of what it was asked with.
    pub(super) input: String,
    /// The answer as the interface writes it.
    pub(super) answer: Value,
    /// Who says so.
    pub(super) by: String,
    /// When, by the machine's clock.
    pub(super) at: String,
}

impl Answered {
    /// The answer, read as any other.
    pub(super) fn read(&self, operation: Operation) -> Result<Answer, AnswerMismatch> {
        Answer::read(operation, self.answer.to_string().as_bytes())
    }
}

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

impl Entry {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Run { .. } => "console.run",
            Self::Prepared(_) => "console.prepared",
            Self::Attested(_) => "console.attested",
            Self::Begun { .. } => "console.begun",
            Self::Brought(_) => "console.brought",
            Self::TakenBack { .. } => "console.taken_back",
            Self::Answered(_) => "console.answered",
            Self::Parted { .. } => "console.parted",
            Self::Ended { .. } => "console.ended",
            Self::Judged { .. } => "console.judged",
        }
    }
}

impl RunOf {
    /// The first thing in which two runs differ: what, before and now.
    fn difference(&self, now: &Self) -> Option<(&'static str, String, String)> {
        let seeds = (self.seed.to_string(), now.seed.to_string());
        let pairs = [
            ("製品", &self.product, &now.product),
            ("ベンダー", &self.vendor, &now.vendor),
            ("製品の版", &self.version, &now.version),
            ("製品の申告", &self.declared, &now.declared),
            ("試験の内容", &self.suite, &now.suite),
            ("tekigo の版", &self.program, &now.program),
            ("試験の範囲", &self.choice, &now.choice),
            ("乱数の種", &seeds.0, &seeds.1),
        ];
        let differing = pairs.into_iter().find(|(_, before, now)| before != now);
        differing.map(|(what, before, now)| (what, before.clone(), now.clone()))
    }
}

impl Key {
    /// The key as a part of an address.
    pub(super) fn in_path(&self) -> String {
        format!(
            "{}.{}.{}.{}",
            self.scenario.replace('/', "-"),
            self.mode.id(),
            self.attempt,
            self.ordinal
        )
    }
}

/// Whether an instruction comes at or after another of the same attempt.
fn is_from(from: &Key, key: &Key) -> bool {
    let same = |key: &Key| (key.scenario.clone(), key.mode, key.attempt);
    same(from) == same(key) && from.ordinal <= key.ordinal
}

/// The machine's time, as a journal writes it.
pub(super) fn now() -> Moment {
    let stamp = jiff::Timestamp::now().to_string();
    stamp.parse().unwrap_or_else(|_| Moment::default_start())
}
