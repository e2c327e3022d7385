//! Variants of the bundled profile: a copy of its folder with texts replaced.

use std::fs;
use std::path::{Path, PathBuf};

use tekigo_simulator::profile::{Profile, ProfileError};

/// A copy of the bundled profile in a folder of its own.
pub(crate) struct Variant {
    folder: tempfile::TempDir,
}

impl Variant {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&bundled_folder(), folder.path());
        Self { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Replaces the first place of `from` in a file, which must be there.
    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) -> &Self {
        let path = self.folder.path().join(file);
        let text = fs::read_to_string(&path).expect("a file of the profile");
        assert!(text.contains(from), "{file} has no «{from}»");
        fs::write(&path, text.replacen(from, to, 1)).expect("a file of the profile");
        self
    }

    pub(crate) fn load(&self) -> Result<Profile, ProfileError> {
        Profile::load(self.folder.path())
    }

    /// The reason the variant is refused, without its folder.
    pub(crate) fn reason(&self) -> String {
        let error = self.load().expect_err("a broken profile").to_string();
        let folder = format!("{}/", self.folder.path().display());
        error
            .strip_prefix(&folder)
            .expect("the folder in front")
            .to_owned()
    }
}

/// The bundled profile with files as Japanese office software writes them.
pub(crate) fn cp932() -> Profile {
    let variant = Variant::new();
    variant
        .replace(
            "profile.toml",
            "charset = { value = \"UTF-8\"",
            "charset = { value = \"CP932\"",
        )
        .replace(
            "profile.toml",
            "byte_order_mark = { value = true",
            "byte_order_mark = { value = false",
        )
        .replace(
            "profile.toml",
            "quoting = { value = \"always\"",
            "quoting = { value = \"necessary\"",
        );
    variant.load().expect("a profile with CP932 files")
}

pub(crate) fn bundled_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/profiles/if-2.0-assumed")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder of the profile") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copied file");
        }
    }
}
