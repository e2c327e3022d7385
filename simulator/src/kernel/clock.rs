//! The run's own time.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant of the run, shown in Japan Standard Time (+09:00).
///
/// Only a run moves it; no simulated system reads the machine's clock. Japan keeps no summer
/// time today, so a fixed offset is exact for every date the product deals with
/// [domain 7.3, assumed: the interface says no time zone].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(Timestamp);

/// A text that is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("日時は「2026-11-02T09:00:00+09:00」の形です。受け取った値「{received}」は読めません")]
pub struct MomentError {
    /// The text as it came.
    pub received: String,
}

impl Moment {
    /// Where every run starts unless told otherwise: Monday 2026-11-02 09:00 in Japan, the month
    /// of the first real starts [domain 5.1].
    #[must_use]
    pub fn default_start() -> Self {
        Self::at(Date::constant(2026, 11, 2), 9, 0)
    }

    /// The moment at an hour and minute of a civil date in Japan.
    #[must_use]
    pub fn at(date: Date, hour: i8, minute: i8) -> Self {
        let civil = DateTime::from_parts(date, jiff::civil::time(hour, minute, 0, 0));
        let stamp = japan()
            .to_timestamp(civil)
            .expect("a civil date of the run lies within the representable range");
        Self(stamp)
    }

    /// The civil date in Japan.
    #[must_use]
    pub fn date(self) -> Date {
        japan().to_datetime(self.0).date()
    }

    /// The moment this many seconds later (earlier when negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(
            self.0
                .checked_add(SignedDuration::from_secs(seconds))
                .unwrap_or(self.0),
        )
    }

    /// Seconds since 1970-01-01T00:00:00Z, for certificates and HTTP dates.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.as_second()
    }

    /// The moment as fourteen digits in Japan, `YYYYMMDDHHMMSS`.
    #[must_use]
    pub fn digits(self) -> String {
        japan()
            .to_datetime(self.0)
            .strftime("%Y%m%d%H%M%S")
            .to_string()
    }

    /// The moment as pages and notices write it: date, hour and minute in Japan.
    #[must_use]
    pub fn for_people(self) -> String {
        japan()
            .to_datetime(self.0)
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    }

    /// The HTTP `Date` of this moment.
    #[must_use]
    pub fn http_date(self) -> String {
        self.0.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }
}

fn japan() -> TimeZone {
    TimeZone::fixed(Offset::constant(9))
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = japan().to_datetime(self.0);
        write!(f, "{}+09:00", civil.strftime("%Y-%m-%dT%H:%M:%S%.f"))
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<Timestamp>()
            .map(Self)
            .map_err(|_| MomentError {
                received: text.to_owned(),
            })
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_back_as_written() {
        let start = Moment::default_start();
        assert_eq!(start.to_string(), "2026-11-02T09:00:00+09:00");
        assert_eq!(start.to_string().parse(), Ok(start));
        assert_eq!(start.http_date(), "Mon, 02 Nov 2026 00:00:00 GMT");
        assert_eq!(start.digits(), "20261102090000");
        assert_eq!(start.for_people(), "2026-11-02 09:00");
    }

    #[test]
    fn the_civil_date_is_that_of_japan() {
        let midnight: Moment = "2026-11-01T15:00:00Z".parse().expect("a moment");
        assert_eq!(midnight.date().to_string(), "2026-11-02");
        assert_eq!(midnight.plus_seconds(-1).date().to_string(), "2026-11-01");
    }
}
