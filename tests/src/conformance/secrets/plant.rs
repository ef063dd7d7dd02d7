//! Plants a text of its own at every place of a collection that holds one.
//!
//! In: a collection as JSON. Out: the same with the texts, what was planted where, and an environment that defines all its
//! variables. What holds variables stays as it is, as do scripts, ids of the collection itself, and what is not text.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::canary::{Canaries, written_down};
use super::judge::{Site, Verdict, is_secret_parameter, judge};
use super::used::{Used, variables};

/// A text that was planted.
#[derive(Debug)]
pub(super) struct Planted {
    /// What is looked for in the output.
    pub needle: String,
    /// Where it was planted, and under which name.
    pub place: String,
    /// Whether it may not come through.
    pub is_credential: bool,
}

/// Plants in the whole collection.
pub(super) fn plant(document: &mut Value) -> (Vec<Planted>, Value) {
    let text = document.to_string();
    let mut planter = Planter {
        canaries: Canaries::new(),
        planted: Vec::new(),
        used: Used::default(),
        snippets: 0,
    };
    planter.used.collect(document, "", Site::Entry);
    planter.element(document, "", 0);
    let environment = planter.environment(&text);
    (planter.planted, environment)
}

struct Planter {
    canaries: Canaries,
    planted: Vec<Planted>,
    /// Variables by where they stand.
    used: Used,
    snippets: usize,
}

/// Members whose texts are names of things.
const NAMES: &[&str] = &["name"];

/// Lists of entries.
const ENTRIES: &[&str] = &[
    "header",
    "headers",
    "query",
    "queryParams",
    "urlencoded",
    "formdata",
    "data",
    "variable",
    "variables",
    "values",
];

/// What is left as it is, with all that is in it.
const LEFT: &[&str] = &[
    "event",
    "events",
    "protocolProfileBehavior",
    "graphql",
    "script",
    "cookie",
];

const DEEPEST: usize = 60;

impl Planter {
    /// An element of the collection, which stands under this name.
    fn element(&mut self, value: &mut Value, under: &str, depth: usize) {
        if depth > DEEPEST || LEFT.contains(&under) {
            return;
        }
        match value {
            Value::Array(items) if under == "path" => {
                for item in items {
                    self.segment(item);
                }
            }
            Value::Array(items) => {
                for item in items {
                    if ENTRIES.contains(&under) && item.is_object() {
                        self.entry(item, under);
                    } else {
                        self.element(item, under, depth + 1);
                    }
                }
            }
            Value::Object(members) if under == "auth" => self.auth(members),
            Value::Object(members) => self.members(members, depth),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn members(&mut self, members: &mut Map<String, Value>, depth: usize) {
        let is_item = members.contains_key("request")
            || members.contains_key("item")
            || members.contains_key("responses");
        let host_is_plain = members
            .get("host")
            .is_some_and(|host| !host.to_string().contains("{{"));
        for (name, member) in members.iter_mut() {
            match (name.as_str(), &mut *member) {
                ("description", Value::String(text)) => self.description(text),
                ("url" | "raw", Value::String(text)) if text.contains("://") => self.address(text),
                ("raw" | "body" | "rawModeData", Value::String(text)) => self.body(text),
                ("host", Value::Array(labels)) if host_is_plain => self.host(labels),
                (name, Value::String(text)) if NAMES.contains(&name) && is_item => {
                    self.ordinary(text, &format!("name `{text}`"));
                }
                (name, member) => self.element(member, name, depth + 1),
            }
        }
    }

    /// A header, a query or form entry, a variable.
    fn entry(&mut self, entry: &mut Value, list: &str) {
        if let Some(Value::String(text)) = entry.get_mut("description") {
            self.description(text);
        }
        let name = entry
            .get("key")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let is_file = entry.get("type").is_some_and(|ty| ty == "file");
        let is_variable = ["variable", "variables", "values"].contains(&list);
        let is_secret = entry.get("type").is_some_and(|ty| ty == "secret")
            || entry.get("secret").is_some_and(|marked| marked == true);
        let Some(Value::String(value)) = entry.get_mut("value") else {
            return;
        };
        if is_file || name.is_empty() || name.contains("{{") {
            return;
        }
        let place = format!("{list} `{name}`");
        match judge(&name, Site::Entry) {
            Verdict::Open if !is_secret => {}
            // The address that a variable holds stays one.
            _ if is_variable && (value.contains("://") || value.contains("{{")) => {}
            Verdict::Credential | Verdict::Open => self.credential_of(value, &name, &place),
            Verdict::Ordinary if is_variable && (is_secret || self.used.secret.contains(&name)) => {
                self.credential_of(value, &name, &place);
            }
            Verdict::Ordinary if is_variable && self.used.open.contains(&name) => {}
            Verdict::Ordinary => self.ordinary(value, &place),
        }
    }

    fn auth(&mut self, auth: &mut Map<String, Value>) {
        for (scheme, parameters) in auth.iter_mut() {
            match parameters {
                Value::Array(list) => {
                    for parameter in list {
                        let name = parameter
                            .get("key")
                            .and_then(Value::as_str)
                            .unwrap_or_default()
                            .to_owned();
                        if let Some(value) = parameter.get_mut("value") {
                            self.parameter(scheme, &name, value);
                        }
                    }
                }
                Value::Object(members) => {
                    for (name, value) in members.iter_mut() {
                        self.parameter(scheme, name, value);
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }

    fn parameter(&mut self, scheme: &str, name: &str, value: &mut Value) {
        if let Value::String(text) = value
            && is_secret_parameter(scheme, name)
            && !text.contains("{{")
        {
            self.credential(text, &format!("auth {scheme} `{name}`"), str::to_owned);
        }
    }

    fn segment(&mut self, segment: &mut Value) {
        if let Value::String(text) = segment
            && !text.starts_with(':')
        {
            self.ordinary(text, "path");
        }
    }

    fn host(&mut self, labels: &mut [Value]) {
        if let Some(Value::String(first)) = labels.first_mut()
            && !first.contains(['{', '@', '/'])
        {
            let host = std::mem::take(first);
            self.credential(first, "password in host", |secret| format!("ada:{secret}@{host}"));
        }
    }

    /// An address as text: a password, the segments of its path, its query.
    fn address(&mut self, text: &mut String) {
        if text.contains("{{") || text.contains(char::is_whitespace) {
            return;
        }
        let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
        let (base, query) = before.split_once('?').unwrap_or((before, ""));
        let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let mut made = format!("{scheme}://");
        if host.contains('@') {
            made.push_str(host);
        } else {
            let mut password = String::new();
            self.credential(&mut password, "password in address", str::to_owned);
            made.push_str(&format!("ada:{password}@{host}"));
        }
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            let mut segment = Value::from(segment);
            self.segment(&mut segment);
            made.push_str(&format!("/{}", segment.as_str().unwrap_or_default()));
        }
        for (index, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
            made.push(if index == 0 { '?' } else { '&' });
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let mut value = value.to_owned();
            match judge(name, Site::Entry) {
                Verdict::Credential => {
                    self.credential_of(&mut value, name, &format!("query of address `{name}`"));
                }
                Verdict::Ordinary => self.ordinary(&mut value, &format!("query of address `{name}`")),
                Verdict::Open => {}
            }
            made.push_str(&format!("{name}={value}"));
        }
        if !fragment.is_empty() {
            made.push_str(&format!("#{fragment}"));
        }
        *text = made;
    }

    /// Some words of a description, and a credential in one of the manners in which people write them down.
    fn description(&mut self, text: &mut String) {
        const MOST: usize = 4;
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let plain = |word: &&String| word.len() >= 5 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let chosen: BTreeSet<&String> = words.iter().filter(plain).take(MOST).collect();
        let replaced = words.iter().map(|word| {
            if !chosen.contains(word) {
                return word.clone();
            }
            let canary = self.canaries.word(word.len());
            let place = format!("word of a description, for `{word}`");
            self.note(canary.clone(), place, false);
            canary
        });
        let mut made = replaced.collect::<Vec<_>>().join(" ");
        if !made.is_empty() {
            made.push_str(&self.snippet());
        }
        *text = made;
    }

    fn snippet(&mut self) -> String {
        let secret = self.canaries.credential();
        self.snippets += 1;
        let (kind, text) = written_down(self.snippets, &secret);
        self.note(secret, format!("{kind} in a description"), true);
        text
    }

    /// The text of a body, as far as it is JSON.
    fn body(&mut self, text: &mut String) {
        let Ok(mut value) = serde_json::from_str::<Value>(text) else {
            return;
        };
        if value.is_object() || value.is_array() {
            self.member(&mut value, "", 0);
            *text = format!("{value:#}");
        }
    }

    fn member(&mut self, value: &mut Value, name: &str, depth: usize) {
        match value {
            Value::Array(items) if depth < DEEPEST => {
                for item in items {
                    self.member(item, name, depth + 1);
                }
            }
            Value::Object(members) if depth < DEEPEST => {
                let key = members.get("key").or_else(|| members.get("name"));
                let key = key.and_then(Value::as_str).map(str::to_owned);
                for (name, member) in members.iter_mut() {
                    // Of a pair, one member is what the other is called.
                    let named = key.as_deref().filter(|_| name == "value").unwrap_or(name);
                    self.member(member, named, depth + 1);
                }
            }
            Value::String(text) => {
                let place = format!("body `{name}`");
                match judge(name, Site::Body) {
                    Verdict::Credential => self.credential_of(text, name, &place),
                    Verdict::Ordinary => self.ordinary(text, &place),
                    Verdict::Open => {}
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {}
        }
    }

    /// A credential under a name, in the form that values under it have.
    fn credential_of(&mut self, value: &mut String, name: &str, place: &str) {
        let name = name.to_ascii_lowercase();
        let keeps = value.contains("{{");
        if keeps {
            return;
        }
        self.credential(value, place, |secret| match name.as_str() {
            "authorization" => format!("Bearer {secret}"),
            "cookie" => format!("theme=dark; sid={secret}"),
            "set-cookie" => format!("sid={secret}; Path=/; HttpOnly"),
            _ => secret.to_owned(),
        });
    }

    fn credential(&mut self, value: &mut String, place: &str, form: impl Fn(&str) -> String) {
        let secret = self.canaries.credential();
        *value = form(&secret);
        self.note(secret, place.to_owned(), true);
    }

    /// A text like the one that stands there.
    fn ordinary(&mut self, value: &mut String, place: &str) {
        const LONGEST: usize = 300;
        // What is generated of a value with a meaning of its own, or in the place of one, says nothing.
        let meant = value.contains("{{")
            || value.starts_with(['<', '$', ':', '[', '{', '%'])
            || value.contains("://");
        let place = format!("{place}, for {value:?}");
        if meant || value.len() > LONGEST || !value.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return;
        }
        let canary = self.canaries.like(value);
        *value = canary.text;
        self.note(canary.needle, place, false);
    }

    fn note(&mut self, needle: String, place: String, is_credential: bool) {
        self.planted.push(Planted {
            needle,
            place,
            is_credential,
        });
    }

    /// An environment that defines every variable that the text of a collection names.
    fn environment(&mut self, text: &str) -> Value {
        let names: BTreeSet<String> = variables(text).filter(|name| !name.starts_with('$')).collect();
        let mut values = Vec::new();
        let hosts = self.used.hosts.clone();
        for name in names.difference(&hosts) {
            let place = format!("environment `{name}`");
            let mut value = format!(
                "of {}",
                name.chars()
                    .filter(char::is_ascii_alphanumeric)
                    .collect::<String>()
            );
            let verdict = judge(name, Site::Entry);
            let is_secret = self.used.secret.contains(name) || name.starts_with("vault:");
            if verdict == Verdict::Credential || is_secret {
                self.credential(&mut value, &place, str::to_owned);
            } else if verdict == Verdict::Ordinary && !self.used.open.contains(name) {
                self.ordinary(&mut value, &place);
            }
            values.push(json!({"key": name, "value": value, "enabled": true}));
        }
        json!({"name": "Planted", "values": values, "_postman_variable_scope": "environment"})
    }
}
