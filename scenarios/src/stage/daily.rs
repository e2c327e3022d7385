//! 毎日の業務: a story, day by day, with the comparison at each month's end.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::failure::{Performed, StepFailure};
use super::live::Live;
use crate::story::{Diary, Story};

impl Live {
    /// Tells a story from its first sentence to its last.
    ///
    /// # Errors
    /// The first sentence that could not be made true.
    pub(super) async fn tell(&mut self, story: &Story) -> Performed {
        self.begin_next()?;
        self.beginning().today = Some(story.from);
        self.begin_next()?;
        self.beginning().town("つきみ市", Some(story.people))?;
        self.beginning().is_set_up = true;
        self.build().await?;
        let books = self.books();
        let mut diary = Diary::new(*story, self.context.seed, books);
        for (who, number) in diary.open_cases() {
            self.happenings.take_up(who, number);
        }
        for month in story.months() {
            self.begin_next()?;
            self.link_operations = 0;
            let of_month = self
                .work_through(&mut diary, &story.business_days(month))
                .await?;
            self.begin_next()?;
            self.blame_differences()?;
            self.platform_equals_ledger()?;
            self.begin_next()?;
            self.staff_see_no_mistake().await?;
            self.begin_next()?;
            self.staff_see_the_books(&of_month).await?;
        }
        self.begin_next()?;
        let everybody = self.everybody()?;
        self.staff_see_the_books(&everybody).await
    }

    fn begin_next(&mut self) -> Performed {
        let next = self.step.map_or(0, |index| index + 1);
        let planned = self.scenario.steps.get(next);
        let text = planned.map(|planned| planned.text.clone());
        self.begin_sentence(&text.unwrap_or_default())
    }

    /// Every business day of a month: what it brings, and the transfer in the evening. Returns the
    /// insured numbers of whom it was about.
    async fn work_through(
        &mut self,
        diary: &mut Diary,
        days: &[Date],
    ) -> Performed<BTreeSet<String>> {
        let mut met = BTreeSet::new();
        diary.begin_month(days);
        for day in days {
            if *day > self.today() {
                self.turn_to(*day).await?;
            }
            for entry in diary.day(self.auditor()?, *day) {
                self.carry_out_in_case(&entry.who, entry.event).await?;
                let number = self.happenings.newcomer(&entry.who);
                met.insert(number.unwrap_or(entry.who));
            }
            self.run_transfer().await?;
            self.transfer_has_run()?;
        }
        Ok(met)
    }

    /// A transfer that the product declines is no way to spend a year.
    fn transfer_has_run(&self) -> Performed {
        match &self.last_link {
            Some(answer) if !answer.is_done() => Err(StepFailure::violated(
                "毎日の連携が行われる",
                format!(
                    "{}の連携は「{}」でした: {}",
                    self.today(),
                    answer.result().japanese(),
                    answer.reason().unwrap_or("理由なし")
                ),
            )),
            _ => Ok(()),
        }
    }

    /// The insured numbers of everybody who was ever to be linked.
    fn everybody(&self) -> Performed<BTreeSet<String>> {
        let people = self.auditor()?.people();
        Ok(people.map(|person| person.insured_number.clone()).collect())
    }
}
