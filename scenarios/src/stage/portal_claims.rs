//! ならば about the portal: how far a schedule has got, what is published, what is refused and mailed.

use std::sync::Arc;

use jiff::civil::Date;
use tekigo_simulator::{Mail, PortalAnswer, PublicStatus, StageChange};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::register::{self, Party};
use crate::cast::{Letter, Milestone, PortalRefusal, RecheckGround};
use crate::monitors::watch;

/// The rule that asks for a start near completion: a recommendation to insurers.
const NEAR_COMPLETION: &str = "SCHED-06";
/// How the portal says that something is allowed and should not be done.
const NOT_RECOMMENDED: &str = "推奨されません";

/// Every way from one stage to the next: an oracle of its own (briefing: 初期セットアップスケジュール確定までの流れ).
const WAYS: [(&str, &str); 13] = [
    ("unanswered", "answered"),
    ("unanswered", "recheck"),
    ("answered", "recheck"),
    ("recheck", "answered"),
    ("recheck", "recheck"),
    ("answered", "notified"),
    ("notified", "notified"),
    ("notified", "change_asked"),
    ("notified", "confirmed"),
    ("change_asked", "notified"),
    ("change_asked", "change_asked"),
    ("confirmed", "notified"),
    ("confirmed", "published"),
];

impl Live {
    /// 「…」の日程は「…」まで進んでいる.
    ///
    /// # Errors
    /// It stands elsewhere, has skipped a stage, or is shown to everybody too early or not at all.
    pub fn schedule_stands_at(&mut self, insurer: &str, stage: &str) -> Performed {
        let milestone: Milestone = stage.parse().map_err(StepFailure::harness)?;
        let party = register::party(insurer)?;
        let way = self.way_of(&party)?;
        let at = way.last().map_or("unanswered", |step| step.to.as_str());
        let expected = format!("「{insurer}」の日程が「{milestone}」の段階にある");
        let actual = format!("「{}」の段階でした", stage_in_words(at));
        self.claim(at == milestone.stage(), expected, actual)?;
        let skipped = skipped(&way);
        let actual = match &skipped {
            None => format!("{}段階を順に進みました", way.len()),
            Some((from, to)) => format!(
                "「{}」から「{}」へ進みました",
                stage_in_words(from),
                stage_in_words(to)
            ),
        };
        let expected = "アンケートの回答から、段階を飛ばさずに進む";
        self.claim(skipped.is_none(), expected, actual)?;
        let shown = self.shown_status(&party)?;
        let is_shown = shown.is_some_and(|status| status.dates.is_some());
        let (expected, wanted) = if milestone == Milestone::Published {
            ("公開した日程が、ポータルで誰にでも示される", true)
        } else {
            ("公開していない日程は、ポータルで示されない", false)
        };
        let actual = if is_shown {
            "示されています"
        } else {
            "示されていません"
        };
        self.claim(is_shown == wanted, expected, actual)
    }

    /// 「…」は「…」ため再確認になる.
    ///
    /// # Errors
    /// It is not checked again, or on another ground.
    pub fn answer_is_rechecked(&mut self, insurer: &str, ground: &str) -> Performed {
        let ground: RecheckGround = ground.parse().map_err(StepFailure::harness)?;
        let party = register::party(insurer)?;
        let way = self.way_of(&party)?;
        let last = way.last().filter(|step| step.to == "recheck");
        let grounds: Vec<&str> = last
            .iter()
            .flat_map(|step| &step.grounds)
            .map(|ground| ground.kind.as_str())
            .collect();
        let told = last.iter().flat_map(|step| &step.grounds);
        let told: Vec<&str> = told.map(|ground| ground.text.as_str()).collect();
        let actual = match last {
            None => "再確認になりませんでした".to_owned(),
            Some(_) => format!("再確認の理由は「{}」でした", told.join("、")),
        };
        let expected = format!("「{insurer}」の回答が、「{ground}」ことだけを理由に再確認になる");
        self.claim(grounds == [ground.kind()], expected, actual)
    }

    /// ポータルで「…」の利用開始日は…と公開されている.
    ///
    /// # Errors
    /// It is not shown, or another day is.
    pub fn start_is_published(&mut self, insurer: &str, day: Date) -> Performed {
        let party = register::party(insurer)?;
        let shown = self.shown_status(&party)?;
        let start = shown
            .and_then(|status| status.dates)
            .map(|dates| dates.start);
        let actual = start.map_or_else(
            || "公開されていません".to_owned(),
            |start| format!("{start} と公開されています"),
        );
        let expected = format!("ポータルに「{insurer}」の利用開始日 {day} が公開されている");
        self.claim(start == Some(day), expected, actual)
    }

    /// …と公開され、推奨されないと伝えられている: the schedule departs from the recommendation (SCHED-06), and the
    /// insurer was told so when it asked for the day. That it does is then no longer the run's to find.
    ///
    /// # Errors
    /// The portal did not say so, or the start is as near as it should be.
    pub fn start_is_not_recommended(&mut self, insurer: &str) -> Performed {
        let events = self.events()?;
        let told = events
            .iter()
            .filter(|event| event.kind == "portal.answer")
            .filter_map(|event| serde_json::from_str::<PortalAnswer>(event.body.get()).ok())
            .flat_map(|answer| answer.advice)
            .find(|advice| advice.contains(NOT_RECOMMENDED));
        let expected = format!("申し出た「{insurer}」に、その利用開始日は推奨されないと伝えられる");
        let actual = told
            .clone()
            .unwrap_or_else(|| "伝えられませんでした".to_owned());
        self.claim(told.is_some(), expected, actual)?;
        let profile = Arc::clone(&self.context.profile);
        let mode = self.context.mode;
        let seen = watch(&profile, mode, self.events()?);
        let of_rule = seen
            .into_iter()
            .find(|seen| seen.requirement == NEAR_COMPLETION);
        let expected = format!("この日程は、{NEAR_COMPLETION}（推奨）に照らして合格ではない");
        let actual = of_rule.as_ref().map_or_else(
            || "完了した日程が公開されていません".to_owned(),
            |seen| seen.actual.clone(),
        );
        let departs = of_rule.is_some_and(|seen| !seen.holds);
        self.claim(departs, expected, actual)?;
        self.departures.insert(NEAR_COMPLETION);
        Ok(())
    }

    /// ポータルは「…」ため受け付けない.
    ///
    /// # Errors
    /// It took it, or refused it for another reason, or said nothing that helps, or something moved.
    pub fn portal_refuses(&mut self, reason: &str) -> Performed {
        let reason: PortalRefusal = reason.parse().map_err(StepFailure::harness)?;
        let answer = self.last_portal_answer()?;
        let expected = format!("ポータルが「{reason}」ことを理由に断り、どうすればよいかを示す");
        let actual = answer.refusal.as_ref().map_or_else(
            || "受け付けました".to_owned(),
            |refusal| format!("「{refusal}」と断りました"),
        );
        let holds = answer.refusal.as_ref().is_some_and(|refusal| {
            let says_what = [&refusal.who, &refusal.expected, &refusal.came];
            refusal.code == reason.code() && says_what.iter().all(|text| !text.is_empty())
        });
        self.claim(holds, expected, actual)?;
        let moved = answer.changes.len();
        let actual = format!("{moved}件の日程が動きました");
        self.claim(moved == 0, "断られた求めは何も変えない", actual)
    }

    /// 「…」に「…」のメールが届く.
    ///
    /// # Errors
    /// None came since the last もし, or more than one.
    pub fn letter_arrives(&mut self, to: &str, letter: &str) -> Performed {
        let letter: Letter = letter.parse().map_err(StepFailure::harness)?;
        let address = register::party(to)?.address();
        let events = self.events_since_mark()?;
        let mails: Vec<Mail> = events
            .iter()
            .filter(|event| event.kind == "mail")
            .filter_map(|event| serde_json::from_str(event.body.get()).ok())
            .filter(|mail: &Mail| mail.subject.contains(letter.subject()))
            .collect();
        let theirs = mails.iter().filter(|mail| mail.to == address).count();
        let expected = format!("「{letter}」のメールが {address} に1通届く");
        let actual = format!("{theirs}通届きました");
        self.claim(theirs == 1, expected, actual)?;
        if letter != Letter::Account {
            return Ok(());
        }
        let elsewhere = mails.len() - theirs;
        let names_both = mails.iter().all(|mail| {
            let has = |line: &str| mail.text.lines().any(|it| it.starts_with(line));
            has("ログインID: ") && has("初期パスワード: ")
        });
        let actual = format!("ほかの宛先に{elsewhere}通届きました");
        let expected = "ログインIDと初期パスワードは、ほかの誰にも届かない";
        self.claim(elsewhere == 0 && names_both, expected, actual)
    }

    pub(super) fn last_portal_answer(&mut self) -> Performed<PortalAnswer> {
        let events = self.events()?;
        let mut answers = events.iter().rev();
        answers
            .find(|event| event.kind == "portal.answer")
            .and_then(|event| serde_json::from_str(event.body.get()).ok())
            .ok_or_else(|| StepFailure::harness("ポータルに何もしていません"))
    }

    /// The stages that a schedule went through, one after the other.
    fn way_of(&mut self, party: &Party) -> Performed<Vec<StageChange>> {
        let events = self.events()?;
        Ok(events
            .iter()
            .filter(|event| event.kind == "portal.answer")
            .filter_map(|event| serde_json::from_str::<PortalAnswer>(event.body.get()).ok())
            .flat_map(|answer| answer.changes)
            .filter(|change| change.insurer == party.number)
            .collect())
    }

    /// What the portal showed everybody of an insurer last.
    fn shown_status(&mut self, party: &Party) -> Performed<Option<PublicStatus>> {
        let events = self.events()?;
        Ok(events
            .iter()
            .filter(|event| event.kind == "portal.status")
            .filter_map(|event| serde_json::from_str::<PublicStatus>(event.body.get()).ok())
            .rfind(|status| status.insurer == party.number))
    }
}

/// The first step that does not follow from the one before, or that no way leads along.
fn skipped(way: &[StageChange]) -> Option<(String, String)> {
    let mut at = "unanswered";
    for step in way {
        let is_way = WAYS.contains(&(step.from.as_str(), step.to.as_str()));
        if step.from != at || !is_way {
            return Some((at.to_owned(), step.to.clone()));
        }
        at = &step.to;
    }
    None
}

fn stage_in_words(stage: &str) -> &str {
    let mut known = Milestone::ALL.iter();
    match known.find(|milestone| milestone.stage() == stage) {
        Some(milestone) => milestone.word(),
        None if stage == "recheck" => "再確認",
        None => "アンケートの回答待ち",
    }
}

#[cfg(test)]
mod tests {
    use tekigo_simulator::StageChange;

    use super::skipped;

    fn step(from: &str, to: &str) -> StageChange {
        StageChange {
            insurer: "139998".to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            grounds: Vec::new(),
            dates: None,
        }
    }

    #[test]
    fn a_way_without_acceptance_or_with_a_gap_is_found() {
        let whole = [
            step("unanswered", "answered"),
            step("answered", "notified"),
            step("notified", "confirmed"),
            step("confirmed", "published"),
        ];
        assert_eq!(skipped(&whole), None);
        let pair = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        let unaccepted = [&whole[..2], &[step("notified", "published")]].concat();
        assert_eq!(skipped(&unaccepted), pair("notified", "published"));
        let torn = [&whole[..1], &whole[2..]].concat();
        assert_eq!(skipped(&torn), pair("answered", "confirmed"));
    }
}
