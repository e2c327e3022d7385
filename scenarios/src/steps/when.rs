//! もし.

use cucumber::gherkin::Step;
use cucumber::when;

use super::words::{day, day_if_said, duration, one_of};
use crate::stage::{Performed, Preparation, Stage};

pub(super) const LINKED: () = ();

#[when(
    regex = r"^職員が(?:(令和[0-9]+年[0-9]+月[0-9]+日)を基準日として)?初期セットアップを始める$"
)]
async fn staff_start_setup(stage: &mut Stage, step: &Step, date: String) -> Performed {
    let baseline = day_if_said(&date)?;
    stage.at(step).await?.start_setup(baseline).await
}

#[when(regex = r"^職員が初期セットアップを続ける$")]
async fn staff_go_on_with_setup(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.resume_setup().await
}

#[when(regex = r"^職員が初期セットアップを始め、求められるたびに続ける$")]
async fn staff_press_on_with_setup(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.start_setup_and_press_on().await
}

#[when(regex = r"^職員が連携を実行する$")]
async fn staff_run_the_transfer(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.run_transfer().await
}

#[when(regex = r"^職員が「([^」]+)」を(PMHに送る|介護保険システムに取り込む)$")]
async fn staff_hand_over(stage: &mut Stage, step: &Step, what: String, to: String) -> Performed {
    let live = stage.at(step).await?;
    if to == "PMHに送る" {
        live.hand_to_pmh(&what).await
    } else {
        live.hand_to_product(&what).await
    }
}

#[when(regex = r"^「([^」]+)」の「([^」]+)」がPMHに届く$")]
async fn it_arrives(stage: &mut Stage, step: &Step, who: String, what: String) -> Performed {
    stage.at(step).await?.it_arrives(&who, &what)
}

#[when(regex = r"^職員が「([^」]+)」の主治医意見書を「([^」]+)」に依頼する$")]
async fn staff_ask_for_opinion(
    stage: &mut Stage,
    step: &Step,
    who: String,
    institution: String,
) -> Performed {
    stage
        .at(step)
        .await?
        .ask_for_opinion(&who, &institution)
        .await
}

#[when(regex = r"^「([^」]+)」が「([^」]+)」の本人確認をする$")]
async fn sender_checks(stage: &mut Stage, step: &Step, sender: String, who: String) -> Performed {
    stage.at(step).await?.sender_checks_identity(&sender, &who)
}

#[when(regex = r"^「([^」]+)」が「([^」]+)」の「([^」]+)」を送る$")]
async fn sender_sends(
    stage: &mut Stage,
    step: &Step,
    sender: String,
    who: String,
    what: String,
) -> Performed {
    stage.at(step).await?.sender_sends(&sender, &who, &what)
}

#[when(regex = r"^職員が「([^」]+)」の審査会資料を「([^」]+)」に電送する$")]
async fn staff_send_material(
    stage: &mut Stage,
    step: &Step,
    who: String,
    member: String,
) -> Performed {
    stage.at(step).await?.send_material(&who, &member).await
}

#[when(regex = r"^「([^」]+)」が「([^」]+)」の審査会資料を読む$")]
async fn member_reads(stage: &mut Stage, step: &Step, member: String, who: String) -> Performed {
    stage.at(step).await?.member_reads(&member, &who)
}

#[when(regex = r"^職員がPMHにログインする$")]
async fn staff_log_in(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.try_to_go_further().await
}

#[when(regex = r"^「([^」]+)」が連携の準備を終える$")]
async fn another_is_prepared(stage: &mut Stage, step: &Step, town: String) -> Performed {
    stage.at(step).await?.prepare_another(&town).await
}

#[when(regex = r"^職員が「([^」]+)」を済ませる$")]
async fn staff_make_good(stage: &mut Stage, step: &Step, preparation: String) -> Performed {
    let preparation = one_of(Preparation::of_word(&preparation), "準備", &preparation)?;
    stage.at(step).await?.make_good(preparation).await
}

#[when(regex = r"^職員が「([^」]+)」の「([^」]+)」を登録する$")]
async fn staff_register(stage: &mut Stage, step: &Step, who: String, what: String) -> Performed {
    stage.at(step).await?.register(&who, &what).await
}

#[when(regex = r"^職員が「([^」]+)」の認定を「([^」]+)」まで進める$")]
async fn staff_advance_the_case(
    stage: &mut Stage,
    step: &Step,
    who: String,
    to: String,
) -> Performed {
    stage.at(step).await?.advance_case(&who, &to).await
}

#[when(regex = r"^職員が認証キーを「([^」]+)」に替える$")]
async fn staff_change_the_key(stage: &mut Stage, step: &Step, key: String) -> Performed {
    stage.at(step).await?.change_key(&key).await
}

#[when(regex = r"^職員が証明書を「([^」]+)」に替える$")]
async fn staff_change_the_certificate(
    stage: &mut Stage,
    step: &Step,
    certificate: String,
) -> Performed {
    stage.at(step).await?.change_certificate(&certificate).await
}

#[when(regex = r"^PMHが「([^」]+)」を示す$")]
async fn pmh_shows(stage: &mut Stage, step: &Step, certificate: String) -> Performed {
    stage.at(step).await?.show_server_certificate(&certificate)
}

#[when(regex = r"^PMHとの回線が切れる$")]
async fn the_line_goes_down(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.switch_line(false)
}

#[when(regex = r"^PMHとの回線が戻る$")]
async fn the_line_comes_up(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.switch_line(true)
}

#[when(regex = r"^PMHの処理が終わる$")]
async fn pmh_gets_done(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.speed_up().await
}

#[when(regex = r"^日付が(令和[0-9]+年[0-9]+月[0-9]+日)になる$")]
async fn the_day_comes(stage: &mut Stage, step: &Step, date: String) -> Performed {
    let date = day(&date)?;
    stage.at(step).await?.turn_to(date).await
}

#[when(regex = r"^「([^」]+)」が「([^」]+)」の「([^」]+)」を(見る|登録する)$")]
async fn somebody_looks_or_writes(
    stage: &mut Stage,
    step: &Step,
    viewer: String,
    who: String,
    what: String,
    does: String,
) -> Performed {
    let live = stage.at(step).await?;
    if does == "見る" {
        live.look_at(&viewer, &who, &what).await
    } else {
        live.register_paper(&viewer, &who, &what).await
    }
}

#[when(regex = r"^「([^」]+)」が「([^」]+)」を「([^」]+)」で確かめる$")]
async fn somebody_identifies(
    stage: &mut Stage,
    step: &Step,
    viewer: String,
    who: String,
    proof: String,
) -> Performed {
    stage.at(step).await?.identify(&viewer, &who, &proof).await
}

#[when(regex = r"^「([^」]+)」が「([^」]+)」の担当(になる|でなくなる)$")]
async fn office_serves(
    stage: &mut Stage,
    step: &Step,
    viewer: String,
    who: String,
    change: String,
) -> Performed {
    let live = stage.at(step).await?;
    if change == "になる" {
        live.begin_to_serve(&viewer, &who).await
    } else {
        live.cease_to_serve(&viewer, &who).await
    }
}

#[when(regex = r"^「([^」]+)」が「([^」]+)」の包括同意を得る$")]
async fn office_takes_consent(
    stage: &mut Stage,
    step: &Step,
    viewer: String,
    who: String,
) -> Performed {
    stage.at(step).await?.take_consent(&viewer, &who).await
}

#[when(regex = r"^((?:[0-9]+時間)?(?:[0-9]+分)?(?:[0-9]+秒)?)がたつ$")]
async fn time_passes(stage: &mut Stage, step: &Step, time: String) -> Performed {
    let seconds = duration(&time)?;
    stage.at(step).await?.let_time_pass(seconds).await
}

#[when(regex = r"^「([^」]+)」が、ほしみ市で「([^」]+)」と同じ番号の人の「([^」]+)」を見る$")]
async fn office_looks_at_namesake(
    stage: &mut Stage,
    step: &Step,
    viewer: String,
    who: String,
    what: String,
) -> Performed {
    let live = stage.at(step).await?;
    live.look_at_namesake(&viewer, &who, &what).await
}
