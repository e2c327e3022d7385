//! From the text of vendor.toml to a [`VendorFile`].

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::command::CommandLine;
use super::file::{Origin, Start, VendorFile};
use super::gaps::read_gaps;
use super::limits::{read_limits, seconds};
use super::problem::{Problem, ProblemKind};
use super::source::{At, Source, TableReader, wrong_kind};
use super::words::{known_modes, known_words, one_word, word_set};
use crate::control::{BusinessClock, Declaration, OptionalFunction};
use crate::requirement::Mode;

/// The wait for the first answer after a start, unless the file says otherwise.
const START_SECONDS: u64 = 10;

/// Reads the text of the file at `path`; `folder` is the absolute folder in which it lies.
pub(super) fn read(path: &Path, folder: &Path, text: &str) -> Result<VendorFile, Vec<Problem>> {
    let mut source = Source::new(text);
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let line = error
                .span()
                .map_or_else(|| source.last_line(), |span| source.line_of(span.start));
            let report = error.message().trim().replace('\n', " ");
            source.report(line, ProblemKind::Syntax { report });
            return Err(source.into_problems());
        }
    };
    let file = read_root(&mut source, path, folder, &root);
    let problems = source.into_problems();
    match file {
        Some(file) if problems.is_empty() => Ok(file),
        Some(_) | None => Err(problems),
    }
}

fn read_root(
    source: &mut Source<'_>,
    path: &Path,
    folder: &Path,
    root: &Spanned<DeTable<'_>>,
) -> Option<VendorFile> {
    let mut top = TableReader::new(source, "", 0..0, root.get_ref());
    let vendor = table(
        source,
        &mut top,
        "vendor",
        "製品名、ベンダー名、版、連携方式",
    );
    let vendor = vendor.map(|table| read_vendor(source, table));
    let start = table(source, &mut top, "start", "製品の起動のしかた");
    let start = start.map(|table| read_start(source, table, folder));
    let declaration = table(
        source,
        &mut top,
        "declaration",
        "対応する任意機能と業務日時の扱い（任意機能がないときも functions = [] ）",
    );
    let declaration = declaration.map(|table| read_declaration(source, table));
    let limits = read_limits(source, &mut top);
    let modes = vendor.as_ref().and_then(|vendor| vendor.modes.as_ref());
    let known_gaps = read_gaps(source, &mut top, modes);
    top.finish(source);

    let vendor = vendor?;
    let (functions, clock) = declaration?;
    let (start, start_limit, start_line) = start?;
    Some(VendorFile {
        declaration: Declaration {
            product: vendor.product?,
            vendor: vendor.vendor?,
            version: vendor.version?,
            modes: vendor.modes?,
            functions: functions?,
            clock: clock?,
        },
        start: start?,
        start_limit: start_limit?,
        limits,
        known_gaps,
        origin: Origin::File {
            path: path.to_owned(),
            start_line,
        },
    })
}

/// A table that must be there.
fn table<'t, 'i>(
    source: &mut Source<'_>,
    top: &mut TableReader<'t, 'i>,
    name: &'static str,
    purpose: &'static str,
) -> Option<TableReader<'t, 'i>> {
    let Some(value) = top.get(name) else {
        let line = source.last_line();
        source.report(
            line,
            ProblemKind::MissingTable {
                table: name,
                purpose,
            },
        );
        return None;
    };
    let title = match name {
        "vendor" => "[vendor]",
        "start" => "[start]",
        _ => "[declaration]",
    };
    as_table(source, title, value)
}

/// The table of a value, or a fault.
pub(super) fn as_table<'t, 'i>(
    source: &mut Source<'_>,
    title: &'static str,
    value: &'t Spanned<DeValue<'i>>,
) -> Option<TableReader<'t, 'i>> {
    match value.get_ref().as_table() {
        Some(table) => Some(TableReader::new(source, title, value.span(), table)),
        None => {
            let line = source.line_of(value.span().start);
            source.report(line, wrong_kind(title.to_owned(), "表", value.get_ref()));
            None
        }
    }
}

struct Vendor {
    product: Option<String>,
    vendor: Option<String>,
    version: Option<String>,
    modes: Option<BTreeSet<Mode>>,
}

fn read_vendor(source: &mut Source<'_>, mut table: TableReader<'_, '_>) -> Vendor {
    let owned = |text: At<&str>| text.value.to_owned();
    let read = Vendor {
        product: table.text(source, "product", "製品名").map(owned),
        vendor: table.text(source, "vendor", "ベンダー名").map(owned),
        version: table.text(source, "version", "製品の版").map(owned),
        modes: read_modes(source, &mut table),
    };
    table.finish(source);
    read
}

fn read_modes(source: &mut Source<'_>, table: &mut TableReader<'_, '_>) -> Option<BTreeSet<Mode>> {
    let words = table.texts(source, "modes", "対応する連携方式（api、file）の配列")?;
    if words.value.is_empty() {
        source.report(words.line, ProblemKind::NoModes);
        return None;
    }
    word_set(
        source,
        "[vendor] modes",
        &words.value,
        Mode::of_word,
        known_modes,
    )
}

type Declared = (Option<BTreeSet<OptionalFunction>>, Option<BusinessClock>);

fn read_declaration(source: &mut Source<'_>, mut table: TableReader<'_, '_>) -> Declared {
    let functions = table
        .texts(source, "functions", "対応する任意機能の配列（なければ []）")
        .and_then(|words| {
            word_set(
                source,
                "[declaration] functions",
                &words.value,
                OptionalFunction::of_word,
                known_words!(OptionalFunction),
            )
        });
    let clock = table
        .text(source, "clock", "業務日時の扱い（follows か machine）")
        .and_then(|word| {
            one_word(
                source,
                "[declaration] clock",
                word,
                BusinessClock::of_word,
                known_words!(BusinessClock),
            )
        });
    table.finish(source);
    (functions, clock)
}

type Starting = (Option<Start>, Option<Duration>, usize);

fn read_start(source: &mut Source<'_>, mut table: TableReader<'_, '_>, folder: &Path) -> Starting {
    let command = table.get("command");
    let address = table.get("address");
    let manual = table.get("manual");
    let start_limit = match table.get("timeout_seconds") {
        None => Some(Duration::from_secs(START_SECONDS)),
        Some(value) => seconds(source, table.place("timeout_seconds"), value),
    };
    let interface = read_interface(source, &mut table);
    let mut line = table.line();
    if let Some(manual) = manual {
        line = source.line_of(manual.span().start);
        let start = read_manual(source, line, manual, command.or(address).is_some());
        table.finish(source);
        return (start, start_limit, line);
    }
    let start = match (command, address) {
        (Some(command), None) => {
            line = source.line_of(command.span().start);
            read_command(source, &table, folder, command)
                .and_then(|(command, at)| of_interface(source, interface?, command, at))
        }
        (None, Some(address)) if interface == Some(Interface::Stdio) => {
            let line = source.line_of(address.span().start);
            source.report(line, ProblemKind::AddressOfLines);
            None
        }
        (None, Some(address)) => {
            line = source.line_of(address.span().start);
            read_address(source, &table, address)
        }
        (Some(_), Some(address)) => {
            let line = source.line_of(address.span().start);
            source.report(line, ProblemKind::CommandAndAddress);
            None
        }
        (None, None) => {
            source.report(line, ProblemKind::NeitherCommandNorAddress);
            None
        }
    };
    table.finish(source);
    (start, start_limit, line)
}

/// `manual = true`, alone.
fn read_manual(
    source: &mut Source<'_>,
    line: usize,
    value: &Spanned<DeValue<'_>>,
    has_another: bool,
) -> Option<Start> {
    let kind = if has_another {
        ProblemKind::ManualAndAnother
    } else {
        match value.get_ref() {
            DeValue::Boolean(true) => return Some(Start::Manual(None)),
            DeValue::Boolean(false) => ProblemKind::NotManual,
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => wrong_kind("[start] manual".to_owned(), "true", value.get_ref()),
        }
    };
    source.report(line, kind);
    None
}

fn read_command<'i>(
    source: &mut Source<'_>,
    table: &TableReader<'_, 'i>,
    folder: &Path,
    value: &Spanned<DeValue<'i>>,
) -> Option<(CommandLine, usize)> {
    const EXPECTED: &str = "起動するプログラムと引数の配列";
    let words = table.texts_of(source, "command", EXPECTED, value)?;
    if words.value.is_empty() {
        let place = table.place("command");
        source.report(
            words.line,
            ProblemKind::Empty {
                place,
                expected: EXPECTED,
            },
        );
        return None;
    }
    let texts = words.value.iter().map(|word| word.value);
    match CommandLine::parse(texts, Some(folder.to_owned())) {
        Ok(command) => Some((command, words.line)),
        Err(unknown) => {
            let placeholder = unknown.0;
            source.report(words.line, ProblemKind::UnknownPlaceholder { placeholder });
            None
        }
    }
}

/// How a command that the judge starts is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Interface {
    Http,
    Stdio,
}

/// `[start] interface`, HTTP unless it is written; none if it is no word of ours.
fn read_interface(source: &mut Source<'_>, table: &mut TableReader<'_, '_>) -> Option<Interface> {
    let Some(value) = table.get("interface") else {
        return Some(Interface::Http);
    };
    let word = table.text_of(source, "interface", "試験操作の受け渡し方", value)?;
    let known = || {
        vec![
            "http（127.0.0.1 の HTTP）".to_owned(),
            "stdio（標準入出力）".to_owned(),
        ]
    };
    let of_word = |word: &str| match word {
        "http" => Some(Interface::Http),
        "stdio" => Some(Interface::Stdio),
        _ => None,
    };
    one_word(source, "[start] interface", word, of_word, known)
}

/// A command is told where to listen exactly if it is to listen.
fn of_interface(
    source: &mut Source<'_>,
    interface: Interface,
    command: CommandLine,
    line: usize,
) -> Option<Start> {
    match (interface, command.uses_address()) {
        (Interface::Http, true) => Some(Start::Command(command)),
        (Interface::Stdio, false) => Some(Start::Lines(command)),
        (Interface::Http, false) => {
            source.report(line, ProblemKind::NoAddressPlaceholder);
            None
        }
        (Interface::Stdio, true) => {
            source.report(line, ProblemKind::AddressOfLines);
            None
        }
    }
}

fn read_address<'i>(
    source: &mut Source<'_>,
    table: &TableReader<'_, 'i>,
    value: &Spanned<DeValue<'i>>,
) -> Option<Start> {
    let text = table.text_of(source, "address", "起動済みの製品のアドレス", value)?;
    match text.value.parse() {
        Ok(address) => Some(Start::Address(address)),
        Err(error) => {
            source.report(text.line, ProblemKind::Address(error));
            None
        }
    }
}
