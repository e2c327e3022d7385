//! The place of one build among those that run side by side.

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
        })
    }

    /// The same slot with another program for `{tekigo}`.
    #[must_use]
    pub fn with_program(mut self, program: PathBuf) -> Self {
        self.program = program;
        self
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
