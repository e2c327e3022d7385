//! 前提.

use cucumber::gherkin::Step;
use cucumber::given;

use super::words::{day, one_of};
use crate::cast::Milestone;
use crate::stage::{Neighbour, Performed, Preparation, Stage, Trouble, When};

pub(super) const LINKED: () = ();

#[given(regex = r"^今日は(令和[0-9]+年[0-9]+月[0-9]+日)である$")]
fn today_is(stage: &mut Stage, step: &Step, date: String) -> Performed {
    stage.beginning(step)?.today = Some(day(&date)?);
    Ok(())
}

#[given(regex = r"^「([^」]+)」が連携の準備を終えている$")]
fn town_is_prepared(stage: &mut Stage, step: &Step, town: String) -> Performed {
    stage.beginning(step)?.town(&town, None)
}

#[given(regex = r"^([0-9]+)人の「([^」]+)」が連携の準備を終えている$")]
fn large_town_is_prepared(stage: &mut Stage, step: &Step, people: u32, town: String) -> Performed {
    stage.beginning(step)?.town(&town, Some(people))
}

#[given(regex = r"^「([^」]+)」が「([^」]+)」のほかは連携の準備を終えている$")]
fn town_is_prepared_but_for(
    stage: &mut Stage,
    step: &Step,
    town: String,
    preparation: String,
) -> Performed {
    let beginning = stage.beginning(step)?;
    beginning.town(&town, None)?;
    let left_out = one_of(Preparation::of_word(&preparation), "準備", &preparation)?;
    beginning.except = Some(left_out);
    Ok(())
}

#[given(regex = r"^「([^」]+)」が初期セットアップを終えている$")]
fn town_is_set_up(stage: &mut Stage, step: &Step, town: String) -> Performed {
    let beginning = stage.beginning(step)?;
    beginning.town(&town, None)?;
    beginning.is_set_up = true;
    Ok(())
}

#[given(regex = r"^初期セットアップの確定日は(令和[0-9]+年[0-9]+月[0-9]+日)である$")]
fn setup_is_confirmed_for(stage: &mut Stage, step: &Step, date: String) -> Performed {
    stage.beginning(step)?.confirmed = Some(day(&date)?);
    Ok(())
}

#[given(regex = r"^認証キーは(令和[0-9]+年[0-9]+月[0-9]+日)で期限が切れる$")]
fn key_expires_on(stage: &mut Stage, step: &Step, date: String) -> Performed {
    stage.beginning(step)?.key_until = Some(day(&date)?);
    Ok(())
}

#[given(regex = r"^「([^」]+)」の「([^」]+)」が登録されている$")]
fn it_is_registered(stage: &mut Stage, step: &Step, who: String, what: String) -> Performed {
    stage.beginning(step)?.happened.push((who, what));
    Ok(())
}

#[given(regex = r"^「([^」]+)」が「([^」]+)」を担当している$")]
fn office_looks_after(stage: &mut Stage, step: &Step, office: String, who: String) -> Performed {
    stage.beginning(step)?.served.push((office, who));
    Ok(())
}

#[given(regex = r"^ほしみ市が連携しており、「([^」]+)」と同じ番号の人がそこで同意している$")]
fn namesake_is_linked(stage: &mut Stage, step: &Step, who: String) -> Performed {
    let neighbours = &mut stage.beginning(step)?.neighbours;
    neighbours.push((Neighbour::Namesake, who));
    Ok(())
}

#[given(regex = r"^ほしみ市が連携しており、「([^」]+)」が移る前にそこで同意している$")]
fn former_self_is_linked(stage: &mut Stage, step: &Step, who: String) -> Performed {
    let neighbours = &mut stage.beginning(step)?.neighbours;
    neighbours.push((Neighbour::FormerSelf, who));
    Ok(())
}

#[given(regex = r"^「([^」]+)」の日程が「([^」]+)」まで進んでいる$")]
fn schedule_has_got_to(stage: &mut Stage, step: &Step, who: String, to: String) -> Performed {
    let to = one_of(to.parse().ok(), "日程の段階", &to)?;
    stage.beginning(step)?.scheduled.push((who, to, None));
    Ok(())
}

#[given(regex = r"^「([^」]+)」の利用開始日が(令和[0-9]+年[0-9]+月[0-9]+日)と公開されている$")]
fn start_is_fixed(stage: &mut Stage, step: &Step, who: String, date: String) -> Performed {
    let start = Some(day(&date)?);
    let beginning = stage.beginning(step)?;
    beginning.scheduled.push((who, Milestone::Published, start));
    Ok(())
}

#[given(regex = r"^(初期セットアップ|次の連携)の途中で「([^」]+)」が起きる$")]
fn trouble_on_the_way(stage: &mut Stage, step: &Step, when: String, trouble: String) -> Performed {
    let when = if when == "次の連携" {
        When::Transfer
    } else {
        When::Setup
    };
    let trouble = one_of(Trouble::of_word(&trouble), "出来事", &trouble)?;
    stage.beginning(step)?.trouble = Some((when, trouble));
    Ok(())
}

#[given(regex = r"^介護保険システムに方式①の接続の設定と認証キーが残っている$")]
fn connection_is_still_set(stage: &mut Stage, step: &Step) -> Performed {
    stage.beginning(step)?.keeps_connection = true;
    Ok(())
}

#[given(regex = r"^PMHの処理に時間がかかっている$")]
fn pmh_takes_its_time(stage: &mut Stage, step: &Step) -> Performed {
    stage.beginning(step)?.is_slow = true;
    Ok(())
}
