//! Recordings: what the real Postman runtime sent, one JSON object a line.
//!
//! In: the lines. Out: [`Record`]s. Fields that the runtime added by itself (`User-Agent` and so on) are dropped here.

use std::{fs, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::world::{self, World};

/// What was sent for one item.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Names of folders and item.
    pub path: Vec<String>,
    /// JSON pointer of the item.
    pub pointer: String,
    /// The method.
    pub method: String,
    /// Scheme, host and request target; the host as written where that was recorded, else without the scheme's port.
    pub url: String,
    /// Name, value (Latin-1) and source of headers that come from the item, its auth, its body or its URL.
    pub headers: Vec<(String, Vec<u8>, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The boundary of a multipart body.
    pub boundary: Option<String>,
    /// Names of dynamic variables in it.
    pub dynamic: Vec<String>,
    /// Why nothing was sent.
    pub error: Option<String>,
    /// How many requests came before this one, each answered with a challenge.
    pub earlier: usize,
}

/// Reads the lines of a recording.
///
/// # Errors
///
/// If a line is no JSON object.
pub fn read(text: &str) -> Result<Vec<Record>, String> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            serde_json::from_str::<Value>(line)
                .map(|value| record(&value))
                .map_err(|error| error.to_string())
        })
        .collect()
}

/// The recording of a collection in a folder, and the world it was made in; empty if there is none.
///
/// # Errors
///
/// If it cannot be read.
pub fn of(collection: &Path, recordings: &Path) -> Result<(World, Vec<Record>), String> {
    let stem = collection
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let recording = recordings.join(format!("{stem}.jsonl"));
    if !recording.exists() {
        return Ok((World::default(), Vec::new()));
    }
    let text = fs::read_to_string(&recording).map_err(|error| format!("{}: {error}", recording.display()))?;
    let environment = recordings
        .join("../env")
        .join(format!("{stem}.postman_environment.json"));
    let given = fs::read_to_string(environment).unwrap_or_default();
    let world = World {
        given: world::variables(&given),
        ..World::default()
    };
    Ok((world, read(&text)?))
}

fn record(value: &Value) -> Record {
    let sources = strings(&value["header_sources"]);
    let headers = value["headers"].as_array().into_iter().flatten();
    let is_ours =
        |(_, _, source): &(String, Vec<u8>, String)| !matches!(source.as_str(), "postman" | "cookie");
    Record {
        path: strings(&value["item_path"]),
        pointer: text(&value["item_pointer"]),
        method: text(&value["method"]),
        url: url(value),
        headers: headers
            .zip(sources)
            .map(|(header, source)| (text(&header[0]), latin1(&text(&header[1])), source))
            .filter(is_ours)
            .collect(),
        boundary: boundary(value),
        body: body(value),
        dynamic: strings(&value["dynamic_variables"]),
        error: value["error"].as_str().map(str::to_owned),
        earlier: value["wire_requests"].as_u64().map_or(0, |requests| {
            usize::try_from(requests).unwrap_or(0).saturating_sub(1)
        }),
    }
}

/// The body's bytes; trimmed records of multipart bodies hold the parts only, and are put together again.
fn body(value: &Value) -> Vec<u8> {
    let bytes = |name: &str| {
        STANDARD
            .decode(value[name].as_str().unwrap_or_default())
            .unwrap_or_default()
    };
    // A body that is sent without length and without chunking is outside of the request for an HTTP reader.
    let body = [bytes("body_base64"), bytes("extra_base64")].concat();
    if !body.is_empty() {
        return body;
    }
    let multipart = &value["multipart"];
    let Some(boundary) = multipart["boundary"].as_str() else {
        return Vec::new();
    };
    let mut body = Vec::new();
    for part in multipart["parts"].as_array().into_iter().flatten() {
        body.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        for header in part["headers"].as_array().into_iter().flatten() {
            body.extend_from_slice(format!("{}: {}\r\n", text(&header[0]), text(&header[1])).as_bytes());
        }
        body.extend_from_slice(b"\r\n");
        body.extend(STANDARD.decode(text(&part["body_base64"])).unwrap_or_default());
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

/// The URL, with the host that was written into `Host`, unless the item says another.
fn url(value: &Value) -> String {
    let url = text(&value["url"]);
    let headers = value["headers"].as_array().into_iter().flatten();
    let sources = strings(&value["header_sources"]);
    let host = headers
        .zip(sources)
        .find(|(header, source)| source == "postman" && text(&header[0]) == "Host");
    match (host, url.split_once("://"), value["target"].as_str()) {
        (Some((host, _)), Some((scheme, _)), Some(target)) => {
            format!("{scheme}://{}{target}", text(&host[1]))
        }
        (Some(_) | None, _, _) => url,
    }
}

/// The boundary of a multipart body: as its parts were read, or by the line that it begins with.
fn boundary(value: &Value) -> Option<String> {
    let read = value["multipart"]["boundary"].as_str().map(str::to_owned);
    read.or_else(|| {
        let body = String::from_utf8_lossy(&body(value)).into_owned();
        let line = body.split("\r\n").next()?.strip_prefix("--")?;
        line.starts_with("--------------------------")
            .then(|| line.to_owned())
    })
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(String::new, str::to_owned)
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?'))
        .collect()
}
