//! Shapes as a graph, in which an object that contains itself is one node.
//!
//! In: a joined [`Shape`], a tree. Out: a [`Graph`] whose nodes are what types will be made of: objects whose keys are data have
//! become maps, and an object below another of the same kind has been merged into it: the five levels of nodes that a sample
//! happens to show become one node that leads to itself.

use std::collections::{BTreeMap, BTreeSet};

use super::keys;
use super::shape::{Kind, Object, Range, Shape};

/// Merging goes over the graph until nothing changes, at most this often.
const ROUNDS: usize = 8;

/// How far a walk goes down; samples are not as deep.
const MAX_DEPTH: usize = 500;

/// Nodes that refer to each other by index.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
}

/// Index of a node.
pub type NodeId = usize;

/// Somebody's word on an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forced {
    /// Keys down to it, `[]` for items, `{}` for values of a map.
    pub path: Vec<String>,
    /// Whether its keys are data.
    pub map: bool,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Node {
    /// Nothing is known.
    Unknown,
    /// `true` or `false`.
    Bool,
    /// An integer.
    Int(Range),
    /// Any number.
    Float,
    /// Text.
    String,
    /// A list of such items.
    List(Edge),
    /// An object whose keys are data, with such values.
    Map(Edge),
    /// An object with these fields, by key.
    Object(BTreeMap<String, Field>),
    /// Values of different kinds.
    Mixed,
    /// Merged into another node.
    Merged(NodeId),
}

/// The way from a node to another.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Where it leads; ask [`Graph::find`] for the node itself.
    pub to: NodeId,
    /// Whether a sample has null there.
    pub null: bool,
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its value.
    pub edge: Edge,
    /// Orders the fields as samples have them.
    pub first: usize,
    /// Objects that could have had it.
    pub samples: usize,
    /// Objects that had it.
    pub seen: usize,
    /// Objects that had null.
    pub nulls: usize,
}

impl Graph {
    /// The graph of a shape, and its root. `forced` says of which objects somebody knows better whether their keys are data.
    pub fn of(shape: Shape, forced: &[Forced]) -> (Self, Edge) {
        let mut graph = Self::default();
        let root = graph.add(shape, &mut Vec::new(), forced);
        for _ in 0..ROUNDS {
            if !graph.merge_recursion(root.to) {
                break;
            }
        }
        (graph, root)
    }

    /// The node that an index stands for, after merging.
    pub fn find(&self, mut id: NodeId) -> NodeId {
        while let Some(Node::Merged(to)) = self.nodes.get(id) {
            id = *to;
        }
        id
    }

    /// What a node is.
    pub fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(self.find(id)).unwrap_or(&Node::Unknown)
    }

    /// Where a node leads directly, in order.
    pub fn targets(&self, id: NodeId) -> Vec<NodeId> {
        match self.node(id) {
            Node::List(edge) | Node::Map(edge) => vec![self.find(edge.to)],
            Node::Object(fields) => fields.values().map(|field| self.find(field.edge.to)).collect(),
            Node::Unknown
            | Node::Bool
            | Node::Int(_)
            | Node::Float
            | Node::String
            | Node::Mixed
            | Node::Merged(_) => Vec::new(),
        }
    }

    /// The nodes from which some way leads back to itself, or to a node of which one does.
    pub fn endless(&self) -> BTreeSet<NodeId> {
        let mut left: BTreeMap<NodeId, usize> = BTreeMap::new();
        let mut sources: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
        for id in (0..self.nodes.len()).filter(|id| self.find(*id) == *id) {
            let targets = self.targets(id);
            left.insert(id, targets.len());
            for target in targets {
                sources.entry(target).or_default().push(id);
            }
        }
        let mut done: Vec<NodeId> = left
            .iter()
            .filter(|(_, count)| **count == 0)
            .map(|(id, _)| *id)
            .collect();
        while let Some(id) = done.pop() {
            left.remove(&id);
            for source in sources.remove(&id).unwrap_or_default() {
                let Some(count) = left.get_mut(&source) else {
                    continue;
                };
                *count -= 1;
                if *count == 0 {
                    done.push(source);
                }
            }
        }
        left.into_keys().collect()
    }

    fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn add(&mut self, shape: Shape, path: &mut Vec<String>, forced: &[Forced]) -> Edge {
        let node = match shape.kind {
            Kind::Unknown => Node::Unknown,
            Kind::Bool => Node::Bool,
            Kind::Int(range) => Node::Int(range),
            Kind::Float => Node::Float,
            Kind::String => Node::String,
            Kind::Mixed => Node::Mixed,
            Kind::List(items) => Node::List(self.below("[]", *items, path, forced)),
            Kind::Object(object) if is_map(&object, path, forced) => {
                Node::Map(self.below("{}", values(object), path, forced))
            }
            Kind::Object(object) => self.object(object, path, forced),
        };
        Edge {
            to: self.push(node),
            null: shape.null,
        }
    }

    fn below(&mut self, step: &str, shape: Shape, path: &mut Vec<String>, forced: &[Forced]) -> Edge {
        path.push(step.to_owned());
        let edge = self.add(shape, path, forced);
        path.pop();
        edge
    }

    fn object(&mut self, object: Object, path: &mut Vec<String>, forced: &[Forced]) -> Node {
        let samples = object.samples;
        let fields = object.members.into_iter().map(|(key, member)| {
            let field = Field {
                edge: self.below(&key, member.shape, path, forced),
                first: member.first,
                samples,
                seen: member.seen,
                nulls: member.null,
            };
            (key, field)
        });
        Node::Object(fields.collect())
    }

    /// One walk over the graph that merges objects into those of their kind above them. Says whether it did.
    fn merge_recursion(&mut self, root: NodeId) -> bool {
        let mut walk = Walk::default();
        self.walk(root, &mut walk);
        walk.merged
    }

    fn walk(&mut self, id: NodeId, walk: &mut Walk) {
        let id = self.find(id);
        if walk.above.len() > MAX_DEPTH || !walk.visited.insert(id) {
            return;
        }
        match self.node(id).clone() {
            Node::List(edge) | Node::Map(edge) => self.walk(edge.to, walk),
            Node::Object(fields) => self.walk_object(id, fields, walk),
            Node::Unknown
            | Node::Bool
            | Node::Int(_)
            | Node::Float
            | Node::String
            | Node::Mixed
            | Node::Merged(_) => {}
        }
    }

    fn walk_object(&mut self, id: NodeId, fields: BTreeMap<String, Field>, walk: &mut Walk) {
        let above = walk.above.iter().rev();
        let kin = above
            .clone()
            .find(|(ancestor, key)| self.is_kin(*ancestor, key, id))
            .map(|(ancestor, _)| *ancestor);
        if let Some(ancestor) = kin {
            self.unite(ancestor, id);
            walk.merged = true;
            return;
        }
        for (key, field) in fields {
            walk.above.push((id, key));
            self.walk(field.edge.to, walk);
            walk.above.pop();
        }
    }

    /// Whether an object is of the kind of another above it, from which `key` leads to it: it has that key too, the two share
    /// most of their keys, and nothing that they share contradicts.
    fn is_kin(&self, ancestor: NodeId, key: &str, id: NodeId) -> bool {
        let (Node::Object(a), Node::Object(b)) = (self.node(ancestor), self.node(id)) else {
            return false;
        };
        let shared = a.keys().filter(|key| b.contains_key(*key)).count();
        let all = a.len() + b.len() - shared;
        b.contains_key(key) && shared >= 2 && shared * 2 >= all && self.agree(ancestor, id)
    }

    /// Whether uniting two nodes would mix no kinds that were not mixed before.
    fn agree(&self, a: NodeId, b: NodeId) -> bool {
        let mut asked = BTreeSet::new();
        let mut pairs = vec![(a, b)];
        while let Some((a, b)) = pairs.pop() {
            let (a, b) = (self.find(a), self.find(b));
            if a == b || !asked.insert((a, b)) {
                continue;
            }
            match (self.node(a), self.node(b)) {
                (Node::Unknown | Node::Mixed, _)
                | (_, Node::Unknown | Node::Mixed)
                | (Node::Bool, Node::Bool)
                | (Node::String, Node::String)
                | (Node::Int(_) | Node::Float, Node::Int(_) | Node::Float) => {}
                (Node::List(a), Node::List(b)) | (Node::Map(a), Node::Map(b)) => pairs.push((a.to, b.to)),
                (Node::Map(map), Node::Object(fields)) | (Node::Object(fields), Node::Map(map)) => {
                    // An empty object is a map of nothing known: it says nothing against fields.
                    if !self.is_blank(map.to) && !fields.is_empty() {
                        return false;
                    }
                }
                (Node::Object(a), Node::Object(b)) => {
                    let shared = a.iter().filter_map(|(key, field)| Some((field, b.get(key)?)));
                    pairs.extend(shared.map(|(a, b)| (a.edge.to, b.edge.to)));
                }
                (
                    Node::Bool
                    | Node::String
                    | Node::Int(_)
                    | Node::Float
                    | Node::List(_)
                    | Node::Map(_)
                    | Node::Object(_)
                    | Node::Merged(_),
                    _,
                ) => return false,
            }
        }
        true
    }

    fn is_blank(&self, id: NodeId) -> bool {
        matches!(self.node(id), Node::Unknown)
    }

    /// Makes two nodes one, and those that they lead to by the same key.
    fn unite(&mut self, a: NodeId, b: NodeId) {
        let mut pairs = vec![(a, b)];
        while let Some((a, b)) = pairs.pop() {
            let (a, b) = (self.find(a), self.find(b));
            if a == b {
                continue;
            }
            let taken = |graph: &mut Self, id: NodeId, put| {
                graph
                    .nodes
                    .get_mut(id)
                    .map_or(Node::Unknown, |node| std::mem::replace(node, put))
            };
            let from = taken(self, b, Node::Merged(a));
            let into = taken(self, a, Node::Unknown);
            let united = self.united(into, from, &mut pairs);
            taken(self, a, united);
        }
    }

    fn united(&self, a: Node, b: Node, pairs: &mut Vec<(NodeId, NodeId)>) -> Node {
        match (a, b) {
            (Node::Unknown, node) | (node, Node::Unknown) => node,
            (Node::Bool, Node::Bool) => Node::Bool,
            (Node::String, Node::String) => Node::String,
            (Node::Int(a), Node::Int(b)) => Node::Int(a.join(b)),
            (Node::Int(_) | Node::Float, Node::Int(_) | Node::Float) => Node::Float,
            (Node::List(a), Node::List(b)) => Node::List(a.unite(b, pairs)),
            (Node::Map(a), Node::Map(b)) => Node::Map(a.unite(b, pairs)),
            (Node::Object(fields), Node::Map(map)) | (Node::Map(map), Node::Object(fields))
                if self.is_blank(map.to) =>
            {
                Node::Object(fields)
            }
            (Node::Object(a), Node::Object(b)) => Node::Object(unite_fields(a, b, pairs)),
            (
                Node::Bool
                | Node::String
                | Node::Int(_)
                | Node::Float
                | Node::List(_)
                | Node::Map(_)
                | Node::Object(_)
                | Node::Mixed
                | Node::Merged(_),
                _,
            ) => Node::Mixed,
        }
    }
}

/// Where a walk over a graph is, and has been.
#[derive(Default)]
struct Walk {
    /// Objects above, each with the key that leads on.
    above: Vec<(NodeId, String)>,
    visited: BTreeSet<NodeId>,
    merged: bool,
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

/// Whether an object is a map: by somebody's word, or by its keys.
fn is_map(object: &Object, path: &[String], forced: &[Forced]) -> bool {
    let word = forced
        .iter()
        .rev()
        .find(|forced| forced.path == path)
        .map(|forced| forced.map);
    object.members.is_empty() || word.unwrap_or_else(|| keys::are_data(object))
}

/// What all values of a map have in common.
fn values(object: Object) -> Shape {
    object
        .members
        .into_values()
        .map(|member| member.shape)
        .fold(Shape::default(), Shape::join)
}
