//! What can happen to the world. Every input is journaled as it stands here, and replays from there.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::attestation::Attestation;
use crate::insurer_shape::InsurerShape;
use crate::kernel::{DeliveryRule, LinkFault, Moment};
use crate::operator::OperatorInput;
use crate::portal::PortalInput;
use crate::viewer::{Directory, ViewerInput};

/// An input to the world, already masked.
#[derive(Debug, Clone)]
pub enum Input {
    /// The world begins.
    Opening(Opening),
    /// A vendor's request reached PMH's link interface.
    LinkRequest(LinkRequest),
    /// A connection was refused before a request could be read.
    LinkRefused(LinkRefused),
    /// Somebody called an address that nobody may call.
    Decoy(DecoyCall),
    /// A member of the municipal staff works in PMH's pages.
    Operator(OperatorInput),
    /// The run's clock moves.
    Clock(ClockMove),
    /// A scenario chooses what becomes of messages between systems.
    Delivery(DeliveryRule),
    /// A scenario chooses what becomes of requests on the line.
    LinkFault(LinkFault),
    /// Every rule of the two kinds above ends: held answers go out, late messages arrive, the
    /// line is up.
    CalmDown,
    /// The line between vendor and PMH goes down or up.
    Line(LineSwitch),
    /// The keys of an account end earlier than issued.
    KeyExpiry(KeyExpiry),
    /// Something reaches the platform from outside for an insurer to fetch.
    Arrival(Arrival),
    /// The resident register says that a 個人番号 is not the person's own.
    WrongNumber(WrongNumber),
    /// Somebody on the far side of the platform asks for something.
    Viewer(ViewerInput),
    /// A fact of the outside world: an office, a card, a board's member.
    Directory(Directory),
    /// Somebody does something at the portal.
    Portal(PortalInput),
    /// A person of an insurer attests something.
    Attestation(Attestation),
}

impl Input {
    /// Who did it and what it is (`from` and `kind`), as the journal writes it.
    #[must_use]
    pub fn origin_and_kind(&self) -> (&'static str, &'static str) {
        match self {
            Self::Opening(_) => ("run", "opened"),
            Self::LinkRequest(_) => ("vendor", "link.request"),
            Self::LinkRefused(_) => ("vendor", "link.refused"),
            Self::Decoy(_) => ("vendor", "decoy"),
            Self::Operator(_) => ("operator", "operator"),
            Self::Clock(_) => ("run", "clock"),
            Self::Delivery(_) => ("run", "rule.delivery"),
            Self::LinkFault(_) => ("run", "rule.link"),
            Self::CalmDown => ("run", "rule.none"),
            Self::Line(_) => ("run", "line.switch"),
            Self::KeyExpiry(_) => ("run", "key.expiry"),
            Self::Arrival(_) => ("outside", "arrival"),
            Self::WrongNumber(_) => ("outside", "wrong_number"),
            Self::Viewer(request) => (request.origin(), "viewer"),
            Self::Directory(_) => ("outside", "directory"),
            Self::Portal(input) => (input.origin(), "portal"),
            Self::Attestation(_) => ("operator", "attestation"),
        }
    }

    /// Reads an input back from a journal line; `None` for lines that are no input.
    ///
    /// # Errors
    /// The body does not fit the kind.
    pub fn from_journal(kind: &str, body: &RawValue) -> Result<Option<Self>, serde_json::Error> {
        let text = body.get();
        Ok(Some(match kind {
            "opened" => Self::Opening(serde_json::from_str(text)?),
            "link.request" => Self::LinkRequest(serde_json::from_str(text)?),
            "link.refused" => Self::LinkRefused(serde_json::from_str(text)?),
            "decoy" => Self::Decoy(serde_json::from_str(text)?),
            "operator" => Self::Operator(serde_json::from_str(text)?),
            "clock" => Self::Clock(serde_json::from_str(text)?),
            "rule.delivery" => Self::Delivery(serde_json::from_str(text)?),
            "rule.link" => Self::LinkFault(serde_json::from_str(text)?),
            "rule.none" => Self::CalmDown,
            "line.switch" => Self::Line(serde_json::from_str(text)?),
            "key.expiry" => Self::KeyExpiry(serde_json::from_str(text)?),
            "arrival" => Self::Arrival(serde_json::from_str(text)?),
            "wrong_number" => Self::WrongNumber(serde_json::from_str(text)?),
            "viewer" => Self::Viewer(serde_json::from_str(text)?),
            "directory" => Self::Directory(serde_json::from_str(text)?),
            "portal" => Self::Portal(serde_json::from_str(text)?),
            "attestation" => Self::Attestation(serde_json::from_str(text)?),
            _ => return Ok(None),
        }))
    }
}

impl Serialize for Input {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Opening(body) => body.serialize(serializer),
            Self::LinkRequest(body) => body.serialize(serializer),
            Self::LinkRefused(body) => body.serialize(serializer),
            Self::Decoy(body) => body.serialize(serializer),
            Self::Operator(body) => body.serialize(serializer),
            Self::Clock(body) => body.serialize(serializer),
            Self::Delivery(body) => body.serialize(serializer),
            Self::LinkFault(body) => body.serialize(serializer),
            Self::CalmDown => serializer.collect_map(std::iter::empty::<((), ())>()),
            Self::Line(body) => body.serialize(serializer),
            Self::KeyExpiry(body) => body.serialize(serializer),
            Self::Arrival(body) => body.serialize(serializer),
            Self::WrongNumber(body) => body.serialize(serializer),
            Self::Viewer(body) => body.serialize(serializer),
            Self::Directory(body) => body.serialize(serializer),
            Self::Portal(body) => body.serialize(serializer),
            Self::Attestation(body) => body.serialize(serializer),
        }
    }
}

/// The first line of every journal: what the world is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The journal's format, 1.
    pub format: u32,
    /// The program's version.
    pub version: String,
    /// The seed of every random stream.
    pub seed: u64,
    /// The interface profile's identifier.
    pub profile: String,
    /// The digest of its files.
    pub profile_digest: String,
    /// Where the run's clock starts.
    pub start: Moment,
    /// The insurers that PMH has accounts for.
    pub insurers: Vec<InsurerOpening>,
}

/// An insurer (保険者) known to PMH from the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsurerOpening {
    /// 保険者番号.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The token of its first password.
    pub first_password: String,
    /// The client certificates issued to it.
    pub certificates: Vec<CertificateGrant>,
    /// What it is; a municipality unless told otherwise.
    #[serde(default, skip_serializing_if = "InsurerShape::is_plain")]
    pub shape: InsurerShape,
}

/// A client certificate, by the name the test CA gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateGrant {
    /// The name in the certificate's subject.
    pub name: String,
    /// The environment it was issued for.
    pub environment: String,
}

/// A request on the link interface of mode 1.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkRequest {
    /// Position among the run's requests, from 1.
    pub id: u64,
    /// Which of PMH's environments it reached.
    pub environment: String,
    /// HTTP method.
    pub method: String,
    /// Path without query.
    pub path: String,
    /// Query without the question mark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// The name in the client certificate.
    pub certificate: Option<String>,
    /// The token of the authentication key presented as bearer.
    pub key: Option<String>,
    /// `Content-Type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The body, if it is JSON on one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Box<RawValue>>,
    /// The body, if it is anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What is wrong with the body's bytes, if it could not even be read as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<Unreadable>,
}

/// Why a body could not be taken over as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// More bytes than the profile allows.
    TooLarge,
    /// Not UTF-8.
    NotUtf8,
}

impl LinkRequest {
    /// The body as text, empty if there is none.
    #[must_use]
    pub fn body_text(&self) -> &str {
        match (&self.body, &self.text) {
            (Some(json), _) => json.get(),
            (None, Some(text)) => text,
            (None, None) => "",
        }
    }
}

/// A connection that was refused before a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRefused {
    /// Which address.
    pub endpoint: String,
    /// What did not fit, in Japanese.
    pub reason: String,
}

/// A call to an address that nobody may call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecoyCall {
    /// Which address: `platform`, `careweb`, `plain_http` ...
    pub role: String,
    /// What came, as far as it could be read.
    pub detail: String,
}

/// The line goes down or up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineSwitch {
    /// Whether connections are accepted from now on.
    pub is_up: bool,
}

/// The keys of an account end earlier than issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyExpiry {
    /// 保険者番号 of the account.
    pub insurer: String,
    /// Which environment's.
    pub environment: String,
    /// From when on they are no good.
    pub expires: Moment,
}

/// The clock moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockMove {
    /// To this moment; an earlier one than now changes nothing.
    pub to: Moment,
}

/// Something from outside that an insurer is to fetch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Arrival {
    /// 保険者番号 of the receiver.
    pub insurer: String,
    /// The kind, as in the profile.
    pub kind: String,
    /// The record.
    pub record: Box<RawValue>,
}

/// A 個人番号 that the resident register does not know as the person's own; PMH refuses records
/// that carry it [domain 1.6: 中間サーバー checks by J-LIS照会, analog].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongNumber {
    /// The token of the number.
    pub my_number: String,
}
