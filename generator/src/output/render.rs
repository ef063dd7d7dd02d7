//! Formats modules: one file each, on as many threads as there are processors.
//!
//! In: the module tree. Out: [`File`]s in the tree's order, whatever the threads did. Each chunk is formatted for
//! itself, since `prettyplease` puts no blank line between items.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{File, mark};
use crate::emit::{self, Chunk, Setting};
use crate::rust::tree::Module;

/// Where the files of a tree go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// `zoom/mod.rs`, to be declared by another file.
    Module,
    /// `src/lib.rs` of a crate of its own.
    Crate,
}

/// The path of a file beside that of the root module.
pub fn beside(root: &Module, layout: Layout, name: &str) -> String {
    match layout {
        Layout::Module => format!("{}/{name}", root.file),
        Layout::Crate => format!("src/{name}"),
    }
}

/// All files of a client; `source` is the name of the collection's file.
pub fn files(root: &Module, source: &str, layout: Layout) -> Vec<File> {
    let mut jobs = Vec::new();
    let (path, folder) = match layout {
        Layout::Module => (format!("{}/mod.rs", root.file), root.file.clone()),
        Layout::Crate => ("src/lib.rs".to_owned(), "src".to_owned()),
    };
    collect(root, path, &folder, &mut jobs);
    let mark = mark(source);
    let lints = layout == Layout::Crate;
    in_parallel(&jobs, |(path, module)| {
        let lints = lints && path == "src/lib.rs";
        File::new(path.as_str(), file(module, &mark, lints))
    })
}

/// The file that declares modules, for `include!`: it has no inner attributes, which would not survive that.
pub fn index<'a>(roots: impl Iterator<Item = &'a Module>) -> String {
    let mut text = format!("// {}\n", mark(""));
    for root in roots {
        text.push_str("\n#[allow(\n");
        emit::LINTS
            .iter()
            .for_each(|lint| text.push_str(&format!("    {lint},\n")));
        let path = if root.ident.as_str() == root.file {
            String::new()
        } else {
            format!("#[path = \"{}/mod.rs\"]\n", root.file)
        };
        text.push_str(&format!(")]\n{path}pub mod {};\n", root.ident));
    }
    text
}

fn collect<'a>(module: &'a Module, path: String, folder: &str, jobs: &mut Vec<(String, &'a Module)>) {
    jobs.push((path, module));
    for child in &module.modules {
        let child_folder = format!("{folder}/{}", child.file);
        let path = if child.modules.is_empty() {
            format!("{child_folder}.rs")
        } else {
            format!("{child_folder}/mod.rs")
        };
        collect(child, path, &child_folder, jobs);
    }
}

/// Maps jobs to results in their order, each thread taking the next one that is left.
fn in_parallel<J: Sync, R: Send>(jobs: &[J], run: impl Fn(&J) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(jobs.len()));
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else { break };
            let result = run(job);
            done.lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .push((index, result));
        }
    };
    let threads = std::thread::available_parallelism()
        .map_or(1, std::num::NonZero::get)
        .min(jobs.len());
    std::thread::scope(|scope| {
        (1..threads).for_each(|_| drop(scope.spawn(work)));
        work();
    });
    let mut done = done
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The text of one module.
fn file(module: &Module, mark: &str, lints: bool) -> String {
    let mut text = format!("// {mark}\n");
    for line in emit::head(module) {
        text.push_str(format!("//!{}", emit::doc_line(line)).trim_end());
        text.push('\n');
    }
    if lints {
        text.push_str("\n#![allow(\n");
        emit::LINTS
            .iter()
            .for_each(|lint| text.push_str(&format!("    {lint},\n")));
        text.push_str(")]\n");
    }
    for chunk in emit::chunks(module) {
        text.push('\n');
        text.push_str(&format(chunk));
    }
    text
}

/// Formats a chunk. Tokens that are no items would be a mistake of ours; they are then shown as they are, so that
/// the compiler points at them.
fn format(chunk: Chunk) -> String {
    let setting = chunk.setting;
    let fallback = chunk.tokens.clone();
    let text = match syn::parse2(chunk.tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => format!(
            "::core::compile_error!({:?});\n{fallback}\n",
            format!("letterpress: {error}")
        ),
    };
    match setting {
        Setting::Plain => text,
        Setting::Methods => apart(&text, |line, next| line == "    }" && next != "}"),
        Setting::Operation => apart(&text, |_, next| {
            emit::STANDS_APART.iter().any(|start| next.starts_with(start))
        }),
    }
}

/// Puts a blank line where two lines are to stand apart.
fn apart(text: &str, stand_apart: impl Fn(&str, &str) -> bool) -> String {
    let mut apart = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        apart.push_str(line);
        apart.push('\n');
        if lines.peek().is_some_and(|next| stand_apart(line, next)) {
            apart.push('\n');
        }
    }
    apart
}
