//! Words of long-term-care insurance (介護保険) that hold whatever the interface edition: numbers, their
//! check digits, and the key of an insured person.
//!
//! A value of one of these types has been checked; holding one is the proof. Nothing here knows a clock,
//! a file, a wire format or serde.

mod check_digit;
mod institution_code;
mod insured_number;
mod insurer_number;
mod my_number;
mod number_error;
mod office_number;

pub use check_digit::{modulus_10_check_digit, my_number_check_digit};
pub use institution_code::InstitutionCode;
pub use insured_number::{InsuredKey, InsuredNumber};
pub use insurer_number::InsurerNumber;
pub use my_number::{MyNumberError, MyNumberToken, check_my_number};
pub use number_error::NumberError;
pub use office_number::OfficeNumber;

pub(crate) use number_error::shown;
