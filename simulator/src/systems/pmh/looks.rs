//! What other doors may know of PMH's accounts, and the notice that materials were read.

use crate::domain::InsurerNumber;
use crate::profile::{KindId, Profile, Who};
use crate::systems::viewing::{Admission, Viewer};
use crate::systems::{Message, Outgoing, SystemId};
use crate::viewer::Denial;

use super::LogInStage;
use super::state::Pmh;

impl Pmh {
    /// Admits a municipality's staff, who have made their first log-in and changed the password.
    ///
    /// # Errors
    /// They have not, or there is no such account.
    pub fn admit<'p>(
        &self,
        profile: &'p Profile,
        insurer: &str,
        environment: &str,
    ) -> Result<Admission<'p>, Denial> {
        let wrong = Denial::AccountNotReady;
        let insurer: InsurerNumber = insurer.parse().map_err(|_| wrong)?;
        let key = (insurer, environment.to_owned());
        let account = self.accounts.get(&key).ok_or(wrong)?;
        if account.log_in != LogInStage::Ready {
            return Err(wrong);
        }
        let role = profile.access().role(Who::Municipality);
        Ok(Admission::new(Viewer::Municipality(insurer), role))
    }
}

/// Tells an insurer's registered addresses that materials of a meeting were read
/// (briefing: 事前準備（審査会資料参照状況の通知先）, stated).
#[must_use]
pub fn reading_notices(
    pmh: &Pmh,
    profile: &Profile,
    insurer: InsurerNumber,
    kind: KindId,
    record: &str,
) -> Vec<Outgoing> {
    if profile.layout(kind).id() != "boardReadingStatus" {
        return Vec::new();
    }
    let record: serde_json::Value = serde_json::from_str(record).unwrap_or_default();
    let text = |item: &str| record[item].as_str().unwrap_or_default().to_owned();
    let mut addresses: Vec<&String> = pmh
        .accounts
        .iter()
        .filter(|((holder, _), _)| *holder == insurer)
        .filter_map(|(_, account)| account.board_reading.as_ref())
        .collect();
    addresses.sort();
    addresses.dedup();
    let (meeting, member, on) = (
        text("meetingNumber"),
        text("memberNumber"),
        text("readDate"),
    );
    addresses
        .into_iter()
        .map(|to| Outgoing {
            to: SystemId::Mail,
            message: Message::Notify {
                to: to.clone(),
                subject: format!("【PMH】審査会資料参照状況のお知らせ（審査会 {meeting}）"),
                text: format!(
                    "審査会 {meeting} の資料を、委員 {member} が {on} に参照しました。\nだれの資料かは、受信情報の審査会資料参照状況で確かめてください。"
                ),
            },
        })
        .collect()
}
