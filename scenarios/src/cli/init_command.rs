//! `tekigo init`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::failed;
use super::options::{DriverOption, InitOptions};
use crate::control::{BusinessClock, OptionalFunction};
use crate::verdict::ExitCode as Exit;

/// Runs the command.
pub(super) fn run(options: &InitOptions) -> ExitCode {
    let text = settings_file(options.driver, &modes(options));
    if let Err(told) = write_new(&options.out, &text) {
        return failed(&told, Exit::Settings);
    }
    let shown = options.out.display();
    println!(
        "{shown} を書きました。製品名、版、起動のしかた、任意機能を製品に合わせて直してください。"
    );
    println!("直したら、次で設定を点検します: tekigo doctor --vendor {shown}");
    ExitCode::SUCCESS
}

fn modes(options: &InitOptions) -> String {
    let modes = options.mode.modes();
    let modes: Vec<String> = modes
        .iter()
        .map(|mode| format!("\"{}\"", mode.id()))
        .collect();
    modes.join(", ")
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> Result<(), String> {
    let shown = path.display();
    let opened = OpenOptions::new().write(true).create_new(true).open(path);
    let written = opened.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            return format!(
                "「{shown}」はすでにあるため、書きませんでした。別の名前を --out に指定するか、古いファイルを移してください"
            );
        }
        format!("「{shown}」を書けません: {error}。書き込める場所を --out に指定してください")
    })
}

/// The text of a vendor.toml to start from.
fn settings_file(driver: DriverOption, modes: &str) -> String {
    let start = match driver {
        DriverOption::Http => HTTP,
        DriverOption::Stdio => STDIO,
        DriverOption::Address => ADDRESS,
    };
    let functions: Vec<String> = OptionalFunction::ALL
        .iter()
        .map(|function| format!("#   {:<32}{}\n", function.word(), function.japanese()))
        .collect();
    let clocks: Vec<String> = BusinessClock::ALL
        .iter()
        .map(|clock| format!("#   {:<32}{}\n", clock.word(), clock.japanese()))
        .collect();
    format!(
        "{HEAD}modes = [{modes}]\n\n{start}\n{DECLARATION}{}functions = []\n# 業務日時の扱い。次のどちらか。\n{}clock = \"{}\"\n{TAIL}",
        functions.concat(),
        clocks.concat(),
        BusinessClock::Follows.word(),
    )
}

const HEAD: &str = "\
# ベンダー設定ファイル: 検証する製品と、その起動のしかた、できること。
# 書き方のすべては、手引き control-v1 の「7. vendor.toml」にあります。

[vendor]
product = \"（製品名）\"
vendor = \"（ベンダー名）\"
version = \"（製品の版）\"
# 対応する連携方式。\"api\" は方式①（API連携・バッチ処理）、\"file\" は方式②（ファイル連携）。対応しないものは消してください。
";

const HTTP: &str = "\
[start]
# 製品の接続部（アダプター）を起動するプログラムと引数。シェルは通りません。
# {address} は tekigo が選んだ待ち受けアドレス（127.0.0.1:ポート番号）、{data} は再起動しても同じフォルダーに置き換わります。
command = [\"./run-for-tekigo\", \"--listen\", \"{address}\", \"--data\", \"{data}\"]
# 起動してから最初の操作（declare）に回答するまでに待つ秒数。
timeout_seconds = 10
";

const STDIO: &str = "\
[start]
# 製品の接続部（アダプター）を起動するプログラムと引数。シェルは通りません。
# 試験操作は、標準入力に1行ずつJSONで届きます。回答は標準出力に1行ずつ、記録は標準エラー出力に書きます。
# {data} は再起動しても同じフォルダーに置き換わります。
interface = \"stdio\"
command = [\"./run-for-tekigo\", \"--data\", \"{data}\"]
# 起動してから最初の操作（declare）に回答するまでに待つ秒数。
timeout_seconds = 10
";

const ADDRESS: &str = "\
[start]
# すでに動いている接続部（アダプター）のアドレス。127.0.0.1 だけが使えます。
# tekigo は止めも起動し直しもしないため、再起動が要るシナリオは試験不能になります。
address = \"http://127.0.0.1:8080\"
# 最初の操作（declare）に回答するまでに待つ秒数。
timeout_seconds = 10
";

const DECLARATION: &str = "\
# 宣言は約束です。書いた機能は試験し、書いていない機能が動けば「宣言不一致」として報告します。
[declaration]
# 対応する任意機能。なければ [] のままにします。
";

const TAIL: &str = "
# 操作ごとの制限時間（秒）。書かなければ 60、人数で長さの変わる操作は 600。
# [operation_seconds]
# run_transfer = 900

# 既知の未対応。不合格の理由の説明になり、判定は変わりません。いくつでも書けます。
# [[known_gap]]
# requirement = \"SYNC-05\"
# mode = \"api\"
# reason = \"履歴番号の振り直しは次の版で対応する\"
# accepted_by = \"（承認した人の名前）\"
# until = \"2027-03-31\"
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drivers::VendorFile;

    #[test]
    fn every_file_to_start_from_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, driver) in [
            ("http", DriverOption::Http),
            ("stdio", DriverOption::Stdio),
            ("address", DriverOption::Address),
        ] {
            let path = folder.path().join(name);
            let text = settings_file(driver, "\"api\", \"file\"");
            write_new(&path, &text).expect("it is written");
            let file = VendorFile::load(&path).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(file.declaration().modes.len(), 2);
            let again = write_new(&path, "").expect_err("it is there");
            assert!(again.contains("すでにある"), "{again}");
            assert_eq!(std::fs::read_to_string(&path).expect("it is there"), text);
        }
    }
}
