//! What keeps a console from opening is named, with who must do what; the code is that of settings.

use super::officer::Officer;
use super::opened::{Console, refused, vendor_toml};

const ARGUMENTS: [&str; 4] = ["--vendor", "vendor.toml", "--mode", "file"];

fn arguments<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&ARGUMENTS[..], more].concat()
}

fn must_be_refused(folder: &std::path::Path, more: &[&str], code: i32, said: &str) {
    let (came, errors) = refused(folder, &arguments(more));
    assert_eq!(came, Some(code), "{errors}");
    assert!(errors.contains(said), "{said}: {errors}");
}

#[test]
fn wrong_settings_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let write = |text: &str| std::fs::write(path.join("vendor.toml"), text).expect("written");
    let manual = vendor_toml("\"file\"");
    let only = ["--only", "SETUP-06/01", "--listen", "127.0.0.1:0"];
    must_be_refused(path, &only, 3, "読めません");
    write(&manual.replace("manual = true", "address = \"http://127.0.0.1:9\""));
    must_be_refused(path, &only, 3, "manual = true");
    write(&manual.replace("manual = true", "manual = false"));
    must_be_refused(path, &only, 3, "manual = false では");
    write(&manual.replace("manual = true", "manual = \"yes\""));
    must_be_refused(path, &only, 3, "[start] manual は");
    write(&manual.replace(
        "manual = true",
        "manual = true\naddress = \"http://127.0.0.1:9\"",
    ));
    must_be_refused(path, &only, 3, "一緒には書けません");
    write(&manual);
    must_be_refused(path, &["--only", "SETUP-99/01"], 2, "ありません");
    must_be_refused(
        path,
        &["--only", "SETUP-06/01", "--listen", "0.0.0.0:0"],
        3,
        "このパソコンの中だけ",
    );
    let other = [
        "--mode",
        "api",
        "--only",
        "SETUP-06/01",
        "--listen",
        "127.0.0.1:0",
    ];
    let (code, errors) = refused(path, &[&ARGUMENTS[..2], &other].concat());
    assert_eq!(code, Some(3), "{errors}");
    assert!(errors.contains("1つも行えません"), "{errors}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    must_be_refused(
        path,
        &["--only", "SETUP-06/01", "--listen", &address],
        3,
        "待ち受けられません",
    );
    std::fs::write(path.join("in-the-way"), "").expect("written");
    must_be_refused(
        path,
        &["--folder", "in-the-way", "--listen", "127.0.0.1:0"],
        3,
        "使えません",
    );
}

#[test]
fn a_folder_belongs_to_one_run_and_one_console() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    std::fs::write(path.join("vendor.toml"), vendor_toml("\"file\"")).expect("written");
    let only = [
        "--only",
        "SETUP-06/01",
        "--folder",
        "one",
        "--listen",
        "127.0.0.1:0",
    ];
    let console = Console::open(path, &arguments(&only));
    must_be_refused(path, &only, 3, "別の操作卓が使っています");
    Officer::at(&console.address).prepare();
    assert_eq!(console.stop(), Some(4), "nothing is decided yet");
    let other = [
        "--only",
        "SETUP-06/02",
        "--folder",
        "one",
        "--listen",
        "127.0.0.1:0",
    ];
    must_be_refused(path, &other, 3, "別の実行の記録です（試験の範囲");
    let newer = vendor_toml("\"file\"").replace("5.2.1", "5.2.2");
    std::fs::write(path.join("vendor.toml"), newer).expect("written");
    must_be_refused(path, &only, 3, "別の実行の記録です（製品の版");
    std::fs::write(path.join("vendor.toml"), vendor_toml("\"file\"")).expect("written");
    let record = path.join("one/console.jsonl");
    let text = std::fs::read_to_string(&record).expect("a record");
    std::fs::write(&record, text.replace("月見", "星見")).expect("altered");
    must_be_refused(path, &only, 3, "書かれたときのものと違います");
}

#[test]
fn certify_says_that_such_a_product_needs_the_console() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vendor.toml"), vendor_toml("\"file\"")).expect("written");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_tekigo"))
        .args([
            "certify",
            "--vendor",
            "vendor.toml",
            "--only",
            "SETUP-06/01",
        ])
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    let errors = String::from_utf8(ran.stderr).expect("UTF-8");
    assert_eq!(ran.status.code(), Some(3), "{errors}");
    assert!(errors.contains("tekigo console"), "{errors}");
}
