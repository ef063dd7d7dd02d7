//! Entries of forms, and their urlencoded text.
//!
//! In: the spec's fields, or the entries of a struct that a caller filled. Out: entries in order, and for urlencoded
//! forms the text as Postman's HTTP stack writes it (equal keys together, numbers first, RFC 3986).

use super::{
    BuildError, FormEntry, FormValue,
    encode::{DATA, encode as percent_encode},
    headers::integer,
    text::Text,
    variables::Resolver,
};
use crate::{
    file::FilePart,
    spec::{FieldSpec, FieldValue},
};

/// An entry of a form, variables filled in.
#[derive(Debug)]
pub(crate) struct Field {
    /// The name.
    pub(crate) key: Text,
    /// The value.
    pub(crate) value: Value,
    /// The part's own media type.
    pub(crate) content_type: Option<String>,
}

/// The value of an entry.
#[derive(Debug)]
pub(crate) enum Value {
    /// Text.
    Text(String),
    /// Files that the collection names, and the file name to send.
    Sources(Vec<String>, Option<String>),
    /// Base64 content, and the file name to send.
    Inline(String, Option<String>),
    /// A file that a caller gave.
    File(FilePart),
}

/// The fields as the collection saved them.
pub(crate) fn saved(fields: &[FieldSpec], resolver: &mut Resolver<'_>) -> Result<Vec<Field>, BuildError> {
    let enabled = fields.iter().filter(|field| !field.disabled);
    enabled.map(|field| saved_field(field, resolver)).collect()
}

fn saved_field(field: &FieldSpec, resolver: &mut Resolver<'_>) -> Result<Field, BuildError> {
    let mut text = |template: &str| resolver.resolve(template).map(Text::into_string);
    let value = match field.value {
        FieldValue::Text(value) => Value::Text(text(value)?),
        FieldValue::Files(sources, name) => {
            let sources = sources
                .iter()
                .map(|source| text(source))
                .collect::<Result<_, _>>()?;
            Value::Sources(sources, name.map(&mut text).transpose()?)
        }
        FieldValue::Inline(base64, name) => Value::Inline(text(base64)?, name.map(&mut text).transpose()?),
    };
    Ok(Field {
        key: resolver.resolve(field.key.unwrap_or("undefined"))?,
        value,
        content_type: content_type(field, resolver)?,
    })
}

fn content_type(field: &FieldSpec, resolver: &mut Resolver<'_>) -> Result<Option<String>, BuildError> {
    let resolved = field
        .content_type
        .map(|ty| resolver.resolve(ty).map(Text::into_string));
    Ok(resolved.transpose()?.filter(|ty| !ty.is_empty()))
}

/// The entries that a caller filled; what the collection says of an entry of that name stays.
pub(crate) fn given(
    fields: &[FieldSpec],
    entries: &[FormEntry],
    resolver: &mut Resolver<'_>,
) -> Result<Vec<Field>, BuildError> {
    let mut given = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut named = fields
            .iter()
            .filter(|field| field.key == Some(entry.key.as_str()));
        // Of a text and a file of one name, what is said of the same kind.
        let alike = |field: &&FieldSpec| {
            matches!(field.value, FieldValue::Text(_)) == matches!(entry.value, FormValue::Text(_))
        };
        let field = named.clone().find(alike).or_else(|| named.next());
        let key = match field {
            Some(_) => resolver.resolve(&entry.key)?,
            None => Text::trusted(entry.key.as_str()),
        };
        given.push(Field {
            key,
            value: match &entry.value {
                FormValue::Text(text) => Value::Text(text.clone()),
                FormValue::File(part) => Value::File(part.clone()),
            },
            content_type: match field {
                Some(field) => content_type(field, resolver)?,
                None => None,
            },
        });
    }
    Ok(given)
}

/// Entries of an urlencoded form in the order they are sent.
pub(crate) fn group(fields: Vec<Field>) -> Vec<(String, String)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::with_capacity(fields.len());
    for field in fields {
        let (key, value) = (field.key.into_string(), text_of(field.value));
        match groups.iter_mut().find(|(other, _)| *other == key) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    groups.sort_by_key(|(key, _)| integer(key).map_or(u64::MAX, u64::from));
    let entries = |(key, values): (String, Vec<String>)| {
        let entry = move |value| (key.clone(), value);
        values.into_iter().map(entry)
    };
    groups.into_iter().flat_map(entries).collect()
}

/// The value as text: a file cannot be sent in an urlencoded form.
fn text_of(value: Value) -> String {
    match value {
        Value::Text(text) | Value::Inline(text, _) => text,
        Value::Sources(..) | Value::File(_) => String::new(),
    }
}

/// The text of an urlencoded form.
pub(crate) fn encode(entries: &[(String, String)]) -> String {
    let entry = |(key, value): &(String, String)| {
        format!("{}={}", percent_encode(key, DATA), percent_encode(value, DATA))
    };
    entries.iter().map(entry).collect::<Vec<_>>().join("&")
}
