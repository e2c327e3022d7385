//! What the municipality's staff did with the product, in words.

use serde_json::Value;

use super::era::day;
use super::people::text;
use crate::control::Operation;
use crate::ledger::{ApplicationForm, ApplicationType, ConsentBox, LossReason};

/// What was done for one person; `None` for what is no part of anybody's story.
pub(super) fn deed(operation: &str, input: &Value) -> Option<String> {
    let operation: Operation = operation.parse().ok()?;
    let on = |member: &str| day(text(input, member));
    Some(match operation {
        Operation::AcceptApplication => application(input),
        Operation::RegisterSurvey => "認定調査票を登録した".to_owned(),
        Operation::RequestOpinion => "主治医意見書の作成を依頼した".to_owned(),
        Operation::RegisterOpinion => {
            let opinion = input.get("opinion").unwrap_or(&Value::Null);
            let institution = text(opinion, "institution_name");
            format!("紙で届いた主治医意見書（{institution}）を登録した")
        }
        Operation::ScheduleBoard => format!("介護認定審査会の日程（{}）を登録した", on("date")),
        Operation::SendBoardMaterial => {
            let members = input.get("member_numbers").and_then(Value::as_array);
            let members = members.into_iter().flatten().filter_map(Value::as_str);
            let members: Vec<&str> = members.collect();
            let (meeting, when) = (text(input, "meeting_number"), on("meeting_date"));
            format!(
                "審査会 {meeting}（{when}）の資料を、委員 {} へ電送するものとした",
                members.join("、")
            )
        }
        Operation::RegisterDecision => {
            let level = input
                .pointer("/decision/care_level")
                .and_then(Value::as_str);
            match level {
                Some(level) => format!("認定結果「{level}」を登録した"),
                None => "認定結果を登録した".to_owned(),
            }
        }
        Operation::OfferConsent => format!("本人の申出で、{}付けの同意を受け付けた", on("on")),
        Operation::WithdrawConsent => format!("{}付けの同意の撤回を受け付けた", on("on")),
        Operation::ChangePerson => match input.pointer("/changes/not_disclosed") {
            Some(Value::Bool(true)) => "不開示とした".to_owned(),
            Some(_) => "不開示を取りやめた".to_owned(),
            None => "氏名や住所などの異動を登録した".to_owned(),
        },
        Operation::LoseQualification => {
            let reason = in_words(LossReason::ALL, LossReason::term, text(input, "reason"));
            format!("{}付けの資格の喪失（{reason}）を登録した", on("on"))
        }
        Operation::RegisterPerson => "被保険者として登録した".to_owned(),
        Operation::IssueCard
        | Operation::IssueBurdenRatio
        | Operation::IssueReduction
        | Operation::RecordHomeModification
        | Operation::RecordEquipmentPurchase
        | Operation::DeleteRow => format!("「{}」をした", operation.japanese()),
        Operation::PrintCard => "被保険者証を印刷した".to_owned(),
        Operation::Declare
        | Operation::Reset
        | Operation::Shutdown
        | Operation::Configure
        | Operation::SetBusinessTime
        | Operation::LoadLedger
        | Operation::StartSetup
        | Operation::ResumeSetup
        | Operation::RunTransfer
        | Operation::Export
        | Operation::Import
        | Operation::ViewSetup
        | Operation::ViewLink
        | Operation::ViewFiles
        | Operation::ViewRefused
        | Operation::ViewReplacements
        | Operation::ViewPerson
        | Operation::ViewConsent
        | Operation::ViewCertification
        | Operation::ViewInbound
        | Operation::ViewPeople => return None,
    })
}

fn application(input: &Value) -> String {
    let kind = in_words(
        ApplicationType::ALL,
        ApplicationType::term,
        text(input, "type"),
    );
    let form = in_words(
        ApplicationForm::ALL,
        ApplicationForm::term,
        text(input, "form"),
    );
    let box_ = match in_words(
        ConsentBox::ALL,
        ConsentBox::term,
        text(input, "consent_box"),
    ) {
        blank if blank == ConsentBox::Blank.to_string() => "無記入".to_owned(),
        other => format!("「{other}」"),
    };
    let date = day(text(input, "date"));
    format!("{date}付けの要介護認定の申請（{kind}、{form}）を受け付けた。同意欄は{box_}")
}

/// What a word of the books means; a word that they do not know stays as it is.
fn in_words<T: Copy + ToString>(all: &[T], term: fn(T) -> &'static str, word: &str) -> String {
    let known = all.iter().find(|known| term(**known) == word);
    known.map_or_else(|| word.to_owned(), |known| known.to_string())
}

/// How an answer ended, and why not, in the vendor's words.
pub(super) fn refusal(answer: &Value) -> Option<String> {
    let reason = text(answer, "reason");
    let word = match text(answer, "result") {
        "done" => return None,
        "refused" => "製品が受け付けなかった",
        "unsupported" => "製品が対応していない",
        "failed" => "製品が失敗した",
        _ => "製品の答えが読めない",
    };
    Some(if reason.is_empty() {
        word.to_owned()
    } else {
        format!("{word}（{reason}）")
    })
}
