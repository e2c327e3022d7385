//! Finding an item by its JSON member name.

use super::layout::{Field, FieldIndex};

/// What a member name at the top of a record stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    /// An item.
    Field(FieldIndex),
    /// An object of items.
    Group(u8),
}

/// Names in layout order and, for look-up, sorted.
#[derive(Debug, Clone)]
pub(super) struct Names<T> {
    entries: Box<[(Box<str>, T)]>,
    sorted: Box<[u8]>,
}

impl<T: Copy> Names<T> {
    fn new(entries: Vec<(Box<str>, T)>) -> Self {
        let mut sorted: Vec<u8> = (0..=u8::MAX).take(entries.len()).collect();
        sorted.sort_by_key(|at| &entries[usize::from(*at)].0);
        Self {
            entries: entries.into(),
            sorted: sorted.into(),
        }
    }

    /// Looks a name up; `expected` is the entry that comes next when the sender keeps the layout's order,
    /// and is moved on.
    pub(super) fn find(&self, name: &str, expected: &mut usize) -> Option<T> {
        let at = match self.entries.get(*expected) {
            Some((next, _)) if **next == *name => *expected,
            _ => {
                let found = self
                    .sorted
                    .binary_search_by(|at| (*self.entries[usize::from(*at)].0).cmp(name))
                    .ok()?;
                usize::from(self.sorted[found])
            }
        };
        *expected = at + 1;
        Some(self.entries[at].1)
    }

    /// The names in layout order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, T)> {
        self.entries.iter().map(|(name, what)| (&**name, *what))
    }
}

/// An object of items inside a record.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) name: Box<str>,
    pub(super) fields: Names<FieldIndex>,
}

/// An object whose items are still being gathered.
struct OpenGroup {
    name: Box<str>,
    items: Vec<(Box<str>, FieldIndex)>,
}

/// The member names of a layout.
#[derive(Debug, Clone)]
pub(super) struct Members {
    pub(super) top: Names<Member>,
    pub(super) groups: Box<[Group]>,
}

impl Members {
    /// Compiles the names. Items of one object are next to each other: the loader has made sure.
    pub(super) fn new(fields: &[Field]) -> Self {
        let mut top: Vec<(Box<str>, Member)> = Vec::new();
        let mut groups: Vec<OpenGroup> = Vec::new();
        for (index, field) in (0..=u8::MAX).map(FieldIndex).zip(fields) {
            match field.json_parts() {
                (None, name) => top.push((name.into(), Member::Field(index))),
                (Some(group), name) => {
                    if groups.last().is_none_or(|last| *last.name != *group) {
                        let at = u8::try_from(groups.len()).unwrap_or(u8::MAX);
                        top.push((group.into(), Member::Group(at)));
                        groups.push(OpenGroup {
                            name: group.into(),
                            items: Vec::new(),
                        });
                    }
                    if let Some(last) = groups.last_mut() {
                        last.items.push((name.into(), index));
                    }
                }
            }
        }
        let groups = groups
            .into_iter()
            .map(|group| Group {
                name: group.name,
                fields: Names::new(group.items),
            })
            .collect();
        Self {
            top: Names::new(top),
            groups,
        }
    }
}
