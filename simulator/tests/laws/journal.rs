use std::fs;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tekigo_simulator::kernel::{Durability, Event, Journal, Moment, read_journal};

/// The journal of some notes, in a folder of its own.
fn written(folder: &Path, notes: &[String]) -> PathBuf {
    let path = folder.join("journal.jsonl");
    let mut journal = Journal::create(&path, Durability::Process).expect("a new journal");
    for note in notes {
        append(&mut journal, note);
    }
    path
}

fn append(journal: &mut Journal, note: &str) {
    journal
        .append(Moment::default_start(), "judge", "note", &note)
        .expect("a line");
    journal.commit().expect("written");
}

fn content(events: &[Event]) -> Vec<String> {
    events
        .iter()
        .map(|event| {
            let Event {
                n,
                t,
                from,
                kind,
                body,
                h,
            } = event;
            format!("{n} {t} {from} {kind} {body} {h}")
        })
        .collect()
}

fn any_notes() -> impl Strategy<Value = Vec<String>> {
    vec(any::<String>(), 1..6)
}

proptest! {
    #![proptest_config(super::cases(96))]

    #[test]
    fn a_journal_goes_on_from_wherever_it_was_cut(notes in any_notes(), cut: Index) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = written(folder.path(), &notes);
        let whole = content(&read_journal(&path).expect("whole"));
        let bytes = fs::read(&path).expect("read");
        fs::write(&path, &bytes[..cut.index(bytes.len() + 1)]).expect("cut");
        let (mut journal, events) = Journal::resume(&path, Durability::Process).expect("goes on");
        prop_assert_eq!(content(&events), &whole[..events.len()]);
        for note in &notes[events.len()..] {
            append(&mut journal, note);
        }
        prop_assert_eq!(fs::read(&path).expect("read"), bytes, "the same as never cut");
    }

    #[test]
    fn no_changed_byte_passes_for_what_was_written(
        notes in any_notes(),
        place: Index,
        change in 1_u8..=255,
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = written(folder.path(), &notes);
        let whole = content(&read_journal(&path).expect("whole"));
        let mut bytes = fs::read(&path).expect("read");
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        fs::write(&path, &bytes).expect("altered");
        if let Ok(events) = read_journal(&path) {
            prop_assert!(events.len() < whole.len(), "a changed line was read");
            prop_assert_eq!(content(&events), &whole[..events.len()]);
        }
    }
}
