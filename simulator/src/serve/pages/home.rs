//! 「お知らせ」: what is to be done next, and what waits.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::account::{AccountView, Mode};
use super::service::{Answer, ByStaff, InPages};
use super::{addresses, keys, received, send, sent};
use crate::serve::web::{Frame, japanese_date, page};
use crate::systems::pmh::{AccountKey, FileSetState, SentFileView, Setup};
use crate::world::World;

pub(super) const PATH: &str = "/";
pub(super) const TITLE: &str = "お知らせ";

/// One thing to do before linking.
struct Step {
    text: &'static str,
    detail: String,
    href: &'static str,
    is_done: bool,
    is_next: bool,
}

/// What waits for the staff.
struct Waiting {
    text: &'static str,
    count: usize,
    href: &'static str,
    is_bad: bool,
}

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage {
    frame: Frame,
    mode: &'static str,
    setup: String,
    steps: Vec<Step>,
    waiting: Vec<Waiting>,
}

/// Shows the page.
pub(super) async fn show(State(pages): InPages, Extension(staff): ByStaff) -> Answer {
    let account = pages.account(&staff)?;
    let template = HomePage {
        frame: pages.frame(&staff, &account, TITLE, PATH, Vec::new()),
        mode: account.mode.map_or("まだ選ばれていません", Mode::ja),
        setup: setup(&account),
        steps: steps(&account),
        waiting: pages
            .shell
            .look(|world| waiting(world, &staff.user, &account)),
    };
    Ok(page(StatusCode::OK, &template))
}

fn setup(account: &AccountView) -> String {
    match account.setup {
        Setup::NotStarted => match account.setup_date {
            Some(date) => format!("これから。予定日は{}", japanese_date(date)),
            None => "これから。予定日は決まっていません".to_owned(),
        },
        Setup::Started { baseline } => {
            format!("実施中。基準日は{}", japanese_date(baseline))
        }
        Setup::Completed { on } => format!("完了。完了日は{}", japanese_date(on)),
    }
}

/// The preparation in its order; the first thing not done is next.
fn steps(account: &AccountView) -> Vec<Step> {
    let step = |text, detail: &str, href, is_done| Step {
        text,
        detail: detail.to_owned(),
        href,
        is_done,
        is_next: false,
    };
    let has_started = account.setup != Setup::NotStarted;
    let outside = "この画面の外で、システム担当部署と決めます。";
    let mut steps = vec![
        step("パスワードを変更する", "", "", true),
        step(
            "通知先を登録する",
            "処理結果と審査会資料の参照状況を知らせる、2つのメールアドレスです。",
            addresses::PATH,
            account.has_addresses(),
        ),
        step("連携方式を選ぶ", outside, "", account.mode.is_some()),
        step(
            "連携の環境を整える",
            outside,
            "",
            account.is_environment_ready,
        ),
    ];
    match account.mode {
        Some(Mode::Api) => steps.push(step(
            "認証キーを発行し、介護保険システムに設定する",
            "",
            keys::PATH,
            account.good_keys() > 0,
        )),
        Some(Mode::File) => steps.push(step(
            "初期セットアップのファイルを送る",
            "介護保険システムから出力した組を送ります。",
            send::PATH,
            has_started,
        )),
        None => {}
    }
    if let Some(next) = steps.iter_mut().find(|step| !step.is_done) {
        next.is_next = true;
    }
    steps
}

fn waiting(world: &World, key: &AccountKey, account: &AccountView) -> Vec<Waiting> {
    let pmh = world.pmh();
    let inbound = pmh.inbound_waiting(key).values().sum();
    if account.mode == Some(Mode::Api) {
        return vec![Waiting {
            text: "介護保険システムがまだ受け取っていない情報",
            count: inbound,
            href: "",
            is_bad: false,
        }];
    }
    let (mut sets, mut records, mut results) = (0, 0, 0);
    for set in pmh.file_sets(key) {
        match &set.state {
            FileSetState::Refused { .. } => sets += 1,
            FileSetState::Processing { .. } => {}
            FileSetState::Completed {
                files,
                results: made,
            } => {
                records += files
                    .iter()
                    .filter_map(SentFileView::refused)
                    .sum::<usize>();
                results += usize::from(made.iter().any(|file| !file.is_fetched));
            }
        }
    }
    let row = |text, count, href, is_bad| Waiting {
        text,
        count,
        href,
        is_bad,
    };
    vec![
        row("これまでに受け付けられなかった組", sets, sent::PATH, true),
        row(
            "これまでに受け付けられなかった記録",
            records,
            sent::PATH,
            true,
        ),
        row(
            "結果のファイルを受け取っていない組",
            results,
            sent::PATH,
            false,
        ),
        row("まだ受け取っていない情報", inbound, received::PATH, false),
    ]
}
