//! `Retry-After`: seconds or a date, and what servers write instead.

use model::Timestamp;

/// What a `Retry-After` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// Nothing was said.
    Absent,
    /// So long, at most the longest that is waited.
    Wait {
        /// In milliseconds.
        ms: i64,
    },
    /// A moment that has passed: our own back-off counts.
    Past,
    /// Not understood: our own back-off counts.
    Garbage,
    /// Longer than is waited: the host is left alone and shown to the operator.
    TooLong {
        /// In milliseconds.
        ms: i64,
    },
}

impl RetryAfter {
    /// Reads the header's value.
    pub fn read(value: Option<&[u8]>, now: Timestamp, longest_ms: i64) -> Self {
        let Some(value) = value else {
            return Self::Absent;
        };
        let Some(value) = std::str::from_utf8(value).ok().map(str::trim) else {
            return Self::Garbage;
        };
        let ms = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            value
                .parse::<i64>()
                .map_or(i64::MAX, |seconds| seconds.saturating_mul(1_000))
        } else {
            let Ok(moment) = httpdate::parse_http_date(value) else {
                return Self::Garbage;
            };
            let since = moment.duration_since(std::time::UNIX_EPOCH);
            let moment_ms = since.map_or(0, |since| {
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            });
            moment_ms.saturating_sub(now.as_ms())
        };
        match ms {
            ms if ms <= 0 => Self::Past,
            ms if ms > longest_ms => Self::TooLong { ms },
            ms => Self::Wait { ms },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_an_outcome() {
        let now: Timestamp = "2026-03-03T12:00:00Z".parse().unwrap();
        let day = 86_400_000;
        let check = |value: Option<&str>, expected| {
            let read = RetryAfter::read(value.map(str::as_bytes), now, day);
            assert_eq!(read, expected, "{value:?}");
        };
        check(None, RetryAfter::Absent);
        check(Some("120"), RetryAfter::Wait { ms: 120_000 });
        check(Some("0"), RetryAfter::Past);
        check(Some("-5"), RetryAfter::Garbage);
        check(Some("soon"), RetryAfter::Garbage);
        check(Some(""), RetryAfter::Garbage);
        check(
            Some("Tue, 03 Mar 2026 12:01:00 GMT"),
            RetryAfter::Wait { ms: 60_000 },
        );
        check(Some("Tue, 03 Mar 2026 11:59:00 GMT"), RetryAfter::Past);
        check(
            Some("315360000"),
            RetryAfter::TooLong {
                ms: 315_360_000_000,
            },
        );
        check(
            Some("99999999999999999999"),
            RetryAfter::TooLong { ms: i64::MAX },
        );
        check(
            Some("Mon, 03 Mar 2036 12:00:00 GMT"),
            RetryAfter::TooLong {
                ms: 315_619_200_000,
            },
        );
    }
}
