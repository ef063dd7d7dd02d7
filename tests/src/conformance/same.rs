//! `same A B`: a collection gives the same client in both of Postman's formats.
//!
//! In: pairs of a v2 file and a v3 folder of the same collection. Out: a failure for each pair whose clients differ in a byte, but for
//! what v3 cannot say: each such loss is made in the v2 form before it is pressed, under a name, and counted where it changes
//! anything. The item as it is written is not compared, as each format writes it in its own way.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use letterpress::config::{Config, DocsLevel};
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input};
use serde_json::{Map, Value, json};

use super::{Failure, Report, parallel};
use crate::inputs;

/// Both are called so.
const NAME: &str = "it";

/// The pairs that two paths are, or that two folders have by name: `shop.v2.json` of `shop`.
///
/// # Errors
///
/// If a folder cannot be read, or has no pair.
pub fn pairs(a: &Path, b: &Path) -> io::Result<Vec<(PathBuf, PathBuf)>> {
    let is_form = |path: &Path| path.is_file() || inputs::is_tree(path);
    if is_form(a) && is_form(b) {
        let (file, tree) = if a.is_dir() { (b, a) } else { (a, b) };
        return Ok(vec![(file.to_owned(), tree.to_owned())]);
    }
    let mut pairs = Vec::new();
    for file in [a, b]
        .into_iter()
        .map(inputs::collections)
        .collect::<io::Result<Vec<_>>>()?
        .concat()
    {
        let name = inputs::file_name(&file);
        let Some(stem) = name
            .strip_suffix(".v2.json")
            .or_else(|| name.strip_suffix(".json"))
        else {
            continue;
        };
        let mut trees = [a, b].into_iter().map(|folder| folder.join(stem));
        if let Some(tree) = trees.find(|tree| inputs::is_tree(tree)) {
            pairs.push((file, tree));
        }
    }
    pairs.sort();
    pairs.dedup();
    if pairs.is_empty() {
        return Err(io::Error::other("no pair in them"));
    }
    Ok(pairs)
}

/// Compares pairs.
pub fn run(pairs: &[(PathBuf, PathBuf)]) -> Report {
    let mut report = Report {
        stage: "same",
        collections: pairs.len(),
        ..Report::default()
    };
    let mut losses: BTreeMap<&str, usize> = BTreeMap::new();
    for ((file, _), outcome) in pairs.iter().zip(parallel::map(pairs, compare)) {
        let collection = inputs::file_name(file);
        match outcome.and_then(|compared| compared) {
            Ok(compared) => {
                report.items += compared.files;
                for (loss, times) in compared.losses {
                    *losses.entry(loss).or_default() += times;
                }
                let reason = compared.difference;
                report
                    .failures
                    .extend(reason.map(|reason| Failure { collection, reason }));
            }
            Err(reason) => report.failures.push(Failure { collection, reason }),
        }
    }
    for (loss, times) in losses {
        report.fact(&format!("lost by v3: {loss}"), times);
    }
    report
}

struct Compared {
    files: usize,
    losses: BTreeMap<&'static str, usize>,
    difference: Option<String>,
}

fn compare((file, tree): &(PathBuf, PathBuf)) -> Result<Compared, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("cannot be read: {error}"))?;
    let mut document: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut losses = Losses::default();
    losses.of_collection(&mut document, tree);
    let first = pressed(Source::new(format!("{NAME}.json"), document.to_string()))?;
    let source = inputs::source(tree)?;
    let above = format!("{}/", source.file);
    let parts = source.parts.into_iter();
    // What was kept by hand may say less than its twin.
    let says_more = !text.contains("\"description\"");
    let parts = parts.filter_map(|(path, bytes)| {
        let bytes = if says_more {
            undescribed(&bytes, &mut losses)
        } else {
            bytes
        };
        Some((path.strip_prefix(&above)?.to_owned(), bytes))
    });
    let parts: Vec<(String, Vec<u8>)> = parts.collect();
    let second = pressed(Source::folder(NAME, parts))?;
    Ok(Compared {
        files: first.len(),
        losses: losses.0,
        difference: difference(&first, &second),
    })
}

/// A file without its description.
fn undescribed(bytes: &[u8], losses: &mut Losses) -> Vec<u8> {
    let json = letterpress::frontend::json_of_yaml(&String::from_utf8_lossy(bytes));
    let value: Option<Value> = json.and_then(|json| serde_json::from_str(&json).ok());
    let Some(Value::Object(mut members)) = value else {
        return bytes.to_vec();
    };
    if members.remove("description").is_none() {
        return bytes.to_vec();
    }
    losses.lost("nothing: descriptions that only the folder has");
    Value::Object(members).to_string().into_bytes()
}

fn pressed(source: Source) -> Result<BTreeMap<String, String>, String> {
    let config = Config {
        docs: DocsLevel::Brief,
        ..Config::default()
    };
    let outcome = pipeline::generate_crate(&Input::new(source), &config, Some(NAME));
    if outcome.has_errors() {
        return Err("it is refused".to_owned());
    }
    let files = outcome.files.into_iter();
    // The name of the file stands at the head of each.
    Ok(files
        .map(|file| (file.path, file.text.replace("it.json", NAME)))
        .collect())
}

/// The first line that differs.
fn difference(first: &BTreeMap<String, String>, second: &BTreeMap<String, String>) -> Option<String> {
    for (path, text) in first {
        let Some(other) = second.get(path) else {
            return Some(format!("{path} is only of the file"));
        };
        let lines = text.lines().zip(other.lines());
        let mut lines = lines.enumerate().filter(|(_, (a, b))| a != b);
        if let Some((index, (a, b))) = lines.next() {
            let more = lines.count();
            let cut = |line: &str| line.chars().take(200).collect::<String>();
            return Some(format!(
                "{path}:{}, and {more} more\nfile:   {}\nfolder: {}",
                index + 1,
                cut(a),
                cut(b)
            ));
        }
        if text != other {
            return Some(format!("{path} is longer in one of them"));
        }
    }
    let only = second.keys().find(|path| !first.contains_key(*path));
    only.map(|path| format!("{path} is only of the folder"))
}

/// What v3 cannot say, taken out of a v2 collection.
#[derive(Default)]
struct Losses(BTreeMap<&'static str, usize>);

/// Methods whose bodies v2 only sends where a switch says so. v3 has no switch for it.
const PRUNED: &[&str] = &["GET", "COPY", "HEAD", "PURGE", "UNLOCK"];

impl Losses {
    fn lost(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    fn of_collection(&mut self, document: &mut Value, tree: &Path) {
        let Value::Object(collection) = document else {
            return;
        };
        self.of_folder(collection);
        if collection.remove("protocolProfileBehavior").is_some() {
            self.lost("protocolProfileBehavior of the collection");
        }
        // The folder's own name was what the collection is called, and copies of it are called otherwise.
        let says_name = std::fs::read_to_string(tree.join(".resources/definition.yaml"));
        let says_name = says_name.is_ok_and(|text| text.lines().any(|line| line.starts_with("name:")));
        if let Some(info) = collection.get_mut("info").filter(|_| !says_name)
            && info.get("name") != Some(&json!(NAME))
            && let Some(info) = info.as_object_mut()
        {
            info.insert("name".to_owned(), json!(NAME));
            self.lost("the name, which was the folder's");
        }
    }

    fn of_folder(&mut self, folder: &mut Map<String, Value>) {
        let Some(Value::Array(items)) = folder.get_mut("item") else {
            return;
        };
        for item in items {
            let Value::Object(item) = item else { continue };
            if item.contains_key("item") {
                self.of_folder(item);
                if item.remove("protocolProfileBehavior").is_some() {
                    self.lost("protocolProfileBehavior of a folder");
                }
            } else {
                self.of_item(item);
            }
        }
    }

    fn of_item(&mut self, item: &mut Map<String, Value>) {
        if item.get("name").and_then(Value::as_str).is_none_or(str::is_empty) {
            item.insert("name".to_owned(), json!("New Request"));
            self.lost("the name of a request without one");
        }
        self.of_pruning(item);
        let Some(Value::Object(request)) = item.get_mut("request") else {
            return;
        };
        self.of_request(request);
        if let Some(Value::Array(answers)) = item.get_mut("response") {
            for answer in answers.iter_mut().filter_map(Value::as_object_mut) {
                self.of_answer(answer);
            }
        }
    }

    /// Bodies of methods that have none by habit: v3 says nothing of whether they are sent, and we take them for meant.
    fn of_pruning(&mut self, item: &mut Map<String, Value>) {
        let request = item.get("request");
        let text = |name: &str| {
            request
                .and_then(|request| request.get(name))
                .and_then(Value::as_str)
        };
        let is_pruned = PRUNED.contains(&text("method").unwrap_or("GET"));
        let sends = is_pruned
            && request
                .and_then(|request| request.get("body"))
                .is_some_and(says_something);
        let behavior = item.entry("protocolProfileBehavior").or_insert_with(|| json!({}));
        let Value::Object(behavior) = behavior else { return };
        let said = behavior.remove("disableBodyPruning") == Some(json!(true));
        if said != sends {
            self.lost("disableBodyPruning");
        }
        if sends {
            behavior.insert("disableBodyPruning".to_owned(), json!(true));
        }
    }

    fn of_request(&mut self, request: &mut Map<String, Value>) {
        if !request.contains_key("header") && request.remove("headers").is_some() {
            self.lost("headers that are not under `header`");
        }
        if let Some(Value::Object(url)) = request.get_mut("url") {
            self.of_url(url);
        }
    }

    /// v3 has the text of an address, which v2's parts may say otherwise.
    fn of_url(&mut self, url: &mut Map<String, Value>) {
        let raw = url
            .get("raw")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let has_query = url
            .get("query")
            .and_then(Value::as_array)
            .is_some_and(|query| !query.is_empty());
        if raw.ends_with('?') && !has_query {
            url.insert("query".to_owned(), json!([{"key": null, "value": null}]));
            self.lost("that a `?` at the end of `raw` is not sent");
        }
        if let Some((scheme, _)) = raw.split_once("://")
            && !url.contains_key("protocol")
            && !scheme.contains('{')
            && url.contains_key("host")
        {
            url.insert("protocol".to_owned(), json!(scheme));
            self.lost("that the scheme of `raw` is not sent");
        }
    }

    fn of_answer(&mut self, answer: &mut Map<String, Value>) {
        if !answer.contains_key("code") {
            answer.insert("code".to_owned(), json!(200));
            self.lost("that an answer has no status");
        }
        let code = answer.get("code").and_then(Value::as_u64);
        let has_status = answer
            .get("status")
            .and_then(Value::as_str)
            .is_some_and(|status| !status.is_empty());
        if let Some(reason) = code.filter(|_| !has_status).and_then(reason) {
            answer.insert("status".to_owned(), json!(reason));
            self.lost("that an answer has no reason");
        }
    }
}

fn says_something(body: &Value) -> bool {
    let mode = body.get("mode").and_then(Value::as_str).unwrap_or_default();
    match body.get(mode) {
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(entries)) => !entries.is_empty(),
        Some(Value::Object(members)) => !members.is_empty(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_)) | None => false,
    }
}

fn reason(code: u64) -> Option<&'static str> {
    let code = u16::try_from(code).ok()?;
    letterpress_runtime::http::StatusCode::from_u16(code)
        .ok()?
        .canonical_reason()
}
