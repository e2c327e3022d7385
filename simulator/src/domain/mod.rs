//! Words of long-term-care insurance (介護保険) that hold whatever the interface edition: numbers, their
//! check digits, and the key of an insured person.
//!
//! A value of one of these types has been checked; holding one is the proof. Nothing here knows a clock,
//! a file, a wire format or serde.

pub mod calendar;
mod check_digit;
mod institution_code;
mod insured_number;
mod insurer;
mod insurer_number;
mod mail_address;
mod my_number;
mod number_error;
mod office_number;
mod service_start;
mod subsidy;

pub use check_digit::{modulus_10_check_digit, my_number_check_digit};
pub use institution_code::InstitutionCode;
pub use insured_number::{InsuredKey, InsuredNumber};
pub use insurer::{Insurer, InsurerKind, Insurers, MemberTiming, NoConnection, SupportProject};
pub use insurer_number::InsurerNumber;
pub use mail_address::{MailAddress, MailAddressError};
pub use my_number::{MyNumberError, MyNumberToken, check_my_number};
pub use number_error::NumberError;
pub use office_number::OfficeNumber;
pub use service_start::{ServiceStartDate, ServiceStartWish, SetupCompletionDate, StartGap};
pub use subsidy::{
    Institution, InstitutionRate, OfficeLimit, SUBSIDY_FROM, SUBSIDY_TO, ServiceCode, ServiceGroup,
};

pub(crate) use number_error::shown;
