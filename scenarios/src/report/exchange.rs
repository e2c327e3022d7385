//! やりとり: the messages of a journal as request and reply, for a reader.

use serde_json::Value;

use super::file_table::FileTable;
use super::page_operation;
use crate::control::Operation;
use crate::verdict::EventLine;

/// What pairs an answer of PMH's pages with what was done there: one thing at a time.
const OPERATOR: &str = "operator";
/// The parties of a request to PMH.
const FROM_PRODUCT: &str = "製品 → PMH";
/// The parties of an operation.
const TO_PRODUCT: &str = "判定 → 製品";
/// Longest body shown, in characters; the journal has the whole.
const BODY_MAX: usize = 2_000;

/// One exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exchange {
    /// The event that began it.
    pub(super) event: u64,
    /// Virtual time.
    pub(super) at: String,
    /// Who spoke to whom.
    pub(super) parties: &'static str,
    /// What was asked, in one line.
    pub(super) asked: String,
    /// The body of what was asked.
    pub(super) request: Option<Body>,
    /// The files that were sent with it.
    pub(super) sent: Vec<FileTable>,
    /// What came back, in one line.
    pub(super) answered: Option<String>,
    /// The body of what came back.
    pub(super) reply: Option<Body>,
    /// The file that came back.
    pub(super) fetched: Option<FileTable>,
    /// Whether it must be seen: a refusal, or a call where nobody may call.
    pub(super) alarming: bool,
    /// What pairs a reply with its request.
    key: String,
}

/// The body of a message, cut where it is long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    /// What is shown.
    pub(super) text: String,
    /// Its whole length in characters, if it is cut.
    pub(super) cut_from: Option<usize>,
}

impl Exchange {
    /// Whether the product asked PMH.
    pub(super) fn is_from_product(&self) -> bool {
        self.parties == FROM_PRODUCT
    }
}

impl Body {
    /// How many characters are shown.
    pub(super) fn shown(&self) -> usize {
        self.text.chars().count()
    }

    /// No more than the beginning.
    pub(super) fn shortened(self, most: usize) -> Self {
        let whole = self.cut_from.unwrap_or_else(|| self.shown());
        match self.text.char_indices().nth(most) {
            None => self,
            Some((end, _)) => Self {
                text: self.text[..end].to_owned(),
                cut_from: Some(whole),
            },
        }
    }
}

/// What came to the simulated side, in one line each: when, who spoke to whom, and what was said.
pub(crate) fn arrivals(lines: &[EventLine]) -> Vec<(String, &'static str, String)> {
    let found = exchanges(lines).into_iter();
    found
        .filter(|exchange| exchange.parties != TO_PRODUCT)
        .map(|exchange| {
            let text = match exchange.answered {
                Some(answered) => format!("{} … {answered}", exchange.asked),
                None => exchange.asked,
            };
            (exchange.at, exchange.parties, text)
        })
        .collect()
}

/// The exchanges of a journal, in the order in which they began.
pub(super) fn exchanges(lines: &[EventLine]) -> Vec<Exchange> {
    let mut found: Vec<Exchange> = Vec::new();
    for line in lines {
        match line.kind.as_str() {
            "link.request" => found.push(request(line)),
            "link.reply" => answer(&mut found, &link_key(line), line, |line| {
                (status(line), body(line.body.get("body")))
            }),
            "vendor.operation" => found.push(operation(line)),
            "vendor.answer" => answer(&mut found, &operation_key(line), line, operation_answer),
            "operator" => found.push(operator(line)),
            "operator.result" => operator_result(&mut found, line),
            "link.refused" | "decoy" => found.push(refusal(line)),
            _ => {}
        }
    }
    found
}

fn answer(
    found: &mut [Exchange],
    key: &str,
    line: &EventLine,
    read: fn(&EventLine) -> (String, Option<Body>),
) {
    let open = |exchange: &&mut Exchange| exchange.key == key && exchange.answered.is_none();
    if let Some(exchange) = found.iter_mut().find(open) {
        let (answered, reply) = read(line);
        exchange.answered = Some(answered);
        exchange.reply = reply;
    }
}

fn begin(line: &EventLine, parties: &'static str, asked: String, key: String) -> Exchange {
    Exchange {
        event: line.n,
        at: line.t.clone(),
        parties,
        asked,
        request: None,
        sent: Vec::new(),
        answered: None,
        reply: None,
        fetched: None,
        alarming: false,
        key,
    }
}

fn request(line: &EventLine) -> Exchange {
    let part = |member: &str| line.text(member).unwrap_or_default().to_owned();
    let (method, path, query) = (part("method"), part("path"), part("query"));
    let asked = if query.is_empty() {
        format!("{method} {path}")
    } else {
        format!("{method} {path}?{query}")
    };
    Exchange {
        request: body(line.body.get("body")),
        ..begin(line, FROM_PRODUCT, asked, link_key(line))
    }
}

fn operation(line: &EventLine) -> Exchange {
    let name = line.text("operation").unwrap_or("（名前なし）");
    let known: Option<Operation> = name.parse().ok();
    let asked = known.map_or_else(|| name.to_owned(), |known| known.japanese().to_owned());
    Exchange {
        request: body(line.body.get("input")),
        ..begin(line, TO_PRODUCT, asked, operation_key(line))
    }
}

fn operation_answer(line: &EventLine) -> (String, Option<Body>) {
    let answer = line.body.get("answer");
    let member = |name: &str| {
        answer
            .and_then(|answer| answer.get(name))
            .and_then(Value::as_str)
    };
    let word = match member("result") {
        Some("done") => "できた",
        Some("refused") => "受け付けなかった",
        Some("unsupported") => "対応していない",
        Some("failed") => "失敗した",
        Some(other) => other,
        None => "答えが読めない",
    };
    let answered = match member("reason") {
        Some(reason) => format!("{word}（{reason}）"),
        None => word.to_owned(),
    };
    let data = answer.and_then(|answer| answer.get("data"));
    (answered, body(data.filter(|data| !is_empty(data))))
}

fn operator(line: &EventLine) -> Exchange {
    let (asked, sent) = page_operation::asked(line);
    Exchange {
        sent,
        ..begin(line, "職員 → PMHの画面", asked, OPERATOR.to_owned())
    }
}

fn operator_result(found: &mut [Exchange], line: &EventLine) {
    let open = |exchange: &&mut Exchange| exchange.key == OPERATOR && exchange.answered.is_none();
    let Some(exchange) = found.iter_mut().find(open) else {
        return;
    };
    match page_operation::answered(line) {
        Some(answered) => {
            exchange.alarming = !answered.problems.is_empty();
            let problems = answered.problems.join("\n");
            exchange.reply = body(Some(&Value::String(problems)));
            exchange.answered = Some(answered.text);
            exchange.fetched = answered.fetched;
        }
        None => {
            exchange.answered = Some("画面の結果".to_owned());
            exchange.reply = body(Some(&line.body));
        }
    }
}

fn refusal(line: &EventLine) -> Exchange {
    let (parties, place, why) = if line.kind == "decoy" {
        ("製品 → 呼んではならない先", "role", "detail")
    } else {
        ("製品 → PMH（接続を拒否）", "endpoint", "reason")
    };
    let part = |member: &str| line.text(member).unwrap_or_default();
    Exchange {
        answered: Some(part(why).to_owned()),
        alarming: true,
        ..begin(line, parties, part(place).to_owned(), String::new())
    }
}

fn status(line: &EventLine) -> String {
    let status = line.body.get("status").and_then(Value::as_u64);
    status.map_or_else(|| "応答".to_owned(), |status| format!("HTTP {status}"))
}

fn link_key(line: &EventLine) -> String {
    format!("link {}", line.body.get("id").unwrap_or(&Value::Null))
}

fn operation_key(line: &EventLine) -> String {
    format!("operation {}", line.text("operation").unwrap_or_default())
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn body(value: Option<&Value>) -> Option<Body> {
    let value = value.filter(|value| !is_empty(value))?;
    let parsed = value
        .as_str()
        .and_then(|text| serde_json::from_str::<Value>(text).ok());
    let text = match (parsed, value) {
        (Some(parsed), _) => pretty(&parsed),
        (None, Value::String(text)) => text.clone(),
        (None, other) => pretty(other),
    };
    let whole = Body {
        text,
        cut_from: None,
    };
    Some(whole.shortened(BODY_MAX))
}

fn pretty(value: &Value) -> String {
    let mut value = value.clone();
    hide_private_keys(&mut value);
    serde_json::to_string_pretty(&value).unwrap_or_else(|_| value.to_string())
}

/// A private key has no place in a report, whatever the journal lets through.
fn hide_private_keys(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if name == "key_pem" {
                    *member = Value::String("〔秘密鍵〕".to_owned());
                } else {
                    hide_private_keys(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide_private_keys),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
