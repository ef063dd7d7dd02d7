//! Where the variables of a collection stand, which decides about the values that they may have.
//!
//! In: a collection as JSON. Out: names of variables, of which some stand where a literal would be a credential.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::judge::{Site, Verdict, is_secret_parameter, judge};

/// The variables of a collection.
#[derive(Default)]
pub(super) struct Used {
    /// Where a literal would be a credential.
    pub secret: BTreeSet<String>,
    /// Where one might.
    pub open: BTreeSet<String>,
    /// Where an address begins: what they hold must be one.
    pub hosts: BTreeSet<String>,
}

impl Used {
    pub(super) fn collect(&mut self, value: &Value, under: &str, site: Site) {
        match value {
            Value::String(text) if text.contains("{{") => self.text(text, under, site),
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, under, site)),
            Value::Object(members) => self.members(members, under, site),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn text(&mut self, text: &str, under: &str, site: Site) {
        let verdict = judge(under, site);
        if ["host", "raw", "url"].contains(&under) && text.starts_with("{{") {
            self.hosts.extend(variables(text).next());
        }
        if verdict == Verdict::Credential && !text.contains("://") {
            // The scheme, or the user, stands before it.
            let all: Vec<String> = variables(text).collect();
            self.secret.extend(all.last().cloned());
            self.open.extend(all);
        } else if verdict != Verdict::Ordinary {
            self.open.extend(variables(text));
        } else if let Ok(inner @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text) {
            self.collect(&inner, "", Site::Body);
        } else {
            self.open.extend(after_names(text));
        }
    }

    fn members(&mut self, members: &Map<String, Value>, under: &str, site: Site) {
        let key = members.get("key").and_then(Value::as_str);
        for (name, member) in members {
            let named = match key {
                // The key of an entry is what its value is called.
                Some(_) if name == "key" && site == Site::Entry => "",
                Some(key) if name == "value" => key,
                Some(_) | None => name,
            };
            if is_scheme(under) && (name == "value" || key.is_none()) {
                // Who calls may be secret or not.
                let found = variables(member.as_str().unwrap_or_default());
                if is_secret_parameter(under, named) {
                    self.secret.extend(found);
                } else {
                    self.open.extend(found);
                }
            }
            self.collect(member, named, site);
        }
    }
}

fn is_scheme(name: &str) -> bool {
    [
        "bearer", "basic", "apikey", "oauth2", "oauth1", "digest", "hawk", "awsv4", "edgegrid", "jwt",
        "asap", "ntlm",
    ]
    .contains(&name)
}

/// Variables that stand close behind a name that makes a literal a credential: `password={{x}}`, `user:{{x}}@`.
fn after_names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, tail)) = after.split_once("}}") else {
            break;
        };
        let words =
            before.rsplit(|character: char| !character.is_ascii_alphanumeric() && !"_-".contains(character));
        let is_secret = words
            .filter(|word| !word.is_empty())
            .take(2)
            .any(|word| judge(word, Site::Entry) != Verdict::Ordinary);
        if is_secret || tail.starts_with('@') {
            found.push(name.to_owned());
        }
        rest = tail;
    }
    found
}

/// The names of the variables in a text.
pub(super) fn variables(text: &str) -> impl Iterator<Item = String> + '_ {
    let pieces = text.split("{{").skip(1);
    let names = pieces
        .filter_map(|piece| piece.split_once("}}"))
        .map(|(name, _)| name);
    names
        .filter(|name| !name.is_empty() && !name.contains(['{', '}', '\\', '"']))
        .map(str::to_owned)
}
