//! Where a rule was broken, and where the scenario stopped.

use super::narrator::{Told, Whose};
use super::people::{Key, People};
use super::tale::{Entry, Outcome};
use crate::verdict::{EventLine, Note, StepOutcome};

/// What the judge wrote down against the product.
pub(super) struct Against {
    /// The line that shows it.
    event: u64,
    rule: Option<String>,
    expected: String,
    actual: String,
    /// Whether it is about one event, seen by a monitor, and about nobody else.
    is_watched: bool,
}

/// What a note says against the product; `None` for a note that says nothing of the kind.
pub(super) fn against(line: &EventLine, known: &[Against]) -> Option<Against> {
    match serde_json::from_value(line.body.clone()).ok()? {
        Note::Claim(claim) if !claim.holds => Some(Against {
            event: line.n,
            rule: Some(claim.requirement),
            expected: claim.expected,
            actual: claim.actual,
            is_watched: false,
        }),
        Note::Law(seen) if !seen.holds => Some(Against {
            event: line.n,
            rule: Some(seen.requirement),
            expected: seen.expected,
            actual: seen.actual,
            is_watched: false,
        }),
        Note::Monitor(seen) if !seen.holds => Some(Against {
            event: seen.event,
            rule: Some(seen.requirement),
            expected: seen.expected,
            actual: seen.actual,
            is_watched: true,
        }),
        Note::Step(step) if step.outcome == StepOutcome::Failed => {
            let failure = step.failure?;
            let is_told = known.iter().any(|one| one.actual == failure.actual);
            (!is_told).then(|| Against {
                event: line.n,
                rule: None,
                actual: [failure.actual, failure.message]
                    .into_iter()
                    .find(|text| !text.is_empty())
                    .unwrap_or_default(),
                expected: failure.expected,
                is_watched: false,
            })
        }
        Note::Catalogue { .. }
        | Note::Plan(_)
        | Note::Declaration(_)
        | Note::Shard(_)
        | Note::Scenario(_)
        | Note::Step(_)
        | Note::Claim(_)
        | Note::Law(_)
        | Note::Monitor(_)
        | Note::Person { .. }
        | Note::End(_)
        | Note::Remark { .. } => None,
    }
}

impl Against {
    /// As a line of the stories that it belongs to; `None` if it is about nobody's.
    pub(super) fn told(self, told: &[Told], people: &People, lines: &[EventLine]) -> Option<Told> {
        let whose = self.whose(told, people)?;
        let index = usize::try_from(self.event).ok()?.checked_sub(1)?;
        Some(Told {
            whose,
            items: Vec::new(),
            entry: Entry {
                event: self.event,
                at: lines.get(index).map(|line| super::era::moment(&line.t))?,
                who: "判定".to_owned(),
                deed: String::new(),
                outcome: Outcome::Broken {
                    rule: self.rule,
                    expected: self.expected,
                    actual: self.actual,
                },
            },
        })
    }

    fn whose(&self, told: &[Told], people: &People) -> Option<Whose> {
        let sentence = format!("{}{}", self.expected, self.actual);
        let named: Vec<Key> = people
            .protagonists()
            .into_iter()
            .filter(|keys| {
                let by_word = people.words(keys).into_iter();
                let numbers = keys.iter().map(|(_, insured)| insured.clone());
                by_word.chain(numbers).any(|name| sentence.contains(&name))
            })
            .flatten()
            .collect();
        if !named.is_empty() {
            return Some(Whose::Person(named));
        }
        if self.is_watched {
            let of_event = told.iter().filter(|one| one.entry.event == self.event);
            let mut whose = of_event.filter(|one| matches!(one.whose, Whose::Person(_)));
            let speaks_of_numbers = sentence.contains("被保険者番号");
            return (!speaks_of_numbers).then(|| whose.next().map(|one| one.whose.clone()))?;
        }
        (!people.names_anybody(&sentence)).then_some(Whose::Everybody)
    }
}
