//! Why a word has no meaning in these books.

use crate::auditor::AuditError;
use crate::town::TownError;

/// A word that cannot be turned into people or operations. Always a fault of the suite or of the harness,
/// never of a vendor.
#[derive(Debug, thiserror::Error)]
pub enum CastError {
    /// The word is not on its list.
    #[error("「{word}」は、features/README.mdの「語: {list}」にありません")]
    UnknownWord {
        /// 一覧: 人, 異動 or 段階.
        list: &'static str,
        /// The word.
        word: String,
    },
    /// Nobody in the books fits the word.
    #[error("町に「{word}」に当てはまる人がいません")]
    NobodyFits {
        /// 人の語.
        word: &'static str,
    },
    /// Fewer people than the words and the five tables need.
    #[error(
        "町の人数は{least}人以上です（語に当てはまる人と、五つの表に記録のある人）。受け取った値は{size}です"
    )]
    TownTooSmall {
        /// The size asked for.
        size: u32,
        /// A person for each of 語: 人 who is in the books, and one for each table.
        least: u32,
    },
    /// The generator refused its settings.
    #[error(transparent)]
    Town(#[from] TownError),
    /// The occasion does not fit the person as the books stand.
    #[error("被保険者番号「{insured_number}」の人の「{word}」は登録できません。{reason}")]
    NotPossible {
        /// 異動 or 段階の語.
        word: &'static str,
        /// 被保険者番号; empty for somebody who has none yet.
        insured_number: String,
        /// What stands in the way, in Japanese.
        reason: &'static str,
    },
    /// The events do not fit the ledger.
    #[error(transparent)]
    Books(#[from] AuditError),
}
