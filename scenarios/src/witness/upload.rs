//! Sets of files sent from PMH's page.

use tekigo_simulator::kernel::{Event, Moment};
use tekigo_simulator::profile::{FileName, LinkSegment, Profile};
use tekigo_simulator::{OperatorAction, OperatorAnswer, OperatorInput, UploadedFile};

use super::file_text::records_of_text;
use super::registration::Registration;

/// The kind of the control file (組の内訳): it says of itself only what else there is.
const CONTROL: &str = "setControl";

/// A set of files that somebody sent from the page, with PMH's answer.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Position in the journal.
    pub n: u64,
    /// The run's time.
    pub at: Moment,
    /// Which environment's page.
    pub environment: String,
    /// The files, in the order they were sent.
    pub files: Vec<UploadedFile>,
    /// What PMH answered.
    pub answer: OperatorAnswer,
}

/// Something done in PMH's pages, with their answer.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Position in the journal.
    pub n: u64,
    /// The run's time.
    pub at: Moment,
    /// What was done, and where.
    pub input: OperatorInput,
    /// What the pages answered.
    pub answer: OperatorAnswer,
}

/// What was done in PMH's pages, in order. The answer to each stands right behind it.
pub(super) fn deeds(events: &[Event]) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let mut asked = None;
    for event in events {
        match event.kind.as_str() {
            "operator" => asked = Some(event),
            "operator.result" => {
                let Some(asked) = asked.take() else { continue };
                let input = serde_json::from_str(asked.body.get());
                let answer = serde_json::from_str(event.body.get());
                if let (Ok(input), Ok(answer)) = (input, answer) {
                    deeds.push(Deed {
                        n: asked.n,
                        at: asked.t,
                        input,
                        answer,
                    });
                }
            }
            _ => {}
        }
    }
    deeds
}

impl Upload {
    /// The upload that a deed is, if it is one.
    pub(super) fn of(deed: &Deed) -> Option<Self> {
        let OperatorAction::Upload { files } = &deed.input.action else {
            return None;
        };
        Some(Self {
            n: deed.n,
            at: deed.at,
            environment: deed.input.environment.clone(),
            files: files.clone(),
            answer: deed.answer.clone(),
        })
    }

    /// Whether PMH took the set on.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.answer.set.is_some()
    }

    /// The files with records in them, as registrations.
    pub(super) fn registrations(&self, profile: &Profile) -> Vec<Registration> {
        self.files
            .iter()
            .filter_map(|file| {
                let name = FileName::parse(&file.name, profile).ok();
                let layout = name.map(|name| profile.layout(name.kind));
                if layout.is_some_and(|layout| layout.id() == CONTROL) {
                    return None;
                }
                let text = file.text.clone().unwrap_or_default();
                Some(Registration {
                    n: self.n,
                    at: self.at,
                    kind: layout.map_or_else(String::new, |layout| layout.id().to_owned()),
                    file: Some(file.name.clone()),
                    is_initial: name.is_some_and(|name| name.segment == LinkSegment::Initial),
                    is_accepted: self.is_accepted(),
                    records: layout
                        .map(|layout| records_of_text(layout, &text))
                        .unwrap_or_default(),
                    text,
                })
            })
            .collect()
    }
}
