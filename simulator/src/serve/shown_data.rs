//! How a disclosure looks on a page, and the cards that can be held against a reader.

use askama::Template;
use axum::response::Response;
use http::StatusCode;
use serde_json::Value;

use super::desk::refusal;
use super::web::{Frame, page};
use crate::profile::{
    Access, AccessRules, FieldType, Held, KindLayout, PaperKind, Profile, ViewerRole,
};
use crate::viewer::{Disclosure, Viewed};
use crate::world::World;

/// An item of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// Its Japanese name.
    pub(super) label: String,
    /// Its value in words.
    pub(super) text: String,
}

/// One kind of one person's data, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownData {
    /// The kind, in Japanese.
    pub(super) kind: String,
    /// What the insurance card says of its holder.
    pub(super) holder: Vec<Item>,
    /// The rows, newest last.
    pub(super) rows: Vec<Vec<Item>>,
}

/// An entry of a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// What is sent.
    pub(super) value: String,
    /// What is read.
    pub(super) text: String,
}

impl Choice {
    pub(super) fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
        }
    }
}

/// Items that say whose row it is and that it is there: the page says so already.
const LEFT_OUT: [&str; 3] = ["insurerNumber", "insuredNumber", "isDeleted"];

impl ShownData {
    /// What a disclosure shows.
    pub(super) fn of(profile: &Profile, disclosure: &Disclosure) -> Self {
        let data = profile.access().data();
        let kind = data.iter().find(|kind| kind.id == disclosure.data);
        let rows = disclosure.rows.iter();
        let rows = match kind.map(|kind| kind.held) {
            Some(Held::Record(id)) => {
                let layout = profile.layout(id);
                rows.map(|row| items_of(layout, row)).collect()
            }
            Some(Held::Paper(paper)) => rows.map(|row| paper_items(paper, row)).collect(),
            None => Vec::new(),
        };
        Self {
            kind: kind.map_or_else(|| disclosure.data.clone(), |kind| kind.ja.clone()),
            holder: disclosure
                .holder
                .as_ref()
                .map(|holder| holder_items(profile, holder))
                .unwrap_or_default(),
            rows,
        }
    }
}

fn items_of(layout: &KindLayout, row: &Value) -> Vec<Item> {
    layout
        .fields()
        .iter()
        .filter(|field| !LEFT_OUT.contains(&field.json()))
        .filter_map(|field| {
            let text = text_of(field.field_type(), row.get(field.json())?);
            Some(Item {
                label: field.csv().to_owned(),
                text,
            })
        })
        .collect()
}

fn text_of(field: &FieldType, value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "はい".to_owned(),
        Value::Bool(false) => "いいえ".to_owned(),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    match field {
        FieldType::Code { list } => list.meaning(&text).map_or(text.clone(), str::to_owned),
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
        | FieldType::OfficeNumber => text,
    }
}

fn named(row: &Value, names: &[(&str, &str)]) -> Vec<Item> {
    names
        .iter()
        .filter_map(|(member, label)| {
            let text = row.get(*member)?.as_str()?;
            Some(Item {
                label: (*label).to_owned(),
                text: text.to_owned(),
            })
        })
        .collect()
}

fn paper_items(paper: PaperKind, row: &Value) -> Vec<Item> {
    match paper {
        PaperKind::CarePlan => named(
            row,
            &[
                ("officeNumber", "作成した事業所番号"),
                ("planNumber", "計画の番号"),
                ("createdDate", "作成年月日"),
                ("contents", "目標とサービス内容"),
            ],
        ),
        PaperKind::LifeData => named(
            row,
            &[
                ("officeNumber", "評価した事業所番号"),
                ("measuredDate", "評価年月日"),
                ("contents", "心身の状態"),
            ],
        ),
    }
}

fn holder_items(profile: &Profile, holder: &Value) -> Vec<Item> {
    let mut items = named(
        holder,
        &[
            ("name", "氏名"),
            ("nameKana", "カナ氏名"),
            ("dateOfBirth", "生年月日"),
            ("address", "住所"),
        ],
    );
    let sex = holder.get("sex").and_then(Value::as_str);
    let meaning = sex.and_then(|code| profile.list("sex")?.meaning(code));
    items.extend(meaning.map(|text| Item {
        label: "性別".to_owned(),
        text: text.to_owned(),
    }));
    items
}

/// The page that shows what was given, or why nothing was.
#[derive(Template)]
#[template(path = "viewing/data.html")]
struct DataPage<'a> {
    frame: Frame,
    why: Option<String>,
    shown: Option<ShownData>,
    /// Where to go back to, and its text.
    back: (&'a str, &'static str),
}

/// The page of one kind of one person's data.
pub(super) fn data_page(
    profile: &Profile,
    frame: Frame,
    viewed: &Viewed,
    back: (&str, &'static str),
) -> Response {
    let why = refusal(viewed);
    let status = match why {
        None => StatusCode::OK,
        Some(_) => StatusCode::FORBIDDEN,
    };
    let disclosure = viewed.disclosure.as_ref();
    let template = DataPage {
        frame,
        why,
        shown: disclosure.map(|disclosure| ShownData::of(profile, disclosure)),
        back,
    };
    page(status, &template)
}

/// A kind of data in Japanese.
pub(super) fn name_of<'p>(profile: &'p Profile, data: &str) -> &'p str {
    let mut kinds = profile.access().data().iter();
    let kind = kinds.find(|kind| kind.id == data);
    kind.map_or("情報の閲覧", |kind| kind.ja.as_str())
}

/// The data that the matrix has for a viewer at all.
pub(super) fn open_data(access: &AccessRules, role: Option<&ViewerRole>) -> Vec<Choice> {
    data_where(access, role, |access| access != Access::No)
}

/// The data that the matrix never has for a viewer.
pub(super) fn closed_data(access: &AccessRules, role: Option<&ViewerRole>) -> Vec<Choice> {
    data_where(access, role, |access| access == Access::No)
}

fn data_where(
    access: &AccessRules,
    role: Option<&ViewerRole>,
    is_wanted: impl Fn(Access) -> bool,
) -> Vec<Choice> {
    let cells = role.map(|role| &role.cells[..]).unwrap_or_default();
    access
        .data()
        .iter()
        .zip(cells)
        .filter(|(_, cell)| is_wanted(cell.access))
        .map(|(kind, _)| Choice::new(kind.id.as_str(), kind.ja.as_str()))
        .collect()
}

/// The cards in people's hands, to choose from.
pub(super) fn card_choices(world: &World) -> Vec<Choice> {
    let cards = world.cards().into_iter();
    cards
        .map(|card| {
            let tag = card.person.to_string();
            let text = card
                .name
                .unwrap_or_else(|| format!("登録のない人（{tag}）"));
            Choice::new(tag, text)
        })
        .collect()
}

/// What the world knows a card by. Nobody reads a number off it.
pub(super) fn card_token(choice: &str) -> String {
    format!("〔個人番号:kv:{choice}〕")
}
