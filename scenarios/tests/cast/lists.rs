//! The words of `features/README.md` and the words of the cast are the same.

use std::path::Path;

use tekigo::cast::{
    Applicant, Beholder, CaseStage, Denied, Information, Letter, Milestone, Occasion,
    PortalRefusal, Proof, RecheckGround, Role, WishedMonth, item,
};

/// The first column of a list of the page, in its order.
fn words_of(list: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../features/README.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let heading = format!("### 語: {list}");
    page.lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .filter_map(|line| line.strip_prefix("| "))
        .filter_map(|row| row.split(" |").next())
        .filter(|word| *word != "語")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_word_of_the_page_is_known_and_no_other() {
    let people: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
    assert_eq!(words_of("人"), people);
    let occasions: Vec<&str> = Occasion::ALL.iter().map(|one| one.word()).collect();
    assert_eq!(words_of("異動"), occasions);
    let stages: Vec<&str> = CaseStage::ALL.iter().map(|stage| stage.word()).collect();
    assert_eq!(words_of("段階"), stages);
    let viewers: Vec<&str> = Beholder::ALL.iter().map(|viewer| viewer.word()).collect();
    assert_eq!(words_of("閲覧者"), viewers);
    let sought: Vec<&str> = Information::ALL.iter().map(|one| one.word()).collect();
    assert_eq!(words_of("情報"), sought);
    let proofs: Vec<&str> = Proof::ALL.iter().map(|proof| proof.word()).collect();
    assert_eq!(words_of("確かめ方"), proofs);
    let reasons: Vec<&str> = Denied::ALL.iter().map(|reason| reason.word()).collect();
    assert_eq!(words_of("断り"), reasons);
}

#[test]
fn every_word_of_the_portal_is_known_and_no_other() {
    let stages: Vec<&str> = Milestone::ALL.iter().map(|stage| stage.word()).collect();
    assert_eq!(words_of("日程の段階"), stages);
    let months: Vec<&str> = WishedMonth::ALL.iter().map(|month| month.word()).collect();
    assert_eq!(words_of("時期"), months);
    let grounds: Vec<&str> = RecheckGround::ALL.iter().map(|one| one.word()).collect();
    assert_eq!(words_of("再確認の理由"), grounds);
    let refusals: Vec<&str> = PortalRefusal::ALL.iter().map(|one| one.word()).collect();
    assert_eq!(words_of("ポータルの断り"), refusals);
    let letters: Vec<&str> = Letter::ALL.iter().map(|letter| letter.word()).collect();
    assert_eq!(words_of("便り"), letters);
    let applicants: Vec<&str> = Applicant::ALL.iter().map(|one| one.word()).collect();
    assert_eq!(words_of("申請者"), applicants);
}

#[test]
fn every_item_of_the_page_is_known_and_no_other() {
    let items = words_of("項目");
    assert_eq!(items, ["個人番号", "氏名"]);
    let found: Vec<_> = items.iter().filter_map(|word| item(word)).collect();
    assert_eq!(found, ["myNumber", "basicFiveInfo.name"]);
    assert_eq!(item("住所"), None);
}

#[test]
fn an_unknown_word_is_named_with_its_list() {
    let unknown = "だれか"
        .parse::<Role>()
        .expect_err("not a word of the list");
    assert_eq!(
        unknown.to_string(),
        "「だれか」は、features/README.mdの「語: 人」にありません"
    );
}
