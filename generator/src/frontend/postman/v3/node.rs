//! The nodes of a collection, wherever they were read from.
//!
//! In: the JSON of an export, whose nodes hold each other; for folders of files there is [`tree`](super::tree). Out: nodes.

use super::value::text;
use crate::frontend::json::Value;
use crate::frontend::postman::js;

/// A collection, a folder, a request or an example.
pub(in crate::frontend::postman) struct Node<'a> {
    /// What is written of it.
    pub(super) value: Value<'a>,
    /// The file that it is written in.
    pub(super) file: String,
    /// Where it is in that file.
    pub(super) pointer: String,
    /// What it is called unless it says so itself.
    pub(super) stem: String,
    pub(super) is_folder: bool,
    /// Folders and requests in it, in their order.
    pub(super) children: Vec<Self>,
    /// Saved answers, in their order.
    pub(super) examples: Vec<Self>,
}

impl Node<'_> {
    /// What it is called.
    pub(super) fn name(&self) -> String {
        let own = text(self.value.get("name"));
        if own.is_empty() { self.stem.clone() } else { own }
    }
}

/// Deeper than anybody's tree; what is below is left out, as the rest of the pipeline recurses.
const MAX_DEPTH: usize = 50;

/// The nodes of a JSON that stands at `pointer` of this file.
pub(in crate::frontend::postman) fn of_json<'a>(value: &Value<'a>, file: &str, pointer: &str) -> Node<'a> {
    node(value, file, pointer, 0)
}

fn node<'a>(value: &Value<'a>, file: &str, pointer: &str, depth: usize) -> Node<'a> {
    let list = |name: &'static str| {
        let list = value.get(name).and_then(Value::as_array);
        let list = list
            .filter(|_| depth < MAX_DEPTH)
            .into_iter()
            .flatten()
            .enumerate();
        let nodes = list.filter(|(_, value)| value.is_object());
        let nodes =
            nodes.map(|(index, value)| node(value, file, &format!("{pointer}/{name}/{index}"), depth + 1));
        nodes.collect::<Vec<_>>()
    };
    let is_folder = value.get("$kind").and_then(Value::as_str) == Some("collection")
        || value.get("items").is_some_and(Value::is_array);
    let mut children = list("items");
    sort(&mut children);
    let mut examples = list("examples");
    sort(&mut examples);
    let mut own = value.clone();
    if let Value::Object(members) = &mut own {
        members.remove("items");
        members.remove("examples");
    }
    Node {
        value: own,
        file: file.to_owned(),
        pointer: pointer.to_owned(),
        stem: String::new(),
        is_folder,
        children,
        examples,
    }
}

/// Puts siblings in order: by their numbers, and by name where these are equal.
pub(super) fn sort(nodes: &mut [Node<'_>]) {
    let order = |node: &Node<'_>| match node.value.get("order") {
        Some(Value::Number(number)) => number.as_f64().unwrap_or(0.0),
        Some(order) => js::to_string(order).trim().parse().unwrap_or(0.0),
        None => 0.0,
    };
    nodes.sort_by(|a, b| {
        let by_name = || a.name().cmp(&b.name());
        order(a).total_cmp(&order(b)).then_with(by_name)
    });
}
