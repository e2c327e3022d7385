//! 取り違えと破損: what a set of files looks like after somebody has spoiled it.

use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::profile::{Charset, FileName, Profile};

use super::stick::CarriedSet;

/// The kind of the control file (組の内訳).
const CONTROL: &str = "setControl";
/// The kind of the file with the reasons of refused records (処理結果).
const REASONS: &str = "processingResult";
const NEW_LINE: u8 = b'\n';

/// How a set is spoiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    /// Cut off in the middle of the last row of a file.
    CutOff,
    /// A row of a file has lost its last column.
    Broken,
    /// One character of a row is no character any more.
    OneCharacter,
    /// A file in another character set.
    OtherCharset,
    /// A row of a file is gone; the control file still counts it.
    RowGone,
    /// The second half of the files has been left behind.
    Half,
    /// Names and contents are those of another insurer.
    OtherInsurer,
}

/// A spoiled set, and where it is spoiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoiled {
    pub(super) set: CarriedSet,
    /// The files at one of which it is to be noticed.
    pub(super) noticed_at: Vec<String>,
    /// The line of the file, from 1, if it is one line.
    pub(super) line: Option<usize>,
}

impl Damage {
    /// Spoils a set; `None` if it has nothing in it that could be spoiled like this.
    pub(super) fn of(self, profile: &Profile, set: &CarriedSet, other: &str) -> Option<Spoiled> {
        match self {
            Self::Half => half(profile, set),
            Self::OtherInsurer => of_other_insurer(profile, set, other),
            Self::CutOff
            | Self::Broken
            | Self::OneCharacter
            | Self::OtherCharset
            | Self::RowGone => self.in_one_file(profile, set),
        }
    }

    fn in_one_file(self, profile: &Profile, set: &CarriedSet) -> Option<Spoiled> {
        let victim = victim(profile, set, |bytes| {
            self != Self::OneCharacter || last_row(bytes).iter().any(|byte| *byte >= 0x80)
        })?;
        let mut spoiled = Spoiled {
            set: set.clone(),
            noticed_at: vec![set.files[victim].name.clone()],
            line: None,
        };
        let bytes = &mut spoiled.set.files[victim].bytes;
        let lines = lines_of(bytes);
        let (start, end) = *lines.last()?;
        let line = lines.len();
        match self {
            Self::CutOff => {
                // Within the row, so that its last quotation mark is lost.
                bytes.truncate(start + (end - start) / 2);
                spoiled.line = Some(line);
            }
            Self::Broken => {
                let row = &bytes[start..end];
                let comma = start + row.iter().rposition(|byte| *byte == b',')?;
                let ending = row.len() - trimmed(row).len();
                bytes.drain(comma..end - ending);
                spoiled.line = Some(line);
            }
            Self::OneCharacter => {
                let at = start + bytes[start..end].iter().position(|byte| *byte >= 0x80)?;
                // No byte of any of the profile's character sets, wherever it stands.
                bytes[at] = 0xFF;
                spoiled.line = Some(line);
            }
            Self::OtherCharset => *bytes = in_other_charset(profile, bytes)?,
            Self::RowGone => {
                bytes.truncate(start);
                // Either of the two that disagree may be named.
                spoiled.noticed_at.extend(control_of(profile, set));
            }
            Self::Half | Self::OtherInsurer => return None,
        }
        Some(spoiled)
    }
}

/// The files but for the second half of those that hold records.
fn half(profile: &Profile, set: &CarriedSet) -> Option<Spoiled> {
    let with_records: Vec<usize> = with_records(profile, set).collect();
    let kept = with_records.len() / 2;
    let gone = with_records.get(kept..).filter(|gone| !gone.is_empty())?;
    let files = set.files.iter().enumerate();
    let left = files.filter(|(place, _)| !gone.contains(place));
    Some(Spoiled {
        set: CarriedSet {
            number: set.number.clone(),
            files: left.map(|(_, file)| file.clone()).collect(),
        },
        noticed_at: set.names(),
        line: None,
    })
}

fn of_other_insurer(profile: &Profile, set: &CarriedSet, other: &str) -> Option<Spoiled> {
    let insurer = InsurerNumber::parse(other).ok()?;
    let renamed: Vec<(String, String)> = set
        .files
        .iter()
        .map(|file| {
            let mut name = FileName::parse(&file.name, profile).ok()?;
            name.insurer = insurer;
            Some((file.name.clone(), name.build(profile)))
        })
        .collect::<Option<_>>()?;
    let mut spoiled = set.clone();
    for (file, (_, name)) in spoiled.files.iter_mut().zip(&renamed) {
        file.name.clone_from(name);
        for (from, to) in &renamed {
            file.bytes = replaced(&file.bytes, from.as_bytes(), to.as_bytes());
        }
    }
    Some(Spoiled {
        noticed_at: renamed.into_iter().map(|(_, name)| name).collect(),
        set: spoiled,
        line: None,
    })
}

/// The file to spoil, of those that can be: the reasons of refused records if there are any, else
/// the file with the most rows, the first of those that have as many.
fn victim(profile: &Profile, set: &CarriedSet, can_be: impl Fn(&[u8]) -> bool) -> Option<usize> {
    let can_be = &can_be;
    let candidates =
        || with_records(profile, set).filter(move |place| can_be(&set.files[*place].bytes));
    let rows = |place: usize| lines_of(&set.files[place].bytes).len();
    let has_reasons = |place: &usize| {
        kind_of(profile, &set.files[*place].name) == Some(REASONS) && rows(*place) > 1
    };
    candidates()
        .find(has_reasons)
        .or_else(|| candidates().max_by_key(|place| (rows(*place), usize::MAX - place)))
}

fn last_row(bytes: &[u8]) -> &[u8] {
    let last = lines_of(bytes).last().copied();
    last.map_or(&[], |(start, end)| &bytes[start..end])
}

fn control_of(profile: &Profile, set: &CarriedSet) -> Option<String> {
    let mut names = set.files.iter().map(|file| &file.name);
    names
        .find(|name| kind_of(profile, name) == Some(CONTROL))
        .cloned()
}

fn kind_of<'p>(profile: &'p Profile, name: &str) -> Option<&'p str> {
    let name = FileName::parse(name, profile).ok()?;
    Some(profile.layout(name.kind).id())
}

/// The places of the files that hold records.
fn with_records<'s>(profile: &'s Profile, set: &'s CarriedSet) -> impl Iterator<Item = usize> + 's {
    let files = set.files.iter().enumerate();
    files
        .filter(|(_, file)| kind_of(profile, &file.name).is_some_and(|kind| kind != CONTROL))
        .map(|(place, _)| place)
}

/// Where each line begins and ends, its line end included.
fn lines_of(bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut start = 0;
    bytes
        .split_inclusive(|byte| *byte == NEW_LINE)
        .map(|line| {
            let from = start;
            start += line.len();
            (from, start)
        })
        .collect()
}

fn trimmed(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The file as a person would save it with another program: in the character set that the
/// profile does not want.
fn in_other_charset(profile: &Profile, bytes: &[u8]) -> Option<Vec<u8>> {
    match profile.file().charset.value {
        Charset::Utf8 => {
            let text = std::str::from_utf8(bytes).ok()?;
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
            Some(encoding_rs::SHIFT_JIS.encode(text).0.into_owned())
        }
        Charset::Cp932 => {
            let (text, _, _) = encoding_rs::SHIFT_JIS.decode(bytes);
            Some(text.into_owned().into_bytes())
        }
    }
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operator::CarriedFile;

    const OTHER: &str = "139980";
    const PEOPLE: &str = "KJ_139998_PER_2_20261102090000_001.csv";
    const CARDS: &str = "KJ_139998_HHS_2_20261102090000_002.csv";

    fn set() -> CarriedSet {
        let file = |name: &str, text: &str| CarriedFile {
            name: name.to_owned(),
            bytes: format!("\u{FEFF}{text}").into_bytes(),
        };
        CarriedSet {
            number: "20261102090000".to_owned(),
            files: vec![
                file(
                    "KJ_139998_CTL_2_20261102090000_000.csv",
                    &format!(
                        "\"ファイル名\",\"件数\"\r\n\"{PEOPLE}\",\"2\"\r\n\"{CARDS}\",\"1\"\r\n"
                    ),
                ),
                file(
                    PEOPLE,
                    "\"番号\",\"氏名\"\r\n\"1\",\"花\"\r\n\"2\",\"月\"\r\n",
                ),
                file(CARDS, "\"番号\"\r\n\"1\"\r\n"),
            ],
        }
    }

    fn spoiled(damage: Damage) -> Spoiled {
        damage
            .of(&Profile::bundled(), &set(), OTHER)
            .expect("it can be spoiled")
    }

    fn text(spoiled: &Spoiled, file: usize) -> String {
        String::from_utf8_lossy(&spoiled.set.files[file].bytes).into_owned()
    }

    #[test]
    fn the_last_row_of_the_fullest_file_is_spoiled_and_named() {
        let cases = [
            (
                Damage::CutOff,
                "\"番号\",\"氏名\"\r\n\"1\",\"花\"\r\n\"2\",\"",
                Some(3),
            ),
            (
                Damage::Broken,
                "\"番号\",\"氏名\"\r\n\"1\",\"花\"\r\n\"2\"\r\n",
                Some(3),
            ),
            (
                Damage::RowGone,
                "\"番号\",\"氏名\"\r\n\"1\",\"花\"\r\n",
                None,
            ),
        ];
        for (damage, expected, line) in cases {
            let spoiled = spoiled(damage);
            assert_eq!(
                text(&spoiled, 1),
                format!("\u{FEFF}{expected}"),
                "{damage:?}"
            );
            assert_eq!(spoiled.line, line, "{damage:?}");
            assert!(
                spoiled.noticed_at.contains(&PEOPLE.to_owned()),
                "{damage:?}"
            );
            assert_eq!(spoiled.set.files[0], set().files[0], "{damage:?}");
            assert_eq!(spoiled.set.files[2], set().files[2], "{damage:?}");
        }
    }

    #[test]
    fn characters_are_spoiled_one_or_all() {
        let one = spoiled(Damage::OneCharacter);
        assert!(std::str::from_utf8(&one.set.files[1].bytes).is_err());
        assert_eq!(one.set.files[1].bytes.len(), set().files[1].bytes.len());
        assert_eq!(one.line, Some(3));
        let all = spoiled(Damage::OtherCharset);
        let (read, _, is_wrong) = encoding_rs::SHIFT_JIS.decode(&all.set.files[1].bytes);
        assert!(!is_wrong && read.ends_with("\"2\",\"月\"\r\n"));
        assert_eq!(all.line, None);
    }

    #[test]
    fn a_character_is_spoiled_where_there_is_one_although_another_file_has_more_rows() {
        let mut set = set();
        set.files[2].bytes.extend_from_slice(b"\"2\"\r\n\"3\"\r\n");
        let spoiled = Damage::OneCharacter.of(&Profile::bundled(), &set, OTHER);
        let spoiled = spoiled.expect("the people have names");
        assert_eq!(spoiled.noticed_at, [PEOPLE]);
        assert_eq!(spoiled.set.files[2], set.files[2]);
    }

    #[test]
    fn half_a_set_keeps_its_control_file() {
        let half = spoiled(Damage::Half);
        let names: Vec<&str> = half
            .set
            .files
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        assert_eq!(names, ["KJ_139998_CTL_2_20261102090000_000.csv", PEOPLE]);
        assert!(half.noticed_at.contains(&CARDS.to_owned()));
    }

    #[test]
    fn another_insurers_set_is_sound_in_itself() {
        let other = spoiled(Damage::OtherInsurer);
        assert!(
            other
                .set
                .files
                .iter()
                .all(|file| file.name.starts_with("KJ_139980_"))
        );
        assert!(text(&other, 0).contains("KJ_139980_PER_2_20261102090000_001.csv"));
        assert!(!text(&other, 0).contains("139998"));
    }

    #[test]
    fn the_reasons_of_refused_records_are_spoiled_first() {
        let mut results = set();
        results.files[2] = CarriedFile {
            name: "KJ_139998_KEK_2_20261102090000_002.csv".to_owned(),
            bytes: "\"理由\"\r\n\"誤り\"\r\n".into(),
        };
        let spoiled = Damage::CutOff
            .of(&Profile::bundled(), &results, OTHER)
            .expect("it can be spoiled");
        assert_eq!(
            spoiled.noticed_at,
            ["KJ_139998_KEK_2_20261102090000_002.csv"]
        );
        assert_eq!(spoiled.line, Some(2));
    }
}
