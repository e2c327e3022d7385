//! What a person sees of a page.

use tekigo::operator::Page;

const PAGE: &str = r##"<!DOCTYPE html><html lang="ja"><body>
<nav><a href="/sent">送ったファイル</a></nav>
<main><h1> ファイルを
送る </h1>
<div role="status" id="notice"><p>先に登録してください</p></div>
<div role="alert" id="problems"><h2>直してください</h2>
<ul><li><a href="#files">選んでください</a></li></ul>
<table><thead><tr><th>ファイル</th><th>行</th></tr></thead>
<tbody><tr><td>a.csv</td><td>2</td></tr></tbody></table></div>
<form method="post" action="/send" enctype="multipart/form-data">
<input type="hidden" name="csrf" value="t0ken">
<label for="files">送るファイル</label><input id="files" name="files" type="file" multiple>
<label>備考 <textarea name="note"></textarea></label>
<button type="submit">送る</button></form>
<form method="post" action="/clear"><input type="submit" value="消す"></form>
<table><caption>送った組</caption><thead><tr><th>組の番号</th><th>状態</th></tr></thead>
<tbody><tr><th><a href="/sent/1">1</a></th><td>処理中</td></tr></tbody></table>
<output id="new-key">pmhk_A</output></main></body></html>"##;

#[test]
fn a_page_is_read_as_a_person_sees_it() {
    let page = Page::read("/send", PAGE);
    assert_eq!(page.title, "ファイルを 送る");
    assert_eq!(page.problems, ["選んでください", "a.csv 2"]);
    assert_eq!(page.notice.as_deref(), Some("先に登録してください"));
    let form = page.form_with("送る").expect("a form");
    assert!(form.is_multipart);
    assert_eq!(form.action, "/send");
    assert_eq!(form.hidden, [("csrf".to_owned(), "t0ken".to_owned())]);
    assert_eq!(form.field("送るファイル").expect("a field").name, "files");
    assert_eq!(form.field("備考").expect("a field").name, "note");
    assert!(page.form_with("消す").is_some());
    let table = page.table_with("組の番号").expect("a table");
    assert_eq!(table.caption, "送った組");
    let row = &table.rows[0];
    assert_eq!(table.cell(row, "状態").expect("a cell").text, "処理中");
    let number = table.cell(row, "組の番号").expect("a cell");
    assert_eq!(number.link.as_deref(), Some("/sent/1"));
    assert_eq!(page.output("new-key"), Some("pmhk_A"));
    assert_eq!(page.links.len(), 3);
}

#[test]
fn the_reasons_of_a_page_are_its_problems_or_else_its_notice() {
    let page = Page::read("/send", PAGE);
    assert_eq!(page.reasons(), page.problems);
    let led = Page::read(
        "/addresses",
        r#"<h1>通知先の登録</h1><div id="notice">先に登録してください</div>"#,
    );
    assert_eq!(led.reasons(), ["先に登録してください"]);
    assert_eq!(Page::read("/", "").reasons(), [] as [&str; 0]);
}
