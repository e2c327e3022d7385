//! Our own reading of a feature file, before the parser sees it.

use super::line::StepKeyword;

/// A file as it is written.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub(super) feature: Option<Heading>,
    pub(super) background: Option<Block>,
    pub(super) scenarios: Vec<Block>,
}

/// 機能 with its tags.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) title: String,
    pub(super) tags: Vec<WrittenTag>,
}

/// 背景, シナリオ or シナリオアウトライン.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) place: Place,
    pub(super) title: String,
    pub(super) outline: bool,
    pub(super) tags: Vec<WrittenTag>,
    pub(super) steps: Vec<WrittenStep>,
    pub(super) examples: Vec<Examples>,
}

/// 例 and its table.
#[derive(Debug)]
pub(super) struct Examples {
    pub(super) place: Place,
    pub(super) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) cells: Vec<String>,
}

/// A step with its table.
#[derive(Debug)]
pub(super) struct WrittenStep {
    pub(super) place: Place,
    pub(super) keyword: StepKeyword,
    pub(super) text: String,
    pub(super) table: Vec<Row>,
}

/// A tag without its `@`.
#[derive(Debug, Clone)]
pub(super) struct WrittenTag {
    pub(super) place: Place,
    pub(super) name: String,
}

/// Line and column in characters, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// One scenario after its example rows have been filled in.
#[derive(Debug)]
pub(super) struct Expanded<'a> {
    pub(super) block: &'a Block,
    /// The row's number from 1; `None` for a plain scenario.
    pub(super) row: Option<u16>,
    /// Line by which the runner knows it: the heading's, or the row's.
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) steps: Vec<(StepKeyword, String, usize)>,
}

impl Block {
    /// The scenarios that will run: one, or one for each row of the examples.
    pub(super) fn expand(&self) -> Vec<Expanded<'_>> {
        if !self.outline {
            return vec![self.filled(None, self.place.line, &|text| text.to_owned())];
        }
        let mut expanded = Vec::new();
        let mut number = 0;
        for examples in &self.examples {
            let Some((head, rows)) = examples.rows.split_first() else {
                continue;
            };
            for row in rows {
                number += 1;
                let fill = |text: &str| {
                    let pairs = head.cells.iter().zip(&row.cells);
                    pairs.fold(text.to_owned(), |filled, (name, value)| {
                        filled.replace(&format!("<{name}>"), value)
                    })
                };
                expanded.push(self.filled(Some(number), row.place.line, &fill));
            }
        }
        expanded
    }

    fn filled(&self, row: Option<u16>, line: usize, fill: &dyn Fn(&str) -> String) -> Expanded<'_> {
        let steps = self.steps.iter();
        Expanded {
            block: self,
            row,
            line,
            title: fill(&self.title),
            steps: steps
                .map(|step| (step.keyword, fill(&step.text), step.place.line))
                .collect(),
        }
    }
}

/// The `<…>` names in a text.
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((name, tail)) = after.split_once('>') else {
            break;
        };
        names.push(name);
        rest = tail;
    }
    names
}
