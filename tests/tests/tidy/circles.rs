//! No two files of a crate import each other, not by way of others either: what is in a circle can only be read, changed
//! and tested as one. The circles that there are stand in a list that may only become shorter.
//!
//! A file imports another if a `use` of it names what that other file defines. Re-exports are followed to where a
//! thing is defined; a module that re-exports what its own files define does not import them. Tests do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use letterpress_tests::inputs::workspace;
use syn::{Item, UseTree, Visibility};

/// A module by its names from the root: `["wire", "url"]`.
type Module = Vec<String>;

/// The circles of today, by crate, each with its modules. Take out what you untangle; put nothing in.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "generator",
        &[
            "frontend/postman/lower, frontend/postman/lower/entries, \
             frontend/postman/lower/environments, frontend/postman/lower/gather, frontend/postman/lower/settings, \
             frontend/postman/lower/url, frontend/postman/lower/vault",
            "ir/api, ir/body, ir/ids, ir/operation, ir/param, ir/response, ir/types",
            "rust/part_name, rust/resource, rust/type_name",
            "secrets/command, secrets/form, secrets/hook, secrets/pair, secrets/scan, secrets/table",
        ],
    ),
    (
        "runtime",
        &[
            "answered, call, client, execute, limits, operation, request, sending, sends, transport/called, watch",
            "auth, auth/params, promised, redirect, wire, wire/body, wire/fill, wire/form, wire/headers, wire/multipart, \
             wire/resend, wire/url, wire/variables",
            "decode/members, decode/object",
            "error, failure, outcome, problem, response, transport",
            "replay/bodies, replay/calls, replay/example, replay/explain, replay/matching, replay/paths",
        ],
    ),
];

#[test]
fn files_import_each_other_in_no_circle() {
    let mut wrong = Vec::new();
    for (krate, known) in KNOWN {
        let circles = Crate::read(&workspace().join(krate).join("src")).circles();
        let known: Vec<Vec<&str>> = known.iter().map(|circle| circle.split(", ").collect()).collect();
        for circle in &circles {
            let is_known = known
                .iter()
                .any(|known| circle.iter().all(|module| known.contains(&module.as_str())));
            if !is_known {
                wrong.push(format!(
                    "{krate}: these files import each other: {}",
                    circle.join(", ")
                ));
            }
        }
        for module in known.iter().flatten() {
            if !circles.iter().flatten().any(|found| found == module) {
                wrong.push(format!(
                    "{krate}: {module} is in no circle any more: take it off the list"
                ));
            }
        }
        let size: usize = circles.iter().map(Vec::len).sum();
        println!("{krate}: {} circles of {size} files", circles.len());
        for circle in circles {
            println!("  {}", circle.join(", "));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files of a crate.
#[derive(Default)]
struct Crate {
    files: BTreeMap<Module, File>,
}

#[derive(Default)]
struct File {
    /// What it imports or re-exports: the path as written, the name it has here, and which of both it is.
    uses: Vec<(Vec<String>, String, Kind)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Import,
    ReExport,
}

impl Crate {
    fn read(root: &Path) -> Self {
        let mut krate = Self::default();
        krate.read_folder(root, &[]);
        krate
    }

    fn read_folder(&mut self, folder: &Path, above: &[String]) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let mut module = above.to_vec();
            if path.is_dir() {
                module.push(stem);
                self.read_folder(&path, &module);
            } else if path.extension().is_some_and(|extension| extension == "rs") && stem != "tests" {
                if !["lib", "main", "mod"].contains(&stem.as_str()) {
                    module.push(stem);
                }
                let text = fs::read_to_string(&path).unwrap();
                let file = self.files.entry(module).or_default();
                file.add_items(&syn::parse_file(&text).unwrap().items);
            }
        }
    }

    /// Files that import each other, each group sorted.
    fn circles(&self) -> Vec<Vec<String>> {
        let imports: BTreeMap<&Module, BTreeSet<&Module>> = self
            .files
            .keys()
            .map(|module| (module, self.imports(module)))
            .collect();
        let reached: BTreeMap<&Module, BTreeSet<&Module>> = self
            .files
            .keys()
            .map(|module| {
                let mut reached = BTreeSet::new();
                let mut open: Vec<&Module> = imports[module].iter().copied().collect();
                while let Some(next) = open.pop() {
                    if reached.insert(next) {
                        open.extend(&imports[next]);
                    }
                }
                (module, reached)
            })
            .collect();
        let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
        for module in self
            .files
            .keys()
            .filter(|module| reached[module].contains(module))
        {
            let others = reached[module]
                .iter()
                .filter(|other| reached[*other].contains(module));
            circles.insert(others.map(|other| name(other)).collect());
        }
        circles.into_iter().collect()
    }

    /// The files whose things a file names in its imports.
    fn imports(&self, module: &Module) -> BTreeSet<&Module> {
        let mut imports = BTreeSet::new();
        for (path, _, kind) in &self.files[module].uses {
            let defined = self.defined_in(module, path, 0);
            let is_own = |defined: &Module| defined.starts_with(module) && *kind == Kind::ReExport;
            imports.extend(defined.filter(|defined| *defined != module && !is_own(defined)));
        }
        imports
    }

    /// The file that defines what a path of this module names; `None` for another crate's.
    fn defined_in(&self, module: &Module, path: &[String], depth: usize) -> Option<&Module> {
        const DEEPEST: usize = 8;
        let mut names = path.iter();
        let mut at: Module = match names.clone().next()?.as_str() {
            "crate" => {
                names.next();
                Vec::new()
            }
            "self" => {
                names.next();
                module.clone()
            }
            "super" => module.clone(),
            first => {
                let inner: Module = module.iter().cloned().chain([first.to_owned()]).collect();
                self.files.get(&inner)?;
                module.clone()
            }
        };
        let mut rest = names.as_slice();
        while let Some((next, others)) = rest.split_first() {
            if next == "super" {
                at.pop();
            } else {
                let mut inner = at.clone();
                inner.push(next.clone());
                if !self.files.contains_key(&inner) {
                    break;
                }
                at = inner;
            }
            rest = others;
        }
        // What is re-exported here is defined elsewhere.
        if let (Some(name), true) = (rest.first(), depth < DEEPEST) {
            let named = self.files[&at].uses.iter().find(|(_, known, _)| known == name);
            if let Some((path, _, _)) = named {
                return self.defined_in(&at, path, depth + 1);
            }
        }
        self.files.get_key_value(&at).map(|(module, _)| module)
    }
}

impl File {
    fn add_items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Use(item) if !is_test(&item.attrs) => {
                    let kind = match item.vis {
                        Visibility::Inherited => Kind::Import,
                        _ => Kind::ReExport,
                    };
                    self.add_tree(&mut Vec::new(), &item.tree, kind);
                }
                Item::Mod(item) if !is_test(&item.attrs) => {
                    if let Some((_, items)) = &item.content {
                        self.add_items(items);
                    }
                }
                _ => {}
            }
        }
    }

    fn add_tree(&mut self, path: &mut Vec<String>, tree: &UseTree, kind: Kind) {
        match tree {
            UseTree::Path(tree) => {
                path.push(tree.ident.to_string());
                self.add_tree(path, &tree.tree, kind);
                path.pop();
            }
            UseTree::Name(tree) if tree.ident == "self" => {
                let name = path.last().cloned().unwrap_or_default();
                self.uses.push((path.clone(), name, kind));
            }
            UseTree::Name(tree) => self.add_path(path, &tree.ident, &tree.ident, kind),
            UseTree::Rename(tree) => self.add_path(path, &tree.ident, &tree.rename, kind),
            UseTree::Glob(_) => self.uses.push((path.clone(), "*".to_owned(), kind)),
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.add_tree(path, tree, kind);
                }
            }
        }
    }

    fn add_path(&mut self, path: &[String], ident: &syn::Ident, name: &syn::Ident, kind: Kind) {
        let path = path.iter().cloned().chain([ident.to_string()]);
        self.uses.push((path.collect(), name.to_string(), kind));
    }
}

/// `#[cfg(test)]`
fn is_test(attributes: &[syn::Attribute]) -> bool {
    let is_it = |attribute: &syn::Attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    };
    attributes.iter().any(is_it)
}

fn name(module: &Module) -> String {
    if module.is_empty() {
        "lib".to_owned()
    } else {
        module.join("/")
    }
}

#[test]
fn a_circle_is_found_through_re_exports() {
    let mut krate = Crate::default();
    for (module, text) in [
        ("", "mod a; mod b; mod c; pub use a::A;"),
        (
            "a",
            "mod inner; pub use inner::Inner; use crate::b::B; pub struct A;",
        ),
        ("a inner", "pub struct Inner;"),
        ("b", "use crate::{c::C as D, a::Inner}; pub struct B;"),
        (
            "c",
            "use super::A; #[cfg(test)] mod tests { use crate::b::B; } pub struct C;",
        ),
    ] {
        let module = module.split_whitespace().map(str::to_owned).collect();
        let file: &mut File = krate.files.entry(module).or_default();
        file.add_items(&syn::parse_file(text).unwrap().items);
    }
    assert_eq!(krate.circles(), [["a", "b", "c"]]);
    let a = krate.files.get_mut(&vec!["a".to_owned()]).unwrap();
    a.uses.retain(|(path, _, _)| path != &["crate", "b", "B"]);
    assert!(krate.circles().is_empty());
}
