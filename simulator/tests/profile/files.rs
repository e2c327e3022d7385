//! Files of mode 2: what refuses a whole file, and where in it; and file names.

use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::profile::{
    CsvCodec, CsvError, FileError, FileName, LinkSegment, Profile, Record, SetNumber,
};

use super::variant::{self, Variant};

const MARK: &str = "\u{feff}";

/// A file of 初期セットアップ開始: the layout with two columns.
fn file(rows: &[&str]) -> String {
    let mut text = format!("{MARK}\"保険者番号\",\"基準日\"\r\n");
    for row in rows {
        text.push_str(row);
        text.push_str("\r\n");
    }
    text
}

const ROW: &str = "\"139998\",\"2026-11-01\"";

fn read(profile: &Profile, bytes: &[u8]) -> Result<usize, FileError> {
    let kind = profile.kind("setupStart").expect("a kind");
    CsvCodec::new(profile)
        .read(kind, bytes)
        .map(|records| records.len())
}

fn refused(bytes: &[u8]) -> FileError {
    read(&Profile::bundled(), bytes).expect_err("a refused file")
}

fn record(profile: &Profile, kind: &str, items: &[(&str, &str)]) -> Record {
    let layout = profile.layout(profile.kind(kind).expect("a kind"));
    layout
        .record(items.iter().copied())
        .expect("a valid record")
}

#[test]
fn a_file_is_written_byte_for_byte_as_the_profile_says() {
    let profile = Profile::bundled();
    let start = record(
        &profile,
        "setupStart",
        &[("insurerNumber", "139998"), ("baselineDate", "2026-11-01")],
    );
    let kind = profile.kind("setupStart").expect("a kind");
    let codec = CsvCodec::new(&profile);
    let written = codec
        .write(kind, std::slice::from_ref(&start))
        .expect("a file");
    assert_eq!(
        String::from_utf8(written.clone()).expect("UTF-8"),
        file(&[ROW])
    );
    assert_eq!(codec.read(kind, &written), Ok(vec![Ok(start)]));
    assert_eq!(read(&profile, file(&[]).as_bytes()), Ok(0));
}

#[test]
fn a_file_of_the_wrong_shape_is_refused_with_line_and_column() {
    let text = file(&[ROW]);
    assert_eq!(refused(b""), FileError::Empty);
    assert_eq!(refused(MARK.as_bytes()), FileError::Empty);
    assert_eq!(
        refused(text.trim_start_matches(MARK).as_bytes()),
        FileError::MarkMissing
    );
    let cases = [
        (
            text.replace("基準日", "基準年月日"),
            "見出し（1行目）の2列目は「基準日」のはずです。受け取ったのは「基準年月日」です",
        ),
        (
            text.replacen(",\"基準日\"", "", 1),
            "見出し（1行目）の2列目は「基準日」のはずです。受け取ったのは列がないものです",
        ),
        (
            text.replacen("\r\n", ",\"備考\"\r\n", 1),
            "見出し（1行目）の列が多すぎます。2列のはずが、3列目に「備考」があります",
        ),
        (file(&[ROW, "\"139998\""]), "3行目は1列です。2列のはずです"),
        (file(&[ROW, ""]), "3行目は0列です。2列のはずです"),
        (
            file(&["\"139998\",2026-11-01"]),
            "2行目の2列目が引用符（\"）で囲まれていません",
        ),
        (
            file(&["\"139998\",\"2026\"-11-01"]),
            "2行目の2列目で、引用符（\"）の位置が正しくありません。中の引用符は2つ重ねます",
        ),
        (
            file(&["\"139\r\n998\",\"2026-11-01\"", "\"\""]),
            "4行目は1列です。2列のはずです",
        ),
        (
            file(&[ROW]).replace("-01\"\r\n", "-01\"\n"),
            "2行目の改行がCRLFではありません",
        ),
        (
            text.trim_end().to_owned(),
            "最後の行（2行目）に改行（CRLF）がありません。ファイルが途中で切れている可能性があります",
        ),
        (
            file(&["\"139998\",\"2026"]),
            "2行目の2列目の引用符（\"）が閉じないまま、ファイルが終わっています",
        ),
        (
            file(&["\"139998\",\"2026\0\""]),
            "2行目にNUL文字（U+0000）があります",
        ),
    ];
    for (text, reason) in cases {
        assert_eq!(refused(text.as_bytes()).to_string(), reason);
    }
}

#[test]
fn a_file_that_ends_within_a_character_is_cut_not_of_another_character_set() {
    let whole = file(&["\"花\",\"葉\""]);
    let row = whole.find('花').expect("the character");
    for more in 1..=2 {
        let error = refused(&whole.as_bytes()[..row + more]);
        assert_eq!(error, FileError::CutCharacter { line: 2 });
    }
    // At every other place of the row a cell or the line end is missing.
    for end in row..whole.len() - 2 {
        let error = refused(&whole.as_bytes()[..end]);
        assert!(
            !matches!(error, FileError::Charset { .. }),
            "{end}: {error}"
        );
    }
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode("保険者番号,基準日\r\n花,葉");
    let cut = &cp932[..cp932.len() - 1];
    let error = read(&variant::cp932(), cut).expect_err("a cut file");
    assert_eq!(error, FileError::CutCharacter { line: 2 });
}

#[test]
fn a_file_in_another_character_set_is_refused_at_its_first_wrong_byte() {
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode("\"保険者番号\",\"基準日\"\r\n");
    assert_eq!(
        refused(&cp932).to_string(),
        "文字コードがUTF-8ではありません（1行目、ファイルの先頭から1バイト目。先頭を0とします）"
    );
    let mut broken = file(&[ROW]).into_bytes();
    broken.extend_from_slice(b"\"\x93\xfa\"");
    assert_eq!(
        refused(&broken),
        FileError::Charset {
            charset: "UTF-8",
            offset: 58,
            line: 3
        }
    );

    let profile = variant::cp932();
    let error = read(&profile, "保険者番号,基準日\r\n".as_bytes()).expect_err("UTF-8");
    assert!(
        matches!(
            error,
            FileError::Charset {
                charset: "CP932",
                ..
            } | FileError::Header { .. }
        ),
        "{error}"
    );
    assert_eq!(
        read(&profile, file(&[ROW]).as_bytes()),
        Err(FileError::MarkUnexpected)
    );
    let plain = "保険者番号,基準日\r\n139998,2026-11-01\r\n";
    assert_eq!(
        read(&profile, &encoding_rs::SHIFT_JIS.encode(plain).0),
        Ok(1)
    );
    let stray = plain.replace("2026", "20\"26");
    let error =
        read(&profile, &encoding_rs::SHIFT_JIS.encode(&stray).0).expect_err("a stray quote");
    assert_eq!(error, FileError::Quote { line: 2, column: 2 });
}

#[test]
fn a_file_beyond_the_limits_is_refused() {
    let variant = Variant::new();
    variant
        .replace(
            "profile.toml",
            "rows_max = { value = 100000",
            "rows_max = { value = 1",
        )
        .replace(
            "profile.toml",
            "bytes_max = { value = 33554432",
            "bytes_max = { value = 100",
        );
    let profile = variant.load().expect("small limits");
    assert_eq!(read(&profile, file(&[ROW]).as_bytes()), Ok(1));
    assert_eq!(
        read(&profile, file(&[ROW, ROW]).as_bytes()),
        Err(FileError::Rows { limit: 1 })
    );
    let long = file(&[ROW, ROW, ROW]);
    let received = long.len();
    assert_eq!(
        read(&profile, long.as_bytes()),
        Err(FileError::Bytes {
            limit: 100,
            received
        })
    );
}

#[test]
fn a_wrong_cell_refuses_its_record_only() {
    let profile = Profile::bundled();
    let kind = profile.kind("setupStart").expect("a kind");
    let text = file(&[ROW, "\"139999\",\"2026-02-30\"", "\"\",\"\"", ROW]);
    let records = CsvCodec::new(&profile)
        .read(kind, text.as_bytes())
        .expect("a file");
    let codes: Vec<Vec<&str>> = records
        .iter()
        .map(|read| match read {
            Ok(_) => Vec::new(),
            Err(refusal) => refusal.errors.iter().map(|error| error.code).collect(),
        })
        .collect();
    assert_eq!(
        codes,
        [vec![], vec!["E006", "E007"], vec!["E001", "E001"], vec![]]
    );
}

#[test]
fn whole_numbers_and_booleans_of_a_file_are_the_same_as_in_json() {
    let profile = Profile::bundled();
    let layout = profile.layout(profile.kind("homeModificationUse").expect("a kind"));
    let items = |cost: &'static str, flag: &'static str| {
        layout.record([
            ("insurerNumber", "139998"),
            ("insuredNumber", "0000012345"),
            ("historyKey", "1"),
            ("isDeleted", flag),
            ("applicationDate", "2026-05-01"),
            ("completionDate", "2026-06-01"),
            ("costAmount", cost),
            ("paidAmount", "0"),
            ("remainingAllowance", "0"),
        ])
    };
    assert_eq!(items("0180000", "0"), items("180000", "0"));
    assert_eq!(
        items("180000", "false").expect_err("JSON's word")[0].code,
        "E002"
    );
    assert_eq!(items("18万", "0").expect_err("no digits")[0].code, "E002");
}

#[test]
fn a_character_the_set_lacks_is_named_with_row_and_item() {
    let profile = variant::cp932();
    let kind = profile.kind("person").expect("a kind");
    let layout = profile.layout(kind);
    let person = layout.read_json(super::messages::PERSON).expect("a person");
    let name = layout.field("basicFiveInfo.name").expect("an item");
    let rare = layout
        .with(&person, name, Some("𠮷野 〜子"))
        .expect("a name");
    let error = CsvCodec::new(&profile)
        .write(kind, &[person, rare])
        .expect_err("no such character");
    assert_eq!(
        error,
        CsvError::Character {
            row: 2,
            item: "氏名".to_owned(),
            character: '𠮷',
            charset: "CP932"
        }
    );
    assert_eq!(
        error.to_string(),
        "2件目の氏名の文字「𠮷」（U+20BB7）はCP932で表せません"
    );
}

#[test]
fn a_file_name_says_the_same_when_it_is_read_again() {
    let profile = Profile::bundled();
    for layout in profile.kinds() {
        let name = FileName {
            set: SetNumber::parse("20261102090000").expect("fourteen digits"),
            sequence: 7,
            insurer: InsurerNumber::parse("139998").expect("a number"),
            kind: layout.kind(),
            segment: LinkSegment::Difference,
        };
        let text = name.build(&profile);
        assert_eq!(
            text,
            format!("KJ_139998_{}_2_20261102090000_007.csv", layout.file_code())
        );
        assert_eq!(FileName::parse(&text, &profile), Ok(name));
    }
}

#[test]
fn a_wrong_file_name_is_told_where_it_goes_wrong() {
    let profile = Profile::bundled();
    let good = "KJ_139998_PER_1_20261102090000_001.csv";
    let cases = [
        (good.replace("KJ", "kj"), 1, "「KJ_」"),
        (
            good.replace("139998", "139999"),
            4,
            "保険者番号（半角数字6桁、検査数字つき）",
        ),
        (good.replace("PER", "ZZZ"), 11, "データ種別の符号"),
        (good.replace("PER_1", "PER_3"), 15, "連携区分"),
        (good.replace("20261102090000", "20261102"), 17, "14桁の連番"),
        (good.replace("_001", "_1"), 32, "組の中の3桁の連番"),
        (good.replace(".csv", ".CSV"), 35, "「.csv」"),
        (format!("{good}.bak"), 39, "名前の終わり"),
        ("日本語.csv".to_owned(), 1, "「KJ_」"),
    ];
    for (name, position, expected) in cases {
        let error = FileName::parse(&name, &profile).expect_err(&name);
        assert_eq!(
            (error.position, error.expected.as_str()),
            (position, expected),
            "{name}"
        );
    }
    assert_eq!(
        FileName::parse("KJ_13.csv", &profile)
            .expect_err("short")
            .to_string(),
        "ファイル名「KJ_13.csv」の4文字目からは保険者番号（半角数字6桁、検査数字つき）のはずです。\
         受け取ったのは「13.csv」です（形: KJ_{insurer}_{code}_{segment}_{timestamp}_{sequence}.csv）"
    );
}
