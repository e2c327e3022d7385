//! 使い方の誤り: what clap found wrong with the command line, in the words of its reader.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "clap's kinds are its own and grow with it; what is not named is shown as clap shows it"
)]

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::verdict::ExitCode as Exit;

/// Says what is wrong with the command line, or shows the help or version that was asked for.
pub(super) fn answer(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe ends the reading of the help, and nothing else.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        _ => super::failed(&text(error), Exit::Usage),
    }
}

fn text(error: &clap::Error) -> String {
    let part = |kind| error.get(kind).map(shown).filter(|text| !text.is_empty());
    let argument = part(ContextKind::InvalidArg).unwrap_or_else(|| "引数".to_owned());
    let value = part(ContextKind::InvalidValue).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} に値がありません"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} に「{value}」は使えません")
        }
        ErrorKind::UnknownArgument => format!("「{argument}」という引数はありません"),
        ErrorKind::InvalidSubcommand => {
            let command = part(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("「{command}」というコマンドはありません")
        }
        ErrorKind::ArgumentConflict => {
            let other = part(ContextKind::PriorArg).unwrap_or_default();
            if other == argument || other.is_empty() {
                format!("{argument} は一度だけ書けます")
            } else {
                format!("{argument} は {other} と一緒には使えません")
            }
        }
        ErrorKind::MissingRequiredArgument => format!("{argument} がありません"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "何をするかが書かれていません".to_owned()
        }
        _ => format!("コマンドの書き方に誤りがあります（{}）", error.kind()),
    };
    let choices = part(ContextKind::ValidValue)
        .or_else(|| part(ContextKind::SuggestedArg))
        .or_else(|| part(ContextKind::SuggestedSubcommand))
        .map_or_else(String::new, |choices| format!("（使えるもの: {choices}）"));
    let why =
        std::error::Error::source(error).map_or_else(String::new, |cause| format!(": {cause}"));
    format!(
        "{what}{choices}{why}。書き方は tekigo --help か tekigo certify --help で確かめてください"
    )
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::None => String::new(),
        other => other.to_string(),
    }
}
