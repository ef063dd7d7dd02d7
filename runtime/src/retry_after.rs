//! How long a server asks to be left alone.
//!
//! In: the headers of an answer. Out: a time, or nothing: what is past, endless or no number says nothing. A date counts from the
//! answer's own `Date`, so that no clock but the server's is asked.

use http::HeaderMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time to wait that an answer of this status names.
pub(crate) fn retry_after(status: u16, headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    let milliseconds = ["retry-after-ms", "x-ms-retry-after-ms"];
    let found = milliseconds
        .iter()
        .find_map(|name| seconds(text(name)?, 1_000.0))
        .or_else(|| {
            let value = text("retry-after")?;
            seconds(value, 1.0).or_else(|| until(date(value)?, text("date").and_then(date)))
        });
    if found.is_some() || status != 429 {
        return found;
    }
    let limit = text("ratelimit").and_then(exhausted);
    limit.or_else(|| {
        let mut resets = ["ratelimit-reset", "x-ratelimit-reset"].iter();
        resets.find_map(|name| reset(text(name)?, text("date").and_then(date)))
    })
}

/// A number of seconds, or of parts of one.
fn seconds(text: &str, parts: f64) -> Option<Duration> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = text.parse().ok().filter(|_| is_number)?;
    let wait = Duration::try_from_secs_f64(number / parts).ok()?;
    (!wait.is_zero()).then_some(wait)
}

/// The time from now, by the server's clock, if that is in the future.
fn until(then: u64, now: Option<u64>) -> Option<Duration> {
    let now = now.or_else(|| Some(SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs()))?;
    then.checked_sub(now)
        .filter(|wait| *wait > 0)
        .map(Duration::from_secs)
}

/// `"default";r=0;t=3`: nothing remains, for three seconds.
fn exhausted(text: &str) -> Option<Duration> {
    let mut waits = text.split(',').filter_map(|limit| {
        let part = |name: &str| limit.split(';').find_map(|part| part.trim().strip_prefix(name));
        (part("r=")?.trim() == "0").then(|| seconds(part("t=")?.trim(), 1.0))?
    });
    let first = waits.next()?;
    Some(waits.fold(first, Duration::max))
}

/// Seconds, or the time since 1970 when it ends.
fn reset(text: &str, now: Option<u64>) -> Option<Duration> {
    const EPOCH: u64 = 1_000_000_000;
    match text.parse::<u64>() {
        Ok(epoch) if epoch > EPOCH => until(epoch, now),
        Ok(_) | Err(_) => seconds(text, 1.0),
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A date of HTTP, in any of its three forms, in seconds since 1970.
fn date(text: &str) -> Option<u64> {
    let words: Vec<&str> = text
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let (day, month, year, time) = match words.as_slice() {
        // Sun, 06 Nov 1994 08:49:37 GMT; Sunday, 06-Nov-94 08:49:37 GMT
        [_, day, month, year, time, "GMT" | "UTC"] => (*day, *month, *year, *time),
        // Sun Nov  6 08:49:37 1994
        [_, month, day, time, year] => (*day, *month, *year, *time),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year: u64 = year.parse().ok()?;
    let year = match year {
        0..70 => year + 2_000,
        70..100 => year + 1_900,
        _ => year,
    };
    let day: u64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let mut clock = time.split(':').map(|part| part.parse::<u64>().ok());
    let (hours, minutes, seconds) = (clock.next()??, clock.next()??, clock.next()??);
    if !(1_970..10_000).contains(&year)
        || hours > 23
        || minutes > 59
        || seconds > 60
        || clock.next().is_some()
    {
        return None;
    }
    let month = u64::try_from(month).ok()?;
    Some(days(year, month, day)? * 86_400 + hours * 3_600 + minutes * 60 + seconds)
}

/// Days since 1970, by the calendar that is counted from March.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let whole = year * 365 + year / 4 - year / 100 + year / 400 + of_year;
    whole.checked_sub(719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, headers: &[(&'static str, &str)]) -> Option<u128> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        retry_after(status, &map).map(|wait| wait.as_millis())
    }

    #[test]
    fn dates_are_read_in_each_form() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(date(text), Some(784_111_777), "{text}");
        }
        assert_eq!(date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(date("Thu, 29 Feb 2024 12:00:00 GMT"), Some(1_709_208_000));
        for text in [
            "",
            "soon",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37 CET",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_server_may_say_it_in_many_ways() {
        let now = "Sun, 06 Nov 1994 08:49:37 GMT";
        for (headers, wait) in [
            (&[][..], None),
            (&[("retry-after", "2")], Some(2_000)),
            (&[("retry-after", "1.5")], Some(1_500)),
            (&[("retry-after", "0")], None),
            (&[("retry-after", "-1")], None),
            (&[("retry-after", "inf")], None),
            (&[("retry-after", "1e400")], None),
            (&[("retry-after", "soon")], None),
            (&[("retry-after", "3600")], Some(3_600_000)),
            (
                &[("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT"), ("date", now)],
                Some(3_000),
            ),
            (
                &[("retry-after", "Sunday, 06-Nov-94 08:49:40 GMT"), ("date", now)],
                Some(3_000),
            ),
            (
                &[("retry-after", "Sun Nov  6 08:49:40 1994"), ("date", now)],
                Some(3_000),
            ),
            (
                &[("retry-after", "Sun, 06 Nov 1994 08:49:30 GMT"), ("date", now)],
                None,
            ),
            (&[("retry-after-ms", "250"), ("retry-after", "9")], Some(250)),
            (&[("x-ms-retry-after-ms", "70")], Some(70)),
            (&[("ratelimit", "\"a\";r=0;t=3")], Some(3_000)),
            (&[("ratelimit", "\"a\";r=1;t=3")], None),
            (&[("ratelimit-reset", "4")], Some(4_000)),
            (
                &[
                    ("x-ratelimit-reset", "1784111780"),
                    ("date", "Wed, 15 Jul 2026 10:36:10 GMT"),
                ],
                Some(10_000),
            ),
        ] {
            assert_eq!(of(429, headers), wait, "{headers:?}");
        }
        // Limits of a rate are only about what is refused for it.
        assert_eq!(of(503, &[("ratelimit-reset", "4")]), None);
        assert_eq!(of(503, &[("retry-after", "4")]), Some(4_000));
    }
}
