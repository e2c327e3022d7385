//! Settings of a profile, each with its standing and source.

use std::fmt;

use jiff::civil::Date;

use crate::domain::calendar::StaffHours;

pub use super::file_name::NamePattern;

/// How sure a rule of the profile is (根拠の段階).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// 公開資料にある.
    Published,
    /// 同種の公式仕様に倣う.
    Analog,
    /// 実行のために置いた想定.
    Assumed,
}

impl Standing {
    /// The word the profile uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Analog => "analog",
            Self::Assumed => "assumed",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One value of the profile with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// How sure it is.
    pub standing: Standing,
    /// Where it is from.
    pub source: String,
}

/// What the profile is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileHead {
    /// Name of the profile, e.g. `if-2.0-assumed`.
    pub id: String,
    /// Edition of the interface specification (インタフェース仕様書) it follows.
    pub edition: String,
    /// Japanese title.
    pub title: String,
    /// Standing of the whole: runs on an assumed profile are titled 参考判定.
    pub standing: Standing,
    /// State of knowledge.
    pub as_of: Date,
}

/// Time of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeSettings {
    /// IANA name of the time zone.
    pub zone: Setting<String>,
}

/// Dates the law and the programme fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarSettings {
    /// 施行日: nothing is linked before it.
    pub law_in_force: Setting<Date>,
    /// 標準準拠システムへの移行期限.
    pub conformity_date: Setting<Date>,
    /// Days from the completion of set-up (初期セットアップ完了日) to the start of the service.
    pub service_start_days_after_completion: Setting<u32>,
}

/// One environment of PMH (検証環境 / 本番環境).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// `verification` or `production`.
    pub id: String,
    /// Japanese name.
    pub ja: String,
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How sure it is.
    pub standing: Standing,
    /// Where it is from.
    pub source: String,
}

/// A system that a vendor must never call directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffLimits {
    /// Name, e.g. `platform`.
    pub id: String,
    /// Japanese name.
    pub ja: String,
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How sure it is.
    pub standing: Standing,
    /// Where it is from.
    pub source: String,
}

/// Authentication keys (認証キー) and client certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialSettings {
    /// How every key begins.
    pub key_prefix: Setting<String>,
    /// Random characters after the prefix.
    pub key_random_characters: Setting<usize>,
    /// Days a key is valid.
    pub key_lifetime_days: Setting<u32>,
    /// Days a client certificate is valid.
    pub client_certificate_lifetime_days: Setting<u32>,
}

/// Mode 1 (方式① API連携・バッチ処理).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiSettings {
    /// First part of every path, e.g. `/kaigo/v2`.
    pub base_path: Setting<String>,
    /// 連携区分 of the initial set-up (全件).
    pub link_segment_initial: Setting<String>,
    /// 連携区分 of differences (差分).
    pub link_segment_difference: Setting<String>,
    /// Most records in one request.
    pub records_per_request_max: Setting<usize>,
    /// Most bytes in one request body.
    pub request_bytes_max: Setting<usize>,
    /// Most inbound records in one answer.
    pub inbound_records_per_page_max: Setting<usize>,
    /// What happens to items that are not in the layout.
    pub unknown_items: Setting<UnknownItems>,
}

impl ApiSettings {
    /// The segment with that code, if the profile has it.
    #[must_use]
    pub fn link_segment(&self, code: &str) -> Option<LinkSegment> {
        [LinkSegment::Initial, LinkSegment::Difference]
            .into_iter()
            .find(|segment| self.link_segment_code(*segment) == code)
    }

    /// The code of a segment.
    #[must_use]
    pub fn link_segment_code(&self, segment: LinkSegment) -> &str {
        match segment {
            LinkSegment::Initial => &self.link_segment_initial.value,
            LinkSegment::Difference => &self.link_segment_difference.value,
        }
    }
}

/// 連携区分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkSegment {
    /// 初期セットアップ（全件）.
    Initial,
    /// 差分.
    Difference,
}

/// What happens to items that are not in the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownItems {
    /// The record is refused (E008).
    Refuse,
    /// They are passed over.
    Ignore,
}

/// Mode 2 (方式② ファイル連携).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSettings {
    /// File name extension without the dot.
    pub extension: Setting<String>,
    /// How file names are built.
    pub name_pattern: Setting<NamePattern>,
    /// Character set.
    pub charset: Setting<Charset>,
    /// Whether a file begins with a byte order mark.
    pub byte_order_mark: Setting<bool>,
    /// How a row ends.
    pub line_end: Setting<LineEnd>,
    /// Which cells are quoted.
    pub quoting: Setting<Quoting>,
    /// Whether the first row names the columns.
    pub header_row: Setting<bool>,
    /// Most rows of records in one file.
    pub rows_max: Setting<usize>,
    /// Most bytes in one file.
    pub bytes_max: Setting<usize>,
    /// Most files in one set (組), the control file among them.
    pub set_files_max: Setting<usize>,
    /// Most bytes in all files of one set.
    pub set_bytes_max: Setting<usize>,
}

/// PMH's pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSettings {
    /// Wrong passwords in a row that lock an account.
    pub log_in_failures_max: Setting<u32>,
    /// Minutes of the run's time that an account stays locked.
    pub lock_minutes: Setting<u32>,
    /// Fewest characters of a password.
    pub password_length_min: Setting<usize>,
    /// Minutes of real time after which a session that nobody uses ends.
    pub session_minutes: Setting<u32>,
}

/// Character set of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// CP932, also called windows-31j.
    Cp932,
}

impl Charset {
    /// The name a tester knows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Cp932 => "CP932",
        }
    }
}

/// How a row of a file ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// CR LF.
    CrLf,
    /// LF.
    Lf,
}

impl LineEnd {
    /// The name a tester knows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CrLf => "CRLF",
            Self::Lf => "LF",
        }
    }

    /// The characters.
    #[must_use]
    pub fn characters(self) -> &'static str {
        match self {
            Self::CrLf => "\r\n",
            Self::Lf => "\n",
        }
    }
}

/// Which cells of a file are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// Every cell.
    Always,
    /// Cells that hold a comma, a quotation mark or a line break.
    Necessary,
}

impl Quoting {
    /// The word the profile uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Necessary => "necessary",
        }
    }
}

/// Characters of names and addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharacterSettings {
    /// Which characters a text may hold.
    pub set: Setting<String>,
    /// What a sender puts in place of a character that cannot be sent.
    pub replacement: Setting<char>,
}

/// Municipal staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSettings {
    /// 定時: set-up work fits into these hours in principle [SETUP-08].
    pub hours: Setting<StaffHours>,
}
