//! One line of a feature file, told apart by its first characters.

/// 手順の語.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepKeyword {
    Given,
    When,
    Then,
    And,
    But,
}

/// 見出しの語.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKeyword {
    Feature,
    Background,
    Scenario,
    Outline,
    Examples,
}

/// What a line is. Text slices are without the indent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'a> {
    Blank,
    Comment,
    Tags(&'a str),
    Row(&'a str),
    Fence(&'a str),
    /// A heading and what follows its colon.
    Block(BlockKeyword, &'a str),
    FullWidthColon(BlockKeyword),
    MissingColon(BlockKeyword),
    /// A step word and what follows it.
    Step(StepKeyword, &'a str),
    Rule(&'a str),
    /// A word of English or an unused synonym, and the word to write instead.
    Foreign(&'a str, &'static str),
    Text(&'a str),
}

const BLOCKS: [(&str, BlockKeyword); 5] = [
    ("機能", BlockKeyword::Feature),
    ("背景", BlockKeyword::Background),
    ("シナリオアウトライン", BlockKeyword::Outline),
    ("シナリオ", BlockKeyword::Scenario),
    ("例", BlockKeyword::Examples),
];

const STEPS: [(&str, StepKeyword); 5] = [
    ("前提", StepKeyword::Given),
    ("もし", StepKeyword::When),
    ("ならば", StepKeyword::Then),
    ("かつ", StepKeyword::And),
    ("しかし", StepKeyword::But),
];

/// Words the parser takes for keywords in any position: longer ones first.
const FOREIGN_BLOCKS: [(&str, &str); 11] = [
    ("フィーチャ", "機能:"),
    ("シナリオテンプレート", "シナリオアウトライン:"),
    ("シナリオテンプレ", "シナリオアウトライン:"),
    ("テンプレ", "シナリオアウトライン:"),
    ("サンプル", "例:"),
    ("Feature", "機能:"),
    ("Background", "背景:"),
    ("Scenario Outline", "シナリオアウトライン:"),
    ("Scenario Template", "シナリオアウトライン:"),
    ("Scenario", "シナリオ:"),
    ("Example", "例:"),
];

const FOREIGN_STEPS: [(&str, &str); 8] = [
    ("Given ", "前提 "),
    ("When ", "もし "),
    ("Then ", "ならば "),
    ("And ", "かつ "),
    ("But ", "しかし "),
    ("* ", "かつ "),
    ("但し", "しかし "),
    ("ただし", "しかし "),
];

const RULES: [&str; 2] = ["ルール", "Rule"];

impl StepKeyword {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Given => "前提",
            Self::When => "もし",
            Self::Then => "ならば",
            Self::And => "かつ",
            Self::But => "しかし",
        }
    }
}

impl BlockKeyword {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Feature => "機能",
            Self::Background => "背景",
            Self::Scenario => "シナリオ",
            Self::Outline => "シナリオアウトライン",
            Self::Examples => "例",
        }
    }
}

/// Tells what the line is; the indent has been taken off.
pub(super) fn classify(line: &str) -> Line<'_> {
    match line.chars().next() {
        None => return Line::Blank,
        Some('#') => return Line::Comment,
        Some('@') => return Line::Tags(line),
        Some('|') => return Line::Row(line),
        Some(_) => {}
    }
    if line.starts_with("\"\"\"") || line.starts_with("```") {
        return Line::Fence(line);
    }
    if RULES.iter().any(|word| line.starts_with(word)) {
        let end = line.find([':', '：']).unwrap_or(line.len());
        return Line::Rule(&line[..end]);
    }
    for (word, write) in FOREIGN_BLOCKS.into_iter().chain(FOREIGN_STEPS) {
        if line.starts_with(word) {
            return Line::Foreign(word.trim_end(), write);
        }
    }
    for (word, keyword) in BLOCKS {
        if let Some(rest) = line.strip_prefix(word) {
            return match rest.chars().next() {
                Some(':') => Line::Block(keyword, &rest[1..]),
                Some('：') => Line::FullWidthColon(keyword),
                Some(_) | None => Line::MissingColon(keyword),
            };
        }
    }
    for (word, keyword) in STEPS {
        if let Some(rest) = line.strip_prefix(word) {
            return Line::Step(keyword, rest);
        }
    }
    Line::Text(line)
}
