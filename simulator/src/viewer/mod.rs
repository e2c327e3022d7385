//! What people and programs on the far side of the platform ask, and what they are answered:
//! offices through 介護WEBサービス and care software, the person through マイナポータル, medical
//! institutions, board members, and the municipality's own staff.
//!
//! Requests are inputs of the world, answers its effects; both are journaled as they stand here.
//! They name a log-in by the number the world gave it: what a browser or a program carries
//! for it never comes this far.

mod answer;
mod denial;
mod directory;
mod request;

pub use answer::{Disclosure, Made, Noted, PersonSeen, Refused, Viewed};
pub use denial::{Denial, Shown};
pub use directory::{
    AskedOpinion, CardFact, Directory, InstitutionFact, LinkedElsewhere, LinkedRecord, MemberFact,
    OfficeFact, OfficeUser, ServiceStart,
};
pub use request::{
    BoardAction, BoardRequest, CardReading, CarePlanSheet, FourItems, InstitutionAction,
    InstitutionRequest, LifeSheet, OfficeAction, OfficeRequest, OpinionSheet, PersonAction,
    PersonRequest, PlanRequestSheet, Reader, StaffRequest, Subject, ViewerInput,
};
