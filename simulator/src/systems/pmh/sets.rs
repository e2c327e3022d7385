//! What PMH remembers of the sets (組) of mode 2.

use std::collections::VecDeque;

use crate::kernel::Moment;
use crate::operator::SetProblem;
use crate::profile::{KindId, LinkSegment, SetNumber};

/// A set that was taken over.
#[derive(Debug, Clone)]
pub(super) struct FileSet {
    pub(super) segment: LinkSegment,
    pub(super) received_at: Moment,
    /// In the order of their sequence, without the control file (組の内訳).
    pub(super) files: Vec<SetFile>,
    /// The names of the result files, once every record has been judged.
    pub(super) results: Option<Vec<String>>,
}

/// A file of a set, and the task its records became.
#[derive(Debug, Clone)]
pub(super) struct SetFile {
    pub(super) name: String,
    pub(super) task: u64,
}

/// A set of what waited for an insurer.
#[derive(Debug, Clone)]
pub(super) struct InboundSet {
    pub(super) made_at: Moment,
    pub(super) files: Vec<String>,
}

/// A file that PMH made: what it holds is written out when somebody fetches it.
#[derive(Debug, Clone)]
pub(super) struct MadeFile {
    pub(super) kind: KindId,
    pub(super) content: MadeContent,
    pub(super) is_fetched: bool,
}

/// What a made file holds.
#[derive(Debug, Clone)]
pub(super) enum MadeContent {
    /// 組の内訳: names and numbers of records.
    Control(Vec<(String, usize)>),
    /// 受付結果 of a set.
    Receipts(SetNumber),
    /// 処理結果 of a set, from this row of all its reasons to before that one.
    Reasons {
        set: SetNumber,
        from: usize,
        to: usize,
    },
    /// Inbound records by number.
    Inbound(Vec<u64>),
}

/// A set that was refused: it left nothing behind but this note, for the pages to show.
#[derive(Debug, Clone)]
pub(super) struct RefusedSet {
    pub(super) received_at: Moment,
    /// What its names say, if they could be read.
    pub(super) said: Option<(SetNumber, LinkSegment)>,
    pub(super) files: Vec<String>,
    pub(super) problems: Vec<SetProblem>,
}

/// How many refused sets of an account are shown.
const REFUSED_KEPT: usize = 100;

/// The refused sets of an account, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct RefusedSets(pub(super) VecDeque<RefusedSet>);

impl RefusedSets {
    pub(super) fn note(&mut self, refused: RefusedSet) {
        if self.0.len() == REFUSED_KEPT {
            self.0.pop_front();
        }
        self.0.push_back(refused);
    }
}
