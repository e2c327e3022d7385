//! Why a build does not run.

use std::fmt;
use std::process::ExitStatus;

use crate::control::{AnswerResult, Excerpt};
use crate::drivers::error::DriverError;

/// How a build's process ended, with the last it printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessEnd {
    /// The exit code, or none if a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// The last lines of its error output, or of its output if it printed no error.
    pub last_lines: Excerpt,
}

impl ProcessEnd {
    pub(super) fn new(status: ExitStatus, last_lines: Excerpt) -> Self {
        #[cfg(unix)]
        let signal = std::os::unix::process::ExitStatusExt::signal(&status);
        #[cfg(not(unix))]
        let signal = None;
        Self {
            code: status.code(),
            signal,
            last_lines,
        }
    }
}

impl fmt::Display for ProcessEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code, self.signal) {
            (Some(code), _) => write!(f, "製品は終了コード {code} で終了しています")?,
            (None, Some(signal)) => write!(f, "製品はシグナル {signal} で終了しています")?,
            (None, None) => f.write_str("製品は終了しています")?,
        }
        write_lines(f, &self.last_lines)
    }
}

fn write_lines(f: &mut impl fmt::Write, lines: &Excerpt) -> fmt::Result {
    if lines.is_empty() {
        return f.write_str("（何も出力していません）");
    }
    f.write_str("。製品の最後の出力:")?;
    for line in lines.as_str().lines() {
        write!(f, "\n    {line}")?;
    }
    Ok(())
}

/// A build that did not come to answer. Always 設定不備: no requirement is judged by it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A person works the build, and no console is open in which they could be asked.
    #[error(
        "この製品は人が画面で操作します（{place}: manual = true）。このコマンドでは試せません。自治体の担当者は、tekigo console --vendor に同じファイルを指定してください"
    )]
    NoConsole {
        /// Where it is written.
        place: String,
    },
    /// The command is not there.
    #[error(
        "製品を起動できません。コマンド「{command}」が見つかりません（{place}）。ベンダーの担当者は、[start] command の1語目を確かめてください"
    )]
    CommandNotFound {
        /// The command, as run.
        command: String,
        /// Where it is written.
        place: String,
    },
    /// The command is there and cannot be run.
    #[error(
        "製品を起動できません。コマンド「{command}」を実行できません（{place}）: {fault}。ベンダーの担当者は、実行権限とファイルの内容を確かめてください"
    )]
    NotExecutable {
        /// The command, as run.
        command: String,
        /// Where it is written.
        place: String,
        /// Why.
        fault: String,
    },
    /// The process ended before it answered.
    #[error(
        "製品が、試験操作 declare（製品の申告）に回答する前に終了しました。コマンド「{command}」（{place}）。ベンダーの担当者は、起動の設定を直してください。{end}"
    )]
    ExitedEarly {
        /// The command, as run.
        command: String,
        /// Where it is written.
        place: String,
        /// How it ended.
        end: ProcessEnd,
    },
    /// The build did not answer in time.
    #[error("{}", never_answered(*.seconds, .place, .last.as_deref(), .printed))]
    NeverAnswered {
        /// How long the judge waited.
        seconds: u64,
        /// Where the start is written.
        place: String,
        /// The last attempt.
        last: Option<Box<DriverError>>,
        /// The last lines the build printed.
        printed: Excerpt,
    },
    /// The build answered `declare` with something else than done.
    #[error(
        "製品が試験操作 declare（製品の申告）に応じません（回答: {result}、理由「{reason}」、{place}）。宣言のない製品は判定できません"
    )]
    NotDeclared {
        /// The word of the answer.
        result: AnswerResult,
        /// The reason of the answer.
        reason: Excerpt,
        /// Where the start is written.
        place: String,
    },
    /// The judge's own machine does not let it start a build.
    #[error(
        "判定側の準備に失敗しました（{what}）: {source}。判定を行う担当者は、パソコンの空き容量と権限を確かめてください"
    )]
    Machine {
        /// What was tried.
        what: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

fn never_answered(
    seconds: u64,
    place: &str,
    last: Option<&DriverError>,
    printed: &Excerpt,
) -> String {
    let mut text = format!(
        "製品が、起動から{seconds}秒以内に試験操作 declare（製品の申告）に回答しません（{place}）"
    );
    if let Some(last) = last {
        text.push_str("。最後に試したときの結果: ");
        text.push_str(&last.to_string());
    }
    if !printed.is_empty() {
        // Writing to a string does not fail.
        let _ = write_lines(&mut text, printed);
    }
    text
}

/// The build was not started by the judge, which therefore does not stop it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "この製品は判定側が起動したものではない（vendor.toml の [start] address）ため、判定側から止めることも起動し直すこともできません"
)]
pub struct NotOurs;
