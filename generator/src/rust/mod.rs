//! Decides every identifier, type, derive and line of documentation of the output.
//!
//! In: the neutral model, typed by the passes. Out: a [`Module`] tree that `emit` prints as it stands.
//! First all names are chosen ([`names`]), then everything is spelled out in their terms.
//! It knows no tokens and no files, and nothing of Postman.

pub mod call;
pub mod call_name;
pub mod client;
pub mod comments;
pub(crate) mod docs;
pub mod name;
pub mod names;
pub mod singular;
pub mod spec;
pub mod status;
pub mod tree;
pub mod type_name;
pub mod types;
pub mod words;

use crate::config::Config;
use crate::ir;
use docs::Pages;
use names::{ModuleNames, Names};
use tree::{Face, Handle, Module};

/// The client of an API, as a root module of this name.
pub fn resolve(api: &ir::Api, module: &str, config: &Config) -> Module {
    let names = names::choose(api, module, config.flatten);
    let pages = Pages::new(api, module, config);
    let mut root = resolve_module(&names, &names.root, "client", &pages);
    let mut client = client::resolve(api);
    client.reexports = client::reexports(&root);
    root.docs = comments::crate_page(api);
    root.face = Face::Client(Box::new(client));
    root
}

fn resolve_module(names: &Names<'_>, module: &ModuleNames<'_>, handle: &str, pages: &Pages<'_>) -> Module {
    let folder = module.folder;
    let path: String = names
        .module_path(module.index)
        .iter()
        .map(|ident| format!("{ident}::"))
        .collect();
    let call = |call_names| {
        let mut call = call::resolve(names, module, call_names);
        call.docs = pages.of(call_names.operation, &call, handle, &path);
        call
    };
    let child = |child: &ModuleNames<'_>| {
        let handle = format!("{handle}.{}()", child.function);
        resolve_module(names, child, &handle, pages)
    };
    Module {
        ident: module.ident.clone(),
        file: module.file.clone(),
        docs: comments::module(folder),
        face: Face::Handle(Handle {
            ident: module.handle.clone(),
            function: module.function.clone(),
            docs: comments::handle(folder),
            function_docs: comments::handle_function(folder),
        }),
        modules: module.modules.iter().map(child).collect(),
        calls: module.calls.iter().map(call).collect(),
        types: module.types.iter().map(|id| types::item(names, *id)).collect(),
    }
}
