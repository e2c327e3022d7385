//! What can be wrong with a vendor's file, said so that the vendor can put it right.

use std::fmt;
use std::path::PathBuf;

use super::values::AddressError;
use crate::requirement::RequirementIdError;

/// A vendor's file that the judge does not accept.
#[derive(Debug, thiserror::Error)]
pub enum VendorFileError {
    /// The file could not be read.
    #[error("ベンダー設定ファイル「{}」を読めません: {}", .path.display(), reading_fault(.source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file was read and holds faults.
    #[error("{}", invalid(.path, .problems))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Every fault found, in the order of the lines; at least one.
        problems: Vec<Problem>,
    },
}

fn reading_fault(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    let kind = error.kind();
    if kind == Kind::NotFound {
        "ファイルがありません".to_owned()
    } else if kind == Kind::PermissionDenied {
        "読む権限がありません".to_owned()
    } else if kind == Kind::InvalidData {
        "文字コードが UTF-8 ではありません".to_owned()
    } else {
        format!("読み取りに失敗しました（{error}）")
    }
}

fn invalid(path: &std::path::Path, problems: &[Problem]) -> String {
    let mut text = format!(
        "ベンダー設定ファイルに、ベンダーの担当者が直すところが{}件あります",
        problems.len()
    );
    for problem in problems {
        text.push_str(&format!(
            "\n  {}:{}: {}",
            path.display(),
            problem.line,
            problem.kind
        ));
    }
    text
}

/// One fault of a vendor's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1. A missing table or member is reported where it would belong.
    pub line: usize,
    /// The fault.
    pub kind: ProblemKind,
}

/// The kinds of fault. `place` is a dotted name such as `[start] command`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemKind {
    /// Not TOML.
    #[error("TOML の書き方の誤りです（読み取りの報告: {report}）")]
    Syntax {
        /// The parser's own words, English.
        report: String,
    },
    /// A table that must be there is not.
    #[error("[{table}] がありません。{purpose}を書いてください")]
    MissingTable {
        /// The table.
        table: &'static str,
        /// What it is for.
        purpose: &'static str,
    },
    /// A member that must be there is not.
    #[error("{place} がありません。{expected}を書いてください")]
    MissingMember {
        /// The member.
        place: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// A table or member that the judge does not know.
    #[error("{place} という項目はありません（書けるもの: {}）", .known.join("、"))]
    UnknownMember {
        /// The member.
        place: String,
        /// What may stand there.
        known: Vec<String>,
    },
    /// A value of another kind.
    #[error("{place} は{expected}で書きます。書かれているのは{came}です")]
    WrongKind {
        /// The member.
        place: String,
        /// What belongs there.
        expected: &'static str,
        /// What stands there.
        came: &'static str,
    },
    /// An empty text.
    #[error("{place} が空です。{expected}を書いてください")]
    Empty {
        /// The member.
        place: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// A word that is not of the list.
    #[error("{place} の「{word}」は使えません（使えるもの: {}）", .known.join("、"))]
    UnknownWord {
        /// The member.
        place: String,
        /// The word.
        word: String,
        /// The words of the list with their meaning.
        known: Vec<String>,
    },
    /// The same word twice.
    #[error("{place} に「{word}」が2回書かれています")]
    DuplicateWord {
        /// The member.
        place: String,
        /// The word.
        word: String,
    },
    /// No mode at all.
    #[error("[vendor] modes が空です。対応する連携方式（api、file）を一つ以上書いてください")]
    NoModes,
    /// Both ways of starting.
    #[error(
        "[start] に command と address の両方があります。判定側が起動するなら command だけ、起動済みの製品につなぐなら address だけを書いてください"
    )]
    CommandAndAddress,
    /// Neither way of starting.
    #[error(
        "[start] に command も address もありません。判定側が起動するなら command を、起動済みの製品につなぐなら address を書いてください"
    )]
    NeitherCommandNorAddress,
    /// Worked by a person, and started or found besides.
    #[error(
        "[start] manual は、command や address と一緒には書けません。人が画面で操作する製品なら manual = true だけを書いてください"
    )]
    ManualAndAnother,
    /// `manual = false` says nothing.
    #[error(
        "[start] manual = false では、製品の起動のしかたが分かりません。人が画面で操作する製品なら manual = true を、そうでなければ command か address を書いてください"
    )]
    NotManual,
    /// A placeholder that the judge does not fill in.
    #[error(
        "[start] command の「{placeholder}」は使えません（使えるもの: {{tekigo}}、{{address}}、{{data}}）"
    )]
    UnknownPlaceholder {
        /// The placeholder with its braces.
        placeholder: String,
    },
    /// The command would not learn where to listen.
    #[error(
        "[start] command に {{address}} がありません。判定側が選んだ待ち受けアドレス（127.0.0.1:ポート番号）を製品に渡せません。標準入出力でやりとりする製品なら interface = \"stdio\" を書いてください"
    )]
    NoAddressPlaceholder,
    /// A program that speaks by lines has no address.
    #[error(
        "[start] interface が \"stdio\" の製品とは標準入出力でやりとりするため、address も command の {{address}} も使えません。command だけを書き、{{address}} を除いてください"
    )]
    AddressOfLines,
    /// Not an address at which the judge looks.
    #[error("[start] address: {0}")]
    Address(AddressError),
    /// A number of seconds out of range.
    #[error(
        "{place} は1から{seconds_max}までの整数（秒）で書きます。書かれているのは「{came}」です"
    )]
    Seconds {
        /// The member.
        place: String,
        /// The largest number.
        seconds_max: u64,
        /// What stands there.
        came: String,
    },
    /// Not the shape of a requirement's id.
    #[error("[[known_gap]] requirement: {0}")]
    Requirement(RequirementIdError),
    /// The same gap twice.
    #[error(
        "[[known_gap]] に {requirement}（{mode}）が2回書かれています（1回目は{first_line}行目）"
    )]
    DuplicateGap {
        /// The requirement.
        requirement: String,
        /// The mode.
        mode: &'static str,
        /// The line of the first entry.
        first_line: usize,
    },
    /// A gap's last day that is no date.
    #[error(
        "[[known_gap]] until は \"2027-03-31\" の形の日付で書きます。書かれているのは「{came}」です"
    )]
    GapUntil {
        /// What stands there.
        came: String,
    },
    /// A gap in a mode that the build does not have.
    #[error("[[known_gap]] mode の「{mode}」は [vendor] modes にありません")]
    GapInUndeclaredMode {
        /// The mode.
        mode: &'static str,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}行目: {}", self.line, self.kind)
    }
}
