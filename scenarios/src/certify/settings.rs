//! What a run is asked for, and why it cannot be done.

use std::path::PathBuf;
use std::sync::Arc;

use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;

use super::shard::Shard;
use crate::drivers::VendorFile;
use crate::feature::FeatureFile;
use crate::requirement::Mode;
use crate::story::Story;
use crate::verdict::ExitCode;

/// What a run is asked for.
#[derive(Debug, Clone)]
pub struct CertifySettings {
    /// The vendor.
    pub vendor: VendorFile,
    /// The connection modes to try, in order; those that the vendor does not declare are 対象外.
    pub modes: Vec<Mode>,
    /// The interface profile.
    pub profile: Arc<Profile>,
    /// A feature file instead of the suite.
    pub feature: Option<Arc<FeatureFile>>,
    /// Which scenarios, by tags; all without.
    pub tags: Option<String>,
    /// One scenario alone, by its number (`SETUP-01/02`).
    pub only: Option<String>,
    /// Of every rule only its first scenario in each mode: to try in little time that a build works at all.
    pub sample: bool,
    /// A story instead of the scenarios.
    pub story: Option<Story>,
    /// Which part of the run; all of it without.
    pub shard: Option<Shard>,
    /// The seed of every random stream.
    pub seed: u64,
    /// Where the run's clock starts.
    pub start: Moment,
    /// How many scenarios run side by side.
    pub jobs: usize,
    /// Whether inferred rules can end in 不合格.
    pub strict: bool,
    /// Whether the pages are opened in a real browser.
    pub browser: bool,
    /// Whether what an earlier start of this very run has finished, in the report's folder, stays as it is and
    /// only the rest is run.
    pub goes_on: bool,
    /// The report's folder.
    pub report: PathBuf,
    /// 実行日時, shown in the report beside everything that is the same again.
    pub executed_at: String,
    /// The command of the run, to be shown as the one that repeats it.
    pub command: String,
    /// The program to put in place of `{tekigo}`; this one without.
    pub program: Option<PathBuf>,
}

impl CertifySettings {
    /// The choice of modes and scenarios as it is written on the command line; empty for all.
    #[must_use]
    pub fn choice(&self) -> String {
        let mode = match self.modes.as_slice() {
            [mode] => Some(format!("--mode {}", mode.id())),
            _ => None,
        };
        let feature = self.feature.iter();
        let feature = feature.map(|file| format!("--feature {}", file.path));
        let tags = self.tags.iter().map(|tags| format!("--tags \"{tags}\""));
        let only = self.only.iter().map(|only| format!("--only {only}"));
        let story = self
            .story
            .iter()
            .map(|story| format!("--story {}", story.name));
        let words: Vec<String> = mode
            .into_iter()
            .chain(story)
            .chain(feature)
            .chain(tags)
            .chain(only)
            .chain(self.shard.map(|shard| format!("--shard {shard}")))
            .collect();
        words.join(" ")
    }
}

/// A run that ended before it had a verdict table.
#[derive(Debug, thiserror::Error)]
pub enum CertifyError {
    /// The suite itself is at fault.
    #[error("シナリオまたは要件一覧に誤りがあります:\n{0}")]
    Suite(String),
    /// What was asked for selects nothing or cannot be understood.
    #[error("{0}")]
    Selection(String),
    /// The vendor cannot be started, reached or understood.
    #[error("【設定不備】{0}")]
    Vendor(String),
    /// The report's folder cannot be used.
    #[error(
        "報告書の置き場所「{}」を使えません。検証を行う担当者は、書き込めるフォルダーを --report に指定してください: {cause}",
        path.display()
    )]
    Report {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// Something on our side.
    #[error("検証ツールの側で続けられなくなりました（不具合の可能性があります）: {0}")]
    Harness(String),
}

impl CertifyError {
    /// How the program ends.
    #[must_use]
    pub fn exit(&self) -> ExitCode {
        match self {
            Self::Selection(_) => ExitCode::Usage,
            Self::Vendor(_) | Self::Report { .. } => ExitCode::Settings,
            Self::Suite(_) | Self::Harness(_) => ExitCode::Undecided,
        }
    }
}
