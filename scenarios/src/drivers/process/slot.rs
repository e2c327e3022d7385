//! The place of one build among those that run side by side.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// One of the places in which builds run side by side: a number, a folder of its own for `{data}`,
/// and the program that stands for `{tekigo}`.
#[derive(Debug)]
pub struct Slot {
    number: usize,
    folder: Folder,
    program: PathBuf,
    log: Option<PathBuf>,
}

#[derive(Debug)]
enum Folder {
    /// Removed with the slot.
    Temporary(TempDir),
    /// Kept for those who want to look into it.
    Kept(PathBuf),
}

impl Slot {
    /// A slot whose folder is removed with it. `{tekigo}` is the running program.
    ///
    /// # Errors
    /// When the folder cannot be made or the running program's path is not known.
    pub fn temporary(number: usize) -> io::Result<Self> {
        Ok(Self {
            number,
            folder: Folder::Temporary(tempfile::Builder::new().prefix("tekigo-").tempdir()?),
            program: std::env::current_exe()?,
            log: None,
        })
    }

    /// A slot with a folder below `parent` that stays after the run.
    ///
    /// # Errors
    /// When the folder cannot be made or the running program's path is not known.
    pub fn kept_in(parent: &Path, number: usize) -> io::Result<Self> {
        let folder = std::path::absolute(parent)?.join(format!("slot-{number}"));
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            number,
            folder: Folder::Kept(folder),
            program: std::env::current_exe()?,
            log: None,
        })
    }

    /// The same slot with another program for `{tekigo}`.
    #[must_use]
    pub fn with_program(mut self, program: PathBuf) -> Self {
        self.program = program;
        self
    }

    /// The same slot, whose builds' output is kept in `folder`, in a file of the slot's.
    #[must_use]
    pub fn with_log_in(mut self, folder: &Path) -> Self {
        self.log = Some(folder.join(format!("build-{}.log", self.number)));
        self
    }

    /// Where a build's output is kept: opened at its end, and made if it is not there.
    pub(super) fn log(&self) -> io::Result<Option<File>> {
        let open = |path| OpenOptions::new().create(true).append(true).open(path);
        self.log.as_ref().map(open).transpose()
    }

    /// The number of the slot, from 0.
    #[must_use]
    pub const fn number(&self) -> usize {
        self.number
    }

    /// The folder that stands for `{data}`.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match &self.folder {
            Folder::Temporary(folder) => folder.path(),
            Folder::Kept(folder) => folder,
        }
    }

    /// The program that stands for `{tekigo}`.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }
}
