//! ならば.

use cucumber::gherkin::Step;
use cucumber::then;

use super::words::{day, one_of};
use crate::stage::{Field, Performed, Stage};

pub(super) const LINKED: () = ();

#[then(regex = r"^初期セットアップが完了する$")]
async fn setup_completes(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.setup_is_complete().await
}

#[then(regex = r"^初期セットアップは「([^」]+)」ため(始まらない|完了しない)$")]
async fn setup_does_not(stage: &mut Stage, step: &Step, reason: String, what: String) -> Performed {
    let live = stage.at(step).await?;
    if what == "始まらない" {
        live.setup_does_not_start(&reason).await
    } else {
        live.setup_does_not_complete(&reason).await
    }
}

#[then(regex = r"^初期セットアップは続いている$")]
async fn setup_goes_on(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.setup_goes_on().await
}

#[then(regex = r"^初期セットアップ完了日は(令和[0-9]+年[0-9]+月[0-9]+日)である$")]
async fn completion_day_is(stage: &mut Stage, step: &Step, date: String) -> Performed {
    let date = day(&date)?;
    stage.at(step).await?.completion_day_is(date).await
}

#[then(
    regex = r"^介護保険システムの利用開始日は(令和[0-9]+年[0-9]+月[0-9]+日)(である|より前にならない)$"
)]
async fn product_starts_on(stage: &mut Stage, step: &Step, date: String, how: String) -> Performed {
    let date = day(&date)?;
    let live = stage.at(step).await?;
    if how == "である" {
        live.starts_on(date).await
    } else {
        live.does_not_start_before(date).await
    }
}

#[then(regex = r"^初期セットアップの職員の作業は、1日の定時の範囲に収まる$")]
async fn setup_fits_staff_hours(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.setup_fits_staff_hours()
}

#[then(regex = r"^連携は「([^」]+)」ため行われない$")]
async fn nothing_is_linked(stage: &mut Stage, step: &Step, reason: String) -> Performed {
    stage.at(step).await?.nothing_is_linked(&reason).await
}

#[then(regex = r"^介護保険システムは業務の操作を受け付けている$")]
async fn business_goes_on(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.business_goes_on().await
}

#[then(regex = r"^PMHの画面の操作は行われていない$")]
async fn no_hand_was_needed(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.no_hand_was_needed()
}

#[then(regex = r"^介護保険システムは「([^」]+)」の許可されたホストとだけ通信している$")]
async fn permitted_hosts_only(stage: &mut Stage, step: &Step, environment: String) -> Performed {
    stage
        .at(step)
        .await?
        .talks_to_permitted_hosts_only(&environment)
}

#[then(regex = r"^介護保険システムは「([^」]+)」の証明書と認証キーだけを使っている$")]
async fn own_credentials_only(stage: &mut Stage, step: &Step, environment: String) -> Performed {
    stage
        .at(step)
        .await?
        .uses_own_credentials_only(&environment)
}

#[then(regex = r"^介護保険システムは「([^」]+)」ため接続しない$")]
async fn does_not_connect(stage: &mut Stage, step: &Step, reason: String) -> Performed {
    stage.at(step).await?.does_not_connect(&reason).await
}

#[then(regex = r"^PMHは「([^」]+)」ためファイルを受け付けない$")]
async fn pmh_refuses_files(stage: &mut Stage, step: &Step, reason: String) -> Performed {
    stage.at(step).await?.pmh_refuses_files(&reason)
}

#[then(regex = r"^介護保険システムは「([^」]+)」ためファイルを取り込まない$")]
async fn product_refuses_files(stage: &mut Stage, step: &Step, reason: String) -> Performed {
    stage.at(step).await?.product_refuses_files(&reason).await
}

#[then(regex = r"^介護保険システムは、どこにも接続せず、認証キーも使っていない$")]
async fn files_alone(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.links_by_files_alone()
}

#[then(regex = r"^PMHは「([^」]+)」を求め、済むまで先へ進ませない$")]
async fn pages_demand(stage: &mut Stage, step: &Step, demand: String) -> Performed {
    stage.at(step).await?.pages_demanded(&demand)
}

#[then(regex = r"^基盤の記録が(規則ごとに)?台帳と一致する$")]
async fn platform_equals_ledger(stage: &mut Stage, step: &Step, by_rule: String) -> Performed {
    let live = stage.at(step).await?;
    if by_rule.is_empty() {
        live.platform_equals_ledger()
    } else {
        live.platform_equals_ledger_by_rule()
    }
}

#[then(regex = r"^「([^」]+)」の基盤の記録が台帳と一致する$")]
async fn person_equals_ledger(stage: &mut Stage, step: &Step, who: String) -> Performed {
    stage.at(step).await?.person_equals_ledger(&who)
}

#[then(regex = r"^「([^」]+)」のほかの全員の記録が基盤に届いている$")]
async fn everybody_else_arrived(stage: &mut Stage, step: &Step, who: String) -> Performed {
    stage.at(step).await?.everybody_else_has_arrived(&who)
}

#[then(regex = r"^基盤のほかの記録は変わらない$")]
async fn nothing_else_changed(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.nothing_else_changed()
}

#[then(regex = r"^同じ記録が二重に登録されていない$")]
async fn nothing_is_twice(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.nothing_is_twice()
}

#[then(
    regex = r"^基盤の「([^」]+)」の(要介護状態区分|負担割合|同意情報|削除事由|不開示|認定審査進捗|居宅介護支援事業者)は「([^」]+)」である$"
)]
async fn person_field_is(
    stage: &mut Stage,
    step: &Step,
    who: String,
    field: String,
    value: String,
) -> Performed {
    let field = one_of(Field::of_word(&field), "欄", &field)?;
    stage.at(step).await?.person_field_is(&who, field, &value)
}

#[then(regex = r"^基盤の「([^」]+)」の氏名は、送れない文字だけが「([^」]+)」になっている$")]
async fn only_unsendable_replaced(
    stage: &mut Stage,
    step: &Step,
    who: String,
    replacement: String,
) -> Performed {
    stage
        .at(step)
        .await?
        .only_unsendable_is_replaced(&who, &replacement)
}

#[then(regex = r"^「([^」]+)」の「([^」]+)」は「(初期セットアップ|差分)」で届いている$")]
async fn it_came_by(
    stage: &mut Stage,
    step: &Step,
    who: String,
    what: String,
    way: String,
) -> Performed {
    stage.at(step).await?.came_by(&who, &what, &way)
}

#[then(regex = r"^基盤の被保険者証の証記載保険者番号と保険者番号が、どちらも台帳と一致する$")]
async fn card_numbers_equal(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.card_numbers_equal()
}

#[then(regex = r"^五つの証と利用情報の履歴番号が台帳と一致する$")]
async fn history_numbers_equal(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.history_numbers_equal()
}

#[then(regex = r"^「([^」]+)」の被保険者証の記録はすべて送り直されている$")]
async fn every_card_came_again(stage: &mut Stage, step: &Step, who: String) -> Performed {
    stage.at(step).await?.every_card_came_again(&who)
}

#[then(
    regex = r"^登録された全員に識別子が1つずつ採番され、オンライン資格確認等システムに渡っている$"
)]
async fn identifiers_one_to_one(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.identifiers_are_one_to_one()
}

#[then(regex = r"^「([^」]+)」の識別子は変わらない$")]
async fn identifier_stays(stage: &mut Stage, step: &Step, who: String) -> Performed {
    stage.at(step).await?.identifier_stays(&who)
}

#[then(regex = r"^介護保険システムは「([^」]+)」の記録を送(っていない|り直していない)$")]
async fn was_not_sent(stage: &mut Stage, step: &Step, who: String, how: String) -> Performed {
    let live = stage.at(step).await?;
    if how == "っていない" {
        live.was_never_sent(&who)
    } else {
        live.was_sent_once(&who)
    }
}

#[then(regex = r"^職員に「([^」]+)」の「([^」]+)」の誤りが理由とともに示される$")]
async fn staff_see_the_mistake(
    stage: &mut Stage,
    step: &Step,
    who: String,
    item: String,
) -> Performed {
    stage
        .at(step)
        .await?
        .staff_see_the_mistake(&who, &item)
        .await
}

#[then(regex = r"^職員に「([^」]+)」の「([^」]+)」が示される$")]
async fn staff_see_the_arrival(
    stage: &mut Stage,
    step: &Step,
    who: String,
    what: String,
) -> Performed {
    stage
        .at(step)
        .await?
        .staff_see_the_arrival(&who, &what)
        .await
}

#[then(regex = r"^「([^」]+)」は「([^」]+)」ため送れない$")]
async fn sender_is_refused(
    stage: &mut Stage,
    step: &Step,
    sender: String,
    reason: String,
) -> Performed {
    stage.at(step).await?.sender_is_refused(&sender, &reason)
}

#[then(regex = r"^「([^」]+)」の被保険者証に「([^」]+)」が居宅介護支援事業者として印刷される$")]
async fn office_is_printed(
    stage: &mut Stage,
    step: &Step,
    who: String,
    office: String,
) -> Performed {
    stage.at(step).await?.office_is_printed(&who, &office).await
}

#[then(regex = r"^「([^」]+)」に「([^」]+)」の審査会資料が示される$")]
async fn member_sees(stage: &mut Stage, step: &Step, member: String, who: String) -> Performed {
    stage.at(step).await?.member_sees(&member, &who)
}

#[then(regex = r"^「([^」]+)」は、自分の審査会のものでない「([^」]+)」の資料を読めない$")]
async fn member_is_refused(
    stage: &mut Stage,
    step: &Step,
    member: String,
    who: String,
) -> Performed {
    stage.at(step).await?.member_is_refused(&member, &who)
}

#[then(regex = r"^審査会資料参照状況の通知先にメールが届く$")]
async fn mail_of_reading_arrives(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.mail_of_reading_arrives()
}

#[then(regex = r"^職員に示される誤りはない$")]
async fn staff_see_no_mistake(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.staff_see_no_mistake().await
}

#[then(regex = r"^職員に「([^」]+)」の「([^」]+)」の代替が示される$")]
async fn staff_see_the_replacement(
    stage: &mut Stage,
    step: &Step,
    who: String,
    item: String,
) -> Performed {
    stage
        .at(step)
        .await?
        .staff_see_the_replacement(&who, &item)
        .await
}

#[then(regex = r"^「([^」]+)」が示される$")]
async fn it_is_shown(stage: &mut Stage, step: &Step, what: String) -> Performed {
    stage.at(step).await?.is_shown(&what)
}

#[then(regex = r"^「([^」]+)」ため(?:示されない|受け付けられない)$")]
async fn it_is_denied(stage: &mut Stage, step: &Step, reason: String) -> Performed {
    stage.at(step).await?.is_denied(&reason)
}

#[then(regex = r"^求めは受け付けられる$")]
async fn it_is_accepted(stage: &mut Stage, step: &Step) -> Performed {
    stage.at(step).await?.is_accepted()
}
