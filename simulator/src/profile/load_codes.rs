//! Reading `codes.toml`.

use std::sync::Arc;

use super::codes::{BusinessError, CodeList, CodeValue, ResultCode, SetError, SystemError};
use super::fault::{ProfileError, ProfileFault};
use super::files::Source;
use super::item_error::CODES;
use super::load::{Seen, bad_value};
use super::tables::{AnswerTable, CodeTables, ListTable, SystemErrorTable};

/// `codes.toml`, checked.
pub(super) struct Codes {
    pub(super) lists: Vec<Arc<CodeList>>,
    pub(super) results: Vec<ResultCode>,
    pub(super) business_errors: Vec<BusinessError>,
    pub(super) set_errors: Vec<SetError>,
    pub(super) system_errors: Vec<SystemError>,
}

pub(super) fn codes(source: Source<'_>) -> Result<Codes, ProfileError> {
    let tables: CodeTables = source.parse()?;
    let mut seen = Seen::default();
    let lists: Result<_, _> = tables
        .list
        .into_iter()
        .map(|table| list(source, &mut seen, table))
        .collect();
    let results = answers(
        source,
        "処理結果の符号",
        tables.result,
        |code, ja| ResultCode { code, ja },
    )?;
    for code in CODES.into_iter().chain(["0000", "0001"]) {
        if !results.iter().any(|result| result.code == code) {
            return Err(source.error(0..0, ProfileFault::ResultMissing { code }));
        }
    }
    Ok(Codes {
        lists: lists?,
        results,
        business_errors: answers(
            source,
            "業務エラーの符号",
            tables.business_error,
            |code, ja| BusinessError { code, ja },
        )?,
        set_errors: answers(
            source,
            "組の誤りの符号",
            tables.set_error,
            |code, ja| SetError { code, ja },
        )?,
        system_errors: system_errors(source, tables.system_error)?,
    })
}

fn list(
    source: Source<'_>,
    seen: &mut Seen,
    table: ListTable,
) -> Result<Arc<CodeList>, ProfileError> {
    seen.insert(source, "符号一覧", &table.id)?;
    let standing = source.standing(&table.standing)?;
    let span = table.values.span();
    let values: Box<[CodeValue]> = table
        .values
        .into_inner()
        .into_iter()
        .map(|(code, ja)| CodeValue {
            code: code.into(),
            ja: ja.into(),
        })
        .collect();
    let is_code =
        |code: &str| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if values.is_empty() {
        return Err(source.error(
            span,
            bad_value("values", "1つ以上の符号", "なし".to_owned()),
        ));
    }
    if let Some(value) = values.iter().find(|value| !is_code(&value.code)) {
        let fault = bad_value("符号", "半角英数字", value.code.to_string());
        return Err(source.error(span, fault));
    }
    Ok(Arc::new(CodeList {
        id: table.id.into_inner(),
        ja: table.ja,
        standing,
        source: table.source,
        values,
    }))
}

fn answers<T>(
    source: Source<'_>,
    what: &'static str,
    tables: Vec<AnswerTable>,
    make: fn(String, String) -> T,
) -> Result<Vec<T>, ProfileError> {
    let mut seen = Seen::default();
    let mut read = Vec::with_capacity(tables.len());
    for table in tables {
        seen.insert(source, what, &table.code)?;
        read.push(make(table.code.into_inner(), table.ja));
    }
    Ok(read)
}

fn system_errors(
    source: Source<'_>,
    tables: Vec<SystemErrorTable>,
) -> Result<Vec<SystemError>, ProfileError> {
    let mut seen = Seen::default();
    let mut read = Vec::with_capacity(tables.len());
    for table in tables {
        seen.insert(source, "システムエラーの符号", &table.code)?;
        let status = *table.status.get_ref();
        if !(400..600).contains(&status) {
            let fault = bad_value("status", "400から599", status.to_string());
            return Err(source.error(table.status.span(), fault));
        }
        read.push(SystemError {
            code: table.code.into_inner(),
            status,
            ja: table.ja,
        });
    }
    Ok(read)
}
