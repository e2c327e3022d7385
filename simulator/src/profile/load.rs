//! Reading `profile.toml`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use toml::Spanned;

use super::fault::{ProfileError, ProfileFault};
use super::file_name::NamePattern;
use super::files::Source;
use super::settings::{
    ApiSettings, CalendarSettings, CharacterSettings, Charset, CredentialSettings, Environment,
    FileSettings, LineEnd, OffLimits, PageSettings, ProfileHead, Quoting, Setting, StaffSettings,
    Standing, TimeSettings, UnknownItems,
};
use super::tables::{
    ApiTable, CalendarTable, CharactersTable, CredentialsTable, FileTable, HeadTable, HostTable,
    PagesTable, ProfileTables, RawSetting, StaffTable, TimeTable,
};

/// `profile.toml`, checked.
pub(super) struct Settings {
    pub(super) head: ProfileHead,
    pub(super) time: TimeSettings,
    pub(super) calendar: CalendarSettings,
    pub(super) environments: Vec<Environment>,
    pub(super) off_limits: Vec<OffLimits>,
    pub(super) credentials: CredentialSettings,
    pub(super) api: ApiSettings,
    pub(super) file: FileSettings,
    pub(super) pages: PageSettings,
    pub(super) staff: StaffSettings,
    pub(super) characters: CharacterSettings,
}

/// What must be unique, with where it was first.
#[derive(Default)]
pub(super) struct Seen(BTreeMap<String, String>);

impl Seen {
    /// Notes a value.
    pub(super) fn insert(
        &mut self,
        source: Source<'_>,
        what: &'static str,
        value: &Spanned<String>,
    ) -> Result<(), ProfileError> {
        let place = source.place(value.span());
        match self.0.insert(value.get_ref().clone(), place) {
            None => Ok(()),
            Some(first) => {
                let value_text = value.get_ref().clone();
                let fault = ProfileFault::Duplicate {
                    what,
                    value: value_text,
                    first,
                };
                Err(source.error(value.span(), fault))
            }
        }
    }
}

impl Source<'_> {
    pub(super) fn standing(&self, word: &Spanned<String>) -> Result<Standing, ProfileError> {
        [Standing::Published, Standing::Analog, Standing::Assumed]
            .into_iter()
            .find(|standing| standing.as_str() == word.get_ref())
            .ok_or_else(|| {
                let fault = ProfileFault::UnknownWord {
                    what: "standing（根拠の段階）",
                    allowed: "published、analog、assumed",
                    received: word.get_ref().clone(),
                };
                self.error(word.span(), fault)
            })
    }

    pub(super) fn setting<T, U>(
        &self,
        raw: RawSetting<T>,
        convert: impl FnOnce(T) -> Result<U, ProfileFault>,
    ) -> Result<Setting<U>, ProfileError> {
        let standing = self.standing(&raw.standing)?;
        let span = raw.value.span();
        let value = convert(raw.value.into_inner()).map_err(|fault| self.error(span, fault))?;
        Ok(Setting {
            value,
            standing,
            source: raw.source,
        })
    }
}

pub(super) fn bad_value(
    what: &'static str,
    expected: &'static str,
    received: String,
) -> ProfileFault {
    ProfileFault::BadValue {
        what,
        expected,
        received,
    }
}

pub(super) fn date(text: String) -> Result<Date, ProfileFault> {
    let is_iso = text.len() == 10;
    match text.parse() {
        Ok(date) if is_iso => Ok(date),
        Ok(_) | Err(_) => Err(bad_value("日付", "実在する YYYY-MM-DD の日付", text)),
    }
}

pub(super) fn positive<N: Default + PartialEq + ToString>(number: N) -> Result<N, ProfileFault> {
    if number == N::default() {
        return Err(bad_value("値", "1以上", number.to_string()));
    }
    Ok(number)
}

fn filled(text: String) -> Result<String, ProfileFault> {
    if text.is_empty() {
        return Err(bad_value("値", "1文字以上", text));
    }
    Ok(text)
}

pub(super) fn word<T: Copy>(
    what: &'static str,
    allowed: &'static str,
    words: &'static [(&'static str, T)],
) -> impl FnOnce(String) -> Result<T, ProfileFault> {
    move |received| match words.iter().find(|(word, _)| *word == received) {
        Some((_, value)) => Ok(*value),
        None => Err(ProfileFault::UnknownWord {
            what,
            allowed,
            received,
        }),
    }
}

pub(super) fn settings(source: Source<'_>) -> Result<Settings, ProfileError> {
    let tables: ProfileTables = source.parse()?;
    let api = api(source, tables.api)?;
    Ok(Settings {
        head: head(source, tables.profile)?,
        time: time(source, tables.time)?,
        calendar: calendar(source, tables.calendar)?,
        environments: hosts(source, "環境", tables.environment)?,
        off_limits: hosts(source, "呼んではならない相手", tables.off_limits)?
            .into_iter()
            .map(
                |Environment {
                     id,
                     ja,
                     host,
                     port,
                     standing,
                     source,
                 }| OffLimits {
                    id,
                    ja,
                    host,
                    port,
                    standing,
                    source,
                },
            )
            .collect(),
        credentials: credentials(source, tables.credentials)?,
        file: file(source, tables.file, &api)?,
        api,
        pages: pages(source, tables.pages)?,
        staff: staff(source, tables.staff)?,
        characters: characters(source, tables.characters)?,
    })
}

fn head(source: Source<'_>, table: HeadTable) -> Result<ProfileHead, ProfileError> {
    let span = table.as_of.span();
    Ok(ProfileHead {
        id: table.id,
        edition: table.edition,
        title: table.title,
        standing: source.standing(&table.standing)?,
        as_of: date(table.as_of.into_inner()).map_err(|fault| source.error(span, fault))?,
    })
}

fn time(source: Source<'_>, table: TimeTable) -> Result<TimeSettings, ProfileError> {
    let raw = RawSetting {
        value: table.zone,
        standing: table.standing,
        source: table.source,
    };
    let zone = source.setting(raw, |zone| match TimeZone::get(&zone) {
        Ok(_) => Ok(zone),
        Err(_) => Err(bad_value("zone", "時間帯の名前（例: Asia/Tokyo）", zone)),
    })?;
    Ok(TimeSettings { zone })
}

fn calendar(source: Source<'_>, table: CalendarTable) -> Result<CalendarSettings, ProfileError> {
    Ok(CalendarSettings {
        law_in_force: source.setting(table.law_in_force, date)?,
        conformity_date: source.setting(table.conformity_date, date)?,
        service_start_days_after_completion: source
            .setting(table.service_start_days_after_completion, Ok)?,
    })
}

fn hosts(
    source: Source<'_>,
    what: &'static str,
    tables: Vec<Spanned<HostTable>>,
) -> Result<Vec<Environment>, ProfileError> {
    let mut seen = Seen::default();
    let mut read = Vec::with_capacity(tables.len());
    for table in tables {
        let span = table.span();
        let table = table.into_inner();
        seen.insert(source, what, &table.id)?;
        if table.port == 0 {
            let fault = bad_value("port", "1から65535", table.port.to_string());
            return Err(source.error(span, fault));
        }
        let standing = source.standing(&table.standing)?;
        let host_span = table.host.span();
        let host =
            filled(table.host.into_inner()).map_err(|fault| source.error(host_span, fault))?;
        read.push(Environment {
            id: table.id.into_inner(),
            ja: table.ja,
            host,
            port: table.port,
            standing,
            source: table.source,
        });
    }
    Ok(read)
}

fn credentials(
    source: Source<'_>,
    table: CredentialsTable,
) -> Result<CredentialSettings, ProfileError> {
    Ok(CredentialSettings {
        key_prefix: source.setting(table.key_prefix, filled)?,
        key_random_characters: source.setting(table.key_random_characters, positive)?,
        key_lifetime_days: source.setting(table.key_lifetime_days, positive)?,
        client_certificate_lifetime_days: source
            .setting(table.client_certificate_lifetime_days, positive)?,
    })
}

fn api(source: Source<'_>, table: ApiTable) -> Result<ApiSettings, ProfileError> {
    let base_path = |path: String| {
        let is_path = path.starts_with('/') && !path.ends_with('/') && path.is_ascii();
        if is_path {
            return Ok(path);
        }
        Err(bad_value(
            "base_path",
            "「/」で始まり「/」で終わらないパス",
            path,
        ))
    };
    let policy = word(
        "unknown_items（仕様にない項目の扱い）",
        "refuse、ignore",
        &[
            ("refuse", UnknownItems::Refuse),
            ("ignore", UnknownItems::Ignore),
        ],
    );
    let difference_span = table.link_segment_difference.value.span();
    let settings = ApiSettings {
        base_path: source.setting(table.base_path, base_path)?,
        link_segment_initial: source.setting(table.link_segment_initial, filled)?,
        link_segment_difference: source.setting(table.link_segment_difference, filled)?,
        records_per_request_max: source.setting(table.records_per_request_max, positive)?,
        request_bytes_max: source.setting(table.request_bytes_max, positive)?,
        inbound_records_per_page_max: source
            .setting(table.inbound_records_per_page_max, positive)?,
        unknown_items: source.setting(table.unknown_items, policy)?,
    };
    if settings.link_segment_initial.value == settings.link_segment_difference.value {
        let received = settings.link_segment_difference.value.clone();
        let fault = bad_value(
            "link_segment_difference",
            "初期セットアップと異なる値",
            received,
        );
        return Err(source.error(difference_span, fault));
    }
    Ok(settings)
}

fn file(
    source: Source<'_>,
    table: FileTable,
    api: &ApiSettings,
) -> Result<FileSettings, ProfileError> {
    let charset = word(
        "charset（文字コード）",
        "UTF-8、CP932（windows-31j）",
        &[
            ("UTF-8", Charset::Utf8),
            ("CP932", Charset::Cp932),
            ("windows-31j", Charset::Cp932),
            ("Windows-31J", Charset::Cp932),
        ],
    );
    let line_end = word(
        "line_end（改行）",
        "CRLF、LF",
        &[("CRLF", LineEnd::CrLf), ("LF", LineEnd::Lf)],
    );
    let quoting = word(
        "quoting（引用符）",
        "always、necessary",
        &[
            ("always", Quoting::Always),
            ("necessary", Quoting::Necessary),
        ],
    );
    let mark_span = table.byte_order_mark.value.span();
    let extension = source.setting(table.extension, filled)?;
    let pattern = |text| NamePattern::parse(text, &extension.value, api);
    let settings = FileSettings {
        name_pattern: source.setting(table.name_pattern, pattern)?,
        extension,
        charset: source.setting(table.charset, charset)?,
        byte_order_mark: source.setting(table.byte_order_mark, Ok)?,
        line_end: source.setting(table.line_end, line_end)?,
        quoting: source.setting(table.quoting, quoting)?,
        header_row: source.setting(table.header_row, Ok)?,
        rows_max: source.setting(table.rows_max, positive)?,
        bytes_max: source.setting(table.bytes_max, positive)?,
        set_files_max: source.setting(table.set_files_max, positive)?,
        set_bytes_max: source.setting(table.set_bytes_max, positive)?,
    };
    if settings.byte_order_mark.value && settings.charset.value == Charset::Cp932 {
        let fault = bad_value(
            "byte_order_mark",
            "CP932 では false",
            settings.byte_order_mark.value.to_string(),
        );
        return Err(source.error(mark_span, fault));
    }
    Ok(settings)
}

fn pages(source: Source<'_>, table: PagesTable) -> Result<PageSettings, ProfileError> {
    Ok(PageSettings {
        log_in_failures_max: source.setting(table.log_in_failures_max, positive)?,
        lock_minutes: source.setting(table.lock_minutes, positive)?,
        password_length_min: source.setting(table.password_length_min, positive)?,
        session_minutes: source.setting(table.session_minutes, positive)?,
    })
}

fn staff(source: Source<'_>, table: StaffTable) -> Result<StaffSettings, ProfileError> {
    let hours = source.setting(table.hours, |text| {
        text.parse()
            .map_err(|_| bad_value("hours（職員の定時）", "08:30-17:15 の形", text))
    })?;
    Ok(StaffSettings { hours })
}

fn characters(
    source: Source<'_>,
    table: CharactersTable,
) -> Result<CharacterSettings, ProfileError> {
    let set = |received: String| match received.as_str() {
        "unicode-without-private-use" => Ok(received),
        _ => Err(ProfileFault::UnknownWord {
            what: "set（使える文字）",
            allowed: "unicode-without-private-use",
            received,
        }),
    };
    let replacement = |text: String| {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(bad_value("replacement（代替文字）", "1文字", text)),
        }
    };
    Ok(CharacterSettings {
        set: source.setting(table.set, set)?,
        replacement: source.setting(table.replacement, replacement)?,
    })
}
