//! Objects that contain themselves.
//!
//! In: a [`Graph`] as a tree of samples gives it. Out: the same, in which an object below another of the same kind has become that
//! other one. Two objects are of a kind if the key that leads from the one to the other leads on from there, if they share most
//! of their keys, and if nothing that they share contradicts: `{"name", "children": [{"name", "children": []}]}`.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Edge, Field, Graph, Node, NodeId};
use crate::ir::JsonKind;

/// Merging goes over the graph until nothing changes, at most this often.
const ROUNDS: usize = 8;

/// How far a walk goes down; samples are not as deep.
const MAX_DEPTH: usize = 500;

/// How many comparisons of nodes a graph is worth; real samples need a small part of them.
const BUDGET: usize = 1_000_000;

/// Merges objects into those of their kind above them.
pub fn merge(graph: &mut Graph, root: NodeId) {
    let mut budget = BUDGET;
    for _ in 0..ROUNDS {
        let mut walk = Walk {
            graph,
            above: Vec::new(),
            visited: BTreeSet::new(),
            merged: false,
            budget,
        };
        walk.walk(root);
        budget = walk.budget;
        if !walk.merged {
            break;
        }
    }
}

/// One walk over a graph.
struct Walk<'a> {
    graph: &'a mut Graph,
    /// Objects above, each with the key that leads on.
    above: Vec<(NodeId, String)>,
    visited: BTreeSet<NodeId>,
    merged: bool,
    budget: usize,
}

impl Walk<'_> {
    fn walk(&mut self, id: NodeId) {
        let id = self.graph.find(id);
        if self.above.len() > MAX_DEPTH || !self.visited.insert(id) {
            return;
        }
        match self.graph.node(id).clone() {
            Node::List(edge) | Node::Map(edge) => self.walk(edge.to),
            Node::Mixed(parts) => parts.into_values().for_each(|part| self.walk(part)),
            Node::Object(fields) => self.walk_object(id, fields),
            Node::Unknown
            | Node::Bool
            | Node::Int(_)
            | Node::Float
            | Node::String
            | Node::DateTime
            | Node::Merged(_) => {}
        }
    }

    fn walk_object(&mut self, id: NodeId, fields: BTreeMap<String, Field>) {
        if let Some(ancestor) = self.kin(id, &fields) {
            unite(self.graph, ancestor, id);
            self.merged = true;
            return;
        }
        for (key, field) in fields {
            self.above.push((id, key));
            self.walk(field.edge.to);
            self.above.pop();
        }
    }

    /// The nearest object above of the kind of this one.
    fn kin(&mut self, id: NodeId, fields: &BTreeMap<String, Field>) -> Option<NodeId> {
        for at in (0..self.above.len()).rev() {
            let (ancestor, key) = self.above.get(at)?;
            let ancestor = *ancestor;
            if fields.contains_key(key) && self.is_alike(ancestor, fields) && self.agree(ancestor, id) {
                return Some(ancestor);
            }
        }
        None
    }

    /// Whether an object shares most of its keys with these fields.
    fn is_alike(&mut self, ancestor: NodeId, fields: &BTreeMap<String, Field>) -> bool {
        let Node::Object(others) = self.graph.node(ancestor) else {
            return false;
        };
        self.budget = self.budget.saturating_sub(fields.len());
        let shared = fields.keys().filter(|key| others.contains_key(*key)).count();
        let all = others.len() + fields.len() - shared;
        shared >= 2 && shared * 2 >= all
    }

    /// Whether uniting two nodes would mix no kinds that were not mixed before.
    fn agree(&mut self, a: NodeId, b: NodeId) -> bool {
        let mut asked = BTreeSet::new();
        let mut pairs = vec![(a, b)];
        while let Some((a, b)) = pairs.pop() {
            let (a, b) = (self.graph.find(a), self.graph.find(b));
            if a == b || !asked.insert((a, b)) {
                continue;
            }
            if self.budget == 0 {
                return false;
            }
            self.budget = self.budget.saturating_sub(1 + width(self.graph, a));
            if !agree_alone(self.graph, (a, b), &mut pairs) {
                return false;
            }
        }
        true
    }
}

/// Whether two nodes agree if those do that they lead to, which are put on the list.
fn agree_alone(graph: &Graph, (a, b): (NodeId, NodeId), pairs: &mut Vec<(NodeId, NodeId)>) -> bool {
    match (graph.node(a), graph.node(b)) {
        (Node::Unknown | Node::Mixed(_), _)
        | (_, Node::Unknown | Node::Mixed(_))
        | (Node::Bool, Node::Bool)
        | (Node::String | Node::DateTime, Node::String | Node::DateTime)
        | (Node::Int(_) | Node::Float, Node::Int(_) | Node::Float) => true,
        (Node::List(a), Node::List(b)) | (Node::Map(a), Node::Map(b)) => {
            pairs.push((a.to, b.to));
            true
        }
        // An empty object is a map of nothing known: it says nothing against fields.
        (Node::Map(map), Node::Object(_)) | (Node::Object(_), Node::Map(map)) => is_blank(graph, map.to),
        (Node::Object(a), Node::Object(b)) => {
            let shared = a.iter().filter_map(|(key, field)| Some((field, b.get(key)?)));
            pairs.extend(shared.map(|(a, b)| (a.edge.to, b.edge.to)));
            true
        }
        (
            Node::Bool
            | Node::String
            | Node::DateTime
            | Node::Int(_)
            | Node::Float
            | Node::List(_)
            | Node::Map(_)
            | Node::Object(_)
            | Node::Merged(_),
            _,
        ) => false,
    }
}

/// How many fields a node has.
fn width(graph: &Graph, id: NodeId) -> usize {
    match graph.node(id) {
        Node::Object(fields) => fields.len(),
        Node::Unknown
        | Node::Bool
        | Node::Int(_)
        | Node::Float
        | Node::String
        | Node::DateTime
        | Node::List(_)
        | Node::Map(_)
        | Node::Mixed(_)
        | Node::Merged(_) => 0,
    }
}

fn is_blank(graph: &Graph, id: NodeId) -> bool {
    matches!(graph.node(id), Node::Unknown)
}

/// Makes two nodes one, and those that they lead to by the same key.
fn unite(graph: &mut Graph, a: NodeId, b: NodeId) {
    let mut pairs = vec![(a, b)];
    while let Some((a, b)) = pairs.pop() {
        let (a, b) = (graph.find(a), graph.find(b));
        if a == b {
            continue;
        }
        let taken = |graph: &mut Graph, id: NodeId, put| {
            graph
                .nodes
                .get_mut(id)
                .map_or(Node::Unknown, |node| std::mem::replace(node, put))
        };
        let from = taken(graph, b, Node::Merged(a));
        let into = taken(graph, a, Node::Unknown);
        unite_tags(graph, (a, &into), (b, &from));
        let united = united(graph, into, from, &mut pairs);
        taken(graph, a, united);
    }
}

/// What objects say of themselves holds for both, or for none; what is no object yet says nothing against it.
fn unite_tags(graph: &mut Graph, (a, into): (NodeId, &Node), (b, from): (NodeId, &Node)) {
    let are_objects = [into, from].map(|node| matches!(node, Node::Object(_)));
    let (own, other) = (graph.tags.remove(&a), graph.tags.remove(&b));
    let tags = match are_objects {
        [true, true] => own.zip(other).and_then(|(own, other)| own.join(other)),
        [true, false] => own,
        [false, _] => other,
    };
    graph.tags.extend(tags.map(|tags| (a, tags)));
}

fn united(graph: &mut Graph, a: Node, b: Node, pairs: &mut Vec<(NodeId, NodeId)>) -> Node {
    match (a, b) {
        (Node::Unknown, node) | (node, Node::Unknown) => node,
        (Node::Bool, Node::Bool) => Node::Bool,
        (Node::DateTime, Node::DateTime) => Node::DateTime,
        (Node::String | Node::DateTime, Node::String | Node::DateTime) => Node::String,
        (Node::Int(a), Node::Int(b)) => Node::Int(a.join(b)),
        (Node::Int(range), Node::Float) | (Node::Float, Node::Int(range)) if range.beyond => Node::Int(range),
        (Node::Int(_) | Node::Float, Node::Int(_) | Node::Float) => Node::Float,
        (Node::List(a), Node::List(b)) => Node::List(a.unite(b, pairs)),
        (Node::Map(a), Node::Map(b)) => Node::Map(a.unite(b, pairs)),
        (Node::Object(fields), Node::Map(map)) | (Node::Map(map), Node::Object(fields))
            if is_blank(graph, map.to) =>
        {
            Node::Object(fields)
        }
        (Node::Object(a), Node::Object(b)) => Node::Object(unite_fields(a, b, pairs)),
        (a, b) => mixed(graph, a, b, pairs),
    }
}

/// Two of different kinds, or of which at least one is several. A map and an object with fields are of one kind and cannot be
/// told apart, so that what holds them holds anything.
fn mixed(graph: &mut Graph, a: Node, b: Node, pairs: &mut Vec<(NodeId, NodeId)>) -> Node {
    let [Some(mut parts), Some(others)] = [a, b].map(|node| parts(graph, node)) else {
        return Node::Mixed(BTreeMap::new());
    };
    for (kind, other) in others {
        match parts.get(&kind) {
            Some(own) if is_map(graph, *own) != is_map(graph, other) => return Node::Mixed(BTreeMap::new()),
            Some(own) => pairs.push((*own, other)),
            None => _ = parts.insert(kind, other),
        }
    }
    if parts.len() < 2 {
        return Node::Mixed(BTreeMap::new());
    }
    Node::Mixed(parts)
}

fn is_map(graph: &Graph, id: NodeId) -> bool {
    matches!(graph.node(id), Node::Map(_))
}

/// A node as the only part of several; `None` for what is of any kind.
fn parts(graph: &mut Graph, node: Node) -> Option<BTreeMap<JsonKind, NodeId>> {
    let kind = match &node {
        Node::Mixed(parts) => return Some(parts.clone()).filter(|parts| !parts.is_empty()),
        Node::Unknown | Node::Merged(_) => return None,
        Node::Bool => JsonKind::Bool,
        Node::Int(_) | Node::Float => JsonKind::Number,
        Node::String | Node::DateTime => JsonKind::Text,
        Node::List(_) => JsonKind::List,
        Node::Map(_) | Node::Object(_) => JsonKind::Object,
    };
    Some(BTreeMap::from([(kind, graph.push(node))]))
}

impl Edge {
    fn unite(self, other: Self, pairs: &mut Vec<(NodeId, NodeId)>) -> Self {
        pairs.push((self.to, other.to));
        Self {
            to: self.to,
            null: self.null || other.null,
        }
    }
}

fn unite_fields(
    mut a: BTreeMap<String, Field>,
    b: BTreeMap<String, Field>,
    pairs: &mut Vec<(NodeId, NodeId)>,
) -> BTreeMap<String, Field> {
    let samples = |fields: &BTreeMap<String, Field>| fields.values().next().map_or(0, |field| field.samples);
    let all = samples(&a) + samples(&b);
    for (key, other) in b {
        let Some(field) = a.get_mut(&key) else {
            a.insert(key, other);
            continue;
        };
        field.edge = field.edge.unite(other.edge, pairs);
        field.first = field.first.min(other.first);
        field.seen += other.seen;
        field.nulls += other.nulls;
    }
    for field in a.values_mut() {
        field.samples = all;
    }
    a
}
