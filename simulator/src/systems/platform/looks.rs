use crate::domain::{InsuredKey, InsurerNumber};
use crate::profile::{KindLayout, Profile, Record};
use crate::systems::intermediate::Identifier;
use crate::viewer::Denial;

use super::{Holdings, Platform};

/// A material of a meeting (審査会資料) for one member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MeetingMaterial {
    /// 開催年月日.
    pub on: String,
    /// 審査会の番号.
    pub meeting: String,
    /// Whose case.
    pub key: InsuredKey,
    /// 申請番号.
    pub application: String,
    /// Whether the member has read it.
    pub is_read: bool,
}

impl Platform {
    /// A person who is there and not deleted.
    ///
    /// # Errors
    /// Nobody has been registered with these numbers, or the registration was deleted.
    pub fn present(&self, profile: &Profile, key: InsuredKey) -> Result<&Holdings, Denial> {
        let holdings = self.holdings(key).ok_or(Denial::PersonUnknown)?;
        let (layout, record) = person_of(profile, holdings).ok_or(Denial::PersonUnknown)?;
        if layout.is_deletion(record) {
            return Err(Denial::PersonDeleted);
        }
        Ok(holdings)
    }

    /// Whether a person is marked not to be disclosed (不開示) [domain 2.3].
    #[must_use]
    pub fn is_hidden(&self, profile: &Profile, key: InsuredKey) -> bool {
        self.person_item(profile, key, "isNotDisclosed") == Some("1")
    }

    /// An item of a person's own record.
    #[must_use]
    pub fn person_item(&self, profile: &Profile, key: InsuredKey, item: &str) -> Option<&str> {
        let (layout, record) = person_of(profile, self.holdings(key)?)?;
        record.get(layout.field(item)?)
    }

    /// The insured people of an identifier: one human, at one insurer after another.
    pub fn keys_of(&self, identifier: Identifier) -> impl Iterator<Item = InsuredKey> {
        self.people
            .iter()
            .filter(move |(_, holdings)| holdings.identifier() == identifier)
            .map(|(key, _)| *key)
    }

    /// The materials of an insurer's people that name a member.
    pub fn materials_naming<'w>(
        &'w self,
        profile: &'w Profile,
        insurer: InsurerNumber,
        member: &'w str,
    ) -> impl Iterator<Item = MeetingMaterial> {
        self.people
            .iter()
            .filter(move |(key, _)| key.insurer == insurer)
            .flat_map(move |(key, holdings)| {
                rows_of(profile, holdings, "boardMaterial")
                    .filter(move |(layout, record)| names(layout, record, member))
                    .map(move |(layout, record)| {
                        let text = |name| item(layout, record, name).unwrap_or_default().to_owned();
                        let meeting = text("meetingNumber");
                        let reading = (*key, meeting.clone(), member.to_owned());
                        MeetingMaterial {
                            on: text("meetingDate"),
                            meeting,
                            key: *key,
                            application: text("applicationNumber"),
                            is_read: self.reception.readings.contains(&reading),
                        }
                    })
            })
    }
}

fn person_of<'p, 'h>(
    profile: &'p Profile,
    holdings: &'h Holdings,
) -> Option<(&'p KindLayout, &'h Record)> {
    let kind = profile.kind("person")?;
    let record = holdings.of_kind(kind).next()?;
    Some((profile.layout(kind), record))
}

/// The rows of a kind that are not deleted.
pub(super) fn rows_of<'w>(
    profile: &'w Profile,
    holdings: &'w Holdings,
    kind: &str,
) -> impl Iterator<Item = (&'w KindLayout, &'w Record)> {
    let layout = profile.kind(kind).map(|kind| profile.layout(kind));
    layout.into_iter().flat_map(move |layout| {
        holdings
            .of_kind(layout.kind())
            .filter(move |record| !layout.is_deletion(record))
            .map(move |record| (layout, record))
    })
}

/// An item of a record by name.
pub(super) fn item<'r>(layout: &KindLayout, record: &'r Record, name: &str) -> Option<&'r str> {
    record.get(layout.field(name)?)
}

/// Whether a material (審査会資料) that is held of a person names a member.
#[must_use]
pub fn is_named_in(profile: &Profile, holdings: &Holdings, member: &str) -> bool {
    rows_of(profile, holdings, "boardMaterial")
        .any(|(layout, record)| names(layout, record, member))
}

/// Whether one material names a member.
pub(super) fn names(layout: &KindLayout, record: &Record, member: &str) -> bool {
    let members = item(layout, record, "memberNumbers").unwrap_or_default();
    members.split(';').any(|named| named.trim() == member)
}
