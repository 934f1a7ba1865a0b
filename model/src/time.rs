use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A moment in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// ```
/// use model::Timestamp;
/// let moment: Timestamp = "2026-03-03T09:30:00+01:00".parse()?;
/// assert_eq!(moment.to_string(), "2026-03-03T08:30:00Z");
/// assert_eq!("2026-03-03".parse::<Timestamp>()?.to_string(), "2026-03-03T00:00:00Z");
/// # Ok::<(), model::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// Why a text is no [`Timestamp`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date or time; write `2026-03-03` or `2026-03-03T09:30:00+01:00` (RFC 3339)")]
pub struct TimestampError(String);

const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the epoch.
    pub const fn as_ms(self) -> i64 {
        self.0
    }

    /// Whole days since the epoch, in UTC.
    pub const fn day(self) -> i64 {
        self.0.div_euclid(DAY_MS)
    }

    /// This moment, a number of milliseconds later (or earlier, when negative).
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// This moment, a number of whole days later (or earlier, when negative).
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_ms(days.saturating_mul(DAY_MS))
    }

    /// Whole days from `earlier` to this moment; negative when it is the other way round.
    pub const fn days_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(DAY_MS)
    }

    /// The date in UTC, `2026-03-03`.
    pub fn date(self) -> String {
        let mut written = self.to_string();
        written.truncate(10);
        written
    }

    /// The civil year in UTC.
    pub fn year(self) -> i16 {
        self.civil().year()
    }

    fn civil(self) -> jiff::civil::DateTime {
        let clamped = self.0.clamp(
            jiff::Timestamp::MIN.as_millisecond(),
            jiff::Timestamp::MAX.as_millisecond(),
        );
        jiff::Timestamp::from_millisecond(clamped)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .datetime()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.civil();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            civil.year(),
            civil.month(),
            civil.day(),
            civil.hour(),
            civil.minute(),
            civil.second()
        )?;
        if civil.millisecond() != 0 {
            write!(f, ".{:03}", civil.millisecond())?;
        }
        f.write_str("Z")
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(written: &str) -> Result<Self, TimestampError> {
        let written = written.trim();
        if let Ok(moment) = written.parse::<jiff::Timestamp>() {
            return Ok(Self(moment.as_millisecond()));
        }
        written
            .parse::<jiff::civil::Date>()
            .ok()
            .filter(|_| written.len() == 10)
            .and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok())
            .map(|zoned| Self(zoned.timestamp().as_millisecond()))
            .ok_or_else(|| TimestampError(written.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_down_to_the_earlier_midnight() {
        let before = Timestamp::from_ms(-1);
        assert_eq!(before.day(), -1);
        assert_eq!(Timestamp::from_ms(0).plus_days(3).days_since(before), 3);
    }

    #[test]
    fn refuses_with_the_way_out() {
        let error = "3 maart".parse::<Timestamp>().unwrap_err();
        assert!(error.to_string().contains("2026-03-03"), "{error}");
        assert!(
            "2026-03-03T09:30:00".parse::<Timestamp>().is_err(),
            "a time needs its zone"
        );
    }

    #[test]
    fn extremes_do_not_panic() {
        for ms in [i64::MIN, i64::MAX] {
            assert!(!Timestamp::from_ms(ms).to_string().is_empty());
        }
    }
}
