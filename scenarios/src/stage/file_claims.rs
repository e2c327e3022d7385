//! ならば about files: what PMH and the product refuse, and that nothing else connects them.

use regex::Regex;

use tekigo_simulator::SetProblem;

use super::failure::{Performed, StepFailure};
use super::handing::Attempt;
use super::live::Live;
use super::refusal::set_codes;
use crate::control::AnswerResult;
use crate::witness::Traffic;

/// How the journal writes an authentication key.
const KEY: &str = "〔認証キー:";

impl Live {
    /// PMHは「…」ためファイルを受け付けない.
    ///
    /// # Errors
    /// It takes them, or refuses for another reason or without saying where.
    pub fn pmh_refuses_files(&mut self, word: &str) -> Performed {
        let codes = set_codes(word)
            .ok_or_else(|| StepFailure::harness(format!("理由「{word}」はありません")))?;
        let traffic = Traffic::of(&self.events_since_mark()?);
        let expected = format!("「{word}」ため、組を1件も受け付けない");
        let Some(last) = traffic.uploads().last() else {
            return self.claim(false, expected, "組は1つも送られていません");
        };
        if last.is_accepted() {
            return self.claim(false, expected, "PMHが組を受け付けました");
        }
        let problems = &last.answer.problems;
        let Some(attempt) = &self.attempt else {
            return Err(StepFailure::harness("誤った組はまだ送られていません"));
        };
        let found = problems
            .iter()
            .find(|problem| codes.contains(&problem.code.as_str()) && attempt.is_about(problem));
        let listed: Vec<String> = problems
            .iter()
            .map(|problem| format!("{} {}", problem.code, problem.message))
            .collect();
        let actual = format!("PMHの画面の理由: {}", listed.join("、"));
        self.claim(found.is_some(), expected, actual)
    }

    /// 介護保険システムは「…」ためファイルを取り込まない.
    ///
    /// # Errors
    /// It takes them in, says not which file, or changes something.
    pub async fn product_refuses_files(&mut self, word: &str) -> Performed {
        let attempt = self.attempt.take();
        let Some((attempt, answer)) = attempt.and_then(|attempt| {
            let answer = attempt.answer.clone()?;
            Some((attempt, answer))
        }) else {
            return Err(StepFailure::harness("ファイルはまだ取り込まれていません"));
        };
        let reason = answer.reason().unwrap_or_default().to_owned();
        let is_refused = answer.result() == AnswerResult::Refused;
        let actual = if is_refused {
            format!("製品が断りました: {reason}")
        } else {
            "製品が取り込みました".to_owned()
        };
        let expected = format!(
            "「{word}」ため取り込まず、{}を理由に示す",
            attempt.where_shown()
        );
        self.claim(is_refused && attempt.is_shown_in(&reason), expected, actual)?;
        let after = self.what_staff_see().await?;
        let changed: Vec<&str> = attempt
            .before
            .iter()
            .zip(&after)
            .filter(|(before, after)| before != after)
            .map(|((view, _), _)| view.japanese())
            .collect();
        let actual = if changed.is_empty() {
            "職員に見えるものに変わりはありません".to_owned()
        } else {
            format!("変わったもの: {}", changed.join("、"))
        };
        self.claim(
            changed.is_empty(),
            "断った取り込みは、製品の何も変えない",
            actual,
        )
    }

    /// 介護保険システムは、どこにも接続せず、認証キーも使っていない.
    ///
    /// # Errors
    /// It connected, a key turned up, or nothing was linked at all.
    pub fn links_by_files_alone(&mut self) -> Performed {
        let traffic = Traffic::of(self.events()?);
        let sets = traffic
            .uploads()
            .filter(crate::witness::Upload::is_accepted)
            .count();
        let connections = traffic.exchanges.len() + traffic.refused.len() + traffic.decoys.len();
        let keys = self
            .events()?
            .iter()
            .filter(|event| event.kind == "operator")
            .filter(|event| event.body.get().contains(KEY))
            .count();
        let actual = format!(
            "受け付けられた組{sets}、介護保険システムからの接続{connections}回、認証キーの現れた画面の操作{keys}回"
        );
        let expected = "ファイルと画面だけで連携し、接続も認証キーもない";
        self.claim(sets > 0 && connections == 0 && keys == 0, expected, actual)
    }
}

impl Attempt {
    fn is_about(&self, problem: &SetProblem) -> bool {
        let (file, line) = (problem.file.as_deref(), problem.line);
        let message = &problem.message;
        let at_file = file.is_some_and(|file| self.noticed_at.iter().any(|name| name == file));
        // A set as a whole may be wrong; a line may not go unnamed.
        (at_file || (file.is_none() && self.line.is_none()))
            && self.line.is_none_or(|expected| {
                line == Some(expected) || message.contains(&format!("{expected}行目"))
            })
    }

    /// Whether a text for people says where it is.
    fn is_shown_in(&self, reason: &str) -> bool {
        let names_file = self.noticed_at.iter().any(|name| reason.contains(name));
        let row = Regex::new("[0-9０-９]+ *(行|件)目").expect("it is a regular expression");
        names_file && (self.line.is_none() || row.is_match(reason))
    }

    fn where_shown(&self) -> &'static str {
        if self.line.is_some() {
            "ファイルの名前と行"
        } else {
            "ファイルの名前"
        }
    }
}
