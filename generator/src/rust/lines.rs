//! The lines of `letterpress.lock`: all public names that could come to be of something else.
//!
//! In: names that were chosen, and the model. Out: a line for each module, function and type, and for each type that the root shows. Names
//! of members are not among them: those are the keys' own.

use std::collections::{BTreeMap, BTreeSet};

use super::kept::OWN;
use super::names::{ModuleNames, Names};
use super::{keys, places};
use crate::config::lock::{Line, What};
use crate::config::overrides::Written;
use crate::ir;

/// The lines for these names, in no order.
pub fn lines(api: &ir::Api, names: &Names<'_>) -> Vec<Line> {
    let mut found = Vec::new();
    let mut functions = BTreeMap::new();
    for module in names.modules() {
        let path = path(names, module.index);
        if module.index != 0 {
            found.push(folder(module, &path));
        }
        for call in &module.calls {
            let function = at(&path, call.function.as_str());
            functions.insert(call.operation.id, function.clone());
            let own = [Some(&call.ty), call.results.as_ref(), call.errors.as_ref()];
            for (ident, role) in own.into_iter().zip(OWN) {
                let role = role.to_owned();
                let ty = |ident: &str| of_type(at(&path, ident), function.clone(), role, String::new());
                found.extend(ident.map(|ident| ty(ident.as_str())));
            }
            let what = What::Call {
                method: call.operation.method.clone(),
                path: keys::address(call.operation),
                of: keys::of_operation(call.operation),
            };
            found.push(line(function, what));
        }
        for ident in names.reexports(module.index) {
            let own = at(&path, ident.as_str());
            found.push(line(vec![ident.as_str().to_owned()], What::Use(own)));
        }
    }
    types(api, names, &functions, &mut found);
    found
}

/// What has another name than it would have, with both: what is only in a module of another name is not said again.
pub fn held(kept: &Names<'_>, free: &Names<'_>) -> Vec<(String, String)> {
    let (kept_all, free_all) = (all(kept), all(free));
    let differs = |thing: &Thing| {
        let (a, b) = (kept_all.get(thing)?, free_all.get(thing)?);
        ((a.folder, a.name.last()) != (b.folder, b.name.last())).then_some((a, b))
    };
    let is_news = |thing: &&Thing| match thing {
        // It goes with its function.
        Thing::Own(id, _) => differs(&Thing::Operation(*id)).is_none(),
        Thing::Folder(_) | Thing::Operation(_) | Thing::Type(_) => true,
    };
    let differing = kept_all.keys().filter(is_news).filter_map(differs);
    let mut held: Vec<_> = differing
        .map(|(a, b)| (a.name.join("::"), b.name.join("::")))
        .collect();
    held.sort();
    held
}

/// What has a name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Folder(ir::FolderId),
    Operation(ir::OperationId),
    Own(ir::OperationId, &'static str),
    Type(ir::TypeId),
}

struct Named {
    /// The folder whose module it is in.
    folder: ir::FolderId,
    name: Vec<String>,
}

fn all(names: &Names<'_>) -> BTreeMap<Thing, Named> {
    let mut found = BTreeMap::new();
    let mut folders = BTreeMap::new();
    for module in names.modules() {
        let path = path(names, module.index);
        let folder = module.folder.id;
        folders.insert(module.index, folder);
        let named = |name: &str| Named {
            folder,
            name: at(&path, name),
        };
        for call in &module.calls {
            let id = call.operation.id;
            found.insert(Thing::Operation(id), named(call.function.as_str()));
            let own = [Some(&call.ty), call.results.as_ref(), call.errors.as_ref()];
            for (ident, role) in own.into_iter().zip(OWN) {
                found.extend(ident.map(|ident| (Thing::Own(id, role), named(ident.as_str()))));
            }
        }
        for inner in &module.modules {
            found.insert(Thing::Folder(inner.folder.id), named(inner.ident.as_str()));
        }
    }
    for (id, _) in names.types.iter().filter(|(_, def)| def.sent || def.received) {
        let folder = folders.get(&names.home(id).module).copied().unwrap_or_default();
        found.insert(
            Thing::Type(id),
            Named {
                folder,
                name: home(names, id),
            },
        );
    }
    found
}

fn folder(module: &ModuleNames<'_>, path: &[String]) -> Line {
    let what = What::Folder {
        handle: module.handle.as_str().to_owned(),
        function: module.function.as_str().to_owned(),
        of: keys::of_folder(module.folder),
    };
    line(path.to_vec(), what)
}

/// Types that come from bodies and parameters: by the name that they were declared under, or by their first place.
fn types(
    api: &ir::Api,
    names: &Names<'_>,
    functions: &BTreeMap<ir::OperationId, Vec<String>>,
    found: &mut Vec<Line>,
) {
    let mut seen = BTreeSet::new();
    for (id, def) in api.types.iter() {
        let declared = def.declared.as_deref();
        if let Some(declared) = declared.filter(|name| places::declared(&api.types, name) == Some(id)) {
            found.push(line(home(names, id), What::Schema(declared.to_owned())));
            seen.insert(id);
        }
    }
    let declared = seen.clone();
    let mut seen = BTreeSet::new();
    api.root.visit(&mut |operation| {
        for (id, role, path) in places::all(&api.types, operation, &mut seen) {
            if let (false, Some(function)) = (declared.contains(&id), functions.get(&operation.id)) {
                found.push(of_type(home(names, id), function.clone(), role, path));
            }
        }
    });
}

fn home(names: &Names<'_>, id: ir::TypeId) -> Vec<String> {
    let home = names.home(id);
    at(&path(names, home.module), home.ident.as_str())
}

fn path(names: &Names<'_>, module: usize) -> Vec<String> {
    let path = names.module_path(module).iter();
    path.map(|ident| ident.as_str().to_owned()).collect()
}

fn at(path: &[String], name: &str) -> Vec<String> {
    [path, &[name.to_owned()]].concat()
}

fn of_type(name: Vec<String>, of: Vec<String>, role: String, path: String) -> Line {
    line(name, What::Type { of, role, path })
}

fn line(name: Vec<String>, what: What) -> Line {
    let written = Written::default();
    Line { name, what, written }
}
