//! Names of the files of mode 2, built and read by the profile's pattern.

use std::fmt;

use super::fault::ProfileFault;
use super::interface::Profile;
use super::layout::KindId;
use super::settings::{ApiSettings, LinkSegment};
use crate::domain::{InsurerNumber, shown};
use crate::kernel::Moment;

/// Digits of the number that all files of one set share.
const SET_DIGITS: usize = 14;
/// The largest such number.
const SET_MAX: u64 = 99_999_999_999_999;
/// Digits of a file's place in its set.
const SEQUENCE_DIGITS: usize = 3;

/// How file names are built: fixed text and `{insurer}`, `{code}`, `{segment}`, `{timestamp}`, `{sequence}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    Insurer,
    Code,
    Segment,
    Timestamp,
    Sequence,
}

const PLACEHOLDERS: [(&str, Part); 5] = [
    ("insurer", Part::Insurer),
    ("code", Part::Code),
    ("segment", Part::Segment),
    ("timestamp", Part::Timestamp),
    ("sequence", Part::Sequence),
];

impl NamePattern {
    pub(super) fn parse(
        text: String,
        extension: &str,
        api: &ApiSettings,
    ) -> Result<Self, ProfileFault> {
        let wrong = |reason: String| ProfileFault::NamePattern {
            pattern: text.clone(),
            reason,
        };
        let is_safe = |part: &str| {
            part.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (literal, after) = rest.split_once('{').unwrap_or((rest, ""));
            let has_placeholder = literal.len() < rest.len();
            if !is_safe(literal) {
                return Err(wrong(format!(
                    "「{literal}」にファイル名に使えない文字があります"
                )));
            }
            if !literal.is_empty() {
                parts.push(Part::Literal(literal.to_owned()));
            }
            if !has_placeholder {
                break;
            }
            let Some((name, after)) = after.split_once('}') else {
                return Err(wrong("「{」が閉じていません".to_owned()));
            };
            let Some((_, part)) = PLACEHOLDERS.into_iter().find(|(known, _)| *known == name) else {
                return Err(wrong(format!("「{{{name}}}」という差し込みはありません")));
            };
            if parts.contains(&part) {
                return Err(wrong(format!("「{{{name}}}」が2回あります")));
            }
            parts.push(part);
            rest = after;
        }
        for (name, part) in PLACEHOLDERS {
            if !parts.contains(&part) {
                return Err(wrong(format!("「{{{name}}}」がありません")));
            }
        }
        if !text.ends_with(&format!(".{extension}")) {
            return Err(wrong(format!("拡張子が「.{extension}」ではありません")));
        }
        for segment in [LinkSegment::Initial, LinkSegment::Difference] {
            let code = api.link_segment_code(segment);
            if !is_safe(code) {
                return Err(wrong(format!("連携区分「{code}」はファイル名に使えません")));
            }
        }
        Ok(Self { text, parts })
    }

    /// The pattern as the profile writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// The number that all files of one set (組) share, and that orders the sets: fourteen digits,
/// by custom the time of its making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetNumber(u64);

impl SetNumber {
    /// Reads exactly fourteen digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_number = text.len() == SET_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            text.parse().ok().map(Self)
        } else {
            None
        }
    }

    /// The number of a set made at a moment.
    #[must_use]
    pub fn of_moment(now: Moment) -> Self {
        // The run's years have four digits.
        Self::parse(&now.digits()).unwrap_or(Self(0))
    }

    /// The number after this one; the largest stays.
    #[must_use]
    pub fn next(self) -> Self {
        Self((self.0 + 1).min(SET_MAX))
    }
}

impl fmt::Display for SetNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0SET_DIGITS$}", self.0)
    }
}

/// What the name of a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName {
    /// The set the file belongs to.
    pub set: SetNumber,
    /// Place in the set, 0 to 999.
    pub sequence: u16,
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// The kind of its records.
    pub kind: KindId,
    /// 連携区分.
    pub segment: LinkSegment,
}

/// Why a name is not one that the profile's pattern makes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "ファイル名「{name}」の{position}文字目からは{expected}のはずです。受け取ったのは「{received}」です（形: {pattern}）"
)]
pub struct FileNameError {
    /// The name.
    pub name: String,
    /// Where it goes wrong, in characters from 1.
    pub position: usize,
    /// What was expected there.
    pub expected: String,
    /// The rest of the name from there.
    pub received: String,
    /// The pattern.
    pub pattern: String,
}

impl FileName {
    /// The name by the profile's pattern.
    #[must_use]
    pub fn build(&self, profile: &Profile) -> String {
        let mut name = String::new();
        for part in &profile.file().name_pattern.value.parts {
            match part {
                Part::Literal(text) => name.push_str(text),
                Part::Insurer => name.push_str(self.insurer.as_str()),
                Part::Code => name.push_str(profile.layout(self.kind).file_code()),
                Part::Segment => name.push_str(profile.api().link_segment_code(self.segment)),
                Part::Timestamp => name.push_str(&self.set.to_string()),
                Part::Sequence => name.push_str(&format!("{:0SEQUENCE_DIGITS$}", self.sequence)),
            }
        }
        name
    }

    /// Reads a name by the profile's pattern.
    ///
    /// # Errors
    /// The first place where the name leaves the pattern, with what was expected and what came.
    pub fn parse(name: &str, profile: &Profile) -> Result<Self, FileNameError> {
        let pattern = &profile.file().name_pattern.value;
        let mut reading = Reading {
            name,
            rest: name,
            pattern: &pattern.text,
        };
        let (mut insurer, mut kind, mut segment, mut set, mut sequence) =
            (None, None, None, None, None);
        for part in &pattern.parts {
            match part {
                Part::Literal(text) => {
                    reading.take(&format!("「{text}」"), |rest| {
                        rest.starts_with(text.as_str()).then_some((text.len(), ()))
                    })?;
                }
                Part::Insurer => {
                    let what = "保険者番号（半角数字6桁、検査数字つき）";
                    insurer = Some(reading.take(what, insurer_prefix)?);
                }
                Part::Code => {
                    kind = Some(reading.take("データ種別の符号", |rest| {
                        longest_code(profile, rest)
                    })?);
                }
                Part::Segment => {
                    segment = Some(reading.take("連携区分", |rest| segment_prefix(profile, rest))?);
                }
                Part::Timestamp => {
                    set = Some(reading.take("14桁の連番", |rest| {
                        SetNumber::parse(rest.get(..SET_DIGITS)?).map(|set| (SET_DIGITS, set))
                    })?);
                }
                Part::Sequence => {
                    sequence = Some(reading.take("組の中の3桁の連番", |rest| {
                        let digits = rest.get(..SEQUENCE_DIGITS)?;
                        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
                        is_number
                            .then(|| digits.parse().ok())?
                            .map(|number| (SEQUENCE_DIGITS, number))
                    })?);
                }
            }
        }
        match (insurer, kind, segment, set, sequence, reading.rest) {
            (Some(insurer), Some(kind), Some(segment), Some(set), Some(sequence), "") => Ok(Self {
                set,
                sequence,
                insurer,
                kind,
                segment,
            }),
            _ => Err(reading.error("名前の終わり")),
        }
    }
}

fn insurer_prefix(rest: &str) -> Option<(usize, InsurerNumber)> {
    let number = InsurerNumber::parse(rest.get(..6)?).ok()?;
    Some((6, number))
}

fn longest_code(profile: &Profile, rest: &str) -> Option<(usize, KindId)> {
    profile
        .kinds()
        .iter()
        .filter(|layout| rest.starts_with(layout.file_code()))
        .map(|layout| (layout.file_code().len(), layout.kind()))
        .max_by_key(|(length, _)| *length)
}

fn segment_prefix(profile: &Profile, rest: &str) -> Option<(usize, LinkSegment)> {
    [LinkSegment::Initial, LinkSegment::Difference]
        .into_iter()
        .map(|segment| (profile.api().link_segment_code(segment), segment))
        .filter(|(code, _)| rest.starts_with(*code))
        .map(|(code, segment)| (code.len(), segment))
        .max_by_key(|(length, _)| *length)
}

struct Reading<'n> {
    name: &'n str,
    rest: &'n str,
    pattern: &'n str,
}

impl<'n> Reading<'n> {
    /// Takes what `read` finds at the start of the rest: how many bytes, and what they say.
    fn take<T>(
        &mut self,
        expected: &str,
        read: impl FnOnce(&'n str) -> Option<(usize, T)>,
    ) -> Result<T, FileNameError> {
        match read(self.rest) {
            Some((length, value)) => {
                self.rest = self.rest.get(length..).unwrap_or_default();
                Ok(value)
            }
            None => Err(self.error(expected)),
        }
    }

    fn error(&self, expected: &str) -> FileNameError {
        let read = self.name.strip_suffix(self.rest).unwrap_or_default();
        FileNameError {
            name: shown(self.name),
            position: read.chars().count() + 1,
            expected: expected.to_owned(),
            received: shown(self.rest),
            pattern: self.pattern.to_owned(),
        }
    }
}
