//! 回答の欄: the fields of an answer, and what was filled into them.

use std::collections::BTreeMap;

use serde_json::Value;
use tekigo_simulator::serve::web::{Form, Problem};

use super::shape::{Choice, Kind, Shape};

/// What every field of the data begins with.
pub(super) const ROOT: &str = "data";
/// What the hidden fields begin with that say how many rows a list has.
const ROWS: &str = "rows.";
/// The button that asks for more rows, with the list's name as its value.
pub(super) const MORE: &str = "more";
/// The most rows of a list.
const ROWS_MAX: usize = 200;
/// A list of small things gets so many rows more at a time.
const ROWS_STEP: usize = 5;

/// What was typed, by field.
pub(super) type Typed = BTreeMap<String, String>;

/// Everything that was typed into a form.
pub(super) fn typed(form: &Form) -> Typed {
    let fields = form.fields();
    fields
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

/// One thing of a form, in the order in which it stands there.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// Fields that belong together begin, with what they are about.
    Opens { legend: String, hint: String },
    /// They end.
    Closes,
    /// A field to type into.
    Field {
        id: String,
        label: String,
        hint: String,
        sort: &'static str,
        value: String,
        problem: String,
    },
    /// A field to choose from.
    Choice {
        id: String,
        label: String,
        hint: String,
        options: Vec<(String, String)>,
        value: String,
        problem: String,
    },
    /// How many rows a list has, and a button for more.
    Rows {
        id: String,
        label: String,
        rows: usize,
    },
}

/// The pieces of a form for a shape.
pub(super) fn pieces(
    shape: &Shape,
    typed: &Typed,
    problems: &[Problem],
    without: &[&str],
) -> Vec<Piece> {
    let mut laying = Laying {
        typed,
        problems,
        pieces: Vec::new(),
    };
    if let Kind::Parts(parts) = &shape.kind {
        for part in parts
            .iter()
            .filter(|part| !without.contains(&part.name.as_str()))
        {
            laying.lay(
                &part.shape,
                &format!("{ROOT}.{}", part.name),
                part.is_required,
            );
        }
    }
    laying.pieces
}

struct Laying<'a> {
    typed: &'a Typed,
    problems: &'a [Problem],
    pieces: Vec<Piece>,
}

impl Laying<'_> {
    fn lay(&mut self, shape: &Shape, id: &str, is_required: bool) {
        let label = if is_required && !shape.is_nullable {
            shape.label.clone()
        } else {
            format!("{}（なければ空のまま）", shape.label)
        };
        match &shape.kind {
            Kind::Parts(parts) => {
                self.open(label, &shape.hint);
                for part in parts {
                    self.lay(
                        &part.shape,
                        &format!("{id}.{}", part.name),
                        part.is_required,
                    );
                }
                self.pieces.push(Piece::Closes);
            }
            Kind::Several(item) => self.lay_rows(shape, item, id),
            Kind::Items(items) => self.lay_items(shape, items, id),
            Kind::Choice(choices) => self.choice(id, label, &shape.hint, options(choices)),
            Kind::Flag => {
                let options = [("true", "はい"), ("false", "いいえ")];
                let options = options.map(|(value, text)| (value.to_owned(), text.to_owned()));
                self.choice(id, label, &shape.hint, options.to_vec());
            }
            Kind::Text { .. } => self.field(id, label, &shape.hint, "text"),
            Kind::Day => self.field(id, label, &shape.hint, "date"),
            Kind::Whole { .. } => self.field(id, label, &shape.hint, "number"),
        }
    }

    fn open(&mut self, legend: String, hint: &str) {
        self.pieces.push(Piece::Opens {
            legend,
            hint: hint.to_owned(),
        });
    }

    fn lay_rows(&mut self, shape: &Shape, item: &Shape, id: &str) {
        self.open(shape.label.clone(), &shape.hint);
        let rows = rows_of(self.typed, id);
        for row in 0..rows {
            let item = Shape {
                label: format!("{} {}", shape.label, row + 1),
                ..item.clone()
            };
            self.lay(&item, &format!("{id}.{row}"), true);
        }
        self.more(shape, id, rows);
    }

    fn lay_items(&mut self, shape: &Shape, items: &[Choice], id: &str) {
        self.open(shape.label.clone(), &shape.hint);
        let rows = rows_of(self.typed, id).max(3);
        for row in 0..rows {
            let label = format!("項目 {}", row + 1);
            self.choice(&format!("{id}.{row}.item"), label, "", options(items));
            self.field(
                &format!("{id}.{row}.content"),
                format!("内容 {}", row + 1),
                "",
                "text",
            );
        }
        self.more(shape, id, rows);
    }

    fn more(&mut self, shape: &Shape, id: &str, rows: usize) {
        self.pieces.push(Piece::Rows {
            id: id.to_owned(),
            label: shape.label.clone(),
            rows,
        });
        self.pieces.push(Piece::Closes);
    }

    fn field(&mut self, id: &str, label: String, hint: &str, sort: &'static str) {
        self.pieces.push(Piece::Field {
            label,
            hint: hint.to_owned(),
            sort,
            value: self.typed.get(id).cloned().unwrap_or_default(),
            problem: self.problem(id),
            id: id.to_owned(),
        });
    }

    fn choice(&mut self, id: &str, label: String, hint: &str, options: Vec<(String, String)>) {
        self.pieces.push(Piece::Choice {
            label,
            hint: hint.to_owned(),
            options,
            value: self.typed.get(id).cloned().unwrap_or_default(),
            problem: self.problem(id),
            id: id.to_owned(),
        });
    }

    fn problem(&self, id: &str) -> String {
        let found = Problem::of(self.problems, id).next();
        found
            .map(|problem| problem.text.clone())
            .unwrap_or_default()
    }
}

fn options(choices: &[Choice]) -> Vec<(String, String)> {
    let options = choices.iter();
    options
        .map(|choice| (word_of(&choice.value), choice.label.clone()))
        .collect()
}

/// A value of a choice as a form carries it.
pub(super) fn word_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// How many rows a list has on the page: one at first.
pub(super) fn rows_of(typed: &Typed, id: &str) -> usize {
    let rows = typed.get(&format!("{ROWS}{id}"));
    let rows = rows.and_then(|rows| rows.parse().ok()).unwrap_or(1);
    rows.min(ROWS_MAX)
}

/// Adds rows to a list that a button asked for; whether there is such a list on the page.
pub(super) fn add_rows(typed: &mut Typed, id: &str) -> bool {
    let name = format!("{ROWS}{id}");
    let rows = rows_of(typed, id);
    match typed.get_mut(&name) {
        Some(value) => {
            *value = (rows + ROWS_STEP).min(ROWS_MAX).to_string();
            true
        }
        None => false,
    }
}
