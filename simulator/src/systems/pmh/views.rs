//! What PMH's pages show of the sets (組) of mode 2.

use std::collections::BTreeMap;

use crate::kernel::Moment;
use crate::operator::SetProblem;
use crate::profile::{KindId, LinkSegment, SetNumber};

use super::account::Account;
use super::sets::{FileSet, RefusedSet, SetFile};
use super::state::{AccountKey, Pmh, Task, TaskState, task_name};

/// A set that was sent, as the pages show it.
#[derive(Debug, Clone)]
pub struct FileSetView<'w> {
    /// When it came.
    pub received_at: Moment,
    /// Its number, if its names could be read.
    pub number: Option<SetNumber>,
    /// Its 連携区分, if its names could be read.
    pub segment: Option<LinkSegment>,
    /// How far it has got.
    pub state: FileSetState<'w>,
}

/// How far a set has got.
#[derive(Debug, Clone)]
pub enum FileSetState<'w> {
    /// Refused as a whole; nothing of it was taken over.
    Refused {
        /// Names of its files, as they came.
        files: &'w [String],
        /// Why, at most [`SetProblem::LISTED_MAX`].
        problems: &'w [SetProblem],
    },
    /// Taken over, and not every record judged.
    Processing {
        /// Its files.
        files: Vec<SentFileView<'w>>,
    },
    /// Every record judged.
    Completed {
        /// Its files.
        files: Vec<SentFileView<'w>>,
        /// The result files, in the order of their sequence.
        results: Vec<MadeFileView<'w>>,
    },
}

/// A file of a set that was taken over.
#[derive(Debug, Clone, Copy)]
pub struct SentFileView<'w> {
    /// Its name.
    pub name: &'w str,
    task: u64,
    content: &'w Task,
}

/// A record that was refused.
#[derive(Debug, Clone, Copy)]
pub struct RefusedRecordView<'w> {
    /// Its row in the file, from 0.
    pub position: usize,
    /// 被保険者番号 as it was sent.
    pub insured_number: Option<&'w str>,
    /// 履歴番号 or 申請番号 as it was sent.
    pub history_key: Option<&'w str>,
    /// Everything that was wrong.
    pub errors: &'w [crate::profile::ItemError],
}

/// A file that PMH made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadeFileView<'w> {
    /// Its name.
    pub name: &'w str,
    /// Its kind.
    pub kind: KindId,
    /// Whether it was ever fetched.
    pub is_fetched: bool,
}

/// A set of what waited for an insurer.
#[derive(Debug, Clone)]
pub struct InboundSetView<'w> {
    /// PMH's number.
    pub number: SetNumber,
    /// When it was made.
    pub made_at: Moment,
    /// Its files, in the order of their sequence.
    pub files: Vec<MadeFileView<'w>>,
}

impl<'w> SentFileView<'w> {
    /// The kind of its records.
    #[must_use]
    pub fn kind(&self) -> KindId {
        self.content.kind
    }

    /// The registration task (受付番号) that its records became.
    #[must_use]
    pub fn task(&self) -> String {
        task_name(self.task)
    }

    /// How many records it holds.
    #[must_use]
    pub fn received(&self) -> usize {
        self.content.received
    }

    /// How many were accepted, once every one has been judged.
    #[must_use]
    pub fn accepted(&self) -> Option<usize> {
        let refused = self.refused()?;
        Some(self.content.received - refused)
    }

    /// How many were refused, once every one has been judged.
    #[must_use]
    pub fn refused(&self) -> Option<usize> {
        (self.content.state == TaskState::Completed).then_some(self.content.refused.len())
    }

    /// The refused records so far, in the order of the file.
    pub fn refusals(&self) -> impl Iterator<Item = RefusedRecordView<'w>> + use<'w> {
        self.content
            .refused
            .iter()
            .map(|(position, refusal)| RefusedRecordView {
                position: *position,
                insured_number: refusal.insured_number.as_deref(),
                history_key: refusal.history_key.as_deref(),
                errors: &refusal.errors,
            })
    }
}

impl Pmh {
    /// An account.
    #[must_use]
    pub fn account(&self, account: &AccountKey) -> Option<&Account> {
        self.accounts.get(account)
    }

    /// The sets an account has sent, newest first; of refused ones the last hundred.
    #[must_use]
    pub fn file_sets(&self, account: &AccountKey) -> Vec<FileSetView<'_>> {
        let refused = self
            .refused_sets
            .get(account)
            .into_iter()
            .flat_map(|sets| sets.0.iter().map(refused_view));
        let accepted = self.accounts.get(account).into_iter().flat_map(|holder| {
            let sets = holder.sets.iter();
            sets.map(|(number, set)| self.accepted_view(holder, *number, set))
        });
        let mut views: Vec<FileSetView<'_>> = accepted.chain(refused).collect();
        views.sort_by(|one, other| {
            let order = |view: &FileSetView<'_>| (view.received_at, view.number);
            order(other).cmp(&order(one))
        });
        views
    }

    /// A set that was taken over, by its number.
    #[must_use]
    pub fn file_set(&self, account: &AccountKey, number: SetNumber) -> Option<FileSetView<'_>> {
        let holder = self.accounts.get(account)?;
        let set = holder.sets.get(&number)?;
        Some(self.accepted_view(holder, number, set))
    }

    fn accepted_view<'w>(
        &'w self,
        holder: &'w Account,
        number: SetNumber,
        set: &'w FileSet,
    ) -> FileSetView<'w> {
        let sent = |file: &'w SetFile| {
            Some(SentFileView {
                name: &file.name,
                task: file.task,
                content: self.tasks.get(&file.task)?,
            })
        };
        let files = set.files.iter().filter_map(sent).collect();
        FileSetView {
            received_at: set.received_at,
            number: Some(number),
            segment: Some(set.segment),
            state: match &set.results {
                None => FileSetState::Processing { files },
                Some(results) => FileSetState::Completed {
                    files,
                    results: made_views(holder, results),
                },
            },
        }
    }

    /// How much waits for an account, by kind.
    #[must_use]
    pub fn inbound_waiting(&self, account: &AccountKey) -> BTreeMap<KindId, usize> {
        let mut waiting = BTreeMap::new();
        for item in self.inbound.values() {
            if item.insurer == account.0 && !item.is_acknowledged {
                *waiting.entry(item.kind).or_default() += 1;
            }
        }
        waiting
    }

    /// The sets made of what waited for an account, newest first.
    #[must_use]
    pub fn inbound_sets(&self, account: &AccountKey) -> Vec<InboundSetView<'_>> {
        let Some(holder) = self.accounts.get(account) else {
            return Vec::new();
        };
        let views = holder.inbound_sets.iter().rev();
        views
            .map(|(number, set)| InboundSetView {
                number: *number,
                made_at: set.made_at,
                files: made_views(holder, &set.files),
            })
            .collect()
    }
}

fn refused_view(set: &RefusedSet) -> FileSetView<'_> {
    FileSetView {
        received_at: set.received_at,
        number: set.said.map(|(number, _)| number),
        segment: set.said.map(|(_, segment)| segment),
        state: FileSetState::Refused {
            files: &set.files,
            problems: &set.problems,
        },
    }
}

fn made_views<'w>(holder: &'w Account, names: &'w [String]) -> Vec<MadeFileView<'w>> {
    let view = |name: &'w String| {
        let made = holder.made.get(name)?;
        Some(MadeFileView {
            name,
            kind: made.kind,
            is_fetched: made.is_fetched,
        })
    };
    names.iter().filter_map(view).collect()
}
