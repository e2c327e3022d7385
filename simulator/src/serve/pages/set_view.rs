//! The sets (組) of mode 2 as rows of tables, copied out of the world.

use crate::operator::SetProblem;
use crate::profile::Profile;
use crate::serve::web::japanese_moment;
use crate::systems::pmh::{FileSetState, FileSetView, MadeFileView, SentFileView};

/// Refused records that a page lists; the result files hold all.
pub(super) const REFUSALS_LISTED_MAX: usize = 500;

/// A set in the list of what was sent.
pub(super) struct SetRow {
    /// Its number; empty if its names could not be read.
    pub(super) number: String,
    pub(super) received_at: String,
    pub(super) state: &'static str,
    pub(super) is_refused: bool,
    /// Whether it has a page of its own.
    pub(super) has_page: bool,
    pub(super) counts: Counts,
    pub(super) problems: Vec<ProblemRow>,
}

/// How many records, as far as they have been judged.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) received: usize,
    pub(super) accepted: Option<usize>,
    pub(super) refused: Option<usize>,
}

/// Why a set was refused.
pub(super) struct ProblemRow {
    pub(super) file: String,
    pub(super) line: String,
    pub(super) item: String,
    pub(super) text: String,
}

/// A file of a set.
pub(super) struct FileRow {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) task: String,
    pub(super) counts: Counts,
}

/// One thing wrong with a record.
pub(super) struct RefusalRow {
    pub(super) file: String,
    pub(super) row: usize,
    pub(super) insured_number: String,
    pub(super) item: String,
    pub(super) reason: String,
}

/// A file that PMH made.
pub(super) struct MadeRow {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) is_fetched: bool,
}

impl Counts {
    fn of(file: &SentFileView<'_>) -> Self {
        Self {
            received: file.received(),
            accepted: file.accepted(),
            refused: file.refused(),
        }
    }

    /// The sum; nothing is known of a sum as long as a part is not known.
    fn sum(files: &[SentFileView<'_>]) -> Self {
        Self {
            received: files.iter().map(SentFileView::received).sum(),
            accepted: files.iter().map(SentFileView::accepted).sum(),
            refused: files.iter().map(SentFileView::refused).sum(),
        }
    }

    pub(super) fn accepted_text(&self) -> String {
        count_text(self.accepted)
    }

    pub(super) fn refused_text(&self) -> String {
        count_text(self.refused)
    }

    pub(super) fn has_refused(&self) -> bool {
        self.refused.is_some_and(|refused| refused > 0)
    }
}

fn count_text(count: Option<usize>) -> String {
    count.map_or_else(|| "処理中".to_owned(), |count| count.to_string())
}

/// A set as a row of the list.
pub(super) fn set_row(view: &FileSetView<'_>) -> SetRow {
    let (state, counts, problems) = match &view.state {
        FileSetState::Refused { problems, .. } => (
            "受け付けられませんでした",
            Counts::default(),
            problem_rows(problems),
        ),
        FileSetState::Processing { files } => ("処理中", Counts::sum(files), Vec::new()),
        FileSetState::Completed { files, .. } => {
            ("処理が終わりました", Counts::sum(files), Vec::new())
        }
    };
    let is_refused = matches!(view.state, FileSetState::Refused { .. });
    SetRow {
        number: view
            .number
            .map(|number| number.to_string())
            .unwrap_or_default(),
        received_at: view.received_at.for_people(),
        state,
        is_refused,
        has_page: !is_refused,
        counts,
        problems,
    }
}

/// Reasons as rows.
pub(super) fn problem_rows(problems: &[SetProblem]) -> Vec<ProblemRow> {
    problems
        .iter()
        .map(|problem| ProblemRow {
            file: problem.file.clone().unwrap_or_default(),
            line: problem
                .line
                .map(|line| line.to_string())
                .unwrap_or_default(),
            item: problem.item.clone().unwrap_or_default(),
            text: format!("{}（{}）", problem.message, problem.code),
        })
        .collect()
}

/// The files of a set as rows.
pub(super) fn file_rows(profile: &Profile, files: &[SentFileView<'_>]) -> Vec<FileRow> {
    files
        .iter()
        .map(|file| FileRow {
            name: file.name.to_owned(),
            kind: profile.layout(file.kind()).ja().to_owned(),
            task: file.task(),
            counts: Counts::of(file),
        })
        .collect()
}

/// What was wrong with the records of a set, and how much more there is than is listed.
pub(super) fn refusal_rows(
    profile: &Profile,
    files: &[SentFileView<'_>],
) -> (Vec<RefusalRow>, usize) {
    // People look for the row in a spreadsheet, where the header is row 1.
    let first_row = 1 + usize::from(profile.file().header_row.value);
    let mut rows = Vec::new();
    let mut left = 0;
    for file in files {
        let layout = profile.layout(file.kind());
        for refusal in file.refusals() {
            if rows.len() >= REFUSALS_LISTED_MAX {
                left += refusal.errors.len();
                continue;
            }
            rows.extend(refusal.errors.iter().map(|error| RefusalRow {
                file: file.name.to_owned(),
                row: refusal.position + first_row,
                insured_number: refusal.insured_number.unwrap_or_default().to_owned(),
                item: match layout.field(&error.item) {
                    Some(field) => layout.field_at(field).csv().to_owned(),
                    None => error.item.clone(),
                },
                reason: format!("{}（{}）", error.message, error.code),
            }));
        }
    }
    (rows, left)
}

/// Files that PMH made, as rows.
pub(super) fn made_rows(profile: &Profile, made: &[MadeFileView<'_>]) -> Vec<MadeRow> {
    made.iter()
        .map(|file| MadeRow {
            name: file.name.to_owned(),
            kind: profile.layout(file.kind).ja().to_owned(),
            is_fetched: file.is_fetched,
        })
        .collect()
}

/// When a set came, with both eras.
pub(super) fn received_at(view: &FileSetView<'_>) -> String {
    japanese_moment(view.received_at)
}
