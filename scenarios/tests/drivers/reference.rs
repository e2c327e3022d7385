//! The reference vendor keeps the published interface, operation by operation.

use std::path::Path;

use serde_json::{Value, json};
use tekigo::control::{AnswerResult, Operation};
use tekigo::drivers::{Ending, Slot, VendorFile, VendorProcess, check_declaration};

use super::starter::vendor_file;
use super::{interface, samples, sham};

/// In an ordinary run of the tests nothing; in the process started as the vendor, the vendor.
#[tokio::test]
async fn act() {
    let Ok(listen) = std::env::var("TEKIGO_REFERENCE_ADDRESS") else {
        return;
    };
    let options = tekigo_reference_vendor::Options {
        interface: tekigo_reference_vendor::Interface::Http(listen.parse().expect("an address")),
        database: None,
        fault: None,
        variant: None,
        stop_with_stdin: true,
    };
    tekigo_reference_vendor::run(options)
        .await
        .expect("the vendor runs");
}

async fn start() -> VendorProcess {
    let command = json!([
        "/usr/bin/env",
        "TEKIGO_REFERENCE_ADDRESS={address}",
        "{tekigo}",
        "--exact",
        "drivers::reference::act",
        "--nocapture",
    ]);
    let file = vendor_file(&sham::file(&command.to_string(), 20));
    let slot = Slot::temporary(0).expect("a slot");
    VendorProcess::start(&file, slot).await.expect("it starts")
}

#[tokio::test]
async fn it_declares_what_its_bundled_file_says() {
    let process = start().await;
    let declared = check_declaration(&VendorFile::bundled_reference(), process.declared());
    assert!(declared.is_ok(), "{}", declared.expect_err("they differ"));
    assert_eq!(process.stop().await, Ending::Shutdown);
}

/// The operations in an order in which each can be carried out, without those that need PMH.
fn sequence() -> Vec<Operation> {
    use Operation as O;
    let first = [O::Reset, O::Configure, O::SetBusinessTime, O::LoadLedger];
    let pmh = [
        O::StartSetup,
        O::ResumeSetup,
        O::RunTransfer,
        O::Export,
        O::Import,
    ];
    let apart = [&[O::Shutdown], &pmh[..]].concat();
    let last = [O::DeleteRow, O::LoseQualification];
    let between = Operation::ALL
        .into_iter()
        .filter(|operation| ![&first[..], &apart, &last].concat().contains(operation));
    first.into_iter().chain(between).chain(last).collect()
}

#[tokio::test]
async fn it_carries_out_every_sample_and_its_data_fit_the_schemas() {
    let registry = interface::registry();
    let mut process = start().await;
    let mut faults = Vec::new();
    for operation in sequence() {
        let answer = process
            .call(operation, &samples::input(operation))
            .await
            .expect("the answer fits the interface");
        if answer.result() != AnswerResult::Done {
            faults.push(format!(
                "{operation}: {} {}",
                answer.result(),
                answer.shown_reason()
            ));
            continue;
        }
        let name = format!("{}.json", operation.name());
        let schema = interface::validator(&registry, &name, "#/$defs/data");
        let found = interface::faults(&schema, answer.data());
        faults.extend(found.iter().map(|fault| format!("{operation}: {fault}")));
    }
    assert_eq!(faults, Vec::<String>::new());
    process.stop().await;
}

/// Everything for 方式② up to the started set-up.
fn to_started_by_files() -> Vec<(Operation, Value)> {
    let mut configuration = samples::input(Operation::Configure);
    configuration["mode"] = json!("file");
    configuration["notification"] =
        json!({"processing_result": "a@example.jp", "board_reading": "b@example.jp"});
    for member in ["hosts", "base_path", "certificate", "key"] {
        configuration[member] = Value::Null;
    }
    let mut steps = vec![(Operation::Configure, configuration)];
    for operation in [
        Operation::SetBusinessTime,
        Operation::LoadLedger,
        Operation::StartSetup,
    ] {
        steps.push((operation, samples::input(operation)));
    }
    steps
}

/// A set as PMH gives it: one withdrawal.
fn write_inbound_set(folder: &Path) {
    let name =
        |code: &str, sequence: u8| format!("KJ_139998_{code}_2_20261102100000_{sequence:03}.csv");
    let list = format!("\"{}\",\"1\"\r\n", name("DOI", 1));
    let files = [
        (
            name("CTL", 0),
            "\"ファイル名\",\"件数\"\r\n".to_owned() + &list,
        ),
        (
            name("DOI", 1),
            "\"保険者番号\",\"被保険者番号\",\"同意の状態\",\"取得年月日\",\"取得者\",\
             \"取得した事業所番号\",\"申請番号\"\r\n\
             \"139998\",\"0000012345\",\"3\",\"2026-11-02\",\"1\",\"\",\"\"\r\n"
                .to_owned(),
        ),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), format!("\u{FEFF}{text}")).expect("a file");
    }
}

#[tokio::test]
async fn it_links_by_files_and_its_data_fit_the_schemas() {
    let registry = interface::registry();
    let mut process = start().await;
    for (operation, input) in to_started_by_files() {
        let answer = process.call(operation, &input).await.expect("it fits");
        assert!(answer.is_done(), "{operation}: {}", answer.shown_reason());
    }
    let (there, back) = (tempfile::tempdir(), tempfile::tempdir());
    let (there, back) = (there.expect("a folder"), back.expect("a folder"));
    write_inbound_set(back.path());
    let in_folder = |folder: &Path| json!({"folder": folder.to_str().expect("UTF-8")});
    for (operation, input) in [
        (Operation::Export, in_folder(there.path())),
        (Operation::Import, in_folder(back.path())),
        (Operation::ViewFiles, json!({})),
    ] {
        let answer = process.call(operation, &input).await.expect("it fits");
        assert!(answer.is_done(), "{operation}: {}", answer.shown_reason());
        let name = format!("{}.json", operation.name());
        let schema = interface::validator(&registry, &name, "#/$defs/data");
        let found = interface::faults(&schema, answer.data());
        assert_eq!(found, Vec::<String>::new(), "{operation}");
    }
    let written = std::fs::read_dir(there.path()).expect("the folder").count();
    assert!(written > 10, "a set of all kinds: {written}");
    let again = in_folder(back.path());
    let answer = process.call(Operation::Import, &again).await;
    let answer = answer.expect("it fits");
    assert_eq!(answer.result(), AnswerResult::Refused);
    process.stop().await;
}

#[tokio::test]
async fn what_it_cannot_do_it_says_in_the_words_of_the_interface() {
    let mut process = start().await;
    let unknown = json!({"insured_number": "9999999999"});
    let cases: [(Operation, Value, AnswerResult); 3] = [
        (Operation::ViewPerson, unknown, AnswerResult::Refused),
        (Operation::ViewPerson, json!({}), AnswerResult::Failed),
        (
            Operation::StartSetup,
            json!({"baseline_date": "2026-11-01"}),
            AnswerResult::Refused,
        ),
    ];
    for (operation, input, expected) in cases {
        let answer = process.call(operation, &input).await.expect("it fits");
        assert_eq!(
            answer.result(),
            expected,
            "{operation}: {}",
            answer.shown_reason()
        );
    }
    process.stop().await;
}
