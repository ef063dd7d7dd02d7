//! JavaScript's conversions, where Postman relies on them: what a number is as text, what counts as true.
//!
//! In: JSON values that stand where the format wants text. Out: the text or truth that Postman makes of them.

use std::fmt;
use std::io;

use serde_core::Serialize;

use crate::frontend::json::Value;

/// Compact JSON, as JavaScript writes it.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_json(self))
    }
}

/// `String(value)`.
pub(super) fn to_string(value: &Value<'_>) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number_to_string(number),
        Value::String(text) => text.clone().into_owned(),
        Value::Array(items) => join(items, ","),
        Value::Object(_) => "[object Object]".to_owned(),
    }
}

/// `array.join(separator)`: null elements are empty.
pub(super) fn join(items: &[Value<'_>], separator: &str) -> String {
    let texts: Vec<String> = items
        .iter()
        .map(|item| {
            if item.is_null() {
                String::new()
            } else {
                to_string(item)
            }
        })
        .collect();
    texts.join(separator)
}

/// `Boolean(value)`.
pub(super) fn truthy(value: &Value<'_>) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// A whole number from 0, given as one or as text.
pub(super) fn whole(value: &Value<'_>) -> Option<u32> {
    match value {
        Value::Number(_) | Value::String(_) => cast_number(value).parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// `String(Number(text))`.
pub(super) fn cast_number(value: &Value<'_>) -> String {
    match value {
        Value::Number(number) => number_to_string(number),
        Value::Null => "0".to_owned(),
        Value::Bool(flag) => u8::from(*flag).to_string(),
        Value::String(text) if text.trim().is_empty() => "0".to_owned(),
        Value::String(text) => text_to_number(text.trim()),
        Value::Array(_) | Value::Object(_) => "NaN".to_owned(),
    }
}

/// All numbers are doubles: `1.0` is `1`, and what is above 2^53 loses its last digits.
fn number_to_string(number: &serde_json::Number) -> String {
    const EXACT: u64 = 1 << 53;
    let small = number
        .as_i64()
        .is_some_and(|number| number.unsigned_abs() <= EXACT);
    match number.as_f64() {
        Some(float) if !small => float_to_string(float),
        Some(_) | None => number.to_string(),
    }
}

/// `JSON.stringify(value)`.
pub(super) fn to_json(value: &Value<'_>) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, JavaScript);
    // Writing into memory cannot fail.
    drop(value.serialize(&mut serializer));
    String::from_utf8(bytes).unwrap_or_default()
}

/// JSON with numbers as JavaScript writes them.
struct JavaScript;

impl serde_json::ser::Formatter for JavaScript {
    fn write_u64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        writer.write_all(number_to_string(&value.into()).as_bytes())
    }

    fn write_i64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        writer.write_all(number_to_string(&value.into()).as_bytes())
    }

    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(float_to_string(value).as_bytes())
    }
}

fn text_to_number(text: &str) -> String {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    match text.parse::<f64>() {
        Ok(number) if plain => float_to_string(number),
        Ok(_) | Err(_) => "NaN".to_owned(),
    }
}

/// JavaScript writes whole numbers below 1e21 without an exponent or a fraction.
fn float_to_string(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&number.abs()) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, power)) if !power.starts_with('-') => format!("{digits}e+{power}"),
        Some(_) | None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::json::json;

    #[test]
    fn texts_are_those_of_javascript() {
        for (value, text) in [
            (json!(null), "null"),
            (json!(1.0), "1"),
            (json!(1.5), "1.5"),
            (json!(1e21), "1e+21"),
            (json!([1, null, ["a", {}]]), "1,,a,[object Object]"),
        ] {
            assert_eq!(to_string(&value), text);
        }
        assert_eq!(
            to_string(&json!(12_345_678_901_234_567_890_u64)),
            "12345678901234567000"
        );
        assert_eq!(to_string(&json!(-9_007_199_254_740_993_i64)), "-9007199254740992");
        assert_eq!(
            to_json(&json!({"a": [1.0, 2e-7, 1e300], "b": u64::MAX})),
            "{\"a\":[1,2e-7,1e+300],\"b\":18446744073709552000}"
        );
        assert_eq!(cast_number(&json!("007")), "7");
        assert_eq!(cast_number(&json!("seven")), "NaN");
    }
}
