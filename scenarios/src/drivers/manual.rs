//! Test-control operations by a person's hand: each becomes an instruction, and the person's answer its answer.

use std::path::PathBuf;

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::error::DriverError;
use super::vendor_file::VendorAddress;
use crate::control::{Answer, Operation};
use crate::requirement::Mode;
use crate::verdict::AttestedRule;

/// Where a person is asked: the console's end of the line is a [`Counter`].
///
/// There is one person at a time to ask, so there is one build however many jobs are wanted.
#[derive(Debug, Clone)]
pub struct ManualDesk {
    address: VendorAddress,
    line: mpsc::UnboundedSender<Told>,
}

/// The end of the line at which the console listens.
pub type Counter = mpsc::UnboundedReceiver<Told>;

/// What the judge tells the console.
#[derive(Debug)]
pub enum Told {
    /// A scenario begins; what is asked from here on belongs to it.
    Begins(Begins),
    /// An operation is asked for.
    Asked(Asked),
    /// Everything is done; what has been attested is wanted for the verdicts.
    Ends(oneshot::Sender<Vec<AttestedRule>>),
}

/// The scenario that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begins {
    /// シナリオ番号.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The mode it runs in.
    pub mode: Mode,
    /// Where its journal will lie.
    pub journal: PathBuf,
}

/// An operation that waits for a person. If `reply` is dropped, nobody will ever answer.
#[derive(Debug)]
pub struct Asked {
    /// What is asked for.
    pub operation: Operation,
    /// With what.
    pub input: Value,
    /// Takes the person's answer.
    pub reply: oneshot::Sender<Answer>,
}

impl ManualDesk {
    /// A desk whose pages are at `address`, and the end of the line for those who serve them.
    #[must_use]
    pub fn open(address: VendorAddress) -> (Self, Counter) {
        let (line, counter) = mpsc::unbounded_channel();
        (Self { address, line }, counter)
    }

    /// Says that everything is done, and takes what people have attested; waits for ever if the console is gone.
    pub async fn end(&self) -> Vec<AttestedRule> {
        let (reply, attested) = oneshot::channel();
        if self.line.send(Told::Ends(reply)).is_ok()
            && let Ok(attested) = attested.await
        {
            return attested;
        }
        std::future::pending().await
    }

    /// Says that a scenario begins.
    pub fn begin(&self, scenario: Begins) {
        // A console that is gone is noticed when the first operation is asked for.
        let _ = self.line.send(Told::Begins(scenario));
    }
}

/// Two are the same if they lead to the same console.
impl PartialEq for ManualDesk {
    fn eq(&self, other: &Self) -> bool {
        self.line.same_channel(&other.line)
    }
}

impl Eq for ManualDesk {}

/// The manual driver: asks, and waits without limit, for people may take weeks.
#[derive(Debug)]
pub struct ManualDriver {
    desk: ManualDesk,
}

impl ManualDriver {
    /// A driver for the person at a desk. Nothing is asked yet.
    #[must_use]
    pub const fn new(desk: ManualDesk) -> Self {
        Self { desk }
    }

    /// Where the pages of the desk are.
    #[must_use]
    pub const fn address(&self) -> VendorAddress {
        self.desk.address
    }

    /// Asks for `operation` and waits until it is answered, however long that takes; for ever if the console is
    /// gone.
    ///
    /// # Errors
    /// None of its own: whatever a person says is an answer.
    pub async fn call(&self, operation: Operation, input: &Value) -> Result<Answer, DriverError> {
        let (reply, answer) = oneshot::channel();
        let asked = Asked {
            operation,
            input: input.clone(),
            reply,
        };
        if self.desk.line.send(Told::Asked(asked)).is_ok()
            && let Ok(answer) = answer.await
        {
            return Ok(answer);
        }
        // The console is gone, and the program with it: what nobody said must not get into a record.
        std::future::pending().await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn an_answer_is_waited_for_and_a_console_that_is_gone_says_nothing() {
        let (desk, mut counter) = ManualDesk::open(VendorAddress::local(8080));
        let driver = ManualDriver::new(desk);
        let person = async {
            let Some(Told::Asked(asked)) = counter.recv().await else {
                panic!("nothing was asked");
            };
            assert_eq!(asked.operation, Operation::ViewPeople);
            let body = br#"{"result":"done","reason":null,"data":{"count":3}}"#;
            let answer = Answer::read(asked.operation, body).expect("an answer");
            asked.reply.send(answer).expect("somebody waits");
            counter
        };
        let input = json!({});
        let (answer, counter) = tokio::join!(driver.call(Operation::ViewPeople, &input), person);
        assert_eq!(answer.expect("answered").data()["count"], 3);
        drop(counter);
        let asked = driver.call(Operation::ViewPeople, &input);
        let moment = std::time::Duration::from_millis(20);
        let waited = tokio::time::timeout(moment, asked).await;
        assert!(waited.is_err(), "nobody is there, and nobody said anything");
    }
}
