//! The commands, and what they have in common.
//!
//! In: the command line. Out: what the library makes of it, shown on the terminal. Findings go to standard error,
//! what was asked for to standard output.

mod check;
mod diff;
mod explain;
mod generate;
mod init;
mod inspect;
mod lock;
mod manifest;
mod runtime;
mod serve;
mod shell;
mod terminal;
mod watch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use letterpress::config::{Config, DocTests, DocsLevel, RuntimeSource};
use letterpress::diag::{Diagnostic, Severity, Sink, render};
use letterpress::output::disk;
use letterpress::rust::name::{Case, Scope};
use letterpress::{Input, Outcome, pipeline};
use terminal::Color;

/// Presses a Postman collection or an OpenAPI description into a typed Rust client crate.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    /// How findings are shown: for people, or each as a line of JSON, for editors and CI.
    #[arg(long, global = true, value_enum, default_value_t = Messages::Human, value_name = "FORMAT")]
    message_format: Messages,
    /// Whether there are colours: on a terminal, unless `NO_COLOR` is set, or as is said here.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    #[command(subcommand)]
    command: Command,
}

/// How findings are shown.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Messages {
    Human,
    Json,
}

/// Whether findings are shown as JSON; said once, on the command line.
static AS_JSON: AtomicBool = AtomicBool::new(false);

#[derive(Subcommand)]
enum Command {
    /// Makes a crate whose build script presses a collection.
    Init(init::Init),
    /// Writes a complete crate for a collection.
    Generate(generate::Generate),
    /// Fails if the crate is not what would be written now, and names the files.
    Check(check::Check),
    /// Writes the public names of a client down, so that they stay whatever Postman calls things.
    Lock(lock::Lock),
    /// Says what changed for callers between two forms of a collection, and what that asks of the version.
    Diff(diff::Diff),
    /// Explains the code of a finding.
    Explain(explain::Explain),
    /// Shows what was understood of a collection.
    Inspect(inspect::Inspect),
    /// Prints what a shell needs to complete this command line.
    Completions(shell::Completions),
    /// Writes manual pages, one for each command, into a directory.
    Man(shell::Man),
    /// Presses a crate whenever its collection changes.
    Watch(watch::Watch),
    /// Prints the JSON Schema of letterpress.toml, by which editors complete and check it.
    Schema,
    /// Answers requests from the saved responses of a collection, like a mock server.
    Serve(serve::Serve),
}

/// A collection and the crate it is pressed into.
#[derive(Args, Clone)]
struct Crate {
    /// The collection's file; environments, letterpress.toml and letterpress.lock beside it are read too. Without it, the crate says
    /// what it was made of, and how.
    #[arg(requires = "out")]
    collection: Option<PathBuf>,
    /// The crate's directory; without a collection, this one.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The crate's name, instead of one made of the file's.
    #[arg(long, value_parser = crate_name, requires = "collection")]
    name: Option<String>,
    /// How much is written into doc comments.
    #[arg(long, value_enum, default_value_t = Docs::Full, requires = "collection")]
    docs: Docs,
    /// Only shows examples, instead of making doc tests of them.
    #[arg(long, requires = "collection")]
    no_doc_tests: bool,
    /// Depends on letterpress-runtime by this path instead of its version; a relative one is relative to the crate.
    #[arg(long, value_name = "DIR", requires = "collection")]
    runtime_path: Option<String>,
    /// Says nothing but errors, and what differs.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    settings: Settings,
}

/// What can be set for every command that names functions.
#[derive(Args, Clone)]
struct Settings {
    /// Puts every function on `Client` instead of one handle per folder.
    #[arg(long)]
    flatten: bool,
    /// Keeps literal credentials in the output. For comparisons with Postman only: never check the result in.
    #[arg(long)]
    keep_credentials: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Docs {
    Full,
    Brief,
    None,
}

impl Settings {
    fn config(&self) -> Config {
        Config {
            flatten: self.flatten,
            keep_credentials: self.keep_credentials,
            ..Config::default()
        }
    }
}

/// What cargo takes for the name of a crate.
fn crate_name(text: &str) -> Result<String, String> {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !begins || !text.chars().all(rest) {
        return Err(
            "a crate's name consists of letters, digits, `-` and `_`, and begins with a letter".to_owned(),
        );
    }
    let module = text.replace('-', "_");
    let ident = Scope::new(Case::Snake).claim(&module);
    if ident.is_raw() || ident.as_str() != module {
        return Err(format!(
            "`{text}` is a word of Rust, so nothing could be imported from such a crate; `{text}-client` is free"
        ));
    }
    if NEEDED.contains(&module.as_str()) {
        return Err(format!(
            "the crate itself needs another one of this name; `{text}-client` is free"
        ));
    }
    Ok(text.to_owned())
}

/// The crates that generated code names, as modules.
const NEEDED: &[&str] = &["core", "letterpress_runtime", "std"];

impl Crate {
    /// The collection and the directory that are named; else those that the crate remembers. What is wrong is shown.
    fn found(&self) -> Result<Self, ExitCode> {
        if self.collection.is_some() {
            return Ok(self.clone());
        }
        let here = PathBuf::from(".");
        match manifest::recall(self.out.as_deref().unwrap_or(&here)) {
            Ok(krate) => Ok(Self {
                quiet: self.quiet,
                settings: Settings {
                    flatten: self.settings.flatten || krate.settings.flatten,
                    keep_credentials: self.settings.keep_credentials || krate.settings.keep_credentials,
                },
                ..krate
            }),
            Err(problem) => {
                eprintln!("{problem}");
                Err(ExitCode::FAILURE)
            }
        }
    }

    fn collection(&self) -> &Path {
        self.collection.as_deref().unwrap_or(Path::new(""))
    }

    fn out(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("."))
    }

    fn config(&self) -> Config {
        Config {
            docs: match self.docs {
                Docs::Full => DocsLevel::Full,
                Docs::Brief => DocsLevel::Brief,
                Docs::None => DocsLevel::None,
            },
            runtime: self
                .runtime_path
                .clone()
                .map_or(RuntimeSource::Version, RuntimeSource::Path),
            doc_tests: if self.no_doc_tests {
                DocTests::Off
            } else {
                DocTests::IfCrate
            },
            ..self.settings.config()
        }
    }

    /// The crate's files, with everything that was found on the way; `None` if there are errors.
    ///
    /// Files for git that are the user's own are none of them, unless they are replaced on purpose. What is `finished` is not made
    /// again.
    fn press(&self, own: Own, memory: Memory, finished: pipeline::Finished<'_>) -> Option<Outcome> {
        if let Some(wrong) = self
            .runtime_path
            .as_ref()
            .and_then(|path| runtime::wrong(path, self.out()))
        {
            eprintln!("{wrong}");
            return None;
        }
        let verbosity = if self.quiet {
            Verbosity::Errors
        } else {
            Verbosity::All
        };
        let input = read(self.collection(), verbosity)?;
        let progress = terminal::Progress::start(format!("pressing {}", self.collection().display()));
        let (config, name) = (self.config(), self.name.as_deref());
        let mut outcome = pipeline::generate_crate_unfinished(&input, &config, name, finished);
        drop(progress);
        report(&outcome.diagnostics, verbosity);
        if let Some(file) = outcome.files.iter_mut().find(|file| file.path == "Cargo.toml") {
            file.text = self.manifest(&file.text, memory);
        }
        if own == Own::Keep {
            let kept = disk::of_users(self.out(), &outcome.files).into_iter();
            let kept: Vec<String> = kept.map(str::to_owned).collect();
            outcome.files.retain(|file| !kept.contains(&file.path));
        }
        (!outcome.has_errors()).then_some(outcome)
    }
}

impl Crate {
    /// The manifest, with what its user put into it, and with what the crate remembers.
    fn manifest(&self, wanted: &str, memory: Memory) -> String {
        let present = std::fs::read_to_string(self.out().join("Cargo.toml")).unwrap_or_default();
        let new = || manifest::remembered(self, self.collection(), self.out());
        let table = match memory {
            Memory::New => new(),
            Memory::Kept => manifest::table(&present).or_else(new),
        };
        manifest::with_own(&format!("{wanted}{}", table.unwrap_or_default()), &present)
    }
}

/// Which collection and arguments a crate says that it was made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Memory {
    /// These.
    New,
    /// Those that it says now: whoever checks it may name another copy.
    Kept,
}

/// Runs the command line.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    terminal::set_color(cli.color);
    AS_JSON.store(cli.message_format == Messages::Json, Ordering::Relaxed);
    match cli.command {
        Command::Init(init) => init::run(&init),
        Command::Completions(completions) => shell::completions(&completions, Cli::command()),
        Command::Man(man) => shell::man(&man, Cli::command()),
        Command::Schema => shell::schema(),
        Command::Generate(krate) => generate::run(&krate),
        Command::Check(check) => check::run(&check),
        Command::Diff(diff) => diff::run(&diff),
        Command::Explain(explain) => explain::run(&explain),
        Command::Inspect(inspect) => inspect::run(&inspect),
        Command::Lock(lock) => lock::run(&lock),
        Command::Serve(serve) => serve::run(&serve),
        Command::Watch(watch) => watch::run(&watch),
    }
}

/// Reads a collection and what lies beside it; reports if that cannot be done.
fn read(path: &Path, verbosity: Verbosity) -> Option<Input> {
    let mut sink = Sink::default();
    let input = letterpress::read(path, &mut sink);
    report(&sink.into_diagnostics(), verbosity);
    input
}

/// What happens to a `.gitignore` and `.gitattributes` of the user's own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    Keep,
    Replace,
}

/// What is shown of findings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verbosity {
    All,
    Errors,
}

/// Shows what was found, errors last, then how many there were.
fn report(diagnostics: &[Diagnostic], verbosity: Verbosity) {
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    if AS_JSON.load(Ordering::Relaxed) {
        for found in diagnostics
            .iter()
            .filter(|found| verbosity == Verbosity::All || is_error(found))
        {
            eprintln!("{}", render::json(found));
        }
        return;
    }
    if verbosity == Verbosity::Errors {
        for found in diagnostics.iter().filter(is_error) {
            eprintln!("{}", terminal::finding(&render::full(found)));
        }
        return;
    }
    for shown in render::overview(diagnostics) {
        eprintln!("{}\n", terminal::finding(&shown.full()));
    }
    let errors = diagnostics.iter().filter(is_error).count();
    if !diagnostics.is_empty() {
        eprintln!(
            "{}, {}",
            count(errors, "error"),
            count(diagnostics.len() - errors, "warning")
        );
    }
}

/// `1 error`, `2 errors`
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Shows why something could not be done.
fn fail(path: &Path, error: &std::io::Error) -> ExitCode {
    eprintln!("{}: {error}", path.display());
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command line that the documentation shows, in its files of this repository.
    fn shown() -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = Vec::new();
        let mut open = vec![root.join("README.md"), root.join("docs")];
        while let Some(path) = open.pop() {
            if let Ok(inner) = std::fs::read_dir(&path) {
                open.extend(inner.flatten().map(|entry| entry.path()));
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for line in text.lines() {
                let line = line
                    .trim_start()
                    .trim_start_matches("run: ")
                    .trim_start_matches("cargo ");
                if line.starts_with("letterpress ") && !line.starts_with("letterpress = ") {
                    let end = line.find(['#', '>', '|', '&']).unwrap_or(line.len());
                    let end = line[..end].find(" 2").unwrap_or(end);
                    found.push(line[..end].trim().to_owned());
                }
            }
        }
        found
    }

    #[test]
    fn command_lines_of_the_documentation_are_understood() {
        let lines = shown();
        assert!(lines.len() > 10, "{lines:?}");
        for line in lines {
            let words = line.split_whitespace().map(|word| word.trim_matches('"'));
            if let Err(error) = Cli::try_parse_from(words) {
                panic!("{line}: {error}");
            }
        }
    }
}
