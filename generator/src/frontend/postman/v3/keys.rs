//! Keys that v3 does not have, and that people write all the same.
//!
//! In: a node. Out: a finding for each key of it that another version would read.

use super::{Cx, Node};
use crate::diag::Code;
use crate::frontend::json::Value;

/// A key as v2.1 or an older tool writes it, and what v3 calls that.
const FOREIGN: &[(&str, &str)] = &[
    ("header", "headers"),
    ("query", "queryParams"),
    ("variable", "pathVariables"),
    ("event", "scripts"),
    ("events", "scripts"),
    ("request", "url"),
    ("response", "examples"),
    ("responses", "examples"),
    ("protocolProfileBehavior", "settings"),
    ("item", "files beside it"),
];

/// Reports the keys that are read over.
pub(super) fn report(cx: &mut Cx<'_>, node: &Node<'_>) {
    let kind = node.value.get("$kind").and_then(Value::as_str);
    for (key, own) in FOREIGN {
        let is_own = *key == "query" && kind == Some("graphql-request");
        if node.value.get(key).is_some() && !is_own {
            let message = format!("`{key}` is no key of a v3 file; it is not read");
            let help = format!("v3 writes it as `{own}`");
            cx.warn(Code::UnknownKey, node, &format!("/{key}"), message, &help);
        }
    }
}
