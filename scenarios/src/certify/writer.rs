//! What the runner tells, boiled down to progress.

use std::sync::Arc;

use cucumber::event::Event;
use cucumber::{Writer, cli, event, parser, writer};

use super::progress::{Progress, Step};
use crate::feature::FeatureFile;
use crate::requirement::Mode;
use crate::stage::Stage;

/// Passes the end of each scenario on; the verdicts come from the journals.
pub(super) struct Reporter {
    pub(super) progress: Progress,
    pub(super) features: Arc<Vec<FeatureFile>>,
    pub(super) mode: Mode,
    pub(super) ended: usize,
    pub(super) failed: std::collections::BTreeSet<(String, usize)>,
}

impl Writer<Stage> for Reporter {
    type Cli = cli::Empty;

    async fn handle_event(
        &mut self,
        event: parser::Result<Event<event::Cucumber<Stage>>>,
        _: &Self::Cli,
    ) {
        let Ok(event) = event else { return };
        let event::Cucumber::Feature(feature, event::Feature::Scenario(scenario, told)) =
            event.value
        else {
            return;
        };
        let path = feature.path.as_ref().map(|path| path.display().to_string());
        let place = (path.unwrap_or_default(), scenario.position.line);
        match told.event {
            event::Scenario::Step(_, event::Step::Failed(..) | event::Step::Skipped)
            | event::Scenario::Hook(_, event::Hook::Failed(..)) => {
                self.failed.insert(place);
            }
            event::Scenario::Finished => {
                self.ended += 1;
                let found = self
                    .features
                    .iter()
                    .find(|file| file.path == place.0)
                    .and_then(|file| file.scenario_at(place.1));
                (self.progress)(Step::Ended {
                    id: found.map_or_else(String::new, |scenario| scenario.id.to_string()),
                    mode: self.mode,
                    title: scenario.name.clone(),
                    passed: !self.failed.contains(&place),
                });
            }
            event::Scenario::Started
            | event::Scenario::Hook(..)
            | event::Scenario::Background(..)
            | event::Scenario::Step(..)
            | event::Scenario::Log(_) => {}
        }
    }
}

impl writer::NonTransforming for Reporter {}
impl writer::Normalized for Reporter {}
