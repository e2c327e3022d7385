//! Ways to spoil the files of a set.

use proptest::prelude::*;
use proptest::sample::Index;

use super::office::RawFile;

/// What happens to a file, or to the set it is in.
#[derive(Debug, Clone)]
pub(super) enum Spoiling {
    Flip { at: Index, bits: u8 },
    Insert { at: Index, byte: u8 },
    Cut { at: Index },
    Lines(Lines, Index),
    Text(Texts),
    Encode(Encoding),
    Replace { what: Index, with: Index },
    Name(Names),
    Set(Sets),
}

/// What happens to the lines of a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lines {
    Drop,
    Double,
    Swap,
    NoColumn,
    OneColumnMore,
    Unquoted,
    OneQuoteLess,
    OneQuoteMore,
    Empty,
    OnlyLineFeed,
}

/// What happens to the text of a file as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) enum Texts {
    NoMark,
    TwoMarks,
    Nothing,
    OnlyHeader,
    NoEnd,
    Nul,
}

/// Another character set.
#[derive(Debug, Clone, Copy)]
pub(super) enum Encoding {
    ShiftJis,
    Utf16Le,
    Utf16Be,
    Latin1,
}

/// What happens to the name of a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Names {
    OtherInsurer,
    OtherSegment,
    OtherNumber,
    OtherSequence,
    OtherCode,
    PmhCode,
    Folder,
    Script,
    Nul,
    Long,
    Upper,
}

/// What happens to the set.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sets {
    Nothing,
    LoseFile,
    DoubleFile,
    SwapContents,
    Repeated,
    Old,
    Reverse,
}

/// Texts in control files and records, and what may come in their place.
const WORDS: [&str; 14] = [
    "\"1\"",
    "\"2\"",
    "\"3\"",
    "139998",
    "_001.csv",
    "_002.csv",
    "20261102",
    "月見",
    "ファイル名",
    "件数",
    "\"\"",
    "\"一\"",
    "履歴番号",
    "000000000",
];

pub(super) fn any_spoiling() -> impl Strategy<Value = Spoiling> {
    let lines = prop::sample::select(vec![
        Lines::Drop,
        Lines::Double,
        Lines::Swap,
        Lines::NoColumn,
        Lines::OneColumnMore,
        Lines::Unquoted,
        Lines::OneQuoteLess,
        Lines::OneQuoteMore,
        Lines::Empty,
        Lines::OnlyLineFeed,
    ]);
    let texts = prop::sample::select(vec![
        Texts::NoMark,
        Texts::TwoMarks,
        Texts::Nothing,
        Texts::OnlyHeader,
        Texts::NoEnd,
        Texts::Nul,
    ]);
    let encodings = prop::sample::select(vec![
        Encoding::ShiftJis,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Latin1,
    ]);
    prop_oneof![
        4 => (any::<Index>(), 1_u8..=255).prop_map(|(at, bits)| Spoiling::Flip { at, bits }),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Spoiling::Insert { at, byte }),
        3 => any::<Index>().prop_map(|at| Spoiling::Cut { at }),
        6 => (lines, any::<Index>()).prop_map(|(lines, at)| Spoiling::Lines(lines, at)),
        2 => texts.prop_map(Spoiling::Text),
        1 => encodings.prop_map(Spoiling::Encode),
        4 => (any::<Index>(), any::<Index>())
            .prop_map(|(what, with)| Spoiling::Replace { what, with }),
        3 => any_name().prop_map(Spoiling::Name),
        3 => any_set().prop_map(Spoiling::Set),
    ]
}

fn any_name() -> impl Strategy<Value = Names> {
    prop::sample::select(vec![
        Names::OtherInsurer,
        Names::OtherSegment,
        Names::OtherNumber,
        Names::OtherSequence,
        Names::OtherCode,
        Names::PmhCode,
        Names::Folder,
        Names::Script,
        Names::Nul,
        Names::Long,
        Names::Upper,
    ])
}

fn any_set() -> impl Strategy<Value = Sets> {
    prop::sample::select(vec![
        Sets::Nothing,
        Sets::LoseFile,
        Sets::DoubleFile,
        Sets::SwapContents,
        Sets::Repeated,
        Sets::Old,
        Sets::Reverse,
    ])
}

impl Spoiling {
    /// Does it to one of the files, or to them all.
    pub(super) fn spoil(&self, files: &mut Vec<RawFile>, place: usize) {
        let bytes = &mut files[place].1;
        match self {
            Self::Flip { at, bits } if !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] ^= bits;
            }
            Self::Flip { .. } => {}
            Self::Insert { at, byte } => bytes.insert(at.index(bytes.len() + 1), *byte),
            Self::Cut { at } => bytes.truncate(at.index(bytes.len() + 1)),
            Self::Lines(what, at) => edit(bytes, |text| lines(&text, *what, *at)),
            Self::Text(what) => edit(bytes, |text| whole(&text, *what)),
            Self::Encode(encoding) => {
                if let Ok(text) = std::str::from_utf8(bytes) {
                    *bytes = encoded(text, *encoding);
                }
            }
            Self::Replace { what, with } => edit(bytes, |text| {
                let there: Vec<_> = WORDS.iter().filter(|word| text.contains(**word)).collect();
                if there.is_empty() {
                    return text;
                }
                let what = there[what.index(there.len())];
                text.replacen(what, WORDS[with.index(WORDS.len())], 1)
            }),
            Self::Name(what) => files[place].0 = name(&files[place].0, *what),
            Self::Set(what) => spoil_set(files, place, *what),
        }
    }
}

fn edit(bytes: &mut Vec<u8>, change: impl FnOnce(String) -> String) {
    if let Ok(text) = String::from_utf8(bytes.clone()) {
        *bytes = change(text).into_bytes();
    }
}

fn lines(text: &str, what: Lines, at: Index) -> String {
    let mut lines: Vec<String> = text.split_inclusive("\r\n").map(str::to_owned).collect();
    if lines.is_empty() {
        return String::new();
    }
    let at = at.index(lines.len());
    let line = &mut lines[at];
    match what {
        Lines::Drop => drop(lines.remove(at)),
        Lines::Double => lines.insert(at, lines[at].clone()),
        Lines::Swap => lines.rotate_left(at),
        Lines::NoColumn => *line = line.replacen("\",\"", "", 1),
        Lines::OneColumnMore => *line = line.replacen("\r\n", ",\"\"\r\n", 1),
        Lines::Unquoted => *line = line.replacen("\",\"", "\",", 1),
        Lines::OneQuoteLess => *line = line.replacen('"', "", 1),
        Lines::OneQuoteMore => *line = line.replacen("\",", "\"\",", 1),
        Lines::Empty => lines.insert(at, "\r\n".to_owned()),
        Lines::OnlyLineFeed => *line = line.replace('\r', ""),
    }
    lines.concat()
}

fn whole(text: &str, what: Texts) -> String {
    match what {
        Texts::NoMark => text.trim_start_matches('\u{feff}').to_owned(),
        Texts::TwoMarks => format!("\u{feff}{text}"),
        Texts::Nothing => String::new(),
        Texts::OnlyHeader => text.split_inclusive('\n').take(1).collect(),
        Texts::NoEnd => text.trim_end().to_owned(),
        Texts::Nul => text.replacen(",\"", ",\"\0", 1),
    }
}

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::ShiftJis => encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Latin1 => text
            .chars()
            .map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?'))
            .collect(),
    }
}

fn name(name: &str, what: Names) -> String {
    match what {
        Names::OtherInsurer => name.replacen("139998", "131011", 1),
        Names::OtherSegment => name.replacen("_1_", "_3_", 1).replacen("_2_", "_1_", 1),
        Names::OtherNumber => name.replacen("090009", "090010", 1),
        Names::OtherSequence => name
            .replacen("_001.", "_003.", 1)
            .replacen("_000.", "_001.", 1),
        Names::OtherCode => name.replacen("PER", "FTW", 1).replacen("CTL", "PER", 1),
        Names::PmhCode => name.replacen("PER", "KEK", 1).replacen("FTW", "UKE", 1),
        Names::Folder => format!("../{name}"),
        Names::Script => format!("<script>{name}</script>"),
        Names::Nul => format!("{name}\0"),
        Names::Long => name.repeat(9),
        Names::Upper => name.to_uppercase(),
    }
}

fn spoil_set(files: &mut Vec<RawFile>, place: usize, what: Sets) {
    let mut renumber = |number: &str| {
        for file in files.iter_mut() {
            file.0 = file.0.replace("20261102090009", number);
            edit(&mut file.1, |text| text.replace("20261102090009", number));
        }
    };
    match what {
        Sets::Nothing => files.clear(),
        Sets::LoseFile => drop(files.remove(place)),
        Sets::DoubleFile => files.push(files[place].clone()),
        Sets::SwapContents => {
            let other = (place + 1) % files.len();
            let bytes = std::mem::take(&mut files[place].1);
            let bytes = std::mem::replace(&mut files[other].1, bytes);
            files[place].1 = bytes;
        }
        Sets::Repeated => renumber("20261102090000"),
        Sets::Old => renumber("20261102085959"),
        // The order in which a browser sends files means nothing.
        Sets::Reverse => files.reverse(),
    }
}
