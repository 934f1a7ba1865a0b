//! Moments as the imitation sites write them, in Amsterdam's time.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use model::Timestamp;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// The names of the months in Dutch, for the site profile.
pub(crate) const fn dutch_months() -> &'static [&'static str; 12] {
    &MONTHS
}

/// A moment a number of days before `now`, at a time of day in Amsterdam.
///
/// Invariant: `minute_of_day` lies between 8:00 and 22:00, where no change to or from summer time
/// makes a local time ambiguous, and `days_ago` is at least 1, so that it has passed.
pub(crate) fn back_dated(now: Timestamp, days_ago: u16, minute_of_day: u16) -> Timestamp {
    let day = local(now.plus_days(-i64::from(days_ago.max(1)))).date();
    let minute = minute_of_day.clamp(8 * 60, 22 * 60);
    let hour = i8::try_from(minute / 60).unwrap_or(12);
    let minute = i8::try_from(minute % 60).unwrap_or(0);
    day.at(hour, minute, 0, 0)
        .to_zoned(amsterdam())
        .map_or(now, |zoned| {
            Timestamp::from_ms(zoned.timestamp().as_millisecond())
        })
}

/// `3 maart 2026, 14:05`.
pub(crate) fn dutch(moment: Timestamp) -> String {
    let local = local(moment);
    let month = usize::try_from(local.month() - 1).unwrap_or(0);
    format!(
        "{} {} {}, {:02}:{:02}",
        local.day(),
        MONTHS[month],
        local.year(),
        local.hour(),
        local.minute()
    )
}

/// `03.03.2026`.
pub(crate) fn german(moment: Timestamp) -> String {
    let local = local(moment);
    format!("{:02}.{:02}.{}", local.day(), local.month(), local.year())
}

/// `2026-03-03T14:05:00+01:00`.
pub(crate) fn iso(moment: Timestamp) -> String {
    zoned(moment).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// `Tue, 03 Mar 2026 13:05:00 GMT`, as HTTP has it (RFC 9110, section 5.6.7).
pub(crate) fn http(moment: Timestamp) -> String {
    instant(moment)
        .to_zoned(TimeZone::UTC)
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string()
}

fn local(moment: Timestamp) -> DateTime {
    zoned(moment).datetime()
}

fn zoned(moment: Timestamp) -> jiff::Zoned {
    instant(moment).to_zoned(amsterdam())
}

fn instant(moment: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(moment.as_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

#[expect(
    clippy::expect_used,
    reason = "the time zone database is bundled into the binary (feature `tzdb-bundle-always`)"
)]
fn amsterdam() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").expect("the bundled database knows Amsterdam")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_site_has_its_way_of_writing() {
        let moment: Timestamp = "2026-03-03T13:05:00Z".parse().unwrap();
        assert_eq!(dutch(moment), "3 maart 2026, 14:05");
        assert_eq!(german(moment), "03.03.2026");
        assert_eq!(iso(moment), "2026-03-03T14:05:00+01:00");
        assert_eq!(http(moment), "Tue, 03 Mar 2026 13:05:00 GMT");
    }

    #[test]
    fn back_dated_moments_lie_in_the_past_by_the_local_calendar() {
        let now: Timestamp = "2026-03-29T23:30:00Z".parse().unwrap();
        // Summer time began on the 29th; in Amsterdam it is already the 30th.
        let moment = back_dated(now, 1, 8 * 60);
        assert_eq!(dutch(moment), "29 maart 2026, 08:00");
        assert_eq!(dutch(back_dated(now, 0, 0)), "29 maart 2026, 08:00");
        assert!(back_dated(now, 1, 1440) < now);
    }
}
