use crate::domain::OfficeNumber;
use crate::profile::{OfficeDuty, Profile};
use crate::systems::viewing::Sessions;
use crate::viewer::{Denial, OfficeAction};

/// What the interface for care software remembers.
#[derive(Debug, Clone, Default)]
pub struct CareSoftware {
    sessions: Sessions<(OfficeNumber, String)>,
}

impl CareSoftware {
    /// The log-ins of programs.
    #[must_use]
    pub fn sessions(&self) -> &Sessions<(OfficeNumber, String)> {
        &self.sessions
    }

    /// The same, to change them.
    pub fn sessions_mut(&mut self) -> &mut Sessions<(OfficeNumber, String)> {
        &mut self.sessions
    }

    /// Whether a program may do this at all.
    ///
    /// # Errors
    /// It is for the pages only.
    pub fn may(profile: &Profile, action: &OfficeAction) -> Result<(), Denial> {
        let browser_only = &profile.access().browser_only;
        let is_barred = match action {
            OfficeAction::View { data, .. } => browser_only.data.value.contains(data),
            OfficeAction::LogIn { .. } | OfficeAction::Refresh | OfficeAction::LogOut => false,
            OfficeAction::RegisterUser(_) => bars(profile, OfficeDuty::RegisterUser),
            OfficeAction::ReadCard(_) => bars(profile, OfficeDuty::ReadCard),
            OfficeAction::BecomeResponsible(_) => bars(profile, OfficeDuty::BecomeResponsible),
            OfficeAction::EndResponsibility(_) => bars(profile, OfficeDuty::EndResponsibility),
            OfficeAction::TakeConsent(_) => bars(profile, OfficeDuty::TakeConsent),
            OfficeAction::SubmitPlanRequest(_) => bars(profile, OfficeDuty::SubmitPlanRequest),
            OfficeAction::SendOpinion(_) => bars(profile, OfficeDuty::SendOpinion),
            OfficeAction::RegisterCarePlan(_) => bars(profile, OfficeDuty::RegisterCarePlan),
            OfficeAction::RegisterLife(_) => bars(profile, OfficeDuty::RegisterLife),
        };
        if is_barred {
            return Err(Denial::BrowserOnly);
        }
        Ok(())
    }
}

fn bars(profile: &Profile, duty: OfficeDuty) -> bool {
    let barred = &profile.access().browser_only.actions.value;
    barred.contains(&duty)
}
