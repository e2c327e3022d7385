//! The way to whoever looks at data or sends it: facts of the outside world, and questions at doors.

use tekigo_simulator::viewer::{Directory, Viewed, ViewerInput};
use tekigo_simulator::{Effect, Input};

use super::failure::{Performed, StepFailure};
use super::live::Live;

impl Live {
    /// Notes a fact of the outside world.
    pub(super) fn note_fact(&self, fact: Directory) -> Performed {
        let effects = self.submit(&Input::Directory(fact))?;
        let noted = effects.iter().find_map(|dated| {
            let Effect::Noted(noted) = &dated.effect else {
                return None;
            };
            Some(noted)
        });
        match noted {
            Some(noted) if noted.done => Ok(()),
            Some(noted) => Err(StepFailure::harness(
                noted.reason.clone().unwrap_or_default(),
            )),
            None => Err(StepFailure::harness("登録の求めに答えがありません")),
        }
    }

    /// What is answered at a door.
    pub(super) fn ask_at_door(&self, request: ViewerInput) -> Performed<Viewed> {
        let effects = self.submit(&Input::Viewer(request))?;
        let answer = effects.into_iter().find_map(|dated| {
            let Effect::Viewed(viewed) = dated.effect else {
                return None;
            };
            Some(*viewed)
        });
        answer.ok_or_else(|| StepFailure::harness("閲覧の求めに答えがありません"))
    }
}
