//! The catalogue as it is written: strict, and every fault with its line.
//!
//! An entry that could be read in two ways is refused.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::catalogue::{CatalogueError, Later, Requirement, Topic};
use super::entry::{Level, Mode, Party, Standing, Verify};
use super::identifier::RequirementId;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    topic: Vec<Spanned<TopicText>>,
    requirement: Vec<Spanned<RequirementText>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicText {
    id: String,
    ja: String,
    plan: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementText {
    id: RequirementId,
    level: Level,
    standing: Standing,
    party: Party,
    modes: Vec<Mode>,
    verify: Vec<Verify>,
    ja: String,
    en: String,
    source: String,
    monitor: Option<String>,
    untestable: Option<String>,
    #[serde(default)]
    untestable_in: BTreeMap<Mode, String>,
    #[serde(default)]
    planned: Vec<PlannedText>,
}

/// `verify` absent: every way of trying the rule belongs to the topic; `modes` absent: in every mode
/// in which it can be tried.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlannedText {
    topic: String,
    verify: Option<Vec<Verify>>,
    modes: Option<Vec<Mode>>,
    #[serde(default)]
    besides: bool,
}

/// Everything a catalogue file says.
pub(super) struct Read {
    pub(super) requirements: BTreeMap<RequirementId, Requirement>,
    pub(super) topics: BTreeMap<String, Topic>,
}

/// Reads a catalogue file.
pub(super) fn read(path: &str, text: &str) -> Result<Read, Vec<CatalogueError>> {
    let place = Place { path, text };
    let file: File = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        vec![place.fault(offset, error.message().to_owned())]
    })?;
    let mut faults = Vec::new();
    let topics = read_topics(&place, file.topic, &mut faults);
    let mut requirements = BTreeMap::new();
    for entry in file.requirement {
        let offset = entry.span().start;
        let requirement = entry.into_inner().into_requirement(&place, offset, &topics);
        match requirement {
            Ok(requirement) => {
                let id = requirement.id.clone();
                if requirements.insert(id.clone(), requirement).is_some() {
                    faults.push(place.fault(offset, format!("要件番号「{id}」が2回あります")));
                }
            }
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() {
        faults.extend(unused_topics(&place, &topics, &requirements));
    }
    if !faults.is_empty() {
        faults.sort_by_key(|fault| fault.line);
        return Err(faults);
    }
    let topics = topics.into_iter().map(|(id, (topic, _))| (id, topic));
    Ok(Read {
        requirements,
        topics: topics.collect(),
    })
}

/// Where a fault is: byte offsets become lines.
struct Place<'a> {
    path: &'a str,
    text: &'a str,
}

impl Place<'_> {
    fn line(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or(self.text);
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    fn fault(&self, offset: usize, fault: String) -> CatalogueError {
        CatalogueError {
            path: self.path.to_owned(),
            line: self.line(offset),
            fault,
        }
    }
}

type TopicsWithOffset = BTreeMap<String, (Topic, usize)>;

fn read_topics(
    place: &Place<'_>,
    entries: Vec<Spanned<TopicText>>,
    faults: &mut Vec<CatalogueError>,
) -> TopicsWithOffset {
    let mut topics = BTreeMap::new();
    for entry in entries {
        let offset = entry.span().start;
        let TopicText { id, ja, plan } = entry.into_inner();
        let topic = Topic {
            id: id.clone(),
            ja,
            plan,
        };
        if topics.insert(id.clone(), (topic, offset)).is_some() {
            faults.push(place.fault(offset, format!("題目「{id}」が2回あります")));
        }
    }
    topics
}

fn unused_topics(
    place: &Place<'_>,
    topics: &TopicsWithOffset,
    requirements: &BTreeMap<RequirementId, Requirement>,
) -> Vec<CatalogueError> {
    let used: BTreeSet<&String> = requirements
        .values()
        .flat_map(|entry| entry.planned.values().map(|later| &later.topic))
        .collect();
    topics
        .iter()
        .filter(|(id, _)| !used.contains(id))
        .map(|(id, (_, offset))| {
            place.fault(
                *offset,
                format!("題目「{id}」を使う要件がありません。題目を消してください"),
            )
        })
        .collect()
}

impl RequirementText {
    /// What is wrong with the entry itself, whatever the rest of the file says.
    fn faults(&self, verify: &BTreeSet<Verify>, modes: &BTreeSet<Mode>) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, written, distinct) in [
            ("verify", self.verify.len(), verify.len()),
            ("modes", self.modes.len(), modes.len()),
        ] {
            if written == 0 {
                faults.push(format!("{name} が空です"));
            } else if written != distinct {
                faults.push(format!("{name} に同じ語が2回あります"));
            }
        }
        for (name, text) in [("ja", &self.ja), ("en", &self.en), ("source", &self.source)] {
            if text.trim().is_empty() {
                faults.push(format!("{name} が空です"));
            }
        }
        for (name, kind, present) in [
            ("monitor", Verify::Monitor, self.monitor.is_some()),
            ("untestable", Verify::Untestable, self.untestable.is_some()),
        ] {
            if verify.contains(&kind) && !present {
                faults.push(format!(
                    "verify に{kind}がありますが、{name} の説明がありません"
                ));
            }
            if !verify.contains(&kind) && present {
                faults.push(format!(
                    "{name} の説明がありますが、verify に{kind}がありません"
                ));
            }
        }
        faults.extend(self.faults_of_modes(verify, modes));
        faults
    }

    /// `untestable_in` excuses a rule in some of its modes, never in all.
    fn faults_of_modes(&self, verify: &BTreeSet<Verify>, modes: &BTreeSet<Mode>) -> Vec<String> {
        let mut faults = Vec::new();
        for (mode, reason) in &self.untestable_in {
            if !modes.contains(mode) {
                faults.push(format!("untestable_in の{mode}は modes にありません"));
            }
            if reason.trim().is_empty() {
                faults.push(format!("untestable_in の{mode}の理由が空です"));
            }
        }
        let excused = |mode: &Mode| self.untestable_in.contains_key(mode);
        if !modes.is_empty() && modes.iter().all(excused) {
            faults.push(
                "untestable_in にすべての方式があります。verify に untestable を書いてください"
                    .to_owned(),
            );
        }
        let runs = |kind: &Verify| !matches!(kind, Verify::Attestation | Verify::Untestable);
        if !self.untestable_in.is_empty() && !verify.iter().any(runs) {
            faults.push("untestable_in がありますが、試す手段が verify にありません".to_owned());
        }
        faults
    }

    fn into_requirement(
        self,
        place: &Place<'_>,
        offset: usize,
        topics: &TopicsWithOffset,
    ) -> Result<Requirement, Vec<CatalogueError>> {
        let verify: BTreeSet<Verify> = self.verify.iter().copied().collect();
        let modes: BTreeSet<Mode> = self.modes.iter().copied().collect();
        let mut faults = self.faults(&verify, &modes);
        let untestable_in = self.untestable_in.clone();
        let tried_in: BTreeSet<Mode> = modes
            .iter()
            .copied()
            .filter(|mode| !untestable_in.contains_key(mode))
            .collect();
        let planned = read_planned(&self.planned, &verify, &tried_in, topics, &mut faults);
        if !faults.is_empty() {
            return Err(faults
                .into_iter()
                .map(|fault| place.fault(offset, format!("{}: {fault}", self.id)))
                .collect());
        }
        Ok(Requirement {
            id: self.id,
            level: self.level,
            standing: self.standing,
            party: self.party,
            modes,
            verify,
            ja: self.ja,
            en: self.en,
            source: self.source,
            monitor: self.monitor,
            untestable: self.untestable,
            untestable_in,
            planned,
            line: place.line(offset),
        })
    }
}

fn read_planned(
    entries: &[PlannedText],
    verify: &BTreeSet<Verify>,
    modes: &BTreeSet<Mode>,
    topics: &TopicsWithOffset,
    faults: &mut Vec<String>,
) -> BTreeMap<(Mode, Verify), Later> {
    let mut planned = BTreeMap::new();
    for entry in entries {
        if !topics.contains_key(&entry.topic) {
            faults.push(format!("題目「{}」は [[topic]] にありません", entry.topic));
        }
        let all = |all: &BTreeSet<Mode>| all.iter().copied().collect();
        let planned_modes: Vec<Mode> = entry.modes.clone().unwrap_or_else(|| all(modes));
        let kinds: Vec<Verify> = entry
            .verify
            .clone()
            .unwrap_or_else(|| verify.iter().copied().collect());
        let written = [
            ("verify", entry.verify.as_ref().map(Vec::len)),
            ("modes", entry.modes.as_ref().map(Vec::len)),
        ];
        for (name, _) in written.iter().filter(|(_, words)| *words == Some(0)) {
            faults.push(format!("planned の {name} が空です"));
        }
        for mode in planned_modes.iter().filter(|mode| !modes.contains(mode)) {
            faults.push(format!(
                "planned の{mode}は modes にないか、untestable_in にあります"
            ));
        }
        for kind in kinds {
            if !verify.contains(&kind) {
                faults.push(format!("planned の{kind}は verify にありません"));
            } else if matches!(kind, Verify::Attestation | Verify::Untestable) {
                faults.push(format!(
                    "{kind}は実行するものがないので planned にできません"
                ));
            } else {
                for mode in &planned_modes {
                    let later = Later {
                        topic: entry.topic.clone(),
                        besides: entry.besides,
                    };
                    if planned.insert((*mode, kind), later).is_some() {
                        faults.push(format!("planned に{mode}の{kind}が2回あります"));
                    }
                }
            }
        }
    }
    planned
}
