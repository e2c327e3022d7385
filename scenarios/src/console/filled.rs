//! 書き写されたもの: the data of an answer, read out of what was typed into its fields.

use serde_json::{Map, Value, json};
use tekigo_simulator::serve::web::Problem;

use super::form::{ROOT, Typed, rows_of, word_of};
use super::shape::{Kind, Shape};

/// Reads the data of an answer out of what was typed; what does not fit is a problem at its field.
pub(super) fn read(
    shape: &Shape,
    typed: &Typed,
    without: &[&str],
    problems: &mut Vec<Problem>,
) -> Map<String, Value> {
    let mut reading = Reading { typed, problems };
    let Kind::Parts(parts) = &shape.kind else {
        return Map::new();
    };
    let mut data = Map::new();
    for part in parts
        .iter()
        .filter(|part| !without.contains(&part.name.as_str()))
    {
        let id = format!("{ROOT}.{}", part.name);
        if let Some(value) = reading.part(&part.shape, &id, part.is_required) {
            data.insert(part.name.clone(), value);
        }
    }
    data
}

struct Reading<'a> {
    typed: &'a Typed,
    problems: &'a mut Vec<Problem>,
}

impl Reading<'_> {
    /// The value of a part; none for one that may be left out.
    fn part(&mut self, shape: &Shape, id: &str, is_required: bool) -> Option<Value> {
        if let Some(value) = self.value(shape, id) {
            return Some(value);
        }
        if shape.is_nullable {
            return is_required.then_some(Value::Null);
        }
        if !is_required {
            return None;
        }
        Some(match &shape.kind {
            Kind::Several(_) => json!([]),
            Kind::Items(_) => json!({}),
            Kind::Text { may_be_empty: true } => json!(""),
            Kind::Parts(_) => {
                self.say(&first_field(shape, id), &shape.label, "を入力してください");
                Value::Null
            }
            Kind::Choice(_) | Kind::Flag => {
                self.say(id, &shape.label, "を選んでください");
                Value::Null
            }
            Kind::Text { .. } | Kind::Day | Kind::Whole { .. } => {
                self.say(id, &shape.label, "を入力してください");
                Value::Null
            }
        })
    }

    /// What was filled in; none if nothing was.
    fn value(&mut self, shape: &Shape, id: &str) -> Option<Value> {
        match &shape.kind {
            Kind::Parts(parts) => {
                let is_filled = self.is_filled(id);
                let mut members = Map::new();
                for part in parts.iter().filter(|_| is_filled) {
                    let id = format!("{id}.{}", part.name);
                    if let Some(value) = self.part(&part.shape, &id, part.is_required) {
                        members.insert(part.name.clone(), value);
                    }
                }
                is_filled.then_some(Value::Object(members))
            }
            Kind::Several(item) => {
                let rows = 0..rows_of(self.typed, id);
                let items: Vec<Value> = rows
                    .filter_map(|row| self.value(item, &format!("{id}.{row}")))
                    .collect();
                (!items.is_empty()).then_some(Value::Array(items))
            }
            Kind::Items(_) => self.items(id),
            Kind::Choice(choices) => {
                let word = self.text(id)?;
                let found = choices.iter().find(|choice| word_of(&choice.value) == word);
                if found.is_none() {
                    self.say(id, &shape.label, "は、欄にあるものから選んでください");
                }
                Some(found.map_or(Value::Null, |choice| choice.value.clone()))
            }
            Kind::Flag => Some(json!(self.text(id)? == "true")),
            Kind::Text { .. } => Some(json!(self.text(id)?)),
            Kind::Day => {
                let text = self.text(id)?;
                if text.parse::<jiff::civil::Date>().is_err() {
                    self.say(id, &shape.label, "は、2026-11-02 の形の日付です");
                }
                Some(json!(text))
            }
            Kind::Whole { least } => {
                let text = half_width(&self.text(id)?);
                let number = text.parse::<u64>().ok().filter(|number| number >= least);
                if number.is_none() {
                    let rule = format!("は、{least}以上の整数です。入力されたのは「{text}」です");
                    self.say(id, &shape.label, &rule);
                }
                Some(number.map_or(Value::Null, |number| json!(number)))
            }
        }
    }

    fn items(&mut self, id: &str) -> Option<Value> {
        let mut members = Map::new();
        for row in 0..rows_of(self.typed, id).max(3) {
            let item = self.text(&format!("{id}.{row}.item"));
            let content = self.text(&format!("{id}.{row}.content"));
            match (item, content) {
                (Some(item), content) => {
                    members.insert(item, json!(content.unwrap_or_default()));
                }
                (None, Some(_)) => {
                    let id = format!("{id}.{row}.item");
                    self.say(&id, "項目", "を選んでください");
                }
                (None, None) => {}
            }
        }
        (!members.is_empty()).then_some(Value::Object(members))
    }

    /// Whether anything was filled in below a name.
    fn is_filled(&self, id: &str) -> bool {
        let below = format!("{id}.");
        let mut fields = self.typed.range(below.clone()..);
        fields
            .by_ref()
            .take_while(|(name, _)| name.starts_with(&below))
            .any(|(_, value)| !value.is_empty())
    }

    fn text(&self, id: &str) -> Option<String> {
        let text = self.typed.get(id)?;
        (!text.is_empty()).then(|| text.clone())
    }

    fn say(&mut self, id: &str, label: &str, rest: &str) {
        let problem = Problem::at(id.to_owned(), format!("「{label}」{rest}"));
        self.problems.push(problem);
    }
}

/// The first field of an object, to which a problem leads.
fn first_field(shape: &Shape, id: &str) -> String {
    let Kind::Parts(parts) = &shape.kind else {
        return id.to_owned();
    };
    parts.first().map_or_else(
        || id.to_owned(),
        |part| first_field(&part.shape, &format!("{id}.{}", part.name)),
    )
}

/// Digits as people type them with a Japanese keyboard.
fn half_width(text: &str) -> String {
    let digit = |letter: char| match letter {
        '０'..='９' => {
            char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')).unwrap_or(letter)
        }
        other => other,
    };
    let letters = text
        .chars()
        .filter(|letter| !matches!(letter, ',' | '，' | '件' | '人'));
    letters.map(digit).collect()
}

#[cfg(test)]
mod tests {
    use tekigo_simulator::profile::Profile;

    use super::super::form::add_rows;
    use super::super::shape::data_of;
    use super::*;
    use crate::control::{Answer, Operation};

    fn typed(fields: &[(&str, &str)]) -> Typed {
        let fields = fields.iter();
        fields
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn read_from(operation: Operation, fields: &[(&str, &str)]) -> (Value, Vec<String>) {
        let shape = data_of(operation, &Profile::bundled());
        let mut problems = Vec::new();
        let data = read(&shape, &typed(fields), &[], &mut problems);
        let fields = problems.iter().map(|problem| problem.field.to_string());
        (Value::Object(data), fields.collect())
    }

    #[test]
    fn what_was_filled_in_is_an_answer_and_what_is_missing_is_named() {
        let full = [
            ("data.state", "interrupted"),
            ("data.sent", "１，２００件"),
            ("data.accepted", "7"),
            ("data.refused", "0"),
            ("data.outstanding", "0"),
            ("data.baseline_date", "2026-11-02"),
        ];
        let (data, problems) = read_from(Operation::ViewSetup, &full);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(data["sent"], 1200);
        assert_eq!(data["completed_on"], Value::Null);
        assert_eq!(data.get("service_start_on"), None);
        let answer = json!({"result": "done", "reason": null, "data": data}).to_string();
        Answer::read(Operation::ViewSetup, answer.as_bytes()).expect("an answer");
        let (_, problems) = read_from(
            Operation::ViewSetup,
            &[("data.state", "?"), ("data.sent", "-1")],
        );
        assert_eq!(
            problems,
            [
                "data.state",
                "data.sent",
                "data.accepted",
                "data.refused",
                "data.outstanding"
            ]
        );
    }

    #[test]
    fn rows_that_are_left_blank_are_none() {
        let fields = [
            ("rows.data.records", "3"),
            ("data.records.0.kind", ""),
            ("data.records.2.kind", "被保険者"),
            ("data.records.2.history_number", "2"),
        ];
        let (data, problems) = read_from(Operation::ViewRefused, &fields);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(data["records"].as_array().map(Vec::len), Some(1));
        assert_eq!(data["records"][0]["history_number"], 2);
        let (data, _) = read_from(Operation::ViewRefused, &[]);
        assert_eq!(data, json!({"records": []}));
    }

    #[test]
    fn more_rows_are_given_where_there_is_a_list() {
        let mut fields = typed(&[("rows.data.records", "1")]);
        assert!(add_rows(&mut fields, "data.records"));
        assert_eq!(rows_of(&fields, "data.records"), 6);
        assert!(!add_rows(&mut fields, "data.other"));
    }
}
