//! A set that is right: its records are judged one by one, and its results come back as files.

use tekigo_simulator::kernel::{DeliveryRule, Fate, Route};
use tekigo_simulator::profile::{LinkSegment, SetNumber};
use tekigo_simulator::systems::pmh::{FileSetState, FileSetView};
use tekigo_simulator::{ClockMove, Dated, Effect, Input, Mail, OperatorAction};

use super::office::Office;

const NUMBER: &str = "20261102090001";

fn mail(dated: &Dated) -> Option<&Mail> {
    let Effect::Mail(mail) = &dated.effect else {
        return None;
    };
    Some(mail)
}

fn mails(effects: &[Dated]) -> Vec<&Mail> {
    effects.iter().filter_map(mail).collect()
}

fn view(office: &Office) -> FileSetView<'_> {
    let sets = office.world.pmh().file_sets(&office.account());
    sets.into_iter().next().expect("a set")
}

fn held(office: &Office, number: usize, kind: &str) -> usize {
    let key = tekigo_simulator::domain::InsuredKey {
        insurer: office.account().0,
        number: format!("{number:010}").parse().expect("a number"),
    };
    let holdings = office.world.platform().holdings(key);
    holdings.map_or(0, |held| held.of_kind(office.kind(kind)).count())
}

#[test]
fn files_are_worked_on_in_the_order_of_their_sequence() {
    let mut office = Office::started();
    // The card of a person whom the file before it registers.
    let set = office
        .set(NUMBER, LinkSegment::Initial)
        .with(&office, "person", &[office.person(3)])
        .with(&office, "burdenRatioCard", &[office.ratio(3, "1")]);
    let mut files = set.files(&office);
    files.reverse();
    let answer = office.must_accept(files);
    let accepted = answer.set.expect("a set");
    assert_eq!(
        (accepted.number.as_str(), accepted.segment.as_str()),
        (NUMBER, "1")
    );
    let told: Vec<_> = accepted
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.kind.as_str(), file.records))
        .collect();
    assert_eq!(
        told,
        [
            ("KJ_139998_PER_1_20261102090001_001.csv", "person", 1),
            (
                "KJ_139998_FTW_1_20261102090001_002.csv",
                "burdenRatioCard",
                1
            ),
        ]
    );
    assert_ne!(accepted.files[0].task, accepted.files[1].task);
    assert_eq!(held(&office, 3, "person"), 1);
    assert_eq!(held(&office, 3, "burdenRatioCard"), 1);
    assert!(matches!(
        view(&office).state,
        FileSetState::Completed { .. }
    ));
}

/// Sends a set of which two records are bad; the names of its tasks, and what followed.
fn send_with_two_bad_records(office: &mut Office) -> (Vec<String>, Vec<Dated>) {
    let cards = [
        office.ratio(1, "1"),
        office.ratio(9, "4"),
        office.ratio(2, "1"),
    ];
    let mut files = office
        .set(NUMBER, LinkSegment::Difference)
        .with(office, "burdenRatioCard", &cards)
        .with(office, "person", &[office.person(3)])
        .files(office);
    let text = String::from_utf8(files[1].1.clone()).expect("UTF-8");
    // The third row: a code that is in no list, and a day that does not exist.
    let (head, last) = text.trim_end().rsplit_once("\r\n").expect("rows");
    let last = last
        .replace("\"10\"", "\"99\"")
        .replace("2026-07-01", "2026-02-30");
    files[1].1 = format!("{head}\r\n{last}\r\n").into_bytes();
    let (answer, effects) = office.send(files);
    assert!(answer.done, "{answer:?}");
    let accepted = answer.set.expect("a set").files.into_iter();
    (accepted.map(|file| file.task).collect(), effects)
}

#[test]
fn a_bad_record_is_refused_alone_and_one_notice_tells_of_the_set() {
    let mut office = Office::started();
    let (_, effects) = send_with_two_bad_records(&mut office);
    let [mail] = mails(&effects)[..] else {
        panic!("one notice of the whole set: {effects:?}");
    };
    assert_eq!(
        mail.subject,
        "【PMH】処理結果のお知らせ（組の番号 20261102090001）"
    );
    assert!(
        mail.text
            .contains("受け取った記録 4 件のうち、受け付けられなかった記録が 2 件あります"),
        "{}",
        mail.text
    );
    assert_eq!(held(&office, 1, "burdenRatioCard"), 1);
    assert_eq!(held(&office, 2, "burdenRatioCard"), 0);
    assert_eq!(held(&office, 3, "person"), 1);
}

/// The texts of a file's rows, in the order of its columns.
fn rows(office: &mut Office, name: &str) -> Vec<Vec<String>> {
    let rows = office.fetch_rows(name).into_iter();
    rows.map(|row| row.into_iter().map(|(_, text)| text).collect())
        .collect()
}

#[test]
fn the_result_files_say_which_records_were_refused_and_why() {
    let mut office = Office::started();
    let (tasks, _) = send_with_two_bad_records(&mut office);
    let receipts = "KJ_139998_UKE_2_20261102090001_001.csv";
    let results = "KJ_139998_KEK_2_20261102090001_002.csv";
    let cards = "KJ_139998_FTW_2_20261102090001_001.csv";
    let people = "KJ_139998_PER_2_20261102090001_002.csv";
    assert_eq!(
        rows(&mut office, "KJ_139998_CTL_2_20261102090001_000.csv"),
        [[receipts, "2"], [results, "3"]]
    );
    assert_eq!(
        rows(&mut office, receipts),
        [
            [cards, tasks[0].as_str(), "3", "1", "2"],
            [people, tasks[1].as_str(), "1", "1", "0"],
        ]
    );
    let reason = |rest: [&'static str; 6]| {
        let [index, insured, row, code, item, message] = rest;
        let task = tasks[0].as_str();
        let kind = "burdenRatioCard";
        [cards, task, index, kind, insured, row, code, item, message]
    };
    assert_eq!(
        rows(&mut office, results),
        [
            reason([
                "1",
                "0000000009",
                "4",
                "E101",
                "insuredNumber",
                "被保険者が登録されていません",
            ]),
            reason([
                "2",
                "0000000002",
                "1",
                "E007",
                "issueDate",
                "交付年月日は実在する日付（YYYY-MM-DD の形の日付）です。受け取った値「2026-02-30」は実在しません",
            ]),
            reason([
                "2",
                "0000000002",
                "1",
                "E005",
                "burdenRatio",
                "負担割合は 10（1割）、20（2割）、30（3割） のいずれかです。受け取った値「99」",
            ]),
        ]
    );
}

/// Sends a set whose first file the platform takes ten minutes to store.
fn send_slowly() -> Office {
    let mut office = Office::started();
    let delay = DeliveryRule {
        route: Route {
            from: "pmh".into(),
            to: "platform".into(),
        },
        skip: 0,
        times: 1,
        fate: Fate::Delay { seconds: 600 },
    };
    office.take(Input::Delivery(delay));
    let set = office
        .set(NUMBER, LinkSegment::Difference)
        .with(&office, "burdenRatioCard", &[office.ratio(1, "1")])
        .with(&office, "burdenRatioCard", &[office.ratio(7, "1")]);
    office.must_accept(set.files(&office));
    office
}

const SLOW_RECEIPTS: &str = "KJ_139998_UKE_2_20261102091000_001.csv";

#[test]
fn the_pages_show_a_set_from_the_moment_it_is_taken_over() {
    let mut office = send_slowly();
    let view = view(&office);
    assert_eq!(view.number, SetNumber::parse(NUMBER));
    assert_eq!(view.segment, Some(LinkSegment::Difference));
    let FileSetState::Processing { files } = view.state else {
        panic!("under way: {view:?}");
    };
    let counts: Vec<_> = files
        .iter()
        .map(|file| (file.received(), file.accepted(), file.refused()))
        .collect();
    // The second file waits for the first.
    assert_eq!(counts, [(1, None, None), (1, None, None)]);
    let (early, _) = office.try_to(OperatorAction::FetchFile {
        name: SLOW_RECEIPTS.to_owned(),
    });
    assert!(!early.done);
}

#[test]
fn the_pages_show_results_once_every_record_has_been_judged() {
    let mut office = send_slowly();
    let to = office.world.now().plus_seconds(600);
    let effects = office.take(Input::Clock(ClockMove { to }));
    assert_eq!(mails(&effects).len(), 1, "one refused record");
    {
        let view = view(&office);
        let FileSetState::Completed { files, results } = view.state else {
            panic!("done: {view:?}");
        };
        let counts: Vec<_> = files
            .iter()
            .map(|file| (file.name, file.accepted(), file.refused()))
            .collect();
        assert_eq!(
            counts,
            [
                ("KJ_139998_FTW_2_20261102090001_001.csv", Some(1), Some(0)),
                ("KJ_139998_FTW_2_20261102090001_002.csv", Some(0), Some(1)),
            ]
        );
        let refusal = files[1].refusals().next().expect("a refused record");
        assert_eq!(
            (
                refusal.position,
                refusal.insured_number,
                refusal.history_key
            ),
            (0, Some("0000000007"), Some("1"))
        );
        assert_eq!(refusal.errors[0].code, "E101");
        // The number is the run's time when the last record was judged.
        assert_eq!(results[1].name, SLOW_RECEIPTS);
        assert!(results.iter().all(|file| !file.is_fetched));
    }
    office.fetch(SLOW_RECEIPTS);
    let view = view(&office);
    let FileSetState::Completed { results, .. } = view.state else {
        panic!("done: {view:?}");
    };
    let fetched: Vec<bool> = results.iter().map(|file| file.is_fetched).collect();
    assert_eq!(fetched, [false, true, false]);
}

#[test]
fn what_was_refused_is_made_good_by_a_later_set() {
    let mut office = Office::started();
    let bad = office.set(NUMBER, LinkSegment::Initial).with(
        &office,
        "burdenRatioCard",
        &[office.ratio(3, "1")],
    );
    office.must_accept(bad.files(&office));
    let end = |office: &Office, number: &str| {
        office
            .set(number, LinkSegment::Initial)
            .with(office, "setupCompletion", &[office.completion(3)])
            .files(office)
    };
    let files = end(&office, "20261102090002");
    let (answer, _) = office.send(files);
    assert_eq!(answer.problems[0].code, "B214");
    let good = office
        .set("20261102090003", LinkSegment::Initial)
        .with(&office, "person", &[office.person(3)])
        .with(&office, "burdenRatioCard", &[office.ratio(3, "1")]);
    office.must_accept(good.files(&office));
    let files = end(&office, "20261102090004");
    office.must_accept(files);
}

#[test]
fn a_set_of_another_edition_goes_by_that_edition() {
    let profile = crate::profile::cp932();
    let mut office = Office::prepared(std::sync::Arc::new(profile));
    let set = office
        .set(NUMBER, LinkSegment::Initial)
        .with(&office, "setupStart", &[office.start()])
        .with(&office, "person", &[office.person(1)])
        .with(&office, "burdenRatioCard", &[office.ratio(2, "1")]);
    office.must_accept(set.files(&office));
    let rows = office.fetch_rows("KJ_139998_KEK_1_20261102090000_002.csv");
    assert_eq!(rows.len(), 1);
    let text = office.fetch("KJ_139998_KEK_1_20261102090000_002.csv");
    assert!(text.starts_with("ファイル名,受付番号,"), "{text}");
}

#[test]
fn reasons_that_are_too_many_for_one_file_fill_several() {
    let variant = crate::profile::Variant::new();
    variant.replace(
        "profile.toml",
        "rows_max = { value = 100000,",
        "rows_max = { value = 3,",
    );
    let profile = std::sync::Arc::new(variant.load().expect("a small limit"));
    let mut office = Office::prepared(profile);
    let start = office.set("20261102090000", LinkSegment::Initial).with(
        &office,
        "setupStart",
        &[office.start()],
    );
    office.must_accept(start.files(&office));
    // Nobody is registered: five records, five reasons.
    let cards = |rows: &[&str]| -> Vec<_> { rows.iter().map(|row| office.ratio(1, row)).collect() };
    let set = office
        .set(NUMBER, LinkSegment::Difference)
        .with(&office, "burdenRatioCard", &cards(&["1", "2"]))
        .with(&office, "burdenRatioCard", &cards(&["3", "4"]))
        .with(&office, "burdenRatioCard", &cards(&["5"]));
    office.must_accept(set.files(&office));
    let control = rows(&mut office, "KJ_139998_CTL_2_20261102090001_000.csv");
    let counts: Vec<&str> = control.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(counts, ["3", "3", "2"]);
    let mut told = Vec::new();
    for row in &control[1..] {
        for reason in rows(&mut office, &row[0]) {
            told.push(reason[5].clone());
        }
    }
    assert_eq!(told, ["1", "2", "3", "4", "5"]);
}
