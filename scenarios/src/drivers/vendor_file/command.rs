//! The command that starts a vendor build, with its placeholders.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// What stands for the placeholders at one start.
#[derive(Debug, Clone, Copy)]
pub struct Substitutes<'a> {
    /// `{tekigo}`: the path of the running program.
    pub tekigo: &'a Path,
    /// `{address}`: `127.0.0.1:PORT` chosen by the judge.
    pub address: &'a str,
    /// `{data}`: the slot's own folder, kept over restarts.
    pub data: &'a Path,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Tekigo,
    Address,
    Data,
}

/// A command and its arguments; no shell is involved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    words: Vec<Vec<Part>>,
    folder: Option<PathBuf>,
}

/// A word holds `{something}` that the judge does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnknownPlaceholder(pub(super) String);

impl CommandLine {
    /// Reads the words. `folder` is where the vendor's file lies: a relative command path counts
    /// from there, and the command runs there.
    pub(super) fn parse<'a>(
        words: impl IntoIterator<Item = &'a str>,
        folder: Option<PathBuf>,
    ) -> Result<Self, UnknownPlaceholder> {
        Ok(Self {
            words: words
                .into_iter()
                .map(parse_word)
                .collect::<Result<_, _>>()?,
            folder,
        })
    }

    /// The same command with further arguments, taken literally.
    pub(super) fn with_arguments(mut self, arguments: &[&str]) -> Self {
        let literal = |argument: &&str| vec![Part::Text((*argument).to_owned())];
        self.words.extend(arguments.iter().map(literal));
        self
    }

    /// Whether the judge's choice of address reaches the command.
    pub(super) fn uses_address(&self) -> bool {
        self.uses(&Part::Address)
    }

    /// Whether the command is told its slot's folder. A command without `{data}` is told nothing:
    /// after a restart it finds again only what it keeps in places of its own.
    #[must_use]
    pub fn uses_data(&self) -> bool {
        self.uses(&Part::Data)
    }

    fn uses(&self, wanted: &Part) -> bool {
        self.words.iter().flatten().any(|part| part == wanted)
    }

    /// The folder in which the command runs, if not the judge's own.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The program and its arguments with every placeholder filled in.
    ///
    /// A program written with a folder (`./run`, `build/run`) counts from the vendor's file; one
    /// without is looked up in `PATH`.
    #[must_use]
    pub fn fill_in(&self, with: Substitutes<'_>) -> (PathBuf, Vec<OsString>) {
        let mut words = self.words.iter().map(|parts| fill_in_word(parts, with));
        let program = PathBuf::from(words.next().unwrap_or_default());
        let program = match &self.folder {
            Some(folder) if program.is_relative() && program.components().count() > 1 => {
                folder.join(program)
            }
            Some(_) | None => program,
        };
        (program, words.collect())
    }
}

fn fill_in_word(parts: &[Part], with: Substitutes<'_>) -> OsString {
    let mut word = OsString::new();
    for part in parts {
        match part {
            Part::Text(text) => word.push(text),
            Part::Tekigo => word.push(with.tekigo),
            Part::Address => word.push(with.address),
            Part::Data => word.push(with.data),
        }
    }
    word
}

fn parse_word(word: &str) -> Result<Vec<Part>, UnknownPlaceholder> {
    static PLACEHOLDER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\{[A-Za-z_]+\}").expect("the pattern is fixed"));
    let mut parts = Vec::new();
    let mut end = 0;
    for found in PLACEHOLDER.find_iter(word) {
        if found.start() > end {
            parts.push(Part::Text(word[end..found.start()].to_owned()));
        }
        parts.push(match found.as_str() {
            "{tekigo}" => Part::Tekigo,
            "{address}" => Part::Address,
            "{data}" => Part::Data,
            unknown => return Err(UnknownPlaceholder(unknown.to_owned())),
        });
        end = found.end();
    }
    if end < word.len() {
        parts.push(Part::Text(word[end..].to_owned()));
    }
    Ok(parts)
}
