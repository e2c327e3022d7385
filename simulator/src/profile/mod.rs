//! The interface profile (連携仕様プロファイル): everything that the interface specification decides, as data.
//!
//! A profile is a folder with `profile.toml`, `codes.toml`, `access.toml` and `kinds/<kind>.toml`. It is read
//! once, and every kind of record (データ種別) becomes a compiled [`KindLayout`] that reads and writes records as
//! JSON (mode 1) and, through [`CsvCodec`], as files (mode 2). Same record, same rules in both modes.
//! [`AccessRules`] say who may see which of them.
//!
//! What this folder does not know: who may send what and when, and what is stored. It only tells whether a
//! record is one that the interface allows.

mod access;
mod assembly;
mod charset;
mod codes;
mod csv_codec;
mod csv_error;
mod csv_rows;
mod csv_table;
mod csv_text;
mod fault;
mod field_check;
mod field_type;
mod file_name;
mod files;
mod interface;
mod item_error;
mod json_array;
mod json_plain;
mod json_read;
mod json_write;
mod layout;
mod load;
mod load_access;
mod load_codes;
mod load_field;
mod load_kind;
mod load_layout;
mod members;
mod openapi;
mod openapi_paths;
mod openapi_schema;
mod record;
mod rows;
mod settings;
mod tables;

pub use access::{
    Access, AccessLimits, AccessPolicy, AccessRules, AtLimit, BrowserOnly, Cell, CheckScope,
    DataKind, Entitlements, Held, Job, OfficeDuty, PaperKind, PortalCardGate, Service, ServiceId,
    ViewGate, ViewerRole, Who, WithoutAssent,
};
pub use codes::{BusinessError, CodeList, CodeValue, ResultCode, SetError, SystemError};
pub use csv_codec::CsvCodec;
pub use csv_error::{CsvError, FileError};
pub use csv_rows::{FileRow, FileRows, RecordRefusal, RowRecord};
pub use csv_text::FileText;
pub use fault::{ProfileError, ProfileFault};
pub use field_type::FieldType;
pub use file_name::{FileName, FileNameError, SetNumber};
pub use interface::Profile;
pub use item_error::ItemError;
pub use json_array::{ArrayError, split_array};
pub use layout::{Direction, Field, FieldIndex, KindId, KindLayout, Requirement};
pub use openapi::openapi;
pub use openapi_schema::{layout_tables, record_schema};
pub use record::{Record, RecordKey};
pub use settings::{
    ApiSettings, CalendarSettings, CharacterSettings, Charset, CredentialSettings, Environment,
    FileSettings, LineEnd, LinkSegment, NamePattern, OffLimits, PageSettings, ProfileHead, Quoting,
    Setting, StaffSettings, Standing, TimeSettings, UnknownItems,
};
