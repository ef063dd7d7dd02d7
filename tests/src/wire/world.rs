//! The world that a recording was made in: its environment, its stopped clock, its files, and the values that its
//! requests used once.
//!
//! In: environment files as Postman exports them, and a record. Out: what the engine asks of its settings.

use std::{collections::VecDeque, sync::Mutex, time::Duration};

use letterpress::ir;
use letterpress_runtime::{
    FilePart,
    wire::{Clock, Entropy, Files},
};
use serde_json::Value;

use super::{
    recording::Record,
    spec::{leak, list},
};

/// What a recording was made with.
#[derive(Debug, Default)]
pub struct World {
    /// Variables that a user of the client would set.
    pub given: Vec<(String, String)>,
    /// Variables of an environment that belongs to the collection.
    pub environment: Vec<(&'static str, &'static str)>,
    /// Variables that are asked after the collection's.
    pub globals: Vec<(String, String)>,
    /// What the server asks for in its answers, one after the other.
    pub challenges: &'static [&'static str],
    /// Whether files that a collection names are there.
    pub files_missing: bool,
}

impl World {
    /// The collection's defaults, and what is asked after them.
    pub fn defaults(&self, api: &ir::Api) -> &'static [(&'static str, Option<&'static str>)] {
        let globals = self
            .globals
            .iter()
            .map(|(name, value)| (leak(name), Some(leak(value))));
        let variables = api.variables.iter();
        let own = variables.map(|variable| (leak(&variable.name), variable.default.as_deref().map(leak)));
        list(globals.chain(own))
    }

    /// The files that a collection names.
    pub fn files(&self) -> FakeFiles {
        FakeFiles {
            missing: self.files_missing,
        }
    }
}

/// The variables of an environment or globals file.
pub fn variables(text: &str) -> Vec<(String, String)> {
    let Ok(file) = serde_json::from_str::<Value>(text) else {
        return Vec::new();
    };
    let values = file["values"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    values
        .filter(|value| value["disabled"] != Value::Bool(true))
        .map(|value| (text(&value["key"]), text(&value["value"])))
        .collect()
}

/// Dynamic variables of a record whose values cannot be known, as variables that stand for any text.
pub fn dynamic(record: &Record) -> Vec<(&'static str, &'static str)> {
    let names = record.dynamic.iter();
    let unknown = names.filter(|name| !matches!(name.as_str(), "$timestamp" | "$isoTimestamp"));
    unknown.map(|name| (leak(name), super::DYNAMIC)).collect()
}

/// The clock of the recordings.
#[derive(Clone, Copy, Debug)]
pub struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Duration {
        Duration::from_secs(1_700_000_000)
    }
}

/// The file system of the recordings: every path holds its own name, or there is no file at all.
#[derive(Clone, Copy, Debug)]
pub struct FakeFiles {
    missing: bool,
}

impl Files for FakeFiles {
    fn open(&self, path: &str) -> Option<FilePart> {
        let is_there = !self.missing && !path.is_empty();
        is_there.then(|| FilePart::bytes(format!("contents of {path}\n").into_bytes()))
    }
}

/// Hands out the values that a recorded request used once.
#[derive(Debug)]
pub struct Recorded {
    nonces: Mutex<VecDeque<String>>,
    uuids: Mutex<VecDeque<String>>,
}

impl Recorded {
    /// Finds them in the request.
    pub fn of(record: &Record) -> Self {
        let mut nonces = VecDeque::new();
        let mut uuids = VecDeque::new();
        let values = record
            .headers
            .iter()
            .map(|(_, value, _)| String::from_utf8_lossy(value));
        let body = String::from_utf8_lossy(&record.body);
        let texts = values.chain([record.url.as_str().into(), body]);
        for text in texts {
            for name in ["cnonce=\"", "oauth_nonce=\"", "oauth_nonce=", " nonce=\""] {
                nonces.extend(after(&text, name));
            }
            uuids.extend(after(&text, ";nonce="));
            uuids.extend(jwt_id(&text));
        }
        nonces.extend(
            record
                .boundary
                .as_deref()
                .map(|boundary| boundary.trim_start_matches('-').to_owned()),
        );
        Self {
            nonces: Mutex::new(nonces),
            uuids: Mutex::new(uuids),
        }
    }
}

/// What stands behind a name, up to the next delimiter.
fn after(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(name)?;
    let value = rest.split(['"', ';', '&', ',']).next()?;
    (!value.is_empty()).then(|| value.to_owned())
}

/// The `jti` of a bearer token that is a JWT.
fn jwt_id(text: &str) -> Option<String> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let claims = text.strip_prefix("Bearer ")?.split('.').nth(1)?;
    let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    claims["jti"].as_str().map(str::to_owned)
}

impl Entropy for Recorded {
    fn next_u64(&self) -> u64 {
        0
    }

    fn nonce(&self, length: usize, _alphabet: &str) -> String {
        let mut nonces = self
            .nonces
            .lock()
            .expect("invariant: nothing panics while it is held");
        let found = nonces.iter().position(|nonce| nonce.len() == length);
        found
            .and_then(|found| nonces.remove(found))
            .unwrap_or_else(|| "0".repeat(length))
    }

    fn uuid(&self) -> String {
        let mut uuids = self
            .uuids
            .lock()
            .expect("invariant: nothing panics while it is held");
        uuids.pop_front().unwrap_or_default()
    }
}
