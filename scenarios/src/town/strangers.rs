//! 被保険者でない者: in the vendor's database, and never to be sent.

use crate::ledger::{NotInsured, NotInsuredReason, Sex};

use super::draw::{Purpose, plus_days, plus_months};
use super::naming;
use super::person::Town;
use super::plan::Writing;

impl Town {
    /// How many residents the books hold who are not insured: one in 200, at least three.
    pub(super) fn strangers(&self) -> u32 {
        (self.settings().size / self.words().distribution.one_in.not_insured).max(3)
    }

    /// One of them, by place. The first three show the three reasons.
    pub(super) fn stranger(&self, index: u32) -> NotInsured {
        let draw = &mut self.streams().draw(Purpose::Stranger, index);
        let words = self.words();
        let place = usize::try_from(index).unwrap_or(0) % NotInsuredReason::ALL.len();
        let reason = NotInsuredReason::ALL[place];
        let sex = if draw.per_mille(500) {
            Sex::Female
        } else {
            Sex::Male
        };
        let ages = match reason {
            NotInsuredReason::PublicAssistance => (40, 64),
            NotInsuredReason::Provisional | NotInsuredReason::OtherMunicipality => (65, 95),
        };
        let age = i64::from(draw.between(ages.0, ages.1));
        let birth = plus_days(
            plus_months(self.settings().as_of, -12 * age),
            -draw.days(0, 364),
        );
        let (name, kana) = naming::name(draw, &words.names, Writing::Plain, sex, birth);
        let elsewhere = reason == NotInsuredReason::OtherMunicipality;
        let neighbour = words
            .municipalities
            .iter()
            .rfind(|other| other.number != self.insurer().number)
            .filter(|_| elsewhere);
        let place = self.place(index);
        let municipality = neighbour.unwrap_or(place.municipality);
        let town_name = match neighbour {
            Some(other) => format!("{}{}", other.prefecture, other.name),
            None => place.name(),
        };
        let address = naming::address(
            draw,
            municipality,
            &words.papers,
            &words.distribution,
            &town_name,
            Writing::Plain,
        );
        NotInsured {
            provisional_number: match reason {
                NotInsuredReason::PublicAssistance => format!("H{:09}", index + 1),
                NotInsuredReason::Provisional | NotInsuredReason::OtherMunicipality => {
                    format!("tmp-{:04}", index + 1)
                }
            },
            my_number: self.numbers().stranger_my_number(index),
            name,
            kana,
            address,
            birth,
            sex,
            reason,
        }
    }
}
