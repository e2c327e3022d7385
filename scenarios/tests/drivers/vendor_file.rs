//! vendor.toml is read strictly, and every fault is named with file and line.

use std::path::Path;
use std::time::Duration;

use tekigo::control::Operation;
use tekigo::drivers::{Start, Substitutes, VendorFile, VendorFileError};
use tekigo::requirement::Mode;

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
accepted_by = "ひまわり情報 佐藤"
until = "2027-03-31"
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
    assert_eq!(file.declaration().modes, [Mode::Api, Mode::File].into());
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
    let gap = &file.known_gaps()[&19];
    assert_eq!(
        (gap.requirement.as_str(), gap.mode),
        ("SYNC-07", Mode::File)
    );
    assert_eq!(
        gap.explanation(),
        "次の版で対応する（ひまわり情報 佐藤が2027-03-31まで承認）"
    );
    assert!(!gap.is_over(jiff::civil::date(2027, 3, 31)));
    assert!(gap.is_over(jiff::civil::date(2027, 4, 1)));
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
    assert_eq!(file.declaration().modes, [Mode::Api, Mode::File].into());
}

const COMMAND: &str = r#"command = ["./run", "--listen", "{address}", "--data={data}/db", "{tekigo}", "{not a placeholder}"]"#;
const DECLARATION: &str =
    "[declaration]\nfunctions = [\"electronic_opinion\"]\nclock = \"machine\"\n";
const BOTH: &str = "[\"api\", \"file\"]";

/// The good file with one thing changed: what the case is called, the good part, the faulty part.
const CHANGES: &[(&str, &str, &str)] = &[
    ("not TOML", "product = ", "product "),
    ("empty file", GOOD, ""),
    ("no declaration", DECLARATION, ""),
    ("no functions", "functions = [\"electronic_opinion\"]\n", ""),
    ("no clock", "clock = \"machine\"\n", ""),
    ("no modes", "modes = [\"api\", \"file\"]\n", ""),
    ("empty modes", BOTH, "[]"),
    ("unknown mode", BOTH, "[\"api\", \"ftp\"]"),
    ("mode twice", BOTH, "[\"file\", \"file\"]"),
    ("modes as a text", BOTH, "\"api\""),
    ("unknown function", "electronic_opinion", "teleport"),
    ("unknown clock", "\"machine\"", "\"sundial\""),
    ("unknown member", "clock = ", "colour = \"red\"\nclock = "),
    (
        "unknown table",
        "[[known_gap]]",
        "[extra]\nx = 1\n[[known_gap]]",
    ),
    ("blank product", "ひまわり介護保険", " "),
    ("version as a number", "\"5.2.1\"", "5.2"),
    (
        "command and address",
        "[start]",
        "[start]\naddress = \"http://127.0.0.1:8080\"",
    ),
    ("neither", COMMAND, ""),
    (
        "unknown interface",
        "[start]",
        "[start]\ninterface = \"pipe\"",
    ),
    (
        "an address for lines to listen at",
        "[start]",
        "[start]\ninterface = \"stdio\"",
    ),
    (
        "lines with a build that runs",
        COMMAND,
        "interface = \"stdio\"\naddress = \"http://127.0.0.1:8080\"",
    ),
    (
        "address elsewhere",
        COMMAND,
        "address = \"http://10.0.0.1:8080\"",
    ),
    (
        "address by name",
        COMMAND,
        "address = \"http://localhost:8080\"",
    ),
    (
        "address with TLS",
        COMMAND,
        "address = \"https://127.0.0.1:8080\"",
    ),
    ("empty command", COMMAND, "command = []"),
    (
        "command as a text",
        COMMAND,
        "command = \"./run {address}\"",
    ),
    ("unknown placeholder", "{tekigo}", "{port}"),
    ("no address placeholder", "\"{address}\"", "\"8080\""),
    ("no time", "timeout_seconds = 20", "timeout_seconds = 0"),
    ("too much time", "run_transfer = 900", "run_transfer = 9000"),
    ("time as a text", "others = 30", "others = \"30\""),
    ("unknown operation", "run_transfer", "run_away"),
    (
        "a gap until no day",
        "until = \"2027-03-31\"",
        "until = \"来年\"",
    ),
    (
        "a gap nobody has accepted",
        "accepted_by = \"ひまわり情報 佐藤\"\n",
        "",
    ),
    ("shape of the requirement", "SYNC-07", "sync-7"),
    ("gap in an undeclared mode", BOTH, "[\"api\"]"),
    (
        "gap of an unknown mode",
        "mode = \"file\"",
        "mode = \"fax\"",
    ),
    (
        "gap without a reason",
        "reason = \"次の版で対応する\"\n",
        "",
    ),
    ("gap with a blank reason", "次の版で対応する", "　"),
    (
        "gap twice",
        "[[known_gap]]",
        "[[known_gap]]\nrequirement = \"SYNC-07\"\nmode = \"file\"\nreason = \"同じ\"\n\
         accepted_by = \"佐藤\"\nuntil = \"2027-03-31\"\n[[known_gap]]",
    ),
    ("gap as a table", "[[known_gap]]", "[known_gap]"),
];

#[test]
fn every_fault_is_named_with_its_line() {
    let mut shown = String::new();
    for (name, from, to) in CHANGES {
        assert!(GOOD.contains(from), "{from}");
        let text = GOOD.replace(from, to);
        shown.push_str(&format!("# {name}\n{}\n\n", message(&text)));
    }
    let several = GOOD
        .replace("\"5.2.1\"", "\"\"")
        .replace("\"machine\"", "\"sundial\"");
    shown.push_str(&format!("# several at once\n{}\n", message(&several)));
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
