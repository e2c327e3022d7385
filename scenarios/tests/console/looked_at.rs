//! The console's pages in a real browser: looked at, gone over by a checker, and used with the keyboard alone.

use super::officer::{NAME, Officer};
use super::opened::{Console, PRODUCT, vendor_toml};
use crate::terminal::Terminal;

const ARGUMENTS: [&str; 10] = [
    "--vendor",
    "vendor.toml",
    "--mode",
    "file",
    "--only",
    "CONN-09/02",
    "--folder",
    "by-hand",
    "--listen",
    "127.0.0.1:0",
];
/// What is looked at besides the first instruction; each asks for something else.
const LOOKED_AT: [&str; 7] = [
    "configure",
    "load_ledger",
    "export",
    "import",
    "view_setup",
    "change_person",
    "view_inbound",
];

/// From the preparation to the verdicts.
pub(crate) async fn walk(terminal: &Terminal) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vendor.toml"), vendor_toml("\"file\"")).expect("written");
    let console = Console::open(folder.path(), &ARGUMENTS);
    let address = format!("http://{}/", console.address);
    let mut officer = Officer::at(&console.address);
    terminal.go(&address).await;
    prepare(terminal).await;
    attest(terminal, &address).await;
    answer_first(terminal, &address).await;
    let mut left = LOOKED_AT.to_vec();
    loop {
        let now = officer.now();
        if now["state"] != "asking" {
            assert_eq!(
                (&now["state"], &now["exit"]),
                (&"over".into(), &0.into()),
                "{now}"
            );
            break;
        }
        let operation = now["operation"].as_str().unwrap_or_default().to_owned();
        if let Some(at) = left.iter().position(|name| *name == operation) {
            left.remove(at);
            terminal.go(&address).await;
            terminal
                .must_look_right(&format!("console-4-{operation}"))
                .await;
            if operation == "change_person" {
                terminal.print("console-4-change_person").await;
            }
        }
        officer.carry_out(&now);
    }
    assert!(left.is_empty(), "never asked: {left:?}");
    terminal.go(&address).await;
    assert_eq!(terminal.heading().await, "終わりました");
    terminal.must_look_right("console-5-over").await;
    terminal.enter("これまでの記録を開く（印刷できます）").await;
    terminal.must_look_right("console-6-log").await;
    terminal.print("console-6-log").await;
}

async fn prepare(terminal: &Terminal) {
    assert_eq!(terminal.heading().await, "準備");
    terminal.must_look_right("console-1-prepare").await;
    terminal.enter("試験を始める").await;
    terminal.must_look_right("console-1-prepare-wrong").await;
    for label in [
        "試すのは試験用の介護保険システムで、本番のデータは入っていない",
        "導入した直後の状態に、何度でも戻せる（複製やバックアップの用意がある）",
        "業務の操作、連携の操作、設定の変更ができる利用者でログインできる",
        "実在する人の情報を、この画面にも、画面の写しにも入れない",
    ] {
        terminal.mark(label).await;
    }
    let last = "途中でやめてもよいことを知っている。同じフォルダーで起動し直せば、続けられる（方式①では、途中だった試験を初めからやり直す）";
    terminal.mark(last).await;
    terminal.fill("製品の画面に出ている製品名", PRODUCT.0).await;
    terminal.fill("製品の画面に出ている版", PRODUCT.2).await;
    terminal.fill("準備を確かめた人の名前", NAME).await;
    terminal.enter("試験を始める").await;
    assert_eq!(terminal.heading().await, "あなたの操作を待っています");
}

async fn attest(terminal: &Terminal, address: &str) {
    terminal.enter("自己申告").await;
    terminal.must_look_right("console-2-attest").await;
    terminal.enter("申告する").await;
    assert!(
        terminal
            .text("#problems")
            .await
            .contains("申告することを選んでください")
    );
    terminal.must_look_right("console-2-attest-wrong").await;
    terminal.go(address).await;
}

/// The first instruction, refused once and then answered, with nothing but the keyboard.
async fn answer_first(terminal: &Terminal, address: &str) {
    terminal.must_look_right("console-3-first").await;
    terminal.print("console-3-first").await;
    terminal.enter("できない").await;
    assert!(terminal.text("#problems").await.contains("どうなったか"));
    terminal.must_look_right("console-3-first-wrong").await;
    terminal.go(address).await;
    let first = terminal.text(".about").await;
    terminal.tab_to("操作した人の名前").await;
    // The name is remembered; Enter in a field sends nothing.
    terminal.press_enter().await;
    assert_eq!(terminal.text(".about").await, first);
    terminal.enter("できた").await;
    let second = terminal.text(".about").await;
    assert!(second.contains("2番目の指示"), "{second}");
}
