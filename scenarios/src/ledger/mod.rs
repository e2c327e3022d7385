//! 台帳: what the municipality's own books hold, in business terms.
//!
//! [`Ledger`] is the document handed to a vendor with `load_ledger`; [`BusinessEvent`] is one operation of
//! daily work on it. Nothing here knows an interface code, a profile or the simulated other side: a vendor
//! must do that translation itself, and the auditor does it a second time on its own.

mod application;
mod business;
mod finder;
mod person;
mod rows;
mod terms;
mod writing;

pub use application::{Application, Decision, Opinion, Survey};
pub use business::{
    AcceptApplication, Assigned, BusinessEvent, ChangePerson, ConsentOn, DeleteRow, IssueRow,
    LoseQualification, PersonChanges, RegisterDecision, RegisterOpinion, RegisterPerson,
    RegisterSurvey, RequestOpinion, ScheduleBoard,
};
pub use finder::Trait;
pub use person::{Consent, Insurer, Ledger, Lost, NotInsured, Person};
pub use rows::{
    BurdenRatioCard, Card, EquipmentPurchase, HistoryRow, HomeModification, PlanOffice, Reduction,
    Table,
};
pub use terms::{
    ApplicationForm, ApplicationType, BurdenRatio, BurdenStage, CareLevel, Category, ConsentBox,
    ConsentState, ConsentTaker, EquipmentItem, LossReason, NotInsuredReason, ReductionType, Sex,
    SurveyPlace,
};
