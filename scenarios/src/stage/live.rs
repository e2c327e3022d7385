//! A scenario under way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gherkin::{Step, StepType};
use jiff::civil::Date;
use serde_json::{Value, json};
use tekigo_simulator::kernel::{Event, Moment};
use tekigo_simulator::serve::Simulator;
use tekigo_simulator::{ClockMove, Dated, Input};

use super::Context;
use super::beginning::Beginning;
use super::failure::{Performed, StepFailure};
use super::preparation::Prepared;
use super::trouble::{Trouble, When};
use crate::auditor::{Auditor, ExpectedKey};
use crate::control::{Answer, Operation};
use crate::drivers::Lease;
use crate::feature::Scenario;
use crate::ledger::Ledger;
use crate::operator::Page;
use crate::witness::{JournalTail, PlatformImage};

/// Another insurer in the same world, whose credentials must not work for ours.
pub(super) const OTHER_INSURER: (&str, &str) = ("139980", "ほしみ市");
/// The first password of every account of a run.
pub(super) const FIRST_PASSWORD: &str = "Hatsukai-2026";

/// A scenario under way.
#[derive(Debug)]
pub struct Live {
    pub(super) context: Arc<Context>,
    pub(super) scenario: Scenario,
    pub(super) lease: Lease,
    pub(super) beginning: Beginning,
    pub(super) simulator: Option<Simulator>,
    /// The standard town, by which a word knows its person.
    pub(super) loaded: Arc<Ledger>,
    /// The books as the vendor got them.
    pub(super) ledger: Arc<Ledger>,
    pub(super) auditor: Option<Auditor>,
    pub(super) prepared: Prepared,
    pub(super) confirmed: Option<Date>,
    pub(super) baseline: Option<Date>,
    pub(super) is_slow: bool,
    pub(super) armed: Option<Trouble>,
    pub(super) is_product_killed: bool,
    pub(super) wrong_numbers: Vec<String>,
    pub(super) last_link: Option<Answer>,
    /// The answer to what the vendor carries on in the background, until that rests.
    pub(super) unwritten: Option<(Operation, Answer)>,
    pub(super) desk: super::desk::Desk,
    pub(super) travelled: super::exchange::Travelled,
    /// The last wrong files that somebody handed over.
    pub(super) attempt: Option<super::handing::Attempt>,
    /// What PMH's pages showed to somebody who tried to go on.
    pub(super) pages_shown: Vec<Page>,
    pub(super) link_operations: usize,
    pub(super) when_steps: usize,
    pub(super) first_when_line: u64,
    pub(super) happenings: super::business::Happenings,
    pub(super) papers: super::papers::Papers,
    pub(super) board_room: super::board::BoardRoom,
    pub(super) viewers: super::viewers::Viewers,
    pub(super) counter: super::portal::Counter,
    pub(super) mark: Mark,
    pub(super) touched: BTreeSet<String>,
    /// Recommendations that a step has claimed the scenario departs from on purpose.
    pub(super) departures: BTreeSet<&'static str>,
    tail: JournalTail,
    image: PlatformImage,
    pub(super) step: Option<usize>,
    pub(super) passed: Vec<usize>,
}

/// The state at the start of the last もし block.
#[derive(Debug, Default)]
pub(super) struct Mark {
    pub(super) rows: BTreeMap<ExpectedKey, Value>,
    /// The last journal line before it.
    pub(super) line: u64,
    pub(super) at: Option<Moment>,
}

impl Live {
    pub(super) fn open(context: Arc<Context>, scenario: Scenario, lease: Lease) -> Self {
        let journal = context.journal_path(&scenario);
        let empty = Arc::new(no_books());
        Self {
            tail: JournalTail::new(&journal),
            context,
            scenario,
            lease,
            beginning: Beginning::new(),
            simulator: None,
            loaded: Arc::clone(&empty),
            ledger: empty,
            auditor: None,
            prepared: Prepared::default(),
            confirmed: None,
            baseline: None,
            is_slow: false,
            armed: None,
            is_product_killed: false,
            wrong_numbers: Vec::new(),
            last_link: None,
            unwritten: None,
            desk: super::desk::Desk::default(),
            travelled: super::exchange::Travelled::default(),
            attempt: None,
            pages_shown: Vec::new(),
            link_operations: 0,
            when_steps: 0,
            first_when_line: 0,
            happenings: super::business::Happenings::default(),
            papers: super::papers::Papers::default(),
            board_room: super::board::BoardRoom::default(),
            viewers: super::viewers::Viewers::default(),
            counter: super::portal::Counter::default(),
            mark: Mark::default(),
            touched: BTreeSet::new(),
            departures: BTreeSet::new(),
            image: PlatformImage::default(),
            step: None,
            passed: Vec::new(),
        }
    }

    pub(super) fn beginning(&mut self) -> &mut Beginning {
        &mut self.beginning
    }

    /// The run's day.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now().date()
    }

    pub(super) fn simulator(&self) -> Performed<&Simulator> {
        self.simulator
            .as_ref()
            .ok_or_else(|| StepFailure::harness("シナリオの世界がまだ開かれていません"))
    }

    pub(super) fn simulator_mut(&mut self) -> Performed<&mut Simulator> {
        self.simulator
            .as_mut()
            .ok_or_else(|| StepFailure::harness("シナリオの世界がまだ開かれていません"))
    }

    pub(super) fn auditor(&self) -> Performed<&Auditor> {
        self.auditor
            .as_ref()
            .ok_or_else(|| StepFailure::harness("台帳がまだ読み込まれていません"))
    }

    /// Journals that a step begins, and that the one before it has passed.
    pub(super) fn begin_step(&mut self, step: &Step) -> Performed {
        self.begin_sentence(&step.value)
    }

    /// The same for a sentence that no feature file holds.
    pub(super) fn begin_sentence(&mut self, text: &str) -> Performed {
        let next = self.step.map_or(0, |index| index + 1);
        let planned = self.scenario.steps.get(next);
        if planned.is_none_or(|planned| planned.text != text) {
            return Err(StepFailure::harness(format!(
                "実行の順序が計画と違います（{}番目「{text}」）",
                next + 1
            )));
        }
        self.pass_step()?;
        self.step = Some(next);
        Ok(())
    }

    /// A new もし block is a new point to compare with, and ends what had gone wrong before.
    pub(super) async fn turn_the_page(&mut self, step: &Step) -> Performed {
        if step.ty != StepType::When {
            return Ok(());
        }
        self.when_steps += 1;
        if step.keyword.trim() == "もし" {
            self.set_mark()?;
            self.link_operations = 0;
            if self.when_steps == 1 {
                self.first_when_line = self.mark.line;
            }
        }
        if self.when_steps == 1
            && let Some((When::Transfer, trouble)) = self.beginning.trouble
        {
            self.arm(trouble, When::Transfer)?;
        } else {
            self.end_lasting_trouble().await?;
        }
        Ok(())
    }

    /// Gives the simulated world an input.
    pub(super) fn submit(&self, input: &Input) -> Performed<Vec<Dated>> {
        self.simulator()?
            .shell()
            .submit(input)
            .map_err(StepFailure::harness)
    }

    /// The run's time.
    pub(super) fn now(&self) -> Moment {
        self.simulator
            .as_ref()
            .map_or(self.context.start, |simulator| simulator.shell().now())
    }

    /// The day on which the world opened.
    pub(super) fn opened_on(&self) -> Option<Date> {
        let today = self.beginning.today;
        today.or_else(|| Some(self.context.start.date()))
    }

    /// Moves the clock to the morning of a day, and tells the vendor.
    ///
    /// # Errors
    /// The vendor does not take the time.
    pub async fn turn_to(&mut self, date: Date) -> Performed {
        let moment = Moment::at(date, 9, 0);
        self.submit(&Input::Clock(ClockMove { to: moment }))?;
        if self.beginning.has_town() {
            self.tell_time().await?;
        }
        Ok(())
    }

    pub(super) async fn tell_time(&mut self) -> Performed {
        let at = self.now().to_string();
        self.ask_done(Operation::SetBusinessTime, json!({ "at": at }))
            .await?;
        Ok(())
    }

    /// What the journal shows of the platform by now.
    pub(super) fn look(&mut self) -> Performed<&PlatformImage> {
        let events = self.tail.read_on().map_err(StepFailure::harness)?;
        self.image.read_on(&self.context.profile, events);
        Ok(&self.image)
    }

    /// The journal, brought up to date.
    pub(super) fn events(&mut self) -> Performed<&[Event]> {
        self.tail.read_on().map_err(StepFailure::harness)
    }

    /// The journal lines after the last mark.
    pub(super) fn events_since_mark(&mut self) -> Performed<Vec<Event>> {
        let line = self.mark.line;
        let events = self.events()?;
        Ok(events
            .iter()
            .filter(|event| event.n > line)
            .cloned()
            .collect())
    }

    /// From here on, "the other records" are those nobody names until the next mark.
    pub(super) fn set_mark(&mut self) -> Performed {
        let rows = self.look()?.rows().clone();
        let last = self.tail.events().last();
        self.mark = Mark {
            rows,
            line: last.map_or(0, |event| event.n),
            at: Some(self.now()),
        };
        self.touched.clear();
        Ok(())
    }
}

/// Books with nobody in them, until the town is known.
fn no_books() -> Ledger {
    Ledger {
        insurer: crate::town::municipalities().swap_remove(0),
        people: Vec::new(),
        not_insured: Vec::new(),
    }
}
