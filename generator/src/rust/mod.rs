//! Decides every identifier, type, derive and line of documentation of the output.
//!
//! In: the neutral model, typed by the passes. Out: [`Module`]s that `emit` prints as they stand.
//! First all names are chosen ([`names`]), then each module is spelled out in their terms.
//! It knows no tokens and no files, and nothing of Postman.

pub mod call;
pub mod call_name;
pub mod called;
mod chains;
pub(crate) mod chooser;
pub mod clashes;
pub mod client;
pub mod comments;
pub mod doc_lines;
pub(crate) mod docs;
pub mod doubles;
pub mod fetch;
pub mod folder_name;
pub mod input;
pub mod kept;
pub mod keys;
pub mod known;
pub mod lines;
mod links;
mod literal;
pub mod name;
pub(crate) mod names;
pub mod needs;
pub mod numbering;
pub mod overlap;
mod pages;
pub mod part_name;
pub mod path;
pub mod places;
pub mod reserved;
pub mod resource;
pub mod singular;
pub mod spec;
pub mod status;
mod tokens;
pub mod told_apart;
pub mod tree;
pub mod type_name;
pub mod types;
pub mod uses;
pub mod words;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::ir;
use docs::Pages;
use kept::Kept;
use names::{ModuleNames, Names};
use tree::{Call, Child, Face, Handle, Module, Start};

/// What is decided before any module is spelled out; modules then depend on nothing else.
pub struct Plan<'a> {
    api: &'a ir::Api,
    names: Names<'a>,
    pages: Pages<'a>,
    gone: Vec<String>,
}

impl<'a> Plan<'a> {
    /// The plan of an API's client, as a root module of this name.
    pub fn new(api: &'a ir::Api, module: &str, config: &Config) -> Self {
        let mut kept = Kept::of(api, &config.lock, &config.overrides, config.flatten);
        let names = chooser::choose(api, module, config.flatten, &kept);
        let pages = Pages::new(api, &names.root.ident.to_string(), config);
        let gone = std::mem::take(&mut kept.gone);
        Self {
            api,
            names,
            pages,
            gone,
        }
    }

    /// Names that are to stay, and that nothing has any more.
    pub(crate) fn gone(&self) -> &[String] {
        &self.gone
    }

    /// The names that were chosen.
    pub(crate) fn names(&self) -> &Names<'a> {
        &self.names
    }

    /// The path of each call's type from the root, by its operation: `users::token::GetAUserToken`.
    pub(crate) fn paths(&self) -> BTreeMap<ir::OperationId, String> {
        let modules = self.names.modules().into_iter();
        let calls = modules.flat_map(|module| {
            let path = self.module_path(module);
            let calls = module.calls.iter();
            calls.map(move |call| (call.operation.id, format!("{path}{}", call.ty)))
        });
        calls.collect()
    }

    /// One module, spelled out.
    pub(crate) fn module(&self, module: &ModuleNames<'_>) -> Module {
        self.pages.finish(self.resolve(module, true))
    }

    /// One module, its functions without their pages but for the title: for lists of them.
    pub(crate) fn outline(&self, module: &ModuleNames<'_>) -> Module {
        self.resolve(module, false)
    }

    fn resolve(&self, module: &ModuleNames<'_>, with_pages: bool) -> Module {
        let (docs, face) = if module.index == self.names.root.index {
            let mut client = client::resolve(self.api, &self.names);
            client.start = self.start();
            (comments::crate_page(self.api), Face::Client(Box::new(client)))
        } else {
            (
                comments::module(module.folder, &module.more),
                Face::Handle(handle(module)),
            )
        };
        Module {
            docs,
            face,
            access: module.access.clone(),
            children: module.modules.iter().map(child).collect(),
            calls: self.calls(module, with_pages),
            types: module
                .types
                .iter()
                .map(|id| types::item(&self.names, *id, None))
                .collect(),
        }
    }

    /// The call that shows best how one starts; of equals, the first of the collection.
    fn start(&self) -> Option<Start> {
        let calls = self
            .names
            .modules()
            .into_iter()
            .flat_map(|module| module.calls.iter().map(move |names| (module, names)));
        let (module, names) = calls.min_by_key(|(_, names)| docs::effort(names.operation))?;
        let call = call::resolve(&self.names, module, names);
        let shown = docs::example(names.operation, &call, &handle_path(module), docs::Setters::None);
        if shown.is_sketch {
            return None;
        }
        let path = self.module_path(module);
        Some(Start {
            uses: shown
                .ty
                .map(|ty| format!("{path}{ty}"))
                .into_iter()
                .chain(shown.uses)
                .collect(),
            lines: shown.lines,
        })
    }

    /// The path of a module from the root, with `::` after each: `users::token::`.
    fn module_path(&self, module: &ModuleNames<'_>) -> String {
        let path = self.names.module_path(module.index).iter();
        path.map(|ident| format!("{ident}::"))
            .collect::<Vec<_>>()
            .concat()
    }

    fn calls(&self, module: &ModuleNames<'_>, with_pages: bool) -> Vec<Call> {
        let handle = handle_path(module);
        let path = self.module_path(module);
        let call = |names| {
            let mut call = call::resolve(&self.names, module, names);
            call.docs = if with_pages {
                self.pages.of(names.operation, &call, &handle, &path)
            } else {
                vec![self.pages.title(names.operation)]
            };
            call
        };
        module.calls.iter().map(call).collect()
    }
}

/// What a module's functions are called on: `client.users().token()`.
fn handle_path(module: &ModuleNames<'_>) -> String {
    let access = module.access.iter().map(|function| format!(".{function}()"));
    format!("client{}", access.collect::<String>())
}

/// How many functions are in a module and below.
fn functions(module: &ModuleNames<'_>) -> usize {
    module.calls.len() + module.modules.iter().map(functions).sum::<usize>()
}

fn child(module: &ModuleNames<'_>) -> Child {
    let file = if module.modules.is_empty() {
        format!("{}.rs", module.file)
    } else {
        format!("{}/mod.rs", module.file)
    };
    Child {
        ident: module.ident.clone(),
        path: (module.ident.as_str() != module.file).then_some(file),
        handle: handle(module),
        functions: functions(module),
    }
}

fn handle(module: &ModuleNames<'_>) -> Handle {
    Handle {
        ident: module.handle.clone(),
        function: module.function.clone(),
        docs: comments::handle(module.folder),
        function_docs: comments::handle_function(module.folder, &module.more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::frontend::{self, Source};
    use crate::ir::{Child, Folder, Locator};
    use crate::passes;

    /// Three operations of one name, around a folder and in it, each with answers of its own.
    const TEXT: &str = r#"{"info": {"name": "x"}, "item": [
        {"name": "Get", "request": "https://a.io/b", "response": [{"code": 200, "body": "{\"user\": {\"a\": 1}}"}]},
        {"name": "F", "item": [{"name": "Get", "request": "https://a.io/b", "response": [
            {"code": 404, "body": "{\"why\": {\"x\": 1}}"}, {"code": 200, "body": "{\"user\": {\"a\": 1}}"}]}]},
        {"name": "Get", "request": "https://a.io/c", "response": [{"code": 400, "body": "{\"user\": {\"c\": 1}}"}]}]}"#;

    fn printed(mut api: ir::Api) -> Vec<String> {
        let config = Config::default();
        passes::run(&mut api, &config, &mut Sink::default());
        let plan = Plan::new(&api, "x", &config);
        let modules = plan.names().modules().into_iter();
        modules
            .map(|module| format!("{:?}", plan.module(module)))
            .collect()
    }

    fn forget_places(folder: &mut Folder) {
        folder.place.at = Locator::default();
        for child in &mut folder.children {
            match child {
                Child::Folder(folder) => forget_places(folder),
                Child::Operation(operation) => operation.place.at = Locator::default(),
            }
        }
    }

    #[test]
    fn names_and_types_do_not_depend_on_where_things_stand() {
        let source = Source::new("x.json", TEXT);
        let api = frontend::read(&source, &Config::default(), &mut Sink::default()).unwrap();
        let mut placeless = api.clone();
        forget_places(&mut placeless.root);
        let (printed, placeless) = (printed(api), printed(placeless));
        for name in ["GetCUser", "get_c", "ErrorBodyWhy"] {
            let found = printed.iter().any(|module| module.contains(&format!("{name:?}")));
            assert!(found, "no {name}: {printed:#?}");
        }
        assert_eq!(printed, placeless);
    }
}
