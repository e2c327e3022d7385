//! Running scenarios with cucumber, on a thread of their own.

use std::sync::Arc;

use cucumber::event::ScenarioFinished;
use cucumber::{Cucumber, cli, parser, runner};
use futures::FutureExt as _;
use futures::stream::{self, LocalBoxStream};

use super::progress::Progress;
use super::quiet::Quiet;
use super::settings::CertifyError;
use super::writer::Reporter;
use crate::feature::{FeatureFile, Scenario};
use crate::stage::{Context, Stage, StepFailure};
use crate::steps;

/// The bundled features as the runner takes them.
struct Planned;

impl cucumber::Parser<Vec<gherkin::Feature>> for Planned {
    type Cli = cli::Empty;
    type Output = LocalBoxStream<'static, parser::Result<gherkin::Feature>>;

    fn parse(self, features: Vec<gherkin::Feature>, _: Self::Cli) -> Self::Output {
        Box::pin(stream::iter(features.into_iter().map(Ok)))
    }
}

/// Runs the planned scenarios of one mode and returns how many ended.
pub(super) fn run(
    context: &Arc<Context>,
    features: &[FeatureFile],
    jobs: usize,
    progress: &Progress,
) -> Result<usize, CertifyError> {
    let planned = chosen(features, context);
    let reporter = Reporter {
        progress: Arc::clone(progress),
        features: Arc::new(features.to_vec()),
        mode: context.mode,
        ended: 0,
        failed: std::collections::BTreeSet::new(),
    };
    let context = Arc::clone(context);
    let run = std::thread::Builder::new()
        .name("scenarios".to_owned())
        .spawn(move || drive(&context, planned, jobs, reporter))
        .map_err(|error| CertifyError::Harness(error.to_string()))?;
    run.join()
        .map_err(|_| CertifyError::Harness("シナリオの実行が途中で終わりました".to_owned()))?
}

/// The features with only the planned scenarios in them.
fn chosen(features: &[FeatureFile], context: &Context) -> Vec<gherkin::Feature> {
    features
        .iter()
        .filter_map(|file| {
            let mut feature = file.gherkin.clone();
            feature.scenarios.retain(|scenario| {
                let place = (file.path.clone(), scenario.position.line);
                context.scenarios.contains_key(&place)
            });
            (!feature.scenarios.is_empty()).then_some(feature)
        })
        .collect()
}

fn drive(
    context: &Arc<Context>,
    planned: Vec<gherkin::Feature>,
    jobs: usize,
    reporter: Reporter,
) -> Result<usize, CertifyError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CertifyError::Harness(error.to_string()))?;
    let quiet = Quiet::keep();
    let opening = Arc::clone(context);
    let closing = Arc::clone(context);
    let runner = runner::Basic::<Stage>::default()
        .steps(steps::collection())
        .max_concurrent_scenarios(Some(jobs))
        .before(move |feature, _, scenario, stage| {
            let context = Arc::clone(&opening);
            let found = scenario_of(&context, feature, scenario);
            async move {
                if let Some(found) = found {
                    stage.open(context, found).await;
                }
            }
            .boxed_local()
        })
        .after(move |feature, _, scenario, finished, stage| {
            let context = Arc::clone(&closing);
            let found = scenario_of(&context, feature, scenario);
            let failure = failure_of(finished);
            async move {
                if let (Some(stage), Some(found)) = (stage, found) {
                    stage.close(&context, &found, failure).await;
                }
            }
            .boxed_local()
        });
    let ended = runtime.block_on(async {
        Cucumber::<Stage, _, _, _, _, cli::Empty>::custom(Planned, runner, reporter)
            .with_default_cli()
            .run(planned)
            .await
            .ended
    });
    drop(quiet);
    Ok(ended)
}

fn scenario_of(
    context: &Context,
    feature: &gherkin::Feature,
    scenario: &gherkin::Scenario,
) -> Option<Scenario> {
    let path = feature.path.as_ref()?.display().to_string();
    let place = (path, scenario.position.line);
    context.scenarios.get(&place).cloned()
}

/// What a finished scenario failed of.
fn failure_of(finished: &ScenarioFinished) -> Option<StepFailure> {
    match finished {
        ScenarioFinished::StepPassed => None,
        ScenarioFinished::StepFailed(_, _, error) => Some(match error {
            cucumber::event::StepError::Panic(info) => {
                let text = info
                    .downcast_ref::<String>()
                    .cloned()
                    .or_else(|| info.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                StepFailure::from_panic(&text.unwrap_or_default())
            }
            other @ (cucumber::event::StepError::NotFound
            | cucumber::event::StepError::AmbiguousMatch(_)) => StepFailure::harness(other),
        }),
        ScenarioFinished::StepSkipped => {
            Some(StepFailure::harness("引き受ける手順のない文がありました"))
        }
        ScenarioFinished::BeforeHookFailed(_) => {
            Some(StepFailure::harness("シナリオの世界を開けませんでした"))
        }
    }
}
