//! The line scanner: one pass over a file, giving a [`Script`] and every fault of form.
//!
//! It decides what each line is before the parser sees the file, so that nothing can turn into a
//! description without anybody noticing.

use super::fault::Fault;
use super::line::{BlockKeyword, Line, StepKeyword, classify};
use super::tag::split_tags;
use super::written::{Block, Examples, Heading, Place, Row, Script, WrittenStep, WrittenTag};

const DIRECTIVE: &str = "# language: ja";

/// A fault and its place in the file that is being read.
pub(super) type Found = (Place, Fault);

/// Reads a file.
pub(super) fn scan(text: &str) -> (Script, Vec<Found>) {
    let mut scanner = Scanner::default();
    let text = scanner.strip_byte_order_mark(text);
    for (index, line) in text.split('\n').enumerate() {
        scanner.line(index + 1, line);
    }
    scanner.finish()
}

#[derive(Default)]
struct Scanner {
    script: Script,
    found: Vec<Found>,
    tags: Vec<WrittenTag>,
    open: Open,
    fence: Option<Place>,
}

/// What the next line may belong to.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Nothing yet: 機能 is expected.
    #[default]
    Start,
    /// 機能, before its description.
    Heading,
    /// Inside the description.
    Description,
    /// After the blank line that ends the description.
    Described,
    Background,
    Scenario,
    Examples,
}

impl Scanner {
    fn strip_byte_order_mark<'a>(&mut self, text: &'a str) -> &'a str {
        match text.strip_prefix('\u{feff}') {
            Some(rest) => {
                self.fault(Place { line: 1, column: 1 }, Fault::ByteOrderMark);
                rest
            }
            None => text,
        }
    }

    fn fault(&mut self, place: Place, fault: Fault) {
        self.found.push((place, fault));
    }

    fn line(&mut self, number: usize, raw: &str) {
        let line = raw.strip_suffix('\r').unwrap_or(raw);
        let at = |column: usize| Place {
            line: number,
            column,
        };
        if line.len() != raw.len() {
            self.fault(at(line.chars().count() + 1), Fault::CarriageReturn);
        }
        if number == 1 && line != DIRECTIVE {
            self.fault(
                at(1),
                Fault::FirstLine {
                    found: line.to_owned(),
                },
            );
        }
        if let Some(column) = line.chars().position(|found| found == '\t') {
            self.fault(at(column + 1), Fault::Tab);
        }
        let bare = line.trim_end();
        if bare.len() != line.len() {
            self.fault(at(bare.chars().count() + 1), Fault::TrailingSpace);
        }
        let text = bare.trim_start();
        let indent = &bare[..bare.len() - text.len()];
        let place = at(indent.chars().count() + 1);
        if let Some(column) = indent.chars().position(|found| found == '\u{3000}') {
            self.fault(at(column + 1), Fault::FullWidthIndent);
        }
        if self.fence.is_some() {
            self.inside_doc_string(text, place);
        } else {
            self.place_line(classify(text), place);
        }
    }

    fn inside_doc_string(&mut self, text: &str, place: Place) {
        if text.starts_with("\"\"\"") {
            self.fence = None;
            if text != "\"\"\"" {
                self.fault(place, Fault::DocStringFence);
            }
        }
    }

    fn place_line(&mut self, line: Line<'_>, place: Place) {
        match line {
            Line::Blank if self.open == Open::Description => self.open = Open::Described,
            Line::Blank | Line::Comment => {}
            Line::Tags(text) => {
                let (tags, faults) = split_tags(text, place);
                self.tags.extend(tags);
                self.found.extend(faults);
            }
            Line::Block(keyword, rest) => self.block(keyword, rest, place),
            Line::FullWidthColon(keyword) => {
                let keyword_word = keyword.word().to_owned();
                self.fault(
                    place,
                    Fault::FullWidthColon {
                        keyword: keyword_word,
                    },
                );
                // The heading is what was meant: reading on as if it were one keeps the other messages few.
                self.open_block(keyword, String::new(), place);
            }
            Line::MissingColon(keyword) => {
                let keyword = keyword.word().to_owned();
                self.fault(place, Fault::MissingColon { keyword });
            }
            Line::Rule(found) => self.fault(
                place,
                Fault::RuleWord {
                    found: found.to_owned(),
                },
            ),
            Line::Foreign(found, write) => {
                let (found, write) = (found.to_owned(), write.trim_end().to_owned());
                self.fault(place, Fault::ForeignKeyword { found, write });
            }
            Line::Step(keyword, rest) => self.step(keyword, rest, place),
            Line::Row(text) => self.row(text, place),
            Line::Fence(text) => self.open_doc_string(text, place),
            Line::Text(text) => self.text(text, place),
        }
    }

    fn text(&mut self, text: &str, place: Place) {
        match self.open {
            Open::Heading | Open::Description => self.open = Open::Description,
            Open::Described => self.fault(place, Fault::SecondDescription),
            Open::Start | Open::Background | Open::Scenario | Open::Examples => {
                self.fault(
                    place,
                    Fault::UnreadableLine {
                        found: text.to_owned(),
                    },
                );
            }
        }
    }

    fn block(&mut self, keyword: BlockKeyword, rest: &str, place: Place) {
        let word = keyword.word().to_owned();
        let title = rest.trim();
        match keyword {
            BlockKeyword::Background if !title.is_empty() => {
                self.fault(place, Fault::TitledBackground);
            }
            BlockKeyword::Background => {}
            BlockKeyword::Examples if title.is_empty() => {}
            BlockKeyword::Feature
            | BlockKeyword::Scenario
            | BlockKeyword::Outline
            | BlockKeyword::Examples => {
                if title.is_empty() {
                    self.fault(place, Fault::MissingTitle { keyword: word });
                } else if rest.strip_prefix(' ') != Some(title) {
                    self.fault(place, Fault::TitleSpace { keyword: word });
                }
            }
        }
        self.trailing_comment(title, place);
        self.open_block(keyword, title.to_owned(), place);
    }

    fn open_block(&mut self, keyword: BlockKeyword, title: String, place: Place) {
        let tags = std::mem::take(&mut self.tags);
        if keyword != BlockKeyword::Feature && self.open == Open::Start {
            let keyword = keyword.word().to_owned();
            self.fault(place, Fault::BeforeFeature { keyword });
        }
        match keyword {
            BlockKeyword::Feature => {
                if self.script.feature.is_some() {
                    self.fault(place, Fault::SecondFeature);
                } else {
                    self.script.feature = Some(Heading { title, tags });
                }
                self.open = Open::Heading;
            }
            BlockKeyword::Background => {
                self.dangling(&tags);
                if self.script.background.is_some() {
                    self.fault(place, Fault::SecondBackground);
                }
                if !self.script.scenarios.is_empty() {
                    self.fault(place, Fault::LateBackground);
                }
                self.script.background = Some(block(place, title, false, Vec::new()));
                self.open = Open::Background;
            }
            BlockKeyword::Scenario | BlockKeyword::Outline => {
                let outline = keyword == BlockKeyword::Outline;
                self.script
                    .scenarios
                    .push(block(place, title, outline, tags));
                self.open = Open::Scenario;
            }
            BlockKeyword::Examples => {
                self.dangling(&tags);
                self.open_examples(place);
            }
        }
    }

    fn open_examples(&mut self, place: Place) {
        match self
            .script
            .scenarios
            .last_mut()
            .filter(|scenario| scenario.outline)
        {
            Some(outline) => outline.examples.push(Examples {
                place,
                rows: Vec::new(),
            }),
            None => self.fault(place, Fault::ExamplesOutsideOutline),
        }
        self.open = Open::Examples;
    }

    fn step(&mut self, keyword: StepKeyword, rest: &str, place: Place) {
        let word = keyword.word().to_owned();
        let text = rest.trim();
        if matches!(
            self.open,
            Open::Start | Open::Heading | Open::Description | Open::Described
        ) {
            self.fault(place, Fault::StepOutsideScenario { keyword: word });
            return;
        }
        if rest.starts_with('\u{3000}') {
            self.fault(place, Fault::FullWidthStepSpace { keyword: word });
        } else if text.is_empty() {
            self.fault(place, Fault::EmptyStep { keyword: word });
        } else if rest.strip_prefix(' ') != Some(text) {
            self.fault(place, Fault::StepSpace { keyword: word });
        }
        if text.contains('\u{3000}') {
            self.fault(place, Fault::FullWidthSpaceInStep);
        }
        if text.contains(['(', ')']) {
            self.fault(place, Fault::HalfWidthParenthesis);
        }
        self.trailing_comment(text, place);
        let step = WrittenStep {
            place,
            keyword,
            text: text.to_owned(),
            table: Vec::new(),
        };
        if self.open == Open::Examples {
            let in_outline = self
                .script
                .scenarios
                .last()
                .is_some_and(|last| last.outline);
            if in_outline {
                self.fault(place, Fault::StepAfterExamples);
            }
            return;
        }
        if let Some(block) = self.open_steps() {
            block.steps.push(step);
        }
    }

    fn open_steps(&mut self) -> Option<&mut Block> {
        match self.open {
            Open::Background => self.script.background.as_mut(),
            Open::Scenario => self.script.scenarios.last_mut(),
            Open::Start | Open::Heading | Open::Description | Open::Described | Open::Examples => {
                None
            }
        }
    }

    fn trailing_comment(&mut self, text: &str, place: Place) {
        if text.contains(" #") || text.contains("\u{3000}#") {
            self.fault(place, Fault::TrailingComment);
        }
    }

    fn row(&mut self, text: &str, place: Place) {
        if text.len() < 2 || !text.ends_with('|') {
            self.fault(place, Fault::OpenRow);
            return;
        }
        let cells = text[1..text.len() - 1]
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect();
        let row = Row { place, cells };
        let rows = if self.open == Open::Examples {
            let outline = self.script.scenarios.last_mut();
            outline
                .and_then(|outline| outline.examples.last_mut())
                .map(|examples| &mut examples.rows)
        } else {
            self.open_steps()
                .and_then(|block| block.steps.last_mut())
                .map(|step| &mut step.table)
        };
        match rows {
            Some(rows) => {
                let expected = rows
                    .first()
                    .map_or(row.cells.len(), |head| head.cells.len());
                let found = row.cells.len();
                rows.push(row);
                if found != expected {
                    self.fault(place, Fault::RaggedRow { expected, found });
                }
            }
            None => self.fault(
                place,
                Fault::UnreadableLine {
                    found: text.to_owned(),
                },
            ),
        }
    }

    fn open_doc_string(&mut self, text: &str, place: Place) {
        if text != "\"\"\"" {
            self.fault(place, Fault::DocStringFence);
        }
        if self.open_steps().is_none_or(|block| block.steps.is_empty()) {
            self.fault(
                place,
                Fault::UnreadableLine {
                    found: text.to_owned(),
                },
            );
        }
        self.fence = Some(place);
    }

    fn dangling(&mut self, tags: &[WrittenTag]) {
        if let Some(tag) = tags.first() {
            self.fault(tag.place, Fault::DanglingTag);
        }
    }

    fn finish(mut self) -> (Script, Vec<Found>) {
        let tags = std::mem::take(&mut self.tags);
        self.dangling(&tags);
        if let Some(place) = self.fence {
            self.fault(place, Fault::OpenDocString);
        }
        (self.script, self.found)
    }
}

fn block(place: Place, title: String, outline: bool, tags: Vec<WrittenTag>) -> Block {
    Block {
        place,
        title,
        outline,
        tags,
        steps: Vec::new(),
        examples: Vec::new(),
    }
}
