//! Initial set-up (初期セットアップ) in mode 2, and the conditions that come before any set.

use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::{LinkSegment, Profile};
use tekigo_simulator::systems::pmh::Setup;
use tekigo_simulator::{ClockMove, Effect, Input, OperatorAction, WrongNumber};

use super::office::{ENVIRONMENT, MY_NUMBERS, Office, RawFile};
use super::refusing::{problem, refused};

fn setup(office: &Office) -> Setup {
    let setup = office.world.pmh().setup_of(office.account().0, ENVIRONMENT);
    setup.expect("an account")
}

fn start(office: &Office, number: &str) -> Vec<RawFile> {
    office
        .set(number, LinkSegment::Initial)
        .with(office, "setupStart", &[office.start()])
        .files(office)
}

fn completion(office: &Office, number: &str, people: usize) -> Vec<RawFile> {
    office
        .set(number, LinkSegment::Initial)
        .with(office, "setupCompletion", &[office.completion(people)])
        .files(office)
}

fn people(office: &Office, number: &str, segment: LinkSegment) -> Vec<RawFile> {
    office
        .set(number, segment)
        .with(office, "person", &[office.person(1)])
        .files(office)
}

#[test]
fn initial_set_up_goes_from_its_start_to_its_report() {
    let mut office = Office::prepared(Profile::bundled());
    let early = people(&office, "20261102090000", LinkSegment::Initial);
    refused(
        &mut office,
        early,
        &[problem("KJ_139998_PER_1_20261102090000_001.csv", "B211")],
    );
    office.must_accept(start(&office, "20261102090001"));
    assert!(matches!(setup(&office), Setup::Started { .. }));
    office.must_accept(people(&office, "20261102090002", LinkSegment::Initial));

    let wrong = completion(&office, "20261102090003", 2);
    refused(
        &mut office,
        wrong,
        &[problem("KJ_139998_SCP_1_20261102090003_001.csv", "B213")],
    );
    let files = completion(&office, "20261102090003", 1);
    let (answer, effects) = office.send(files);
    assert!(answer.done, "{answer:?}");
    let on = jiff::civil::date(2026, 11, 2);
    assert_eq!(setup(&office), Setup::Completed { on });
    let insurer = office.account().0;
    assert_eq!(office.world.platform().completed_on(insurer), Some(on));
    let notice = effects.iter().any(|dated| {
        matches!(&dated.effect, Effect::Mail(mail) if mail.subject.contains("初期セットアップ完了"))
    });
    assert!(notice, "{effects:?}");

    for (files, name) in [
        (
            start(&office, "20261102090004"),
            "KJ_139998_SST_1_20261102090004_001.csv",
        ),
        (
            completion(&office, "20261102090004", 1),
            "KJ_139998_SCP_1_20261102090004_001.csv",
        ),
        (
            people(&office, "20261102090004", LinkSegment::Initial),
            "KJ_139998_PER_1_20261102090004_001.csv",
        ),
    ] {
        refused(&mut office, files, &[problem(name, "B212")]);
    }
    office.must_accept(people(&office, "20261102090004", LinkSegment::Difference));
}

#[test]
fn the_start_comes_first_and_the_report_alone() {
    let mut office = Office::prepared(Profile::bundled());
    let set = office
        .set("20261102090000", LinkSegment::Initial)
        .with(&office, "person", &[office.person(1)])
        .with(&office, "setupStart", &[office.start()]);
    let (answer, _) = office.send(set.files(&office));
    let codes: Vec<_> = answer.problems.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["B211", "B004"], "{answer:?}");
    assert!(
        answer.problems[1]
            .message
            .ends_with("初期セットアップ開始は、組の最初のファイル（連番001）です"),
        "{answer:?}"
    );

    let mut office = Office::started();
    let set = office
        .set("20261102090001", LinkSegment::Initial)
        .with(&office, "burdenRatioCard", &[office.ratio(1, "1")])
        .with(&office, "setupCompletion", &[office.completion(2)]);
    let mut wanted = problem("KJ_139998_SCP_1_20261102090001_002.csv", "B004");
    wanted.message = "要求の内容（件数の指定、または届け出る記録）が誤っています。初期セットアップ完了報告は、組の内訳と、それだけの組で送ります";
    let files = set.files(&office);
    refused(&mut office, files, &[wanted]);
}

#[test]
fn a_notice_is_one_right_record() {
    let mut office = Office::prepared(Profile::bundled());
    let set = office.set("20261102090000", LinkSegment::Initial).with(
        &office,
        "setupStart",
        &[office.start(), office.start()],
    );
    let files = set.files(&office);
    refused(
        &mut office,
        files,
        &[problem("KJ_139998_SST_1_20261102090000_001.csv", "B004")],
    );
    let mut files = start(&office, "20261102090000");
    let text = String::from_utf8(files[1].1.clone()).expect("UTF-8");
    files[1].1 = text.replace("2026-11-02", "2026-11-31").into_bytes();
    refused(
        &mut office,
        files,
        &[problem("KJ_139998_SST_1_20261102090000_001.csv", "B004")],
    );
    assert_eq!(setup(&office), Setup::NotStarted);
}

#[test]
fn the_confirmed_day_comes_before_the_start() {
    let mut office = Office::prepared(Profile::bundled());
    office.act(OperatorAction::ConfirmSchedule {
        setup_date: jiff::civil::date(2026, 11, 4),
    });
    let files = start(&office, "20261102090000");
    refused(
        &mut office,
        files,
        &[problem("KJ_139998_SST_1_20261102090000_001.csv", "B202")],
    );
    let to = Moment::at(jiff::civil::date(2026, 11, 4), 0, 0);
    office.take(Input::Clock(ClockMove { to }));
    let files = start(&office, "20261102090000");
    office.must_accept(files);
}

#[test]
fn nothing_is_taken_before_everything_is_prepared() {
    let profile = Profile::bundled();
    let mut office = Office::opened(profile);
    let files = start(&office, "20261102090000");
    let (answer, _) = office.send(files.clone());
    assert_eq!(
        answer.reason.as_deref(),
        Some("ログインしていません。初回ログインから始めてください")
    );
    office.log_in();
    let missing = |code| super::refusing::Wanted {
        file: None,
        ..problem("", code)
    };
    refused(&mut office, files.clone(), &[missing("B203")]);
    for mode in ["api", "file"] {
        office.act(OperatorAction::ChooseMode {
            mode: mode.to_owned(),
        });
        refused(&mut office, files.clone(), &[missing("B203")]);
    }
    office.act(OperatorAction::ReportEnvironmentReady);
    refused(&mut office, files.clone(), &[missing("B205")]);
    // In the other mode files are not taken, however well prepared.
    office.act(OperatorAction::RegisterAddresses {
        processing_result: "kekka@tsukimi.example".to_owned(),
        board_reading: "shinsakai@tsukimi.example".to_owned(),
    });
    office.act(OperatorAction::ChooseMode {
        mode: "api".to_owned(),
    });
    refused(&mut office, files.clone(), &[missing("B203")]);
    office.act(OperatorAction::ChooseMode {
        mode: "file".to_owned(),
    });
    office.act(OperatorAction::ConfirmSchedule {
        setup_date: jiff::civil::date(2026, 11, 2),
    });
    office.must_accept(files);
}

#[test]
fn nothing_is_taken_before_the_law_is_in_force() {
    let variant = crate::profile::Variant::new();
    variant.replace(
        "profile.toml",
        "law_in_force = { value = \"2026-04-01\"",
        "law_in_force = { value = \"2026-11-03\"",
    );
    let profile = variant.load().expect("another day");
    let mut office = Office::prepared(std::sync::Arc::new(profile));
    let files = start(&office, "20261102090000");
    let wanted = super::refusing::Wanted {
        file: None,
        ..problem("", "B201")
    };
    refused(&mut office, files, &[wanted]);
}

#[test]
fn a_number_that_is_not_the_persons_own_is_refused_with_its_record() {
    let mut office = Office::started();
    office.take(Input::WrongNumber(WrongNumber {
        my_number: office.mask.my_number_token(MY_NUMBERS[2]),
    }));
    let set = office.set("20261102090001", LinkSegment::Difference).with(
        &office,
        "person",
        &[office.person(3)],
    );
    office.must_accept(set.files(&office));
    let rows = office.fetch_rows("KJ_139998_KEK_2_20261102090001_002.csv");
    assert!(
        rows[0].contains(&("resultCode".to_owned(), "E103".to_owned())),
        "{rows:?}"
    );
}
