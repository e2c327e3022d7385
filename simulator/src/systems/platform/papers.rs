use jiff::civil::Date;
use serde_json::{Value, json};

use crate::domain::{InsuredKey, OfficeNumber};
use crate::profile::PaperKind;
use crate::systems::viewing::PersonShown;
use crate::viewer::Made;

use super::Platform;

/// What tells one paper of a person from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PaperKey {
    pub(super) kind: PaperKind,
    pub(super) office: OfficeNumber,
    pub(super) number: String,
}

/// A care plan (ケアプラン情報) or LIFE data, as an office registers it on the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Which of the two.
    pub kind: PaperKind,
    /// Whose it is.
    pub office: OfficeNumber,
    /// The office's own number; the same again replaces it.
    pub number: String,
    /// The day it was made.
    pub on: Date,
    /// What it says.
    pub contents: String,
}

impl Platform {
    /// The papers of one kind that are held of a person, as they are shown.
    pub(super) fn papers_of(&self, person: InsuredKey, kind: PaperKind) -> Vec<Value> {
        self.reception
            .papers
            .iter()
            .filter(|((held, key), _)| *held == person && key.kind == kind)
            .map(|(_, paper)| json_of(person, paper))
            .collect()
    }
}

/// Keeps a paper that an office registers.
pub fn register_paper(platform: &mut Platform, person: PersonShown, paper: Paper) -> Made {
    let person = person.key();
    let made = Made {
        kind: id_of(paper.kind).to_owned(),
        record: json_of(person, &paper),
    };
    let key = PaperKey {
        kind: paper.kind,
        office: paper.office,
        number: paper.number.clone(),
    };
    platform.reception.papers.insert((person, key), paper);
    made
}

fn id_of(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::CarePlan => "carePlan",
        PaperKind::LifeData => "lifeData",
    }
}

fn json_of(person: InsuredKey, paper: &Paper) -> Value {
    let number = match paper.kind {
        PaperKind::CarePlan => "planNumber",
        PaperKind::LifeData => "lifeNumber",
    };
    let on = match paper.kind {
        PaperKind::CarePlan => "createdDate",
        PaperKind::LifeData => "measuredDate",
    };
    json!({
        "insurerNumber": person.insurer.as_str(),
        "insuredNumber": person.number.as_str(),
        "officeNumber": paper.office.as_str(),
        number: paper.number,
        on: paper.on.to_string(),
        "contents": paper.contents,
    })
}
