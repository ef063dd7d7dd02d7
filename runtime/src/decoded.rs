//! JSON of an answer as a type, and what is said of it where it is none.
//!
//! In: text, its media type, and whether misfits are errors. Out: a [`Decoded`] value with what did not fit, or why there
//! is none. It knows of no request, status or transport.

use crate::decode::{self, Decode, Drift};
use serde_json::Value;

/// A typed body, or why there is none.
#[derive(Debug)]
pub struct Decoded<T> {
    pub(crate) value: Result<T, String>,
    pub(crate) drift: Vec<Drift>,
}

impl<T> Decoded<T> {
    pub(crate) fn of(value: T) -> Self {
        Self {
            value: Ok(value),
            drift: Vec::new(),
        }
    }

    /// The whole is not what it must be.
    fn misfit(expected: &str, found: &str, value: Option<Value>) -> Self {
        let drift = Drift {
            path: String::new(),
            expected: expected.to_owned(),
            found: found.to_owned(),
            value,
        };
        Self {
            value: Err(drift.to_string()),
            drift: vec![drift],
        }
    }

    pub(crate) fn failed(why: impl Into<String>) -> Self {
        Self {
            value: Err(why.into()),
            drift: Vec::new(),
        }
    }

    /// The same with another value.
    #[inline]
    #[must_use]
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Decoded<U> {
        Decoded {
            value: self.value.map(map),
            drift: self.drift,
        }
    }
}

/// The strict pass, and if it fails, the tolerant one.
pub(crate) fn decode_json<T: Decode>(text: &str, strict: bool, media_type: Option<&str>) -> Decoded<T> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return empty(strict);
    }
    if let Some(expected) = T::never_null().filter(|_| trimmed == "null") {
        return Decoded::misfit(expected, "null", Some(Value::Null));
    }
    let error = match decode::from_str(text) {
        Ok(value) => return Decoded::of(value),
        Err(error) => error,
    };
    match decode::from_str_tolerantly(text) {
        Err(error) => Decoded::failed(no_json(&error, media_type)),
        Ok((value, drift)) => tolerated(value, drift, strict, &error),
    }
}

/// A body of nothing is that of a type which has a value for nothing, and has drifted from JSON all the same.
fn empty<T: Decode>(strict: bool) -> Decoded<T> {
    let expected = || {
        let (_, drift) = decode::from_str_tolerantly::<T>("null").ok()?;
        Some(drift.into_iter().next()?.expected)
    };
    let expected = T::never_null().map(str::to_owned).or_else(expected);
    let mut decoded = Decoded::misfit(expected.as_deref().unwrap_or("JSON"), "an empty body", None);
    if let Some(value) = T::of_null().filter(|_| !strict) {
        decoded.value = Ok(value);
    }
    decoded
}

/// No body, of which white space is as good. What there is nevertheless is nobody's to drop without a word.
pub(crate) fn nothing(body: &[u8], strict: bool) -> Decoded<()> {
    if body.trim_ascii().is_empty() {
        return Decoded::of(());
    }
    let value = serde_json::from_slice::<Value>(body).ok();
    let found = match &value {
        Some(Value::Object(_)) => "an object",
        Some(Value::Array(_)) => "a list",
        Some(Value::Null) => "null",
        Some(Value::Bool(_) | Value::Number(_) | Value::String(_)) => "a value",
        None => "a body that is no JSON",
    };
    let mut decoded = Decoded::misfit("no body", found, value);
    if !strict {
        decoded.value = Ok(());
    }
    decoded
}

/// What becomes of a value that did not fit everywhere. What was read another way than it stands has not drifted.
fn tolerated<T>(value: Option<T>, drift: Vec<Drift>, strict: bool, error: &serde_json::Error) -> Decoded<T> {
    let value = match (value, drift.first()) {
        (Some(value), first) if !strict || first.is_none() => Ok(value),
        (_, Some(first)) if drift.len() > 1 => Err(format!("{first} (and {} more)", drift.len() - 1)),
        (_, Some(first)) => Err(first.to_string()),
        (_, None) => Err(error.to_string()),
    };
    Decoded { value, drift }
}

/// Whether it is JSON, and nested more deeply than anybody reads here: it is not said to be none.
fn is_too_deep(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion limit exceeded")
}

pub(crate) fn said(error: &serde_json::Error) -> String {
    if is_too_deep(error) {
        return format!("it is JSON nested deeper than 127 levels ({error})");
    }
    error.to_string()
}

fn no_json(error: &serde_json::Error, media_type: Option<&str>) -> String {
    let is_json = |media: &str| media.ends_with("/json") || media.ends_with("+json");
    match media_type {
        _ if is_too_deep(error) => said(error),
        Some(media) if !is_json(media) => format!("expected JSON, found {media} ({error})"),
        _ if error.is_eof() => format!("the JSON breaks off ({error})"),
        _ => format!("not JSON ({error})"),
    }
}
