//! Presses a collection for a test: the one place that calls the generator.
//!
//! In: a path, or text. Out: the generated files and what was said about the input, or why it was refused.

use std::io;
use std::path::Path;

use letterpress::config::Config;
use letterpress::diag::{Diagnostic, Sink, render};
use letterpress::frontend::Source;
use letterpress::ir::Api;
use letterpress::pipeline::{self, Input, Outcome};
use letterpress::{Error, Generator};
use serde_json::Value;

use crate::{inputs, outline};

/// The file that declares the generated module.
const INDEX: &str = "letterpress.rs";

/// The output of one collection.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// The name of its module.
    pub module: String,
    /// Declares the module, with its attributes.
    pub index: String,
    /// Relative path and text, in order; the module's own files only.
    pub files: Vec<(String, String)>,
    /// What was said about the input, with its source lines.
    pub diagnostics: Vec<String>,
}

/// Presses the collection at `path` under the module name that it gets by itself.
pub fn press(path: &Path) -> Result<Pressed, String> {
    take(Generator::new().collection(path).generate())
}

/// Presses the collection at `path` as a module of this name, in a crate of this name.
pub fn press_as(path: &Path, module: &str, krate: &str) -> Result<Pressed, String> {
    take(
        Generator::new()
            .collection(path)
            .module(module)
            .doc_tests(krate)
            .generate(),
    )
}

/// Presses text as if it were read from a file of this name.
pub fn press_text(file: &str, text: &str) -> Result<Pressed, String> {
    press_bytes(file, text.as_bytes())
}

/// Presses bytes as if they were read from a file of this name.
pub fn press_bytes(file: &str, bytes: &[u8]) -> Result<Pressed, String> {
    press_configured(file, bytes, &Config::default())
}

/// Presses bytes with these settings.
pub fn press_configured(file: &str, bytes: &[u8], config: &Config) -> Result<Pressed, String> {
    let outcome = pipeline::generate(&[Input::new(Source::new(file, bytes))], config);
    if outcome.has_errors() {
        return Err(shown(&outcome.diagnostics).join("\n"));
    }
    pressed(outcome)
}

/// What was understood of the collection at `path`, as an outline.
pub fn understand(path: &Path) -> Result<String, String> {
    model(path).map(|api| outline::outline(&api))
}

/// What was understood of the collection at `path`.
pub fn model(path: &Path) -> Result<Api, String> {
    let mut sink = Sink::default();
    let Some(input) = letterpress::read(path, &mut sink) else {
        return Err(shown(&sink.into_diagnostics()).join("\n"));
    };
    let (found, diagnostics) = pipeline::inspect(&input, &Config::default());
    match found {
        Some((api, _)) => Ok(api),
        None => Err(shown(&diagnostics).join("\n")),
    }
}

fn take(outcome: Result<Outcome, Error>) -> Result<Pressed, String> {
    outcome.map_err(|error| error.to_string()).and_then(pressed)
}

fn pressed(outcome: Outcome) -> Result<Pressed, String> {
    let diagnostics = shown(&outcome.diagnostics);
    let files = outcome.files.into_iter().map(|file| (file.path, file.text));
    let (index, files): (Vec<_>, Vec<_>) = files.partition(|(path, _)| path == INDEX);
    let index: String = index.into_iter().map(|(_, text)| text).collect();
    let first = files.first().map(|(path, _)| path.as_str()).unwrap_or_default();
    let module = first.split(['/', '.']).next().unwrap_or_default().to_owned();
    if module.is_empty() {
        return Err("nothing was generated, and nothing was said".to_owned());
    }
    Ok(Pressed {
        module,
        index,
        files,
        diagnostics,
    })
}

fn shown(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(render::full).collect()
}

impl Pressed {
    /// How many functions of operations there are.
    pub fn functions(&self) -> usize {
        let start = "\nimpl rt::Operation";
        let calls = |text: &str| {
            text.split(start)
                .skip(1)
                .filter(|rest| rest.trim_start().starts_with("for "))
                .count()
        };
        self.rust_files().map(|(_, text)| calls(text)).sum()
    }

    /// The files that are Rust.
    pub fn rust_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self
            .files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()));
        files.filter(|(path, _)| {
            Path::new(path)
                .extension()
                .is_some_and(|extension| extension == "rs")
        })
    }

    /// Checks that every file is what its name says: Rust or JSON.
    pub fn must_parse(&self) -> Result<(), String> {
        for (path, text) in &self.files {
            let parsed = match Path::new(path)
                .extension()
                .and_then(|extension| extension.to_str())
            {
                Some("rs") => syn::parse_file(text).map(drop).map_err(|error| error.to_string()),
                Some("json") => serde_json::from_str::<Value>(text)
                    .map(drop)
                    .map_err(|error| error.to_string()),
                other => Err(format!("a file of kind {other:?} is not expected")),
            };
            parsed.map_err(|error| format!("{path} does not parse: {error}"))?;
        }
        Ok(())
    }

    /// All files in one text, each under its path.
    pub fn text(&self) -> String {
        let files = self
            .files
            .iter()
            .map(|(path, text)| format!("//// {path}\n{text}\n"));
        std::iter::once(format!("{}\n", self.index))
            .chain(files)
            .collect()
    }

    /// Writes the module's files below `folder`.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for (path, text) in &self.files {
            write_if_changed(&folder.join(path), text)?;
        }
        Ok(())
    }
}

/// Writes a file unless it holds just that; makes its folder.
pub fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

/// The manifest of a crate that holds generated modules.
pub fn manifest(name: &str) -> String {
    let runtime = inputs::workspace().join("runtime");
    // Examples replay saved responses, whatever their authentication.
    let features = [
        "replay",
        "oauth1",
        "digest",
        "hawk",
        "awsv4",
        "edgegrid",
        "jwt",
        "asap",
        "ntlm",
        "private-keys",
    ];
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nletterpress-runtime = {{ path = {:?}, default-features = false, features = {features:?} }}\n",
        runtime.display().to_string()
    )
}
