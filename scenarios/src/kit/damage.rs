//! What a set of files can have wrong as a whole, one thing at a time.

use tekigo_simulator::profile::{Charset, Profile, SetNumber};

use super::file_samples::SampleFile;

/// One thing that is wrong with a set.
pub(super) struct Damage {
    name: &'static str,
    ja: &'static str,
    work: Work,
}

/// A set with a damage.
pub(super) struct Damaged {
    /// A word for the folder's name.
    pub(super) name: &'static str,
    /// What is wrong, in Japanese.
    pub(super) ja: &'static str,
    /// The files.
    pub(super) files: Vec<SampleFile>,
}

enum Work {
    /// The bytes of the first file of records change.
    Bytes(fn(&[u8]) -> Vec<u8>),
    /// The bytes of the control file (組の内訳) change.
    Control(fn(&[u8]) -> Vec<u8>),
    /// The name of the first file of records changes.
    Name(fn(&str) -> String),
    /// Files are added or taken away.
    Files(fn(&mut Vec<SampleFile>)),
    /// Every file bears the number of a set that was sent before.
    Number,
}

/// Every damage that a profile makes possible.
pub(super) fn damages(profile: &Profile) -> Vec<Damage> {
    let file = profile.file();
    let damage = |name, ja, work| Damage { name, ja, work };
    let mut damages = vec![
        damage(
            "no-control",
            "組の内訳がない",
            Work::Files(|files| {
                files.remove(0);
            }),
        ),
        damage(
            "control-alone",
            "組の内訳のほかにファイルがない",
            Work::Files(|files| files.truncate(1)),
        ),
        damage(
            "name",
            "ファイル名が決まりに合わない",
            Work::Name(|name| format!("x{name}")),
        ),
        damage(
            "two-sets",
            "番号の違うファイルが混じっている",
            Work::Name(next_number),
        ),
        damage("repeated", "受付済みの番号の組", Work::Number),
        damage("empty", "空のファイル", Work::Bytes(|_| Vec::new())),
        damage(
            "nul",
            "NUL文字がある",
            Work::Bytes(|bytes| replaced(bytes, "-", "\0")),
        ),
        damage(
            "cut",
            "途中で切れている",
            Work::Bytes(|bytes| bytes[..bytes.len() - 9].to_vec()),
        ),
        damage(
            "quote",
            "引用符の使い方が正しくない",
            Work::Bytes(|bytes| replaced(bytes, "\",\"", "\"x,\"")),
        ),
        damage("columns", "列が1つ少ない", Work::Bytes(without_last_column)),
        damage(
            "control-count",
            "組の内訳の件数が合わない",
            Work::Control(|bytes| replaced(bytes, "\"1\"", "\"2\"")),
        ),
        damage(
            "control-file",
            "組の内訳に、送っていないファイルの名前がある",
            Work::Control(|bytes| replaced(bytes, "_001", "_002")),
        ),
        damage(
            "control-text",
            "組の内訳の件数が数でない",
            Work::Control(|bytes| replaced(bytes, "\"1\"", "\"one\"")),
        ),
    ];
    if file.charset.value == Charset::Utf8 {
        damages.push(damage(
            "charset",
            "文字コードが違う",
            Work::Bytes(|bytes| {
                let mut bytes = bytes.to_vec();
                bytes.extend([0x8a, 0xbf, 0x8e, 0x9a]);
                bytes
            }),
        ));
    }
    if file.byte_order_mark.value {
        damages.push(damage(
            "no-mark",
            "バイト順マークがない",
            Work::Bytes(|bytes| bytes[3..].to_vec()),
        ));
    }
    if file.header_row.value {
        damages.push(damage(
            "header",
            "見出しの1列目の名前が違う",
            Work::Bytes(|bytes| replaced_once(bytes, "番号", "No")),
        ));
    }
    if file.line_end.value == tekigo_simulator::profile::LineEnd::CrLf {
        damages.push(damage(
            "line-end",
            "行の終わりがLF",
            Work::Bytes(|bytes| replaced(bytes, "\r\n", "\n")),
        ));
    }
    damages
}

impl Damage {
    /// Does it to a set that is right.
    pub(super) fn done_to(
        &self,
        profile: &Profile,
        right: Vec<SampleFile>,
        before: SetNumber,
    ) -> Damaged {
        let mut files = right;
        match self.work {
            Work::Bytes(change) => on(&mut files, 1, |file| file.1 = change(&file.1)),
            Work::Control(change) => on(&mut files, 0, |file| file.1 = change(&file.1)),
            Work::Name(change) => on(&mut files, 1, |file| file.0 = change(&file.0)),
            Work::Files(change) => change(&mut files),
            Work::Number => {
                for file in &mut files {
                    let name = tekigo_simulator::profile::FileName::parse(&file.0, profile);
                    if let Ok(name) = name {
                        let name = tekigo_simulator::profile::FileName {
                            set: before,
                            ..name
                        };
                        file.0 = name.build(profile);
                    }
                }
            }
        }
        Damaged {
            name: self.name,
            ja: self.ja,
            files,
        }
    }
}

fn on(files: &mut [SampleFile], place: usize, change: impl FnOnce(&mut SampleFile)) {
    if let Some(file) = files.get_mut(place) {
        change(file);
    }
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8_lossy(bytes)
        .replace(from, to)
        .into_bytes()
}

fn replaced_once(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8_lossy(bytes)
        .replacen(from, to, 1)
        .into_bytes()
}

/// The last cell of the last row goes, its comma with it.
fn without_last_column(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let rows = text.trim_end_matches(['\r', '\n']);
    let end = &text[rows.len()..];
    let kept = rows.rsplit_once(',').map_or(rows, |(kept, _)| kept);
    format!("{kept}{end}").into_bytes()
}

/// The same name with its last digit but those of the sequence changed.
fn next_number(name: &str) -> String {
    match name.rsplit_once('_') {
        Some((front, back)) => {
            let (kept, last) = front.split_at(front.len() - 1);
            let other = if last == "9" { "8" } else { "9" };
            format!("{kept}{other}_{back}")
        }
        None => name.to_owned(),
    }
}
