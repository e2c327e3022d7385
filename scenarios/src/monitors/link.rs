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
    for upload in &facts.uploads {
        watch.held(upload.n, expected);
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
            watch.violated(
                *n,
                expected,
                "443番ポートへTLSでない通信をしました".to_owned(),
            );
        }
    }
}

/// CONN-04: verification and production are never mixed: each request goes to the configured
/// environment, with the certificate and the key that were configured last.
pub(super) fn one_environment(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "設定された環境のホストへ、設定された証明書と認証キーだけで接続する";
    for exchange in &facts.traffic.exchanges {
        let configured = |member: &[&str]| {
            facts
                .asked
                .iter()
                .take_while(|asked| asked.n < exchange.n)
                .filter(|asked| asked.operation == "configure")
                .filter_map(|asked| {
                    member
                        .iter()
                        .try_fold(&asked.input, |value, name| value.get(name))
                })
                .filter_map(|value| value.as_str())
                .last()
        };
        let request = &exchange.request;
        let Some(environment) = configured(&["environment"]) else {
            continue;
        };
        let used = [
            (
                "環境",
                Some(request.environment.as_str()),
                Some(environment),
            ),
            (
                "証明書",
                request.certificate.as_deref(),
                configured(&["certificate", "name"]),
            ),
            ("認証キー", request.key.as_deref(), configured(&["key"])),
        ];
        match used.iter().find(|(_, used, configured)| used != configured) {
            None => watch.held(exchange.n, expected),
            Some((what, used, configured)) => {
                let show = |value: &Option<&str>| value.unwrap_or("なし").to_owned();
                let actual = format!(
                    "{what}は「{}」に設定されているのに「{}」を使いました",
                    show(configured),
                    show(used)
                );
                watch.violated(exchange.n, expected, actual);
            }
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
                format!(
                    "{} {} に、形の違う認証を付けました",
                    request.method, request.path
                ),
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
    for asked in facts
        .asked
        .iter()
        .filter(|asked| asked.operation == "view_setup")
    {
        let Some(data) = asked.answer.as_ref().and_then(|answer| answer.get("data")) else {
            continue;
        };
        let day = |member: &str| text(data, member).parse::<Date>().ok();
        if let (Some(completed), Some(start)) = (day("completed_on"), day("service_start_on")) {
            if start < completed {
                let actual = format!("利用開始日 {start} に対し、完了日は {completed} でした");
                watch.violated(asked.n, expected, actual);
            } else {
                watch.held(asked.n, expected);
            }
        }
    }
}

/// SCHED-08: no linking before the law is in force.
pub(super) fn not_before_the_law(facts: &Facts<'_>, watch: &mut Watch) {
    let law = facts.profile.calendar().law_in_force.value;
    let expected = format!("施行日（{law}）より前に連携しない");
    for sent in &facts.registrations {
        if sent.at.date() < law {
            let actual = format!("{} に連携を始めました", sent.at.date());
            watch.violated(sent.n, &expected, actual);
        } else {
            watch.held(sent.n, &expected);
        }
    }
}
