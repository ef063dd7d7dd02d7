//! Links between pages: from one module to a function of another.
//!
//! In: all names. Out: Markdown, as rustdoc resolves it.

use super::names::Names;
use crate::ir;

/// The link to an operation's function; `None` if it has none.
pub fn function(names: &Names<'_>, from: usize, to: ir::OperationId) -> Option<String> {
    let modules = names.modules().into_iter();
    let mut calls = modules.flat_map(|module| module.calls.iter().map(move |call| (module, call)));
    let (module, call) = calls.find(|(_, call)| call.operation.id == to)?;
    let (here, there) = (names.module_path(from), names.module_path(module.index));
    let shared = here.iter().zip(there).take_while(|(a, b)| a == b).count();
    let supers = "super::".repeat(here.len() - shared);
    let mut way = String::new();
    for module in there.get(shared..).unwrap_or_default() {
        way.push_str(&format!("{module}::"));
    }
    let handle = if there.is_empty() {
        "Client"
    } else {
        module.handle.as_str()
    };
    let function = &call.function;
    Some(format!(
        "[`{function}`]({supers}{way}{handle}::{})",
        function.as_str()
    ))
}
