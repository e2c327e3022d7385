//! Reading a Markdown page: its tables, fenced blocks, code spans, headings and links.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use regex::Regex;

/// The top folder of the repository.
pub(super) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().expect("the workspace has a root")
}

/// Every `README*.md`, the build folders left out.
pub(super) fn pages() -> Vec<Page> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository") {
            let entry = entry.expect("an entry of the folder");
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type().expect("a kind of entry");
            if kind.is_dir() && name != "target" && !name.starts_with('.') {
                folders.push(entry.path());
            } else if name.starts_with("README") && name.ends_with(".md") {
                found.push(Page::read(entry.path()));
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// One page.
pub(super) struct Page {
    pub(super) path: PathBuf,
    text: String,
}

impl Page {
    pub(super) fn read(path: PathBuf) -> Self {
        let text = std::fs::read_to_string(&path).expect("a page that can be read");
        Self { path, text }
    }

    /// A page of the top folder.
    pub(super) fn front(name: &str) -> Self {
        Self::read(root().join(name))
    }

    /// The rows of the table below a header row that begins like this, cell by cell.
    pub(super) fn table(&self, header: &str) -> Vec<Vec<String>> {
        let mut lines = self
            .text
            .lines()
            .skip_while(|line| !line.starts_with(header));
        assert!(
            lines.next().is_some(),
            "{} has no table {header}",
            self.path.display()
        );
        lines
            .skip(1)
            .take_while(|line| line.starts_with('|'))
            .map(|line| {
                let cells = line.trim_matches('|').split('|');
                cells.map(|cell| cell.trim().to_owned()).collect()
            })
            .collect()
    }

    /// The fenced blocks in one language.
    pub(super) fn blocks(&self, language: &str) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut inside: Option<(bool, String)> = None;
        for line in self.text.lines() {
            match (line.strip_prefix("```"), &mut inside) {
                (Some(of), None) => inside = Some((of == language, String::new())),
                (Some(_), Some(_)) => {
                    if let Some((true, block)) = inside.take() {
                        blocks.push(block);
                    }
                }
                (None, Some((_, block))) => block.extend([line, "\n"]),
                (None, None) => {}
            }
        }
        blocks
    }

    /// The page without its fenced blocks.
    pub(super) fn prose(&self) -> String {
        let mut is_inside = false;
        let mut prose = String::new();
        for line in self.text.lines() {
            if line.starts_with("```") {
                is_inside = !is_inside;
            } else if !is_inside {
                prose.extend([line, "\n"]);
            }
        }
        prose
    }

    /// What stands between single backticks, outside fenced blocks.
    pub(super) fn code_spans(&self) -> Vec<String> {
        let span = Regex::new("`([^`]+)`").expect("it is a regular expression");
        span.captures_iter(&self.prose())
            .map(|found| found[1].replace('\n', " "))
            .collect()
    }

    /// The `(target)` of every link.
    pub(super) fn links(&self) -> Vec<String> {
        let code = Regex::new("`[^`]*`").expect("it is a regular expression");
        let link = Regex::new(r"\[[^\]]*\]\(([^)\s]+)\)").expect("it is a regular expression");
        let prose = self.prose();
        let plain = code.replace_all(&prose, "code");
        link.captures_iter(&plain)
            .map(|found| found[1].to_owned())
            .collect()
    }

    /// The names by which links reach its headings.
    pub(super) fn anchors(&self) -> BTreeSet<String> {
        let mut uses = BTreeMap::<String, usize>::new();
        let mut anchors = BTreeSet::new();
        for line in self.prose().lines() {
            let title = line.trim_start_matches('#');
            if title.len() == line.len() || !title.starts_with(' ') {
                continue;
            }
            let name = anchor(title.trim());
            let used = uses.entry(name.clone()).or_default();
            anchors.insert(if *used == 0 {
                name
            } else {
                format!("{name}-{used}")
            });
            *used += 1;
        }
        anchors
    }
}

fn anchor(title: &str) -> String {
    let kept = title
        .chars()
        .filter(|one| one.is_alphanumeric() || matches!(one, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase)
        .map(|one| if one == ' ' { '-' } else { one })
        .collect()
}
