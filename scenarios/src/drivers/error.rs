//! What can go wrong between the judge and a vendor build, and whose it is.

use std::fmt;

use super::process::ProcessEnd;
use super::vendor_file::VendorAddress;
use crate::control::{AnswerMismatch, Excerpt, Operation};

/// What a harness error does to the scenarios that met it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// 設定不備: nothing ever worked; the settings or the adapter must be put right first.
    Settings,
    /// 判定不能: it worked before; the scenario in progress could not be judged.
    Undecided,
}

/// Whether the build had answered before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// No answer that fits has come since the driver was made.
    BeforeFirstAnswer,
    /// At least one answer that fits had come.
    AfterFirstAnswer,
}

impl Moment {
    /// Whether an answer had come.
    pub(super) const fn after(an_answer: bool) -> Self {
        match an_answer {
            true => Self::AfterFirstAnswer,
            false => Self::BeforeFirstAnswer,
        }
    }
}

/// Where a build is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// Over HTTP.
    At(VendorAddress),
    /// By lines on its standard input and output.
    Stdio,
}

/// An operation whose answer the judge does not have.
///
/// Never a refusal: "no" is an [`crate::control::Answer`].
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", .fault.describe(self))]
pub struct DriverError {
    /// The operation that was asked.
    pub operation: Operation,
    /// Where the build was looked for.
    pub reached: Reached,
    /// Whether it had answered before.
    pub moment: Moment,
    /// What went wrong.
    pub fault: DriverFault,
}

/// The three families of harness error.
#[derive(Debug, Clone, PartialEq)]
pub enum DriverFault {
    /// No connection, or it ended before the answer was complete.
    Unreachable {
        /// How far it came.
        stage: ConnectionStage,
        /// How the process ended, if the judge had started it and it is gone.
        ended: Option<Box<ProcessEnd>>,
    },
    /// No complete answer within the limit.
    TimedOut {
        /// The limit, in whole seconds rounded up.
        seconds: u64,
    },
    /// An answer came, and it is not one of the test-control interface.
    NotTheInterface {
        /// The HTTP status; none if what came was not HTTP.
        status: Option<u16>,
        /// The content type, as sent.
        content_type: Option<String>,
        /// What does not fit.
        mismatch: AnswerMismatch,
        /// The beginning of what came.
        came: Excerpt,
    },
}

/// How far a connection came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionStage {
    /// Nobody listens.
    Refused,
    /// The connection could not be made for another reason, in the system's words.
    NotConnected(String),
    /// The connection was made and ended before the answer was complete.
    Closed,
    /// The build's standard output is closed.
    OutputClosed,
}

impl fmt::Display for ConnectionStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => f.write_str(
                "接続が拒否されました（このアドレスで待ち受けているプログラムがありません）",
            ),
            Self::NotConnected(report) => write!(f, "接続できませんでした（{report}）"),
            Self::Closed => f.write_str("接続はできましたが、回答の途中で切れました"),
            Self::OutputClosed => f.write_str("回答の前に、製品の標準出力が閉じられました"),
        }
    }
}

impl DriverError {
    /// What this does to the scenario that met it.
    #[must_use]
    pub const fn consequence(&self) -> Consequence {
        match self.moment {
            Moment::BeforeFirstAnswer => Consequence::Settings,
            Moment::AfterFirstAnswer => Consequence::Undecided,
        }
    }

    /// Whether nobody could be reached.
    #[must_use]
    pub const fn is_unreachable(&self) -> bool {
        matches!(self.fault, DriverFault::Unreachable { .. })
    }

    /// Whether no answer came at all: nobody could be reached, or not in time.
    #[must_use]
    pub const fn is_silence(&self) -> bool {
        match self.fault {
            DriverFault::Unreachable { .. } | DriverFault::TimedOut { .. } => true,
            DriverFault::NotTheInterface { .. } => false,
        }
    }

    /// The same error with how the process ended, where that explains it.
    #[must_use]
    pub(super) fn with_end(mut self, end: Option<ProcessEnd>) -> Self {
        if let DriverFault::Unreachable { ended, .. } = &mut self.fault {
            *ended = end.map(Box::new);
        }
        self
    }
}

impl DriverFault {
    /// No answer within `limit`.
    pub(super) fn timed_out(limit: std::time::Duration) -> Self {
        let seconds = limit.as_secs() + u64::from(limit.subsec_nanos() > 0);
        Self::TimedOut { seconds }
    }

    fn describe(&self, error: &DriverError) -> String {
        let (japanese, name) = (error.operation.japanese(), error.operation.name());
        let call = match error.reached {
            Reached::At(address) => format!("試験操作 {japanese}（{address}/tekigo/v1/{name}）"),
            Reached::Stdio => format!("試験操作 {japanese}（標準入出力の {name}）"),
        };
        match self {
            Self::Unreachable { stage, ended } => {
                let ended = ended
                    .as_ref()
                    .map_or_else(String::new, |end| format!("。{end}"));
                format!(
                    "{call}を製品に送れません。{stage}。{}{ended}",
                    unreachable_advice(error.moment)
                )
            }
            Self::TimedOut { seconds } => format!(
                "{call}に、製品が{seconds}秒以内に回答しません。ベンダーの担当者は、製品が止まっていないかを確かめてください。時間のかかる操作なら、vendor.toml の {} を長くしてください",
                limit_place(error.operation)
            ),
            Self::NotTheInterface {
                status,
                content_type,
                mismatch,
                came,
            } => format!(
                "{call}への回答が、試験操作インタフェース第1版に合いません。{mismatch}。受け取ったもの: {}。ベンダーの担当者は、製品の接続部（アダプター）を直してください",
                describe_answer(error.reached, *status, content_type.as_deref(), came)
            ),
        }
    }
}

/// Where the wait for an operation is set.
fn limit_place(operation: Operation) -> String {
    if operation == Operation::Declare {
        "[start] timeout_seconds".to_owned()
    } else {
        format!("[operation_seconds] {}", operation.name())
    }
}

const fn unreachable_advice(moment: Moment) -> &'static str {
    match moment {
        Moment::BeforeFirstAnswer => {
            "ベンダーの担当者は、製品が起動していることと、vendor.toml の [start] を確かめてください"
        }
        Moment::AfterFirstAnswer => {
            "それまでは回答していました。ベンダーの担当者は、製品が途中で終了していないかを、製品の記録で確かめてください"
        }
    }
}

fn describe_answer(
    reached: Reached,
    status: Option<u16>,
    content_type: Option<&str>,
    came: &Excerpt,
) -> String {
    let mut parts = Vec::new();
    match (reached, status) {
        (Reached::Stdio, _) => return format!("標準出力の1行「{came}」"),
        (Reached::At(_), Some(status)) => parts.push(format!("HTTP {status}")),
        (Reached::At(_), None) => parts.push("HTTP ではない応答".to_owned()),
    }
    if let Some(content_type) = content_type {
        parts.push(content_type.to_owned());
    }
    if came.is_empty() {
        parts.push("本文なし".to_owned());
    } else {
        parts.push(format!("本文の初め「{came}」"));
    }
    parts.join("、")
}
