//! The kit of `tekigo kit`: its samples are true, its schemas say the same as PMH, its links lead somewhere.

mod pages;
mod samples;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde_json::Value;
use tekigo::kit::{Kit, KitSettings};
use tekigo_simulator::profile::Profile;

pub(crate) use pages::blocks;

/// The files of a kit by their path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A kit of the bundled profile.
pub(crate) fn make(seed: u64) -> Files {
    let settings = KitSettings {
        profile: Profile::bundled(),
        seed,
    };
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
