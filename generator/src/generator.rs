//! The builder that build scripts call, around the pure pipeline: reads, generates, writes, reports.
//!
//! In: paths and settings. Out: files in the output directory, cargo's instructions on standard output, and one
//! error with everything that was found. It never leaves half of an output behind an error.

use std::env;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{Config, DateTime, DocTests, DocsLevel};
use crate::diag::{Code, Diagnostic, Sink, render};
use crate::inputs::{disk as inputs, no_collections, read_all, unreadable, workspace};
use crate::ir::Place;
use crate::output::disk;
use crate::output::finished::Finished;
use crate::pipeline::{self, Input, Outcome};

/// Presses collections into modules of a crate, from its build script.
///
/// ```no_run
/// # fn main() -> Result<(), letterpress::Error> {
/// letterpress::Generator::new().collection("zoom.postman_collection.json").build()?;
/// # Ok(())
/// # }
/// ```
///
/// The crate then has the modules with `include!(concat!(env!("OUT_DIR"), "/letterpress.rs"));`.
#[derive(Clone, Debug, Default)]
pub struct Generator {
    paths: Vec<Wanted>,
    config: Config,
    out_dir: Option<PathBuf>,
    /// Calls that make no sense, each with a way out.
    misused: Vec<(String, &'static str)>,
}

#[derive(Clone, Debug)]
enum Wanted {
    /// A collection, and the name of its module.
    File(PathBuf, Option<String>),
    Folder(PathBuf),
}

impl Generator {
    /// A generator without collections.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a collection. Environments and a `letterpress.toml` beside it are read too.
    #[must_use]
    pub fn collection(mut self, path: impl Into<PathBuf>) -> Self {
        self.paths.push(Wanted::File(path.into(), None));
        self
    }

    /// Adds every collection of a folder, each as a module of its own; a new one is noticed.
    #[must_use]
    pub fn collections_in(mut self, folder: impl Into<PathBuf>) -> Self {
        self.paths.push(Wanted::Folder(folder.into()));
        self
    }

    /// Takes all settings at once.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Names the module of the collection that was added last, instead of after its file:
    /// `.collection("a.json").module("v1").collection("b.json").module("v2")`. All other settings are for all collections.
    ///
    /// Generating fails if no single collection was added before, if it has a name already, or if another one has this.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        let (wrong, help) = match self.paths.last_mut() {
            Some(Wanted::File(_, module @ None)) => {
                *module = Some(name);
                return self;
            }
            Some(Wanted::File(path, Some(module))) => (
                format!("{} is named twice: `{module}`, `{name}`", path.display()),
                "call `module` once after each `collection`",
            ),
            Some(Wanted::Folder(folder)) => (
                format!("`{name}` cannot name all collections of {}", folder.display()),
                "write `[collection.NAME] module = \"…\"` into the `letterpress.toml` there",
            ),
            None => (
                format!("there is no collection yet that `{name}` could name"),
                "call `module` after the `collection` that it names",
            ),
        };
        self.misused.push((wrong, help));
        self
    }

    /// Puts the client where the file is included, for a crate of its own: `my_api::Client` instead of
    /// `my_api::my_api::Client`. There must be one collection then. What is at the head of the client's documentation
    /// is written into `letterpress.md`:
    ///
    /// ```ignore
    /// #![doc = include_str!(concat!(env!("OUT_DIR"), "/letterpress.md"))]
    ///
    /// include!(concat!(env!("OUT_DIR"), "/letterpress.rs"));
    /// ```
    #[must_use]
    pub fn inline(mut self, inline: bool) -> Self {
        self.config.inline = inline;
        self
    }

    /// Puts every function on `Client` instead of one handle per folder.
    #[must_use]
    pub fn flatten(mut self, flatten: bool) -> Self {
        self.config.flatten = flatten;
        self
    }

    /// Says how much is written into doc comments.
    #[must_use]
    pub fn docs(mut self, docs: DocsLevel) -> Self {
        self.config.docs = docs;
        self
    }

    /// Makes doc tests of the examples. The modules must then be found at this path, such as the crate's name, and
    /// the crate needs `letterpress-runtime` with the feature `replay` as a dev-dependency.
    ///
    /// Without it, examples are only shown (`ignore`): nobody but the crate's author knows at which path the generated
    /// file is included, and without the dev-dependency `cargo test` of that crate would fail.
    #[must_use]
    pub fn doc_tests(mut self, path: impl Into<String>) -> Self {
        self.config.doc_tests = DocTests::Below(path.into());
        self
    }

    /// Does not show warnings of these codes: `.allow([Code::ScriptNotRun])`. For one collection, folder or item there is
    /// `allow = ["PM0107"]` in `letterpress.toml`. Errors cannot be allowed.
    #[must_use]
    pub fn allow(mut self, codes: impl IntoIterator<Item = Code>) -> Self {
        self.config.allow.extend(codes);
        self
    }

    /// Says what date-times become.
    #[must_use]
    pub fn datetime(mut self, datetime: DateTime) -> Self {
        self.config.datetime = datetime;
        self
    }

    /// Sets the type of texts of a format that is declared, in descriptions: `("uuid", "uuid")`, `("date", "jiff")`,
    /// `("money", "::my::Money")`. The name of a crate stands for its type (`uuid`, `rust_decimal`, `url`; `jiff` or `chrono` for
    /// `date`), which must be among your dependencies with its feature `serde`; any other type is given by its path, and must
    /// be read and written by serde. By default a format is text.
    #[must_use]
    pub fn format(mut self, format: impl Into<String>, ty: impl Into<String>) -> Self {
        self.config.formats.set(format, ty);
        self
    }

    /// Keeps literal credentials of the collection in the output: for comparisons with Postman only.
    #[must_use]
    pub fn keep_credentials(mut self, keep: bool) -> Self {
        self.config.keep_credentials = keep;
        self
    }

    /// Writes into this directory instead of cargo's `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Generates, and writes `letterpress.rs` and the modules it declares into the output directory.
    ///
    /// Under cargo it also says what the build depends on and shows every warning.  A build script returns the error from
    /// its `main`: cargo then shows all that was found, once.
    ///
    /// # Errors
    ///
    /// If a collection cannot be used, or a file not be written: everything that was found, at once.
    pub fn build(&self) -> Result<Outcome, Error> {
        let cargo_out_dir = env::var_os("OUT_DIR").map(PathBuf::from);
        let Some(folder) = self.out_dir.clone().or_else(|| cargo_out_dir.clone()) else {
            return Err(Error::new(
                "`OUT_DIR` is not set: call this from a build script, or name an `out_dir`",
            ));
        };
        let (inputs, sink) = self.read();
        if let Some(out_dir) = &cargo_out_dir {
            for path in self.watched(out_dir) {
                println!("cargo::rerun-if-changed={}", path.display());
            }
            for path in inputs.iter().flat_map(|input| &input.read_from) {
                println!("cargo::rerun-if-changed={}", path.display());
            }
        }
        let finished = cargo_out_dir
            .as_deref()
            .and_then(|out_dir| Finished::open(&folder, out_dir));
        let outcome = generate(&inputs, &self.config, sink, &|path, made_of| {
            finished.as_ref()?.text(path, made_of)
        });
        if cargo_out_dir.is_some() {
            for line in warnings(&outcome) {
                println!("{line}");
            }
        }
        let outcome = checked(outcome)?;
        let written = disk::write(&folder, &outcome.files);
        let kept = written.and_then(|()| finished.map_or(Ok(()), |finished| finished.keep(&outcome.files)));
        kept.map_err(|error| Error::io(&folder, &error))?;
        Ok(outcome)
    }

    /// Generates without writing anything: all files in one text, each under a line with its path.
    ///
    /// # Errors
    ///
    /// If a collection cannot be used.
    pub fn generate_to_string(&self) -> Result<String, Error> {
        let outcome = self.generate()?;
        let text = |file: &crate::output::File| format!("// {}\n{}", file.path, file.text);
        Ok(outcome.files.iter().map(text).collect::<Vec<_>>().join("\n"))
    }

    /// Generates without writing anything.
    ///
    /// # Errors
    ///
    /// If a collection cannot be used.
    pub fn generate(&self) -> Result<Outcome, Error> {
        let (inputs, sink) = self.read();
        checked(generate(&inputs, &self.config, sink, &|_, _| None))
    }

    /// Reads all inputs; what cannot be read is reported.
    fn read(&self) -> (Vec<Input>, Sink) {
        let (mut inputs, mut sink) = (Vec::new(), Sink::default());
        for (message, help) in &self.misused {
            sink.error(Code::Setting, &Place::default(), message.as_str(), *help);
        }
        for wanted in &self.paths {
            match wanted {
                Wanted::File(path, module) => {
                    let mut found = read_all(path, &mut sink);
                    match (module, found.as_mut_slice()) {
                        (Some(name), [one]) => one.module = Some(name.clone()),
                        (Some(name), [_, _, ..]) => {
                            let message =
                                format!("`{name}` cannot name all collections of {}", path.display());
                            sink.error(Code::Setting, &Place::default(), message, "leave `module` out");
                        }
                        (_, _) => {}
                    }
                    inputs.append(&mut found);
                }
                Wanted::Folder(folder) => match workspace::collections(folder) {
                    Ok(paths) if paths.is_empty() => no_collections(folder, &mut sink),
                    Ok(paths) => inputs.extend(paths.iter().flat_map(|path| read_all(path, &mut sink))),
                    Err(error) => unreadable(folder, &error, &mut sink),
                },
            }
        }
        (inputs, sink)
    }

    /// What cargo is told that the output depends on. A directory that the build itself writes into, or that is the
    /// package's own, is not watched as a whole, only what is of interest in it: else every touched file would press anew.
    fn watched(&self, out_dir: &Path) -> Vec<PathBuf> {
        let mut watched = Vec::new();
        for wanted in &self.paths {
            let folder = match wanted {
                Wanted::File(path, _) => {
                    watched.push(path.clone());
                    inputs::folder_of(path)
                }
                Wanted::Folder(folder) => folder,
            };
            let holds_output = match (folder.canonicalize(), out_dir.canonicalize()) {
                (Ok(folder), Ok(out_dir)) => out_dir.starts_with(folder),
                (_, _) => true,
            };
            if holds_output || folder.join("Cargo.toml").is_file() {
                let files = [workspace::collections(folder), inputs::companions(folder)];
                watched.extend(files.into_iter().flatten().flatten());
                watched.extend(workspace::watched(folder));
            } else {
                watched.push(folder.to_owned());
            }
        }
        watched
    }
}

/// Generates unless something could not be read, and puts the findings of both together.
fn generate(inputs: &[Input], config: &Config, sink: Sink, finished: pipeline::Finished<'_>) -> Outcome {
    let failed = sink.has_errors();
    let mut outcome = pipeline::generate_unfinished(inputs, config, finished);
    if failed {
        outcome.files.clear();
    }
    let mut diagnostics = sink.into_diagnostics();
    diagnostics.append(&mut outcome.diagnostics);
    outcome.diagnostics = diagnostics;
    outcome
}

/// What cargo is to show as warnings: nothing if the build fails, as the error then shows all that was found, and cargo
/// would show each warning twice more beside it.
fn warnings(outcome: &Outcome) -> Vec<String> {
    if outcome.has_errors() {
        return Vec::new();
    }
    let shown = render::overview(&outcome.diagnostics).into_iter();
    shown
        .map(|shown| format!("cargo::warning={}", shown.line()))
        .collect()
}

fn checked(outcome: Outcome) -> Result<Outcome, Error> {
    if outcome.has_errors() {
        return Err(Error {
            message: String::new(),
            diagnostics: outcome.diagnostics,
        });
    }
    Ok(outcome)
}

/// Why nothing was generated; shows all that was found, with the source lines.
pub struct Error {
    message: String,
    diagnostics: Vec<Diagnostic>,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            diagnostics: Vec::new(),
        }
    }

    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        Self::new(format!("{}: {error}", path.display()))
    }

    /// Everything that was found, warnings too.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for (index, shown) in render::overview(&self.diagnostics).into_iter().enumerate() {
            f.write_str(if index > 0 { "\n" } else { "" })?;
            f.write_str(&shown.full())?;
        }
        Ok(())
    }
}

/// What [`Display`](fmt::Display) shows: a build script that returns the error prints this.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::frontend::Source;

    #[test]
    fn a_build_says_everything_once() {
        let press = |item: &str| {
            let text = format!(r#"{{"info": {{"name": "x", "name": "x"}}, "item": [{item}]}}"#);
            generate(
                &[Input::new(Source::new("x.json", text))],
                &Config::default(),
                Sink::default(),
                &|_, _| None,
            )
        };
        let fine = press(r#"{"name": "a", "request": "https://a.io"}"#);
        let [line] = warnings(&fine).try_into().unwrap_or_default();
        assert!(
            line.starts_with("cargo::warning=x.json:1:32: warning[PM0009]"),
            "{line}"
        );
        assert!(checked(fine).is_ok());

        let failed = press("");
        assert_eq!(warnings(&failed), [""; 0]);
        let shown = checked(failed).map(|_| ()).unwrap_err().to_string();
        assert_eq!(shown.matches("error[PM0004]").count(), 1, "{shown}");
        assert_eq!(shown.matches("warning[PM0009]").count(), 1, "{shown}");
    }

    /// A build script in a repository notices a collection that is added to it.
    #[test]
    fn a_repository_is_watched_where_collections_are_added() {
        let root = std::env::temp_dir().join(format!("letterpress-repository-{}", std::process::id()));
        let out = root.join("client/target/out");
        let shop = root.join("postman/collections/Shop");
        for folder in [&out, &shop, &root.join("postman/environments")] {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(shop.join("Get.request.yaml"), "url: https://a.io").unwrap();
        let watched = Generator::new().collections_in(&root).watched(&out);
        assert_eq!(watched, [shop, root.join("postman/collections")]);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_package_is_not_watched_as_a_whole() {
        let root = std::env::temp_dir().join(format!("letterpress-watched-{}", std::process::id()));
        let (package, folder, out) = (root.join("package"), root.join("package/apis"), root.join("out"));
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(&out).unwrap();
        for file in [
            "Cargo.toml",
            "README.md",
            "x.json",
            "x.postman_environment.json",
            "apis/y.json",
        ] {
            fs::write(package.join(file), "{}").unwrap();
        }
        let watched = |file: &Path| Generator::new().collection(file).watched(&out);
        let (x, y) = (package.join("x.json"), folder.join("y.json"));
        let of_package = watched(&x);
        assert!(of_package.contains(&x));
        assert!(of_package.contains(&package.join("x.postman_environment.json")));
        assert!(!of_package.contains(&package), "{of_package:?}");
        assert_eq!(watched(&y), [y.clone(), folder.clone()]);
        fs::remove_dir_all(&root).unwrap();
    }
}
