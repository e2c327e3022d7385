//! The vendor's file as the judge uses it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::command::CommandLine;
use super::limits::TimeLimits;
use super::problem::VendorFileError;
use super::reading;
use super::values::VendorAddress;
use crate::control::{BusinessClock, Declaration, OptionalFunction};
use crate::drivers::manual::ManualDesk;
use crate::requirement::{KnownGap, Mode};

/// How the judge comes to a running build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// The judge starts a command, and may stop and start it again.
    Command(CommandLine),
    /// The same for a program that speaks by lines on its standard input and output.
    Lines(CommandLine),
    /// The build runs already; the judge connects, and never stops it.
    Address(VendorAddress),
    /// A person works the build; where they are asked, if a console is open.
    Manual(Option<ManualDesk>),
}

/// Where a [`VendorFile`] came from, for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    File { path: PathBuf, start_line: usize },
    Bundled,
}

/// ベンダー設定ファイル: the build under test, how to reach it, and what its vendor declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorFile {
    pub(super) declaration: Declaration,
    pub(super) start: Start,
    pub(super) start_limit: Duration,
    pub(super) limits: TimeLimits,
    pub(super) known_gaps: BTreeMap<usize, KnownGap>,
    pub(super) origin: Origin,
}

impl VendorFile {
    /// Reads a vendor's file.
    ///
    /// # Errors
    /// [`VendorFileError`] with every fault at its line.
    pub fn load(path: &Path) -> Result<Self, VendorFileError> {
        let unreadable = |source| VendorFileError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        let absolute = std::path::absolute(path).map_err(unreadable)?;
        let folder = absolute.parent().unwrap_or(Path::new("/"));
        reading::read(path, folder, &text).map_err(|problems| VendorFileError::Invalid {
            path: path.to_owned(),
            problems,
        })
    }

    /// The bundled reference vendor, started by this very program.
    #[must_use]
    pub fn bundled_reference() -> Self {
        Self::bundled_reference_with(&[])
    }

    /// The bundled reference vendor with further arguments, such as a planted fault.
    #[must_use]
    pub fn bundled_reference_with(arguments: &[&str]) -> Self {
        const WORDS: [&str; 7] = [
            "{tekigo}",
            "reference-vendor",
            "--listen",
            "{address}",
            "--database",
            "{data}/vendor.sqlite",
            "--stop-with-stdin",
        ];
        let command = CommandLine::parse(WORDS, None)
            .expect("the words above hold known placeholders only")
            .with_arguments(arguments);
        Self {
            declaration: Declaration {
                product: "tekigo 基準ベンダー 介護保険システム".to_owned(),
                vendor: "tekigo".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                modes: [Mode::Api, Mode::File].into(),
                functions: [
                    OptionalFunction::BoardMaterial,
                    OptionalFunction::ElectronicOpinion,
                    OptionalFunction::PlanRequest,
                    OptionalFunction::CharacterReplacementView,
                ]
                .into(),
                clock: BusinessClock::Follows,
            },
            start: Start::Command(command),
            start_limit: Duration::from_secs(10),
            limits: TimeLimits::standard(),
            known_gaps: BTreeMap::new(),
            origin: Origin::Bundled,
        }
    }

    /// What the vendor declares.
    #[must_use]
    pub const fn declaration(&self) -> &Declaration {
        &self.declaration
    }

    /// How the judge comes to the running build.
    #[must_use]
    pub const fn start(&self) -> &Start {
        &self.start
    }

    /// How long the judge waits for the first answer after a start.
    #[must_use]
    pub const fn start_limit(&self) -> Duration {
        self.start_limit
    }

    /// How long the judge waits for the answer to each operation.
    #[must_use]
    pub const fn limits(&self) -> &TimeLimits {
        &self.limits
    }

    /// The gaps the vendor knows of, by the line of the entry in the file, from 1.
    #[must_use]
    pub fn known_gaps(&self) -> &BTreeMap<usize, KnownGap> {
        &self.known_gaps
    }

    /// The same file without gaps.
    #[must_use]
    pub fn without_known_gaps(mut self) -> Self {
        self.known_gaps.clear();
        self
    }

    /// Where the start is written: `vendor.toml:9`, for messages.
    #[must_use]
    pub fn start_place(&self) -> String {
        match &self.origin {
            Origin::File { path, start_line } => format!("{}:{start_line}", path.display()),
            Origin::Bundled => "内蔵の基準ベンダーの設定".to_owned(),
        }
    }

    /// The name of the file for messages, without a line.
    #[must_use]
    pub fn place(&self) -> String {
        match &self.origin {
            Origin::File { path, .. } => path.display().to_string(),
            Origin::Bundled => "内蔵の基準ベンダーの設定".to_owned(),
        }
    }

    /// Whether a person works the build.
    #[must_use]
    pub const fn is_manual(&self) -> bool {
        matches!(self.start, Start::Manual(_))
    }

    /// The same file with a desk at which the person is asked.
    #[must_use]
    pub fn with_desk(mut self, desk: ManualDesk) -> Self {
        self.start = Start::Manual(Some(desk));
        self
    }

    /// The same file with other limits for the operations.
    #[must_use]
    pub fn with_limits(mut self, limits: TimeLimits) -> Self {
        self.limits = limits;
        self
    }
}
