//! The kit of `tekigo kit`: its samples are true, its schemas say the same as PMH, its links lead somewhere.

mod pages;
mod samples;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde_json::Value;
use tekigo::kit::{Kit, KitSettings};
use tekigo_simulator::profile::Profile;

use crate::certify::program::Desk;

pub(crate) use pages::blocks;

/// The files of a kit by their path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A kit of the bundled profile.
pub(crate) fn make(seed: u64) -> Files {
    make_of(Profile::bundled(), seed)
}

fn make_of(profile: Arc<Profile>, seed: u64) -> Files {
    let settings = KitSettings { profile, seed };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let kit = runtime.block_on(Kit::make(&settings)).expect("a kit");
    kit.files()
        .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
        .collect()
}

/// The kit that everybody gets who does not choose a seed, made once.
pub(crate) fn kit() -> Arc<Files> {
    static KIT: OnceLock<Arc<Files>> = OnceLock::new();
    Arc::clone(KIT.get_or_init(|| Arc::new(make(20_260_401))))
}

/// A file of the kit as text.
pub(crate) fn text<'k>(kit: &'k Files, path: &str) -> &'k str {
    let bytes = kit
        .get(path)
        .unwrap_or_else(|| panic!("no {path} in the kit"));
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// A file of the kit as JSON.
pub(crate) fn json(kit: &Files, path: &str) -> Value {
    serde_json::from_str(text(kit, path)).expect(path)
}

#[test]
fn the_same_seed_makes_the_same_kit_but_for_certificates() {
    let (one, other) = (make(7), make(7));
    assert!(one.keys().eq(other.keys()), "the same files");
    for (path, bytes) in &one {
        let is_drawn_anew = path.ends_with(".pem");
        assert_eq!(bytes == &other[path], !is_drawn_anew, "{path}");
    }
    let third = make(8);
    let ledger = "samples/books/ledger.json";
    assert_ne!(one[ledger], third[ledger], "another seed, other people");
}

/// The command says where the kit is, and that a folder with something in it is the tester's to clear.
#[test]
fn the_command_writes_a_kit_and_refuses_to_write_over_one() {
    let desk = Desk::new();
    let written = desk.run(&["kit", "my-kit"]);
    assert_eq!(written.code, Some(0), "{}", written.stderr);
    assert!(
        written.stdout.contains("my-kit/TUTORIAL.ja.md"),
        "{}",
        written.stdout
    );
    for path in kit().keys() {
        assert!(desk.path().join("my-kit").join(path).is_file(), "{path}");
    }
    let again = desk.run(&["kit", "my-kit"]);
    assert_eq!(again.code, Some(3), "{}", again.stderr);
    assert!(
        again.stderr.contains("空ではありません"),
        "{}",
        again.stderr
    );
}

/// A profile of one's own is laid out and answered as it is.
#[test]
fn another_profile_makes_another_kit() {
    let folder = tempfile::tempdir().expect("a folder");
    let bundled = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../fixtures/profiles/if-2.0-assumed"
    );
    copy(Path::new(bundled), folder.path());
    let path = folder.path().join("profile.toml");
    let mut settings = std::fs::read_to_string(&path).expect("the profile");
    for (from, to) in [
        (
            "line_end = { value = \"CRLF\"",
            "line_end = { value = \"LF\"",
        ),
        (
            "byte_order_mark = { value = true",
            "byte_order_mark = { value = false",
        ),
        (
            "header_row = { value = true",
            "header_row = { value = false",
        ),
        ("value = \"/kaigo/v2\"", "value = \"/betsu/v3\""),
    ] {
        assert!(settings.contains(from), "{from}");
        settings = settings.replace(from, to);
    }
    std::fs::write(&path, settings).expect("the profile");
    let files = make_of(
        Arc::new(Profile::load(folder.path()).expect("a good profile")),
        7,
    );
    let api = json(&files, "samples/api/index.json");
    assert_eq!(
        api["samples"][1]["request"]["path"],
        "/betsu/v3/setupStartRegistrationTasks"
    );
    assert_eq!(api["samples"][1]["status"], 202);
    let sets = json(&files, "samples/files/index.json");
    assert_eq!(sets["sets"][0]["answer"]["accepted"], true);
    let sent = sets["sets"][0]["sent"][0].as_str().expect("a name");
    let folder = sets["sets"][0]["folder"].as_str().expect("a folder");
    let control = text(&files, &format!("samples/files/{folder}/send/{sent}"));
    assert!(
        control.starts_with("\"KJ_") && !control.contains('\r'),
        "{control}"
    );
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a file");
        }
    }
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = folder.path().join("mine.txt");
    std::fs::write(&mine, "keep").expect("a file");
    let refused = Kit::check(folder.path()).expect_err("it is not empty");
    assert!(
        refused.to_string().contains("空ではありません"),
        "{refused}"
    );
    let kit = Kit::default();
    kit.write(folder.path()).expect_err("it is not empty");
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        1
    );
    let inside = folder.path().join("new/kit");
    kit.write(&inside).expect("a folder that is not there yet");
}
