//! 実行の事実: what a report says about the run besides its verdicts.

use jiff::civil::Date;

use crate::effort::Outlook;
use crate::verdict::{Mode, Standing};

/// What was tried, with what, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFacts {
    /// 製品名.
    pub product: String,
    /// ベンダー名.
    pub vendor: String,
    /// 製品の版.
    pub version: String,
    /// 連携仕様プロファイル.
    pub profile: ProfileFacts,
    /// The seed of the run.
    pub seed: u64,
    /// Digest of the requirement catalogue.
    pub catalogue_digest: String,
    /// Version of this program.
    pub program_version: String,
    /// 実行日時, of the machine. With the time of the set-ups the only thing in a report that is not
    /// the same again.
    pub executed_at: String,
    /// The command of the run, without its choice of seed, mode and scenarios.
    pub command: String,
    /// Its choice of mode and scenarios, as on the command line; empty for all.
    pub choice: String,
    /// What the set-ups of the run took, in real time.
    pub set_ups: SetUpTimes,
}

/// 初期セットアップの時間, as far as the run measured any.
#[derive(Debug, Clone, PartialEq)]
pub struct SetUpTimes {
    /// What follows for other sizes, mode by mode.
    pub outlooks: Vec<Outlook>,
    /// The day on which a set-up would begin.
    pub start: Date,
}

/// The interface profile of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFacts {
    /// Its id, e.g. `if-2.0-assumed`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How sure it is.
    pub standing: Standing,
    /// Digest of its files.
    pub digest: String,
}

impl RunFacts {
    /// The command that repeats one scenario.
    #[must_use]
    pub fn repeat_scenario(&self, scenario: &str, mode: Mode) -> String {
        format!(
            "{} --seed {} --mode {} --only {scenario}",
            self.command,
            self.seed,
            mode.id()
        )
    }

    /// The command that repeats one scenario in both modes.
    #[must_use]
    pub fn repeat_in_both_modes(&self, scenario: &str) -> String {
        format!("{} --seed {} --only {scenario}", self.command, self.seed)
    }

    /// The command that repeats the run.
    #[must_use]
    pub fn repeat_run(&self) -> String {
        let run = format!("{} --seed {} {}", self.command, self.seed, self.choice);
        run.trim_end().to_owned()
    }
}
