//! 置き場: the files that people brought, each under its digest, so that none is ever overwritten.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::instruction::sha256;

/// The folder in the console's own.
const NAME: &str = "files";

/// A folder of files under their digests.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in a console's folder.
    pub(super) fn in_folder(folder: &Path) -> io::Result<Self> {
        let folder = folder.join(NAME);
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Keeps a content; it is on the disk when this returns. Its digest.
    pub(super) fn keep(&self, content: &[u8]) -> io::Result<String> {
        let name = sha256(content);
        let place = self.folder.join(&name);
        if place.exists() && self.content(&name).is_ok() {
            return Ok(name);
        }
        let part = self.folder.join(format!("{name}.part"));
        let mut file = File::create(&part)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&part, &place)?;
        File::open(&self.folder)?.sync_all()?;
        Ok(name)
    }

    /// The content of a digest.
    ///
    /// # Errors
    /// It is not there, or is not what was kept.
    pub(super) fn content(&self, name: &str) -> io::Result<Vec<u8>> {
        let content = fs::read(self.folder.join(name))?;
        if sha256(&content) == name {
            return Ok(content);
        }
        Err(io::Error::other(format!(
            "{} の中身が、置かれたときのものと違います",
            self.folder.join(name).display()
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_is_given_back_and_a_changed_one_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::in_folder(folder.path()).expect("a store");
        let name = store.keep(b"abc").expect("kept");
        assert_eq!(store.keep(b"abc").expect("kept"), name);
        assert_eq!(store.content(&name).expect("there"), b"abc");
        fs::write(folder.path().join(NAME).join(&name), b"abd").expect("changed");
        assert!(store.content(&name).is_err());
        assert_eq!(store.keep(b"abc").expect("put right"), name);
        assert_eq!(store.content(&name).expect("there"), b"abc");
    }
}
