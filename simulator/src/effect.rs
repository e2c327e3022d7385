//! What the world answers and does. Effects are journaled before anybody sees them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::attestation::AttestationAnswer;
use crate::kernel::{Fate, LinkAction, Moment};
use crate::operator::OperatorAnswer;
use crate::portal::{PortalAnswer, PublicStatus};
use crate::viewer::{Noted, Viewed};

/// An effect and the moment it takes place.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The run's time.
    pub at: Moment,
    /// What happens.
    pub effect: Effect,
}

/// One thing the world does.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// PMH answers a request.
    Reply(LinkReply),
    /// A held answer goes out.
    Released(Released),
    /// PMH's pages answer the staff.
    OperatorAnswer(OperatorAnswer),
    /// A system sends another a message.
    Message(MessageSent),
    /// The platform has stored records.
    Stored(Stored),
    /// The intermediate server has issued or found identifiers.
    Identified(Identified),
    /// A notice is mailed.
    Mail(Mail),
    /// The line between vendor and PMH goes down or up.
    Line(Line),
    /// A fault that a scenario asked for has struck a request.
    Struck(Struck),
    /// A door answers a viewer.
    Viewed(Box<Viewed>),
    /// A fact of the outside world has been noted, or could not be.
    Noted(Noted),
    /// The portal answers.
    PortalAnswer(PortalAnswer),
    /// The portal shows everybody something new of a municipality.
    PublicStatus(PublicStatus),
    /// An attestation is taken or refused.
    AttestationAnswer(AttestationAnswer),
}

impl Effect {
    /// Who does it and what it is, as the journal writes it.
    #[must_use]
    pub fn origin_and_kind(&self) -> (&'static str, &'static str) {
        match self {
            Self::Reply(_) => ("pmh", "link.reply"),
            Self::Released(_) => ("pmh", "link.released"),
            Self::OperatorAnswer(_) => ("pmh", "operator.result"),
            Self::Message(_) => ("run", "message"),
            Self::Stored(_) => ("platform", "platform.stored"),
            Self::Identified(_) => ("intermediate", "identifier.issued"),
            Self::Mail(_) => ("mail", "mail"),
            Self::Line(_) => ("run", "line"),
            Self::Struck(_) => ("run", "line.struck"),
            Self::Viewed(_) => ("platform", "viewing.answer"),
            Self::Noted(_) => ("run", "directory.noted"),
            Self::PortalAnswer(_) => ("portal", "portal.answer"),
            Self::PublicStatus(_) => ("portal", "portal.status"),
            Self::AttestationAnswer(_) => ("run", "attestation.answer"),
        }
    }

    /// The effect's content as one JSON text.
    ///
    /// # Errors
    /// Content that is no JSON, which would be a bug of ours.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Adds the effect's content as JSON on one line.
    ///
    /// # Errors
    /// As [`Effect::to_json`].
    pub fn write_json(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        serde_json::to_writer(out, self)
    }
}

impl Serialize for Effect {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Reply(body) => body.serialize(serializer),
            Self::Released(body) => body.serialize(serializer),
            Self::OperatorAnswer(body) => body.serialize(serializer),
            Self::Message(body) => body.serialize(serializer),
            Self::Stored(body) => body.serialize(serializer),
            Self::Identified(body) => body.serialize(serializer),
            Self::Mail(body) => body.serialize(serializer),
            Self::Line(body) => body.serialize(serializer),
            Self::Struck(body) => body.serialize(serializer),
            Self::Viewed(body) => body.serialize(serializer),
            Self::Noted(body) => body.serialize(serializer),
            Self::PortalAnswer(body) => body.serialize(serializer),
            Self::PublicStatus(body) => body.serialize(serializer),
            Self::AttestationAnswer(body) => body.serialize(serializer),
        }
    }
}

/// How an answer travels back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyTravel {
    /// Whole.
    Whole,
    /// The connection is closed before the answer.
    Cut,
    /// The connection is closed in the middle of the answer.
    CutWithin,
    /// It waits until released.
    Held,
    /// It never comes, and the connection stays open for a while.
    Silent,
    /// Whole, but late.
    Late,
}

/// PMH's answer to a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkReply {
    /// The request's position.
    pub id: u64,
    /// HTTP status.
    pub status: u16,
    /// `Retry-After`, seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// `Allow`: the method that the resource knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow: Option<String>,
    /// The body; the OpenAPI document is left out of the journal.
    pub body: Value,
    /// How it travels.
    pub travel: ReplyTravel,
}

/// A held answer goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// The request's position.
    pub id: u64,
}

/// A message between systems, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSent {
    /// The sender.
    pub from: Cow<'static, str>,
    /// The receiver.
    pub to: Cow<'static, str>,
    /// What it is about.
    pub about: Cow<'static, str>,
    /// How many people or records it concerns.
    pub count: usize,
    /// What becomes of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What the platform did with the records of a task, by position in the request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stored {
    /// The task.
    pub task: String,
    /// The kind.
    pub kind: String,
    /// New rows.
    pub created: Positions,
    /// Changed rows.
    pub updated: Positions,
    /// Rows that were there with the same content.
    pub unchanged: Positions,
    /// Rows marked deleted.
    pub deleted: Positions,
}

/// Positions in a request, written as ranges: `0-39,41`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Positions(pub Vec<usize>);

impl Serialize for Positions {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::new();
        let mut rest = self.0.as_slice();
        while let Some((&first, _)) = rest.split_first() {
            let length = rest
                .iter()
                .enumerate()
                .take_while(|(step, position)| **position == first + step)
                .count();
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(&first.to_string());
            if length > 1 {
                text.push('-');
                text.push_str(&(first + length - 1).to_string());
            }
            rest = &rest[length..];
        }
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Positions {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut positions = Vec::new();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let first: usize = first.parse().map_err(serde::de::Error::custom)?;
            let last: usize = last.parse().map_err(serde::de::Error::custom)?;
            positions.extend(first..=last);
        }
        Ok(Self(positions))
    }
}

/// Identifiers (識別子) issued for, or found again for, the people of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identified {
    /// The task.
    pub task: String,
    /// How many identifiers are new.
    pub issued: usize,
    /// How many people had one already.
    pub known: usize,
    /// Each person's masked 個人番号 and identifier.
    pub people: Vec<(String, String)>,
}

/// The line between vendor and PMH.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whether connections are accepted.
    pub is_up: bool,
}

/// A fault has struck a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Struck {
    /// The request's position.
    pub id: u64,
    /// The fault.
    #[serde(flatten)]
    pub action: LinkAction,
}

/// A notice mailed to an address the staff registered or the survey gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text; a secret in it stands as its token.
    pub text: String,
    /// The text as the receiver reads it, if it holds a secret. It reaches no journal.
    #[serde(skip)]
    pub plain: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_written_as_ranges_and_read_back() {
        let positions = Positions(vec![0, 1, 2, 5, 7, 8]);
        let text = serde_json::to_string(&positions).expect("json");
        assert_eq!(text, "\"0-2,5,7-8\"");
        assert_eq!(
            serde_json::from_str::<Positions>(&text).expect("read back"),
            positions
        );
        assert_eq!(
            serde_json::from_str::<Positions>("\"\"").expect("none"),
            Positions::default()
        );
    }
}
