//! Fields that most bodies of an API share: filled from the client's variables where the caller leaves them out.
//!
//! In: a body that a caller gave, and which of its fields a variable fills. Out: the same body with those fields. A field
//! that is there stays as it is, and a variable without a value fills nothing.

use super::{BuildError, FormEntry, FormValue, GivenBody, Mode, given, variables::Resolver};
use crate::spec::Spec;

/// The body with its shared fields; `None` if nothing is to be added.
pub(crate) fn fill(
    spec: &Spec,
    body: &GivenBody,
    mode: Mode,
    resolver: &mut Resolver<'_>,
) -> Result<Option<GivenBody>, BuildError> {
    if spec.fills.is_empty() || mode == Mode::Saved {
        return Ok(None);
    }
    let is_there = |key: &str| match body {
        GivenBody::Json(json) => has_member(json, key),
        GivenBody::Form(entries) => entries.iter().any(|entry| entry.key == key),
        GivenBody::None | GivenBody::Text(_) | GivenBody::File(_) | GivenBody::GraphQlVariables(_) => true,
    };
    let mut missing: Vec<(&str, String)> = Vec::new();
    for (key, variable) in spec.fills.iter().filter(|(key, _)| !is_there(key)) {
        let text = resolver.resolve(&format!("{{{{{variable}}}}}"))?;
        if text.unresolved().is_none() && !text.as_str().is_empty() {
            missing.push((key, text.into_string()));
        }
    }
    if missing.is_empty() {
        return Ok(None);
    }
    Ok(match body {
        GivenBody::Json(json) => Some(GivenBody::Json(with_members(json, &missing))),
        GivenBody::Form(entries) => {
            let added = missing.into_iter().map(|(key, value)| FormEntry {
                key: key.to_owned(),
                value: FormValue::Text(value),
            });
            Some(GivenBody::Form(entries.iter().cloned().chain(added).collect()))
        }
        GivenBody::None | GivenBody::Text(_) | GivenBody::File(_) | GivenBody::GraphQlVariables(_) => None,
    })
}

/// Whether a JSON text is an object that has a member; of anything else nothing is missing.
fn has_member(json: &[u8], key: &str) -> bool {
    let object = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(json);
    object.map_or(true, |object| object.contains_key(key))
}

/// An object's text with members added at its end.
fn with_members(json: &[u8], members: &[(&str, String)]) -> Vec<u8> {
    let end = json.iter().rposition(|byte| *byte == b'}').unwrap_or(json.len());
    let mut text = json.get(..end).unwrap_or_default().to_vec();
    let is_empty = text
        .iter()
        .all(|byte| *byte == b'{' || byte.is_ascii_whitespace());
    for (index, (key, value)) in members.iter().enumerate() {
        if index > 0 || !is_empty {
            text.push(b',');
        }
        text.extend(given::quote(key).bytes());
        text.push(b':');
        text.extend(given::quote(value).bytes());
    }
    text.push(b'}');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_added_where_they_are_missing() {
        assert!(has_member(br#"{"a": 1}"#, "a") && has_member(b"[1]", "a"));
        assert!(!has_member(br#"{"b": {"a": 1}}"#, "a"));
        let members = [("a", "x\"y".to_owned())];
        assert_eq!(with_members(b"{}", &members), br#"{"a":"x\"y"}"#);
        assert_eq!(
            with_members(br#"{"b":"}"}"#, &members),
            br#"{"b":"}","a":"x\"y"}"#
        );
    }
}
