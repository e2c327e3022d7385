//! What can happen at a console, as its record keeps it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::control::{Answer, AnswerMismatch, Operation};
use crate::requirement::Mode;

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

impl Entry {
    /// The kind of its line in the journal.
    pub(super) const fn kind(&self) -> &'static str {
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
    pub(super) fn difference(&self, now: &Self) -> Option<(&'static str, String, String)> {
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
pub(super) fn is_from(from: &Key, key: &Key) -> bool {
    let same = |key: &Key| (key.scenario.clone(), key.mode, key.attempt);
    same(from) == same(key) && from.ordinal <= key.ordinal
}
