//! What is wrong with a set (組) as a whole, as the staff are told.

use crate::operator::{SetProblem, UploadedFile};
use crate::profile::{FileError, Profile};

/// A way in which a set can be wrong; the profile explains its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SetFault {
    /// No file, or too many.
    Count,
    /// A file or the set is too large.
    Size,
    /// A name that the pattern does not make.
    Name,
    /// Another insurer's file.
    Insurer,
    /// Files of more than one set or 連携区分.
    Mixed,
    /// A place in the set that is empty, taken twice, or not the control file's.
    Sequence,
    /// A set that was taken over already.
    Repeated,
    /// A set older than the last one.
    Old,
    /// A kind that municipalities do not send.
    Direction,
    /// Bytes that are no text of the character set.
    Charset,
    /// A control file (組の内訳) whose rows are wrong.
    Control,
    /// A control file that does not tell what was sent.
    Counts,
    /// The shape of a file.
    Shape(Shape),
}

/// A way in which the text of a file can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Mark,
    Nul,
    Header,
    Quoting,
    Columns,
    LineEnd,
    Truncated,
    Rows,
    Empty,
}

impl SetFault {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Count => "F101",
            Self::Size => "F102",
            Self::Name => "F103",
            Self::Insurer => "F104",
            Self::Mixed => "F105",
            Self::Sequence => "F106",
            Self::Repeated => "F107",
            Self::Old => "F108",
            Self::Direction => "F109",
            Self::Charset => "F201",
            Self::Shape(Shape::Mark) => "F202",
            Self::Shape(Shape::Nul) => "F203",
            Self::Shape(Shape::Header) => "F204",
            Self::Shape(Shape::Quoting) => "F205",
            Self::Shape(Shape::Columns) => "F206",
            Self::Shape(Shape::LineEnd) => "F207",
            Self::Shape(Shape::Truncated) => "F208",
            Self::Shape(Shape::Rows) => "F209",
            Self::Shape(Shape::Empty) => "F210",
            Self::Control => "F301",
            Self::Counts => "F302",
        }
    }

    fn of(error: &FileError) -> Self {
        match error {
            FileError::Empty => Self::Shape(Shape::Empty),
            FileError::Bytes { .. } => Self::Size,
            FileError::Rows { .. } => Self::Shape(Shape::Rows),
            FileError::Charset { .. } => Self::Charset,
            FileError::MarkMissing | FileError::MarkUnexpected => Self::Shape(Shape::Mark),
            FileError::Nul { .. } => Self::Shape(Shape::Nul),
            FileError::Header { .. } | FileError::HeaderLong { .. } => Self::Shape(Shape::Header),
            FileError::Ragged { .. } => Self::Shape(Shape::Columns),
            FileError::Unquoted { .. } | FileError::Quote { .. } => Self::Shape(Shape::Quoting),
            FileError::LineEnd { .. } => Self::Shape(Shape::LineEnd),
            FileError::Unterminated { .. }
            | FileError::CutCharacter { .. }
            | FileError::Truncated { .. } => Self::Shape(Shape::Truncated),
        }
    }
}

/// Where in a set a problem is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place<'s> {
    pub(super) file: Option<&'s str>,
    pub(super) line: Option<usize>,
    pub(super) item: Option<&'s str>,
}

impl<'s> Place<'s> {
    pub(super) fn file(name: &'s str) -> Self {
        Self {
            file: Some(name),
            ..Self::default()
        }
    }

    pub(super) fn line(name: &'s str, line: usize) -> Self {
        Self {
            line: Some(line),
            ..Self::file(name)
        }
    }
}

/// The problems found at one stage of the check.
#[derive(Debug)]
pub(super) struct Problems<'p> {
    profile: &'p Profile,
    found: Vec<SetProblem>,
}

impl<'p> Problems<'p> {
    pub(super) fn new(profile: &'p Profile) -> Self {
        Self {
            profile,
            found: Vec::new(),
        }
    }

    /// Notes a problem with what exactly is wrong.
    pub(super) fn note(&mut self, place: Place<'_>, fault: SetFault, detail: &str) {
        let code = fault.code();
        let error = self.profile.set_error(code);
        let ja = error.map_or("仕様にない符号です", |error| error.ja.as_str());
        self.push(place, code, format!("{ja}。{detail}"));
    }

    /// Notes a condition of linking or of set-up that is not met.
    pub(super) fn note_business(&mut self, place: Place<'_>, code: &str, detail: Option<&str>) {
        let error = self.profile.business_error(code);
        let ja = error.map_or("仕様にない符号です", |error| error.ja.as_str());
        let message = match detail {
            Some(detail) => format!("{ja}。{detail}"),
            None => ja.to_owned(),
        };
        self.push(place, code, message);
    }

    /// Notes why the text of a file cannot be taken.
    pub(super) fn note_file(&mut self, name: &str, head: Option<&str>, error: &FileError) {
        let place = Place {
            file: Some(name),
            line: error.line(),
            item: head,
        };
        self.push(place, SetFault::of(error).code(), error.to_string());
    }

    /// Notes that a file did not come as text, for a reason that was found at the door.
    pub(super) fn note_unreadable(&mut self, file: &UploadedFile, reason: &str) {
        let fault = match file.cut_in_line {
            Some(_) => SetFault::Shape(Shape::Truncated),
            None => SetFault::Charset,
        };
        let place = Place {
            line: file.cut_in_line,
            ..Place::file(&file.name)
        };
        self.push(place, fault.code(), reason.to_owned());
    }

    fn push(&mut self, place: Place<'_>, code: &str, message: String) {
        if self.found.len() < SetProblem::LISTED_MAX {
            self.found.push(SetProblem {
                file: place.file.map(str::to_owned),
                line: place.line,
                item: place.item.map(str::to_owned),
                code: code.to_owned(),
                message,
            });
        }
    }

    /// Ends the stage: what was found, if anything was.
    pub(super) fn end(self) -> Result<(), Vec<SetProblem>> {
        if self.found.is_empty() {
            Ok(())
        } else {
            Err(self.found)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_explains_every_code() {
        let profile = Profile::bundled();
        let faults = [
            SetFault::Count,
            SetFault::Size,
            SetFault::Name,
            SetFault::Insurer,
            SetFault::Mixed,
            SetFault::Sequence,
            SetFault::Repeated,
            SetFault::Old,
            SetFault::Direction,
            SetFault::Charset,
            SetFault::Shape(Shape::Mark),
            SetFault::Shape(Shape::Nul),
            SetFault::Shape(Shape::Header),
            SetFault::Shape(Shape::Quoting),
            SetFault::Shape(Shape::Columns),
            SetFault::Shape(Shape::LineEnd),
            SetFault::Shape(Shape::Truncated),
            SetFault::Shape(Shape::Rows),
            SetFault::Shape(Shape::Empty),
            SetFault::Control,
            SetFault::Counts,
        ];
        for fault in faults {
            assert!(profile.set_error(fault.code()).is_some(), "{fault:?}");
        }
        assert_eq!(profile.set_errors().len(), faults.len());
    }
}
