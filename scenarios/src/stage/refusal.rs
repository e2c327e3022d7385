//! 断り: whether something was refused, for the right reason, and whether staff can see it.

use serde_json::{Value, json};
use tekigo_simulator::kernel::{Event, Moment};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::trouble::INJECTED_CODE;
use crate::control::{AnswerResult, Operation};
use crate::operator::Stop;
use crate::witness::{Exchange, Traffic};

/// What of PMH's side counts as the reason of a word.
struct Reason {
    /// Codes of the profile.
    codes: &'static [&'static str],
    /// Whether a handshake that PMH refused counts.
    by_handshake: bool,
    /// Whether a handshake that the vendor broke off counts.
    by_vendor: bool,
    /// Whether it counts that nothing got through at all.
    by_silence: bool,
    /// The page of PMH that lets nobody past it for this reason (方式②).
    by_page: Option<&'static str>,
}

const NOTHING: Reason = Reason {
    codes: &[],
    by_handshake: false,
    by_vendor: false,
    by_silence: false,
    by_page: None,
};

const fn codes(codes: &'static [&'static str]) -> Reason {
    Reason { codes, ..NOTHING }
}

impl Reason {
    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "連携方式が決まっていない" => codes(&["B203"]),
            "環境設定が終わっていない" => Self {
                by_silence: true,
                ..codes(&["B203"])
            },
            "初回ログインが済んでいない" => Self {
                by_page: Some("パスワードの変更"),
                ..codes(&["S401"])
            },
            "認証キーがない" | "認証キーが認められない" => codes(&["S401"]),
            "通知先が登録されていない" => Self {
                by_page: Some("通知先の登録"),
                ..codes(&["B205"])
            },
            "施行日より前である" => codes(&["B201"]),
            "確定日より前である" => codes(&["B202"]),
            "受け付けられない記録がある" => codes(&["B214"]),
            // PMH says so too, but the product has to know by itself.
            "保険者機能がない" => NOTHING,
            "PMHに接続できない" => Self {
                by_silence: true,
                ..NOTHING
            },
            "PMHの証明書が正しくない" => Self {
                by_vendor: true,
                ..NOTHING
            },
            "証明書が認められない" => Self {
                by_handshake: true,
                ..NOTHING
            },
            "証明書の名義が違う" | "認証キーの名義が違う" => codes(&["S403"]),
            "証明書の環境が違う" => Self {
                by_handshake: true,
                ..codes(&["S403"])
            },
            "認証キーの環境が違う" => codes(&["S403", "S401"]),
            "認証キーの期限が切れている" => codes(&["S402"]),
            "PMHが一時止まっている" => codes(&["S503"]),
            "業務エラーが返った" => codes(&[INJECTED_CODE]),
            _ => return None,
        })
    }
}

impl Live {
    /// Claims that what was last asked of the link was refused for a reason, and that staff see
    /// the refusal: by the vendor itself before anything reached PMH, or by PMH.
    ///
    /// # Errors
    /// It was not, for another reason, or nobody can see it.
    pub(super) async fn is_refused_for(&mut self, word: &str) -> Performed {
        let reason = Reason::of_word(word)
            .ok_or_else(|| StepFailure::harness(format!("理由「{word}」はありません")))?;
        let events = self.events_since_mark()?;
        let traffic = Traffic::of(&events);
        let own = self.last_link.as_ref().and_then(|answer| {
            let refused = answer.result() == AnswerResult::Refused;
            refused.then(|| answer.reason().unwrap_or_default().to_owned())
        });
        let reached = traffic.uploads().next().is_some()
            || traffic
                .exchanges
                .iter()
                .any(|exchange| exchange.request.method == "POST");
        let expected = format!("「{word}」ため行われず、その理由が職員に示される");
        if let Some(own) = own.filter(|own| !own.trim().is_empty())
            && !reached
            && traffic.refused.is_empty()
        {
            return self.claim(true, expected, format!("製品が自ら断りました: {own}"));
        }
        let (is_seen, seen) = found_by_pmh(&reason, &traffic, &events);
        if !is_seen {
            return self.claim(false, expected, seen);
        }
        let shown = self.trouble_shown().await?;
        let actual = match &shown {
            Some(shown) => format!("{seen}。職員への表示: {shown}"),
            None => format!("{seen}が、職員に何も示されません"),
        };
        self.claim(shown.is_some(), expected, actual)
    }

    /// What staff see of link trouble since the last もし: in 方式② PMH's pages show it to them.
    pub(super) async fn trouble_shown(&mut self) -> Performed<Option<String>> {
        let stops = stops(&self.events_since_mark()?);
        if let Some(stop) = stops.into_iter().next_back() {
            return Ok(Some(stop.to_string()));
        }
        let since = self.mark.at;
        let answer = self.ask(Operation::ViewLink, json!({})).await?;
        let errors = answer.data().get("errors").and_then(Value::as_array);
        let recent = errors.into_iter().flatten().rev().find_map(|error| {
            let at = error.get("at")?.as_str()?.parse::<Moment>().ok()?;
            let message = error.get("message")?.as_str()?;
            (since.is_none_or(|since| at >= since) && !message.trim().is_empty())
                .then(|| message.to_owned())
        });
        if recent.is_some() {
            return Ok(recent);
        }
        let view = self.view_setup().await?;
        Ok(view.reason.filter(|_| view.state != "completed"))
    }
}

/// The codes with which PMH refuses a set for the reason of a word (方式②).
pub(super) fn set_codes(word: &str) -> Option<&'static [&'static str]> {
    Some(match word {
        "受付済みである" => &["F107"],
        "古い組である" => &["F108"],
        "組がそろっていない" => &["F106", "F302"],
        "途中で切れている" => &["F208"],
        "列が足りない" => &["F206"],
        "文字が壊れている" => &["F201"],
        "文字コードが違う" => &["F201", "F202"],
        "件数が合わない" => &["F302"],
        "別の保険者のものである" => &["F104"],
        _ => return None,
    })
}

/// The pages at which the staff could not go on, with their reasons.
fn stops(events: &[Event]) -> Vec<Stop> {
    events
        .iter()
        .filter(|event| event.kind == "terminal.stopped")
        .filter_map(|event| serde_json::from_str(event.body.get()).ok())
        .filter(|stop: &Stop| !stop.reasons.is_empty())
        .collect()
}

/// Whether PMH's side shows the reason, and what it shows.
fn found_by_pmh(reason: &Reason, traffic: &Traffic, events: &[Event]) -> (bool, String) {
    let answered: Vec<String> = traffic
        .exchanges
        .iter()
        .flat_map(|exchange| exchange.error_codes())
        .map(str::to_owned)
        .chain(refused_records(traffic))
        .chain(refused_sets(traffic))
        .collect();
    if let Some(page) = reason.by_page
        && let Some(stop) = stops(events).into_iter().find(|stop| stop.page == page)
    {
        return (true, format!("PMHの{stop}より先へ進めませんでした"));
    }
    if let Some(code) = answered
        .iter()
        .find(|code| reason.codes.contains(&code.as_str()))
    {
        return (true, format!("PMHが {code} で断りました"));
    }
    if let Some(seen) = found_on_the_line(reason, traffic, events) {
        return (true, seen);
    }
    if answered.is_empty() {
        (
            false,
            format!(
                "PMHへの要求 {}件、断られた理由はありません",
                traffic.exchanges.len()
            ),
        )
    } else {
        (
            false,
            format!("別の理由で断られました（{}）", answered.join("、")),
        )
    }
}

/// Whether connections show the reason: refused, broken off, or none at all.
fn found_on_the_line(reason: &Reason, traffic: &Traffic, events: &[Event]) -> Option<String> {
    let handshake = |by_vendor: bool| {
        traffic
            .refused
            .iter()
            .map(|(_, refused)| refused.reason.as_str())
            .find(|reason| reason.starts_with("相手が") == by_vendor)
    };
    if reason.by_handshake
        && let Some(why) = handshake(false)
    {
        return Some(format!("PMHが接続を断りました（{why}）"));
    }
    if reason.by_vendor && traffic.exchanges.is_empty() {
        let why = handshake(true).unwrap_or("要求は1件も届いていません");
        return Some(format!("製品が接続をやめました（{why}）"));
    }
    let was_let_in = traffic.exchanges.iter().any(Exchange::is_accepted)
        || traffic.uploads().any(|upload| upload.is_accepted());
    if !reason.by_silence || was_let_in {
        return None;
    }
    let is_cut = events
        .iter()
        .any(|event| event.kind == "line" || event.kind == "line.switch");
    let line = if is_cut {
        "回線は切れていました"
    } else {
        "要求は受け付けられていません"
    };
    Some(line.to_owned())
}

fn refused_sets(traffic: &Traffic) -> impl Iterator<Item = String> + '_ {
    let problems = traffic.uploads().flat_map(|upload| upload.answer.problems);
    problems.map(|problem| problem.code)
}

fn refused_records(traffic: &Traffic) -> impl Iterator<Item = String> + '_ {
    traffic
        .exchanges
        .iter()
        .filter_map(|exchange| exchange.reply.as_ref()?.body.get("results")?.as_array())
        .flatten()
        .filter_map(|result| result.get("resultCode")?.as_str())
        .map(str::to_owned)
}
