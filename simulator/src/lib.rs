//! The simulated other side of the 介護情報基盤 (long-term-care information platform): PMH, the
//! intermediate server, online qualification, the platform, the portal and the mail, as one pure state
//! machine with thin adapters around it.
//!
//! ```text
//!   Input ──► World::apply ──► effects ──► journal (flushed) ──► shown outside
//!               │   ▲
//!               ▼   │ kernel: clock, ordered delivery, named random streams
//!   pmh → intermediate → qualification, pmh → platform, pmh → mail,
//!   portal → pmh, portal → mail, platform → portal
//! ```
//!
//! This crate knows no scenario, no verdict and no vendor.

mod attestation;
pub mod domain;
mod effect;
mod input;
mod insurer_shape;
pub mod kernel;
mod operator;
mod portal;
pub mod profile;
pub mod serve;
pub mod systems;
pub mod viewer;
mod world;

pub use attestation::{Attestation, AttestationAnswer, AttestedMatter};
pub use effect::{
    Dated, Effect, Identified, Line, LinkReply, Mail, MessageSent, Positions, Released,
    ReplyTravel, Stored, Struck,
};
pub use input::{
    Arrival, CertificateGrant, ClockMove, DecoyCall, Input, InsurerOpening, KeyExpiry, LineSwitch,
    LinkRefused, LinkRequest, Opening, Unreadable, WrongNumber,
};
pub use insurer_shape::InsurerShape;
pub use operator::{
    AcceptedFile, AcceptedSet, FetchedFile, OperatorAction, OperatorAnswer, OperatorInput,
    SetProblem, UploadedFile,
};
pub use portal::{
    GroundTold, InquiryForm, InstitutionApplication, OfficeApplication, PortalAnswer, PortalInput,
    PublicStatus, Refusal, Reply, ScheduleDates, ScheduleReply, StageChange, SubsidyAssessment,
    SurveyAnswer,
};
pub use world::{World, reply_to};
