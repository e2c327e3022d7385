//! Compiling the fields of a kind.

use std::sync::Arc;

use toml::Spanned;

use super::codes::CodeList;
use super::fault::{ProfileError, ProfileFault};
use super::field_type::FieldType;
use super::files::Source;
use super::layout::{Field, FieldIndex, Requirement};
use super::load::Seen;
use super::load_field::field_type;
use super::members::Members;
use super::tables::{FieldTable, KindTable};

/// As many fields as a [`FieldIndex`] can tell apart.
const FIELDS_MAX: usize = 200;

/// The compiled fields of a kind.
pub(super) struct Layout {
    pub(super) fields: Box<[Field]>,
    pub(super) key: Box<[FieldIndex]>,
    pub(super) deletion_flag: Option<FieldIndex>,
    pub(super) date_order: Box<[(FieldIndex, FieldIndex)]>,
    pub(super) members: Members,
}

pub(super) fn layout(
    source: Source<'_>,
    kind: &KindTable,
    lists: &[Arc<CodeList>],
) -> Result<Layout, ProfileError> {
    let tables = kind.fields.get_ref();
    if tables.is_empty() || tables.len() > FIELDS_MAX {
        let fault = ProfileFault::TooMany {
            what: "項目",
            count: tables.len(),
            limit: FIELDS_MAX,
        };
        return Err(source.error(kind.fields.span(), fault));
    }
    check_names(source, tables)?;
    let fields = compiled_fields(source, tables, lists)?;
    let bytes = fields
        .iter()
        .map(|field| field.field_type.bytes_max())
        .fold(0, usize::saturating_add);
    if bytes > usize::from(u16::MAX) {
        return Err(source.error(kind.fields.span(), ProfileFault::TooLarge { bytes }));
    }
    let key = key(source, kind, &fields)?;
    let deletion_flag = match &kind.deletion_flag {
        None => None,
        Some(name) => {
            let flag = find(source, "deletion_flag", name, &fields)?;
            let is_boolean = fields[flag.index()].field_type == FieldType::Boolean;
            Some(typed(
                source,
                "deletion_flag",
                name,
                flag,
                is_boolean,
                "boolean 型の項目",
            )?)
        }
    };
    let date_order = date_order(source, kind, &fields)?;
    let members = Members::new(&fields);
    Ok(Layout {
        fields: fields.into(),
        key,
        deletion_flag,
        date_order,
        members,
    })
}

fn compiled_fields(
    source: Source<'_>,
    tables: &[FieldTable],
    lists: &[Arc<CodeList>],
) -> Result<Vec<Field>, ProfileError> {
    let mut fields = Vec::with_capacity(tables.len());
    for table in tables {
        fields.push(Field {
            json: table.json.get_ref().as_str().into(),
            csv: table.csv.get_ref().as_str().into(),
            field_type: field_type(source, table, lists)?,
            requirement: Requirement::Optional,
            standing: source.standing(&table.standing)?,
            source: table.source.clone(),
        });
    }
    // A requirement can name any other field.
    for (at, table) in tables.iter().enumerate() {
        fields[at].requirement = requirement(source, table, &fields)?;
    }
    Ok(fields)
}

/// The pairs of dates of which the first must not come after the second.
fn date_order(
    source: Source<'_>,
    kind: &KindTable,
    fields: &[Field],
) -> Result<Box<[(FieldIndex, FieldIndex)]>, ProfileError> {
    let mut date_order = Vec::with_capacity(kind.date_order.len());
    for (from, to) in &kind.date_order {
        let pair = [from, to].map(|name| {
            let field = find(source, "date_order", name, fields)?;
            let is_date = fields[field.index()].field_type == FieldType::Date;
            typed(source, "date_order", name, field, is_date, "date 型の項目")
        });
        let [from, to] = pair;
        date_order.push((from?, to?));
    }
    Ok(date_order.into())
}

/// Names are unique, nested one level at most, and the items of one object are next to each other.
fn check_names(source: Source<'_>, tables: &[FieldTable]) -> Result<(), ProfileError> {
    let (mut json, mut csv) = (Seen::default(), Seen::default());
    let mut closed: Vec<&str> = Vec::new();
    let mut open = None;
    for table in tables {
        json.insert(source, "json の名前", &table.json)?;
        csv.insert(source, "csv の列名", &table.csv)?;
        let name = table.json.get_ref().as_str();
        let nesting = |reason| {
            let fault = ProfileFault::Nesting {
                json: name.to_owned(),
                reason,
            };
            source.error(table.json.span(), fault)
        };
        let is_plain = name
            .split('.')
            .all(|part| !part.is_empty() && is_member_name(part));
        if !is_plain {
            return Err(nesting(
                "json の名前は半角英数字と「_」で、入れ子は「.」で表します",
            ));
        }
        if table.csv.get_ref().is_empty() || table.csv.get_ref().chars().any(char::is_control) {
            return Err(nesting("csv の列名は制御文字を含まない1文字以上です"));
        }
        let group = name.split_once('.').map(|(group, _)| group);
        if name.matches('.').count() > 1 {
            return Err(nesting("入れ子は1段までです"));
        }
        if group != open {
            closed.extend(open);
            open = group;
        }
        if group.is_some_and(|group| closed.contains(&group)) {
            return Err(nesting("同じオブジェクトの項目は続けて並べます"));
        }
        let as_object = format!("{name}.");
        if tables
            .iter()
            .any(|other| other.json.get_ref().starts_with(&as_object))
        {
            return Err(nesting("項目の名前がオブジェクトの名前と同じです"));
        }
    }
    Ok(())
}

fn is_member_name(part: &str) -> bool {
    part.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn find(
    source: Source<'_>,
    member: &'static str,
    name: &Spanned<String>,
    fields: &[Field],
) -> Result<FieldIndex, ProfileError> {
    position(fields, name.get_ref()).ok_or_else(|| {
        let fault = ProfileFault::UnknownField {
            member,
            field: name.get_ref().clone(),
        };
        source.error(name.span(), fault)
    })
}

fn position(fields: &[Field], json: &str) -> Option<FieldIndex> {
    let at = fields.iter().position(|field| *field.json == *json)?;
    u8::try_from(at).ok().map(FieldIndex)
}

fn typed(
    source: Source<'_>,
    member: &'static str,
    name: &Spanned<String>,
    field: FieldIndex,
    is_right: bool,
    expected: &'static str,
) -> Result<FieldIndex, ProfileError> {
    if is_right {
        return Ok(field);
    }
    let fault = ProfileFault::WrongFieldType {
        member,
        field: name.get_ref().clone(),
        expected,
    };
    Err(source.error(name.span(), fault))
}

fn key(
    source: Source<'_>,
    kind: &KindTable,
    fields: &[Field],
) -> Result<Box<[FieldIndex]>, ProfileError> {
    let names = kind.key.get_ref();
    if names.is_empty() {
        let fault = ProfileFault::BadValue {
            what: "key",
            expected: "1つ以上の項目",
            received: "なし".to_owned(),
        };
        return Err(source.error(kind.key.span(), fault));
    }
    let mut seen = Seen::default();
    let mut key = Vec::with_capacity(names.len());
    for name in names {
        seen.insert(source, "key の項目", name)?;
        let field = find(source, "key", name, fields)?;
        let is_required = fields[field.index()].requirement == Requirement::Always;
        key.push(typed(
            source,
            "key",
            name,
            field,
            is_required,
            "必須（required = true）の項目",
        )?);
    }
    Ok(key.into())
}

fn requirement(
    source: Source<'_>,
    table: &FieldTable,
    fields: &[Field],
) -> Result<Requirement, ProfileError> {
    let is_required = table
        .required
        .as_ref()
        .is_some_and(|required| *required.get_ref());
    let Some(condition) = &table.required_when else {
        return Ok(if is_required {
            Requirement::Always
        } else {
            Requirement::Optional
        });
    };
    if is_required {
        return Err(source.error(condition.span(), ProfileFault::RequiredTwice));
    }
    let wrong = |reason: String| {
        let fault = ProfileFault::Condition {
            condition: condition.get_ref().clone(),
            reason,
        };
        source.error(condition.span(), fault)
    };
    let Some((name, value)) = condition.get_ref().split_once('=') else {
        return Err(wrong("「項目=値」の形で書きます".to_owned()));
    };
    let Some(field) = position(fields, name) else {
        return Err(wrong(format!("「{name}」は、この種別の項目にありません")));
    };
    if name == table.json.get_ref() {
        return Err(wrong("自分自身を条件にはできません".to_owned()));
    }
    let other = &fields[field.index()];
    if let Err((_, reason)) = other.field_type.check(&other.csv, value) {
        return Err(wrong(format!("この値にはなり得ません（{reason}）")));
    }
    Ok(Requirement::When {
        field,
        value: value.into(),
    })
}
