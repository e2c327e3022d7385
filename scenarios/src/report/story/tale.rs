//! A story: one person, line by line.

use tekigo_simulator::profile::Profile;

use super::narrator::{Narrator, Told, Whose};
use super::people::{Key, People};
use crate::verdict::EventLine;

/// What happened around one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// 氏名, if a record says it.
    pub name: Option<String>,
    /// Insurer and 被保険者番号, one for each insurer.
    pub numbers: Vec<(String, String)>,
    /// What the sentences of the scenario call the person.
    pub words: Vec<String>,
    /// In the order of the journal.
    pub entries: Vec<Entry>,
}

/// One line of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The event of the journal that shows it.
    pub event: u64,
    /// When, 和暦.
    pub at: String,
    /// Who did it.
    pub who: String,
    /// What was done.
    pub deed: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is a fact; there is no more to it.
    Fact,
    /// It was done; what followed, if anything.
    Done(String),
    /// Something was shown.
    Shown {
        /// How many records.
        rows: usize,
        /// Why the rules of viewing let it through.
        why: String,
    },
    /// It was refused.
    Refused {
        /// The true reason.
        reason: String,
        /// What the asker was told.
        told: Option<String>,
    },
    /// The judge found a rule broken, or the scenario stopped.
    Broken {
        /// The rule, if one is.
        rule: Option<String>,
        /// What should have been.
        expected: String,
        /// What was.
        actual: String,
    },
}

/// The story of everybody whom a scenario is about; none if nobody on the far side of the platform
/// came to a door.
#[must_use]
pub fn stories(profile: &Profile, lines: &[EventLine]) -> Vec<Story> {
    if !lines.iter().any(|line| line.kind == "viewer") {
        return Vec::new();
    }
    let mut narrator = Narrator::new(profile);
    for line in lines {
        narrator.read(line);
    }
    let (people, told) = narrator.finish(lines);
    let groups = people.protagonists().into_iter();
    groups.map(|keys| story(&keys, &people, &told)).collect()
}

fn story(keys: &[Key], people: &People, told: &[Told]) -> Story {
    let is_about = |one: &&Told| match &one.whose {
        Whose::Person(of) => of.iter().any(|key| keys.contains(key)),
        Whose::Town(insurer) => keys.iter().any(|(own, _)| own == insurer),
        Whose::Everybody => true,
    };
    let mut entries: Vec<Entry> = Vec::new();
    let mut arriving: Vec<String> = Vec::new();
    for one in told.iter().filter(is_about) {
        if one.items.is_empty() {
            arriving.clear();
            entries.push(one.entry.clone());
            continue;
        }
        // What arrives together is told together.
        let last = entries.last_mut().filter(|last| {
            !arriving.is_empty() && last.at == one.entry.at && last.who == one.entry.who
        });
        match last {
            Some(last) => {
                arriving.extend(one.items.iter().cloned());
                last.deed = arrived(&arriving);
            }
            None => {
                arriving.clone_from(&one.items);
                let deed = arrived(&arriving);
                entries.push(Entry {
                    deed,
                    ..one.entry.clone()
                });
            }
        }
    }
    let number = |key: &Key| (people.insurer(&key.0), key.1.clone());
    Story {
        name: people.name(keys),
        numbers: keys.iter().map(number).collect(),
        words: people.words(keys),
        entries,
    }
}

/// Kinds by their names, with how many of each.
fn arrived(items: &[String]) -> String {
    let mut counted: Vec<(&String, usize)> = Vec::new();
    for item in items {
        match counted.iter_mut().find(|(known, _)| *known == item) {
            Some((_, count)) => *count += 1,
            None => counted.push((item, 1)),
        }
    }
    let names = counted.into_iter().map(|(item, count)| match count {
        1 => item.clone(),
        several => format!("{item} {several}件"),
    });
    format!("基盤に届いた: {}", names.collect::<Vec<_>>().join("、"))
}
