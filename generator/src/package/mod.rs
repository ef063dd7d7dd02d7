//! What lies beside the code: the manifest and README of a crate, saved responses.
//!
//! In: the modules and the API they were made of. Out: paths and texts, each with our mark on its first line, in a
//! comment where the format has any. It knows no tokens.

mod asked;
mod manifest;
mod readme;
pub mod replay;

use crate::config::{DateTime, Formats, RuntimeSource};
use crate::ir::Api;
pub use readme::functions;

use crate::rust::doc_lines::DocLines;
use crate::rust::tree::Module;

/// What is said of a crate as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// The crate's name.
    pub name: &'a str,
    /// The API.
    pub api: &'a Api,
    /// The root module.
    pub root: Option<&'a Module>,
    /// What the README says of the functions of each module, the root's first.
    pub functions: &'a [DocLines],
    /// What dates with times are.
    pub datetime: DateTime,
    /// What texts of other formats become.
    pub formats: &'a Formats,
    /// How the runtime is found.
    pub runtime: &'a RuntimeSource,
    /// What the first line of every file says.
    pub mark: &'a str,
}

/// The files beside `src`: path and text.
pub fn files(package: &Package<'_>) -> Vec<(&'static str, String)> {
    let ignored = format!("# {}\n/target\n", package.mark);
    // What is generated is the same on every system; a diff of a line's end would say nothing.
    let attributes = format!(
        "# {}\n/src/** text eol=lf\n/Cargo.toml text eol=lf\n/README.md text eol=lf\n",
        package.mark
    );
    vec![
        (".gitattributes", attributes),
        (".gitignore", ignored),
        ("Cargo.toml", manifest::manifest(package)),
        ("README.md", readme::readme(package)),
    ]
}

/// A name that cargo takes for the crate of a module: ASCII letters, digits and hyphens.
pub fn crate_name(module: &str) -> String {
    let name = module.replace('_', "-");
    let usable = name.is_ascii() && name.starts_with(|c: char| c.is_ascii_alphabetic());
    format!("{}-client", if usable { name.as_str() } else { "generated" })
}
