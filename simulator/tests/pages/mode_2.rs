//! The staff's whole path in mode 2 (方式②): sending, results, what waits.

use serde_json::json;
use tekigo_simulator::profile::{CsvCodec, FileName, LinkSegment, Profile};

use super::browser::{Answer, Browser};
use super::file_set::{self, RawFile, first_set, person, with};
use super::office::{INSURER, OTHER, Office};

const FIRST_SET: &str = "20261102100000";

fn links(page: &Answer) -> Vec<String> {
    let html = page.html();
    let selector = scraper::Selector::parse("main a[download]").expect("a selector");
    html.select(&selector)
        .filter_map(|link| link.value().attr("href").map(str::to_owned))
        .collect()
}

async fn sent(staff: &mut Browser, files: &[RawFile]) -> Answer {
    let answer = staff.upload(files).await;
    let path = answer.location().to_owned();
    staff.get(&path).await
}

#[tokio::test]
async fn a_set_is_sent_judged_and_its_results_fetched_twice() {
    let office = Office::in_mode("file").await;
    let mut staff = office.at_work(INSURER).await;
    assert_eq!(staff.get("/send").await.location(), "/addresses");
    let page = staff.get("/addresses").await;
    assert!(
        page.notice().contains("ファイルを送る前に"),
        "{}",
        page.notice()
    );
    let addresses = [
        ("processing_result", "kekka@tsukimi.example"),
        ("board_reading", "shinsakai@tsukimi.example"),
    ];
    staff.submit("/addresses", &addresses).await.location();
    assert_eq!(staff.get("/send").await.heading(), "ファイルを送る");

    let people = vec![
        person("0000000001", "123456789018"),
        with(
            person("0000000002", "123456789018"),
            "basicFiveInfo.sex",
            "9x",
        ),
    ];
    let page = sent(&mut staff, &first_set(FIRST_SET, people)).await;
    assert_eq!(page.heading(), format!("組 {FIRST_SET} の処理結果"));
    assert_eq!(page.notice(), format!("組 {FIRST_SET} を受け付けました"));
    let rows = page.texts("main tbody tr");
    assert!(
        rows[1].contains("被保険者") && rows[1].ends_with("2 1 1"),
        "{rows:?}"
    );
    assert!(
        rows[2].contains(" 3 0000000002 性別 ") && rows[2].contains("E0"),
        "{rows:?}"
    );
    let files = links(&page);
    assert_eq!(files.len(), 3, "{files:?}");

    let profile = Profile::bundled();
    for path in &files {
        let first = staff.get(path).await;
        assert_eq!(first.status, 200);
        assert_eq!(first.header("content-type"), "text/csv; charset=utf-8");
        let name = path.strip_prefix("/files/").expect("a file");
        assert_eq!(
            first.header("content-disposition"),
            format!("attachment; filename=\"{name}\"")
        );
        assert_eq!(first.bytes[..3], *b"\xef\xbb\xbf");
        let said = FileName::parse(name, &profile).expect("a name of the profile");
        let read = CsvCodec::new(&profile).read(said.kind, &first.bytes);
        assert!(read.expect("a file").iter().all(Result::is_ok));
        assert_eq!(
            staff.get(path).await.bytes,
            first.bytes,
            "as often as wanted"
        );
    }
    let page = staff.get(&format!("/sent/{FIRST_SET}")).await;
    assert!(!page.text().contains("まだ</td>"), "all fetched");

    let list = staff.get("/sent").await;
    assert_eq!(
        list.texts("main thead th"),
        [
            "組の番号",
            "受付日時",
            "状態",
            "件数",
            "受け付けた",
            "受け付けられなかった"
        ]
    );
    assert_eq!(
        list.texts("main tbody tr"),
        [format!(
            "{FIRST_SET} 2026-11-02 09:00 処理が終わりました 3 2 1"
        )]
    );
    let home = staff.get("/").await;
    assert!(
        home.texts("main tbody tr")
            .contains(&"これまでに受け付けられなかった記録 1".to_owned())
    );
}

#[tokio::test]
async fn a_refused_set_changes_nothing_and_says_file_line_and_item() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let mut files = first_set(FIRST_SET, vec![person("0000000001", "123456789018")]);
    let control = vec![
        vec![
            ("fileName", files[1].0.clone()),
            ("recordCount", "1".to_owned()),
        ],
        vec![
            ("fileName", files[2].0.clone()),
            ("recordCount", "7".to_owned()),
        ],
    ];
    files[0].1 = file_set::content("setControl", &control);
    let page = staff.upload(&files).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.heading(), "ファイルを送る");
    let rows = page.texts("#problems tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(
        rows[0].starts_with(&format!("{} 3 件数 ", files[0].0)),
        "{rows:?}"
    );

    let list = staff.get("/sent").await;
    let listed = list.texts("main tbody tr").join("");
    assert!(
        listed.contains("受け付けられませんでした 理由（1件）"),
        "{listed}"
    );
    assert_eq!(list.texts("main tbody a"), Vec::<String>::new());
    let page = staff.get(&format!("/sent/{FIRST_SET}")).await;
    assert!(page.texts("main").join("").contains("何も変わっていません"));

    let right = first_set(FIRST_SET, vec![person("0000000001", "123456789018")]);
    sent(&mut staff, &right).await;
    let page = staff.upload(&right).await;
    assert_eq!(page.status, 422, "the same set is not taken twice");
    assert!(page.problems().contains("受付済み"), "{}", page.problems());
}

#[tokio::test]
async fn nothing_chosen_is_said_without_asking_pmh() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let before = office.events();
    let page = staff.upload(&[(String::new(), Vec::new())]).await;
    assert_eq!(page.status, 422);
    assert!(page.problems().contains("送るファイルを選んでください"));
    assert_eq!(office.events(), before);
}

#[tokio::test]
async fn what_waits_becomes_a_set_that_can_be_fetched_again() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    sent(
        &mut staff,
        &first_set(FIRST_SET, vec![person("0000000001", "123456789018")]),
    )
    .await;
    let page = staff.get("/received").await;
    assert_eq!(page.heading(), "受け取る情報");
    assert!(page.texts("main button").is_empty(), "nothing waits");
    office.consent_arrives(&json!({
        "insurerNumber": INSURER,
        "insuredNumber": "0000000001",
        "consentStatus": "1",
        "consentDate": "2026-11-01",
        "consentForm": "2",
        "historyKey": "1",
        "isDeleted": false,
    }));
    let page = staff.get("/received").await;
    assert_eq!(page.texts("main button"), ["受け取り用のファイルを作る"]);
    assert_eq!(page.texts("main tbody tr").len(), 1, "{}", page.text());
    assert_eq!(staff.submit("/received", &[]).await.location(), "/received");
    let page = staff.get("/received").await;
    assert!(
        page.notice().contains("2 個作りました"),
        "{}",
        page.notice()
    );
    let files = links(&page);
    assert_eq!(files.len(), 2);
    for path in &files {
        let first = staff.get(path).await;
        assert_eq!(first.status, 200);
        assert_eq!(staff.get(path).await.bytes, first.bytes);
    }
    assert_eq!(links(&staff.get("/received").await), files, "still there");
    let token = page.token();
    let page = staff.post("/received", &token, &[]).await;
    assert_eq!(page.status, 422, "nothing waits any more");

    let mut others = office.ready(OTHER).await;
    let set = format!("/sent/{FIRST_SET}");
    let before = office
        .simulator
        .shell()
        .look(|world| format!("{:?}", world.pmh()));
    for path in files.iter().chain([&set]) {
        assert_eq!(others.get(path).await.status, 404, "{path}");
    }
    let after = office
        .simulator
        .shell()
        .look(|world| format!("{:?}", world.pmh()));
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_difference_follows_the_initial_sets() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let one = person("0000000001", "123456789018");
    sent(&mut staff, &first_set(FIRST_SET, vec![one.clone()])).await;
    let moved = with(one, "basicFiveInfo.address", "つきみ市うさぎ町2番地");
    let files = file_set::set(
        "20261102110000",
        LinkSegment::Difference,
        &[("person", vec![moved])],
    );
    let page = sent(&mut staff, &files).await;
    assert!(page.texts("dl.facts").join("").contains("連携区分 差分"));
    let list = staff.get("/sent").await.texts("main tbody th");
    assert_eq!(list, ["20261102110000", FIRST_SET], "newest first");
}

#[tokio::test]
async fn the_record_is_the_same_whatever_the_ports_and_sessions_were() {
    let mut records = Vec::new();
    for _ in 0..2 {
        let office = Office::in_mode("file").await;
        let mut staff = office.ready(INSURER).await;
        let people = vec![person("0000000001", "123456789018")];
        let page = sent(&mut staff, &first_set(FIRST_SET, people)).await;
        for path in links(&page) {
            staff.get(&path).await;
        }
        records.push(office.journal());
    }
    assert_eq!(records[0], records[1]);
}
