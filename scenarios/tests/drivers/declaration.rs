//! The vendor's file and the build must declare the same.

use serde_json::{Value, json};
use tekigo::control::{Answer, Operation, OptionalFunction};
use tekigo::drivers::{VendorFile, check_declaration};

fn answer(data: Value) -> Answer {
    let body = json!({"result": "done", "reason": null, "data": data});
    Answer::read(Operation::Declare, body.to_string().as_bytes()).expect("it fits")
}

fn as_declared(file: &VendorFile) -> Value {
    let words = |function: &OptionalFunction| function.word();
    let functions: Vec<&str> = file.declaration().functions.iter().map(words).collect();
    json!({
        "interface_version": "1", "product": file.declaration().product, "vendor": "tekigo",
        "version": file.declaration().version, "modes": ["api", "file"], "functions": functions, "clock": "follows",
    })
}

#[test]
fn the_same_on_both_sides_is_the_declaration() {
    let file = VendorFile::bundled_reference();
    let declared = check_declaration(&file, &answer(as_declared(&file)));
    assert_eq!(declared.as_ref(), Ok(file.declaration()));
}

#[test]
fn every_difference_is_listed() {
    let file = VendorFile::bundled_reference();
    let error = check_declaration(
        &file,
        &answer(json!({
            "interface_version": "2", "product": "別の製品", "vendor": "別のベンダー", "version": "9",
            "modes": ["file", "ftp"], "functions": ["plan_request", "disclosure_lookup", 7],
            "clock": "sundial",
        })),
    )
    .expect_err("everything differs");
    assert_eq!(error.differences.len(), 9);
    let shown = error
        .to_string()
        .replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!(shown);
}

#[test]
fn each_member_alone_is_found() {
    let file = VendorFile::bundled_reference();
    let changes = [
        ("interface_version", json!("1.1")),
        ("product", json!(format!("{} ", file.declaration().product))),
        ("vendor", json!("Tekigo")),
        ("version", json!("")),
        ("modes", json!([])),
        ("functions", json!(["disclosure_lookup"])),
        ("clock", json!("machine")),
    ];
    for (member, value) in changes {
        let mut data = as_declared(&file);
        data[member] = value;
        let error = check_declaration(&file, &answer(data)).expect_err(member);
        assert_eq!(error.differences.len(), 1, "{member}: {error}");
        assert!(error.to_string().contains("宣言不一致"), "{error}");
    }
}

#[test]
fn a_build_that_refuses_to_declare_has_declared_nothing() {
    let body = json!({"result": "unsupported", "reason": null, "data": {}}).to_string();
    let answer = Answer::read(Operation::Declare, body.as_bytes()).expect("it fits");
    let error = check_declaration(&VendorFile::bundled_reference(), &answer).expect_err("nothing");
    assert!(
        error
            .to_string()
            .contains("製品が申告していません（回答: 未対応、理由「なし」）"),
        "{error}"
    );
}
