//! vendor.toml is read strictly, and every fault is named with file and line.

use std::path::Path;
use std::time::Duration;

use tekigo::control::{LinkMode, Operation};
use tekigo::drivers::{Start, Substitutes, VendorFile, VendorFileError};

const GOOD: &str = r#"[vendor]
product = "ひまわり介護保険"
vendor = "ひまわり情報"
version = "5.2.1"
modes = ["api", "file"]

[start]
command = ["./run", "--listen", "{address}", "--data={data}/db", "{tekigo}", "{not a placeholder}"]
timeout_seconds = 20

[declaration]
functions = ["electronic_opinion"]
clock = "machine"

[operation_seconds]
run_transfer = 900
others = 30

[[known_gap]]
requirement = "SYNC-07"
mode = "file"
reason = "次の版で対応する"
"#;

fn load(text: &str) -> Result<VendorFile, VendorFileError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vendor.toml");
    std::fs::write(&path, text).expect("the file is written");
    VendorFile::load(&path)
}

/// The message about `text`, with the folder of the test left out.
fn message(text: &str) -> String {
    let error = load(text).expect_err("the file is not accepted");
    let VendorFileError::Invalid { path, .. } = &error else {
        panic!("unexpected {error}");
    };
    error
        .to_string()
        .replace(&path.display().to_string(), "vendor.toml")
}

#[test]
fn a_full_file_is_read() {
    let file = load(GOOD).expect("the file is good");
    assert_eq!(file.declaration().product, "ひまわり介護保険");
    assert_eq!(
        file.declaration().modes,
        [LinkMode::Api, LinkMode::File].into()
    );
    assert_eq!(file.start_limit(), Duration::from_secs(20));
    assert_eq!(
        file.limits().of(Operation::RunTransfer),
        Duration::from_secs(900)
    );
    assert_eq!(
        file.limits().of(Operation::LoadLedger),
        Duration::from_secs(600)
    );
    assert_eq!(file.limits().of(Operation::Reset), Duration::from_secs(30));
    assert!(file.start_place().ends_with("vendor.toml:8"));
    let gap = &file.known_gaps()[0];
    assert_eq!(
        (gap.requirement.as_str(), gap.mode, gap.line),
        ("SYNC-07", LinkMode::File, 19)
    );
    let Start::Command(command) = file.start() else {
        panic!("unexpected {:?}", file.start());
    };
    let (program, arguments) = command.fill_in(Substitutes {
        tekigo: Path::new("/bin/tekigo"),
        address: "127.0.0.1:5000",
        data: Path::new("/tmp/slot"),
    });
    assert!(
        program.is_absolute() && program.ends_with("run"),
        "{}",
        program.display()
    );
    assert_eq!(
        arguments,
        [
            "--listen",
            "127.0.0.1:5000",
            "--data=/tmp/slot/db",
            "/bin/tekigo",
            "{not a placeholder}"
        ]
    );
}

#[test]
fn the_bundled_reference_is_started_by_this_program() {
    let file = VendorFile::bundled_reference_with(&["--fault", "sends-{everything}"]);
    let Start::Command(command) = file.start() else {
        panic!("unexpected {:?}", file.start());
    };
    let (program, arguments) = command.fill_in(Substitutes {
        tekigo: Path::new("/bin/tekigo"),
        address: "127.0.0.1:5000",
        data: Path::new("/tmp/slot"),
    });
    assert_eq!(program, Path::new("/bin/tekigo"));
    assert_eq!(
        arguments,
        [
            "reference-vendor",
            "--listen",
            "127.0.0.1:5000",
            "--database",
            "/tmp/slot/vendor.sqlite",
            "--stop-with-stdin",
            "--fault",
            "sends-{everything}",
        ]
    );
    assert_eq!(file.declaration().product, "参照介護保険システム");
    assert_eq!(file.declaration().modes, [LinkMode::Api].into());
}

#[test]
fn every_fault_is_named_with_its_line() {
    let change = |from: &str, to: &str| {
        assert!(GOOD.contains(from), "{from}");
        GOOD.replace(from, to)
    };
    let command = GOOD.lines().nth(7).expect("the command");
    let declaration = "[declaration]\nfunctions = [\"electronic_opinion\"]\nclock = \"machine\"\n";
    let gap = "\n[[known_gap]]\nrequirement = \"SYNC-07\"\nmode = \"file\"\nreason = \"同じ\"\n";
    let cases = [
        ("not TOML", change("product = ", "product ")),
        ("empty file", String::new()),
        ("no declaration", change(declaration, "")),
        (
            "no functions",
            change("functions = [\"electronic_opinion\"]\n", ""),
        ),
        ("no clock", change("clock = \"machine\"\n", "")),
        ("no modes", change("modes = [\"api\", \"file\"]\n", "")),
        ("empty modes", change("[\"api\", \"file\"]", "[]")),
        (
            "unknown mode",
            change("[\"api\", \"file\"]", "[\"api\", \"ftp\"]"),
        ),
        (
            "mode twice",
            change("[\"api\", \"file\"]", "[\"file\", \"file\"]"),
        ),
        ("modes as a text", change("[\"api\", \"file\"]", "\"api\"")),
        ("unknown function", change("electronic_opinion", "teleport")),
        ("unknown clock", change("\"machine\"", "\"sundial\"")),
        (
            "unknown member",
            change("clock = ", "colour = \"red\"\nclock = "),
        ),
        ("unknown table", format!("{GOOD}\n[extra]\nx = 1\n")),
        ("blank product", change("ひまわり介護保険", " ")),
        ("version as a number", change("\"5.2.1\"", "5.2")),
        (
            "command and address",
            change("[start]", "[start]\naddress = \"http://127.0.0.1:8080\""),
        ),
        ("neither", change(command, "")),
        (
            "address elsewhere",
            change(command, "address = \"http://10.0.0.1:8080\""),
        ),
        (
            "address by name",
            change(command, "address = \"http://localhost:8080\""),
        ),
        (
            "address with TLS",
            change(command, "address = \"https://127.0.0.1:8080\""),
        ),
        ("empty command", change(command, "command = []")),
        (
            "command as a text",
            change(command, "command = \"./run {address}\""),
        ),
        ("unknown placeholder", change("{tekigo}", "{port}")),
        (
            "no address placeholder",
            change("\"{address}\"", "\"8080\""),
        ),
        (
            "no time",
            change("timeout_seconds = 20", "timeout_seconds = 0"),
        ),
        (
            "too much time",
            change("run_transfer = 900", "run_transfer = 9000"),
        ),
        ("time as a text", change("others = 30", "others = \"30\"")),
        ("unknown operation", change("run_transfer", "run_away")),
        ("shape of the requirement", change("SYNC-07", "sync-7")),
        (
            "gap in an undeclared mode",
            change("\"api\", \"file\"", "\"api\""),
        ),
        (
            "gap of an unknown mode",
            change("mode = \"file\"", "mode = \"fax\""),
        ),
        (
            "gap without a reason",
            change("reason = \"次の版で対応する\"\n", ""),
        ),
        ("gap with a blank reason", change("次の版で対応する", "　")),
        ("gap twice", format!("{GOOD}{gap}")),
        ("gap as a table", change("[[known_gap]]", "[known_gap]")),
        (
            "several at once",
            change("\"5.2.1\"", "\"\"").replace("\"machine\"", "\"sundial\""),
        ),
    ];
    let mut shown = String::new();
    for (name, text) in cases {
        shown.push_str(&format!("# {name}\n{}\n\n", message(&text)));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = VendorFile::load(Path::new("nowhere/vendor.toml")).expect_err("it is not there");
    assert_eq!(
        error.to_string(),
        "ベンダー設定ファイル「nowhere/vendor.toml」を読めません: ファイルがありません"
    );
}

#[test]
fn the_example_of_the_guide_is_good() {
    let guide = include_str!("../../interface/control-v1/README.md");
    let (_, rest) = guide.split_once("```toml\n").expect("the example begins");
    let (example, _) = rest.split_once("```").expect("the example ends");
    let file = load(example).expect("the example is good");
    assert_eq!(file.known_gaps().len(), 1);
}
