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
    if mode == Mode::Normal {
        check_segments(spec.url, resolver)?;
    }
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

/// Refuses a segment of the path that variables leave empty or make a dot segment, whoever gave them their values: the
/// path would name another resource.
fn check_segments(url: &str, resolver: &mut Resolver<'_>) -> Result<(), BuildError> {
    // Most addresses name variables at their beginning only; this is asked of every call.
    let has_variable = |text: &str| text.as_bytes().windows(2).any(|pair| pair == b"{{");
    let start = url.find("://").map_or(0, |index| index + 3);
    let path = url.get(start..).and_then(|rest| rest.find('/'));
    let path = path.and_then(|at| url.get(start + at + 1..)).unwrap_or_default();
    if !has_variable(path) {
        return Ok(());
    }
    for segment in path.split('/').filter(|segment| has_variable(segment)) {
        let resolved = resolver.resolve(segment)?;
        let what = || format!("`{segment}` in the URL's path");
        given::check_segment(resolved.as_str()).map_err(|why| BuildError::Unsafe { what: what(), why })?;
    }
    Ok(())
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
    if let Some(pieces) = values.get(Slot::PathPieces(index)) {
        given::check_segment(pieces).map_err(|why| BuildError::Unsafe {
            what: format!("path variable `{name}`"),
            why,
        })?;
        text.push(pieces);
        text.push(suffix);
    } else if let Some(value) = values.get(Slot::Path(index)) {
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
        let key = || reserve(entry.key.unwrap_or_default(), true);
        let mut given = values.all(Slot::Query(index)).peekable();
        if given.peek().is_none() {
            if replaced_by_list(spec, values, index) || !is_sent(entry, mode, resolver)? {
                continue;
            }
            text.push(separator);
            text.push(&key());
            if let Some(saved) = entry.value {
                text.push("=");
                text.push(&reserve(saved, false));
            }
            separator = "&";
        }
        let mut between = None;
        for given in given {
            match between {
                Some(between) => text.push(between),
                None => {
                    text.push(separator);
                    text.push(&key());
                    text.push("=");
                }
            }
            let given = encode(given, GIVEN_QUERY_VALUE);
            // What stands between values stands in none.
            let is_between = entry.joined == Some(",");
            text.push(&if is_between {
                given.replace(',', "%2C")
            } else {
                given
            });
            between = entry.joined;
            separator = "&";
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

/// Whether values were given for an earlier entry of the same key: they stand for all of them.
fn replaced_by_list(spec: &Spec, values: &Values, index: usize) -> bool {
    let key = |index: usize| spec.query.get(index).and_then(|entry| entry.key);
    (0..index).any(|earlier| key(earlier) == key(index) && values.get(Slot::Query(earlier)).is_some())
}

/// Whether an entry is sent that the caller did not set.
pub(crate) fn is_sent(entry: &Entry, mode: Mode, resolver: &mut Resolver<'_>) -> Result<bool, BuildError> {
    match (entry.sent, mode) {
        (Sent::WhenSet, Mode::Normal | Mode::Saved) | (Sent::Saved, Mode::Normal) => Ok(false),
        (Sent::Always | Sent::Saved, Mode::Saved) | (Sent::Fresh, Mode::Normal) => Ok(true),
        // One that the collection does not have is no part of what is saved.
        (Sent::Fresh, Mode::Saved) => Ok(entry.value.is_some()),
        (Sent::WhenGiven, Mode::Normal | Mode::Saved) => {
            for template in [entry.key, entry.value].into_iter().flatten() {
                if resolver.unresolved(template)?.is_some() {
                    return Ok(false);
                }
            }
            Ok(true)
        }
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
