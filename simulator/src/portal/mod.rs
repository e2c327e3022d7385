//! What happens at the 介護情報基盤ポータル, and what it answers.
//!
//! Secrets stand here as tokens. Texts that people type stand as they typed them: whether they will do is the
//! portal's to judge, and what will not do is kept or refused with its reason.

mod answer;
mod input;

pub use answer::{
    GroundTold, PortalAnswer, PublicStatus, Refusal, ScheduleDates, StageChange, SubsidyAssessment,
};
pub use input::{
    InquiryForm, InstitutionApplication, OfficeApplication, PortalInput, Reply, ScheduleReply,
    SurveyAnswer,
};
