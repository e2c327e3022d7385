//! 実行計画: which scenarios a run will try, fixed before it starts.

use std::collections::BTreeSet;

use gherkin::tagexpr::TagOperation;

use super::model::{FeatureFile, Scenario, ScenarioId};
use super::tag::Tag;
use crate::requirement::{Catalogue, Mode};

/// The scenarios of a run, in the order of files and lines.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The mode they run in.
    pub mode: Mode,
    /// What will be run. Never empty.
    pub scenarios: Vec<Scenario>,
    /// Chosen by the tags, but not holding in this mode.
    pub other_mode: Vec<ScenarioId>,
}

/// The run would try nothing, or something else than was meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The tag expression cannot be read.
    #[error("タグの式「{expression}」を読めません。例: 「@SETUP-01 and not @異常系」")]
    UnreadableExpression {
        /// As it was given.
        expression: String,
    },
    /// A tag of the expression is not in the closed set: a typo would select nothing, or everything.
    #[error(
        "タグの式「{expression}」の「@{tag}」は使えないタグです。要件番号、@必須、@推奨、@正常系、@異常系、@方式①、@方式②から選んでください"
    )]
    UnknownTag {
        /// As it was given.
        expression: String,
        /// The tag without `@`.
        tag: String,
    },
    /// No scenario is left.
    #[error(
        "{mode}で実行するシナリオがありません（タグの式: {expression}）。式か方式を直してください"
    )]
    NothingSelected {
        /// The mode.
        mode: Mode,
        /// The expression, or なし.
        expression: String,
    },
}

/// Chooses the scenarios of a run.
///
/// # Errors
/// A tag expression that cannot be read, names an unknown tag, or leaves nothing to run.
pub fn plan(
    features: &[FeatureFile],
    catalogue: &Catalogue,
    mode: Mode,
    tag_expression: Option<&str>,
) -> Result<Plan, PlanError> {
    let expression = tag_expression
        .map(|text| read(text, catalogue))
        .transpose()?;
    let chosen = features
        .iter()
        .flat_map(|file| &file.scenarios)
        .filter(|scenario| {
            expression
                .as_ref()
                .is_none_or(|wanted| matches(wanted, &scenario.tags))
        });
    let (scenarios, others): (Vec<&Scenario>, Vec<&Scenario>) =
        chosen.partition(|scenario| scenario.modes.contains(&mode));
    if scenarios.is_empty() {
        let expression = tag_expression.unwrap_or("なし").to_owned();
        return Err(PlanError::NothingSelected { mode, expression });
    }
    Ok(Plan {
        mode,
        scenarios: scenarios.into_iter().cloned().collect(),
        other_mode: others
            .into_iter()
            .map(|scenario| scenario.id.clone())
            .collect(),
    })
}

fn read(text: &str, catalogue: &Catalogue) -> Result<TagOperation, PlanError> {
    let expression = text.to_owned();
    let operation: TagOperation =
        text.trim()
            .parse()
            .map_err(|_| PlanError::UnreadableExpression {
                expression: expression.clone(),
            })?;
    let mut names = Vec::new();
    collect(&operation, &mut names);
    match names
        .into_iter()
        .find(|name| Tag::named(name, catalogue).is_none())
    {
        Some(tag) => Err(PlanError::UnknownTag {
            expression,
            tag: tag.to_owned(),
        }),
        None => Ok(operation),
    }
}

fn collect<'a>(operation: &'a TagOperation, names: &mut Vec<&'a str>) {
    match operation {
        TagOperation::And(left, right) | TagOperation::Or(left, right) => {
            collect(left, names);
            collect(right, names);
        }
        TagOperation::Not(inner) => collect(inner, names),
        TagOperation::Tag(name) => names.push(name),
    }
}

fn matches(operation: &TagOperation, tags: &BTreeSet<String>) -> bool {
    match operation {
        TagOperation::And(left, right) => matches(left, tags) && matches(right, tags),
        TagOperation::Or(left, right) => matches(left, tags) || matches(right, tags),
        TagOperation::Not(inner) => !matches(inner, tags),
        TagOperation::Tag(name) => tags.contains(name),
    }
}
