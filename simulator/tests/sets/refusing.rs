//! A set that is refused as a whole: where, why, and that nothing has changed.

use tekigo_simulator::SetProblem;
use tekigo_simulator::profile::LinkSegment;
use tekigo_simulator::systems::pmh::FileSetState;

use super::office::{Office, RawFile};

/// A problem that a test expects.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wanted {
    pub(super) file: Option<String>,
    pub(super) line: Option<usize>,
    pub(super) item: Option<&'static str>,
    pub(super) code: &'static str,
    /// The whole message, or, after `…`, how it ends; empty: not looked at.
    pub(super) message: &'static str,
}

pub(super) fn problem(file: &str, code: &'static str) -> Wanted {
    Wanted {
        file: Some(file.to_owned()),
        code,
        ..Wanted::default()
    }
}

fn of_set(code: &'static str, message: &'static str) -> Wanted {
    Wanted {
        code,
        message,
        ..Wanted::default()
    }
}

fn saying(wanted: Wanted, message: &'static str) -> Wanted {
    Wanted { message, ..wanted }
}

fn is_as_wanted(problem: &SetProblem, wanted: &Wanted) -> bool {
    let is_message = match wanted.message.strip_prefix('…') {
        Some(end) => problem.message.ends_with(end),
        None => wanted.message.is_empty() || problem.message == wanted.message,
    };
    problem.file == wanted.file
        && problem.line == wanted.line
        && problem.item.as_deref() == wanted.item
        && problem.code == wanted.code
        && is_message
        && !problem.message.is_empty()
}

/// Sends files that must be refused for exactly these reasons, and change nothing.
#[track_caller]
pub(super) fn refused(office: &mut Office, files: Vec<RawFile>, wanted: &[Wanted]) {
    let before = office.memory();
    let (answer, effects) = office.send(files);
    assert!(!answer.done, "taken over");
    let are_wanted = answer.problems.len() == wanted.len()
        && answer
            .problems
            .iter()
            .zip(wanted)
            .all(|(problem, wanted)| is_as_wanted(problem, wanted));
    assert!(are_wanted, "wanted {wanted:#?}\ngot {:#?}", answer.problems);
    let first = &answer.problems[0].message;
    assert_eq!(
        answer.reason,
        Some(format!("この組は受け付けられません。{first}"))
    );
    assert!(answer.set.is_none() && effects.is_empty());
    assert_eq!(office.memory(), before, "nothing has changed");
    // The pages show what was wrong, and that is all that is left of it.
    let sets = office.world.pmh().file_sets(&office.account());
    let newest = sets.iter().find_map(|set| match set.state {
        FileSetState::Refused { problems, .. } => Some(problems),
        FileSetState::Processing { .. } | FileSetState::Completed { .. } => None,
    });
    assert!(newest.is_some());
}

const PERSON: &str = "KJ_139998_PER_2_20261102090001_001.csv";
const RATIO: &str = "KJ_139998_FTW_2_20261102090001_002.csv";
const CONTROL: &str = "KJ_139998_CTL_2_20261102090001_000.csv";

/// A right set: the control file, a person and a card.
pub(super) fn right(office: &Office) -> Vec<RawFile> {
    office
        .set("20261102090001", LinkSegment::Difference)
        .with(office, "person", &[office.person(3)])
        .with(
            office,
            "burdenRatioCard",
            &[office.ratio(1, "1"), office.ratio(2, "1")],
        )
        .files(office)
}

/// The right set with something done to it.
fn with(office: &Office, change: impl FnOnce(&mut Vec<RawFile>)) -> Vec<RawFile> {
    let mut files = right(office);
    change(&mut files);
    files
}

fn rename(file: &mut RawFile, from: &str, to: &str) {
    assert!(file.0.contains(from), "{}", file.0);
    file.0 = file.0.replace(from, to);
}

#[test]
fn the_right_set_is_taken() {
    let mut office = Office::started();
    let files = right(&office);
    office.must_accept(files);
}

#[test]
fn too_few_too_many_and_too_large() {
    let mut office = Office::started();
    let none = of_set(
        "F101",
        "一度に送るファイルの数が正しくありません。ファイルが1つも選ばれていません",
    );
    refused(&mut office, Vec::new(), &[none]);

    let variant = crate::profile::Variant::new();
    for (from, to) in [
        (
            "set_files_max = { value = 100,",
            "set_files_max = { value = 3,",
        ),
        (
            "bytes_max = { value = 33554432,",
            "bytes_max = { value = 900,",
        ),
        (
            "set_bytes_max = { value = 67108864,",
            "set_bytes_max = { value = 1200,",
        ),
    ] {
        variant.replace("profile.toml", from, to);
    }
    let profile = std::sync::Arc::new(variant.load().expect("small limits"));
    let mut office = Office::prepared(profile);
    let started = office.set("20261102090000", LinkSegment::Initial).with(
        &office,
        "setupStart",
        &[office.start()],
    );
    office.must_accept(started.files(&office));
    let many = with(&office, |files| files.push(files[1].clone()));
    let most = "一度に送るファイルの数が正しくありません。1つの組は組の内訳も入れて3ファイルまでです。送られたのは4ファイルです";
    let bytes: usize = many.iter().map(|file| file.1.len()).sum();
    assert!(bytes > 1200, "{bytes}");
    refused(
        &mut office,
        many,
        &[of_set("F101", most), of_set("F102", "…です")],
    );
    let large = with(&office, |files| files[1].1.resize(901, b' '));
    let message =
        "送られたものが大きすぎます。1つのファイルは900バイトまでです。送られたのは901バイトです";
    refused(
        &mut office,
        large,
        &[
            saying(problem(PERSON, "F102"), message),
            of_set("F102", "…です"),
        ],
    );
}

#[test]
fn names_that_the_pattern_does_not_make() {
    let mut office = Office::started();
    let long = "あ".repeat(300);
    for name in [
        "person.csv",
        "../KJ_139998_PER_2_20261102090001_001.csv",
        "C:\\usb\\KJ_139998_PER_2_20261102090001_001.csv",
        "KJ_139998_PER_2_20261102090001_001.csv\0.exe",
        "<script>alert(1)</script>.csv",
        "KJ_139998_PER_2_20261102090001_001.CSV",
        "KJ_139999_PER_2_20261102090001_001.csv",
        "KJ_139998_ZZZ_2_20261102090001_001.csv",
        "KJ_139998_PER_3_20261102090001_001.csv",
        "KJ_139998_PER_2_2026110209000_001.csv",
        "KJ_139998_PER_2_２０２６１１０２０９０００１_001.csv",
        "KJ_139998_PER_2_20261102090001_1.csv",
        "",
        long.as_str(),
    ] {
        let files = with(&office, |files| files[1].0 = name.to_owned());
        let kept: String = name.chars().take(255).collect();
        refused(&mut office, files, &[problem(&kept, "F103")]);
    }
    let files = with(&office, |files| files[1].0 = "KJ_13.csv".to_owned());
    let message = "ファイル名が決まりに合いません。ファイル名「KJ_13.csv」の4文字目からは保険者番号（半角数字6桁、検査数字つき）のはずです。受け取ったのは「13.csv」です（形: KJ_{insurer}_{code}_{segment}_{timestamp}_{sequence}.csv）";
    refused(
        &mut office,
        files,
        &[saying(problem("KJ_13.csv", "F103"), message)],
    );
}

#[test]
fn no_more_than_twenty_problems_are_listed() {
    let mut office = Office::started();
    let files = (0..30).map(|file| (format!("{file}.csv"), Vec::new()));
    let wanted: Vec<_> = (0..20)
        .map(|file| problem(&format!("{file}.csv"), "F103"))
        .collect();
    refused(&mut office, files.collect(), &wanted);
}

#[test]
fn another_insurers_files() {
    let mut office = Office::started();
    let files = with(&office, |files| rename(&mut files[2], "139998", "131011"));
    let wanted = saying(
        problem("KJ_131011_FTW_2_20261102090001_002.csv", "F104"),
        "この保険者のファイルではありません。ファイル名の保険者番号は131011、ログインしている保険者は139998です",
    );
    refused(&mut office, files, &[wanted]);
}

#[test]
fn files_of_two_sets_or_two_segments() {
    let mut office = Office::started();
    let files = with(&office, |files| rename(&mut files[2], "090001", "090002"));
    let wanted = saying(
        problem("KJ_139998_FTW_2_20261102090002_002.csv", "F105"),
        "一度に送れるのは1つの組です。このファイルの組の番号は20261102090002、はじめのファイルの組の番号は20261102090001です",
    );
    refused(&mut office, files, &[wanted]);
    let files = with(&office, |files| rename(&mut files[1], "_2_", "_1_"));
    let wanted = saying(
        problem("KJ_139998_PER_1_20261102090001_001.csv", "F105"),
        "一度に送れるのは1つの組です。このファイルの連携区分は「1」、はじめのファイルの連携区分は「2」です",
    );
    refused(&mut office, files, &[wanted]);
}

#[test]
fn places_of_a_set_that_are_empty_or_taken_twice() {
    let mut office = Office::started();
    let gap = "組の中の連番が正しくありません。連番001のファイルがありません";
    let files = with(&office, |files| drop(files.remove(1)));
    refused(&mut office, files, &[of_set("F106", gap)]);
    let files = with(&office, |files| rename(&mut files[2], "_002", "_004"));
    let next = "組の中の連番が正しくありません。連番002のファイルがありません";
    let last = "組の中の連番が正しくありません。連番003のファイルがありません";
    refused(
        &mut office,
        files,
        &[of_set("F106", next), of_set("F106", last)],
    );
    let files = with(&office, |files| rename(&mut files[2], "_002", "_001"));
    let wanted = saying(
        problem("KJ_139998_FTW_2_20261102090001_001.csv", "F106"),
        "組の中の連番が正しくありません。連番001のファイルが2つ以上あります",
    );
    refused(&mut office, files, &[wanted]);
    let files = with(&office, |files| drop(files.remove(0)));
    let none = "組の中の連番が正しくありません。組の内訳（連番000）がありません";
    refused(&mut office, files, &[of_set("F106", none)]);
    let files = with(&office, |files| {
        files.remove(0);
        rename(&mut files[0], "_001", "_000");
        rename(&mut files[1], "_002", "_001");
    });
    let wanted = saying(
        problem("KJ_139998_PER_2_20261102090001_000.csv", "F106"),
        "組の中の連番が正しくありません。連番000は、組の内訳です",
    );
    refused(&mut office, files, &[wanted]);
}

#[test]
fn a_set_that_came_before_and_a_set_that_is_too_old() {
    let mut office = Office::started();
    let files = right(&office);
    office.must_accept(files.clone());
    let wanted = of_set(
        "F107",
        "この番号の組は受付済みです。組の番号 20261102090001 は 2026-11-02 09:00 に受け付けました",
    );
    refused(&mut office, files, &[wanted]);
    let old = with(&office, |files| {
        for file in files {
            rename(file, "20261102090001", "20261102085959");
        }
    });
    let wanted = of_set(
        "F108",
        "最後に受け付けた組より古い組です。送られた組の番号は 20261102085959、最後に受け付けた組の番号は 20261102090001 です",
    );
    refused(&mut office, old, &[wanted]);
    // Its control file names the files of the older set. A refused set uses up no number.
    let newer = with(&office, |files| {
        for file in files {
            rename(file, "20261102090001", "20261102090009");
        }
    });
    let control = CONTROL.replace("090001", "090009");
    let not_sent = |line| Wanted {
        line: Some(line),
        item: Some("ファイル名"),
        ..problem(&control, "F302")
    };
    let wanted = [
        not_sent(2),
        not_sent(3),
        problem(&PERSON.replace("090001", "090009"), "F302"),
        problem(&RATIO.replace("090001", "090009"), "F302"),
    ];
    refused(&mut office, newer, &wanted);
    let set = office.set("20261102090009", LinkSegment::Difference).with(
        &office,
        "burdenRatioCard",
        &[office.ratio(1, "2")],
    );
    let files = set.files(&office);
    office.must_accept(files);
}

#[test]
fn kinds_that_only_pmh_sends() {
    let mut office = Office::started();
    for (code, ja) in [
        ("KEK", "処理結果"),
        ("UKE", "受付結果"),
        ("SJK", "審査会資料参照状況"),
        ("KYT", "計画作成依頼届出"),
    ] {
        let files = with(&office, |files| rename(&mut files[1], "PER", code));
        let name = PERSON.replace("PER", code);
        let layout_ja = {
            let kind = office.profile.kind_by_file_code(code).expect("a kind");
            office.profile.layout(kind).ja().to_owned()
        };
        assert_eq!(layout_ja, ja);
        refused(
            &mut office,
            files,
            &[saying(
                problem(&name, "F109"),
                "…は、PMHから受け取るものです",
            )],
        );
    }
    let files = with(&office, |files| rename(&mut files[1], "PER", "CTL"));
    let name = PERSON.replace("PER", "CTL");
    let message = "この種別のファイルは送れません。組の内訳は、連番000だけです";
    refused(
        &mut office,
        files,
        &[saying(problem(&name, "F109"), message)],
    );
}
