//! Where a vendor connects to, with what, and when.

use jiff::civil::Date;

use super::facts::{Facts, text};
use super::observation::Watch;

/// CONN-02: data reach the platform through PMH only.
pub(super) fn through_pmh_only(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "基盤やほかのシステムを直接呼ばず、PMHだけと通信する";
    for exchange in &facts.traffic.exchanges {
        watch.held(exchange.n, expected);
    }
    for (n, call) in &facts.traffic.decoys {
        if call.role != "plain_http" {
            let actual = format!("「{}」を直接呼びました（{}）", call.role, call.detail);
            watch.violated(*n, expected, actual);
        }
    }
}

/// CONN-03: only HTTPS to the permitted host and port.
pub(super) fn https_to_permitted_hosts(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "許可されたホストの443番ポートへのHTTPSだけを使う";
    for exchange in &facts.traffic.exchanges {
        watch.held(exchange.n, expected);
    }
    for (n, call) in &facts.traffic.decoys {
        let actual = match call.role.as_str() {
            "plain_http" => format!("暗号化しないHTTPで接続しました（{}）", call.detail),
            role => format!("許可されていない相手「{role}」に接続しました"),
        };
        watch.violated(*n, expected, actual);
    }
    for (n, refused) in &facts.traffic.refused {
        if refused.reason == "TLSではない通信でした" {
            watch.violated(*n, expected, "443番ポートへTLSでない通信をしました".to_owned());
        }
    }
}

/// CONN-04: verification and production are never mixed.
pub(super) fn one_environment(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "設定された環境（検証・本番）のホストと証明書だけを使う";
    for exchange in &facts.traffic.exchanges {
        let configured = facts
            .asked
            .iter()
            .take_while(|asked| asked.n < exchange.n)
            .filter(|asked| asked.operation == "configure")
            .filter_map(|asked| asked.input.get("environment")?.as_str())
            .last();
        let Some(configured) = configured else {
            continue;
        };
        let request = &exchange.request;
        let certificate = request.certificate.as_deref().unwrap_or_default();
        if request.environment != configured {
            let actual = format!(
                "「{configured}」に設定されているのに「{}」へ送りました",
                request.environment
            );
            watch.violated(exchange.n, expected, actual);
        } else if certificate.contains(configured) {
            watch.held(exchange.n, expected);
        } else {
            let actual = format!("「{configured}」の証明書ではない「{certificate}」を使いました");
            watch.violated(exchange.n, expected, actual);
        }
    }
}

/// CONN-06: the issued key on every call.
pub(super) fn key_on_every_call(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "発行された認証キーをすべての要求に付ける";
    for exchange in &facts.traffic.exchanges {
        let request = &exchange.request;
        match request.key.as_deref() {
            Some(key) if key.starts_with("〔認証キー:") => watch.held(exchange.n, expected),
            Some(_) => watch.violated(
                exchange.n,
                expected,
                format!("{} {} に、形の違う認証を付けました", request.method, request.path),
            ),
            None => watch.violated(
                exchange.n,
                expected,
                format!("{} {} に認証キーがありません", request.method, request.path),
            ),
        }
    }
}

/// SCHED-07: service does not start before set-up is complete.
pub(super) fn start_not_before_completion(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "利用開始日は初期セットアップ完了日より前にしない";
    let mut start: Option<Date> = None;
    for exchange in facts.traffic.registrations() {
        let set = facts
            .asked
            .iter()
            .take_while(|asked| asked.n < exchange.n)
            .filter(|asked| asked.operation == "configure")
            .filter_map(|asked| asked.input.get("setup")?.get("service_start_date")?.as_str())
            .last()
            .and_then(|date| date.parse().ok());
        start = set.or(start);
        if !exchange.request.path.ends_with("setupCompletionRegistrationTasks")
            || !exchange.is_accepted()
        {
            continue;
        }
        let completed = facts
            .sent
            .iter()
            .find(|sent| sent.n == exchange.n)
            .and_then(|sent| text(&sent.record, "completionDate").parse::<Date>().ok());
        if let (Some(start), Some(completed)) = (start, completed) {
            if start < completed {
                let actual = format!("利用開始日 {start} に対し、完了日は {completed} でした");
                watch.violated(exchange.n, expected, actual);
            } else {
                watch.held(exchange.n, expected);
            }
        }
    }
}

/// SCHED-08: no linking before the law is in force.
pub(super) fn not_before_the_law(facts: &Facts<'_>, watch: &mut Watch) {
    let law = facts.profile.calendar().law_in_force.value;
    let expected = format!("施行日（{law}）より前に連携しない");
    for exchange in facts.traffic.registrations() {
        if exchange.at.date() < law {
            let actual = format!("{} に連携を始めました", exchange.at.date());
            watch.violated(exchange.n, &expected, actual);
        } else {
            watch.held(exchange.n, &expected);
        }
    }
}
