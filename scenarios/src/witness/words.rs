//! The interface's own words as people read them.

use tekigo_simulator::profile::Profile;

/// The Japanese name of an item (`basicFiveInfo.name`: 氏名), as the profile has it. A word that the
/// profile does not know stays as it is.
pub(crate) fn item_name(profile: &Profile, kind: &str, item: &str) -> String {
    let layout = profile.kind(kind).map(|kind| profile.layout(kind));
    let field = layout.and_then(|layout| Some(layout.field_at(layout.field(item)?)));
    field.map_or_else(|| item.to_owned(), |field| field.csv().to_owned())
}

/// The Japanese name of a kind (`insuranceCard`: 被保険者証), as the profile has it.
pub(crate) fn kind_name(profile: &Profile, kind: &str) -> String {
    let known = profile.kind(kind).map(|kind| profile.layout(kind));
    known.map_or_else(|| kind.to_owned(), |layout| layout.ja().to_owned())
}
