//! A scenario's world as the runner knows it: made empty, filled by the hook before the first
//! step, emptied by the hook after the last.

use std::sync::Arc;

use cucumber::World;
use gherkin::Step;

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::{Beginning, Context};
use crate::drivers::Begins;
use crate::feature::Scenario;
use crate::story::Story;
use crate::verdict::FailureFamily;

/// One scenario's world.
#[derive(Debug, World)]
#[world(init = Self::empty)]
pub struct Stage {
    live: Option<Box<Live>>,
    /// Why there is no world.
    unopened: Option<StepFailure>,
}

impl Stage {
    /// A stage on which nothing has begun.
    pub(crate) const fn empty() -> Self {
        Self {
            live: None,
            unopened: None,
        }
    }

    /// Gets the scenario its vendor. If that fails, every step of the scenario says so.
    pub async fn open(&mut self, context: Arc<Context>, scenario: Scenario) {
        context.pool.announce(|| Begins {
            scenario: scenario.id.to_string(),
            title: scenario.title.clone(),
            mode: context.mode,
            journal: context.journal_path(&scenario),
        });
        match context.pool.lease().await {
            Ok(lease) => self.live = Some(Box::new(Live::open(context, scenario, lease))),
            Err(error) => {
                self.unopened = Some(StepFailure::of(
                    FailureFamily::Misconfigured,
                    "ベンダー製品を起動し、空の状態にできる",
                    error.to_string(),
                    "",
                ));
            }
        }
    }

    /// What a 前提 adds to: the starting state, which is built when the first もし begins.
    ///
    /// # Errors
    /// The step is not the next one of the scenario.
    pub fn beginning(&mut self, step: &Step) -> Performed<&mut Beginning> {
        let live = self.live()?;
        live.begin_step(step)?;
        Ok(live.beginning())
    }

    /// What a もし or ならば works on, with the beginning of the step journaled.
    ///
    /// # Errors
    /// The starting state cannot be built, the step is not the next one of the scenario, or the
    /// journal cannot be written.
    pub async fn at(&mut self, step: &Step) -> Performed<&mut Live> {
        let live = self.live()?;
        live.build().await?;
        live.begin_step(step)?;
        live.turn_the_page(step).await?;
        Ok(live)
    }

    /// Tells a whole story, sentence by sentence.
    ///
    /// # Errors
    /// The first sentence that could not be made true.
    pub async fn tell(&mut self, story: &Story) -> Performed {
        self.live()?.tell(story).await
    }

    /// Ends the scenario in its journal and takes its world off the air.
    pub async fn close(
        &mut self,
        context: &Arc<Context>,
        scenario: &Scenario,
        failure: Option<StepFailure>,
    ) {
        let ended = match self.live.take() {
            Some(mut live) => live.finish(failure).await,
            None => Live::finish_unopened(context, scenario, failure),
        };
        if let Err(StepFailure(failure)) = ended {
            // Without its end in the journal the scenario counts as 未実施, never as passed.
            eprintln!(
                "{}: 記録を終えられませんでした: {}",
                scenario.id, failure.message
            );
        }
    }

    fn live(&mut self) -> Performed<&mut Live> {
        match (&mut self.live, &self.unopened) {
            (Some(live), _) => Ok(live),
            (None, Some(failure)) => Err(failure.clone()),
            (None, None) => Err(StepFailure::harness("シナリオの世界が開かれていません")),
        }
    }
}
