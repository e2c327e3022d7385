use jiff::civil::Date;

use crate::kernel::Moment;
use crate::profile::{KindLayout, Profile, Record};
use crate::systems::platform::Holdings;
use crate::viewer::Denial;

/// 同意の状態 [profile: consent_state].
const GIVEN: &str = "1";
const REFUSED: &str = "2";
const WITHDRAWN: &str = "3";

/// Evidence of a comprehensive consent (包括同意) that counts now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentEvidence(());

/// The consent that counts now.
///
/// One dated before the law came into force is an old form's, which covers less and other
/// recipients (briefing: 新旧様式, inferred); one dated in the future does not count yet.
///
/// # Errors
/// Why none counts.
pub fn consent_of(
    profile: &Profile,
    holdings: &Holdings,
    now: Moment,
) -> Result<ConsentEvidence, Denial> {
    let kind = profile.kind("consent").ok_or(Denial::ConsentMissing)?;
    let layout = profile.layout(kind);
    let record = holdings
        .of_kind(kind)
        .next()
        .ok_or(Denial::ConsentMissing)?;
    match text(layout, record, "consentState") {
        Some(GIVEN) => {}
        Some(REFUSED) => return Err(Denial::ConsentRefused),
        Some(WITHDRAWN) => return Err(Denial::ConsentWithdrawn),
        Some(_) | None => return Err(Denial::ConsentMissing),
    }
    let taken: Option<Date> = text(layout, record, "takenDate").and_then(|date| date.parse().ok());
    match taken {
        Some(taken) if taken < profile.calendar().law_in_force.value => {
            Err(Denial::ConsentBeforeLaw)
        }
        Some(taken) if taken > now.date() => Err(Denial::ConsentNotYet),
        Some(_) => Ok(ConsentEvidence(())),
        None => Err(Denial::ConsentMissing),
    }
}

fn text<'r>(layout: &KindLayout, record: &'r Record, item: &str) -> Option<&'r str> {
    record.get(layout.field(item)?)
}
