//! The file layouts of mode 2: for programs as JSON and CSV, for people as a page.

use serde_json::{Map, Value, json};
use tekigo_simulator::profile::{
    Direction, Field, FieldType, KindLayout, Profile, Requirement, layout_tables,
};

use super::error::KitError;
use super::folder::Kit;

/// Spreadsheets take a text for UTF-8 if it begins with this.
const MARK: &str = "\u{feff}";

/// Adds the folder `files`.
pub(super) fn add(kit: &mut Kit, profile: &Profile) -> Result<(), KitError> {
    kit.json("files/layouts.json", &tables(profile))?;
    for layout in profile.kinds() {
        kit.text(table_path(layout), table(layout));
    }
    kit.text("files/codes.csv", codes(profile));
    kit.text("files/README.md", page(profile));
    Ok(())
}

/// The layouts with their code lists; the schemas of the records stand in the OpenAPI document.
fn tables(profile: &Profile) -> Value {
    let mut tables = layout_tables(profile);
    let kinds = tables["kinds"].as_array_mut().into_iter().flatten();
    for (kind, layout) in kinds.zip(profile.kinds()) {
        if let Value::Object(kind) = kind {
            kind.remove("recordSchema");
            kind.insert("path".to_owned(), json!(layout.path()));
            kind.insert("fileOnly".to_owned(), json!(layout.is_file_only()));
        }
        let columns = kind["columns"].as_array_mut().into_iter().flatten();
        for (column, field) in columns.zip(layout.fields()) {
            if let Value::Object(column) = column {
                column.extend(limits(layout, field));
            }
        }
    }
    let lists: Map<String, Value> = profile
        .lists()
        .iter()
        .map(|list| {
            let values = list.values().iter();
            let values = values.map(|value| json!({ "code": value.code, "ja": value.ja }));
            (list.id().to_owned(), values.collect())
        })
        .collect();
    if let Value::Object(tables) = &mut tables {
        let replacement = profile.characters().replacement.value;
        tables.insert("lists".to_owned(), Value::Object(lists));
        tables.insert("replacement".to_owned(), json!(replacement.to_string()));
    }
    tables
}

/// What a program needs to know of an item besides its type.
fn limits(layout: &KindLayout, field: &Field) -> Map<String, Value> {
    let mut limits = Map::new();
    limits.insert(
        "required".to_owned(),
        json!(*field.requirement() == Requirement::Always),
    );
    if let Requirement::When { field, value } = field.requirement() {
        let condition = json!({ "json": layout.field_at(*field).json(), "value": value });
        limits.insert("requiredWhen".to_owned(), condition);
    }
    let list = list_of(field);
    if !list.is_empty() {
        limits.insert("list".to_owned(), json!(list));
    }
    match field.field_type() {
        FieldType::Text { max } | FieldType::Kana { max } | FieldType::Alphanumeric { max } => {
            limits.insert("lengthMax".to_owned(), json!(max));
        }
        FieldType::Integer { max } => {
            limits.insert("max".to_owned(), json!(max));
        }
        FieldType::Digits { length } => {
            limits.insert("length".to_owned(), json!(length));
        }
        FieldType::InsurerNumber
        | FieldType::InsuredNumber
        | FieldType::MyNumber
        | FieldType::HistoryNumber
        | FieldType::Date
        | FieldType::Boolean
        | FieldType::Code { .. }
        | FieldType::OfficeNumber => {}
    }
    limits
}

fn table_path(layout: &KindLayout) -> String {
    format!("files/layouts/{}.csv", layout.id())
}

fn direction(layout: &KindLayout) -> &'static str {
    match layout.direction() {
        Direction::Out => "送る",
        Direction::In => "受け取る",
        Direction::Both => "送る・受け取る",
    }
}

/// The most characters or the largest value of an item, as far as its type has one.
fn size(field: &Field) -> String {
    match field.field_type() {
        FieldType::InsurerNumber => "6".to_owned(),
        FieldType::InsuredNumber | FieldType::OfficeNumber | FieldType::Date => "10".to_owned(),
        FieldType::MyNumber => "12".to_owned(),
        FieldType::HistoryNumber => "1〜10".to_owned(),
        FieldType::Text { max } | FieldType::Kana { max } | FieldType::Alphanumeric { max } => {
            format!("1〜{max}")
        }
        FieldType::Boolean => "1".to_owned(),
        FieldType::Code { list } => {
            let lengths = list.values().iter().map(|value| value.code.len());
            lengths.max().unwrap_or(0).to_string()
        }
        FieldType::Integer { max } => format!("{max}以下"),
        FieldType::Digits { length } => length.to_string(),
    }
}

fn kind_of_text(field: &Field) -> &'static str {
    match field.field_type() {
        FieldType::InsurerNumber => "半角数字（最後の桁は検査数字）",
        FieldType::OfficeNumber => "半角数字（最後の桁は検査数字）",
        FieldType::MyNumber => "半角数字（最後の桁は検査数字）",
        FieldType::InsuredNumber => "半角数字（左を0で埋める）",
        FieldType::HistoryNumber => "1以上の半角数字",
        FieldType::Text { .. } => "文字（制御文字・外字は不可）",
        FieldType::Kana { .. } => "全角カタカナ（ー・全角空白を含む）",
        FieldType::Date => "日付 YYYY-MM-DD",
        FieldType::Boolean => "真偽（1か0）",
        FieldType::Code { .. } => "符号",
        FieldType::Integer { .. } => "0以上の整数",
        FieldType::Digits { .. } => "半角数字",
        FieldType::Alphanumeric { .. } => "半角英数字と - _",
    }
}

fn list_of(field: &Field) -> &str {
    match field.field_type() {
        FieldType::Code { list } => list.id(),
        FieldType::InsurerNumber
        | FieldType::InsuredNumber
        | FieldType::MyNumber
        | FieldType::HistoryNumber
        | FieldType::Text { .. }
        | FieldType::Kana { .. }
        | FieldType::Date
        | FieldType::Boolean
        | FieldType::Integer { .. }
        | FieldType::Digits { .. }
        | FieldType::Alphanumeric { .. }
        | FieldType::OfficeNumber => "",
    }
}

fn requirement(layout: &KindLayout, field: &Field) -> String {
    match field.requirement() {
        Requirement::Always => "必須".to_owned(),
        Requirement::Optional => String::new(),
        Requirement::When { field, value } => {
            format!("{}が{value}のとき必須", layout.field_at(*field).csv())
        }
    }
}

/// A row of an item: position, head, JSON name, type, size, code list, requirement, key.
fn cells(layout: &KindLayout) -> Vec<[String; 8]> {
    (1..)
        .zip(layout.indexed_fields())
        .map(|(position, (index, field))| {
            let is_key = layout.key_fields().contains(&index);
            [
                position.to_string(),
                field.csv().to_owned(),
                field.json().to_owned(),
                kind_of_text(field).to_owned(),
                size(field),
                list_of(field).to_owned(),
                requirement(layout, field),
                if is_key { "キー" } else { "" }.to_owned(),
            ]
        })
        .collect()
}

const HEADS: [&str; 8] = [
    "列",
    "見出し",
    "JSONの名前",
    "型",
    "文字数または最大値",
    "符号一覧",
    "必須",
    "キー",
];

fn csv_row<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let cells = cells
        .into_iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}

fn table(layout: &KindLayout) -> String {
    let mut text = MARK.to_owned() + &csv_row(HEADS);
    for row in cells(layout) {
        text.push_str(&csv_row(row.iter().map(String::as_str)));
    }
    text
}

fn codes(profile: &Profile) -> String {
    let mut text = MARK.to_owned() + &csv_row(["符号一覧", "名前", "符号", "意味"]);
    for list in profile.lists() {
        for value in list.values() {
            text.push_str(&csv_row([list.id(), list.ja(), &value.code, &value.ja]));
        }
    }
    text
}

fn yes(is_so: bool, text: &'static str, otherwise: &'static str) -> &'static str {
    if is_so { text } else { otherwise }
}

fn page(profile: &Profile) -> String {
    let file = profile.file();
    let mut page = format!(
        "# ファイルのレイアウト\n\n\
         連携仕様プロファイル {}（{}）から作られています。プログラムから読むなら [layouts.json](layouts.json)、\
         表計算で見るなら種別ごとの CSV（下の表）と [codes.csv](codes.csv) を使ってください。\n\n\
         方式①のJSONの項目も同じです（「JSONの名前」。「.」の左はオブジェクトの名前）。\n\n\
         ## ファイルの形\n\n| 項目 | 値 |\n|---|---|\n",
        profile.id(),
        profile.head().title
    );
    let rows = [
        ("ファイル名", file.name_pattern.value.as_str().to_owned()),
        ("文字コード", file.charset.value.as_str().to_owned()),
        (
            "バイト順マーク",
            yes(file.byte_order_mark.value, "付ける", "付けない").to_owned(),
        ),
        (
            "行の終わり",
            format!("{}（最後の行にも付ける）", file.line_end.value.as_str()),
        ),
        ("引用符", quoting(profile).to_owned()),
        (
            "見出しの行",
            yes(
                file.header_row.value,
                "1行目。列の名前は下の「見出し」のとおり",
                "なし",
            )
            .to_owned(),
        ),
        ("値がない項目", "空の値。列は省かない".to_owned()),
        (
            "1ファイルの上限",
            format!("{}件、{}バイト", file.rows_max.value, file.bytes_max.value),
        ),
        (
            "1組の上限",
            format!(
                "{}ファイル（組の内訳も数える）、{}バイト",
                file.set_files_max.value, file.set_bytes_max.value
            ),
        ),
    ];
    for (name, value) in rows {
        page.push_str(&format!("| {name} | {value} |\n"));
    }
    page.push_str(&names(profile));
    page.push_str("\n## データ種別\n\n| 順 | 種別 | 名前 | ファイル名の符号 | 向き | 方式①のパス | 表 |\n|---|---|---|---|---|---|---|\n");
    for layout in profile.kinds() {
        page.push_str(&format!(
            "| {} | {} | [{}](#{}) | {} | {} | {} | [CSV](layouts/{}.csv) |\n",
            layout.order(),
            layout.id(),
            layout.ja(),
            layout.id().to_lowercase(),
            layout.file_code(),
            direction(layout),
            layout
                .path()
                .map_or("–".to_owned(), |path| format!("/{path}")),
            layout.id(),
        ));
    }
    for layout in profile.kinds() {
        page.push_str(&kind(layout));
    }
    page.push_str("\n## 符号\n\n| 符号一覧 | 名前 | 符号と意味 |\n|---|---|---|\n");
    for list in profile.lists() {
        let values = list.values().iter();
        let values: Vec<String> = values
            .map(|value| format!("`{}` {}", value.code, value.ja))
            .collect();
        page.push_str(&format!(
            "| {} | {} | {} |\n",
            list.id(),
            list.ja(),
            values.join("、")
        ));
    }
    page
}

fn quoting(profile: &Profile) -> &'static str {
    match profile.file().quoting.value {
        tekigo_simulator::profile::Quoting::Always => "すべての値を \" で囲む。値の中の \" は \"\"",
        tekigo_simulator::profile::Quoting::Necessary => {
            "「,」「\"」改行のある値だけを \" で囲む。値の中の \" は \"\""
        }
    }
}

fn names(profile: &Profile) -> String {
    use tekigo_simulator::profile::LinkSegment::{Difference, Initial};
    let api = profile.api();
    format!(
        "\n## ファイル名と組\n\n| 差し込み | 意味 |\n|---|---|\n\
         | `{{insurer}}` | 保険者番号6桁 |\n\
         | `{{code}}` | データ種別の符号（下の表） |\n\
         | `{{segment}}` | 連携区分。{} 初期セットアップ（全件）、{} 差分 |\n\
         | `{{timestamp}}` | 組の番号。14桁の数字で、同じ組のファイルは同じ。前に送った組より大きくする（作った日時 YYYYMMDDhhmmss、重なれば1を足す） |\n\
         | `{{sequence}}` | 組の中の3桁の連番。000 は組の内訳、001 から欠けも重なりもなく |\n\n\
         1つの組は、組の内訳（連番000）と、送るファイル（連番001から）です。組の内訳は、自分を除くすべてのファイルの名前と件数\
         （見出しを除く行数）を1行ずつ書きます。組の中の連携区分は1つです。\n",
        api.link_segment_code(Initial),
        api.link_segment_code(Difference),
    )
}

fn kind(layout: &KindLayout) -> String {
    let mut text = format!(
        "\n### {}\n\n{}（ファイル名の符号 {}、{}）\n\n| {} |\n|{}\n",
        layout.id(),
        layout.ja(),
        layout.file_code(),
        direction(layout),
        HEADS.join(" | "),
        "---|".repeat(HEADS.len()),
    );
    for row in cells(layout) {
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    for (from, to) in layout.date_order() {
        let (from, to) = (layout.field_at(*from).csv(), layout.field_at(*to).csv());
        text.push_str(&format!("\n{to}は{from}以後の日付です。\n"));
    }
    text
}
