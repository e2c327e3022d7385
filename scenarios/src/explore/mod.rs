//! 探索: random histories of a town, told to any product, and the shortest one for everything that is found.
//!
//! A history is made of the sentences of the scenarios, so that what is found is a scenario: a municipal officer
//! can read it, and it runs as a feature file. [`explore`] draws histories from a seed, runs them as any scenario
//! is run — platform against the auditor's books, monitors, laws, both modes — and shrinks those that break a rule.
//! A whole run of `certify` tells a fixed number of them besides the suite ([`of_run`]).

mod drawing;
mod history;
mod keeping;
mod rehearsal;
mod search;
mod shrinking;
mod text;
mod trying;

use std::sync::Arc;

use jiff::civil::Date;
use tekigo_simulator::kernel::Moment;

pub use history::History;
pub use keeping::Kept;
pub use search::{Exploration, ExploreSettings, Find, Step, Unfinished, explore};
pub use text::table;

use crate::cast::scenario_town;
use crate::certify::CertifyError;
use crate::feature::FeatureFile;
use crate::ledger::Ledger;

/// So many histories are told in a whole run of `certify`, each of another theme.
const OF_RUN: u32 = 8;
/// Deeds of each of them.
const DEEDS_OF_RUN: u32 = 8;
/// People of the standard town.
const PEOPLE: u32 = 40;
/// The numbers of the histories of a run come after those of the suite.
const FIRST_NUMBER: u16 = 900;
const PATH_OF_RUN: &str = "features/（流れ）";

/// The histories of a whole run with this seed.
///
/// # Errors
/// Our own fault: a history that is not written as a scenario must be.
pub fn of_run(seed: u64) -> Result<FeatureFile, CertifyError> {
    let (town, today) = town(seed)?;
    let histories: Vec<History> = (1..=OF_RUN)
        .map(|number| drawing::draw(seed, number, DEEDS_OF_RUN, &town, today))
        .collect();
    let titled = (1..)
        .zip(&histories)
        .map(|(n, one)| (format!("業務の流れ その{n}"), one));
    let about = ["種から引いた業務の流れ。同じ種では、いつも同じ流れになる。"];
    let text = history::feature("業務の流れ", &about, titled);
    let mut file = trying::own_feature(PATH_OF_RUN, &text)?;
    for scenario in &mut file.scenarios {
        scenario.id.number += FIRST_NUMBER;
    }
    Ok(file)
}

/// The standard town of a seed on the day on which scenarios begin.
fn town(seed: u64) -> Result<(Arc<Ledger>, Date), CertifyError> {
    let today = Moment::default_start().date();
    let town = scenario_town(seed, PEOPLE, today);
    let town = town.map_err(|error| CertifyError::Harness(error.to_string()))?;
    Ok((Arc::new(town), today))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_same_seed_tells_the_same_and_every_history_has_business() {
        let (one, again) = (of_run(7).expect("histories"), of_run(7).expect("histories"));
        assert_eq!(one.text, again.text);
        assert_ne!(one.text, of_run(8).expect("histories").text);
        let ids: BTreeSet<String> = one.scenarios.iter().map(|it| it.id.to_string()).collect();
        assert_eq!(ids.len(), OF_RUN as usize);
        for scenario in &one.scenarios {
            let texts = scenario.steps.iter().map(|step| step.text.as_str());
            let business =
                texts.filter(|text| text.contains("登録する") || text.contains("進める"));
            assert!(business.count() >= 2, "{:#?}", scenario.steps);
        }
    }

    /// Whatever the seed, the histories of a run come across every law of histories.
    #[test]
    fn every_law_of_histories_is_met_in_every_run() {
        for seed in [20_260_401, 1, 7, 42] {
            let file = of_run(seed).expect("histories");
            for law in crate::laws::OF_HISTORY {
                let meets = |scenario: &crate::feature::Scenario| {
                    let texts = scenario.steps.iter().map(|step| step.text.as_str());
                    law.is_met(&texts.collect::<Vec<_>>())
                };
                assert!(
                    file.scenarios.iter().any(meets),
                    "{seed}: {}\n{}",
                    law.declaration.requirement,
                    file.text
                );
            }
        }
    }
}
