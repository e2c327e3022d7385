//! What waits for an insurer becomes a set of files, which can be fetched as often as wanted.

use serde_json::{Value, json};
use tekigo_simulator::profile::SetNumber;
use tekigo_simulator::{Arrival, Input, OperatorAction};

use super::office::{INSURER, Office};

fn arrive(office: &mut Office, kind: &str, record: &Value) {
    office.take(Input::Arrival(Arrival {
        insurer: INSURER.to_owned(),
        kind: kind.to_owned(),
        record: serde_json::value::to_raw_value(record).expect("JSON"),
    }));
}

fn consent(insured: &str) -> Value {
    json!({
        "insurerNumber": INSURER,
        "insuredNumber": insured,
        "consentState": "1",
        "takenDate": "2026-11-01",
        "takenBy": "2",
        "officeNumber": "1370000000",
    })
}

fn waiting(office: &Office) -> Vec<(String, usize)> {
    let waiting = office.world.pmh().inbound_waiting(&office.account());
    waiting
        .into_iter()
        .map(|(kind, count)| (office.profile.layout(kind).id().to_owned(), count))
        .collect()
}

#[test]
fn what_waits_becomes_one_file_a_kind_and_counts_as_delivered() {
    let mut office = Office::started();
    let (answer, _) = office.try_to(OperatorAction::MakeInboundSet);
    assert_eq!(answer.reason.as_deref(), Some("受け取る情報はありません"));
    arrive(
        &mut office,
        "planRequest",
        &json!({ "requestNumber": "K1", "memo": 5 }),
    );
    arrive(&mut office, "consent", &consent("0000000001"));
    arrive(&mut office, "consent", &consent("0000000002"));
    assert_eq!(
        waiting(&office),
        [("consent".to_owned(), 2), ("planRequest".to_owned(), 1)]
    );

    let answer = office.act(OperatorAction::MakeInboundSet);
    // The run's time is the number of the first result set already.
    let names = [
        "KJ_139998_CTL_2_20261102090001_000.csv",
        "KJ_139998_DOI_2_20261102090001_001.csv",
        "KJ_139998_KYT_2_20261102090001_002.csv",
    ];
    assert_eq!(answer.made, names);
    assert_eq!(waiting(&office), []);
    let rows = office.fetch_rows(names[0]);
    let counts: Vec<_> = rows.iter().map(|row| row[1].1.as_str()).collect();
    assert_eq!(counts, ["2", "1"]);
    let rows = office.fetch_rows(names[1]);
    assert_eq!(
        rows[1],
        [
            ("insurerNumber", INSURER),
            ("insuredNumber", "0000000002"),
            ("consentState", "1"),
            ("takenDate", "2026-11-01"),
            ("takenBy", "2"),
            ("officeNumber", "1370000000"),
        ]
        .map(|(item, text)| (item.to_owned(), text.to_owned()))
    );
    // Whatever came from outside is passed on as it stands, as in mode 1.
    let first = office.fetch(names[2]);
    assert!(first.contains("\"K1\""), "{first}");
    assert_eq!(office.fetch(names[2]), first, "as often as wanted");

    let sets = office.world.pmh().inbound_sets(&office.account());
    assert_eq!(sets.len(), 1);
    assert_eq!(Some(sets[0].number), SetNumber::parse("20261102090001"));
    assert!(sets[0].files.iter().all(|file| file.is_fetched));

    let (again, _) = office.try_to(OperatorAction::MakeInboundSet);
    assert!(!again.done, "it has been delivered");
}

#[test]
fn nobody_fetches_what_is_not_there() {
    let mut office = Office::started();
    for name in ["", "../KJ.csv", "KJ_139998_CTL_2_20261102090001_000.csv"] {
        let (answer, effects) = office.try_to(OperatorAction::FetchFile {
            name: name.to_owned(),
        });
        assert!(!answer.done && answer.fetched.is_none());
        assert_eq!(
            answer.reason,
            Some(format!("「{name}」というファイルはありません"))
        );
        assert!(effects.is_empty());
    }
}

#[test]
fn files_are_made_in_mode_2_alone() {
    let mut office = Office::started();
    arrive(&mut office, "consent", &consent("0000000001"));
    office.act(OperatorAction::ChooseMode {
        mode: "api".to_owned(),
    });
    let (answer, _) = office.try_to(OperatorAction::MakeInboundSet);
    assert_eq!(
        answer.reason.as_deref(),
        Some("連携方式の決定と環境設定が終わっていません")
    );
    assert_eq!(waiting(&office), [("consent".to_owned(), 1)]);
}
