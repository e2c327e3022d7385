use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tekigo_simulator::kernel::Fate;
use tekigo_simulator::{Effect, Input, Stored};

use super::operation::{
    Batch, Operation, any_batch, any_batch_of_wrong_records, any_operation, is_refused,
};
use super::town::Town;

fn any_history() -> impl Strategy<Value = Vec<Operation>> {
    vec(any_operation(), 0..16)
}

/// A town in which all this has happened.
fn town_after(history: &[Operation]) -> Town {
    let mut town = Town::started();
    for operation in history {
        town.perform(operation);
    }
    town
}

/// Sends a batch in calm; the task's result without its name, if it was taken over.
fn registered(town: &mut Town, batch: &Batch) -> Option<String> {
    let request = town.registering(batch);
    let reply = town.send(request);
    if is_refused(&reply) {
        return None;
    }
    let task = reply.body["taskId"].as_str().expect("a task").to_owned();
    Some(town.result(&task).to_string().replace(&task, ""))
}

proptest! {
    #![proptest_config(super::cases(40))]

    #[test]
    fn a_refused_request_changes_nothing(history in any_history()) {
        let mut town = Town::started();
        for operation in &history {
            let before = town.memory();
            let effects = town.effects().len();
            let Some(reply) = town.perform(operation) else { continue };
            if let Operation::RegisterWrongly(_, flaw) = operation {
                prop_assert!(is_refused(&reply), "{:?} was taken over", flaw);
            }
            if is_refused(&reply) {
                prop_assert_eq!(town.memory(), before, "{:?}", operation);
                prop_assert_eq!(town.effects().len(), effects + 1, "only the answer");
            }
        }
    }

    #[test]
    fn records_refused_one_by_one_change_nothing_that_is_held(
        history in any_history(),
        batch in any_batch_of_wrong_records(),
    ) {
        let mut town = town_after(&history);
        town.take(Input::CalmDown);
        let people = town.world.pmh().clone();
        let before = format!("{:?} {:?}", town.world.platform(), town.world.intermediate());
        registered(&mut town, &batch);
        let after = format!("{:?} {:?}", town.world.platform(), town.world.intermediate());
        prop_assert_eq!(before, after);
        let insurer = super::town::INSURER.parse().expect("an insurer");
        prop_assert_eq!(
            people.registered_people(insurer),
            town.world.pmh().registered_people(insurer)
        );
    }

    #[test]
    fn a_batch_sent_again_changes_nothing(history in any_history(), batch in any_batch()) {
        let mut town = town_after(&history);
        town.take(Input::CalmDown);
        let first = registered(&mut town, &batch);
        let mails = town.world.mail().sent().len();
        let held = |town: &Town| format!("{:?} {:?} {:?}",
            town.world.platform(), town.world.intermediate(), town.world.qualification());
        let before = held(&town);
        let effects = town.effects().len();
        let second = registered(&mut town, &batch);
        prop_assert_eq!(&first, &second, "the same result again");
        prop_assert_eq!(before, held(&town));
        for dated in &town.effects()[effects..] {
            if let Effect::Stored(Stored { created, updated, deleted, .. }) = &dated.effect {
                prop_assert!([created, updated, deleted].iter().all(|changed| changed.0.is_empty()));
            }
        }
        // Only the notice of what was refused goes out once more.
        prop_assert!(town.world.mail().sent().len() <= mails + 1);
    }

    #[test]
    fn a_replayed_journal_gives_the_same_world(history in any_history()) {
        let town = town_after(&history);
        let (world, effects) = town.replayed();
        prop_assert_eq!(&effects[..], town.effects());
        prop_assert_eq!(format!("{:?}", world.pmh()), format!("{:?}", town.world.pmh()));
        prop_assert_eq!(format!("{:?}", world.platform()), format!("{:?}", town.world.platform()));
    }

    #[test]
    fn a_person_has_one_identifier_and_nobody_elses(history in any_history()) {
        let town = town_after(&history);
        let mut of_person: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for dated in town.effects() {
            if let Effect::Identified(identified) = &dated.effect {
                for (person, identifier) in &identified.people {
                    of_person.entry(person).or_default().insert(identifier);
                }
            }
        }
        prop_assert!(of_person.values().all(|identifiers| identifiers.len() == 1));
        let all: BTreeSet<&str> = of_person.values().flatten().copied().collect();
        prop_assert_eq!(all.len(), of_person.len());
        prop_assert_eq!(town.world.intermediate().len(), of_person.len());
        prop_assert!(town.world.qualification().len() <= of_person.len());
    }

    #[test]
    fn in_the_end_every_task_is_done_unless_a_message_was_lost(history in any_history()) {
        let mut town = town_after(&history);
        town.take(Input::CalmDown);
        prop_assert_eq!(town.world.messages_under_way(), 0);
        let tasks: Vec<String> = town.effects().iter().filter_map(|dated| {
            let Effect::Reply(reply) = &dated.effect else { return None };
            let task = reply.body.get("taskId")?.as_str()?;
            (reply.status == 202).then(|| task.to_owned())
        }).collect();
        let is_lost = town.effects().iter().any(|dated| {
            matches!(&dated.effect, Effect::Message(message) if message.fate == Fate::Lose)
        });
        for task in tasks {
            let result = town.result(&task);
            prop_assert!(is_lost || result["status"] == "completed", "{}", result);
        }
    }
}
