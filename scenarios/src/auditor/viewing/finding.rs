//! What had to be answered, what was, and how they differ.

use serde_json::Value;

use super::books::text;
use super::told::told;

/// What a door had to answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// It had to do what was asked.
    Done(Given),
    /// It had to refuse for this reason, and change nothing.
    Refused(&'static str),
}

/// What a door had to give.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Given {
    /// The number of a log-in: whichever it is.
    pub(super) session: bool,
    /// Whom a card belongs to.
    pub(super) people: Vec<Value>,
    /// What is shown.
    pub(super) disclosure: Option<Value>,
    /// What came of it: kind and record.
    pub(super) made: Vec<Value>,
}

/// A door's answer, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What was asked.
    pub request: Value,
    /// What had to be answered.
    pub expected: Expected,
    /// What is different, in Japanese; nothing if all is well.
    pub differences: Vec<String>,
}

impl Finding {
    pub(super) fn of(request: Value, expected: Expected, answer: &Value) -> Self {
        let mut differences = Vec::new();
        match &expected {
            Expected::Done(given) => given.compare(answer, &mut differences),
            Expected::Refused(reason) => compare_refusal(reason, answer, &mut differences),
        }
        Self {
            request,
            expected,
            differences,
        }
    }

    /// Whether the door answered as it had to.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.differences.is_empty()
    }

    /// The reason for which the door had to refuse, if it had to.
    #[must_use]
    pub fn reason(&self) -> Option<&'static str> {
        match self.expected {
            Expected::Refused(reason) => Some(reason),
            Expected::Done(_) => None,
        }
    }

    /// Whether something had to be shown.
    #[must_use]
    pub fn discloses(&self) -> bool {
        matches!(&self.expected, Expected::Done(given) if given.disclosure.is_some())
    }
}

impl Given {
    fn compare(&self, answer: &Value, differences: &mut Vec<String>) {
        if answer.get("done") != Some(&Value::Bool(true)) {
            let reason = answer.pointer("/refused/reason").unwrap_or(&Value::Null);
            differences.push(format!("許されるのに断られました（理由 {reason}）"));
            return;
        }
        let list = |member: &str| {
            let list = answer.get(member).and_then(Value::as_array);
            list.cloned().unwrap_or_default()
        };
        if list("people") != self.people {
            differences.push(format!(
                "該当者: 期待 {:?}、実際 {:?}",
                self.people,
                list("people")
            ));
        }
        if answer.get("disclosure") != self.disclosure.as_ref() {
            let (expected, actual) = (&self.disclosure, answer.get("disclosure"));
            differences.push(format!("表示: 期待 {expected:?}、実際 {actual:?}"));
        }
        if list("made") != self.made {
            differences.push(format!(
                "作られた記録: 期待 {:?}、実際 {:?}",
                self.made,
                list("made")
            ));
        }
        if answer.get("session").is_some() != self.session {
            differences.push("ログインの有無が違います".to_owned());
        }
    }
}

fn compare_refusal(reason: &str, answer: &Value, differences: &mut Vec<String>) {
    if answer.get("done") != Some(&Value::Bool(false)) {
        differences.push(format!("断るべき（理由 {reason}）なのに応じました"));
    }
    for member in ["people", "disclosure", "made", "session"] {
        if answer.get(member).is_some() {
            differences.push(format!("断ったのに {member} があります"));
        }
    }
    let refused = answer.get("refused").unwrap_or(&Value::Null);
    if text(refused, "reason") != reason {
        let actual = text(refused, "reason");
        differences.push(format!("理由: 期待 {reason}、実際 {actual}"));
    }
    if text(refused, "shown") != told(reason) {
        let (expected, actual) = (told(reason), text(refused, "shown"));
        differences.push(format!("相手に示す理由: 期待 {expected}、実際 {actual}"));
    }
}
