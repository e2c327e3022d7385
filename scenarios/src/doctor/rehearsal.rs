//! A rehearsal: one small town is prepared and set up, to see that build and simulated world reach each other.

use std::sync::Arc;

use tekigo_simulator::kernel::Moment;

use super::finding::Finding;
use super::{DoctorSettings, scratch};
use crate::certify::{CertifyError, CertifySettings, Progress, Tried, try_out};
use crate::feature::load_own;
use crate::requirement::{Catalogue, Mode};
use crate::verdict::{FailureFamily, ScenarioRecord};

const TEXT: &str = "# language: ja
機能: 設定の点検
  @SETUP-01 @必須 @正常系
  シナリオ: 小さな町が初期セットアップを終える
    前提 「つきみ市」が連携の準備を終えている
    もし 職員が初期セットアップを始める
    ならば 初期セットアップが完了する
";
const PATH: &str = "doctor.feature";

/// What is rehearsed, in Japanese.
pub(super) fn what(mode: Mode) -> String {
    format!("{mode}の練習")
}

/// Rehearses a mode.
pub(super) fn rehearse(settings: &DoctorSettings, mode: Mode) -> Finding {
    match run(settings, mode) {
        Ok(tried) => match tried.records.first() {
            Some(record) => told(mode, record),
            None => Finding::skipped(what(mode), "この方式では何も実行されませんでした"),
        },
        Err(error) => Finding::wrong(what(mode), error.to_string()),
    }
}

fn run(settings: &DoctorSettings, mode: Mode) -> Result<Tried, CertifyError> {
    let harness = |error: &dyn std::fmt::Display| CertifyError::Harness(error.to_string());
    let catalogue = Catalogue::bundled();
    let catalogue = catalogue.map_err(|errors| CertifyError::Suite(format!("{errors:?}")))?;
    let feature = load_own(PATH, TEXT, &catalogue)
        .map_err(|errors| CertifyError::Suite(format!("{errors:?}")))?;
    let folder = scratch().map_err(|error| harness(&error))?;
    let silent: Progress = Arc::new(|_| {});
    try_out(
        &CertifySettings {
            // Nothing is judged, so that nothing has to be explained.
            vendor: settings.vendor.clone().without_known_gaps(),
            modes: vec![mode],
            profile: Arc::clone(&settings.profile),
            feature: Some(Arc::new(feature)),
            tags: None,
            only: None,
            sample: false,
            goes_on: false,
            story: None,
            shard: None,
            seed: 20_260_401,
            start: Moment::default_start(),
            jobs: 1,
            strict: false,
            browser: settings.browser,
            report: folder.path().to_owned(),
            executed_at: String::new(),
            command: String::new(),
            program: settings.program.clone(),
        },
        &silent,
    )
}

fn told(mode: Mode, record: &ScenarioRecord) -> Finding {
    let heard = record.vendor_messages;
    let failure = record
        .failed_step()
        .and_then(|(_, step)| step.failure.as_ref());
    let Some(failure) = failure else {
        return Finding::good(
            what(mode),
            format!("製品から{heard}件が届き、小さな町の初期セットアップが終わりました"),
        );
    };
    let is_ours = match failure.family {
        FailureFamily::Violated | FailureFamily::Precondition => false,
        FailureFamily::Unsupported
        | FailureFamily::Misconfigured
        | FailureFamily::Harness
        | FailureFamily::VendorSilent => true,
    };
    if is_ours {
        return Finding::wrong(what(mode), failure.message.clone());
    }
    if heard == 0 {
        let told = format!(
            "製品からPMHに何も届きませんでした（{}）。ベンダーの担当者は、設定（configure）で渡した接続先のアドレスとポート、クライアント証明書、認証キーを製品が使っているかを確かめてください",
            failure.message
        );
        return Finding::wrong(what(mode), told);
    }
    Finding::good(
        what(mode),
        format!(
            "製品から{heard}件が届きました。初期セットアップは終わりませんでした（{}）。規則の判定は tekigo certify がします",
            failure.message
        ),
    )
}
