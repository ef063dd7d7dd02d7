//! What documentation costs: the same collection with all of it, with some and with none.
//!
//! In: collections. Out: a table of generated lines and bytes, and of user CPU seconds of `cargo build` of the crate
//! alone, for each level.

use std::path::Path;

use letterpress::config::{Config, DocsLevel};

use super::{build_alone, write_crate};
use crate::press;

/// A collection under the name of its file.
pub struct Input {
    /// The file's name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

const LEVELS: [(&str, DocsLevel); 3] = [
    ("full", DocsLevel::Full),
    ("brief", DocsLevel::Brief),
    ("none", DocsLevel::None),
];

/// Builds every collection at every level below `work`, and says what each costs.
pub fn compare(inputs: &[Input], work: &Path, release: bool) -> Result<String, String> {
    let mut table = "| collection | functions | docs | lines | of these comments | bytes | build, CPU s |\n\
                     |---|---|---|---|---|---|---|"
        .to_owned();
    for Input { name, bytes } in inputs {
        for (level, docs) in LEVELS {
            let config = Config {
                docs,
                ..Config::default()
            };
            let pressed = press::press_configured(name, bytes, &config)?;
            let folder = write_crate(work, "docs", &pressed)?;
            let seconds = build_alone(&folder, release)?;
            let text: String = pressed.rust_files().map(|(_, text)| text).collect();
            let is_comment = |line: &&str| line.trim_start().starts_with("//");
            table += &format!(
                "\n| {name} | {} | {level} | {} | {} | {} | {seconds:.1} |",
                pressed.functions(),
                text.lines().count(),
                text.lines().filter(is_comment).count(),
                text.len(),
            );
        }
    }
    Ok(table)
}
