//! Stage `face`: what callers and configurers of a client are asked for, and what goes out that nobody said.
//!
//! It fails where an id is a setting of the client, where a plain call sends a sample that names a call, and where a
//! literal of a body is a method of the builder. The rules here are simpler than those of the generator, and are not
//! taken from it. What it prints is to be read: it should hold nothing that one would not defend to a user.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use letterpress::ir::{
    Api, Entry, Operation, Param, ParamPlace, Presence, Sent, Variable, VariableKind, VariableRole, template,
};

use super::{Failure, Options, Report, parallel};
use crate::{inputs, press};

/// How many rows of a list are printed.
const MOST: usize = 40;

/// Runs the stage.
pub fn run(options: &Options) -> Report {
    let mut report = Report {
        stage: "face",
        collections: options.collections.len(),
        ..Report::default()
    };
    let mut sum = Faces::default();
    for (path, outcome) in options
        .collections
        .iter()
        .zip(parallel::map(&options.collections, |path: &PathBuf| look(path)))
    {
        match outcome.and_then(|face| face) {
            Ok(None) => report.fact("refused, having no requests", inputs::file_name(path)),
            Ok(Some(face)) => {
                report.items += face.functions;
                let wrong = face.wrong();
                if !wrong.is_empty() {
                    report.failures.push(Failure {
                        collection: inputs::file_name(path),
                        reason: wrong.join("\n"),
                    });
                }
                sum.add(inputs::file_name(path), face);
            }
            Err(reason) => report.failures.push(Failure {
                collection: inputs::file_name(path),
                reason,
            }),
        }
    }
    sum.facts(&mut report);
    report
}

/// The face of one client.
#[derive(Debug, Default)]
struct Face {
    functions: usize,
    arguments: Vec<usize>,
    setters: usize,
    settings: Vec<String>,
    /// Settings that stand in paths.
    in_paths: BTreeSet<String>,
    /// Fields of bodies that settings fill.
    filled: usize,
    /// Literal headers that a plain call sends: the name, and how many operations send it.
    literals: BTreeMap<String, usize>,
    /// Headers that are made for each call.
    fresh: usize,
    ids: Vec<String>,
    samples: Vec<String>,
    of_bodies: Vec<String>,
}

impl Face {
    fn wrong(&self) -> Vec<String> {
        let said = |what: &str, names: &[String]| {
            let first: Vec<&str> = names.iter().map(String::as_str).take(8).collect();
            (!names.is_empty()).then(|| format!("{} {what}: {}", names.len(), first.join(", ")))
        };
        [
            said("ids are settings", &self.ids),
            said("samples that name a call are sent", &self.samples),
            said("literals of bodies are methods of the builder", &self.of_bodies),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Looks at one client; `None` if the collection has no requests.
fn look(path: &Path) -> Result<Option<Face>, String> {
    let api = match press::model(path) {
        Err(reason) if reason.contains(super::generate::NO_ITEMS) => return Ok(None),
        api => api?,
    };
    let mut face = Face::default();
    let uses = Uses::of(&api);
    for setting in api.settings() {
        face.settings.push(setting.name.clone());
        face.ids
            .extend(uses.is_id(setting).map(|why| format!("{} ({why})", setting.name)));
        if uses.in_paths.contains_key(&setting.name) {
            face.in_paths.insert(setting.name.clone());
        }
        if uses.only_bodies(setting) {
            face.of_bodies.push(setting.name.clone());
        }
    }
    api.root.visit(&mut |operation| {
        face.functions += 1;
        let required = |param: &&Param| param.presence == Presence::Required;
        face.arguments
            .push(operation.params.iter().filter(required).count());
        face.setters += operation.params.len() - operation.params.iter().filter(required).count();
        face.filled += operation.fills.len();
        for header in &operation.headers {
            face.fresh += usize::from(header.sent == Sent::Fresh);
            if header.sent == Sent::Always && !template::has_variables(value(header)) {
                *face.literals.entry(name(header)).or_default() += 1;
                if names_a_call(header) {
                    face.samples.push(format!("{}: {}", name(header), value(header)));
                }
            }
        }
    });
    Ok(Some(face))
}

/// Where the settings of an API are used.
#[derive(Default)]
struct Uses {
    operations: usize,
    /// Operations whose path has it as a setting.
    in_paths: BTreeMap<String, usize>,
    /// Whose path ends with it.
    at_ends: BTreeMap<String, usize>,
    /// Names that stand in hosts, queries, headers, authentication or filled fields, or in values of others.
    elsewhere: BTreeSet<String>,
    of_host: BTreeSet<String>,
}

impl Uses {
    fn of(api: &Api) -> Self {
        let mut uses = Self::default();
        api.root.visit(&mut |operation| uses.operation(operation));
        for text in api.values_of_variables() {
            uses.elsewhere
                .extend(template::variables(text).map(str::to_owned));
        }
        uses
    }

    fn operation(&mut self, operation: &Operation) {
        self.operations += 1;
        let url = &operation.url;
        let host = url.origin();
        self.of_host.extend(template::variables(host).map(str::to_owned));
        let given: BTreeSet<&str> = operation.params.iter().filter_map(variable).collect();
        let segments = url.segments();
        for (index, range) in segments.iter().enumerate() {
            for name in template::variables(url.segment(range)).filter(|name| !given.contains(name)) {
                *self.in_paths.entry(name.to_owned()).or_default() += 1;
                if index + 1 == segments.len() && index > 0 {
                    *self.at_ends.entry(name.to_owned()).or_default() += 1;
                }
            }
        }
        let entries = url
            .query
            .iter()
            .chain(&operation.headers)
            .filter_map(|entry| entry.value.as_deref());
        let schemes: Vec<&str> = operation
            .security
            .uses()
            .flat_map(|used| &used.params)
            .map(|(_, text)| text.as_str())
            .collect();
        for text in entries.chain(schemes) {
            self.elsewhere
                .extend(template::variables(text).map(str::to_owned));
        }
        self.elsewhere
            .extend(operation.fills.iter().map(|(_, variable)| variable.clone()));
    }

    /// Why a setting is the id of something; of a path, and not of what nearly all operations share.
    fn is_id(&self, setting: &Variable) -> Option<String> {
        let count = *self.in_paths.get(&setting.name)?;
        if self.of_host.contains(&setting.name) {
            return None;
        }
        let ends = self.at_ends.get(&setting.name).copied().unwrap_or(0);
        if setting.set_by_script {
            return Some("a script sets it".to_owned());
        }
        if ends * 4 > count {
            return Some(format!("{ends} paths end with it"));
        }
        (count * 2 <= self.operations).then(|| format!("in {count} of {} paths", self.operations))
    }

    fn only_bodies(&self, setting: &Variable) -> bool {
        let used = self.elsewhere.contains(&setting.name)
            || self.of_host.contains(&setting.name)
            || self.in_paths.contains_key(&setting.name);
        setting.kind == VariableKind::Secret && setting.role == VariableRole::Setting && !used
    }
}

fn variable(param: &Param) -> Option<&str> {
    match &param.place {
        ParamPlace::Variable(name) => Some(name),
        ParamPlace::Path(_) | ParamPlace::Query(_) | ParamPlace::Header(_) => None,
    }
}

/// Whether a literal header says which call it is, when it is made or by whom.
fn names_a_call(header: &Entry) -> bool {
    const WORDS: &[&str] = &[
        "idempoten",
        "request-id",
        "requestid",
        "correlation",
        "trace",
        "nonce",
        "timestamp",
        "signature",
        "if-match",
        "if-none-match",
        "if-modified",
        "if-unmodified",
        "user-agent",
        "postman-token",
        "cookie",
    ];
    let name = name(header);
    let value = value(header).trim();
    let is_uuid = value.len() == 36 && value.bytes().filter(|byte| *byte == b'-').count() == 4;
    let is_date = value.len() >= 10
        && value.bytes().take(4).all(|byte| byte.is_ascii_digit())
        && value.as_bytes().get(4) == Some(&b'-')
        && !name.contains("version");
    let is_filler = ["lorem", "ipsum", "dolor", "consectetur", "adipisicing"]
        .iter()
        .any(|word| value.to_ascii_lowercase().contains(word));
    let is_placeholder = value.starts_with('<') && value.ends_with('>') || value.is_empty();
    WORDS.iter().any(|word| name.contains(word)) || is_uuid || is_date || is_filler || is_placeholder
}

fn name(header: &Entry) -> String {
    header
        .key
        .as_deref()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn value(header: &Entry) -> &str {
    header.value.as_deref().unwrap_or_default()
}

/// The faces of all clients.
#[derive(Debug, Default)]
struct Faces {
    settings: Vec<(usize, String)>,
    arguments: Vec<usize>,
    setters: usize,
    in_paths: BTreeMap<String, usize>,
    literals: BTreeMap<String, usize>,
    filled: usize,
    fresh: usize,
    wrong: [usize; 3],
}

impl Faces {
    fn add(&mut self, file: String, face: Face) {
        self.wrong[0] += face.ids.len();
        self.wrong[1] += face.samples.len();
        self.wrong[2] += face.of_bodies.len();
        self.settings.push((face.settings.len(), file));
        self.arguments.extend(face.arguments);
        self.setters += face.setters;
        self.filled += face.filled;
        self.fresh += face.fresh;
        for name in face.in_paths {
            *self.in_paths.entry(name).or_default() += 1;
        }
        for (name, count) in face.literals {
            *self.literals.entry(name).or_default() += count;
        }
    }

    fn facts(mut self, report: &mut Report) {
        self.settings.sort();
        self.arguments.sort_unstable();
        let median = self
            .settings
            .get(self.settings.len() / 2)
            .map_or(0, |(count, _)| *count);
        report.fact("settings per client, median", median);
        if let Some((most, file)) = self.settings.last() {
            report.fact("settings per client, most", format!("{most} ({file})"));
        }
        report.fact(
            "settings in all",
            self.settings.iter().map(|(count, _)| count).sum::<usize>(),
        );
        let sum: usize = self.arguments.iter().sum();
        let mean = sum * 100 / self.arguments.len().max(1);
        report.fact(
            "arguments per function",
            format!(
                "{}.{:02} on average, {} at most",
                mean / 100,
                mean % 100,
                self.arguments.last().copied().unwrap_or(0)
            ),
        );
        report.fact("setters", self.setters);
        report.fact("fields of bodies that settings fill", self.filled);
        report.fact("headers made for each call", self.fresh);
        report.fact("settings that stand in paths", listed(self.in_paths));
        report.fact("literal headers of plain calls", listed(self.literals));
        let [ids, samples, of_bodies] = self.wrong;
        report.fact("ids that are settings", ids);
        report.fact("samples that name a call and are sent", samples);
        report.fact("literals of bodies that are methods of the builder", of_bodies);
    }
}

/// Names with their counts, most first.
fn listed(counts: BTreeMap<String, usize>) -> String {
    let mut rows: Vec<(usize, String)> = counts.into_iter().map(|(name, count)| (count, name)).collect();
    rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let more = rows.len().saturating_sub(MOST);
    let shown = rows
        .iter()
        .take(MOST)
        .map(|(count, name)| format!("{name} {count}"));
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if more > 0 {
        text += &format!(", and {more} more");
    }
    text
}
