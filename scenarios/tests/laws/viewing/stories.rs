//! Every look of a history stands in one person's story, with what came of it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tekigo::report::{Entry, Outcome, Story, stories};
use tekigo::verdict::EventLine;

use super::asking::{Step, Turn};
use super::stages::{READINGS, STAGES, stages};

/// The journal of a history.
fn lines(reading: usize, stage: usize, steps: &[Step]) -> Vec<EventLine> {
    let mut player = stages(reading)[stage].clone();
    player.lines = Some(Vec::new());
    for step in steps {
        if let Turn::Asks(request) = player.step(*step) {
            let (viewed, _) = player.ask(request.clone());
            player.remember(&request, viewed.session);
        }
    }
    player.lines.take().unwrap_or_default()
}

/// The answers to looks.
fn looks(lines: &[EventLine]) -> impl Iterator<Item = &EventLine> {
    let answers = lines.iter().filter(|line| line.kind == "viewing.answer");
    answers.filter(|line| line.text("action") == Some("view"))
}

fn of_event(told: &[Story], event: u64) -> Vec<&Entry> {
    let entries = told.iter().flat_map(|story| &story.entries);
    entries.filter(|entry| entry.event == event).collect()
}

#[test]
fn every_look_stands_in_one_story_with_its_outcome() {
    let strategy = (
        0..READINGS.len(),
        0..STAGES,
        vec((any::<u8>(), any::<u32>()), 1..40),
    );
    let mut config = crate::laws::config(400);
    config.source_file = Some(file!());
    let looked = std::cell::Cell::new((0_u32, 0_u32));
    let outcome = TestRunner::new(config).run(&strategy, |(reading, stage, steps)| {
        let lines = lines(reading, stage, &steps);
        let profile = &stages(reading)[stage].profile;
        let told = stories(profile, &lines);
        for look in looks(&lines) {
            let entries = of_event(&told, look.n);
            prop_assert_eq!(entries.len(), 1, "{:?} {:#?}", look, told);
            let shown = look.body.pointer("/disclosure/rows");
            let rows = shown.and_then(serde_json::Value::as_array).map(Vec::len);
            let (shown, refused) = looked.get();
            match (&entries[0].outcome, rows) {
                (Outcome::Shown { rows, .. }, Some(due)) => {
                    prop_assert_eq!(*rows, due);
                    looked.set((shown + 1, refused));
                }
                (Outcome::Refused { told, .. }, None) => {
                    let due = look.body.pointer("/refused/text");
                    prop_assert_eq!(told.as_deref(), due.and_then(|text| text.as_str()));
                    looked.set((shown, refused + 1));
                }
                other => prop_assert!(false, "{:?} {:?}", look, other),
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let (shown, refused) = looked.get();
    assert!(
        shown > 100 && refused > 100,
        "{shown} shown, {refused} refused"
    );
}
