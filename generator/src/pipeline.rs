//! The whole way, from sources to files: the only place that names every room.
//!
//! In: what was read from disk, and settings. Out: files as text, and everything that was found. A pure function:
//! no file is opened and no clock is read here, so the same input gives the same bytes everywhere.

mod layout;
mod names;

use std::collections::BTreeMap;
use std::collections::btree_map::{Entry, OccupiedEntry};

use crate::config::{self, Config, DocTests};
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::emit::{self, Chunk};
use crate::frontend;
pub use crate::inputs::Input;
use crate::ir::{Api, Place};
use crate::output::finished::digest;
use crate::output::render::{self, Declared, Draft, Part, Parts};
use crate::output::{File, mark};
use crate::package::{self, Package, replay};
use crate::parallel::in_parallel;
use crate::passes::allowed::allowed;
use crate::rust::Plan;
use crate::rust::clashes;
use crate::rust::doc_lines::DocLines;
use crate::rust::doubles;
use crate::rust::name::{self, Case};
use crate::rust::names::ModuleNames;
use crate::rust::tree::Module;
use crate::{passes, rust};
use layout::Layout;
pub use names::{Names, names};

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

/// The text of a file that is finished already, by its path and a digest of what it is made of.
pub type Finished<'a> = &'a (dyn Fn(&str, u64) -> Option<String> + Sync);

/// Generates modules, and the file `letterpress.rs` that declares them.
pub fn generate(inputs: &[Input], config: &Config) -> Outcome {
    generate_unfinished(inputs, config, &|_, _| None)
}

/// Generates modules, but takes those that are finished as they are.
pub fn generate_unfinished(inputs: &[Input], config: &Config, finished: Finished<'_>) -> Outcome {
    let mut sink = Sink::default();
    let mut taken = name::Scope::new(Case::Snake);
    let mut wanted: BTreeMap<String, &str> = BTreeMap::new();
    let mut understood = Vec::new();
    for input in inputs {
        if let Some((api, config)) = understand(input, config, &mut sink) {
            let name = wanted_name(input, &config);
            let file = input.source.file.as_str();
            match wanted.entry(name::name(&name, Case::Snake, "api")) {
                Entry::Vacant(vacant) => _ = vacant.insert(file),
                Entry::Occupied(other) if config.module.is_some() => report_taken(&other, file, &mut sink),
                Entry::Occupied(_) => {}
            }
            let name = taken.claim_text(&name, "api");
            understood.push((api, config, name, &input.source.file));
        }
    }
    let presses: Vec<_> = understood
        .iter()
        .map(|(api, config, name, source)| Press::new(api, config, name.as_str(), source, Layout::Module))
        .collect();
    for press in &presses {
        press.report(&mut sink);
    }
    if let ([_, second, ..], true) = (inputs, config.inline) {
        let place = Place::of_file(&second.source.file);
        let message = "`inline` is for one collection, and this is another one";
        sink.error(
            Code::Setting,
            &place,
            message,
            "press it in a crate of its own, or leave `inline` out",
        );
    }
    outcome(sink, inputs, || {
        let mut declared = Vec::new();
        let mut files = Vec::new();
        for press in &presses {
            declared.push(press.declared());
            files.extend(press.files(finished));
            files.extend(config.inline.then(|| press.page()));
        }
        let index = render::index(&declared, &mark(""), emit::LINTS);
        files.insert(0, File::new("letterpress.rs", index));
        files
    })
}

/// Generates the modules of a model that is none of our front ends' making, and the file `letterpress.rs` that declares them.
pub fn generate_model(mut api: Api, module: &str, config: &Config) -> Outcome {
    let mut sink = Sink::default();
    api.root.number();
    passes::run(&mut api, config, &mut sink);
    let press = Press::new(&api, config, module, "", Layout::Module);
    press.report(&mut sink);
    outcome(sink, &[], || {
        let mut files = press.files(&|_, _| None);
        let index = render::index(&[press.declared()], &mark(""), emit::LINTS);
        files.insert(0, File::new("letterpress.rs", index));
        files
    })
}

/// A name that was chosen is not another one: the code that uses it would find the other client.
fn report_taken(other: &OccupiedEntry<'_, String, &str>, file: &str, sink: &mut Sink) {
    let place = Place {
        file: file.to_owned(),
        ..Place::default()
    };
    let message = format!(
        "the module cannot be called `{}`: that is the name of {}",
        other.key(),
        other.get()
    );
    sink.error(Code::Setting, &place, message, "choose another one");
}

/// Generates a crate of its own, to be checked in.
pub fn generate_crate(input: &Input, config: &Config, name: Option<&str>) -> Outcome {
    generate_crate_unfinished(input, config, name, &|_, _| None)
}

/// Generates a crate of its own, but takes the files that are finished as they are.
pub fn generate_crate_unfinished(
    input: &Input,
    config: &Config,
    name: Option<&str>,
    finished: Finished<'_>,
) -> Outcome {
    let mut sink = Sink::default();
    let understood = understand(input, config, &mut sink).map(|(api, mut config)| {
        let module = name::name(&wanted_name(input, &config), Case::Snake, "api");
        let name = name.map_or_else(|| package::crate_name(&module), str::to_owned);
        if config.doc_tests == DocTests::IfCrate {
            config.doc_tests = DocTests::Crate(name.replace('-', "_"));
        }
        (api, config, name)
    });
    let press = understood.as_ref().map(|(api, config, _)| {
        let source = &input.source.file;
        Press::new(api, config, &wanted_name(input, config), source, Layout::Crate)
    });
    if let Some(press) = &press {
        press.report(&mut sink);
    }
    outcome(sink, std::slice::from_ref(input), || {
        let (Some((api, config, name)), Some(press)) = (&understood, &press) else {
            return Vec::new();
        };
        let package = Package {
            name,
            api,
            root: Some(&press.plan.outline(&press.plan.names().root)),
            functions: &press.functions(),
            datetime: config.datetime,
            formats: &config.formats,
            runtime: &config.runtime,
            mark: &press.mark,
        };
        let beside = package::files(&package)
            .into_iter()
            .map(|(path, text)| File::new(path, text));
        beside.chain(press.files(finished)).collect()
    })
}

/// The saved responses of a collection, for the runtime's `replay`.
pub fn saved_responses(input: &Input, config: &Config) -> (Option<String>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let understood = understand(input, config, &mut sink);
    let text = understood.map(|(api, config)| {
        let press = Press::new(&api, &config, "api", &input.source.file, Layout::Module);
        press.replay().text
    });
    (
        text.filter(|_| !sink.has_errors()),
        found(sink, std::slice::from_ref(input)),
    )
}

/// What `inspect` looks at: the model as the passes leave it, and the modules that are printed.
pub fn inspect(input: &Input, config: &Config) -> (Option<(Api, Vec<Module>)>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let understood = understand(input, config, &mut sink).map(|(api, config)| {
        let source = &input.source.file;
        let press = Press::new(&api, &config, "api", source, Layout::Module);
        let modules = press.modules();
        press.report(&mut sink);
        (api, modules)
    });
    (understood, found(sink, std::slice::from_ref(input)))
}

/// One client on its way from the neutral model to files.
struct Press<'a> {
    api: &'a Api,
    config: &'a Config,
    plan: Plan<'a>,
    layout: Layout,
    mark: String,
}

/// What is drafted on its own.
enum Job<'a> {
    Module(&'a ModuleNames<'a>),
    Replay,
}

impl<'a> Press<'a> {
    fn new(api: &'a Api, config: &'a Config, name: &str, source: &str, layout: Layout) -> Self {
        let plan = Plan::new(api, name, config);
        let mark = mark(source);
        Self {
            api,
            config,
            plan,
            layout,
            mark,
        }
    }

    /// Says what was found when names were chosen.
    fn report(&self, sink: &mut Sink) {
        let from = sink.len();
        doubles::report(self.plan.names(), sink);
        clashes::report(self.plan.names(), &self.config.overrides, sink);
        names::report_gone(self.plan.gone(), sink);
        sink.silence(from, &allowed(Some(self.api), self.config));
    }

    fn modules(&self) -> Vec<Module> {
        let modules = self.plan.names().modules().into_iter();
        modules.map(|module| self.plan.module(module)).collect()
    }

    /// What the README says of the functions. Outlines of all modules at once would be a tenth of the most memory.
    fn functions(&self) -> Vec<DocLines> {
        let modules = self.plan.names().modules();
        in_parallel(&modules, |module| package::functions(&self.plan.outline(module)))
    }

    fn declared(&self) -> Declared {
        let root = &self.plan.names().root;
        let found = root.ident.as_str() == root.file;
        let path = (!found).then(|| format!("{}/mod.rs", root.file));
        Declared {
            inline: self.config.inline,
            name: root.ident.to_string(),
            path,
        }
    }

    fn files(&self, finished: Finished<'_>) -> Vec<File> {
        let modules = self.plan.names().modules().into_iter().map(Job::Module);
        // The longest first, so that no thread waits for it in the end.
        let replay = rust::client::has_samples(&self.api.root).then_some(Job::Replay);
        let first = usize::from(replay.is_some());
        let jobs: Vec<_> = replay.into_iter().chain(modules).collect();
        let mut files = render::files(&jobs, |job| match job {
            Job::Module(module) => self.module(module, finished),
            Job::Replay => Draft::Text(self.replay()),
        });
        files.rotate_left(first);
        files
    }

    fn module(&self, names: &ModuleNames<'_>, finished: Finished<'_>) -> Draft {
        let module = self.plan.module(names);
        let crate_root = self.layout == Layout::Crate && names.index == self.plan.names().root.index;
        let path = self.layout.path(self.plan.names(), names);
        let digest = digest(&(&module, &self.mark, crate_root));
        if let Some(text) = finished(&path, digest) {
            return Draft::Text(File::made_of(path, text, digest));
        }
        let chunks = emit::chunks(&module).into_iter();
        Draft::Rust(Parts {
            path,
            digest,
            mark: self.mark.clone(),
            docs: emit::head(&module),
            lints: if crate_root { emit::LINTS } else { &[] },
            line_break: emit::LINE_BREAK,
            chunks: chunks
                .map(|Chunk { tokens, setting }| Part {
                    tokens,
                    apart: setting.stands_apart(),
                })
                .collect(),
        })
    }

    /// What stands at the head of the root module, for the crate that shows its items as its own.
    fn page(&self) -> File {
        let root = self.plan.module(&self.plan.names().root);
        // Two hyphens would end the comment.
        let mark = self.mark.replace("--", "- -");
        let text = format!("<!-- {mark} -->\n\n{}\n", root.docs.join("\n"));
        File::new("letterpress.md", text)
    }

    /// The saved responses beside the root module.
    fn replay(&self) -> File {
        let contents = replay::Contents {
            api: self.api,
            paths: &self.plan.paths(),
            mark: &self.mark,
            keep_credentials: self.config.keep_credentials,
        };
        let path = format!("{}/{}", self.layout.root_folder(self.plan.names()), replay::FILE);
        File::new(path, replay::text(&contents))
    }
}

/// Text to the typed neutral model, with the settings that are in force for it.
fn understand(input: &Input, config: &Config, sink: &mut Sink) -> Option<(Api, Config)> {
    let mut config = config.clone();
    config.module = input.module.clone().or(config.module);
    let module = module_name(&input.source.file);
    if let Some((file, text)) = &input.settings {
        let beside: Vec<String> = input.beside.iter().map(|file| module_name(file)).collect();
        config::file::read(&mut config, file, text, (&module, &beside), sink);
    }
    if let Some((file, text)) = &input.lock {
        let module = name::name(&wanted_name(input, &config), Case::Snake, "api");
        config.lock = config::lock::read(file, text, &module, sink);
    }
    let from = sink.len();
    let source = frontend::beside::own(&input.source, &input.beside, &config, sink);
    let mut api = frontend::read(&source, &config, sink);
    let allowed = allowed(api.as_ref(), &config);
    if let Some(api) = &mut api {
        passes::run(api, &config, sink);
        rust::client::name_given(api, sink);
    }
    sink.silence(from, &allowed);
    Some((api?, config))
}

/// Nothing is printed as long as there are errors.
fn outcome(sink: Sink, inputs: &[Input], print: impl FnOnce() -> Vec<File>) -> Outcome {
    let files = if sink.has_errors() { Vec::new() } else { print() };
    Outcome {
        files,
        diagnostics: found(sink, inputs),
    }
}

/// What was found, placed in the texts of the inputs.
fn found(mut sink: Sink, inputs: &[Input]) -> Vec<Diagnostic> {
    for input in inputs {
        frontend::keep_text(&input.source, &mut sink);
    }
    sink.into_diagnostics()
}

/// The name that the user chose, or one made of the file's.
fn wanted_name(input: &Input, config: &Config) -> String {
    config
        .module
        .clone()
        .unwrap_or_else(|| module_name(&input.source.file))
}

/// The module for a collection's file: `zoom.postman_collection.json` is `zoom`.
pub fn module_name(file: &str) -> String {
    let extensions = [".json", ".yaml", ".yml"];
    let stem = extensions
        .iter()
        .find_map(|extension| file.strip_suffix(extension))
        .unwrap_or(file);
    let stem = stem.strip_suffix(".postman_collection").unwrap_or(stem);
    name::name(stem, Case::Snake, "api")
}
