//! Dynamic variables: `{{$guid}}`, `{{$timestamp}}`, `{{$randomCity}}` and the other 115 that Postman knows.
//!
//! In: a name, the clock and chance. Out: a fresh value of the form that Postman's has. The words are our own: nobody
//! can rely on which ones come. A variable that Postman does not know stays as it is written.

mod recipes;
mod words;

use std::time::Duration;

use super::{Clock, Entropy};

/// A fresh value of a dynamic variable.
pub(crate) fn value(name: &str, clock: &dyn Clock, entropy: &dyn Entropy) -> Option<String> {
    let name = name.strip_prefix('$')?;
    let now = clock.now();
    let below = |count: u64| entropy.next_u64() % count;
    Some(match name {
        "guid" | "randomUUID" => entropy.uuid(),
        "timestamp" => now
            .saturating_add(Duration::from_millis(500))
            .as_secs()
            .to_string(),
        "isoTimestamp" => iso(now),
        "randomInt" => below(1001).to_string(),
        "randomPrice" => format!("{}.{:02}", below(1000), below(100)),
        "randomLatitude" => degrees(below(1_800_001), 90),
        "randomLongitude" => degrees(below(3_600_001), 180),
        "randomDatePast" => date(now.saturating_sub(Duration::from_secs(1 + below(31_536_000)))),
        "randomDateFuture" => date(now.saturating_add(Duration::from_secs(1 + below(31_536_000)))),
        "randomDateRecent" => date(now.saturating_sub(Duration::from_secs(1 + below(86_400)))),
        "randomIP" => [(); 4].map(|()| below(256).to_string()).join("."),
        _ => expand(recipes::of(name)?, entropy, 0),
    })
}

/// Writes out a recipe: `#` a digit, `%` a hexadecimal digit, `^` a letter or digit, `{list}` an element of a list, which
/// is a recipe itself, `\` the next character; everything else as it is.
fn expand(recipe: &str, entropy: &dyn Entropy, depth: usize) -> String {
    let pick = |choices: &[u8]| {
        let index = usize::try_from(entropy.next_u64() % 1024).unwrap_or(0) % choices.len().max(1);
        choices.get(index).copied().map_or('0', char::from)
    };
    let mut text = String::new();
    let mut rest = recipe;
    while let Some(character) = rest.chars().next() {
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        match character {
            '#' => text.push(pick(b"0123456789")),
            '%' => text.push(pick(b"0123456789abcdef")),
            '\\' => {
                let literal = rest.chars().next();
                rest = literal.map_or("", |literal| rest.get(literal.len_utf8()..).unwrap_or_default());
                text.extend(literal);
            }
            '^' => text.push(pick(b"abcdefghijklmnopqrstuvwxyz0123456789")),
            '{' if depth < 4 => {
                let (list, behind) = rest.split_once('}').unwrap_or((rest, ""));
                rest = behind;
                text.push_str(&expand(element(words::list(list), entropy), entropy, depth + 1));
            }
            other => text.push(other),
        }
    }
    text
}

/// One of `a|b|c`.
fn element<'a>(list: &'a str, entropy: &dyn Entropy) -> &'a str {
    let count = list.split('|').count();
    let index = entropy.next_u64() % u64::try_from(count).unwrap_or(1).max(1);
    list.split('|')
        .nth(usize::try_from(index).unwrap_or(0))
        .unwrap_or_default()
}

/// Ten-thousandths of a degree above the lowest value, as degrees.
fn degrees(ten_thousandths: u64, offset: i64) -> String {
    let value = i64::try_from(ten_thousandths).unwrap_or(0) - offset * 10_000;
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}.{:04}", value.abs() / 10_000, value.abs() % 10_000)
}

/// A moment of the calendar, in UTC.
pub(crate) struct Moment {
    pub(crate) year: u64,
    /// From 1.
    pub(crate) month: u64,
    /// From 1.
    pub(crate) day: u64,
    /// From 0, which is Sunday.
    pub(crate) weekday: u64,
    pub(crate) hour: u64,
    pub(crate) minute: u64,
    pub(crate) second: u64,
}

impl Moment {
    /// The moment this long after 1970-01-01T00:00:00Z.
    pub(crate) fn at(since_epoch: Duration) -> Self {
        let seconds = since_epoch.as_secs();
        let days = seconds / 86_400;
        // Days from 0000-03-01, so that a leap day is the last of its year; eras have 400 years.
        let shifted = days + 719_468;
        let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        Self {
            year: era * 400 + year_of_era + u64::from(month <= 2),
            month,
            day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
            weekday: (days + 4) % 7,
            hour: seconds / 3_600 % 24,
            minute: seconds / 60 % 60,
            second: seconds % 60,
        }
    }
}

/// `2023-11-14T22:13:20.000Z`.
fn iso(now: Duration) -> String {
    let at = Moment::at(now);
    let Moment {
        year,
        month,
        day,
        hour,
        minute,
        second,
        ..
    } = at;
    let milliseconds = now.subsec_millis();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z")
}

/// `Tue Nov 14 2023 22:13:20 GMT+0000 (Coordinated Universal Time)`, as JavaScript writes a date.
fn date(time: Duration) -> String {
    let Moment {
        year,
        month,
        day,
        weekday,
        hour,
        minute,
        second,
    } = Moment::at(time);
    let part = |list: &'static str, index: u64| {
        let name = list
            .split('|')
            .nth(usize::try_from(index).unwrap_or(0))
            .unwrap_or_default();
        name.get(..3).unwrap_or(name)
    };
    let weekday = part(words::list("weekday"), weekday);
    let month = part(words::list("month"), month - 1);
    format!(
        "{weekday} {month} {day:02} {year} {hour:02}:{minute:02}:{second:02} GMT+0000 (Coordinated Universal Time)"
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{date, iso, recipes, value, words};
    use crate::wire::{SystemClock, SystemEntropy};

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(
            iso(Duration::from_secs(1_700_000_000)),
            "2023-11-14T22:13:20.000Z"
        );
        assert_eq!(
            iso(Duration::from_millis(951_782_400_123)),
            "2000-02-29T00:00:00.123Z"
        );
        assert_eq!(iso(Duration::from_secs(0)), "1970-01-01T00:00:00.000Z");
        let expected = "Tue Nov 14 2023 22:13:20 GMT+0000 (Coordinated Universal Time)";
        assert_eq!(date(Duration::from_secs(1_700_000_000)), expected);
    }

    #[test]
    fn every_name_has_a_value() {
        let own = "guid randomUUID timestamp isoTimestamp randomInt randomPrice randomLatitude randomLongitude \
                   randomDatePast randomDateFuture randomDateRecent randomIP";
        let names: Vec<&str> = own.split(' ').chain(recipes::names()).collect();
        assert_eq!(names.len(), 118, "Postman has this many");
        for name in names {
            let made = value(&format!("${name}"), &SystemClock, &SystemEntropy).unwrap_or_default();
            assert!(
                !made.is_empty() && !made.contains(['{', '}', '|']),
                "${name}: {made}"
            );
        }
        let color = value("$randomHexColor", &SystemClock, &SystemEntropy).unwrap_or_default();
        assert!(color.starts_with('#') && color.len() == 7, "{color}");
        assert_eq!(value("$randomNothing", &SystemClock, &SystemEntropy), None);
        assert_eq!(value("guid", &SystemClock, &SystemEntropy), None);
    }

    #[test]
    fn every_list_of_a_recipe_is_there() {
        for name in recipes::names() {
            let mut rest = recipes::of(name).unwrap_or_default();
            while let Some((_, behind)) = rest.split_once('{') {
                let (list, behind) = behind.split_once('}').expect("a list's name ends");
                assert!(!words::list(list).is_empty(), "{list}");
                rest = behind;
            }
        }
    }
}
