//! The hours in which staff are at work (定時).

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;

use crate::domain::shown;

/// From when to when staff are at work on a business day, written `08:30-17:15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffHours {
    from: Time,
    to: Time,
}

/// A text that is no span of hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("職員の定時は「08:30-17:15」の形です。受け取った値「{received}」は読めません")]
pub struct StaffHoursError {
    /// The text as it came, shortened for display.
    pub received: String,
}

impl StaffHours {
    /// Whether a time of a business day lies in them; the last moment is still one of work.
    #[must_use]
    pub fn contains(self, time: Time) -> bool {
        (self.from..=self.to).contains(&time)
    }

    /// How many minutes they have.
    #[must_use]
    pub fn minutes(self) -> i64 {
        let of_day = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
        of_day(self.to) - of_day(self.from)
    }
}

impl FromStr for StaffHours {
    type Err = StaffHoursError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time = |text: &str| -> Option<Time> {
            let (hour, minute) = text.split_once(':')?;
            let number = |text: &str| -> Option<i8> {
                let is_two_digits =
                    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
                is_two_digits.then(|| text.parse().ok()).flatten()
            };
            Time::new(number(hour)?, number(minute)?, 0, 0).ok()
        };
        let read = || {
            let (from, to) = text.split_once('-')?;
            let (from, to) = (time(from)?, time(to)?);
            (from < to).then_some(Self { from, to })
        };
        read().ok_or_else(|| StaffHoursError {
            received: shown(text),
        })
    }
}

impl fmt::Display for StaffHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            from.hour(),
            from.minute(),
            to.hour(),
            to.minute()
        )
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::StaffHours;

    #[test]
    fn hours_read_back_as_written_and_hold_their_ends() {
        let hours: StaffHours = "08:30-17:15".parse().expect("hours");
        assert_eq!(hours.to_string(), "08:30-17:15");
        assert_eq!(hours.minutes(), 525);
        for (at, is_work) in [
            (time(8, 29, 59, 0), false),
            (time(8, 30, 0, 0), true),
            (time(17, 15, 0, 0), true),
            (time(17, 15, 1, 0), false),
        ] {
            assert_eq!(hours.contains(at), is_work, "{at}");
        }
        for text in [
            "",
            "8:30-17:15",
            "08:30",
            "17:15-08:30",
            "08:30-08:30",
            "08:30-24:00",
        ] {
            assert!(text.parse::<StaffHours>().is_err(), "{text}");
        }
    }
}
