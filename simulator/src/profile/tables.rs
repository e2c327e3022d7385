//! The tables of the profile files as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// `{ value = …, standing = …, source = … }`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSetting<T> {
    pub(super) value: Spanned<T>,
    pub(super) standing: Spanned<String>,
    pub(super) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileTables {
    pub(super) profile: HeadTable,
    pub(super) time: TimeTable,
    pub(super) calendar: CalendarTable,
    pub(super) environment: Vec<Spanned<HostTable>>,
    #[serde(default)]
    pub(super) off_limits: Vec<Spanned<HostTable>>,
    pub(super) credentials: CredentialsTable,
    pub(super) api: ApiTable,
    pub(super) file: FileTable,
    pub(super) pages: PagesTable,
    pub(super) characters: CharactersTable,
    pub(super) staff: StaffTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadTable {
    pub(super) id: String,
    pub(super) edition: String,
    pub(super) title: String,
    pub(super) standing: Spanned<String>,
    pub(super) as_of: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimeTable {
    pub(super) zone: Spanned<String>,
    pub(super) standing: Spanned<String>,
    pub(super) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarTable {
    pub(super) law_in_force: RawSetting<String>,
    pub(super) conformity_date: RawSetting<String>,
    pub(super) service_start_days_after_completion: RawSetting<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HostTable {
    pub(super) id: Spanned<String>,
    pub(super) ja: String,
    pub(super) host: Spanned<String>,
    pub(super) port: u16,
    pub(super) standing: Spanned<String>,
    pub(super) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CredentialsTable {
    pub(super) key_prefix: RawSetting<String>,
    pub(super) key_random_characters: RawSetting<usize>,
    pub(super) key_lifetime_days: RawSetting<u32>,
    pub(super) client_certificate_lifetime_days: RawSetting<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApiTable {
    pub(super) base_path: RawSetting<String>,
    pub(super) link_segment_initial: RawSetting<String>,
    pub(super) link_segment_difference: RawSetting<String>,
    pub(super) records_per_request_max: RawSetting<usize>,
    pub(super) request_bytes_max: RawSetting<usize>,
    pub(super) inbound_records_per_page_max: RawSetting<usize>,
    pub(super) unknown_items: RawSetting<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileTable {
    pub(super) extension: RawSetting<String>,
    pub(super) name_pattern: RawSetting<String>,
    pub(super) charset: RawSetting<String>,
    pub(super) byte_order_mark: RawSetting<bool>,
    pub(super) line_end: RawSetting<String>,
    pub(super) quoting: RawSetting<String>,
    pub(super) header_row: RawSetting<bool>,
    pub(super) rows_max: RawSetting<usize>,
    pub(super) bytes_max: RawSetting<usize>,
    pub(super) set_files_max: RawSetting<usize>,
    pub(super) set_bytes_max: RawSetting<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PagesTable {
    pub(super) log_in_failures_max: RawSetting<u32>,
    pub(super) lock_minutes: RawSetting<u32>,
    pub(super) password_length_min: RawSetting<usize>,
    pub(super) session_minutes: RawSetting<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CharactersTable {
    pub(super) set: RawSetting<String>,
    pub(super) replacement: RawSetting<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeTables {
    pub(super) list: Vec<ListTable>,
    pub(super) result: Vec<AnswerTable>,
    pub(super) business_error: Vec<AnswerTable>,
    pub(super) set_error: Vec<AnswerTable>,
    pub(super) system_error: Vec<SystemErrorTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListTable {
    pub(super) id: Spanned<String>,
    pub(super) ja: String,
    pub(super) standing: Spanned<String>,
    pub(super) source: String,
    pub(super) values: Spanned<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerTable {
    pub(super) code: Spanned<String>,
    pub(super) ja: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SystemErrorTable {
    pub(super) code: Spanned<String>,
    pub(super) status: Spanned<u16>,
    pub(super) ja: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindFile {
    pub(super) kind: KindTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindTable {
    pub(super) id: Spanned<String>,
    pub(super) ja: String,
    pub(super) order: Spanned<u8>,
    pub(super) direction: Spanned<String>,
    pub(super) path: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) file_only: bool,
    pub(super) file_code: Spanned<String>,
    pub(super) key: Spanned<Vec<Spanned<String>>>,
    pub(super) deletion_flag: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) date_order: Vec<(Spanned<String>, Spanned<String>)>,
    pub(super) standing: Spanned<String>,
    pub(super) source: String,
    pub(super) fields: Spanned<Vec<FieldTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldTable {
    pub(super) json: Spanned<String>,
    pub(super) csv: Spanned<String>,
    #[serde(rename = "type")]
    pub(super) field_type: Spanned<String>,
    pub(super) max: Option<Spanned<u64>>,
    pub(super) length: Option<Spanned<u64>>,
    pub(super) list: Option<Spanned<String>>,
    pub(super) required: Option<Spanned<bool>>,
    pub(super) required_when: Option<Spanned<String>>,
    pub(super) standing: Spanned<String>,
    pub(super) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StaffTable {
    pub(super) hours: RawSetting<String>,
}
