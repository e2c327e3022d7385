//! Asking the vendor, with everything journaled.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::stick::SHOWN_FOLDER;
use crate::control::{Answer, AnswerResult, Operation};
use crate::drivers::{Consequence, DriverError};
use crate::verdict::FailureFamily;

/// How often a vendor at work is looked at, in real time.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// How long a call may take to be noted, in real time.
const NOTED_WITHIN: Duration = Duration::from_secs(3);
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
        let called = self.lease.call(operation, input).await;
        self.until_noted().await?;
        let answer = called.map_err(|error| driver_failure(operation, &error))?;
        let answer = self.without_paths(operation, answer);
        self.write_answer(operation, &answer)?;
        Ok(answer)
    }

    /// The answer without the path of the folder that files travel in: it differs from run to run.
    fn without_paths(&self, operation: Operation, answer: Answer) -> Answer {
        let whole = json!({
            "result": answer.result().word(),
            "reason": answer.reason(),
            "data": answer.data(),
        });
        let whole = whole.to_string();
        let hidden = self.without_path(&whole);
        if hidden == whole {
            return answer;
        }
        Answer::read(operation, hidden.as_bytes()).unwrap_or(answer)
    }

    /// Asks for an operation that the vendor carries on in the background. Its answer and the
    /// first requests cross each other on the way, so it is journaled when the vendor rests.
    ///
    /// # Errors
    /// There is no answer that fits the interface.
    pub(super) async fn ask_to_begin(
        &mut self,
        operation: Operation,
        input: Value,
    ) -> Performed<Answer> {
        self.write(
            "judge",
            "vendor.operation",
            &json!({ "operation": operation.name(), "input": input }),
        )?;
        let answer = self
            .lease
            .call(operation, &input)
            .await
            .map_err(|error| driver_failure(operation, &error))?;
        self.unwritten = Some((operation, answer.clone()));
        Ok(answer)
    }

    /// Journals the answer to what has been begun.
    pub(super) fn write_unwritten(&mut self) -> Performed {
        match self.unwritten.take() {
            Some((operation, answer)) => self.write_answer(operation, &answer),
            None => Ok(()),
        }
    }

    /// Waits until the simulated world has noted every call it heard, for the vendor may answer
    /// before a handshake that it broke off is noted.
    pub(super) async fn until_noted(&self) -> Performed {
        let noted = self.simulator()?.shell().until_quiet();
        // A caller that never says what it wants does not hold up the scenario.
        let _ = tokio::time::timeout(NOTED_WITHIN, noted).await;
        Ok(())
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

    /// Looks at a view again and again until it shows what is waited for; only the last look is
    /// journaled, since how many there were depends on the machine.
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
            let called = self.lease.call(view, &input).await;
            let answer = match called {
                Ok(answer) => answer,
                Err(error) => {
                    self.write_unwritten()?;
                    return Err(driver_failure(view, &error));
                }
            };
            // A person looks when they can; their product has all the time they give it.
            let is_late = !self.lease.driver().is_manual() && begun.elapsed() > WORK_LIMIT;
            if !answer.is_done() || is_settled(&answer) || is_late {
                self.until_noted().await?;
                self.write_unwritten()?;
                self.write(
                    "judge",
                    "vendor.operation",
                    &json!({ "operation": view.name(), "input": {} }),
                )?;
                self.write_answer(view, &answer)?;
                if is_late && !is_settled(&answer) {
                    return Err(StepFailure::of(
                        FailureFamily::VendorSilent,
                        format!("{}秒以内に処理が落ち着く", WORK_LIMIT.as_secs()),
                        format!("{}秒待っても処理中のままでした", WORK_LIMIT.as_secs()),
                        "",
                    ));
                }
                return Ok(answer);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The input as the journal shows it: private keys stay out, and addresses, which differ from
    /// run to run, are named by what they stand for.
    fn shown_input(&self, operation: Operation, input: &Value) -> Value {
        let mut shown = input.clone();
        if matches!(operation, Operation::Export | Operation::Import) {
            shown["folder"] = json!(SHOWN_FOLDER);
        }
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

    /// Writes something that the judge did or saw into the journal.
    pub(super) fn write(&self, from: &str, kind: &str, body: &Value) -> Performed {
        self.simulator()?
            .shell()
            .note(from, kind, body)
            .map(|_| ())
            .map_err(StepFailure::harness)
    }

    fn write_answer(&self, operation: Operation, answer: &Answer) -> Performed {
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
