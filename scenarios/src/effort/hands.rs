//! What people did, counted from a journal.

use serde::Deserialize;
use tekigo_simulator::kernel::Event;
use tekigo_simulator::{OperatorAction, OperatorInput};

/// Minutes of an operation in the product, with looking at what came of it (assumed).
const OPERATION: usize = 5;
/// Minutes of carrying files between the product and the LGWAN terminal, one way (assumed).
const CARRYING: usize = 10;
/// Minutes of logging in at the terminal (assumed).
const LOG_IN: usize = 2;
/// Minutes of sending a set, with looking at how it is dealt with (assumed).
const SENDING: usize = 5;
/// Minutes of fetching a file (assumed).
const FETCHING: usize = 1;

/// 人の手: how often people had to do what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hands {
    /// Operations in the product: start, go on, export, import.
    pub operations: usize,
    /// Ways with files between the product and the terminal.
    pub carryings: usize,
    /// Log-ins at PMH's pages.
    pub log_ins: usize,
    /// Sets sent.
    pub sets: usize,
    /// Files fetched, and made to be fetched.
    pub fetched: usize,
    /// Bytes sent by hand.
    pub bytes: u64,
}

/// An operation that the vendor was asked for.
#[derive(Deserialize)]
struct Asked {
    operation: String,
}

impl Hands {
    /// What people did in these events.
    #[must_use]
    pub fn of(events: &[Event]) -> Self {
        let mut hands = Self::default();
        // Files that were written and not carried yet; an export may find nothing to write.
        let mut is_written = false;
        for event in events {
            let body = event.body.get();
            match event.kind.as_str() {
                "vendor.operation" => {
                    if let Ok(asked) = serde_json::from_str::<Asked>(body) {
                        is_written |= asked.operation == "export";
                        hands.operate(&asked.operation);
                    }
                }
                "operator" => {
                    if let Ok(input) = serde_json::from_str::<OperatorInput>(body) {
                        let is_sent = matches!(input.action, OperatorAction::Upload { .. });
                        hands.carryings += usize::from(is_sent && is_written);
                        is_written &= !is_sent;
                        hands.act(&input.action);
                    }
                }
                _ => {}
            }
        }
        hands
    }

    fn operate(&mut self, operation: &str) {
        match operation {
            "start_setup" | "resume_setup" | "run_transfer" | "export" => self.operations += 1,
            "import" => {
                self.operations += 1;
                self.carryings += 1;
            }
            _ => {}
        }
    }

    fn act(&mut self, action: &OperatorAction) {
        match action {
            OperatorAction::LogIn { .. } => self.log_ins += 1,
            OperatorAction::Upload { files } => {
                self.sets += 1;
                self.bytes += files.iter().map(|file| file.bytes).sum::<u64>();
            }
            OperatorAction::FetchFile { .. } | OperatorAction::MakeInboundSet => self.fetched += 1,
            OperatorAction::ChangePassword { .. }
            | OperatorAction::RegisterAddresses { .. }
            | OperatorAction::ClearAddresses
            | OperatorAction::ChooseMode { .. }
            | OperatorAction::ReportEnvironmentReady
            | OperatorAction::ConfirmSchedule { .. }
            | OperatorAction::IssueKey
            | OperatorAction::RevokeKeys
            | OperatorAction::RenewKey => {}
        }
    }

    /// Minutes of work, at the assumed pace of a person.
    #[must_use]
    pub const fn minutes(&self) -> usize {
        self.operations * OPERATION
            + self.carryings * CARRYING
            + self.log_ins * LOG_IN
            + self.sets * SENDING
            + self.fetched * FETCHING
    }

    /// The same in a town whose records fill so many sets more.
    #[must_use]
    pub fn with_more_sets(self, more: usize) -> Self {
        let fetched_each = self.fetched.div_ceil(self.sets.max(1));
        Self {
            sets: self.sets + more,
            fetched: self.fetched + more * fetched_each,
            ..self
        }
    }

    /// What was done, in words.
    #[must_use]
    pub fn told(&self) -> String {
        let parts = [
            ("介護保険システムでの操作", self.operations, "回"),
            ("ファイルの持ち運び", self.carryings, "回"),
            ("PMHへのログイン", self.log_ins, "回"),
            ("組の送信", self.sets, "回"),
            ("ファイルの受け取り", self.fetched, "件"),
        ];
        let told: Vec<String> = parts
            .into_iter()
            .filter(|(_, count, _)| *count > 0)
            .map(|(what, count, unit)| format!("{what}{count}{unit}"))
            .collect();
        if told.is_empty() {
            "操作なし".to_owned()
        } else {
            told.join("、")
        }
    }

    /// How long each thing is assumed to take, in words.
    #[must_use]
    pub fn assumed() -> String {
        format!(
            "介護保険システムでの操作1回に{OPERATION}分、ファイルの持ち運び1回に{CARRYING}分、\
             PMHへのログイン1回に{LOG_IN}分、組の送信1回に{SENDING}分、ファイルの受け取り1件に{FETCHING}分"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Hands;

    #[test]
    fn more_sets_take_more_sending_and_no_more_carrying() {
        let hands = Hands {
            operations: 3,
            carryings: 2,
            log_ins: 1,
            sets: 2,
            fetched: 6,
            bytes: 1_000,
        };
        assert_eq!(hands.minutes(), 15 + 20 + 2 + 10 + 6);
        let more = hands.with_more_sets(4);
        assert_eq!((more.sets, more.fetched, more.carryings), (6, 18, 2));
        assert_eq!(Hands::default().told(), "操作なし");
    }
}
