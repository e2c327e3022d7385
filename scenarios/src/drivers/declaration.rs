//! 宣言の突き合わせ: the vendor's file and the build must say the same.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::vendor_file::VendorFile;
use crate::control::{
    Answer, AnswerResult, BusinessClock, Declaration, Excerpt, INTERFACE_VERSION, OptionalFunction,
};
use crate::requirement::Mode;

/// 宣言不一致: where the vendor's file and the answer to `declare` differ.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.describe())]
pub struct DeclarationMismatch {
    /// The vendor's file, for messages.
    pub place: String,
    /// Every difference; at least one.
    pub differences: Vec<DeclarationDifference>,
}

impl DeclarationMismatch {
    fn describe(&self) -> String {
        let mut text = format!(
            "宣言不一致: {} の内容と、製品の申告（declare の回答）が{}か所で違います。ベンダーの担当者は、正しいほうに合わせてください",
            self.place,
            self.differences.len()
        );
        for difference in &self.differences {
            // Writing to a string does not fail.
            let _ = write!(text, "\n  {difference}");
        }
        text
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclarationDifference {
    /// The build did not declare at all.
    #[error("製品が申告していません（回答: {result}、理由「{reason}」）")]
    NotDeclared {
        /// The word of the answer.
        result: AnswerResult,
        /// The reason of the answer.
        reason: Excerpt,
    },
    /// The build speaks another version of the interface.
    #[error("試験操作インタフェースの版: 判定側「{INTERFACE_VERSION}」、製品の申告「{came}」")]
    InterfaceVersion {
        /// The version declared.
        came: String,
    },
    /// A text differs.
    #[error("{name}（{member}）: ファイル「{file}」、製品の申告「{came}」")]
    Text {
        /// The member.
        member: &'static str,
        /// Its Japanese name.
        name: &'static str,
        /// What the file says.
        file: String,
        /// What the build says.
        came: String,
    },
    /// A list of words differs.
    #[error("{name}（{member}）: {}", sides(only_file, only_answer))]
    Words {
        /// The member.
        member: &'static str,
        /// Its Japanese name.
        name: &'static str,
        /// What only the file names.
        only_file: Vec<String>,
        /// What only the build names.
        only_answer: Vec<String>,
    },
    /// The build names a word that the interface does not know.
    #[error(
        "{name}（{member}）: 製品の申告の「{word}」は、試験操作インタフェース第1版にない語です"
    )]
    UnknownWord {
        /// The member.
        member: &'static str,
        /// Its Japanese name.
        name: &'static str,
        /// The word, as JSON.
        word: String,
    },
}

fn sides(only_file: &[String], only_answer: &[String]) -> String {
    let mut parts = Vec::new();
    if !only_file.is_empty() {
        parts.push(format!("ファイルだけにあるもの {}", only_file.join("、")));
    }
    if !only_answer.is_empty() {
        parts.push(format!(
            "製品の申告だけにあるもの {}",
            only_answer.join("、")
        ));
    }
    parts.join("、")
}

/// Compares the vendor's file with what the build answered to `declare`.
///
/// # Errors
/// [`DeclarationMismatch`] with every difference: 製品名, ベンダー名, 版, 連携方式, 任意機能, 業務日時の扱い
/// and the version of the interface.
pub fn check_declaration(
    file: &VendorFile,
    answer: &Answer,
) -> Result<Declaration, DeclarationMismatch> {
    let promised = file.declaration();
    let mut differences = Vec::new();
    if answer.is_done() {
        compare(promised, answer.data(), &mut differences);
    } else {
        differences.push(DeclarationDifference::NotDeclared {
            result: answer.result(),
            reason: answer.shown_reason(),
        });
    }
    if differences.is_empty() {
        Ok(promised.clone())
    } else {
        Err(DeclarationMismatch {
            place: file.place(),
            differences,
        })
    }
}

fn compare(promised: &Declaration, data: &Value, differences: &mut Vec<DeclarationDifference>) {
    let version = text(data, "interface_version");
    if version != INTERFACE_VERSION {
        differences.push(DeclarationDifference::InterfaceVersion {
            came: shown(&version),
        });
    }
    for (member, name, file) in [
        ("product", "製品名", &promised.product),
        ("vendor", "ベンダー名", &promised.vendor),
        ("version", "製品の版", &promised.version),
    ] {
        compare_text(member, name, file, text(data, member), differences);
    }
    let modes = words(data, "modes", "連携方式", Mode::of_word, differences);
    compare_words(
        "modes",
        "連携方式",
        &promised.modes,
        &modes,
        Mode::id,
        differences,
    );
    let functions = words(
        data,
        "functions",
        "任意機能",
        OptionalFunction::of_word,
        differences,
    );
    compare_words(
        "functions",
        "任意機能",
        &promised.functions,
        &functions,
        OptionalFunction::word,
        differences,
    );
    let clock = text(data, "clock");
    if BusinessClock::of_word(&clock) != Some(promised.clock) {
        let file = promised.clock.word();
        compare_text("clock", "業務日時の扱い", file, clock, differences);
    }
}

/// A member that [`Answer::read`] has found to be a text.
fn text(data: &Value, member: &str) -> String {
    let text = data.get(member).and_then(Value::as_str).unwrap_or_default();
    text.to_owned()
}

/// A name or version as a message shows it: of bounded length, spaces kept, for they may differ.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

fn compare_text(
    member: &'static str,
    name: &'static str,
    file: &str,
    came: String,
    differences: &mut Vec<DeclarationDifference>,
) {
    if file != came {
        differences.push(DeclarationDifference::Text {
            member,
            name,
            file: file.to_owned(),
            came: shown(&came),
        });
    }
}

fn words<T: Ord>(
    data: &Value,
    member: &'static str,
    name: &'static str,
    of_word: impl Fn(&str) -> Option<T>,
    differences: &mut Vec<DeclarationDifference>,
) -> BTreeSet<T> {
    let list = data.get(member).and_then(Value::as_array);
    let mut known = BTreeSet::new();
    for value in list.into_iter().flatten() {
        match value.as_str().and_then(&of_word) {
            Some(word) => {
                known.insert(word);
            }
            None => {
                differences.push(DeclarationDifference::UnknownWord {
                    member,
                    name,
                    word: value
                        .as_str()
                        .map_or_else(|| shown(&value.to_string()), shown),
                });
            }
        }
    }
    known
}

fn compare_words<T: Ord + Copy>(
    member: &'static str,
    name: &'static str,
    file: &BTreeSet<T>,
    answer: &BTreeSet<T>,
    word: impl Fn(T) -> &'static str,
    differences: &mut Vec<DeclarationDifference>,
) {
    let only = |here: &BTreeSet<T>, there: &BTreeSet<T>| {
        let only = here.difference(there);
        only.map(|value| word(*value).to_owned()).collect()
    };
    if file != answer {
        differences.push(DeclarationDifference::Words {
            member,
            name,
            only_file: only(file, answer),
            only_answer: only(answer, file),
        });
    }
}
