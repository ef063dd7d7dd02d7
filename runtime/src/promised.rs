//! Secrets among what a caller gave for one call: values under names that promise one.
//!
//! In: the values of a call and its spec. Out: secrets, like those of the client. Names are all there is to go by: a
//! value called `password`, `access_token` or `X-Api-Key` is not shown, and any other is. What the collection saved is
//! looked at by nobody here: credentials were taken out of it when the code was generated.

use crate::spec::Spec;
use crate::wire::{FormValue, GivenBody, Secret, Slot, Values, shell_name};
use serde_json::Value;

/// Endings of names, without case and separators, whose values are credentials.
const PROMISING: &[&str] = &[
    "accesskey",
    "accesskeyid",
    "apikey",
    "appkey",
    "authkey",
    "authorization",
    "cookie",
    "credential",
    "credentials",
    "encryptionkey",
    "jwt",
    "masterkey",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "signingkey",
    "subscriptionkey",
    "token",
];

/// Endings of names that look like the above and are none: a cursor is no credential.
const HARMLESS: &[&str] = &[
    "continuationtoken",
    "cursortoken",
    "nexttoken",
    "pagetoken",
    "paginationtoken",
    "startingtoken",
    "synctoken",
];

/// Secrets in the path, the query, headers and variables of a call.
pub(crate) fn of_entries(values: &Values, spec: &Spec) -> Vec<Secret> {
    let mut secrets = Secrets::default();
    for (slot, value) in &values.slots {
        let name = match slot {
            Slot::Path(index) | Slot::PathPieces(index) => spec.path.get(*index).map(|(name, _)| *name),
            Slot::Query(index) => spec.query.get(*index).and_then(|entry| entry.key),
            Slot::Header(index) => spec.headers.get(*index).and_then(|entry| entry.key),
            Slot::Variable(name) => Some(*name),
        };
        secrets.add(name.unwrap_or_default(), value);
    }
    for (name, value) in values.headers.iter().chain(&values.query) {
        secrets.add(name, value);
    }
    secrets.0
}

/// Secrets in the body of a call, as far as it has names: members of JSON, given as text or not, and entries of forms.
pub(crate) fn of_body(values: &Values) -> Vec<Secret> {
    let mut secrets = Secrets::default();
    match &values.body {
        GivenBody::Json(json) => secrets.add_json(json),
        GivenBody::GraphQlVariables(json) => secrets.add_json(json.as_bytes()),
        GivenBody::Form(entries) => {
            for entry in entries {
                match &entry.value {
                    FormValue::Text(text) => secrets.add(&entry.key, text),
                    FormValue::File(_) => {}
                }
            }
        }
        GivenBody::Text(text) => secrets.add_json(text.as_bytes()),
        GivenBody::None | GivenBody::File(_) => {}
    }
    secrets.0
}

#[derive(Default)]
struct Secrets(Vec<Secret>);

impl Secrets {
    fn add(&mut self, name: &str, value: &str) {
        // Neither the scheme before it nor a flag is a secret.
        let scheme = value.split_once(' ').filter(|(scheme, _)| {
            let schemes = ["bearer", "basic", "token"];
            schemes.contains(&scheme.to_ascii_lowercase().as_str())
        });
        let text = scheme.map_or(value, |(_, text)| text);
        let is_word = ["", "true", "false"].contains(&text);
        if !is_word && promises_secret(name) && !self.0.iter().any(|known| known.text == text) {
            self.0.push(Secret {
                name: shell_name(name),
                text: text.to_owned(),
            });
        }
    }

    fn add_json(&mut self, json: &[u8]) {
        let Ok(value) = serde_json::from_slice::<Value>(json) else {
            return;
        };
        let mut open = vec![("", &value)];
        while let Some((name, value)) = open.pop() {
            match value {
                Value::Object(members) => {
                    open.extend(members.iter().map(|(name, value)| (name.as_str(), value)));
                }
                Value::Array(items) => open.extend(items.iter().map(|item| (name, item))),
                Value::String(text) => self.add(name, text),
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
    }
}

pub(crate) fn promises_secret(name: &str) -> bool {
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    ends(PROMISING) && !ends(HARMLESS)
}
