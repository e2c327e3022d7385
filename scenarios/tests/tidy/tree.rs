//! The files of the repository, as they lie on the disk.

use std::fs;
use std::path::{Path, PathBuf};

/// A text file, by its path from the top with `/` between folders.
pub(super) struct TextFile {
    pub(super) path: String,
    pub(super) text: String,
}

/// The folder that holds the workspace.
pub(super) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names at the top that git leaves alone, from `.gitignore`.
pub(super) fn ignored() -> Vec<String> {
    fs::read_to_string(top().join(".gitignore"))
        .expect("a .gitignore")
        .lines()
        .map(|line| line.trim_matches('/').to_owned())
        .collect()
}

/// Every text file, without what git leaves alone.
pub(super) fn text_files() -> Vec<TextFile> {
    let mut files = Vec::new();
    gather(&top(), "", &ignored(), &mut files);
    assert!(files.len() > 100, "the walk found the repository");
    files
}

fn gather(folder: &Path, prefix: &str, ignored: &[String], files: &mut Vec<TextFile>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("UTF-8");
        if name == ".git" || ignored.contains(&name) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type().expect("a type").is_dir() {
            gather(&entry.path(), &format!("{path}/"), ignored, files);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.push(TextFile { path, text });
        }
    }
}
