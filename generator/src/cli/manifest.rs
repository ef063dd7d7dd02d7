//! What a manifest keeps of what stood in it, and what it remembers of how its crate was made.
//!
//! In: the manifest as it is, and as it would be written. Out: the latter with the version, the other keys of `[package]` and the tables that
//! its user put there; and `[package.metadata.letterpress]`, by which `check` and `generate` need no arguments the next time.

use std::fs;
use std::path::{Component, Path, PathBuf};

use clap::Parser;
use letterpress::output::MARK;
use toml::de::DeTable;

use super::{Crate, Docs, runtime};

/// The table that remembers.
const TABLE: &str = "[package.metadata.letterpress]";

/// A table of a manifest: its header, and its lines.
struct Table<'a> {
    header: &'a str,
    lines: Vec<&'a str>,
}

/// The tables of a manifest; what stands before the first is one without a header.
fn tables(text: &str) -> Vec<Table<'_>> {
    let mut tables = vec![Table {
        header: "",
        lines: Vec::new(),
    }];
    for line in text.lines() {
        if line.starts_with('[') {
            tables.push(Table {
                header: line.trim_end(),
                lines: Vec::new(),
            });
        } else if let Some(last) = tables.last_mut() {
            last.lines.push(line);
        }
    }
    tables
}

impl<'a> Table<'a> {
    /// Its entries, each with its key: a value may go over several lines, and comments are of what is below them.
    fn entries(&self) -> Vec<(&'a str, Vec<&'a str>)> {
        let mut entries: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut comments = Vec::new();
        for line in self.lines.iter().filter(|line| !line.trim().is_empty()) {
            let key = line.split(['=', '.']).next().unwrap_or_default().trim_end();
            let is_key =
                !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            if line.starts_with('#') {
                comments.push(*line);
            } else if is_key && line.len() > key.len() {
                entries.push((key, [std::mem::take(&mut comments).as_slice(), &[*line]].concat()));
            } else if let Some((_, lines)) = entries.last_mut() {
                lines.push(line);
            }
        }
        entries
    }
}

/// The manifest that would be written, with what its user put into the one that is there.
pub(super) fn with_own(wanted: &str, present: &str) -> String {
    if !present.lines().next().unwrap_or_default().contains(MARK) {
        return wanted.to_owned();
    }
    let (wanted, present) = (tables(wanted), tables(present));
    let mut text = String::new();
    for table in &wanted {
        if !table.header.is_empty() {
            text.extend([table.header, "\n"]);
        }
        let mut lines: Vec<&str> = table.lines.clone();
        if table.header == "[package]" {
            let own = present.iter().find(|table| table.header == "[package]");
            own_keys(&mut lines, table, own);
        }
        for line in lines {
            text.extend([line, "\n"]);
        }
    }
    for table in &present {
        if table.header.is_empty()
            || table.header == TABLE
            || wanted.iter().any(|known| known.header == table.header)
        {
            continue;
        }
        text.extend(["\n", table.header, "\n"]);
        let last = table.lines.iter().rposition(|line| !line.trim().is_empty());
        for line in table.lines.iter().take(last.map_or(0, |last| last + 1)) {
            text.extend([line, "\n"]);
        }
    }
    text
}

/// Puts the version and the other keys of `[package]` into it, each behind the one that it stands behind.
fn own_keys<'a>(lines: &mut Vec<&'a str>, wanted: &Table<'a>, present: Option<&Table<'a>>) {
    let known: Vec<&str> = wanted.entries().into_iter().map(|(key, _)| key).collect();
    let is_of = |line: &str, key: &str| {
        let rest = line.strip_prefix(key).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with('='))
    };
    let mut at = 0;
    for (key, own) in present.map(Table::entries).unwrap_or_default() {
        if known.contains(&key) {
            if let Some(found) = lines.iter().position(|line| is_of(line, key)) {
                if let (true, Some(line)) = (key == "version", own.last()) {
                    lines[found] = line;
                }
                at = found + 1;
            }
        } else {
            let end = at + own.len();
            lines.splice(at..at, own);
            at = end;
        }
    }
}

/// The version that stands in a manifest.
pub(super) fn version(text: &str) -> Option<String> {
    let table = DeTable::parse(text).ok()?;
    let package = table.get_ref().get("package")?.get_ref().as_table()?;
    Some(package.get("version")?.get_ref().as_str()?.to_owned())
}

/// The table that remembers how a crate was made; `None` if the collection cannot be reached from it.
pub(super) fn remembered(krate: &Crate, collection: &Path, out: &Path) -> Option<String> {
    let path = runtime::relative(collection, out)?;
    let parts = path.components().map(|part| match part {
        Component::ParentDir => Some(".."),
        Component::Normal(name) => name.to_str(),
        Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
    });
    let path = parts.collect::<Option<Vec<_>>>()?.join("/");
    let mut arguments = Vec::new();
    for (option, value) in [("--name", &krate.name), ("--runtime-path", &krate.runtime_path)] {
        arguments.extend(value.iter().flat_map(|value| [option.to_owned(), value.clone()]));
    }
    let docs = match krate.docs {
        Docs::Full => None,
        Docs::Brief => Some("brief"),
        Docs::None => Some("none"),
    };
    arguments.extend(
        docs.into_iter()
            .flat_map(|docs| ["--docs".to_owned(), docs.to_owned()]),
    );
    let flags = [
        ("--no-doc-tests", krate.no_doc_tests),
        ("--flatten", krate.settings.flatten),
        ("--keep-credentials", krate.settings.keep_credentials),
    ];
    arguments.extend(
        flags
            .iter()
            .filter(|(_, on)| *on)
            .map(|(flag, _)| (*flag).to_owned()),
    );
    // Every JSON text without control characters is one of TOML.
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let arguments: Vec<String> = arguments.iter().map(|argument| text(argument)).collect();
    let mut table = format!("\n{TABLE}\ncollection = {}\n", text(&path));
    if !arguments.is_empty() {
        table.push_str(&format!("arguments = [{}]\n", arguments.join(", ")));
    }
    Some(table)
}

/// The table as it stands in a manifest.
pub(super) fn table(present: &str) -> Option<String> {
    let tables = tables(present);
    let own = tables.iter().find(|table| table.header == TABLE)?;
    let lines = own.lines.iter().filter(|line| !line.trim().is_empty());
    Some(format!(
        "\n{TABLE}\n{}\n",
        lines.copied().collect::<Vec<_>>().join("\n")
    ))
}

/// The command line that a crate remembers.
#[derive(Parser)]
#[command(no_binary_name = true)]
struct Remembered {
    #[command(flatten)]
    krate: Crate,
}

/// What a crate was made of, and how.
pub(super) fn recall(out: &Path) -> Result<Crate, String> {
    let file = out.join("Cargo.toml");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let help = "name the collection: `letterpress generate COLLECTION --out DIR` remembers it";
    let missing = || {
        format!(
            "{}: it does not say what it was made of\n  help: {help}",
            file.display()
        )
    };
    let parsed = DeTable::parse(&text).map_err(|error| format!("{}: {}", file.display(), error.message()))?;
    let mut table = parsed.get_ref();
    for key in ["package", "metadata", "letterpress"] {
        let inner = table.get(key).and_then(|value| value.get_ref().as_table());
        table = inner.ok_or_else(missing)?;
    }
    let collection = table.get("collection").and_then(|value| value.get_ref().as_str());
    let collection: PathBuf = collection.ok_or_else(missing)?.split('/').collect();
    let collection = out.join(collection);
    let collection = runtime::relative(&collection, Path::new(".")).unwrap_or(collection);
    let mut words = vec![
        collection.display().to_string(),
        "--out".to_owned(),
        out.display().to_string(),
    ];
    if let Some(arguments) = table
        .get("arguments")
        .and_then(|value| value.get_ref().as_array())
    {
        words.extend(
            arguments
                .iter()
                .filter_map(|value| value.get_ref().as_str().map(str::to_owned)),
        );
    }
    let read = Remembered::try_parse_from(words);
    read.map(|read| read.krate)
        .map_err(|error| format!("{}: {TABLE}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_users_put_there_stays() {
        let wanted =
            format!("# {MARK}\n[package]\nname = \"x\"\nversion = \"0.1.0\"\n\n[features]\na = []\n");
        let present = format!(
            "# {MARK}\n[package]\nname = \"old\"\nversion = \"1.2.3\"\n# Ours.\nkeywords = [\n    \"a\",\n]\nlicense.workspace = true\n\n[features]\nb = []\n\n[lints]\nworkspace = true\n\n{TABLE}\ncollection = \"x.json\"\n"
        );
        let kept = with_own(&wanted, &present);
        let expected = format!(
            "# {MARK}\n[package]\nname = \"x\"\nversion = \"1.2.3\"\n# Ours.\nkeywords = [\n    \"a\",\n]\nlicense.workspace = true\n\n[features]\na = []\n\n[lints]\nworkspace = true\n"
        );
        assert_eq!(kept, expected);
        assert_eq!(with_own(&wanted, &kept), expected);
        assert_eq!(version(&kept).as_deref(), Some("1.2.3"));
        // Somebody else's is replaced as a whole, or not at all.
        assert_eq!(with_own(&wanted, "[package]\nversion = \"9.0.0\"\n"), wanted);
    }
}
