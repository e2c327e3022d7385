//! One person of the town, from the number of the person and the seed alone.

use crate::ledger::{
    Application, ApplicationType, BurdenRatio, Category, ConsentBox, Insurer, NotInsured, Person,
};

use super::births::Life;
use super::cards::{self, CardWriter};
use super::course::{self, Recency, Step};
use super::draw::{Draw, Purpose, Streams, plus_days};
use super::numbers::{self, Numbers};
use super::plan::{Care, Plan, PlannedConsent, Progress};
use super::settings::{TownError, TownSettings};
use super::words::{Municipality, Words};
use super::{allowances, consents, naming};

/// 架空の町: hands out its people one by one.
pub struct Town {
    settings: TownSettings,
    insurer: Insurer,
    places: Vec<Place>,
    words: &'static Words,
    streams: Streams,
    numbers: Numbers,
}

/// A part of the town: its one municipality, or a member or ward.
pub(super) struct Place {
    /// Whose number stands on cards.
    insurer: Insurer,
    /// Whose quarters stand in addresses.
    pub(super) municipality: &'static Municipality,
}

impl Place {
    /// Prefecture and name, as an address begins.
    pub(super) fn name(&self) -> String {
        format!("{}{}", self.insurer.prefecture, self.insurer.name)
    }
}

impl Town {
    /// A town by its settings.
    ///
    /// # Errors
    /// A size out of 1 to 1,000,000, an insurer number that is none, a day the town's rules do not cover.
    pub fn new(settings: TownSettings) -> Result<Self, TownError> {
        settings.check()?;
        let words = Words::bundled();
        let first = &words.municipalities[0];
        let insurer = settings.insurer.clone().unwrap_or_else(|| first.insurer());
        let place = |insurer: &Insurer| Place {
            insurer: insurer.clone(),
            municipality: words.place(&insurer.number).unwrap_or(first),
        };
        let places = if settings.card_insurers.is_empty() {
            vec![place(&insurer)]
        } else {
            settings.card_insurers.iter().map(place).collect()
        };
        let streams = Streams::of(settings.seed);
        let numbers = Numbers::of(&streams);
        Ok(Self {
            settings,
            insurer,
            places,
            words,
            streams,
            numbers,
        })
    }

    /// 保険者.
    #[must_use]
    pub const fn insurer(&self) -> &Insurer {
        &self.insurer
    }

    /// Its settings.
    #[must_use]
    pub const fn settings(&self) -> &TownSettings {
        &self.settings
    }

    /// The insured people, in the order of the books.
    pub fn people(&self) -> impl Iterator<Item = Person> + '_ {
        (0..self.settings.size).map(|index| self.person(index))
    }

    /// The residents who are not insured.
    pub fn not_insured(&self) -> impl Iterator<Item = NotInsured> + '_ {
        (0..self.strangers()).map(|index| self.stranger(index))
    }

    pub(super) const fn words(&self) -> &'static Words {
        self.words
    }

    pub(super) const fn streams(&self) -> &Streams {
        &self.streams
    }

    pub(super) const fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// Where somebody lives, by place in the books: people of a union live in its members by turns.
    pub(super) fn place(&self, index: u32) -> &Place {
        let turn = usize::try_from(index).unwrap_or(0) % self.places.len();
        &self.places[turn]
    }

    fn person(&self, index: u32) -> Person {
        let plan = Plan::at(index);
        let distribution = &self.words.distribution;
        let life = Life::drawn(
            &self.streams,
            index,
            plan,
            self.settings.as_of,
            distribution,
        );
        let mut steps = self.course_of(index, plan, &life);
        let certified = !steps.is_empty();
        if !certified {
            steps.extend(self.refusal_of(index, plan, &life));
        }
        let acquired_on = match life.category {
            Category::First => life.acquired_on,
            Category::Second => steps
                .first()
                .map_or(life.acquired_on, |step| step.application),
        };
        let mut person = self.blank(index, plan, &life);
        person.acquired_on = acquired_on;
        person.applications = self.applications(index, plan, &life, &steps, certified);
        let draw = &mut self.streams.draw(Purpose::Consent, index);
        consents::fill_in_boxes(draw, distribution, plan.consent, &mut person.applications);
        person.consent = consents::consent(
            draw,
            distribution,
            plan.consent,
            &person.applications,
            life.until,
        );
        if certified {
            self.add_benefits(index, plan, &life, &steps[0], &mut person);
        }
        self.add_cards(index, plan, &life, &steps, &mut person);
        person.number_open_rows();
        person
    }

    /// 認定の経過 of a person who is to be certified.
    fn course_of(&self, index: u32, plan: Plan, life: &Life) -> Vec<Step> {
        if !life.certified {
            return Vec::new();
        }
        let recency = plan.consent.map_or(Recency::Any, PlannedConsent::recency);
        let draw = &mut self.streams.draw(Purpose::Course, index);
        course::course(
            draw,
            &self.words.distribution,
            life.acquired_on,
            life.until,
            recency,
        )
    }

    /// 非該当 once, of a person without a certification.
    fn refusal_of(&self, index: u32, plan: Plan, life: &Life) -> Option<Step> {
        let draw = &mut self.streams.draw(Purpose::Course, index);
        let by_chance = draw.per_mille(self.words.distribution.rates.not_eligible);
        let wanted = plan.care.map_or(by_chance && !life.certified, |care| {
            care == Care::NotEligible
        });
        wanted
            .then(|| Step::not_eligible(draw, life.acquired_on, life.until))
            .flatten()
    }

    /// Identity, name and address; the rest empty.
    fn blank(&self, index: u32, plan: Plan, life: &Life) -> Person {
        let Words {
            names,
            papers,
            distribution,
            ..
        } = self.words;
        let draw = &mut self.streams.draw(Purpose::Name, index);
        let writing = naming::writing(draw, plan, distribution);
        let (name, kana) = naming::name(draw, names, writing, life.sex, life.birth);
        let place = self.place(index);
        let town_name = place.name();
        let draw = &mut self.streams.draw(Purpose::Address, index);
        let address = naming::address(
            draw,
            place.municipality,
            papers,
            distribution,
            &town_name,
            writing,
        );
        let draw = &mut self.streams.draw(Purpose::Identity, index);
        let card_holder = draw.per_mille(distribution.rates.card_holder);
        let not_disclosed = draw.one_in(distribution.one_in.not_disclosed);
        let renumbered = draw.one_in(distribution.one_in.renumbered) && !plan.plain;
        Person {
            insured_number: self.numbers.insured(index),
            resident_key: self.numbers.resident_key(index),
            my_number: self.numbers.my_number(index),
            name,
            kana,
            address,
            birth: life.birth,
            sex: life.sex,
            category: life.category,
            not_disclosed: plan.not_disclosed.unwrap_or(not_disclosed),
            card_holder: plan.card_holder.unwrap_or(card_holder),
            acquired_on: life.acquired_on,
            lost: life.lost,
            previous_numbers: if renumbered || plan.renumbered {
                vec![self.numbers.previous(index)]
            } else {
                Vec::new()
            },
            consent: None,
            cards: Vec::new(),
            burden_ratios: Vec::new(),
            reductions: Vec::new(),
            home_modifications: Vec::new(),
            equipment_purchases: Vec::new(),
            applications: Vec::new(),
        }
    }

    fn applications(
        &self,
        index: u32,
        plan: Plan,
        life: &Life,
        steps: &[Step],
        certified: bool,
    ) -> Vec<Application> {
        let papers = &self.words.papers;
        let draw = &mut self.streams.draw(Purpose::Papers, index);
        let mut applications: Vec<Application> = steps
            .iter()
            .map(|step| {
                course::decided_application(draw, papers, step, String::new(), ConsentBox::Blank)
            })
            .collect();
        let kind = if certified {
            ApplicationType::Change
        } else {
            ApplicationType::New
        };
        let draw = &mut self.streams.draw(Purpose::Progress, index);
        if let Some(progress) = self.progress_of(draw, plan, life, certified) {
            let open = course::open_application(draw, papers, progress, kind, life.until);
            let is_next = applications
                .last()
                .is_none_or(|newest| newest.date < open.date);
            applications.extend((is_next && open.date >= life.acquired_on).then_some(open));
        }
        for (count, application) in applications.iter_mut().enumerate() {
            application.application_number =
                numbers::application(application.date.year(), index, count);
        }
        applications
    }

    fn progress_of(
        &self,
        draw: &mut Draw,
        plan: Plan,
        life: &Life,
        certified: bool,
    ) -> Option<Progress> {
        if plan.progress.is_some()
            || plan.plain
            || life.lost.is_some()
            || life.category == Category::Second
        {
            return plan.progress;
        }
        let rates = &self.words.distribution.rates;
        let rate = if certified {
            rates.application_in_progress
        } else {
            rates.first_application_in_progress
        };
        draw.per_mille(rate).then(|| *draw.pick(&Progress::ALL))
    }

    fn add_benefits(&self, index: u32, plan: Plan, life: &Life, first: &Step, person: &mut Person) {
        let Words {
            papers,
            distribution,
            ..
        } = self.words;
        let wanted = |draw: &mut Draw, rate: u64| draw.per_mille(rate) || plan.every_table;
        let draw = &mut self.streams.draw(Purpose::BurdenRatios, index);
        person.burden_ratios = cards::burden_ratios(draw, distribution, first, life.until);
        let ratio = person
            .burden_ratios
            .last()
            .map_or(BurdenRatio::Ten, |row| row.ratio);
        let draw = &mut self.streams.draw(Purpose::Reductions, index);
        if wanted(draw, distribution.rates.reduction) {
            person.reductions = cards::reductions(draw, first, life.until);
        }
        let from = plus_days(first.decided, 1);
        let draw = &mut self.streams.draw(Purpose::HomeModifications, index);
        if wanted(draw, distribution.rates.home_modification) {
            person.home_modifications =
                allowances::home_modifications(draw, ratio, from, life.until);
        }
        let draw = &mut self.streams.draw(Purpose::EquipmentPurchases, index);
        if wanted(draw, distribution.rates.equipment_purchase) {
            person.equipment_purchases =
                allowances::equipment_purchases(draw, papers, ratio, from, life.until);
        }
    }

    fn add_cards(&self, index: u32, plan: Plan, life: &Life, steps: &[Step], person: &mut Person) {
        let Words {
            papers,
            distribution,
            ..
        } = self.words;
        let draw = self.streams.draw(Purpose::Cards, index);
        let insurer_number = &self.place(index).insurer.number;
        let mut writer = CardWriter {
            draw,
            distribution,
            papers,
            insurer_number,
            until: life.until,
        };
        let certified = steps.iter().any(|step| step.period.is_some());
        let by_chance = writer.draw.per_mille(distribution.rates.program_target);
        let is_target = plan.care.map_or(by_chance && steps.is_empty(), |care| {
            care == Care::ProgramTarget
        });
        // A second-category person gets the first card with the certification.
        if life.category == Category::First || !certified {
            person.cards.push(writer.at_entry(person.acquired_on));
        }
        for (step, application) in steps
            .iter()
            .zip(&person.applications)
            .filter(|(step, _)| step.period.is_some())
        {
            let opinion = application
                .decision
                .as_ref()
                .and_then(|decision| decision.board_opinion.clone());
            person.cards.push(writer.after_decision(step, opinion));
        }
        if is_target {
            let earliest = person
                .cards
                .last()
                .map_or(person.acquired_on, |card| card.issued_on);
            person.cards.push(writer.program_target(earliest));
        }
        let other_rows = person.history_rows() - person.cards.len();
        writer.top_up(&mut person.cards, other_rows);
    }
}
