//! 終了コード: a function of the verdict table and of nothing else.

use super::problem::Problem;
use super::table::{Block, Scope, VerdictTable};
use super::word::Verdict;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ExitCode {
    /// Nothing is against the build, and something speaks for it.
    Success = 0,
    /// At least one 不合格, known gaps included.
    Failed = 1,
    /// The command line cannot be understood; clap ends the program with it.
    Usage = 2,
    /// 設定不備, or a declaration that does not agree with what was seen.
    Settings = 3,
    /// 判定不能, 未実施 or 波及 is left, or nothing passed at all.
    Undecided = 4,
    /// With `--strict`: 推奨未達 or 要確認 is left.
    Open = 5,
}

/// Every code with its meaning, for the report.
pub const EXIT_CODES: [(ExitCode, &str); 6] = [
    (
        ExitCode::Success,
        "合格が一つ以上あり、不合格・設定不備・判定不能・未実施・波及がない（--strict では推奨未達・要確認もない）",
    ),
    (ExitCode::Failed, "不合格がある（既知の未対応を含む）"),
    (ExitCode::Usage, "コマンドの書き方に誤りがある"),
    (
        ExitCode::Settings,
        "設定不備がある、または宣言と実際が食い違う（古い既知の未対応を含む）",
    ),
    (
        ExitCode::Undecided,
        "判定不能・未実施・波及がある、または合格が一つもない",
    ),
    (
        ExitCode::Open,
        "--strict のとき、推奨未達または要確認が残っている",
    ),
];

impl ExitCode {
    /// When the program ends so, for the help text and developers.
    #[must_use]
    pub const fn in_english(self) -> &'static str {
        match self {
            Self::Success => "something passed, and nothing is against it",
            Self::Failed => "a rule is violated",
            Self::Usage => "wrong command line",
            Self::Settings => "settings or declaration to be put right",
            Self::Undecided => "not decided",
            Self::Open => "with --strict: something is left open",
        }
    }

    /// The number that the process ends with.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}

/// How a run with this table ends. The gravest reason wins: 1, then 3, then 4, then 5.
#[must_use]
pub fn exit_code(table: &VerdictTable, strict: bool) -> ExitCode {
    let due = |block: Option<Block>, wanted: &[Verdict]| {
        table
            .rows
            .iter()
            .filter(|row| block.is_none_or(|block| row.block == block))
            .flat_map(|row| row.cells.values())
            .any(|cell| cell.scope() == Scope::Tried && wanted.contains(&cell.verdict()))
    };
    let problem = |exit| {
        table
            .problems
            .iter()
            .map(Problem::exit)
            .any(|of| of == exit)
    };
    let unknown = [Verdict::Undecided, Verdict::NotRun, Verdict::Inherited];
    let open = [Verdict::Advisory, Verdict::NeedsReview];
    if due(None, &[Verdict::Failed]) {
        ExitCode::Failed
    } else if due(None, &[Verdict::Misconfigured]) || problem(ExitCode::Settings) {
        ExitCode::Settings
    } else if due(None, &unknown)
        || problem(ExitCode::Undecided)
        || !due(Some(Block::Vendor), &[Verdict::Passed])
    {
        ExitCode::Undecided
    } else if strict && due(Some(Block::Vendor), &open) {
        ExitCode::Open
    } else {
        ExitCode::Success
    }
}
