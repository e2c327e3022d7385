//! 法則: what must hold of whole runs, whatever their scenarios are about.
//!
//! [`observe`] looks at the journals of a run when it is over and adds what it saw to the folded
//! records. It reads journals and nothing else, so that the same files give the same observations
//! again. A law that could look at nothing adds nothing.

mod difference;
mod ending;
mod modes;

use crate::requirement::{LawDeclaration, Mode};

pub use modes::observe;

/// 方式によらない結果: the same business leaves the same behind in both modes (CONN-10).
pub const SAME_IN_BOTH_MODES: LawDeclaration = LawDeclaration {
    id: "same-in-both-modes",
    requirement: "CONN-10",
    modes: &Mode::ALL,
};

/// The laws there are, for the accounting and the plan.
#[must_use]
pub fn declarations() -> Vec<LawDeclaration> {
    vec![SAME_IN_BOTH_MODES]
}
