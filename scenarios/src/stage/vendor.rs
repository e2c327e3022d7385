//! Asking the vendor, with everything journaled.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use crate::control::{Answer, AnswerResult, Operation};
use crate::drivers::{Consequence, DriverError};
use crate::verdict::FailureFamily;

/// How often a vendor at work is looked at, in real time.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// How long a connection may stay half open before the journal goes on without it.
const QUIET_LIMIT: Duration = Duration::from_secs(3);
/// How long a vendor may be at work before the scenario gives up, in real time.
const WORK_LIMIT: Duration = Duration::from_secs(60);

impl Live {
    /// Asks the vendor for an operation.
    ///
    /// # Errors
    /// There is no answer that fits the interface.
    pub(super) async fn ask(&mut self, operation: Operation, input: Value) -> Performed<Answer> {
        let shown = self.shown_input(operation, &input);
        self.ask_showing(operation, &input, &shown).await
    }

    async fn ask_showing(
        &mut self,
        operation: Operation,
        input: &Value,
        shown: &Value,
    ) -> Performed<Answer> {
        self.write(
            "judge",
            "vendor.operation",
            &json!({ "operation": operation.name(), "input": shown }),
        )?;
        let answer = self
            .lease
            .call(operation, input)
            .await
            .map_err(|error| driver_failure(operation, &error))?;
        self.write_answer(operation, &answer).await?;
        Ok(answer)
    }

    /// Asks the vendor for an operation that goes on in the background; the caller journals the
    /// answer once the work rests, so that the order of the lines does not depend on the machine.
    ///
    /// # Errors
    /// There is no answer that fits the interface.
    pub(super) async fn ask_for_work(
        &mut self,
        operation: Operation,
        input: Value,
    ) -> Performed<Answer> {
        self.write(
            "judge",
            "vendor.operation",
            &json!({ "operation": operation.name(), "input": input }),
        )?;
        self.lease
            .call(operation, &input)
            .await
            .map_err(|error| driver_failure(operation, &error))
    }

    /// Asks for an operation that a working vendor carries out.
    ///
    /// # Errors
    /// The answer is anything but done.
    pub(super) async fn ask_done(
        &mut self,
        operation: Operation,
        input: Value,
    ) -> Performed<Answer> {
        let shown = self.shown_input(operation, &input);
        self.ask_done_noting(operation, input, shown).await
    }

    /// The same, with something else than the input in the journal.
    ///
    /// # Errors
    /// The answer is anything but done.
    pub(super) async fn ask_done_noting(
        &mut self,
        operation: Operation,
        input: Value,
        shown: Value,
    ) -> Performed<Answer> {
        let answer = self.ask_showing(operation, &input, &shown).await?;
        match answer.result() {
            AnswerResult::Done => Ok(answer),
            AnswerResult::Unsupported => Err(StepFailure::of(
                FailureFamily::Unsupported,
                format!("操作「{}」ができる", operation.japanese()),
                format!(
                    "操作「{}」に対応していないと答えました",
                    operation.japanese()
                ),
                operation.name(),
            )),
            AnswerResult::Refused | AnswerResult::Failed => Err(StepFailure::violated(
                format!("操作「{}」が行われる", operation.japanese()),
                format!(
                    "操作「{}」は「{}」でした: {}",
                    operation.japanese(),
                    answer.result().japanese(),
                    answer.reason().unwrap_or("理由なし")
                ),
            )),
        }
    }

    /// Looks at a view again and again until it shows what is waited for. Nothing is journaled,
    /// since how many looks there are depends on the machine; the caller journals the last.
    ///
    /// # Errors
    /// No answer, or the wait is too long.
    pub(super) async fn look_until(
        &mut self,
        view: Operation,
        is_settled: impl Fn(&Answer) -> bool,
    ) -> Performed<Answer> {
        let begun = Instant::now();
        let input = json!({});
        loop {
            let answer = self
                .lease
                .call(view, &input)
                .await
                .map_err(|error| driver_failure(view, &error))?;
            if !answer.is_done() || is_settled(&answer) {
                return Ok(answer);
            }
            if begun.elapsed() > WORK_LIMIT {
                return Err(StepFailure::of(
                    FailureFamily::VendorSilent,
                    format!("{}秒以内に処理が落ち着く", WORK_LIMIT.as_secs()),
                    format!("{}秒待っても処理中のままでした", WORK_LIMIT.as_secs()),
                    "",
                ));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Journals a look at a view.
    pub(super) async fn write_look(&self, view: Operation, answer: &Answer) -> Performed {
        self.write(
            "judge",
            "vendor.operation",
            &json!({ "operation": view.name(), "input": {} }),
        )?;
        self.write_answer(view, answer).await
    }

    /// The input as the journal shows it: private keys stay out, and addresses, which differ from
    /// run to run, are named by what they stand for.
    fn shown_input(&self, operation: Operation, input: &Value) -> Value {
        let mut shown = input.clone();
        if operation != Operation::Configure {
            return shown;
        }
        if let Some(certificate) = shown
            .get_mut("certificate")
            .filter(|value| value.is_object())
        {
            let chain = certificate.get("chain_pem").and_then(Value::as_str);
            let name = self
                .simulator
                .as_ref()
                .and_then(|simulator| simulator.certificate_name(chain.unwrap_or_default()));
            *certificate = json!({ "name": name });
        }
        if let Some(hosts) = shown.get_mut("hosts").and_then(Value::as_array_mut) {
            for host in hosts {
                host["address"] = json!("127.0.0.1");
            }
        }
        shown
    }

    fn write(&self, from: &str, kind: &str, body: &Value) -> Performed {
        self.simulator()?
            .shell()
            .note(from, kind, body)
            .map(|_| ())
            .map_err(StepFailure::harness)
    }

    pub(super) async fn write_answer(&self, operation: Operation, answer: &Answer) -> Performed {
        // A connection that the vendor gave up may still be on its way into the journal.
        let quiet = self.simulator()?.shell().until_quiet();
        let _ = tokio::time::timeout(QUIET_LIMIT, quiet).await;
        self.write(
            "vendor",
            "vendor.answer",
            &json!({
                "operation": operation.name(),
                "answer": {
                    "result": answer.result().word(),
                    "reason": answer.reason(),
                    "data": answer.data(),
                },
            }),
        )
    }
}

fn driver_failure(operation: Operation, error: &DriverError) -> StepFailure {
    let family = match error.consequence() {
        Consequence::Settings => FailureFamily::Misconfigured,
        Consequence::Undecided if error.is_silence() => FailureFamily::VendorSilent,
        Consequence::Undecided => FailureFamily::Misconfigured,
    };
    StepFailure::of(
        family,
        format!(
            "操作「{}」に、試験操作インタフェースのとおり答える",
            operation.japanese()
        ),
        error.to_string(),
        "",
    )
}
