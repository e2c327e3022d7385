//! Telling a story in one mode, on a thread of its own as the scenarios have.

use std::sync::Arc;

use super::progress::{Progress, Step};
use super::settings::CertifyError;
use crate::stage::{Context, Stage};
use crate::story::Story;

/// Tells the planned story of one mode and returns how many ended.
pub(super) fn run(
    context: &Arc<Context>,
    story: Story,
    progress: &Progress,
) -> Result<usize, CertifyError> {
    let context = Arc::clone(context);
    let progress = Arc::clone(progress);
    let told = std::thread::Builder::new()
        .name("story".to_owned())
        .spawn(move || tell(&context, story, &progress))
        .map_err(|error| CertifyError::Harness(error.to_string()))?;
    told.join()
        .map_err(|_| CertifyError::Harness("物語の実行が途中で終わりました".to_owned()))?
}

fn tell(context: &Arc<Context>, story: Story, progress: &Progress) -> Result<usize, CertifyError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CertifyError::Harness(error.to_string()))?;
    let mut ended = 0;
    for scenario in context.scenarios.values() {
        let failure = runtime.block_on(async {
            let mut stage = Stage::empty();
            stage.open(Arc::clone(context), scenario.clone()).await;
            let failure = stage.tell(&story).await.err();
            stage.close(context, scenario, failure.clone()).await;
            failure
        });
        ended += 1;
        progress(Step::Ended {
            id: scenario.id.to_string(),
            mode: context.mode,
            title: scenario.title.clone(),
            passed: failure.is_none(),
        });
    }
    Ok(ended)
}
