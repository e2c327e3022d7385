//! Asking by lines.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::conversation::{Conversation, Heard, LINE_MEBIBYTES_MAX};
use crate::control::{Answer, AnswerMismatch, Excerpt, Operation};
use crate::drivers::error::{ConnectionStage, DriverError, DriverFault, Moment, Reached};
use crate::drivers::vendor_file::TimeLimits;

/// The length of the piece of a line that is quoted in messages, in characters.
const QUOTED_CHARS: usize = 160;

/// The driver of a program that speaks by lines: `{"id": N, "operation": …, "input": {…}}` in, `{"id": N, "answer":
/// {…}}` out, one line each.
///
/// One operation is asked at a time. The answer to one that nobody waits for any more is passed over when it comes.
#[derive(Debug)]
pub struct LinesDriver {
    conversation: Conversation,
    limits: TimeLimits,
    asked: AtomicU64,
    answered: AtomicBool,
}

impl LinesDriver {
    /// A driver of a running program. Nothing is said yet.
    pub(in crate::drivers) fn new(conversation: Conversation, limits: TimeLimits) -> Self {
        Self {
            conversation,
            limits,
            asked: AtomicU64::new(0),
            answered: AtomicBool::new(false),
        }
    }

    /// Asks for `operation` with the limit of the vendor's file.
    ///
    /// # Errors
    /// [`DriverError`] when there is no answer that fits the interface.
    pub async fn call(&self, operation: Operation, input: &Value) -> Result<Answer, DriverError> {
        self.call_within(operation, input, self.limits.of(operation))
            .await
    }

    /// Asks for `operation` and waits at most `limit`.
    ///
    /// # Errors
    /// [`DriverError`] when there is no answer that fits the interface.
    pub async fn call_within(
        &self,
        operation: Operation,
        input: &Value,
        limit: Duration,
    ) -> Result<Answer, DriverError> {
        let moment = Moment::after(self.answered.load(Ordering::Relaxed));
        let exchanged = tokio::time::timeout(limit, self.exchange(operation, input)).await;
        let answer = exchanged
            .unwrap_or_else(|_| Err(DriverFault::timed_out(limit)))
            .map_err(|fault| DriverError {
                operation,
                reached: Reached::Stdio,
                moment,
                fault,
            })?;
        self.answered.store(true, Ordering::Relaxed);
        Ok(answer)
    }

    async fn exchange(&self, operation: Operation, input: &Value) -> Result<Answer, DriverFault> {
        let mut heard = self.conversation.listen().await;
        let id = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let line = json!({ "id": id, "operation": operation.name(), "input": input });
        self.conversation.say(line.to_string().into_bytes());
        loop {
            let Some(line) = heard.recv().await else {
                return Err(DriverFault::Unreachable {
                    stage: ConnectionStage::OutputClosed,
                    ended: None,
                });
            };
            if let Some(answer) = read(operation, id, line)? {
                return Ok(answer);
            }
        }
    }
}

/// The answer in a line; none if it is a late one to an earlier question.
fn read(operation: Operation, id: u64, heard: Heard) -> Result<Option<Answer>, DriverFault> {
    let line = match heard {
        Heard::Line(line) => line,
        Heard::TooLong(beginning) => {
            let limit_mebibytes = LINE_MEBIBYTES_MAX;
            let mismatch = AnswerMismatch::TooLong { limit_mebibytes };
            return Err(does_not_fit(mismatch, &beginning));
        }
    };
    let failed = |mismatch| does_not_fit(mismatch, &line);
    let mut value = Answer::json(&line).map_err(failed)?;
    let came = value.get("id").and_then(Value::as_u64);
    let answer = value.get_mut("answer").map(Value::take);
    let (Some(came), Some(answer)) = (came, answer) else {
        return Err(failed(AnswerMismatch::NotAnAnswerLine));
    };
    if came < id {
        return Ok(None);
    }
    if came > id {
        return Err(failed(AnswerMismatch::OtherId { expected: id, came }));
    }
    Answer::of(operation, answer).map(Some).map_err(failed)
}

fn does_not_fit(mismatch: AnswerMismatch, line: &[u8]) -> DriverFault {
    // Quoting needs the beginning only; four bytes hold any character.
    let beginning = &line[..line.len().min(QUOTED_CHARS * 4 * 4)];
    DriverFault::NotTheInterface {
        status: None,
        content_type: None,
        mismatch,
        came: Excerpt::beginning(&String::from_utf8_lossy(beginning), QUOTED_CHARS),
    }
}
