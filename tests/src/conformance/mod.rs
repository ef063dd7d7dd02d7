//! The conformance stages: what is claimed of every collection, checked over a folder of them.
//!
//! In: a stage and the collections. Out: a [`Report`] with a line per failure. A stage decides what "passed"
//! means; counting, parallelism and printing are here and in `parallel`.

pub mod batch;
pub mod cargo;
pub mod changes;
pub mod compile;
pub mod doc;
pub mod drive;
pub mod face;
pub mod fmt;
pub mod generate;
pub mod infer;
pub mod infer_figures;
pub mod parallel;
pub mod report;
pub mod same;
pub mod schema;
pub mod secrets;
pub mod wire;

use std::path::PathBuf;

pub use report::{Failure, Report};

/// One claim about collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Generates, with a function per request, and the same twice.
    Generate,
    /// The output compiles without a warning.
    Compile,
    /// The output's documentation builds without a warning.
    Doc,
    /// The examples in the documentation pass.
    Doctest,
    /// Saved calls make the requests that Postman makes.
    Wire,
    /// Samples decode into the types that they and others give.
    Infer,
    /// No credential comes through, and nothing else is taken out.
    Secrets,
    /// No id is a setting, and no sample goes out that nobody gave.
    Face,
    /// The output is as rustfmt would print it.
    Fmt,
}

impl Stage {
    /// All stages.
    pub const ALL: &'static [Self] = &[
        Self::Generate,
        Self::Compile,
        Self::Doc,
        Self::Doctest,
        Self::Wire,
        Self::Infer,
        Self::Secrets,
        Self::Face,
        Self::Fmt,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Generate => "generate",
            Self::Compile => "compile",
            Self::Doc => "doc",
            Self::Doctest => "doctest",
            Self::Wire => "wire",
            Self::Infer => "infer",
            Self::Secrets => "secrets",
            Self::Face => "face",
            Self::Fmt => "fmt",
        }
    }

    /// The stage of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.name() == name)
    }
}

/// What a run is asked to do.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The collections.
    pub collections: Vec<PathBuf>,
    /// Where generated crates and their target folder go.
    pub work: PathBuf,
    /// Whether `compile` runs clippy's default lints too.
    pub clippy: bool,
    /// Whether `compile` generates machine code too, instead of only checking.
    pub build: bool,
    /// Where `wire` finds what Postman sent.
    pub recordings: Option<PathBuf>,
    /// Whether `wire` asks the engine alone, instead of generated clients over a socket.
    pub in_process: bool,
}

/// Runs one stage.
pub fn run(stage: Stage, options: &Options) -> Report {
    match stage {
        Stage::Generate => generate::run(options),
        Stage::Compile => compile::run(options),
        Stage::Doc => doc::run(options),
        Stage::Doctest => doc::run_examples(options),
        Stage::Wire => wire::run(options),
        Stage::Infer => infer::run(options),
        Stage::Secrets => secrets::run(options),
        Stage::Face => face::run(options),
        Stage::Fmt => fmt::run(options),
    }
}
