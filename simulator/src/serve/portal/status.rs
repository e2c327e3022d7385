//! 「市町村（保険者）の対応状況」: what everybody can read (briefing: Q&A #8 No.2).

use askama::Template;
use axum::Extension;
use axum::extract::State;

use super::chart::Chart;
use super::service::{ByMember, ByVisitor, InPages};
use crate::domain::calendar::wareki;
use crate::portal::PublicStatus;
use crate::serve::desk::Answer;
use crate::serve::web::Frame;

pub(super) const PATH: &str = "/status";
const TITLE: &str = "市町村（保険者）の対応状況";
/// Its name in the navigation.
pub(super) const SHORT_TITLE: &str = "対応状況";

#[derive(Template)]
#[template(path = "portal/status.html")]
struct StatusPage {
    frame: Frame,
    rows: Vec<Row>,
    chart: Option<Chart>,
}

/// A municipality as the list shows it.
struct Row {
    number: String,
    name: String,
    through: String,
    setup: String,
    completion: String,
    start: String,
    state: &'static str,
}

impl Row {
    fn of(status: &PublicStatus) -> Self {
        let day = |of: fn(&crate::portal::ScheduleDates) -> jiff::civil::Date| {
            let dates = status.dates.as_ref();
            dates.map_or_else(|| "未公開".to_owned(), |dates| wareki::day(of(dates)))
        };
        Self {
            number: status.insurer.clone(),
            name: status.name.clone(),
            through: status.through.clone().unwrap_or_default(),
            setup: day(|dates| dates.setup),
            completion: day(|dates| dates.completion),
            start: day(|dates| dates.start),
            state: match (&status.dates, status.is_complete) {
                (None, _) => "調整中",
                (Some(_), false) => "日程公開",
                (Some(_), true) => "初期セットアップ完了",
            },
        }
    }
}

/// Shows the list and the chart.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    let list = pages.shell.look(crate::world::World::public_status);
    let template = StatusPage {
        frame: pages.frame(&visit, TITLE, PATH),
        rows: list.iter().map(Row::of).collect(),
        chart: Chart::of(&list),
    };
    Ok(pages.page(&visit, &template, false))
}
