//! Journals written by hand: each call is one event.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tekigo::verdict::{Mode, ScenarioRecord, fold, read_journal};

/// A journal under construction, in a world that opened on a Monday at nine.
#[derive(Clone)]
pub(super) struct Journal {
    lines: Vec<String>,
    last: [u8; 32],
    seconds: u32,
    requirement: String,
    mismatch: (String, String),
}

/// A journal that has said which scenario it is: `id` is `SETUP-01/02`.
pub(super) fn journal(id: &str, mode: Mode, steps: &[(&str, &str)]) -> Journal {
    titled(id, "架空の題", mode, steps)
}

/// The same with a title.
pub(super) fn titled(id: &str, title: &str, mode: Mode, steps: &[(&str, &str)]) -> Journal {
    let requirement = id.split_once('/').map_or(id, |(rule, _)| rule).to_owned();
    let mut journal = Journal {
        lines: Vec::new(),
        last: [0; 32],
        seconds: 0,
        requirement: requirement.clone(),
        mismatch: ("次へ進める".to_owned(), "進めない".to_owned()),
    };
    journal.push(
        "judge",
        "opened",
        &json!({"format": "tekigo-journal", "version": 1, "seed": 7342,
            "profile": "if-2.0-assumed", "profile_digest": "5f".repeat(32)}),
    );
    let steps: Vec<Value> = (20..)
        .zip(steps)
        .map(|(line, (keyword, text))| json!({"keyword": keyword, "text": text, "line": line}))
        .collect();
    journal.note(
        &json!({"note": "scenario", "id": id, "title": title, "feature": "features/setup/whole.feature",
            "line": 18, "requirement": requirement, "mode": mode.id(), "seed": 7342,
            "tags": [requirement, "必須"], "steps": steps}),
    )
}

/// Three steps that every short scenario has.
pub(super) const STEPS: [(&str, &str); 3] = [
    ("前提", "つきみ市の初期セットアップが終わっている"),
    ("もし", "職員が差分を連携する"),
    ("ならば", "基盤の状態は台帳と一致する"),
];

impl Journal {
    pub(super) fn push(&mut self, from: &str, kind: &str, body: &Value) {
        let n = self.lines.len() + 1;
        let (minutes, seconds) = (self.seconds / 60, self.seconds % 60);
        self.seconds += 7;
        let head = format!(
            r#"{{"n":{n},"t":"2026-11-02T09:{minutes:02}:{seconds:02}+09:00","from":"{from}","kind":"{kind}","body":{body}"#
        );
        let digest = Sha256::new()
            .chain_update(self.last)
            .chain_update(&head)
            .finalize();
        self.last = digest.into();
        let hex: String = self.last.iter().map(|byte| format!("{byte:02x}")).collect();
        self.lines.push(format!(r#"{head},"h":"{hex}"}}"#));
    }

    pub(super) fn event(mut self, from: &str, kind: &str, body: &Value) -> Self {
        self.push(from, kind, body);
        self
    }

    pub(super) fn note(self, body: &Value) -> Self {
        self.event("judge", "note", body)
    }

    /// A message of the vendor, answered.
    pub(super) fn heard(self) -> Self {
        self.request(
            1,
            "POST",
            "/kaigo/v2/person",
            &json!([{"insuredNumber": "0000012345"}]),
        )
        .reply(
            1,
            202,
            &json!({"taskId": "T-1", "kind": "person", "receivedCount": 1, "status": "accepted"}),
        )
    }

    pub(super) fn request(self, id: u64, method: &str, path: &str, body: &Value) -> Self {
        self.event(
            "vendor",
            "link.request",
            &json!({"id": id, "environment": "verification", "method": method, "path": path,
                "query": if method == "POST" { "linkSegment=2" } else { "" },
                "certificate": "つきみ市 検証", "key": "〔認証キー:0a1b2c3d4e5f〕", "body": body.to_string()}),
        )
    }

    pub(super) fn reply(self, id: u64, status: u16, body: &Value) -> Self {
        self.event(
            "pmh",
            "link.reply",
            &json!({"id": id, "status": status, "body": body.to_string()}),
        )
    }

    pub(super) fn operation(self, operation: &str, input: &Value, answer: &Value) -> Self {
        self.event(
            "judge",
            "vendor.operation",
            &json!({"operation": operation, "input": input}),
        )
        .event(
            "vendor",
            "vendor.answer",
            &json!({"operation": operation, "answer": answer}),
        )
    }

    pub(super) fn passed(self, index: usize) -> Self {
        self.note(&json!({"note": "step", "index": index, "outcome": "passed", "failure": null}))
    }

    pub(super) fn failed(self, index: usize, family: &str, message: &str) -> Self {
        self.failed_because(index, family, message, &[])
    }

    pub(super) fn failed_because(
        self,
        index: usize,
        family: &str,
        message: &str,
        because_of: &[&str],
    ) -> Self {
        let (expected, actual) = self.mismatch.clone();
        self.note(
            &json!({"note": "step", "index": index, "outcome": "failed", "failure": {
            "family": family, "expected": expected, "actual": actual,
            "message": message, "because_of": because_of}}),
        )
    }

    pub(super) fn not_run(self, index: usize) -> Self {
        self.note(&json!({"note": "step", "index": index, "outcome": "not_run", "failure": null}))
    }

    /// An observation about the rule of the scenario.
    pub(super) fn claim(self, holds: bool) -> Self {
        let requirement = self.requirement.clone();
        self.claim_of(&requirement, holds)
    }

    pub(super) fn claim_of(self, requirement: &str, holds: bool) -> Self {
        let actual = if holds {
            "基盤に1,000人"
        } else {
            "基盤に998人"
        };
        self.claim_seen(requirement, "基盤に1,000人", actual, holds)
    }

    pub(super) fn claim_seen(self, rule: &str, expected: &str, actual: &str, holds: bool) -> Self {
        let mut journal = self;
        if !holds {
            journal.mismatch = (expected.to_owned(), actual.to_owned());
        }
        journal.note(
            &json!({"note": "claim", "requirement": rule, "expected": expected,
            "actual": actual, "holds": holds}),
        )
    }

    /// A claim about the scenario's own rule that does not hold, with other rules to blame first.
    pub(super) fn claim_blaming(self, because_of: &[&str]) -> Self {
        let mut journal = self;
        let (expected, actual) = ("完了と示される", "状態は「interrupted」");
        journal.mismatch = (expected.to_owned(), actual.to_owned());
        let requirement = journal.requirement.clone();
        journal.note(
            &json!({"note": "claim", "requirement": requirement, "expected": expected,
            "actual": actual, "holds": false, "because_of": because_of}),
        )
    }

    pub(super) fn watched(self, monitor: &str, rule: &str, holds: bool) -> Self {
        let actual = if holds {
            "個人番号の項目にだけある"
        } else {
            "氏名の項目に〔個人番号:kv:0a1b2c3d4e5f〕がある"
        };
        let expected = "個人番号は個人番号の項目にだけある";
        self.watched_seen(monitor, rule, expected, actual, holds)
    }

    pub(super) fn watched_seen(
        self,
        monitor: &str,
        rule: &str,
        expected: &str,
        actual: &str,
        holds: bool,
    ) -> Self {
        let event = self.lines.len();
        self.note(
            &json!({"note": "monitor", "monitor": monitor, "requirement": rule, "event": event,
            "holds": holds, "expected": expected, "actual": actual}),
        )
    }

    pub(super) fn end(self, outcome: &str) -> Self {
        self.note(&json!({"note": "end", "outcome": outcome}))
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// The folded record.
    pub(super) fn record(&self) -> ScenarioRecord {
        let lines = read_journal(&self.text()).expect("a builder writes lines that can be read");
        fold(&lines).expect("a builder names its scenario")
    }

    /// The record without one event, whose neighbours keep their numbers.
    pub(super) fn record_without(&self, n: usize) -> ScenarioRecord {
        let mut lines =
            read_journal(&self.text()).expect("a builder writes lines that can be read");
        lines.remove(n - 1);
        fold(&lines).expect("a builder names its scenario")
    }
}

/// A scenario that shows its rule kept.
pub(super) fn good(id: &str, mode: Mode) -> Journal {
    journal(id, mode, &STEPS)
        .passed(0)
        .heard()
        .passed(1)
        .claim(true)
        .passed(2)
        .end("passed")
}
