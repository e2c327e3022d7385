//! もし and ならば at the portal (介護情報基盤ポータル).

use cucumber::gherkin::Step;
use cucumber::{then, when};

use super::words::day;
use crate::stage::{Performed, Stage};

pub(super) const LINKED: () = ();

#[when(regex = r"^「([^」]+)」が初期セットアップの時期を「([^」]+)」とアンケートに回答する$")]
async fn insurer_answers(stage: &mut Stage, step: &Step, who: String, wished: String) -> Performed {
    stage.at(step).await?.answer_survey(&who, &wished)
}

#[when(regex = r"^ベンダが、初期セットアップができるのは「([^」]+)」からと答える$")]
async fn vendor_declares(stage: &mut Stage, step: &Step, from: String) -> Performed {
    stage.at(step).await?.declare_readiness(&from)
}

#[when(
    regex = r"^ポータルが「([^」]+)」に(令和[0-9]+年[0-9]+月[0-9]+日)の初期セットアップを通知する$"
)]
async fn portal_notifies(stage: &mut Stage, step: &Step, who: String, date: String) -> Performed {
    let date = day(&date)?;
    stage.at(step).await?.notify_dates(&who, date)
}

#[when(regex = r"^「([^」]+)」が日程を承諾すると返信する$")]
async fn insurer_accepts(stage: &mut Stage, step: &Step, who: String) -> Performed {
    stage.at(step).await?.accept_dates(&who)
}

#[when(
    regex = r"^「([^」]+)」が(初期セットアップ日|利用開始日)を(令和[0-9]+年[0-9]+月[0-9]+日)にしたいと返信する$"
)]
async fn insurer_asks_for_dates(
    stage: &mut Stage,
    step: &Step,
    who: String,
    what: String,
    date: String,
) -> Performed {
    let date = Some(day(&date)?);
    let live = stage.at(step).await?;
    if what == "利用開始日" {
        live.ask_for_dates(&who, None, date)
    } else {
        live.ask_for_dates(&who, date, None)
    }
}

#[when(regex = r"^ポータルが「([^」]+)」(の日程を公開する|にアカウントを発行する)$")]
async fn portal_acts(stage: &mut Stage, step: &Step, who: String, what: String) -> Performed {
    let live = stage.at(step).await?;
    if what == "の日程を公開する" {
        live.publish_dates(&who).await
    } else {
        live.issue_account(&who)
    }
}

#[when(regex = r"^「([^」]+)」が件名([0-9]+)文字の問い合わせを送る$")]
async fn somebody_inquires(
    stage: &mut Stage,
    step: &Step,
    who: String,
    characters: usize,
) -> Performed {
    stage.at(step).await?.inquire(&who, characters)
}

#[when(regex = r"^「([^」]+)」がカードリーダー([0-9]+)台と費用([0-9]+)円の助成金を申請する$")]
async fn office_applies(
    stage: &mut Stage,
    step: &Step,
    who: String,
    readers: u32,
    yen: u64,
) -> Performed {
    stage.at(step).await?.apply_as_office(&who, readers, yen)
}

#[when(regex = r"^「([^」]+)」が費用([0-9]+)円の助成金を申請する$")]
async fn institution_applies(stage: &mut Stage, step: &Step, who: String, yen: u64) -> Performed {
    stage.at(step).await?.apply_as_institution(&who, yen)
}

#[then(regex = r"^助成限度額は([0-9]+)円、助成額は([0-9]+)円である$")]
async fn subsidy_is(stage: &mut Stage, step: &Step, limit: u64, yen: u64) -> Performed {
    stage.at(step).await?.subsidy_is(limit, yen)
}

#[then(regex = r"^「([^」]+)」の日程は「([^」]+)」まで進んでいる$")]
async fn schedule_stands_at(stage: &mut Stage, step: &Step, who: String, at: String) -> Performed {
    stage.at(step).await?.schedule_stands_at(&who, &at)
}

#[then(regex = r"^「([^」]+)」は「([^」]+)」ため再確認になる$")]
async fn answer_is_rechecked(
    stage: &mut Stage,
    step: &Step,
    who: String,
    ground: String,
) -> Performed {
    stage.at(step).await?.answer_is_rechecked(&who, &ground)
}

#[then(
    regex = r"^ポータルで「([^」]+)」の利用開始日は(令和[0-9]+年[0-9]+月[0-9]+日)と公開され(ている|、推奨されないと伝えられている)$"
)]
async fn start_is_published(
    stage: &mut Stage,
    step: &Step,
    who: String,
    date: String,
    how: String,
) -> Performed {
    let date = day(&date)?;
    let live = stage.at(step).await?;
    live.start_is_published(&who, date)?;
    if how == "ている" {
        return Ok(());
    }
    live.start_is_not_recommended(&who)
}

#[then(regex = r"^ポータルは「([^」]+)」ため受け付けない$")]
async fn portal_refuses(stage: &mut Stage, step: &Step, reason: String) -> Performed {
    stage.at(step).await?.portal_refuses(&reason)
}

#[then(regex = r"^「([^」]+)」に「([^」]+)」のメールが届く$")]
async fn letter_arrives(stage: &mut Stage, step: &Step, who: String, what: String) -> Performed {
    stage.at(step).await?.letter_arrives(&who, &what)
}
