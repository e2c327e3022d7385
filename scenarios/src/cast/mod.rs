//! 登場人物と出来事: what the words of the scenarios mean in the books and in business operations.
//!
//! The words are those of `features/README.md` (語: 人, 異動, 段階, 項目). Nothing here talks to a
//! vendor or to the simulated world.

mod events;
mod people;
mod stages;
mod town;

pub use events::{Happening, events, into_ledger, item, newcomer};
pub use people::{Subject, subject};
pub use stages::{progress_shows, stage_events};
pub use town::scenario_town;

use crate::auditor::AuditError;
use crate::town::TownError;

/// A word without its person or meaning.
#[derive(Debug, thiserror::Error)]
pub enum CastError {
    /// The word is not on the list.
    #[error("「{word}」という{list}はありません")]
    UnknownWord {
        /// The list: 人, 異動 or 段階.
        list: &'static str,
        /// The word.
        word: String,
    },
    /// Nobody in the town fits.
    #[error("町に「{word}」にあたる人がいません（種を変えるか、町の作り方を直してください）")]
    Nobody {
        /// The word.
        word: &'static str,
    },
    /// The person lacks what the event needs.
    #[error("「{word}」を登録できる記録が、この人の台帳にありません")]
    NotPossible {
        /// The event.
        word: String,
    },
    /// A date that no calendar has.
    #[error("日付を計算できません: {0}")]
    Date(#[from] jiff::Error),
    /// The town could not be made.
    #[error(transparent)]
    Town(#[from] TownError),
    /// The books do not take the event.
    #[error(transparent)]
    Books(#[from] AuditError),
}
