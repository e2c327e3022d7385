//! The machine: folders, ports, clock, browser.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use super::finding::Finding;
use super::{is_writable, scratch};
use crate::operator::Chromium;

/// Certificates of the simulated world are good in these years of the machine's clock.
const YEARS: std::ops::RangeInclusive<i16> = 2026..=2049;

/// Looks at the machine on which a run would be made.
pub(super) fn look(report: &Path, browser: bool) -> Vec<Finding> {
    let mut findings = vec![report_folder(report), work_folder(), ports(), clock()];
    if browser {
        findings.push(chromium());
    }
    findings
}

fn report_folder(report: &Path) -> Finding {
    const WHAT: &str = "報告書の置き場所";
    let shown = report.display();
    match is_writable(report) {
        Ok(()) => Finding::good(WHAT, format!("「{shown}」に書けます")),
        Err(error) => Finding::wrong(
            WHAT,
            format!(
                "「{shown}」に書けません: {error}。検証を行う担当者は、書き込めるフォルダーを --report に指定してください"
            ),
        ),
    }
}

fn work_folder() -> Finding {
    const WHAT: &str = "作業用のフォルダー";
    match scratch().and_then(|folder| is_writable(folder.path())) {
        Ok(()) => Finding::good(WHAT, "製品に渡すフォルダーを作れます"),
        Err(error) => Finding::wrong(
            WHAT,
            format!(
                "「{}」にフォルダーを作れません: {error}。検証を行う担当者は、空き容量と権限を確かめるか、環境変数 TMPDIR で別の場所を指定してください",
                std::env::temp_dir().display()
            ),
        ),
    }
}

fn ports() -> Finding {
    const WHAT: &str = "待ち受けポート";
    match TcpListener::bind((Ipv4Addr::LOCALHOST, 0)) {
        Ok(_) => Finding::good(WHAT, "127.0.0.1 で待ち受けられます"),
        Err(error) => Finding::wrong(
            WHAT,
            format!(
                "127.0.0.1 で待ち受けられません: {error}。検証を行う担当者は、この機械のセキュリティー設定を確かめてください"
            ),
        ),
    }
}

fn clock() -> Finding {
    const WHAT: &str = "機械の時計";
    let now = jiff::Zoned::now();
    let shown = now.strftime("%Y-%m-%d %H:%M");
    if YEARS.contains(&now.year()) {
        return Finding::good(WHAT, shown.to_string());
    }
    Finding::wrong(
        WHAT,
        format!(
            "{shown} を指しています。検証用の証明書は{}年から{}年までの時計でしか使えません。検証を行う担当者は、時計を合わせてください",
            YEARS.start(),
            YEARS.end()
        ),
    )
}

fn chromium() -> Finding {
    const WHAT: &str = "ブラウザー";
    match Chromium::start() {
        Ok(_) => Finding::good(WHAT, "Chromium を起動できます"),
        Err(error) => Finding::wrong(WHAT, error.to_string()),
    }
}
