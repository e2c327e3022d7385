//! Files that refuse their set: their bytes, their shape, and a control file that does not fit.

use super::office::{Office, RawFile};
use super::refusing::{Wanted, problem, refused, right};

const CONTROL: &str = "KJ_139998_CTL_2_20261102090001_000.csv";
pub(super) const PERSON: &str = "KJ_139998_PER_2_20261102090001_001.csv";
const RATIO: &str = "KJ_139998_FTW_2_20261102090001_002.csv";

pub(super) fn text(file: &RawFile) -> String {
    String::from_utf8(file.1.clone()).expect("UTF-8")
}

/// Sends the right set with one file's text changed; it must be refused for this reason.
#[track_caller]
fn refused_with(
    place: usize,
    change: impl FnOnce(String) -> Vec<u8>,
    wanted: impl AsRef<[Wanted]>,
) {
    let mut office = Office::started();
    let mut files = right(&office);
    files[place].1 = change(text(&files[place]));
    refused(&mut office, files, wanted.as_ref());
}

impl AsRef<[Wanted]> for Wanted {
    fn as_ref(&self) -> &[Wanted] {
        std::slice::from_ref(self)
    }
}

fn wanted(
    file: &str,
    code: &'static str,
    line: Option<usize>,
    item: Option<&'static str>,
    message: &'static str,
) -> Wanted {
    Wanted {
        line,
        item,
        message,
        ..problem(file, code)
    }
}

#[test]
fn other_character_sets() {
    let shift_jis = |text: String| encoding_rs::SHIFT_JIS.encode(&text[3..]).0.into_owned();
    refused_with(
        1,
        shift_jis,
        wanted(
            PERSON,
            "F201",
            None,
            None,
            "文字コードがUTF-8ではありません（1行目、ファイルの先頭から1バイト目。先頭を0とします）",
        ),
    );
    let utf_16 = |text: String| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused_with(
        1,
        utf_16,
        wanted(
            PERSON,
            "F201",
            None,
            None,
            "…（1行目、ファイルの先頭から0バイト目。先頭を0とします）",
        ),
    );
    let latin_1 = |text: String| {
        text.chars()
            .map(|it| (u32::from(it) & 0xff) as u8)
            .collect()
    };
    refused_with(2, latin_1, problem(RATIO, "F201"));
}

#[test]
fn the_beginning_of_a_file() {
    refused_with(
        1,
        |text| text.trim_start_matches('\u{feff}').as_bytes().to_vec(),
        wanted(
            PERSON,
            "F202",
            None,
            None,
            "先頭にバイト順マーク（BOM、EF BB BF）がありません",
        ),
    );
    refused_with(
        1,
        |text| format!("\u{feff}{text}").into_bytes(),
        wanted(PERSON, "F205", Some(1), Some("保険者番号"), ""),
    );
    let empty = "ファイルが空です";
    refused_with(1, |_| Vec::new(), wanted(PERSON, "F210", None, None, empty));
    refused_with(
        0,
        |_| "\u{feff}".into(),
        wanted(CONTROL, "F210", None, None, empty),
    );
    refused_with(
        2,
        |text| text.replacen("\"履歴番号\"", "\"履歴\"", 1).into_bytes(),
        wanted(
            RATIO,
            "F204",
            Some(1),
            Some("履歴番号"),
            "見出し（1行目）の3列目は「履歴番号」のはずです。受け取ったのは「履歴」です",
        ),
    );
    // The rows of another kind under this name.
    let mut office = Office::started();
    let mut files = right(&office);
    files[1].1 = files[2].1.clone();
    let head = wanted(PERSON, "F204", Some(1), Some("自治体別本人キー"), "");
    refused(&mut office, files, &[head]);
}

#[test]
fn the_cells_of_its_rows() {
    refused_with(
        2,
        |text| text.replacen("\"10\"", "\"1\0\"", 1).into_bytes(),
        wanted(
            RATIO,
            "F203",
            Some(2),
            None,
            "2行目にNUL文字（U+0000）があります",
        ),
    );
    refused_with(
        2,
        |text| text.replacen("\"10\"", "10", 1).into_bytes(),
        wanted(
            RATIO,
            "F205",
            Some(2),
            Some("負担割合"),
            "…（\"）で囲まれていません",
        ),
    );
    refused_with(
        2,
        |text| text.replacen("\"10\",", "", 1).into_bytes(),
        wanted(
            RATIO,
            "F206",
            Some(2),
            None,
            "2行目は7列です。8列のはずです",
        ),
    );
}

#[test]
fn the_ends_of_its_lines() {
    refused_with(
        2,
        |text| text.replacen("\r\n", "\n", 1).into_bytes(),
        wanted(RATIO, "F207", Some(1), None, ""),
    );
    refused_with(
        2,
        |text| text[..text.len() - 2].into(),
        wanted(
            RATIO,
            "F208",
            Some(3),
            None,
            "…ファイルが途中で切れている可能性があります",
        ),
    );
    refused_with(
        2,
        |text| text[..text.len() - 4].into(),
        wanted(
            RATIO,
            "F208",
            Some(3),
            Some("適用終了年月日"),
            "…閉じないまま、ファイルが終わっています",
        ),
    );
    // Within the last Japanese character of the last row.
    refused_with(
        1,
        |text| {
            let character = text.rfind(|character: char| !character.is_ascii());
            text.as_bytes()[..character.expect("a name") + 1].to_vec()
        },
        wanted(
            PERSON,
            "F208",
            Some(2),
            None,
            "2行目の文字の途中で、ファイルが終わっています。ファイルが途中で切れています",
        ),
    );
    refused_with(
        2,
        |text| format!("{text}\r\n").into_bytes(),
        wanted(
            RATIO,
            "F206",
            Some(4),
            None,
            "…4行目は0列です。8列のはずです",
        ),
    );
    // A line that never ends: it is one cell that is never closed.
    refused_with(
        2,
        |text| format!("{text}\"{}", "9".repeat(3_000_000)).into_bytes(),
        wanted(RATIO, "F208", Some(4), Some("保険者番号"), ""),
    );
}

#[test]
fn too_many_rows() {
    let variant = crate::profile::Variant::new();
    variant.replace(
        "profile.toml",
        "rows_max = { value = 100000,",
        "rows_max = { value = 2,",
    );
    let profile = std::sync::Arc::new(variant.load().expect("a small limit"));
    let mut office = Office::prepared(profile);
    let mut files = right(&office);
    let twice = text(&files[2]);
    let row = twice.lines().nth(1).expect("a row").to_owned();
    files[2].1 = format!("{twice}{row}\r\n").into_bytes();
    let wanted = wanted(
        RATIO,
        "F209",
        None,
        None,
        "記録が多すぎます。1つのファイルの上限は2件です",
    );
    refused(&mut office, files, &[wanted]);
}

#[test]
fn a_file_without_records_and_a_set_without_files() {
    refused_with(
        1,
        |text| text[..=text.find('\n').expect("a header")].into(),
        [
            Wanted {
                message: "記録が1件もありません",
                ..problem(PERSON, "B001")
            },
            wanted(CONTROL, "F302", Some(2), Some("件数"), ""),
        ],
    );
    let mut office = Office::started();
    let control = text(&right(&office)[0]);
    let header = &control.as_bytes()[..=control.find('\n').expect("a header")];
    let alone = vec![(CONTROL.to_owned(), header.to_vec())];
    let message = "記録が1件もありません。組の内訳のほかにファイルがありません";
    let wanted = Wanted {
        message,
        ..problem(CONTROL, "B001")
    };
    refused(&mut office, alone, &[wanted]);
}

#[test]
fn a_control_file_that_does_not_tell_what_was_sent() {
    refused_with(
        0,
        |text| {
            text.replace("_002.csv\",\"2\"", "_002.csv\",\"3\"")
                .into_bytes()
        },
        wanted(
            CONTROL,
            "F302",
            Some(3),
            Some("件数"),
            "組の内訳と、送られたファイルが合いません。「KJ_139998_FTW_2_20261102090001_002.csv」は、組の内訳では3件、送られたファイルでは2件です",
        ),
    );
    refused_with(
        0,
        |text| {
            text.lines()
                .take(2)
                .map(|line| format!("{line}\r\n"))
                .collect::<String>()
                .into()
        },
        wanted(
            RATIO,
            "F302",
            None,
            None,
            "…組の内訳に、このファイルの行がありません",
        ),
    );
    refused_with(
        0,
        |text| format!("{text}\"{CONTROL}\",\"2\"\r\n").into_bytes(),
        wanted(CONTROL, "F302", Some(4), Some("ファイル名"), ""),
    );
    refused_with(
        0,
        |text| format!("{text}\"{PERSON}\",\"1\"\r\n").into_bytes(),
        wanted(CONTROL, "F302", Some(4), Some("ファイル名"), ""),
    );
    let mut office = Office::started();
    let mut files = right(&office);
    files[0].1 = text(&files[0]).replace("\"1\"", "\"一\"").into_bytes();
    let wrong = [
        wanted(
            CONTROL,
            "F301",
            Some(2),
            Some("件数"),
            "組の内訳の書き方が正しくありません。件数は0以上の整数です。受け取った値「一」",
        ),
        wanted(PERSON, "F302", None, None, ""),
    ];
    refused(&mut office, files, &wrong);
}

#[test]
fn every_file_is_looked_at_before_a_set_is_refused() {
    let mut office = Office::started();
    let mut files = right(&office);
    files[0].1.truncate(40);
    files[1].1.clear();
    files[2].1 = b"\xff".to_vec();
    let all = [
        problem(CONTROL, "F208"),
        problem(PERSON, "F210"),
        problem(RATIO, "F201"),
    ];
    let before = office.memory();
    let (answer, _) = office.send(files);
    let seen: Vec<_> = answer
        .problems
        .iter()
        .map(|it| (it.file.as_deref().unwrap_or_default(), it.code.as_str()))
        .collect();
    let wanted: Vec<_> = all
        .iter()
        .map(|it| (it.file.as_deref().unwrap_or_default(), it.code))
        .collect();
    assert_eq!(seen, wanted);
    assert_eq!(office.memory(), before);
}

#[test]
fn a_file_cut_off_at_any_byte() {
    let mut office = Office::started();
    let files = right(&office);
    let before = office.memory();
    for place in 0..files.len() {
        for length in 0..files[place].1.len() {
            let mut cut = files.clone();
            cut[place].1.truncate(length);
            let (answer, effects) = office.send(cut);
            assert!(
                !answer.done && !answer.problems.is_empty(),
                "{place} {length}"
            );
            assert!(effects.is_empty());
        }
    }
    assert_eq!(office.memory(), before);
    office.must_accept(files);
}
