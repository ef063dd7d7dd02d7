//! Numbers as they stand in a text, whether or not 64 bits hold them.
//!
//! In: JSON text. Out: the same, in which every number that would not come back as it stands (`10.00`, thirty digits,
//! `1e400`) has become a text behind a mark, and what such texts are as integers and fractions. `serde_json` alone would round
//! the first two and refuse the whole text for the third.

use std::borrow::Cow;

/// Text whose numbers keep their digits.
pub(super) struct Kept<'t> {
    pub(super) text: Cow<'t, str>,
    /// What the texts begin with that are numbers; no other text does.
    pub(super) mark: String,
}

/// Marks the numbers of a text that would lose digits.
pub(super) fn keep(text: &str) -> Kept<'_> {
    let mut mark = "$number:".to_owned();
    while text.contains(&mark) {
        mark.insert(0, '$');
    }
    let mut written = String::new();
    let mut done = 0;
    for (start, number) in (Numbers { text, at: 0 }) {
        if comes_back(number) {
            continue;
        }
        written.push_str(text.get(done..start).unwrap_or_default());
        written.extend(["\"", &mark, number, "\""]);
        done = start + number.len();
    }
    let text = match done {
        0 => Cow::Borrowed(text),
        done => Cow::Owned(written + text.get(done..).unwrap_or_default()),
    };
    Kept { text, mark }
}

/// A whole number of 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    Below(i64),
    Above(u64),
}

/// The whole number that a number is, if it is one: `12`, `12.0`, `1.2e1`, but not what was rounded to one.
pub(super) fn whole(number: &str) -> Option<Whole> {
    if !is_number(number) {
        return None;
    }
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (int, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let shift = exponent
        .parse::<i32>()
        .ok()?
        .checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let all = format!("{int}{fraction}");
    let text = match shift {
        0..=20 => all + &"0".repeat(usize::try_from(shift).ok()?),
        // Zeros at the end of the digits may be what the exponent takes off.
        -20..0 => {
            let cut = all.len().checked_sub(usize::try_from(-shift).ok()?)?;
            let zeros = all.get(cut..)?.bytes().all(|byte| byte == b'0');
            let int = all.get(..cut).filter(|_| zeros)?;
            if int.trim_start_matches('-').is_empty() {
                "0".to_owned()
            } else {
                int.to_owned()
            }
        }
        _ => return None,
    };
    if let Ok(above) = text.parse() {
        return Some(Whole::Above(above));
    }
    text.parse().ok().map(Whole::Below)
}

/// The number as a fraction, if 64 bits hold one of its size.
pub(super) fn fraction(number: &str) -> Option<f64> {
    let float: f64 = number.parse().ok().filter(|_| is_number(number))?;
    float.is_finite().then_some(float)
}

/// Whether a number is this fraction, to its last digit.
pub(super) fn is_exactly(number: &str, float: f64) -> bool {
    significant(number) == significant(&format!("{float:e}"))
}

/// The digits of a number from the first to the last that is not zero.
fn significant(number: &str) -> String {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// Whether `serde_json` gives a number back as it stands.
fn comes_back(number: &str) -> bool {
    let parsed = number.parse::<serde_json::Number>();
    parsed.is_ok_and(|parsed| parsed.to_string() == number)
}

/// Whether a text is a number as JSON has it.
pub(crate) fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (int, fraction) = match mantissa.split_once('.') {
        Some((int, fraction)) => (int, Some(fraction)),
        None => (mantissa, None),
    };
    let exponent = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    let parts = [fraction, exponent];
    let whole = !int.is_empty() && digits(int) && (int.len() == 1 || !int.starts_with('0'));
    whole
        && parts
            .into_iter()
            .flatten()
            .all(|part| !part.is_empty() && digits(part))
}

/// The numbers of a text that are values, with where they begin.
struct Numbers<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Numbers<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'"' => self.skip_string(),
                b'-' | b'0'..=b'9' => {
                    let start = self.at;
                    let rest = self.text.get(start..)?;
                    let ends = |c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
                    let number = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
                    self.at += number.len();
                    let after = rest.get(number.len()..)?.trim_start();
                    if is_number(number) && !after.starts_with(':') {
                        return Some((start, number));
                    }
                }
                _ => self.at += 1,
            }
        }
        None
    }
}

impl Numbers<'_> {
    fn skip_string(&mut self) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            self.at += match byte {
                b'\\' => 2,
                _ => 1,
            };
            if *byte == b'"' {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_would_change_are_marked() {
        let text = r#"{"a":1,"b":10.00,"c":[123456789012345678901234567890,-0.5],"d":"1.0 \" 2.00","e":1e400,"f":1.5}"#;
        let kept = keep(text);
        let expected = r#"{"a":1,"b":"$number:10.00","c":["$number:123456789012345678901234567890",-0.5],"d":"1.0 \" 2.00","e":"$number:1e400","f":1.5}"#;
        assert_eq!(kept.text, expected);
        assert!(matches!(keep(r#"{"a":[1,2.5,"x"]}"#).text, Cow::Borrowed(_)));
        assert_eq!(
            keep(r#"["$number:",2.00]"#).text,
            r#"["$number:","$$number:2.00"]"#
        );
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for text in ["[01]", "[1.]", "[.5]", "[1e]", "{1.00:2}", "[+1]", "[1.0.0]"] {
            assert!(
                serde_json::from_str::<serde_json::Value>(&keep(text).text).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn whole_numbers_are_told_by_their_digits() {
        for (number, expected) in [
            ("12", Some(Whole::Above(12))),
            ("12.0", Some(Whole::Above(12))),
            ("1.2e1", Some(Whole::Above(12))),
            ("1200e-2", Some(Whole::Above(12))),
            ("0e-3", None),
            ("0.00", Some(Whole::Above(0))),
            ("-3.0", Some(Whole::Below(-3))),
            ("9007199254740993.0", Some(Whole::Above(9_007_199_254_740_993))),
            ("18446744073709551615", Some(Whole::Above(u64::MAX))),
            ("18446744073709551616", None),
            ("12.5", None),
            ("125e-2", None),
            ("1e400", None),
            ("007", None),
            ("+5", None),
            ("", None),
            ("-", None),
            ("1e99999999999", None),
        ] {
            assert_eq!(whole(number), expected, "{number}");
        }
        assert_eq!(fraction("12"), Some(12.0));
        assert_eq!(fraction("1e400"), None);
        assert_eq!(fraction("NaN"), None);
    }
}
