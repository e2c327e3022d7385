//! Sets (組) as a vendor's product writes them, right or wrong.

use tekigo_simulator::profile::{FileName, LinkSegment, Profile, SetNumber};

use super::office::INSURER;

/// A file on its way: name and bytes.
pub(super) type RawFile = (String, Vec<u8>);

/// Rows by the names of items; what is left out is empty.
pub(super) type Row = Vec<(&'static str, String)>;

pub(super) fn row<const N: usize>(items: [(&'static str, &str); N]) -> Row {
    items.map(|(item, text)| (item, text.to_owned())).to_vec()
}

/// The name of a file of the profile's pattern.
pub(super) fn name(number: &str, segment: LinkSegment, kind: &str, sequence: u16) -> String {
    let profile = Profile::bundled();
    let name = FileName {
        set: SetNumber::parse(number).expect("14 digits"),
        sequence,
        insurer: INSURER.parse().expect("an insurer"),
        kind: profile.kind(kind).expect("a kind"),
        segment,
    };
    name.build(&profile)
}

/// A file's bytes: nothing is checked, so that anything can be sent.
pub(super) fn content(kind: &str, rows: &[Row]) -> Vec<u8> {
    let profile = Profile::bundled();
    let layout = profile.layout(profile.kind(kind).expect("a kind"));
    let line = |cells: Vec<&str>| {
        let quoted = cells
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        quoted.collect::<Vec<_>>().join(",") + "\r\n"
    };
    let mut text = "\u{feff}".to_owned();
    text += &line(layout.fields().iter().map(|field| field.csv()).collect());
    for row in rows {
        let cell = |json: &str| {
            let item = row.iter().find(|(item, _)| *item == json);
            item.map_or("", |(_, text)| text.as_str())
        };
        text += &line(
            layout
                .fields()
                .iter()
                .map(|field| cell(field.json()))
                .collect(),
        );
    }
    text.into_bytes()
}

/// A whole set with its control file.
pub(super) fn set(number: &str, segment: LinkSegment, files: &[(&str, Vec<Row>)]) -> Vec<RawFile> {
    let mut made = Vec::new();
    let mut control = Vec::new();
    for ((kind, rows), sequence) in files.iter().zip(1..) {
        let name = name(number, segment, kind, sequence);
        control.push(vec![
            ("fileName", name.clone()),
            ("recordCount", rows.len().to_string()),
        ]);
        made.push((name, content(kind, rows)));
    }
    let name = name(number, segment, "setControl", 0);
    made.insert(0, (name, content("setControl", &control)));
    made
}

pub(super) fn start() -> Row {
    row([("insurerNumber", INSURER), ("baselineDate", "2026-11-02")])
}

pub(super) fn person(insured_number: &str, my_number: &str) -> Row {
    row([
        ("insurerNumber", INSURER),
        ("insuredNumber", insured_number),
        ("myNumber", my_number),
        ("basicFiveInfo.name", "月見 花子"),
        ("basicFiveInfo.nameKana", "ツキミ　ハナコ"),
        ("basicFiveInfo.address", "つきみ市うさぎ町1番地"),
        ("basicFiveInfo.dateOfBirth", "1941-03-05"),
        ("basicFiveInfo.sex", "2"),
        ("isNotDisclosed", "0"),
        ("insuredCategory", "1"),
        ("qualificationAcquiredDate", "2006-03-04"),
        ("modificationSeg", "1"),
    ])
}

/// The same person with one item changed.
pub(super) fn with(mut row: Row, item: &'static str, text: &str) -> Row {
    row.retain(|(name, _)| *name != item);
    row.push((item, text.to_owned()));
    row
}

/// The first set of an initial set-up: the start, and these people.
pub(super) fn first_set(number: &str, people: Vec<Row>) -> Vec<RawFile> {
    let files = [("setupStart", vec![start()]), ("person", people)];
    set(number, LinkSegment::Initial, &files)
}
