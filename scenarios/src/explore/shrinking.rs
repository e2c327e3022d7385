//! 縮め方: a history that breaks a rule, made as short and as plain as it can be.

use std::sync::Arc;

use jiff::civil::Date;

use super::history::{Deed, History, Start};
use super::rehearsal::Rehearsal;
use super::trying::{Bench, Outcome};
use crate::cast::{CaseStage, Occasion, Role};
use crate::certify::CertifyError;
use crate::laws::SAME_IN_BOTH_MODES;
use crate::ledger::Ledger;
use crate::prove::{Blame, Seen};
use crate::requirement::Mode;

/// No history is tried more often than this on the way; what has been reached then is told.
const TRIES_MAX: usize = 600;

/// What a shorter history must still show: the same rule, seen violated by the same thing.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) requirement: String,
    pub(super) by: Seen,
    /// The modes that are needed to see it.
    pub(super) modes: Vec<Mode>,
}

impl Target {
    /// What a history is shrunk for: its first violation. What two modes show together needs both.
    pub(super) fn of(blame: &Blame) -> Self {
        let compares = blame.by == Seen::Law(SAME_IN_BOTH_MODES.id.to_owned());
        Self {
            requirement: blame.requirement.clone(),
            by: blame.by.clone(),
            modes: if compares {
                Mode::ALL.to_vec()
            } else {
                vec![blame.mode]
            },
        }
    }

    /// The violation, if it is among these.
    pub(super) fn seen_in<'b>(&self, blames: &'b [Blame]) -> Option<&'b Blame> {
        let is_same = |blame: &&Blame| {
            blame.requirement == self.requirement
                && blame.by == self.by
                && self.modes.contains(&blame.mode)
        };
        blames.iter().find(is_same)
    }
}

/// A search for something shorter.
pub(super) struct Shrinking<'b> {
    bench: &'b Bench,
    target: &'b Target,
    town: &'b Arc<Ledger>,
    today: Date,
    /// Histories tried so far.
    pub(super) tries: usize,
}

impl<'b> Shrinking<'b> {
    pub(super) const fn new(
        bench: &'b Bench,
        target: &'b Target,
        town: &'b Arc<Ledger>,
        today: Date,
    ) -> Self {
        Self {
            bench,
            target,
            town,
            today,
            tries: 0,
        }
    }

    /// The shortest and plainest history that still shows the target: no deed of it can be left out, and nothing
    /// in it can be made plainer, without losing it.
    ///
    /// # Errors
    /// A run could not be made.
    pub(super) fn shrink(&mut self, mut history: History) -> Result<History, CertifyError> {
        loop {
            let before = history.clone();
            history = self.without_deeds(history)?;
            while let Some(plainer) = self.first_of(plainer(&history))? {
                history = plainer;
            }
            if history == before || self.tries >= TRIES_MAX {
                return Ok(history);
            }
        }
    }

    /// Leaves out halves, quarters and so on down to single deeds, as long as any can be left out.
    fn without_deeds(&mut self, mut history: History) -> Result<History, CertifyError> {
        let mut size = history.deeds.len().div_ceil(2);
        while size > 0 {
            let parts: Vec<(usize, usize)> = (0..history.deeds.len())
                .step_by(size)
                .map(|from| (from, (from + size).min(history.deeds.len())))
                .collect();
            let shorter: Vec<History> = parts
                .iter()
                .map(|(from, to)| self.fitting(&without(&history, &[(*from, *to)])))
                .collect();
            let shown = self.show(&shorter)?;
            let spare: Vec<(usize, usize)> = parts
                .into_iter()
                .zip(&shown)
                .filter_map(|(part, is_shown)| is_shown.then_some(part))
                .collect();
            let Some(first) = shown.iter().position(|is_shown| *is_shown) else {
                size = if size == 1 { 0 } else { size.div_ceil(2) };
                continue;
            };
            // What can be left out one by one can often be left out together.
            let together = self.fitting(&without(&history, &spare));
            let all = spare.len() > 1 && self.show(std::slice::from_ref(&together))? == [true];
            history = if all {
                together
            } else {
                shorter.into_iter().nth(first).unwrap_or(history)
            };
            size = size.min(history.deeds.len().div_ceil(2));
        }
        Ok(history)
    }

    /// The first of several histories that still shows the target.
    fn first_of(&mut self, plainer: Vec<History>) -> Result<Option<History>, CertifyError> {
        let fitting: Vec<History> = plainer
            .into_iter()
            .filter(|history| self.fitting(history) == *history)
            .collect();
        let shown = self.show(&fitting)?;
        let first = fitting
            .into_iter()
            .zip(shown)
            .find(|(_, is_shown)| *is_shown);
        Ok(first.map(|(history, _)| history))
    }

    fn show(&mut self, histories: &[History]) -> Result<Vec<bool>, CertifyError> {
        if histories.is_empty() || self.tries >= TRIES_MAX {
            return Ok(vec![false; histories.len()]);
        }
        self.tries += histories.len();
        let outcomes = self.bench.try_all(histories, &self.target.modes)?;
        let shows = |outcome: &Outcome| match outcome {
            Outcome::Broken(blames) => self.target.seen_in(blames).is_some(),
            Outcome::Held | Outcome::Void(_) => false,
        };
        Ok(outcomes.iter().map(shows).collect())
    }

    /// The history without the deeds that do not fit the books when their turn comes.
    fn fitting(&self, history: &History) -> History {
        let mut books = Rehearsal::of(self.town, self.today);
        let mut fitting = history.clone();
        fitting.deeds.retain(|deed| books.does(*deed));
        fitting
    }
}

fn without(history: &History, parts: &[(usize, usize)]) -> History {
    let is_in = |place: usize| parts.iter().any(|(from, to)| (*from..*to).contains(&place));
    let deeds = history.deeds.iter().enumerate();
    History {
        deeds: deeds
            .filter(|(place, _)| !is_in(*place))
            .map(|(_, deed)| *deed)
            .collect(),
        ..history.clone()
    }
}

/// Everything that is plainer by one thing.
fn plainer(history: &History) -> Vec<History> {
    let mut all = Vec::new();
    if history.trouble.is_some() {
        all.push(History {
            trouble: None,
            ..history.clone()
        });
    }
    let starts: &[Start] = match history.start {
        Start::SetUp => &[],
        Start::Prepared => &[Start::SetUp],
        Start::PreparedAndSlow => &[Start::SetUp, Start::Prepared],
    };
    all.extend(starts.iter().map(|start| History {
        start: *start,
        trouble: history.trouble.filter(|_| *start != Start::SetUp),
        ..history.clone()
    }));
    let mut roles: Vec<Role> = history
        .deeds
        .iter()
        .filter_map(|deed| deed.role())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    for role in roles.into_iter().filter(|role| *role != Role::Certified) {
        let deeds = history.deeds.iter();
        all.push(History {
            deeds: deeds
                .map(|deed| about(*deed, role, Role::Certified))
                .collect(),
            ..history.clone()
        });
    }
    for (place, deed) in history.deeds.iter().enumerate() {
        all.extend(plainer_deeds(*deed).into_iter().map(|plain| {
            let mut one = history.clone();
            if let Some(deed) = one.deeds.get_mut(place) {
                *deed = plain;
            }
            one
        }));
    }
    all
}

fn about(deed: Deed, role: Role, other: Role) -> Deed {
    let of = |who: Role| if who == role { other } else { who };
    match deed {
        Deed::Register(who, what) => Deed::Register(of(who), what),
        Deed::Advance(who, stage) => Deed::Advance(of(who), stage),
        Deed::TakeConsent(who) => Deed::TakeConsent(of(who)),
        Deed::Transfer | Deed::Day(_) => deed,
    }
}

fn plainer_deeds(deed: Deed) -> Vec<Deed> {
    match deed {
        Deed::Register(_, Occasion::Move) => Vec::new(),
        Deed::Register(who, _) => vec![Deed::Register(who, Occasion::Move)],
        Deed::Advance(who, stage) => CaseStage::ALL
            .iter()
            .filter(|earlier| **earlier < stage)
            .map(|earlier| Deed::Advance(who, *earlier))
            .collect(),
        Deed::TakeConsent(who) => vec![Deed::Register(who, Occasion::OfferConsent)],
        Deed::Transfer | Deed::Day(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plainer_is_never_longer_and_comes_to_an_end() {
        let history = History {
            start: Start::PreparedAndSlow,
            trouble: None,
            deeds: vec![
                Deed::Register(Role::Gaiji, Occasion::Die),
                Deed::Advance(Role::NotCertified, CaseStage::Decided),
                Deed::TakeConsent(Role::ConsentOldForm),
                Deed::Transfer,
            ],
        };
        let mut left = vec![history];
        let mut steps = 0;
        while let Some(one) = left.pop() {
            let plainer = plainer(&one);
            assert!(plainer.iter().all(|it| it.deeds.len() == one.deeds.len()));
            assert!(!plainer.contains(&one));
            steps += 1;
            // Depth first along the first and the last thing that can be made plainer.
            left.extend(plainer.first().cloned());
            left.extend(plainer.last().cloned());
            assert!(steps < 100_000, "it goes on for ever");
        }
    }
}
