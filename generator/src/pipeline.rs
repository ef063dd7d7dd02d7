//! The whole way, from sources to files: the only place that names every room.
//!
//! In: what was read from disk, and settings. Out: files as text, and everything that was found. A pure function:
//! no file is opened and no clock is read here, so the same input gives the same bytes everywhere.

use crate::config::{self, Config};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::frontend::{self, Source};
use crate::ir::{Api, Place};
use crate::output::render::{self, Layout};
use crate::output::{File, mark, package, replay};
use crate::rust::name::{self, Case};
use crate::rust::tree::{Face, Module};
use crate::{passes, rust};

/// A collection and what lies beside it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Input {
    /// The collection and its environments.
    pub source: Source,
    /// The settings file beside it: its name and text.
    pub settings: Option<(String, String)>,
}

impl Input {
    /// A collection with nothing beside it but what the source holds.
    pub fn new(source: Source) -> Self {
        Self {
            source,
            settings: None,
        }
    }

    /// Adds the text of a settings file.
    #[must_use]
    pub fn settings(mut self, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.settings = Some((file.into(), text.into()));
        self
    }
}

/// What became of the input.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// The generated files; none if there are errors.
    pub files: Vec<File>,
    /// Everything that was found, in document order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    /// Whether anything that was found is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Generates modules, and the file `letterpress.rs` that declares them.
pub fn generate(inputs: &[Input], config: &Config) -> Outcome {
    let mut sink = Sink::default();
    let mut names = name::Scope::new(Case::Snake);
    let mut roots = Vec::new();
    for input in inputs {
        if let Some((_, config, api)) = understand(input, config, &mut sink) {
            let wanted = config
                .module
                .clone()
                .unwrap_or_else(|| module_name(&input.source.file));
            let name = names.claim_text(&wanted, "api");
            let root = rust::resolve(&api, name.as_str(), &config);
            let replay = replay(&root, &api, &config, input, Layout::Module);
            roots.push((root, replay, &input.source));
        }
    }
    outcome(sink, || {
        let mut files = vec![File::new(
            "letterpress.rs",
            render::index(roots.iter().map(|(root, ..)| root)),
        )];
        for (root, replay, source) in &roots {
            files.extend(render::files(root, &source.file, Layout::Module));
            files.extend(replay.clone());
        }
        files
    })
}

/// Generates a crate of its own, to be checked in.
pub fn generate_crate(input: &Input, config: &Config, name: Option<&str>) -> Outcome {
    let mut sink = Sink::default();
    let resolved = understand(input, config, &mut sink).map(|(_, config, api)| {
        let module = config
            .module
            .clone()
            .unwrap_or_else(|| module_name(&input.source.file));
        let root = rust::resolve(&api, &module, &config);
        (root, api, config)
    });
    outcome(sink, || {
        let Some((root, api, config)) = &resolved else {
            return Vec::new();
        };
        let mut files = package::files(root, api, &config.runtime, name, &input.source.file);
        files.extend(render::files(root, &input.source.file, Layout::Crate));
        files.extend(replay(root, api, config, input, Layout::Crate));
        files
    })
}

/// The saved responses beside the root module, if there are any.
fn replay(root: &Module, api: &Api, config: &Config, input: &Input, layout: Layout) -> Option<File> {
    let Face::Client(client) = &root.face else {
        return None;
    };
    let text = || replay::text(api, &mark(&input.source.file), config.keep_credentials);
    let path = render::beside(root, layout, replay::FILE);
    client.replay.then(|| File::new(path, text()))
}

/// The saved responses of a collection, for the runtime's `replay`.
pub fn saved_responses(input: &Input, config: &Config) -> (Option<String>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let api = frontend::read(&input.source, config, &mut sink);
    let text = api.map(|api| replay::text(&api, &mark(&input.source.file), config.keep_credentials));
    (text.filter(|_| !sink.has_errors()), sink.into_diagnostics())
}

/// What `inspect` looks at: the model as the passes leave it, and the tree that is printed.
pub fn inspect(input: &Input, config: &Config) -> (Option<(Api, Module)>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let found = understand(input, config, &mut sink).map(|(module, config, api)| {
        let root = rust::resolve(&api, &module, &config);
        (api, root)
    });
    (found, sink.into_diagnostics())
}

/// Text to the typed neutral model, with the settings that are in force for it.
fn understand(input: &Input, config: &Config, sink: &mut Sink) -> Option<(String, Config, Api)> {
    let mut config = config.clone();
    let module = module_name(&input.source.file);
    if let Some((file, text)) = &input.settings {
        config::file::read(&mut config, file, text, &module, sink);
    }
    let mut api = frontend::read(&input.source, &config, sink)?;
    passes::run(&mut api, &config, sink);
    Some((module, config, api))
}

/// Nothing is printed as long as there are errors.
fn outcome(sink: Sink, print: impl FnOnce() -> Vec<File>) -> Outcome {
    let files = if sink.has_errors() { Vec::new() } else { print() };
    Outcome {
        files,
        diagnostics: sink.into_diagnostics(),
    }
}

/// The module for a collection's file: `zoom.postman_collection.json` is `zoom`.
pub fn module_name(file: &str) -> String {
    let stem = file.strip_suffix(".json").unwrap_or(file);
    let stem = stem.strip_suffix(".postman_collection").unwrap_or(stem);
    name::name(stem, Case::Snake, "api")
}

/// An error without a source, for what cannot even be read.
pub fn unreadable(file: &str, message: String, help: &str, sink: &mut Sink) {
    let place = Place {
        file: file.to_owned(),
        ..Place::default()
    };
    sink.error(crate::diag::Code::Unreadable, &place, message, help);
}
