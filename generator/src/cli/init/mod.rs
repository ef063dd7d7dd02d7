//! `letterpress init`: a crate whose build script presses a collection, or one in which the client is checked in.
//!
//! In: a directory, and a collection to begin with. Out: the files that one would write by hand: manifest, build script and library or
//! the client itself, settings, and the collection in `collections/`. Nothing that is there is written over.

mod workflow;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use letterpress::rust::needs;
use letterpress::{Config, pipeline};

use super::{Crate, Docs, Settings, Verbosity, crate_name, fail, generate, read};

/// What to make.
#[derive(Args)]
pub(super) struct Init {
    /// The crate's directory; it is made if it is not there.
    dir: PathBuf,
    /// A collection, a description or the folder of a collection to begin with; it is copied into `collections/`.
    #[arg(long, value_name = "PATH")]
    collection: Option<PathBuf>,
    /// Writes the client itself, to be checked in and published, instead of a build script.
    #[arg(long, requires = "collection")]
    checked_in: bool,
    /// Writes a workflow for GitHub's CI as well.
    #[arg(long)]
    ci: bool,
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

/// How a client comes to be in its crate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    BuildScript,
    CheckedIn,
}

/// Makes it.
pub(super) fn run(init: &Init) -> ExitCode {
    let name = match name(init) {
        Ok(name) => name,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    let kind = if init.checked_in {
        Kind::CheckedIn
    } else {
        Kind::BuildScript
    };
    let features = match &init.collection {
        Some(collection) if !collection.exists() => {
            eprintln!("{}: there is no such file", collection.display());
            return ExitCode::FAILURE;
        }
        // A collection that cannot be pressed is told where it is pressed: the crate is made all the same.
        Some(collection) if kind == Kind::BuildScript => features(collection),
        Some(_) | None => Vec::new(),
    };
    let mut files = vec![("collections/letterpress.toml", SETTINGS.to_owned())];
    if kind == Kind::BuildScript {
        files.extend([
            (
                "Cargo.toml",
                manifest(&name, init.workspace.as_deref(), &features),
            ),
            ("build.rs", BUILD.to_owned()),
            ("src/lib.rs", LIBRARY.to_owned()),
            (".gitignore", "/target\n".to_owned()),
        ]);
    }
    if init.ci {
        files.push((workflow::FILE, workflow::workflow(kind)));
    }
    let mut taken = ["Cargo.toml"]
        .into_iter()
        .chain(files.iter().map(|(file, _)| *file));
    if let Some(there) = taken.find(|file| init.dir.join(file).exists()) {
        eprintln!(
            "{}: {there} is there already\n  help: choose another directory, or remove the file",
            init.dir.display()
        );
        return ExitCode::FAILURE;
    }
    let written = files
        .iter()
        .try_for_each(|(file, text)| write(&init.dir.join(file), text))
        .and_then(|()| match &init.collection {
            Some(collection) => copy(collection, &init.dir.join("collections")).map(Some),
            None => Ok(None),
        });
    let copied = match written {
        Ok(copied) => copied,
        Err(error) => return fail(&init.dir, &error),
    };
    if kind == Kind::CheckedIn {
        let code = check_in(init, name.clone(), copied);
        if code != ExitCode::SUCCESS {
            return code;
        }
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

/// Writes the client of the collection that lies in the crate's own folder now.
fn check_in(init: &Init, name: String, collection: Option<PathBuf>) -> ExitCode {
    let krate = Crate {
        collection,
        out: Some(init.dir.clone()),
        name: Some(name),
        docs: Docs::Full,
        no_doc_tests: false,
        runtime_path: init
            .workspace
            .as_deref()
            .map(|workspace| whole(&workspace.join("runtime"))),
        quiet: false,
        settings: Settings {
            flatten: false,
            keep_credentials: false,
        },
    };
    let code = generate::generate(&krate, false);
    // Whoever uses the client needs no collection, and what is in one is nobody's business.
    let manifest = init.dir.join("Cargo.toml");
    let excluded = fs::read_to_string(&manifest).and_then(|text| {
        let text = text.replacen("\nedition = ", "\nexclude = [\"/collections\"]\nedition = ", 1);
        fs::write(&manifest, text)
    });
    match excluded {
        Err(error) if code == ExitCode::SUCCESS => fail(&init.dir, &error),
        Ok(()) | Err(_) => code,
    }
}

/// The features of the runtime that clients of these collections need; none of what cannot be read.
fn features(collection: &Path) -> Vec<&'static str> {
    let input = read(collection, Verbosity::Errors);
    let understood = input.and_then(|input| pipeline::inspect(&input, &Config::default()).0);
    understood.map_or_else(Vec::new, |(api, _)| needs::features(&api))
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

/// A path that means the same in another folder.
fn whole(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.display().to_string()
}

fn manifest(name: &str, workspace: Option<&Path>, features: &[&str]) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let source = |part: &str| match workspace {
        Some(workspace) => format!("path = {:?}", whole(&workspace.join(part))),
        None => format!("version = {version:?}"),
    };
    let (runtime, generator) = (source("runtime"), source("generator"));
    let needed = if features.is_empty() {
        String::new()
    } else {
        format!(", features = {features:?}")
    };
    format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\n\
         [dependencies]\nletterpress-runtime = {{ {runtime}{needed} }}\n\n\
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

/// Copies a file, or a folder with all that is in it; says where it is now.
fn copy(from: &Path, into: &Path) -> io::Result<PathBuf> {
    let Some(name) = from.file_name() else {
        return Err(io::Error::other("the collection's path ends with no name"));
    };
    let to = into.join(name);
    if !from.is_dir() {
        fs::create_dir_all(into)?;
        return fs::copy(from, &to).map(|_| to);
    }
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(from)? {
        copy(&entry?.path(), &to)?;
    }
    Ok(to)
}
