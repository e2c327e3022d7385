//! What a vendor answers, read strictly: an answer that does not fit is never a silent pass.

use std::fmt;

use serde_json::Value;

use super::excerpt::Excerpt;
use super::operation::Operation;
use super::sheet::{Member, MemberKind, Presence};

/// The four words an answer may begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerResult {
    /// 実行済み: the operation was carried out.
    Done,
    /// 拒否: the product said no, as a product may; the reason is what staff would read.
    Refused,
    /// 未対応: the product does not have this operation.
    Unsupported,
    /// 失敗: the operation could not be tried to the end (malformed input, a crash inside).
    Failed,
}

impl AnswerResult {
    /// Every word, in the order of the guide.
    pub const ALL: [Self; 4] = [Self::Done, Self::Refused, Self::Unsupported, Self::Failed];

    /// The word in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Unsupported => "unsupported",
            Self::Failed => "failed",
        }
    }

    /// The Japanese word of reports.
    #[must_use]
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Done => "実行済み",
            Self::Refused => "拒否",
            Self::Unsupported => "未対応",
            Self::Failed => "失敗",
        }
    }

    /// Whether an answer with this word must say why.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        match self {
            Self::Refused | Self::Failed => true,
            Self::Done | Self::Unsupported => false,
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.word() == word)
    }
}

impl fmt::Display for AnswerResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.japanese())
    }
}

/// An answer of a vendor build that fits the interface.
///
/// Made only by [`Answer::read`], so holding one means that `result` is one of the four words, that
/// `refused` and `failed` carry a reason, that `data` is an object, and that the data of `done` holds
/// every member the operation promises.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    result: AnswerResult,
    reason: Option<String>,
    data: Value,
}

impl Answer {
    /// Reads the body of an answer to `operation`.
    ///
    /// # Errors
    /// [`AnswerMismatch`] says what was expected, what came, and at which member.
    pub fn read(operation: Operation, body: &[u8]) -> Result<Self, AnswerMismatch> {
        Self::of(operation, Self::json(body)?)
    }

    /// The JSON of a text.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn json(body: &[u8]) -> Result<Value, AnswerMismatch> {
        if body.trim_ascii().is_empty() {
            return Err(AnswerMismatch::Empty);
        }
        let text = std::str::from_utf8(body).map_err(|error| AnswerMismatch::NotUtf8 {
            position: error.valid_up_to(),
        })?;
        serde_json::from_str(text).map_err(|error| AnswerMismatch::NotJson {
            line: error.line(),
            column: error.column(),
            cut_off: error.is_eof(),
        })
    }

    /// Reads the answer to `operation` from its JSON.
    ///
    /// # Errors
    /// As [`Answer::read`].
    pub(crate) fn of(operation: Operation, value: Value) -> Result<Self, AnswerMismatch> {
        let Value::Object(mut members) = value else {
            return Err(AnswerMismatch::NotAnObject {
                came: JsonKind::of(&value),
            });
        };
        let result = read_result(members.get("result"))?;
        let reason = read_reason(result, members.get("reason"))?;
        let data = members
            .remove("data")
            .ok_or(AnswerMismatch::MissingMember { member: "data" })?;
        check_data(operation, result, &data)?;
        Ok(Self {
            result,
            reason,
            data,
        })
    }

    /// The word of the answer.
    #[must_use]
    pub const fn result(&self) -> AnswerResult {
        self.result
    }

    /// Why, in Japanese, as the product says it. Always there for `refused` and `failed`.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The reason as the judge's own messages show it: short, without secrets, 「なし」 if there is none.
    #[must_use]
    pub fn shown_reason(&self) -> Excerpt {
        Excerpt::beginning(self.reason().unwrap_or("なし"), 200)
    }

    /// The data of the answer, an object.
    #[must_use]
    pub const fn data(&self) -> &Value {
        &self.data
    }

    /// Whether the operation was carried out.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.result == AnswerResult::Done
    }
}

fn read_result(member: Option<&Value>) -> Result<AnswerResult, AnswerMismatch> {
    let value = member.ok_or(AnswerMismatch::MissingMember { member: "result" })?;
    let word = value.as_str().ok_or_else(|| AnswerMismatch::WrongKind {
        member: "result".to_owned(),
        expected: MemberKind::Text,
        came: JsonKind::of(value),
    })?;
    AnswerResult::of_word(word).ok_or_else(|| AnswerMismatch::UnknownResult {
        word: Excerpt::beginning(word, 40),
    })
}

fn read_reason(
    result: AnswerResult,
    member: Option<&Value>,
) -> Result<Option<String>, AnswerMismatch> {
    let value = member.ok_or(AnswerMismatch::MissingMember { member: "reason" })?;
    if !MemberKind::TextOrNull.accepts(value) {
        return Err(AnswerMismatch::WrongKind {
            member: "reason".to_owned(),
            expected: MemberKind::TextOrNull,
            came: JsonKind::of(value),
        });
    }
    let reason = value
        .as_str()
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned);
    if reason.is_none() && result.needs_reason() {
        return Err(AnswerMismatch::NoReason { result });
    }
    Ok(reason)
}

fn check_data(
    operation: Operation,
    result: AnswerResult,
    data: &Value,
) -> Result<(), AnswerMismatch> {
    if !data.is_object() {
        return Err(AnswerMismatch::WrongKind {
            member: "data".to_owned(),
            expected: MemberKind::Object,
            came: JsonKind::of(data),
        });
    }
    if result != AnswerResult::Done {
        return Ok(());
    }
    for member in operation.sheet().data {
        check_data_member(operation, member, data.get(member.name))?;
    }
    Ok(())
}

fn check_data_member(
    operation: Operation,
    member: &'static Member,
    value: Option<&Value>,
) -> Result<(), AnswerMismatch> {
    match (value, member.presence) {
        (None, Presence::Optional) => Ok(()),
        (None, Presence::Required) => Err(AnswerMismatch::MissingData { operation, member }),
        (Some(value), _) if member.kind.accepts(value) => Ok(()),
        (Some(value), _) => Err(AnswerMismatch::WrongKind {
            member: format!("data.{}", member.name),
            expected: member.kind,
            came: JsonKind::of(value),
        }),
    }
}

/// The kind of a JSON value that came, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// null
    Null,
    /// true or false
    Boolean,
    /// any number
    Number,
    /// a string
    Text,
    /// an array
    List,
    /// an object
    Object,
}

impl JsonKind {
    /// The kind of `value`.
    #[must_use]
    pub const fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "真偽値",
            Self::Number => "数値",
            Self::Text => "文字列",
            Self::List => "配列",
            Self::Object => "オブジェクト",
        })
    }
}

/// Why a body is not an answer of the interface. The text completes "…。" after the place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AnswerMismatch {
    /// What came was not HTTP.
    #[error("HTTP の応答のはずですが、HTTP として読めません")]
    NotHttp,
    /// A line that is not an answer at all.
    #[error(
        "標準出力の1行は {{\"id\": 番号, \"answer\": 回答}} の形のJSONのはずですが、そうなっていません（画面の記録は標準エラー出力に書きます）"
    )]
    NotAnAnswerLine,
    /// An answer to something that was not asked.
    #[error("回答の id は {expected} のはずですが、{came} でした")]
    OtherId {
        /// The number of the question.
        expected: u64,
        /// The number that came.
        came: u64,
    },
    /// The HTTP status was not 200.
    #[error("HTTP 状態コードは常に 200 のはずですが、{status} でした")]
    WrongStatus {
        /// The status that came.
        status: u16,
    },
    /// There was no body.
    #[error("回答の本文が空です")]
    Empty,
    /// The body was longer than the judge reads.
    #[error("回答が {limit_mebibytes} MiB を超えています")]
    TooLong {
        /// The limit.
        limit_mebibytes: u64,
    },
    /// The body was not UTF-8.
    #[error("回答の文字コードが UTF-8 ではありません（{position} バイト目の次から読めません）")]
    NotUtf8 {
        /// The number of bytes that could be read.
        position: usize,
    },
    /// The body was not JSON.
    #[error("回答が JSON として読めません（{line} 行 {column} 文字目{}）", if *.cut_off { "で途切れています" } else { "" })]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// Whether the text ended too early.
        cut_off: bool,
    },
    /// The JSON was not an object.
    #[error("回答は JSON のオブジェクトのはずですが、{came}でした")]
    NotAnObject {
        /// What came.
        came: JsonKind,
    },
    /// One of the three members of every answer was not there.
    #[error("回答に「{member}」がありません（result、reason、data の三つが必要です）")]
    MissingMember {
        /// The member.
        member: &'static str,
    },
    /// A member was of another kind.
    #[error("回答の「{member}」は{}のはずですが、{came}でした", .expected.japanese())]
    WrongKind {
        /// The member, dotted.
        member: String,
        /// What was expected.
        expected: MemberKind,
        /// What came.
        came: JsonKind,
    },
    /// The result was none of the four words.
    #[error(
        "回答の「result」は done、refused、unsupported、failed のどれかのはずですが、「{word}」でした"
    )]
    UnknownResult {
        /// The word that came.
        word: Excerpt,
    },
    /// `refused` or `failed` without a reason.
    #[error("回答が「{}」（{result}）なのに、理由「reason」が書かれていません", .result.word())]
    NoReason {
        /// The result.
        result: AnswerResult,
    },
    /// The data of `done` lacked a member that the operation promises.
    #[error("操作 {operation}の回答「done」には「data.{}」（{}、{}）が必要ですが、ありません",
        .member.name, .member.japanese, .member.kind.japanese())]
    MissingData {
        /// The operation.
        operation: Operation,
        /// The member.
        member: &'static Member,
    },
}
