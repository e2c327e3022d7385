//! USB: the folders in which files travel between the product and the terminal.

use std::path::{Path, PathBuf};

use tekigo_simulator::profile::{FileName, Profile};

use super::failure::{Performed, StepFailure};
use crate::operator::CarriedFile;

/// How the journal names the folder, whose path differs from run to run.
pub(super) const SHOWN_FOLDER: &str = "（受け渡しのフォルダ）";
/// The most bytes that are read out of a folder: more than any set may have.
const BYTES_MAX: u64 = 512 << 20;

/// A scenario's folders, removed with it.
#[derive(Debug)]
pub(super) struct Stick {
    root: PathBuf,
    uses: usize,
}

/// The files of one set (組).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CarriedSet {
    /// 組の番号; empty if the names do not say one.
    pub(super) number: String,
    /// Its files, in the order they came.
    pub(super) files: Vec<CarriedFile>,
}

impl CarriedSet {
    /// What the set as a whole may be called by: its number, or any of its files.
    pub(super) fn names(&self) -> Vec<String> {
        let files = self.files.iter().map(|file| file.name.clone());
        std::iter::once(self.number.clone()).chain(files).collect()
    }
}

impl Stick {
    /// A stick with nothing on it, in a build's folder.
    pub(super) fn in_folder(folder: &Path) -> Performed<Self> {
        let root = folder.join("usb");
        if root.exists() {
            std::fs::remove_dir_all(&root).map_err(StepFailure::harness)?;
        }
        Ok(Self { root, uses: 0 })
    }

    /// A new, empty folder on it.
    pub(super) fn empty_folder(&mut self) -> Performed<PathBuf> {
        self.uses += 1;
        let folder = self.root.join(self.uses.to_string());
        std::fs::create_dir_all(&folder).map_err(StepFailure::harness)?;
        Ok(folder)
    }

    /// A new folder with files in it.
    pub(super) fn folder_with<'f>(
        &mut self,
        files: impl IntoIterator<Item = &'f CarriedFile>,
    ) -> Performed<PathBuf> {
        let folder = self.empty_folder()?;
        for file in files {
            // A name with a path in it would leave the folder.
            let name = Path::new(&file.name).file_name();
            if name.is_none_or(|name| name != file.name.as_str()) {
                return Err(StepFailure::harness(format!(
                    "「{}」はファイルの名前ではありません",
                    file.name
                )));
            }
            std::fs::write(folder.join(&file.name), &file.bytes).map_err(StepFailure::harness)?;
        }
        Ok(folder)
    }

    /// A text in which the folder's path is not to be seen.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        let mut shown = text.to_owned();
        for use_number in (1..=self.uses).rev() {
            let folder = self.root.join(use_number.to_string());
            shown = shown.replace(&folder.display().to_string(), SHOWN_FOLDER);
        }
        shown.replace(&self.root.display().to_string(), SHOWN_FOLDER)
    }
}

impl Drop for Stick {
    fn drop(&mut self) {
        // Nobody misses what is left: the slot's folder goes with the run.
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

/// The files in a folder, by name.
pub(super) fn files_in(folder: &Path) -> Performed<Vec<CarriedFile>> {
    let mut files = Vec::new();
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).map_err(StepFailure::harness)? {
        let entry = entry.map_err(StepFailure::harness)?;
        let about = entry.metadata().map_err(StepFailure::harness)?;
        bytes += about.len();
        if !about.is_file() || bytes > BYTES_MAX {
            return Err(StepFailure::violated(
                "受け渡しのフォルダには、上限に収まるファイルだけを書き出す",
                format!(
                    "「{}」を読み取れません（合計{bytes}バイト）",
                    entry.file_name().to_string_lossy()
                ),
            ));
        }
        files.push(CarriedFile {
            name: entry.file_name().to_string_lossy().into_owned(),
            bytes: std::fs::read(entry.path()).map_err(StepFailure::harness)?,
        });
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// Puts files into sets by the numbers in their names; files of one set need not stand together.
pub(super) fn sets_of(profile: &Profile, files: Vec<CarriedFile>) -> Vec<CarriedSet> {
    let mut sets: Vec<CarriedSet> = Vec::new();
    for file in files {
        let number = set_number(profile, &file.name);
        match sets.iter_mut().find(|set| set.number == number) {
            Some(set) => set.files.push(file),
            None => sets.push(CarriedSet {
                number,
                files: vec![file],
            }),
        }
    }
    sets
}

/// The number of the set that a file's name says, empty if it says none.
pub(super) fn set_number(profile: &Profile, name: &str) -> String {
    FileName::parse(name, profile)
        .map(|name| name.set.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> CarriedFile {
        CarriedFile {
            name: name.to_owned(),
            bytes: b"1".to_vec(),
        }
    }

    #[test]
    fn files_are_put_into_sets_by_their_numbers() {
        let files = [
            "KJ_139998_CTL_1_20261102090001_000.csv",
            "KJ_139998_CTL_2_20261102090002_000.csv",
            "memo.txt",
            "KJ_139998_PER_1_20261102090001_001.csv",
        ];
        let sets = sets_of(&Profile::bundled(), files.map(file).to_vec());
        let numbers: Vec<(&str, usize)> = sets
            .iter()
            .map(|set| (set.number.as_str(), set.files.len()))
            .collect();
        assert_eq!(
            numbers,
            [("20261102090001", 2), ("20261102090002", 1), ("", 1)]
        );
    }

    #[test]
    fn a_stick_carries_files_and_leaves_nothing_behind() {
        let slot = tempfile::tempdir().expect("a folder");
        let mut stick = Stick::in_folder(slot.path()).expect("a stick");
        let folder = stick
            .folder_with([&file("b.csv"), &file("a.csv")])
            .expect("written");
        let there = files_in(&folder).expect("read");
        assert_eq!(there, [file("a.csv"), file("b.csv")]);
        assert!(
            files_in(&stick.empty_folder().expect("a folder"))
                .expect("read")
                .is_empty()
        );
        let said = format!("「{}/a.csv」を読めません", folder.display());
        assert_eq!(
            stick.hidden_in(&said),
            "「（受け渡しのフォルダ）/a.csv」を読めません"
        );
        assert!(stick.folder_with([&file("../a.csv")]).is_err());
        drop(stick);
        assert!(!folder.exists());
    }
}
