//! ならば about the initial set-up and the platform as a whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Value, json};
use tekigo_simulator::kernel::{Event, Fate};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::wording::state_in_words;
use crate::control::Operation;
use crate::verdict::FailureFamily;
use crate::witness::{Registration, Traffic, is_deleted};

impl Live {
    /// 初期セットアップが完了する.
    ///
    /// # Errors
    /// It does not.
    pub async fn setup_is_complete(&mut self) -> Performed {
        let view = self.view_setup().await?;
        let expected = "職員に初期セットアップの完了が示される";
        let shown = format!(
            "状態は「{}」{}",
            state_in_words(&view.state),
            view.reason
                .as_deref()
                .map(|why| format!("（{why}）"))
                .unwrap_or_default()
        );
        self.claim_of_set_up(view.state == "completed", expected, shown)?;
        let reports = self.completion_reports()?;
        let expected = "PMHが完了報告を1件だけ受け付けている";
        self.claim_of_set_up(
            reports.len() == 1,
            expected,
            format!("{}件でした", reports.len()),
        )?;
        let reported = reports.first().copied().flatten();
        let expected = format!(
            "職員に示される完了日と完了報告の完了日が同じ（{}）",
            show(view.completed_on)
        );
        self.claim_of_set_up(
            reported.is_some() && reported == view.completed_on,
            expected,
            format!("完了報告は {}", show(reported)),
        )?;
        self.every_person_is_registered()
    }

    /// 初期セットアップ完了日は…である.
    ///
    /// # Errors
    /// It is another day.
    pub async fn completion_day_is(&mut self, day: Date) -> Performed {
        let view = self.view_setup().await?;
        let reports = self.completion_reports()?;
        let holds = view.completed_on == Some(day) && reports == [Some(day)];
        let expected = format!("完了日は {day}");
        let actual = format!(
            "職員への表示は {}、完了報告は {}",
            show(view.completed_on),
            reports
                .iter()
                .map(|day| show(*day))
                .collect::<Vec<_>>()
                .join("、")
        );
        self.claim(holds, expected, actual)
    }

    /// 介護保険システムの利用開始日は…である.
    ///
    /// # Errors
    /// Staff are shown another day.
    pub async fn starts_on(&mut self, day: Date) -> Performed {
        let start = self.shown_start().await?;
        let expected = format!("職員に示される利用開始日は {day}");
        self.claim(start == Some(day), expected, show(start))
    }

    /// 介護保険システムの利用開始日は…より前にならない.
    ///
    /// # Errors
    /// Staff are shown an earlier day, or none.
    pub async fn does_not_start_before(&mut self, day: Date) -> Performed {
        let start = self.shown_start().await?;
        let expected = format!("職員に示される利用開始日は {day} か、それより後");
        self.claim(
            start.is_some_and(|start| start >= day),
            expected,
            show(start),
        )
    }

    async fn shown_start(&mut self) -> Performed<Option<Date>> {
        let view = self.view_setup().await?;
        if view.shows_start {
            return Ok(view.starts_on);
        }
        Err(StepFailure::of(
            FailureFamily::Unsupported,
            "利用開始日を職員に示す",
            "初期セットアップの状況に利用開始日がありません",
            "view_setup",
        ))
    }

    /// 初期セットアップは「…」ため始まらない.
    ///
    /// # Errors
    /// It starts, or for another reason does not.
    pub async fn setup_does_not_start(&mut self, reason: &str) -> Performed {
        let people = self.live_people()?;
        let expected = "被保険者の記録は1件も届いていない";
        self.claim(
            people.is_empty(),
            expected,
            format!("{}人が登録されています", people.len()),
        )?;
        self.is_refused_for(reason).await?;
        let view = self.view_setup().await?;
        let actual = format!("状態は「{}」", state_in_words(&view.state));
        self.claim(view.state != "completed", "完了と示されない", actual)
    }

    /// 初期セットアップは「…」ため完了しない.
    ///
    /// # Errors
    /// It is declared complete, or staff do not learn why not.
    pub async fn setup_does_not_complete(&mut self, reason: &str) -> Performed {
        let view = self.view_setup().await?;
        let reports = self.completion_reports()?;
        let holds = view.state != "completed" && reports.is_empty();
        let actual = format!(
            "状態は「{}」、受け付けられた完了報告は{}件",
            state_in_words(&view.state),
            reports.len()
        );
        self.claim(
            holds,
            "完了と示されず、完了報告も受け付けられていない",
            actual,
        )?;
        if reason != "受け付けられない記録がある" {
            return self.is_refused_for(reason).await;
        }
        let shown = self.refused_records_shown().await?.len();
        let holds = matches!(
            view.state.as_str(),
            "waiting_for_correction" | "interrupted"
        ) && shown > 0;
        let actual = format!(
            "状態は「{}」、職員に示された記録は{shown}件",
            state_in_words(&view.state)
        );
        self.claim(
            holds,
            "受け付けられない記録が職員に示され、直されるのを待っている",
            actual,
        )
    }

    /// 初期セットアップは続いている.
    ///
    /// # Errors
    /// It rests.
    pub async fn setup_goes_on(&mut self) -> Performed {
        let view = self.view_setup().await?;
        let by_files = self.links_by_files();
        let events = self.events()?;
        let count = |kind: &str| events.iter().filter(|event| event.kind == kind).count();
        let (held, what) = if by_files {
            (is_at_work_on_a_set(events), "PMHが処理中の組")
        } else {
            let held = count("line.struck") > count("link.released");
            (held, "PMHが応答を保留している要求")
        };
        let there = if held {
            "あります"
        } else {
            "ありません"
        };
        let actual = format!("状態は「{}」、{what}は{there}", state_in_words(&view.state));
        self.claim(
            view.state == "running" && held,
            "初期セットアップが続いている",
            actual,
        )
    }

    /// 連携は「…」ため行われない.
    ///
    /// # Errors
    /// Something was accepted, or the reason is another.
    pub async fn nothing_is_linked(&mut self, reason: &str) -> Performed {
        let stored = stored_since(&self.events_since_mark()?);
        let expected = "この間に受け付けられた記録はない";
        self.claim(
            stored == 0,
            expected,
            format!("{stored}件が基盤に届きました"),
        )?;
        self.is_refused_for(reason).await
    }

    /// The completion days of the completion reports that PMH accepted.
    pub(super) fn completion_reports(&mut self) -> Performed<Vec<Option<Date>>> {
        let registrations = self.registrations()?;
        Ok(registrations
            .iter()
            .filter(|registration| registration.is_accepted)
            .filter(|registration| registration.kind == "setupCompletion")
            .map(|registration| {
                let report = registration.records.first()?;
                report.get("completionDate")?.as_str()?.parse().ok()
            })
            .collect())
    }

    /// Everything the vendor has handed over for registration.
    pub(super) fn registrations(&mut self) -> Performed<Vec<Registration>> {
        let profile = Arc::clone(&self.context.profile);
        Ok(Traffic::of(self.events()?).registrations(&profile))
    }

    fn every_person_is_registered(&mut self) -> Performed {
        let there = self.live_people()?;
        let mask = self.simulator()?.shell().mask();
        let mask = |number: &str| mask.my_number_token(number);
        let due: BTreeSet<String> = self
            .auditor()?
            .expected_of_set_up(&mask)
            .into_keys()
            .filter(|key| key.kind == "person")
            .map(|key| key.insured_number)
            .collect();
        let gone: BTreeSet<String> = self
            .look()?
            .rows()
            .iter()
            .filter(|(key, record)| key.kind == "person" && is_deleted(record))
            .map(|(key, _)| key.insured_number.clone())
            .collect();
        let missing: Vec<&String> = due
            .iter()
            .filter(|number| !there.contains(*number) && !gone.contains(*number))
            .collect();
        let extra: Vec<&String> = there.difference(&due).collect();
        let holds = !there.is_empty() && missing.is_empty() && extra.is_empty();
        let actual = format!(
            "登録された人は{}人、届いていない人は{}人、台帳にいない人は{}人",
            there.len(),
            missing.len(),
            extra.len()
        );
        self.claim_of_set_up(
            holds,
            format!("台帳の{}人が一人ずつ登録されている", due.len()),
            actual,
        )
    }

    pub(super) async fn refused_records_shown(&mut self) -> Performed<Vec<Value>> {
        let answer = self.ask_done(Operation::ViewRefused, json!({})).await?;
        let records = answer.data().get("records").and_then(Value::as_array);
        records.cloned().ok_or_else(|| {
            StepFailure::violated(
                "受け付けられなかった記録の一覧が見られる",
                "一覧（records）がありません",
            )
        })
    }

    /// The books, for looking up a person by a word.
    pub(super) fn books(&self) -> Arc<crate::ledger::Ledger> {
        Arc::clone(&self.ledger)
    }
}

fn show(day: Option<Date>) -> String {
    day.map_or_else(|| "なし".to_owned(), |day| day.to_string())
}

/// How many rows the platform stored in these lines, unchanged ones aside.
fn stored_since(events: &[Event]) -> usize {
    events
        .iter()
        .filter(|event| event.kind == "platform.stored")
        .filter_map(|event| serde_json::from_str::<tekigo_simulator::Stored>(event.body.get()).ok())
        .map(|stored| stored.created.0.len() + stored.updated.0.len() + stored.deleted.0.len())
        .sum()
}

/// Whether PMH has taken a set and not got to its records.
fn is_at_work_on_a_set(events: &[Event]) -> bool {
    let calmed = events.iter().rposition(|event| event.kind == "rule.none");
    let since = &events[calmed.map_or(0, |place| place + 1)..];
    let is_delayed = since.iter().any(|event| {
        event.kind == "message"
            && serde_json::from_str::<tekigo_simulator::MessageSent>(event.body.get())
                .is_ok_and(|message| matches!(message.fate, Fate::Delay { .. }))
    });
    is_delayed
        && Traffic::of(since)
            .uploads()
            .any(|upload| upload.is_accepted())
}
