//! `tekigo doctor`.

use std::process::ExitCode;

use super::certify_command::{profile, vendor};
use super::failed;
use super::options::DoctorOptions;
use crate::certify::CertifyError;
use crate::doctor::{DoctorSettings, Finding, State, examine};
use crate::verdict::ExitCode as Exit;

/// Runs the command.
pub(super) fn run(options: &DoctorOptions) -> ExitCode {
    println!("設定の点検（製品の判定ではありません）");
    let settings = match settings(options) {
        Ok(settings) => settings,
        Err(error) => return failed(&error, error.exit()),
    };
    println!("{}", vendor_line(&settings));
    let findings = examine(&settings, &mut |finding| println!("{finding}"));
    let wrong = findings.iter().filter(|finding| finding.is_wrong()).count();
    let skipped = |finding: &&Finding| matches!(finding.state, State::Skipped(_));
    let skipped = findings.iter().filter(skipped).count();
    println!();
    if wrong > 0 {
        let exit = Exit::Settings;
        println!(
            "直すところが{wrong}件あります。直してから、もう一度 tekigo doctor を実行してください。（終了コード {}）",
            exit.code()
        );
        return ExitCode::from(exit.code());
    }
    match skipped {
        0 => println!("準備ができています。次は tekigo certify です。（終了コード 0）"),
        _ => println!(
            "直すところはありません（確かめていないもの {skipped}件）。次は tekigo certify です。（終了コード 0）"
        ),
    }
    ExitCode::SUCCESS
}

fn settings(options: &DoctorOptions) -> Result<DoctorSettings, CertifyError> {
    Ok(DoctorSettings {
        vendor: vendor(options.vendor.as_deref(), None, None)?,
        modes: options.mode.modes(),
        profile: profile(options.profile.as_deref())?,
        report: options.report.clone(),
        browser: options.browser,
        program: None,
    })
}

fn vendor_line(settings: &DoctorSettings) -> String {
    let place = settings.vendor.place();
    format!(
        "{}",
        Finding {
            what: "設定ファイル".to_owned(),
            state: State::Good(format!("{place} を読めました")),
        }
    )
}
