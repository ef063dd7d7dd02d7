//! Whether two bodies are the same: one that was saved, with variables in it, and one that was sent.
//!
//! In: a saved body in its kind, and the bytes and headers of a request. Out: nothing if they say the same, or where they
//! differ, in words that repeat nothing of what was sent. JSON is compared as data, forms by their fields in any order,
//! GraphQL by document, name and variables, all else as text.

use super::calls::plain_document;
use super::example::pairs;
use super::matching::Asked;
use super::multipart;
use super::saved_answer::with_bare_values;
use super::variables::{Variables, fits, is_anything};
use crate::saved::strict_json;
use crate::wire::strip_comments;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The body of a request that an answer was saved of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SavedBody {
    /// None.
    Empty,
    /// Text.
    Text(String),
    /// An encoded form.
    UrlEncoded(Vec<(String, String)>),
    /// A form in parts; files have no value.
    FormData(Vec<(String, Option<String>)>),
    /// A GraphQL query.
    GraphQl {
        query: String,
        operation_name: Option<String>,
        variables: String,
    },
    /// A file that nobody has.
    File,
}

impl SavedBody {
    /// Reads it as the generator writes it: text, or an object with the name of its kind.
    pub(super) fn read(value: Option<&Value>) -> Self {
        let Some(value) = value else {
            return Self::Empty;
        };
        if let Some(text) = value.as_str() {
            return if text.is_empty() {
                Self::Empty
            } else {
                Self::Text(text.to_owned())
            };
        }
        if value.get("urlencoded").is_some() {
            return Self::UrlEncoded(pairs(value, "urlencoded"));
        }
        if let Some(parts) = value.get("formdata").and_then(Value::as_array) {
            let text = |part: &Value, at: usize| part.get(at).and_then(Value::as_str).map(str::to_owned);
            let part = |part: &Value| (text(part, 0).unwrap_or_default(), text(part, 1));
            return Self::FormData(parts.iter().map(part).collect());
        }
        if let Some(graphql) = value.get("graphql") {
            let text = |at: usize| graphql.get(at).and_then(Value::as_str).map(str::to_owned);
            return Self::GraphQl {
                query: text(0).unwrap_or_default(),
                operation_name: text(1),
                variables: text(2).unwrap_or_default(),
            };
        }
        Self::File
    }

    /// Where the body that was sent differs; `None` if it says the same.
    pub(super) fn differs(&self, asked: &Asked<'_>, variables: &Variables<'_>) -> Option<String> {
        let same = match self {
            Self::Empty if asked.body.trim_ascii().is_empty() => Ok(()),
            Self::Empty => Err("no body was saved".to_owned()),
            Self::File => Ok(()),
            Self::Text(text) => same_text(text, asked.body, variables),
            Self::UrlEncoded(saved) => {
                let sent = decoded_form(asked.body);
                let saved = saved
                    .iter()
                    .map(|(name, value)| (name.as_str(), Some(value.as_str())));
                same_fields(saved, sent, variables)
            }
            Self::FormData(saved) => match multipart::fields(asked.headers, asked.body) {
                Some(sent) => {
                    let saved = saved
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.as_deref()));
                    same_fields(saved, sent, variables)
                }
                None => Err("it is no form in parts".to_owned()),
            },
            Self::GraphQl {
                query,
                operation_name,
                variables: saved,
            } => same_graphql((query, operation_name.as_deref(), saved), asked.body, variables),
        };
        same.err()
    }
}

fn same_text(saved: &str, sent: &[u8], variables: &Variables<'_>) -> Result<(), String> {
    let sent = String::from_utf8_lossy(sent);
    let json = |text: &str| serde_json::from_str::<Value>(&strict_json(text)).ok();
    if let (Some(saved), Some(sent)) = (json(&with_bare_values(saved, variables)), json(&sent)) {
        return same_json(&saved, &sent, variables, &mut String::new());
    }
    let fits_text = |saved: &str| fits(&variables.pattern(saved.trim()), sent.trim());
    if fits_text(saved) || fits_text(&strip_comments(saved)) {
        Ok(())
    } else {
        Err("the text is another".to_owned())
    }
}

/// Compares data; the path is where it is looked at.
fn same_json(
    saved: &Value,
    sent: &Value,
    variables: &Variables<'_>,
    path: &mut String,
) -> Result<(), String> {
    let length = path.len();
    match (saved, sent) {
        (Value::String(saved), sent) => {
            let pattern = variables.pattern(saved);
            let is_same = is_anything(&pattern) || sent.as_str().is_some_and(|sent| fits(&pattern, sent));
            return is_same.then_some(()).ok_or_else(|| at(path));
        }
        (Value::Array(saved), Value::Array(sent)) if saved.len() == sent.len() => {
            for (index, (saved, sent)) in saved.iter().zip(sent).enumerate() {
                path.push_str(&format!("/{index}"));
                same_json(saved, sent, variables, path)?;
                path.truncate(length);
            }
        }
        (Value::Object(saved), Value::Object(sent)) => {
            for (key, saved) in saved {
                path.push('/');
                path.push_str(key);
                let sent = sent.get(key).ok_or_else(|| at(path))?;
                same_json(saved, sent, variables, path)?;
                path.truncate(length);
            }
            if sent.keys().any(|key| !saved.contains_key(key)) {
                return Err(format!("{} has members that were not saved", at(path)));
            }
        }
        (Value::Number(saved), Value::Number(sent)) if saved.as_f64() == sent.as_f64() => {}
        (saved, sent) if saved == sent => {}
        _ => return Err(at(path)),
    }
    Ok(())
}

fn at(path: &str) -> String {
    if path.is_empty() {
        "it".to_owned()
    } else {
        format!("`{path}`")
    }
}

/// Every saved field is there once, and no other.
fn same_fields<'a>(
    saved: impl Iterator<Item = (&'a str, Option<&'a str>)>,
    mut sent: Vec<(String, Option<String>)>,
    variables: &Variables<'_>,
) -> Result<(), String> {
    for (name, value) in saved {
        let name_pattern = variables.pattern(name);
        let value_pattern = value.map(|value| variables.pattern(value));
        let is_same = |(name, value): &(String, Option<String>)| {
            let fits_value = match (&value_pattern, value) {
                (Some(pattern), Some(value)) => fits(pattern, value),
                // Of a file only its name is known.
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            fits_value && fits(&name_pattern, name)
        };
        match sent.iter().position(is_same) {
            Some(index) => _ = sent.swap_remove(index),
            None => return Err(format!("the field `{name}`")),
        }
    }
    if sent.is_empty() {
        Ok(())
    } else {
        Err("there are fields that were not saved".to_owned())
    }
}

fn same_graphql(
    saved: (&str, Option<&str>, &str),
    sent: &[u8],
    variables: &Variables<'_>,
) -> Result<(), String> {
    let (query, operation_name, saved_variables) = saved;
    let sent: Value = serde_json::from_slice(sent).map_err(|_| "it is no JSON".to_owned())?;
    let text = |key: &str| sent.get(key).and_then(Value::as_str);
    let document = plain_document(text("query").unwrap_or_default());
    if !fits(&variables.pattern(&plain_document(query)), &document) {
        return Err("the GraphQL document".to_owned());
    }
    if let Some(name) = operation_name
        && !fits(
            &variables.pattern(name),
            text("operationName").unwrap_or_default(),
        )
    {
        return Err("`operationName`".to_owned());
    }
    let none = Value::Object(serde_json::Map::new());
    let saved = strict_json(&with_bare_values(saved_variables, variables));
    let saved = serde_json::from_str(&saved).unwrap_or(Value::Null);
    let or_none = |value: Value| if value.is_null() { none.clone() } else { value };
    let sent = or_none(sent.get("variables").cloned().unwrap_or_default());
    same_json(&or_none(saved), &sent, variables, &mut "variables".to_owned())
}

/// The fields of an encoded form.
fn decoded_form(body: &[u8]) -> Vec<(String, Option<String>)> {
    let body = String::from_utf8_lossy(body);
    let entries = body.trim().split('&').filter(|entry| !entry.is_empty());
    let fields = entries.map(|entry| {
        let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
        (form_decoded(name), Some(form_decoded(value)))
    });
    fields.collect()
}

/// Text of a form without percent encoding, `+` for a space.
pub(super) fn form_decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests;
