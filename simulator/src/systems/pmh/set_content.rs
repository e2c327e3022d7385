//! What PMH checks of a set (組) when it opens its files, all of them before any record is taken.

use std::collections::BTreeMap;

use crate::operator::{SetProblem, UploadedFile};
use crate::profile::{
    CsvCodec, FileError, FileRow, KindId, KindLayout, LinkSegment, Profile, Record, RowRecord,
};

use super::account::Account;
use super::conditions::{self, Registering, Step};
use super::context::Context;
use super::problems::{Place, Problems, SetFault};
use super::set_names::Ordered;
use super::state::Setup;

/// A file whose rows have been read.
#[derive(Debug)]
pub(super) struct ReadFile<'f> {
    pub(super) name: &'f str,
    pub(super) kind: KindId,
    pub(super) rows: Vec<RowRecord>,
}

/// A set all of whose files have been read; the control file apart.
#[derive(Debug)]
pub(super) struct ReadSet<'f> {
    control: (&'f str, Vec<FileRow>),
    pub(super) files: Vec<ReadFile<'f>>,
}

/// Reads every file of a set in one pass, or says what is wrong with which.
pub(super) fn read<'f>(
    profile: &Profile,
    ordered: &Ordered<'f>,
) -> Result<ReadSet<'f>, Vec<SetProblem>> {
    let mut problems = Problems::new(profile);
    let mut control = ("", Vec::new());
    let mut files = Vec::with_capacity(ordered.files.len());
    for (place, (name, file)) in ordered.files.iter().enumerate() {
        let Some(text) = text_of(&mut problems, file) else {
            continue;
        };
        let read = if place == 0 {
            read_lines(profile, name.kind, text).map(|rows| control = (&file.name, rows))
        } else {
            read_rows(profile, name.kind, text).map(|rows| {
                files.push(ReadFile {
                    name: &file.name,
                    kind: name.kind,
                    rows,
                });
            })
        };
        if let Err(error) = read {
            let head = head_of(profile.layout(name.kind), &error);
            problems.note_file(&file.name, head, &error);
        }
    }
    problems.end().map(|()| ReadSet { control, files })
}

fn text_of<'f>(problems: &mut Problems<'_>, file: &'f UploadedFile) -> Option<&'f str> {
    if file.text.is_none() {
        let reason = file.unreadable.as_deref();
        let reason = reason.unwrap_or("文字として読み取れません");
        problems.note_unreadable(file, reason);
    }
    file.text.as_deref()
}

fn read_rows(profile: &Profile, kind: KindId, text: &str) -> Result<Vec<RowRecord>, FileError> {
    let mut rows = CsvCodec::new(profile).rows(kind, text)?;
    let mut read = Vec::new();
    while let Some(row) = rows.next_row()? {
        read.push(row.record);
    }
    Ok(read)
}

fn read_lines(profile: &Profile, kind: KindId, text: &str) -> Result<Vec<FileRow>, FileError> {
    let mut rows = CsvCodec::new(profile).rows(kind, text)?;
    let mut read = Vec::new();
    while let Some(row) = rows.next_row()? {
        read.push(row);
    }
    Ok(read)
}

/// The head of the column an error is about.
fn head_of<'l>(layout: &'l KindLayout, error: &FileError) -> Option<&'l str> {
    let column = error.column()?.checked_sub(1)?;
    layout.fields().get(column).map(|field| field.csv())
}

/// Whether the control file tells exactly what was sent.
pub(super) fn check_control(profile: &Profile, set: &ReadSet<'_>) -> Result<(), Vec<SetProblem>> {
    let mut problems = Problems::new(profile);
    let (control, rows) = &set.control;
    let Some(layout) = profile.kind("setControl").map(|kind| profile.layout(kind)) else {
        return Ok(());
    };
    let mut unlisted: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &set.files {
        unlisted.insert(file.name, file.rows.len());
        if file.rows.is_empty() {
            problems.note_business(Place::file(file.name), "B001", None);
        }
    }
    if set.files.is_empty() {
        let detail = "組の内訳のほかにファイルがありません";
        problems.note_business(Place::file(control), "B001", Some(detail));
    }
    for row in rows {
        let place = Place::line(control, row.line);
        match &row.record {
            Ok(record) => check_listed(&mut problems, place, layout, record, &mut unlisted),
            Err(refusal) => {
                for error in &refusal.errors {
                    let item = layout.head_of(&error.item);
                    let place = Place { item, ..place };
                    problems.note(place, SetFault::Control, &error.message);
                }
            }
        }
    }
    for file in set
        .files
        .iter()
        .filter(|file| unlisted.contains_key(file.name))
    {
        let detail = "組の内訳に、このファイルの行がありません";
        problems.note(Place::file(file.name), SetFault::Counts, detail);
    }
    problems.end()
}

/// Checks one row of the control file, and takes its file off those not listed yet.
fn check_listed(
    problems: &mut Problems<'_>,
    place: Place<'_>,
    layout: &KindLayout,
    record: &Record,
    unlisted: &mut BTreeMap<&str, usize>,
) {
    let text = |item: &str| {
        let value = layout.field(item).and_then(|field| record.get(field));
        value.unwrap_or_default()
    };
    let name = text("fileName");
    let Some(sent) = unlisted.remove(name) else {
        let place = Place {
            item: layout.head_of("fileName"),
            ..place
        };
        let detail = format!(
            "「{name}」というファイルは、送られていないか、内訳に2回書かれています（組の内訳そのものは書きません）"
        );
        problems.note(place, SetFault::Counts, &detail);
        return;
    };
    let listed = text("recordCount");
    if listed.parse() != Ok(sent) {
        let place = Place {
            item: layout.head_of("recordCount"),
            ..place
        };
        let detail =
            format!("「{name}」は、組の内訳では{listed}件、送られたファイルでは{sent}件です");
        problems.note(place, SetFault::Counts, &detail);
    }
}

/// What the files do to initial set-up one after the other, or which of them may not come now.
pub(super) fn check_setup(
    context: Context<'_>,
    account: &Account,
    registered: usize,
    ordered: &Ordered<'_>,
    set: &ReadSet<'_>,
) -> Result<Step, Vec<SetProblem>> {
    let profile = context.profile;
    let mut problems = Problems::new(profile);
    let mut setup = account.setup;
    let mut taken = Step::Nothing;
    for (position, file) in set.files.iter().enumerate() {
        let layout = profile.layout(file.kind);
        let place = Place::file(file.name);
        if let Some(detail) = wrong_place(layout, position, set.files.len()) {
            problems.note_business(place, "B004", Some(detail));
            continue;
        }
        let registering = Registering {
            layout,
            is_initial: ordered.segment == LinkSegment::Initial,
            only: only_record(file),
        };
        match conditions::step(context, account, registered, setup, registering) {
            Ok(Step::Nothing) => {}
            Ok(step) => {
                taken = step;
                if let Step::Start { baseline } = step {
                    setup = Setup::Started { baseline };
                }
            }
            Err(code) => problems.note_business(place, code, None),
        }
    }
    problems.end().map(|()| taken)
}

/// The start comes before everything else, the report of the end alone.
fn wrong_place(layout: &KindLayout, position: usize, files: usize) -> Option<&'static str> {
    match layout.id() {
        "setupStart" if position > 0 => {
            Some("初期セットアップ開始は、組の最初のファイル（連番001）です")
        }
        "setupCompletion" if files > 1 => {
            Some("初期セットアップ完了報告は、組の内訳と、それだけの組で送ります")
        }
        _ => None,
    }
}

fn only_record<'r>(file: &'r ReadFile<'_>) -> Option<&'r Record> {
    match file.rows.as_slice() {
        [Ok(record)] => Some(record),
        _ => None,
    }
}
