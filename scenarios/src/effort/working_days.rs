//! Work within the hours of staff, over the business days of the calendar.

use jiff::civil::{Date, Time, time};
use tekigo_simulator::domain::calendar::{
    StaffHours, StaffHoursError, is_business_day, next_business_day,
};

/// 職員の定時: the usual hours of a town hall (assumed; not published for each municipality).
pub const STAFF_HOURS: &str = "08:30-17:15";
/// Their beginning.
const FROM: Time = time(8, 30, 0, 0);

/// The hours as the calendar knows them.
///
/// # Errors
/// Never with [`STAFF_HOURS`], which a test shows.
pub fn staff_hours() -> Result<StaffHours, StaffHoursError> {
    STAFF_HOURS.parse()
}

/// When work is done that began in the morning of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finish {
    /// The day.
    pub day: Date,
    /// The time of day.
    pub at: Time,
    /// On how many business days there was work.
    pub days: i64,
}

impl Finish {
    /// Where so many minutes of work end, if nobody works outside the hours.
    #[must_use]
    pub fn of(from: Date, minutes: i64, hours: StaffHours) -> Self {
        let of_day = hours.minutes().max(1);
        let mut day = if is_business_day(from) {
            from
        } else {
            next_business_day(from)
        };
        let mut left = minutes.max(0);
        let mut days = 1;
        while left > of_day {
            left -= of_day;
            day = next_business_day(day);
            days += 1;
        }
        let at = FROM.saturating_add(jiff::Span::new().minutes(left));
        Self { day, at, days }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn work_goes_on_the_next_business_day() {
        let hours = staff_hours().expect("hours");
        assert!(hours.contains(FROM));
        let finish = |minutes| Finish::of(date(2026, 11, 2), minutes, hours);
        assert_eq!(finish(60).at, time(9, 30, 0, 0));
        assert_eq!((finish(525).at, finish(525).days), (time(17, 15, 0, 0), 1));
        // 3 November is a holiday.
        let later = finish(526);
        assert_eq!(
            (later.day, later.at),
            (date(2026, 11, 4), time(8, 31, 0, 0))
        );
        assert_eq!(later.days, 2);
        assert_eq!(
            Finish::of(date(2026, 11, 1), 0, hours).day,
            date(2026, 11, 2)
        );
    }
}
