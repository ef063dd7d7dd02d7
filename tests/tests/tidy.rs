//! House rules that a reader of the source could check, checked: who may know whom, no catch-all arms on our
//! own enums, sizes of files and functions, no word of the format in rooms that must not know it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "tidy/builders.rs"]
mod builders;
#[path = "tidy/circles.rs"]
mod circles;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use letterpress_tests::inputs::workspace;
use syn::visit::Visit;

/// Which rooms of the generator a room may name.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("ir", &[]),
    ("secrets", &["ir"]),
    ("diag", &["ir", "secrets"]),
    ("config", &["ir", "diag"]),
    ("parallel", &[]),
    ("frontend", &["ir", "diag", "config", "secrets", "parallel"]),
    ("infer", &["ir"]),
    ("passes", &["ir", "diag", "config", "infer", "secrets"]),
    ("rust", &["ir", "diag", "config", "secrets"]),
    ("emit", &["rust"]),
    ("output", &["diag", "parallel"]),
    ("package", &["ir", "config", "infer", "rust", "secrets"]),
];

/// Files that may name every room.
const SEE_ALL: &[&str] = &["lib", "main", "pipeline", "generator", "inputs", "cli"];

const MAX_FILE_LINES: usize = 400;
const MAX_FUNCTION_LINES: usize = 80;

#[test]
fn rooms_know_only_whom_they_may() {
    let mut wrong = Vec::new();
    for (path, text) in sources("generator/src") {
        let room = room(&path);
        if SEE_ALL.contains(&room.as_str()) {
            continue;
        }
        let Some((_, allowed)) = DIRECTIONS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!(
                "{}: room `{room}` is not in the table of directions",
                path.display()
            ));
            continue;
        };
        for named in rooms_named(&text) {
            if named != room && !allowed.contains(&named.as_str()) {
                wrong.push(format!("{}: `{room}` names `{named}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_runtime_does_not_know_the_generator() {
    let manifest = fs::read_to_string(workspace().join("runtime/Cargo.toml")).unwrap();
    assert!(
        !manifest
            .lines()
            .any(|line| line.trim_start().starts_with("letterpress")),
        "{manifest}"
    );
}

/// Generated code says which generation of the runtime it is for, and the runtime knows its own.
#[test]
fn the_runtime_takes_what_this_generator_writes() {
    let macros = fs::read_to_string(workspace().join("runtime/src/macros/client.rs")).unwrap();
    let generation = concat!(
        env!("CARGO_PKG_VERSION_MAJOR"),
        ".",
        env!("CARGO_PKG_VERSION_MINOR")
    );
    assert!(
        macros.contains(&format!("(\"{generation}\", $api:expr) =>")),
        "{generation}"
    );
    assert_eq!(
        macros.matches(&format!(" {generation}: generate")).count(),
        1,
        "{generation}"
    );
}

/// Pages of clients link to the runtime's of the version that they were built with.
#[test]
fn the_runtime_says_where_its_pages_are() {
    let text = fs::read_to_string(workspace().join("runtime/src/lib.rs")).unwrap();
    let root = format!(
        "https://docs.rs/letterpress-runtime/{}",
        env!("CARGO_PKG_VERSION")
    );
    assert!(text.contains(&format!("html_root_url = \"{root}\"")), "{root}");
}

#[test]
fn output_sees_tokens_only_and_emit_cannot_fail() {
    for (path, text) in sources("generator/src/emit") {
        let code = code_only(&text);
        for word in ["Config", "serde_json", "Result<", "postman"] {
            assert!(!code.contains(word), "{} names `{word}`", path.display());
        }
    }
}

/// Where something stands in a source is for the front end that read it, and for findings: it is no identity, no order.
#[test]
fn places_are_read_by_front_ends_alone() {
    let mut wrong = Vec::new();
    for (path, text) in sources("generator/src") {
        let code = code_only(&text);
        let room = room(&path);
        let reads = ["Locator", ".at.token()", "pointer"].map(|word| code.contains(word));
        if reads.contains(&true) && !["frontend", "diag", "ir"].contains(&room.as_str()) {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn generation_is_pure() {
    let mut wrong = Vec::new();
    for (path, text) in sources("generator/src") {
        let room = room(&path);
        let code = code_only(&text);
        let pure = DIRECTIONS
            .iter()
            .any(|(name, _)| *name == room && room != "output");
        for word in [
            "HashMap",
            "HashSet",
            "SystemTime",
            "Instant::now",
            "std::env",
            "std::fs",
            "thread_rng",
        ] {
            let banned = pure || (room == "pipeline" && !word.starts_with("Hash"));
            if banned && code.contains(word) {
                wrong.push(format!("{} uses {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_catch_all_on_our_own_enums() {
    let mut enums = EnumNames::default();
    for (_, text) in sources("generator/src") {
        enums.visit_file(&syn::parse_file(&text).unwrap());
    }
    let mut wrong = Vec::new();
    for (path, text) in sources("generator/src") {
        let mut matches = CatchAlls {
            enums: &enums.0,
            found: Vec::new(),
        };
        matches.visit_file(&syn::parse_file(&text).unwrap());
        wrong.extend(
            matches
                .found
                .iter()
                .map(|name| format!("{}: `_ =>` in a match on {name}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    let mut functions = Functions::default();
    for folder in ["generator/src", "runtime/src", "tests/src"] {
        for (path, text) in sources(folder) {
            let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
            let lines = code.lines().count();
            if lines > MAX_FILE_LINES {
                wrong.push(format!("{}: {lines} lines", path.display()));
            }
            if !text.starts_with("//!") {
                wrong.push(format!("{}: does not say what it is for", path.display()));
            }
            functions.path.clone_from(&path);
            functions.count(code);
        }
    }
    for (name, lines) in &functions.lines {
        if *lines > MAX_FUNCTION_LINES {
            wrong.push(format!("{name}: {lines} lines"));
        }
    }
    let usual = functions.lines.values().filter(|lines| **lines <= 35).count();
    if usual * 10 < functions.lines.len() * 9 {
        wrong.push(format!(
            "only {usual} of {} functions have 35 lines or less",
            functions.lines.len()
        ));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![workspace().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(workspace()).unwrap().to_path_buf(), text));
            }
        }
    }
    found.sort();
    found
}

/// `generator/src/rust/names.rs` → `rust`.
fn room(path: &Path) -> String {
    let inner = path.strip_prefix("generator/src").unwrap();
    let first = inner.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn code_only(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The rooms behind every `crate::room`, in a `use` or elsewhere.
fn rooms_named(text: &str) -> Vec<String> {
    let code = code_only(text);
    let mut named = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        let rest = &code[start + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let list = list.split(';').next().unwrap_or_default();
            named.extend(top_level_names(list));
        } else {
            named.push(
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    named.retain(|name: &String| !name.is_empty() && name.starts_with(char::is_lowercase));
    named
}

fn top_level_names(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut names = vec![String::new()];
    for character in list.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            _ if depth == 0 => names.last_mut().unwrap().push(character),
            _ => {}
        }
    }
    names
        .iter()
        .map(|name| name.trim().split(':').next().unwrap_or_default().to_owned())
        .collect()
}

/// Enums by name, with their variants.
#[derive(Default)]
struct EnumNames(BTreeMap<String, Vec<String>>);

impl<'ast> Visit<'ast> for EnumNames {
    fn visit_item_enum(&mut self, node: &'ast syn::ItemEnum) {
        let variants = node.variants.iter().map(|variant| variant.ident.to_string());
        self.0.insert(node.ident.to_string(), variants.collect());
    }
}

/// Matches with a `_ =>` whose other arms are variants of one of our enums.
struct CatchAlls<'a> {
    enums: &'a BTreeMap<String, Vec<String>>,
    found: Vec<String>,
}

impl<'ast> Visit<'ast> for CatchAlls<'_> {
    fn visit_expr_match(&mut self, node: &'ast syn::ExprMatch) {
        let catch_all = node.arms.iter().any(|arm| matches!(arm.pat, syn::Pat::Wild(_)));
        let mut named = PathsOf::default();
        node.arms.iter().for_each(|arm| named.whole(&arm.pat));
        for (ty, variant) in named.0 {
            if catch_all
                && self
                    .enums
                    .get(&ty)
                    .is_some_and(|variants| variants.contains(&variant))
            {
                self.found.push(format!("{ty}::{variant}"));
                break;
            }
        }
        syn::visit::visit_expr_match(self, node);
    }
}

/// `Enum::Variant` of patterns that are nothing but one variant (or several in an `or`).
#[derive(Default)]
struct PathsOf(Vec<(String, String)>);

impl PathsOf {
    fn whole(&mut self, pattern: &syn::Pat) {
        match pattern {
            syn::Pat::Or(or) => or.cases.iter().for_each(|case| self.whole(case)),
            syn::Pat::Guard(guard) => self.whole(&guard.pat),
            syn::Pat::Path(path) => self.path(&path.path),
            syn::Pat::TupleStruct(tuple) => self.path(&tuple.path),
            syn::Pat::Struct(strukt) => self.path(&strukt.path),
            syn::Pat::Reference(reference) => self.whole(&reference.pat),
            _ => {}
        }
    }

    fn path(&mut self, path: &syn::Path) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        if let [.., ty, variant] = names.as_slice() {
            self.0.push((ty.clone(), variant.clone()));
        }
    }
}

/// Lines of every function.
#[derive(Default)]
struct Functions {
    path: PathBuf,
    lines: BTreeMap<String, usize>,
}

impl Functions {
    /// Code is formatted: a function ends with a brace as far in as it begins.
    fn count(&mut self, code: &str) {
        let lines: Vec<&str> = code.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let Some(name) = function(line) else { continue };
            let indent = &line[..line.len() - line.trim_start().len()];
            let end = format!("{indent}}}");
            let body = lines[start..].iter().take_while(|line| **line != end);
            // One without a body, or with all of it on one line.
            let ends = |line: &str| line.ends_with(';') || (line.starts_with(indent) && line.ends_with('}'));
            let count = if ends(line) { 1 } else { body.count() + 1 };
            self.lines
                .insert(format!("{}:{}: {name}", self.path.display(), start + 1), count);
        }
    }
}

/// The name of the function that begins on this line.
fn function(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let modifier = |word: &str| {
        matches!(word, "pub" | "const" | "async" | "unsafe" | "super::super)") || word.starts_with("pub(")
    };
    let name = after.split(['(', '<']).next()?;
    let named = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_#".contains(c));
    (named && before.split_whitespace().all(modifier)).then_some(name)
}

#[test]
fn lines_of_functions_are_counted() {
    let mut functions = Functions::default();
    functions.count("fn a() {}\nimpl X {\n    pub(in super::super) const fn b<T>(\n        x: T,\n    ) {\n        c\n    }\n}\ntrait T {\n    fn d();\n}\n");
    let counts: Vec<_> = functions.lines.into_iter().collect();
    let expected = [(":10: d", 1), (":1: a", 1), (":3: b", 5)];
    assert_eq!(counts, expected.map(|(name, lines)| (name.to_owned(), lines)));
}
