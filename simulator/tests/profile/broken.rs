//! A broken profile is refused with file, line and reason.

use std::fs;

use tekigo_simulator::profile::{Profile, Standing};

use super::variant::Variant;

const PROFILE: &str = "profile.toml";
const CODES: &str = "codes.toml";
const ACCESS: &str = "access.toml";

/// One case of `broken_profiles.txt`.
#[derive(Debug, Default)]
struct Case {
    file: String,
    from: String,
    to: String,
    reason: String,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = Case::default();
    for line in include_str!("broken_profiles.txt").lines() {
        let Some((word, text)) = line.split_once(':').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let text = text.trim_start().replace("\\n", "\n");
        match word {
            "in" => case.file = text,
            "replace" => case.from = text,
            "with" => case.to = text,
            "says" => {
                case.reason = text;
                cases.push(std::mem::take(&mut case));
            }
            other => panic!("broken_profiles.txt has a line that begins with {other}"),
        }
    }
    cases
}

#[test]
fn every_broken_profile_is_refused_with_file_line_and_reason() {
    let cases = cases();
    assert!(cases.len() > 70, "the table is read whole");
    let mut wrong = Vec::new();
    for Case {
        file,
        from,
        to,
        reason,
    } in cases
    {
        let variant = Variant::new();
        variant.replace(&file, &from, &to);
        let received = variant.reason();
        if received != reason {
            wrong.push(format!(
                "{file} «{to}»\n expected {reason}\n received {received}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn missing_and_unreadable_files() {
    for (file, reason) in [
        (PROFILE, "profile.toml:1: ファイルがありません"),
        (CODES, "codes.toml:1: ファイルがありません"),
        (ACCESS, "access.toml:1: ファイルがありません"),
    ] {
        let variant = Variant::new();
        fs::remove_file(variant.path().join(file)).expect("a file of the profile");
        assert_eq!(variant.reason(), reason);
    }

    let variant = Variant::new();
    fs::remove_dir_all(variant.path().join("kinds")).expect("the kinds");
    assert_eq!(variant.reason(), "kinds:1: ファイルがありません");
    fs::create_dir(variant.path().join("kinds")).expect("an empty folder");
    assert_eq!(
        variant.reason(),
        "kinds:1: データ種別の定義（kinds の下の .toml）が1つもありません"
    );

    let variant = Variant::new();
    fs::write(variant.path().join(CODES), b"# ok\n# \x93\xfa\n").expect("a file of the profile");
    assert_eq!(
        variant.reason(),
        "codes.toml:2: 読み取れません（UTF-8ではありません）"
    );

    let variant = Variant::new();
    fs::write(variant.path().join(CODES), "").expect("a file of the profile");
    assert_eq!(
        variant.reason(),
        "codes.toml:1: 必須の項目「list」がありません"
    );
}

#[test]
fn two_files_cannot_define_the_same_kind() {
    let variant = Variant::new();
    let kinds = variant.path().join("kinds");
    fs::copy(kinds.join("person.toml"), kinds.join("zperson.toml")).expect("a copied kind");
    assert_eq!(
        variant.reason(),
        "kinds/zperson.toml:3: データ種別「person」が重なっています（先に kinds/person.toml:3 にあります）"
    );
}

#[test]
fn unknown_items_are_passed_over_where_the_profile_says_so() {
    let variant = Variant::new();
    variant.replace(
        PROFILE,
        "unknown_items = { value = \"refuse\"",
        "unknown_items = { value = \"ignore\"",
    );
    let profile: Profile = variant.load().expect("another policy");
    assert_eq!(profile.api().unknown_items.standing, Standing::Assumed);
    let layout = profile.layout(profile.kind("setupStart").expect("a kind"));
    let record = r#"{"insurerNumber":"139998","baselineDate":"2026-11-01","memo":{"a":[1,"x"]}}"#;
    assert!(layout.read_json(record).is_ok());
}
