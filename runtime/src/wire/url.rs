//! The URL, as Postman makes it: put together as text, variables filled in, read again, encoded.
//!
//! In: the spec's template, path variables and query. Out: [`Address`]. Text of the collection may bring structure of
//! its own (a `?` in a variable starts the query, as in Postman); what a caller gave never does, but where the URL
//! begins, where a value is an address by nature.

use super::{
    BuildError, Mode, Slot, Values,
    address::{self, Address, reserve},
    encode::{GIVEN_PATH, GIVEN_QUERY_KEY, GIVEN_QUERY_VALUE, encode},
    given,
    parts::Gap,
    text::Text,
    variables::Resolver,
};
use crate::spec::{Entry, Sent, Spec};

/// Makes the URL of a request.
pub(crate) fn build(
    spec: &Spec,
    values: &Values,
    mode: Mode,
    resolver: &mut Resolver<'_>,
) -> Result<Address, BuildError> {
    let mut text = base(spec, values, mode)?;
    push_query(&mut text, spec, values, mode, resolver)?;
    let text = resolver.resolve_text(text)?;
    if mode == Mode::Normal
        && let Some(name) = text.unresolved()
    {
        return Err(resolver.unset(name, "URL"));
    }
    let text = given::in_url(&text)?;
    address::parse(&text, spec.behavior.raw_url)
}

/// The template up to the query, path variables put in.
fn base(spec: &Spec, values: &Values, mode: Mode) -> Result<Text, BuildError> {
    let url = spec.url.trim_start();
    let authority = url.find("://").map_or(0, |index| index + 3);
    let path = url.get(authority..).and_then(|rest| rest.find('/'));
    let Some(path) = path
        .map(|index| authority + index)
        .filter(|_| !spec.path.is_empty())
    else {
        return Ok(Text::trusted(url));
    };
    let (before, path) = url.split_at(path + 1);
    let mut text = Text::trusted(before);
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            text.push("/");
        }
        push_segment(&mut text, segment, spec, values, mode)?;
    }
    Ok(text)
}

/// A segment, replaced if it is `:name` or `:name.suffix` of a path variable.
fn push_segment(
    text: &mut Text,
    segment: &str,
    spec: &Spec,
    values: &Values,
    mode: Mode,
) -> Result<(), BuildError> {
    let variable = segment.strip_prefix(':').and_then(|rest| {
        let end = rest.find('.').unwrap_or(rest.len());
        let (name, suffix) = rest.split_at(end);
        let index = spec.path.iter().rposition(|(key, _)| *key == name)?;
        Some((index, name, suffix))
    });
    let Some((index, name, suffix)) = variable else {
        text.push(segment);
        return Ok(());
    };
    let saved = spec.path.get(index).and_then(|(_, saved)| *saved);
    if let Some(value) = values.get(Slot::Path(index)) {
        text.push(&path_segment(name, value)?);
        text.push(suffix);
    } else if mode == Mode::Saved {
        match saved {
            Some(saved) => [saved, suffix].into_iter().for_each(|part| text.push(part)),
            None => text.push(segment),
        }
    } else {
        let name = name.to_owned();
        return Err(BuildError::Unset {
            name,
            place: "path",
            setter: None,
        });
    }
    Ok(())
}

/// A given value as one path segment.
fn path_segment(name: &str, value: &str) -> Result<String, BuildError> {
    given::check_segment(value).map_err(|why| BuildError::Unsafe {
        what: format!("path variable `{name}`"),
        why,
    })?;
    Ok(encode(value, GIVEN_PATH))
}

fn push_query(
    text: &mut Text,
    spec: &Spec,
    values: &Values,
    mode: Mode,
    resolver: &mut Resolver<'_>,
) -> Result<(), BuildError> {
    let mut separator = "?";
    for (index, entry) in spec.query.iter().enumerate() {
        let given = values.get(Slot::Query(index));
        if given.is_none() && !is_sent(entry, mode, resolver)? {
            continue;
        }
        text.push(separator);
        separator = "&";
        text.push(&reserve(entry.key.unwrap_or_default(), true));
        match (given, entry.value) {
            (Some(given), _) => {
                text.push("=");
                text.push(&encode(given, GIVEN_QUERY_VALUE));
            }
            (None, Some(saved)) => {
                text.push("=");
                text.push(&reserve(saved, false));
            }
            (None, None) => {}
        }
    }
    for (key, value) in &values.query {
        text.push(separator);
        separator = "&";
        text.push(&encode(key, GIVEN_QUERY_KEY));
        text.push("=");
        text.push(&encode(value, GIVEN_QUERY_VALUE));
    }
    if separator == "?" && spec.bare_question_mark {
        text.push("?");
    }
    Ok(())
}

/// Whether an entry is sent that the caller did not set.
pub(crate) fn is_sent(entry: &Entry, mode: Mode, resolver: &mut Resolver<'_>) -> Result<bool, BuildError> {
    match (entry.sent, mode) {
        (Sent::WhenSet, Mode::Normal | Mode::Saved) | (Sent::Saved, Mode::Normal) => Ok(false),
        (Sent::Always | Sent::Saved, Mode::Saved) => Ok(true),
        (Sent::Always, Mode::Normal) => {
            for template in [entry.key, entry.value].into_iter().flatten() {
                if let Some(variable) = resolver.unresolved(template)? {
                    let name = entry.key.unwrap_or_default().to_owned();
                    let setter = resolver.setter(&variable);
                    resolver.add_gap(Gap::Entry {
                        name,
                        variable,
                        setter,
                    });
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}
