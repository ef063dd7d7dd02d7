//! `letterpress init`: a crate whose build script presses a collection.
//!
//! In: a directory, and a collection to begin with. Out: the files that one would write by hand: manifest, build script, library,
//! settings, and the collection in `collections/`. Nothing that is there is written over.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{crate_name, fail};

/// What to make.
#[derive(Args)]
pub(super) struct Init {
    /// The crate's directory; it is made if it is not there.
    dir: PathBuf,
    /// A collection, a description or the folder of a collection to begin with; it is copied into `collections/`.
    #[arg(long, value_name = "PATH")]
    collection: Option<PathBuf>,
    /// The crate's name, instead of one made of the directory's.
    #[arg(long, value_parser = crate_name)]
    name: Option<String>,
    /// Depends on letterpress by paths instead of versions: the directory of its workspace.
    #[arg(long, value_name = "DIR")]
    workspace: Option<PathBuf>,
}

const BUILD: &str = r#"//! Presses every collection in `collections/` into a module of this crate.

fn main() -> Result<(), letterpress::Error> {
    letterpress::Generator::new().collections_in("collections").build()?;
    Ok(())
}
"#;

const LIBRARY: &str = r#"//! Clients pressed from the collections in `collections/`: each is a module, named after its file.

include!(concat!(env!("OUT_DIR"), "/letterpress.rs"));
"#;

const SETTINGS: &str = r#"# What the clients are to have otherwise than their collections say. All of it is optional.
#
# allow = ["PM0107"]                       # findings that were understood
# [collection.shop]
# module = "shop"                          # the name of its module
# environments = ["staging"]               # which environments it has
# [items."Orders > Get an order"]
# name = "get_order"                       # the name of its function
# exclude = true                           # leaves it out
"#;

/// Makes it.
pub(super) fn run(init: &Init) -> ExitCode {
    let name = match name(init) {
        Ok(name) => name,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    let files = [
        ("Cargo.toml", manifest(&name, init.workspace.as_deref())),
        ("build.rs", BUILD.to_owned()),
        ("src/lib.rs", LIBRARY.to_owned()),
        ("collections/letterpress.toml", SETTINGS.to_owned()),
        (".gitignore", "/target\n".to_owned()),
    ];
    if let Some((there, _)) = files.iter().find(|(file, _)| init.dir.join(file).exists()) {
        eprintln!(
            "{}: {there} is there already\n  help: choose another directory, or remove the file",
            init.dir.display()
        );
        return ExitCode::FAILURE;
    }
    if let Some(collection) = init.collection.as_ref().filter(|collection| !collection.exists()) {
        eprintln!("{}: there is no such file", collection.display());
        return ExitCode::FAILURE;
    }
    let written = files
        .iter()
        .try_for_each(|(file, text)| write(&init.dir.join(file), text))
        .and_then(|()| match &init.collection {
            Some(collection) => copy(collection, &init.dir.join("collections")),
            None => Ok(()),
        });
    if let Err(error) = written {
        return fail(&init.dir, &error);
    }
    println!("{}: made the crate {name}", init.dir.display());
    match &init.collection {
        Some(_) => println!(
            "  next: cargo doc --open --manifest-path {}",
            init.dir.join("Cargo.toml").display()
        ),
        None => println!(
            "  next: put an exported collection into {}",
            init.dir.join("collections").display()
        ),
    }
    ExitCode::SUCCESS
}

/// The crate's name: the one that is given, or the directory's as cargo takes it.
fn name(init: &Init) -> Result<String, String> {
    if let Some(name) = &init.name {
        return Ok(name.clone());
    }
    let whole = std::path::absolute(&init.dir).unwrap_or_else(|_| init.dir.clone());
    let text = whole.file_name().unwrap_or_default().to_string_lossy();
    let plain: String = text
        .chars()
        .map(|char| {
            if char.is_ascii_alphanumeric() || char == '_' {
                char.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    crate_name(plain.trim_matches('-'))
        .map_err(|why| format!("`{text}` gives no crate a name: {why}\n  help: name it with `--name`"))
}

fn manifest(name: &str, workspace: Option<&Path>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let source = |part: &str| match workspace {
        Some(workspace) => {
            let whole = std::path::absolute(workspace.join(part)).unwrap_or_else(|_| workspace.join(part));
            format!("path = {:?}", whole.display().to_string())
        }
        None => format!("version = {version:?}"),
    };
    let (runtime, generator) = (source("runtime"), source("generator"));
    format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\n\
         [dependencies]\nletterpress-runtime = {{ {runtime} }}\n\n\
         [build-dependencies]\nletterpress = {{ {generator}, features = [\"yaml\"] }}\n\n\
         [dev-dependencies]\nletterpress-runtime = {{ {runtime}, features = [\"replay\"] }}\n"
    )
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, into: &Path) -> io::Result<()> {
    let Some(name) = from.file_name() else {
        return Err(io::Error::other("the collection's path ends with no name"));
    };
    let to = into.join(name);
    if !from.is_dir() {
        fs::create_dir_all(into)?;
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(from)? {
        copy(&entry?.path(), &to)?;
    }
    Ok(())
}
