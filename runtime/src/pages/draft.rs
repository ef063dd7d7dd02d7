//! What a call asks for: which page, and how many on it.
//!
//! In: the values of a call. Out: a number that the caller gave, or the same values for another page. Everything else of
//! the call stays as it is.

use super::spec::PageEntry;
use crate::begin::first;
use crate::call::Draft;
use crate::error::Failure;
use crate::sends::build;
use crate::spec::{Sent, Spec};
use crate::tokens::Carried;
use crate::wire::{GivenBody, Mode, Slot, Values};
use serde_json::Value;

/// The URL that the call is sent to.
pub(super) fn address(draft: &Draft, spec: &Spec) -> Result<String, Box<Failure>> {
    let tokens = Carried::of(&draft.client.inner().tokens);
    let slots = Carried::slots(tokens.as_deref());
    build(draft, spec, &mut first(draft.goes_on_at.as_deref(), spec), slots).map(|parts| parts.url)
}

/// The number that is sent, if it is one.
pub(super) fn number(draft: &Draft, spec: &Spec, entry: PageEntry) -> Option<u64> {
    text(draft, spec, entry)?.trim().parse().ok()
}

/// What is sent.
pub(super) fn text(draft: &Draft, spec: &Spec, entry: PageEntry) -> Option<String> {
    match entry {
        PageEntry::Query(name) => of_query(draft, spec, name).map(str::to_owned),
        PageEntry::Body(path) => match at(&body(&draft.values)?, path)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        },
    }
}

fn of_query<'a>(draft: &'a Draft, spec: &Spec, name: &str) -> Option<&'a str> {
    let added = draft.values.query.iter().rev();
    if let Some((_, value)) = added.into_iter().find(|(other, _)| other == name) {
        return Some(value);
    }
    let index = index(spec, name)?;
    let given = draft.values.get(Slot::Query(index));
    let entry = spec.query.get(index)?;
    let is_sent = match entry.sent {
        Sent::Always | Sent::Fresh => true,
        Sent::Saved => draft.mode == Mode::Saved,
        Sent::WhenSet | Sent::WhenGiven => false,
    };
    given.or(entry.value.filter(|_| is_sent))
}

fn index(spec: &Spec, name: &str) -> Option<usize> {
    spec.query.iter().position(|entry| entry.key == Some(name))
}

/// Asks for another page.
///
/// # Errors
///
/// If the body that should ask is none of JSON.
pub(super) fn ask(draft: &mut Draft, spec: &Spec, entry: PageEntry, value: &str) -> Result<(), String> {
    match entry {
        PageEntry::Query(name) => {
            draft.values.query.retain(|(other, _)| other != name);
            match index(spec, name) {
                Some(index) => draft
                    .values
                    .set_all(Slot::Query(index), Some(value.to_owned()).into_iter()),
                None => draft.values.query.push((name.to_owned(), value.to_owned())),
            }
            Ok(())
        }
        PageEntry::Body(path) => {
            let refused = || {
                format!(
                    "`{}` cannot be set: the call has no JSON body of that form",
                    path.join(".")
                )
            };
            let mut body = body(&draft.values).ok_or_else(refused)?;
            let was_number = at(&body, path).is_some_and(Value::is_number);
            let number = value.parse::<u64>().ok().filter(|_| was_number);
            let value = number.map_or_else(|| Value::from(value), Value::from);
            *place(&mut body, path).ok_or_else(refused)? = value;
            let written = body.to_string();
            draft.values.body = match &draft.values.body {
                GivenBody::GraphQlVariables(_) => GivenBody::GraphQlVariables(written),
                GivenBody::Json(_) | GivenBody::Text(_) | GivenBody::None => {
                    GivenBody::Json(written.into_bytes())
                }
                GivenBody::Form(_) | GivenBody::File(_) => return Err(refused()),
            };
            Ok(())
        }
    }
}

/// The JSON that the caller gave.
fn body(values: &Values) -> Option<Value> {
    match &values.body {
        GivenBody::Json(json) => serde_json::from_slice(json).ok(),
        GivenBody::GraphQlVariables(json) => serde_json::from_str(json).ok(),
        GivenBody::None | GivenBody::Text(_) | GivenBody::Form(_) | GivenBody::File(_) => None,
    }
}

fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, key| value.get(*key))
}

/// The place of a member, which is made if there is none.
fn place<'a>(value: &'a mut Value, path: &[&str]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, key| {
        if value.is_null() {
            *value = Value::Object(serde_json::Map::new());
        }
        Some(value.as_object_mut()?.entry(*key).or_insert(Value::Null))
    })
}
