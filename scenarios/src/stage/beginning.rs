//! 前提: the starting state, collected first and built when the first もし begins.

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::json;
use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::serve::{InsurerSettings, Settings, Simulator};
use tekigo_simulator::{Input, InsurerShape, KeyExpiry};

use super::failure::{Performed, StepFailure};
use super::live::{FIRST_PASSWORD, Live, OTHER_INSURER};
use super::neighbour::Neighbour;
use super::preparation::{ENVIRONMENT, Preparation};
use super::register;
use super::trouble::{Trouble, When};
use crate::auditor::Auditor;
use crate::cast::{self, Milestone};
use crate::control::Operation;
use crate::ledger::{ApplicationForm, Ledger};
use crate::verdict::FailureFamily;

/// The people of the standard town.
const STANDARD_SIZE: u32 = 40;

/// The starting state a scenario asks for.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// 今日は…である.
    pub today: Option<Date>,
    /// The town.
    pub town: String,
    /// The town's people; `None` as long as no town is named.
    pub size: Option<u32>,
    /// The preparation left out.
    pub except: Option<Preparation>,
    /// Whether the initial set-up has been done.
    pub is_set_up: bool,
    /// The confirmed day of set-up.
    pub confirmed: Option<Date>,
    /// The last day of the authentication key.
    pub key_until: Option<Date>,
    /// What is registered: whose, and what.
    pub happened: Vec<(String, String)>,
    /// Who looks after whom: an office and a person.
    pub served: Vec<(String, String)>,
    /// Whom the neighbouring insurer has linked.
    pub neighbours: Vec<(Neighbour, String)>,
    /// Whose schedule has got how far, and the service start it has if not the usual one.
    pub scheduled: Vec<(String, Milestone, Option<Date>)>,
    /// What will go wrong, and when.
    pub trouble: Option<(When, Trouble)>,
    /// Whether PMH takes its time.
    pub is_slow: bool,
    /// Whether the product still has the connection of 方式① in its settings.
    pub keeps_connection: bool,
}

impl Beginning {
    pub(super) fn new() -> Self {
        Self {
            today: None,
            town: register::STANDARD_TOWN.to_owned(),
            size: None,
            except: None,
            is_set_up: false,
            confirmed: None,
            key_until: None,
            happened: Vec::new(),
            served: Vec::new(),
            neighbours: Vec::new(),
            scheduled: Vec::new(),
            trouble: None,
            is_slow: false,
            keeps_connection: false,
        }
    }

    /// Whether a product takes part. Without a town only the portal is used.
    pub(super) fn has_town(&self) -> bool {
        self.size.is_some()
    }

    /// Names the town.
    ///
    /// # Errors
    /// A town that the scenarios do not have.
    pub fn town(&mut self, name: &str, size: Option<u32>) -> Performed {
        name.clone_into(&mut self.town);
        self.size = Some(size.unwrap_or(STANDARD_SIZE));
        Ok(())
    }
}

impl Live {
    /// Builds the starting state, once.
    pub(super) async fn build(&mut self) -> Performed {
        if self.simulator.is_some() {
            return Ok(());
        }
        let beginning = self.beginning.clone();
        self.build_from(&beginning).await.map_err(as_precondition)?;
        self.set_mark()
    }

    async fn build_from(&mut self, beginning: &Beginning) -> Performed {
        let start = beginning
            .today
            .map_or(self.context.start, |date| Moment::at(date, 9, 0));
        let Some(size) = beginning.size else {
            return self.build_portal_alone(beginning, start).await;
        };
        let loaded = self.context.town(&beginning.town, size, start.date())?;
        let mut ledger = Ledger::clone(&loaded);
        self.loaded = loaded;
        if !beginning.is_set_up {
            self.happen_in_ledger(&mut ledger, beginning, start.date())?;
        }
        self.ledger = Arc::new(ledger);
        self.open_world(start).await?;
        self.note_scenario()?;
        for token in std::mem::take(&mut self.wrong_numbers) {
            self.doubt(&token)?;
        }
        self.make_schedules(beginning)?;
        self.tell_time().await?;
        self.prepared.keeps_connection = beginning.keeps_connection;
        self.prepare(beginning.except).await?;
        self.load_ledger().await?;
        if let Some(date) = beginning.confirmed {
            self.confirm(date).await?;
        }
        if let Some(last) = beginning.key_until {
            self.end_key_after(last)?;
        }
        if beginning.is_set_up {
            self.set_up_first().await?;
            for (who, what) in &beginning.happened {
                self.register(who, what).await?;
            }
        }
        for (neighbour, who) in &beginning.neighbours {
            self.link_neighbour(*neighbour, who)?;
        }
        for (office, who) in &beginning.served {
            self.look_after(office, who)?;
        }
        if beginning.is_slow {
            self.slow_down()?;
        }
        if let Some((When::Setup, trouble)) = &beginning.trouble {
            self.arm(*trouble, When::Setup)?;
        }
        Ok(())
    }

    /// A world in which only the portal is used: everybody of the register, and no product.
    async fn build_portal_alone(&mut self, beginning: &Beginning, start: Moment) -> Performed {
        self.open_world(start).await?;
        self.note_scenario()?;
        self.make_schedules(beginning)
    }

    fn make_schedules(&mut self, beginning: &Beginning) -> Performed {
        for (insurer, to, service_start) in &beginning.scheduled {
            self.advance_schedule(insurer, *to, *service_start)?;
        }
        Ok(())
    }

    /// Whether the world is that of the standard town: there is one insurer besides its own, and no union.
    pub(super) fn is_in_standard_town(&self) -> bool {
        self.beginning.has_town() && self.beginning.town == register::STANDARD_TOWN
    }

    /// Who takes part: our own insurer and one whose credentials must not work for it; in another world than the
    /// standard town's everybody of the register.
    fn participants(&self) -> Vec<InsurerSettings> {
        let settings = |number: &str, name: &str, shape| InsurerSettings {
            number: number.to_owned(),
            name: name.to_owned(),
            first_password: FIRST_PASSWORD.to_owned(),
            shape,
        };
        if !self.is_in_standard_town() {
            let everybody = register::everybody().into_iter();
            return everybody
                .map(|(insurer, shape)| settings(&insurer.number, &insurer.name, shape))
                .collect();
        }
        let insurer = &self.ledger.insurer;
        let ours = (insurer.number.as_str(), insurer.name.as_str());
        [ours, OTHER_INSURER]
            .into_iter()
            .map(|(number, name)| settings(number, name, InsurerShape::default()))
            .collect()
    }

    pub(super) async fn open_world(&mut self, start: Moment) -> Performed {
        let journal = self.context.journal_path(&self.scenario);
        let settings = Settings {
            profile: Arc::clone(&self.context.profile),
            seed: self.context.seed,
            start,
            insurers: self.participants(),
            my_numbers: my_numbers(&self.ledger),
            journal,
            durability: Durability::Process,
            port: 0,
            resume: false,
        };
        let started = self.context.worlds.spawn(Simulator::start(settings)).await;
        let simulator = started
            .map_err(StepFailure::harness)?
            .map_err(StepFailure::harness)?;
        self.simulator = Some(simulator);
        Ok(())
    }

    fn happen_in_ledger(
        &mut self,
        ledger: &mut Ledger,
        beginning: &Beginning,
        today: Date,
    ) -> Performed {
        for (who, what) in &beginning.happened {
            let subject = cast::subject(&self.loaded, who).map_err(StepFailure::harness)?;
            let happening = self.happening(&subject, what, ledger, today)?;
            self.wrong_numbers.extend(happening.wrong_number.clone());
            self.remember_happening(who, what, &happening);
            cast::into_ledger(ledger, &happening).map_err(StepFailure::harness)?;
        }
        Ok(())
    }

    pub(super) async fn load_ledger(&mut self) -> Performed {
        let ledger = Arc::clone(&self.ledger);
        let numbers: Vec<&str> = ledger
            .not_insured
            .iter()
            .map(|person| person.provisional_number.as_str())
            .collect();
        let my_numbers: Vec<&str> = ledger
            .not_insured
            .iter()
            .map(|person| person.my_number.as_str())
            .collect();
        let hidden: Vec<&str> = ledger
            .people
            .iter()
            .filter(|person| person.not_disclosed)
            .map(|person| person.insured_number.as_str())
            .collect();
        let consents: Vec<_> = ledger
            .people
            .iter()
            .filter_map(|person| Some((person, person.consent?)))
            .filter(|(_, consent)| consent.form == ApplicationForm::From2026)
            .map(|(person, consent)| {
                json!({
                    "insured_number": person.insured_number,
                    "state": consent.state,
                    "on": consent.on,
                })
            })
            .collect();
        let noted = json!({
            "consents": consents,
            "insurer": ledger.insurer.number,
            "people": ledger.people.len(),
            "not_insured_numbers": numbers,
            "not_insured_my_numbers": my_numbers,
            "not_disclosed": hidden,
        });
        let input = json!({ "ledger": &*ledger });
        self.ask_done_noting(Operation::LoadLedger, input, noted)
            .await?;
        self.auditor = Some(Auditor::new(&ledger, self.now().date()));
        Ok(())
    }

    async fn confirm(&mut self, date: Date) -> Performed {
        self.confirmed = Some(date);
        let answer =
            self.act(tekigo_simulator::OperatorAction::ConfirmSchedule { setup_date: date })?;
        if !answer.done {
            return Err(StepFailure::harness("PMHが確定日を受け付けませんでした"));
        }
        self.configure_all().await
    }

    fn end_key_after(&self, last: Date) -> Performed {
        let next = last.tomorrow().map_err(StepFailure::harness)?;
        self.submit(&Input::KeyExpiry(KeyExpiry {
            insurer: self.ledger.insurer.number.clone(),
            environment: ENVIRONMENT.to_owned(),
            expires: Moment::at(next, 0, 0),
        }))?;
        Ok(())
    }

    /// The initial set-up as a starting state: done, and found to be done.
    async fn set_up_first(&mut self) -> Performed {
        let began = async {
            self.start_setup(None).await?;
            self.setup_is_complete().await
        };
        began.await.map_err(|StepFailure(mut failure)| {
            failure.because_of = vec!["SETUP-01".to_owned()];
            StepFailure(failure)
        })
    }

    /// The confirmed day of set-up.
    pub(super) fn confirmed_date(&self) -> Date {
        self.confirmed
            .or_else(|| self.opened_on())
            .unwrap_or_else(|| self.now().date())
    }
}

/// A scenario that could not get to what it is about says nothing about its rule.
fn as_precondition(StepFailure(mut failure): StepFailure) -> StepFailure {
    if failure.family == FailureFamily::Violated {
        failure.family = FailureFamily::Precondition;
    }
    StepFailure(failure)
}

/// Every 個人番号 of a ledger's invented people.
fn my_numbers(ledger: &Ledger) -> Vec<u64> {
    let insured = ledger.people.iter().map(|person| person.my_number.as_str());
    let others = ledger
        .not_insured
        .iter()
        .map(|person| person.my_number.as_str());
    insured
        .chain(others)
        .filter_map(|number| number.parse().ok())
        .collect()
}
