//! Numbers that look right and belong to nobody.
//!
//! Uniqueness comes from one-to-one maps of the person's index, not from remembering what was given out.

use super::draw::{Purpose, Streams};

/// Index from which people who are not insured take their numbers.
const STRANGERS_FROM: u64 = 2_000_000;
/// Index from which 付番替え前の番号 are taken.
const PREVIOUS_FROM: u64 = 3_000_000;
/// A prime below ten million, so that every step from 1 on visits every number.
const INSURED_NUMBERS: u64 = 9_999_991;
/// The step: near the golden section, so that few people suffice for numbers of every size.
const INSURED_STEP: u64 = 6_180_341;
const MY_NUMBER_BODIES: u64 = 100_000_000_000;
const RESIDENT_KEYS: u64 = 100_000_000;

/// The one-to-one maps of one seed.
pub(super) struct Numbers {
    insured_start: u64,
    my_number_start: u64,
    resident_start: u64,
}

impl Numbers {
    pub(super) fn of(streams: &Streams) -> Self {
        Self {
            insured_start: streams.constant(Purpose::Identity) % INSURED_NUMBERS,
            my_number_start: streams.constant(Purpose::Name) % MY_NUMBER_BODIES,
            resident_start: streams.constant(Purpose::Address) % RESIDENT_KEYS,
        }
    }

    /// 被保険者番号: 10 digits, zero padded, never 0; without a check digit of its own [domain 6.2].
    pub(super) fn insured(&self, index: u32) -> String {
        self.insured_from(u64::from(index))
    }

    /// 付番替え前の被保険者番号.
    pub(super) fn previous(&self, index: u32) -> String {
        self.insured_from(PREVIOUS_FROM + u64::from(index))
    }

    fn insured_from(&self, index: u64) -> String {
        let number = (self.insured_start + index * INSURED_STEP) % INSURED_NUMBERS + 1;
        format!("{number:010}")
    }

    /// 個人番号 of an insured person.
    pub(super) fn my_number(&self, index: u32) -> String {
        self.my_number_from(u64::from(index))
    }

    /// 個人番号 of a person who is not insured.
    pub(super) fn stranger_my_number(&self, index: u32) -> String {
        self.my_number_from(STRANGERS_FROM + u64::from(index))
    }

    fn my_number_from(&self, index: u64) -> String {
        // The factor ends in 9, so it shares no divisor with a power of ten: no two indexes meet.
        let step = u128::from(index) * 61_803_398_869;
        let body = (u128::from(self.my_number_start) + step) % u128::from(MY_NUMBER_BODIES);
        let mut body = u64::try_from(body).unwrap_or(1);
        if body == 0 {
            // 000000000000 passes the formula and is refused everywhere: the place of an index out of use.
            body = (self.my_number_start + 5_000_000 * 61_803_398_869 % MY_NUMBER_BODIES)
                % MY_NUMBER_BODIES;
        }
        let digits = format!("{body:011}");
        let check = my_number_check_digit(digits.as_bytes());
        format!("{digits}{check}")
    }

    /// 宛名番号.
    pub(super) fn resident_key(&self, index: u32) -> String {
        let number = (self.resident_start + u64::from(index) * 7_654_321) % RESIDENT_KEYS;
        format!("R{number:08}")
    }
}

/// 申請番号: unique by person and count.
pub(super) fn application(year: i16, index: u32, count: usize) -> String {
    format!(
        "A{year}{:08}",
        u64::from(index + 1) * 10 + u64::try_from(count).unwrap_or(0)
    )
}

/// 事業所番号: 13 (as the insurer's number), type, district 99 and a serial, with check digit [domain 6.4].
pub(super) fn office(office_type: u8, serial: usize) -> String {
    let body = format!("13{office_type}99{serial:04}");
    let check = split_sum_check_digit(body.as_bytes());
    format!("{body}{check}")
}

/// 医療機関コード in the same form as an office of type 1.
pub(super) fn institution(serial: usize) -> String {
    office(1, serial)
}

/// Whether the text is a 保険者番号: 6 digits whose last is the check digit [domain 6.1].
#[must_use]
pub fn insurer_number_is_valid(number: &str) -> bool {
    ends_in_split_sum_check_digit(number, 6)
}

/// Whether the text is a 事業所番号: 10 digits whose last is the check digit [domain 6.4].
#[must_use]
pub fn office_number_is_valid(number: &str) -> bool {
    ends_in_split_sum_check_digit(number, 10)
}

/// Whether the text is a 個人番号: 12 digits whose last is the check digit, not all zero [domain 6.3].
#[must_use]
pub fn my_number_is_valid(number: &str) -> bool {
    let digits = number.as_bytes();
    digits.len() == 12
        && digits.iter().all(u8::is_ascii_digit)
        && digits.iter().any(|digit| *digit != b'0')
        && u32::from(digits[11] - b'0') == my_number_check_digit(&digits[..11])
}

fn ends_in_split_sum_check_digit(number: &str, length: usize) -> bool {
    let digits = number.as_bytes();
    digits.len() == length
        && digits.iter().all(u8::is_ascii_digit)
        && u32::from(digits[length - 1] - b'0') == split_sum_check_digit(&digits[..length - 1])
}

/// Weights 2, 1 from the right, two-digit products split, complement to ten [domain 6.1].
fn split_sum_check_digit(body: &[u8]) -> u32 {
    let sum: u32 = body
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let product = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
            product / 10 + product % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

/// The statutory formula of 個人番号 [domain 6.3].
fn my_number_check_digit(body: &[u8]) -> u32 {
    let sum: u32 = body
        .iter()
        .rev()
        .zip(1_u32..)
        .map(|(digit, place)| {
            u32::from(digit - b'0') * if place <= 6 { place + 1 } else { place - 5 }
        })
        .sum();
    match sum % 11 {
        0 | 1 => 0,
        remainder => 11 - remainder,
    }
}
