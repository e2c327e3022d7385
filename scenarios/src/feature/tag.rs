//! The closed set of tags.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::scan::Found;
use super::written::{Place, WrittenTag};
use crate::requirement::{Catalogue, Level, Mode, RequirementId};

/// A tag of the closed set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tag {
    /// 要件番号.
    Requirement(RequirementId),
    /// @必須 or @推奨; a rule that is allowed (任意) carries @推奨.
    Level(Level),
    /// @正常系 or @異常系.
    Case(Case),
    /// @方式① or @方式②: holds in this mode only.
    Mode(Mode),
}

/// Whether the scenario shows the rule kept or something refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// 正常系.
    Normal,
    /// 異常系.
    Abnormal,
}

impl Tag {
    /// The tag with this name (without `@`), if the set has it.
    #[must_use]
    pub fn named(name: &str, catalogue: &Catalogue) -> Option<Self> {
        match name {
            "必須" => Some(Self::Level(Level::Must)),
            "推奨" => Some(Self::Level(Level::Should)),
            "正常系" => Some(Self::Case(Case::Normal)),
            "異常系" => Some(Self::Case(Case::Abnormal)),
            "方式①" => Some(Self::Mode(Mode::Api)),
            "方式②" => Some(Self::Mode(Mode::File)),
            other => {
                let id: RequirementId = other.parse().ok()?;
                catalogue
                    .get(&id)
                    .map(|known| Self::Requirement(known.id.clone()))
            }
        }
    }
}

/// What the tags of a scenario (with those of its feature) say.
pub(super) struct Meaning {
    pub(super) requirement: RequirementId,
    pub(super) case: Case,
    pub(super) modes: BTreeSet<Mode>,
}

/// Splits a line of tags.
pub(super) fn split_tags(text: &str, place: Place) -> (Vec<WrittenTag>, Vec<Found>) {
    let mut tags = Vec::new();
    let mut faults = Vec::new();
    let mut column = place.column;
    for part in text.split(' ') {
        let place = Place {
            line: place.line,
            column,
        };
        column += part.chars().count() + 1;
        if part.is_empty() || part.contains('\u{3000}') {
            faults.push((place, Fault::TagSeparator));
        } else if part.starts_with('#') {
            faults.push((place, Fault::TrailingComment));
            break;
        } else if let Some(name) = part.strip_prefix('@') {
            if name.contains('@') {
                faults.push((place, Fault::TagSeparator));
            } else {
                tags.push(WrittenTag {
                    place,
                    name: name.to_owned(),
                });
            }
        } else {
            faults.push((
                place,
                Fault::TagWithoutAt {
                    found: part.to_owned(),
                },
            ));
        }
    }
    (tags, faults)
}

/// Reads the tags of one scenario; `place` is its heading.
pub(super) fn interpret(
    written: &[&WrittenTag],
    place: Place,
    catalogue: &Catalogue,
) -> Result<Meaning, Vec<Found>> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let mut tags = BTreeSet::new();
    for tag in written {
        match Tag::named(&tag.name, catalogue) {
            Some(known) => {
                tags.insert(known);
            }
            None => faults.push((
                tag.place,
                Fault::UnknownTag {
                    found: tag.name.clone(),
                },
            )),
        }
        if !seen.insert(&tag.name) {
            faults.push((
                tag.place,
                Fault::RepeatedTag {
                    found: tag.name.clone(),
                },
            ));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let requirement = one_requirement(&tags).map_err(|fault| vec![(place, fault)])?;
    let at_place = |fault| (place, fault);
    faults.extend(level_fault(&tags, &requirement, catalogue).map(at_place));
    let modes = modes(&tags, &requirement, catalogue);
    let case = one_case(&tags);
    match (modes, case) {
        (Ok(modes), Ok(case)) if faults.is_empty() => Ok(Meaning {
            requirement,
            case,
            modes,
        }),
        (modes, case) => {
            faults.extend(modes.err().map(at_place));
            faults.extend(case.err().map(at_place));
            Err(faults)
        }
    }
}

fn one_requirement(tags: &BTreeSet<Tag>) -> Result<RequirementId, Fault> {
    let mut ids = tags.iter().filter_map(|tag| match tag {
        Tag::Requirement(id) => Some(id),
        Tag::Level(_) | Tag::Case(_) | Tag::Mode(_) => None,
    });
    let first = ids.next().ok_or(Fault::WithoutRequirement)?;
    match ids.count() {
        0 => Ok(first.clone()),
        more => Err(Fault::ManyRequirements { count: more + 1 }),
    }
}

fn level_fault(tags: &BTreeSet<Tag>, id: &RequirementId, catalogue: &Catalogue) -> Option<Fault> {
    let expected = match catalogue.get(id)?.level {
        Level::Must => Level::Must,
        Level::Should | Level::May => Level::Should,
    };
    let other = if expected == Level::Must {
        Level::Should
    } else {
        Level::Must
    };
    let (requirement, write) = (id.clone(), expected.ja().to_owned());
    if tags.contains(&Tag::Level(other)) {
        Some(Fault::WrongLevel { requirement, write })
    } else if tags.contains(&Tag::Level(expected)) {
        None
    } else {
        Some(Fault::WithoutLevel { requirement, write })
    }
}

fn one_case(tags: &BTreeSet<Tag>) -> Result<Case, Fault> {
    let normal = tags.contains(&Tag::Case(Case::Normal));
    let abnormal = tags.contains(&Tag::Case(Case::Abnormal));
    match (normal, abnormal) {
        (true, false) => Ok(Case::Normal),
        (false, true) => Ok(Case::Abnormal),
        (true, true) | (false, false) => Err(Fault::CaseTag),
    }
}

fn modes(
    tags: &BTreeSet<Tag>,
    id: &RequirementId,
    catalogue: &Catalogue,
) -> Result<BTreeSet<Mode>, Fault> {
    let named: BTreeSet<Mode> = Mode::ALL
        .into_iter()
        .filter(|mode| tags.contains(&Tag::Mode(*mode)))
        .collect();
    let modes = match named.len() {
        0 => BTreeSet::from(Mode::ALL),
        1 => named,
        _ => return Err(Fault::BothModes),
    };
    let allowed = catalogue.get(id).map(|requirement| &requirement.modes);
    let outside = modes
        .iter()
        .find(|mode| allowed.is_some_and(|allowed| !allowed.contains(mode)));
    match outside {
        Some(mode) => Err(Fault::ModeOutsideRequirement {
            requirement: id.clone(),
            mode: *mode,
        }),
        None => Ok(modes),
    }
}
