//! What the pipeline is given, and how it is read from the disk.
//!
//! In: a path. Out: an [`Input`], or an error that says what the path may have meant.

pub(crate) mod disk;
mod folder;
pub(crate) mod workspace;

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::nearest::nearest;
use crate::diag::{Code, Sink};
use crate::frontend::{self, Source, dump};
use crate::ir::Place;
use crate::secrets;

/// A collection and what lies beside it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Input {
    /// The collection and its environments.
    pub source: Source,
    /// The settings file beside it: its name and text.
    pub settings: Option<(String, String)>,
    /// The file of names that stay beside it: its name and text.
    pub lock: Option<(String, String)>,
    /// File names of all collections that the settings file may speak of; empty if they are not known.
    pub beside: Vec<String>,
    /// The name of its module, instead of one made of the file's.
    pub module: Option<String>,
    /// Other files that it was read from.
    pub(crate) read_from: Vec<PathBuf>,
}

impl Input {
    /// A collection with nothing beside it but what the source holds.
    pub fn new(source: Source) -> Self {
        Self {
            source,
            settings: None,
            lock: None,
            beside: Vec::new(),
            module: None,
            read_from: Vec::new(),
        }
    }

    /// Other files that it was read from.
    pub fn read_from(&self) -> &[PathBuf] {
        &self.read_from
    }

    /// Names the module.
    #[must_use]
    pub fn module(mut self, name: Option<String>) -> Self {
        self.module = name;
        self
    }

    /// Adds the text of a settings file.
    #[must_use]
    pub fn settings(mut self, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.settings = Some((file.into(), text.into()));
        self
    }

    /// Adds the text of a file of names that stay.
    #[must_use]
    pub fn lock(mut self, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.lock = Some((file.into(), text.into()));
        self
    }

    /// Says which collections there are, so that settings for another are known to be a mistake.
    #[must_use]
    pub fn beside(mut self, files: Vec<String>) -> Self {
        self.beside = files;
        self
    }
}

/// Reads one collection and what lies beside it: a file, a folder of requests, or a repository that has a single one.
pub fn read(path: &Path, sink: &mut Sink) -> Option<Input> {
    let single = workspace::of_workspace(path).and_then(|found| <[PathBuf; 1]>::try_from(found).ok());
    let path = single.as_ref().map_or(path, |[single]| single);
    match read_one(path).map(several) {
        Ok(inputs) => match <[Input; 1]>::try_from(inputs) {
            Ok([input]) => Some(input),
            Err(inputs) => {
                let names: Vec<String> = inputs.into_iter().filter_map(|input| input.module).collect();
                let message = format!("holds {} collections", names.len());
                let help = format!(
                    "export one of them: `{}`; a build script presses all",
                    few(&names)
                );
                let place = Place::of_file(path.display().to_string());
                sink.error(Code::Unreadable, &place, message, help);
                None
            }
        },
        Err(error) => {
            unreadable(path, &error, sink);
            None
        }
    }
}

/// Reads what a path leads to, which may be several collections in one file.
pub(crate) fn read_all(path: &Path, sink: &mut Sink) -> Vec<Input> {
    match read_one(path).map(several) {
        Ok(inputs) if inputs.len() > 1 => inputs,
        // A repository of one, or an error that says what it is.
        Ok(_) | Err(_) => read(path, sink).into_iter().collect(),
    }
}

/// The collections of a file that holds all that somebody has.
fn several(input: Input) -> Vec<Input> {
    let Some(dump) = dump::read(&input.source.bytes) else {
        return vec![input];
    };
    let each = dump.collections.into_iter().map(|(name, at)| {
        let mut one = input.clone().module(Some(name));
        one.source.at = at;
        one.source.environments.extend(dump.environments.iter().cloned());
        one
    });
    each.collect()
}

fn read_one(path: &Path) -> io::Result<Input> {
    let is_folder = path.is_dir() && workspace::of_workspace(path).is_none() && folder::holds_requests(path);
    let mut read_from = Vec::new();
    let (mut source, found) = if is_folder {
        let files = folder::files(path)?;
        (Source::folder(file_name(path), files), disk::around(path)?)
    } else {
        let mut found = disk::read(path)?;
        let mut source = Source::new(file_name(path), std::mem::take(&mut found.bytes));
        read_from = read_parts(&mut source, disk::folder_of(path));
        (source, found)
    };
    source.environments = found.environments;
    let (kept, watched) = workspace::variables(path);
    read_from.extend(watched);
    for (name, bytes) in kept {
        if source.environments.iter().all(|(known, _)| *known != name) {
            source.environments.push((name, bytes));
        }
    }
    let beside = workspace::collections(disk::folder_of(path)).unwrap_or_default();
    let uuid_named = secrets::is_uuid(disk::stem(path)).then(|| dump::name_of(&source.bytes));
    let mut input = Input::new(source).beside(beside.iter().map(|path| file_name(path)).collect());
    input.read_from = read_from;
    // What is only numbered is called as the collection is.
    input.module = uuid_named.flatten();
    if let Some((path, bytes)) = found.lock {
        input = input.lock(file_name(&path), String::from_utf8_lossy(&bytes));
    }
    Ok(match found.settings {
        Some((path, bytes)) => input.settings(file_name(&path), String::from_utf8_lossy(&bytes)),
        None => input,
    })
}

/// Reads the files that a description refers to, and those that these refer to; never more than it can have meant.
fn read_parts(source: &mut Source, folder: &Path) -> Vec<PathBuf> {
    const MOST: usize = 20_000;
    let mut paths = Vec::new();
    let mut open = vec![(String::new(), frontend::references(&source.bytes))];
    while let Some((file, references)) = open.pop() {
        for reference in references {
            let Some(name) = frontend::part_beside(&file, &reference) else {
                continue;
            };
            // What lies outside of the folder is not the description's to read.
            let is_known = name.starts_with("..")
                || name == source.file
                || source.parts.iter().any(|(known, _)| *known == name);
            if is_known || source.parts.len() >= MOST {
                continue;
            }
            let path = folder.join(&name);
            let Ok(bytes) = std::fs::read(&path) else { continue };
            open.push((name.clone(), frontend::references(&bytes)));
            paths.push(path);
            source.parts.push((name, bytes));
        }
    }
    source.parts.sort();
    paths
}

pub(crate) fn unreadable(path: &Path, error: &io::Error, sink: &mut Sink) {
    let several = if path.is_dir() {
        workspace::of_workspace(path)
    } else {
        None
    };
    let (message, help) = match several {
        Some(found) if !found.is_empty() => {
            let names: Vec<String> = found.iter().map(|path| path.display().to_string()).collect();
            (
                format!("is a repository of {} collections", found.len()),
                format!(
                    "name one of them: `{}`; in a build script, `collections_in` presses all",
                    few(&names)
                ),
            )
        }
        Some(_) | None if path.is_dir() => (
            "is a directory, not a collection".to_owned(),
            "name a file or a folder of requests in it; in a build script, `collections_in` presses all"
                .to_owned(),
        ),
        Some(_) | None => (
            format!("cannot be read: {error}"),
            format!("check the path{}", beside(path)),
        ),
    };
    let place = Place::of_file(path.display().to_string());
    sink.error(Code::Unreadable, &place, message, help);
}

/// What a path that leads nowhere may have meant.
fn beside(path: &Path) -> String {
    let folder = disk::folder_of(path);
    let Ok(found) = workspace::collections(folder) else {
        return match env::current_dir() {
            Ok(here) if path.is_relative() => format!("; it is relative to {}", here.display()),
            Ok(_) | Err(_) => String::new(),
        };
    };
    let names: Vec<String> = found.iter().map(|path| file_name(path)).collect();
    match nearest(&file_name(path), names.iter().map(String::as_str)) {
        Some(name) => format!("; there is `{}`", folder.join(name).display()),
        None if names.is_empty() => {
            let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
            format!("; no collection is in {}", folder.display())
        }
        None => format!("; beside it there is `{}", few(&names)),
    }
}

/// A directory without collections is most likely the wrong one, yet may be one to come.
pub(crate) fn no_collections(folder: &Path, sink: &mut Sink) {
    let place = Place::of_file(folder.display().to_string());
    sink.warn(
        Code::EmptyCollection,
        &place,
        "no collection is in this directory; pressing nothing",
        "put an exported collection there, a file that ends in `.json`, or the folder of one",
    );
}

/// The first names, and how many more there are.
fn few(names: &[String]) -> String {
    const FEW: usize = 5;
    let shown = names.iter().take(FEW).cloned().collect::<Vec<_>>().join("`, `");
    match names.len().checked_sub(FEW) {
        Some(more @ 1..) => format!("{shown}` and {more} more"),
        Some(0) | None => format!("{shown}`"),
    }
}

fn file_name(path: &Path) -> String {
    // `.` has no name of its own.
    let whole = if path.file_name().is_none() {
        path.canonicalize().ok()
    } else {
        None
    };
    let path = whole.as_deref().unwrap_or(path);
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
