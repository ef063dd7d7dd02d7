//! What a user may set: one struct for the builder of build scripts and for `letterpress.toml`.
//!
//! In: the user's wishes. Out: what passes and the `rust` room ask. It knows no file and no format; a new wish is
//! a field here and one method on the builder.

pub mod file;
pub mod formats;
pub mod lock;
pub mod nearest;
pub mod overrides;

pub use formats::Formats;
pub use lock::Lock;
pub use overrides::{Overrides, PagesOverride, Selector};

use crate::diag::Code;

/// All settings of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The name of the generated module; `None` takes it from the collection's file name.
    pub module: Option<String>,
    /// Puts the module's items where the file is included, as for a crate of one collection; else it is a module there.
    pub inline: bool,
    /// Puts every function on `Client` instead of one handle per folder.
    pub flatten: bool,
    /// How much is written into doc comments.
    pub docs: DocsLevel,
    /// Keeps literal credentials of the collection in the output. For comparisons with Postman only:
    /// never check such output in.
    pub keep_credentials: bool,
    /// Whether examples are doc tests.
    pub doc_tests: DocTests,
    /// What date-times become.
    pub datetime: DateTime,
    /// What texts of other formats become, where a format is declared.
    pub formats: Formats,
    /// How a generated crate finds the runtime.
    pub runtime: RuntimeSource,
    /// What the user says better than the collection does.
    pub overrides: Overrides,
    /// Public names that stay, whatever the collection calls things now.
    pub lock: Lock,
    /// The environment files that are taken, by their names with or without `.postman_environment.json`; `None` takes
    /// those that are named after this collection or after none.
    pub environments: Option<Vec<Selector>>,
    /// How all operations list that take what it names.
    pub pages: Option<PagesOverride>,
    /// The header by which the API knows a call that it has answered, for all operations of `POST` and `PATCH`.
    pub idempotency_key: Option<String>,
    /// Statuses by which the API says that a call that may be made twice is to be sent again.
    pub retry_statuses: Vec<u16>,
    /// Warnings that are not shown; those that there are none of do no harm.
    pub allow: Vec<Code>,
}

/// How much is written into doc comments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocsLevel {
    /// Descriptions, parameters, samples, examples and the item itself.
    #[default]
    Full,
    /// Descriptions only.
    Brief,
    /// A summary line each, so that nothing public is undocumented.
    None,
}

/// Whether examples are doc tests. Those need the runtime's feature `replay` as a dev-dependency, and must know where
/// the client is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DocTests {
    /// In a crate that is generated as a whole; not in a module, which might be included anywhere.
    #[default]
    IfCrate,
    /// The client is the whole crate of this name.
    Crate(String),
    /// The client is a module below this path: `generated_client`.
    Below(String),
    /// Examples are only shown.
    Off,
}

/// What date-times become: one sample is no proof of a format, so text unless asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateTime {
    /// `String`.
    #[default]
    Text,
    /// `jiff::Timestamp`.
    Jiff,
    /// `chrono::DateTime<chrono::Utc>`.
    Chrono,
    /// `letterpress_runtime::DateTime`, which holds a `time::OffsetDateTime`.
    Time,
}

impl DateTime {
    /// The path of the type, `None` for text. It reads and writes RFC 3339 by itself, which that of `time` does not.
    pub(crate) fn path(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Jiff => Some("::jiff::Timestamp"),
            Self::Chrono => Some("::chrono::DateTime<::chrono::Utc>"),
            Self::Time => Some("::letterpress_runtime::DateTime"),
        }
    }
}

/// How a generated crate (not a module) depends on `letterpress-runtime`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RuntimeSource {
    /// By the version that belongs to this generator.
    #[default]
    Version,
    /// By path, for work on letterpress itself.
    Path(String),
}
