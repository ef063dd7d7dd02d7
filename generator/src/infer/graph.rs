//! Shapes as a graph, in which an object that contains itself is one node.
//!
//! In: a joined [`Shape`], a tree. Out: a [`Graph`] whose nodes are what types will be made of: objects whose keys are data have
//! become maps, and an object below another of the same kind has been merged into it: the five levels of nodes that a sample
//! happens to show become one node that leads to itself.

use std::collections::{BTreeMap, BTreeSet};

use super::keys;
use super::measure::Fractions;
use super::shape::{Kind, Object, Range, Shape};
use super::tags::Tags;
use crate::ir::JsonKind;

/// Nodes that refer to each other by index.
#[derive(Debug, Default)]
pub struct Graph {
    pub(super) nodes: Vec<Node>,
    /// What objects say of themselves, by their node.
    pub(super) tags: BTreeMap<NodeId, Tags>,
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
    /// A date and a time, as text.
    DateTime,
    /// A list of such items.
    List(Edge),
    /// An object whose keys are data, with such values.
    Map(Edge),
    /// An object with these fields, by key.
    Object(BTreeMap<String, Field>),
    /// Values of different kinds: one node of each, by kind. None: of kinds that no type tells apart.
    Mixed(BTreeMap<JsonKind, NodeId>),
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
            Node::Mixed(parts) => parts.values().map(|part| self.find(*part)).collect(),
            Node::Unknown
            | Node::Bool
            | Node::Int(_)
            | Node::Float
            | Node::String
            | Node::DateTime
            | Node::Merged(_) => Vec::new(),
        }
    }

    /// Lets numbers have a fraction whose key says that they may, whatever the samples show.
    pub(super) fn widen(&mut self, fractions: &Fractions) {
        let mut wide = Vec::new();
        for node in &self.nodes {
            let Node::Object(fields) = node else {
                continue;
            };
            for (key, field) in fields {
                let mut number = field.edge.to;
                // A list may hold itself; coordinates are two or three deep.
                for _ in 0..4 {
                    match self.node(number) {
                        Node::List(items) => number = items.to,
                        Node::Mixed(parts) => {
                            number = parts.get(&JsonKind::Number).copied().unwrap_or(number);
                        }
                        Node::Unknown | Node::Bool | Node::Int(_) | Node::Float | Node::String => break,
                        Node::DateTime | Node::Map(_) | Node::Object(_) | Node::Merged(_) => break,
                    }
                }
                if matches!(self.node(number), Node::Int(range) if !range.beyond)
                    && (fractions.may_have_one(key) || self.is_sum(key, fields, fractions))
                {
                    wide.push(self.find(number));
                }
            }
        }
        for id in wide {
            if let Some(node) = self.nodes.get_mut(id) {
                *node = Node::Float;
            }
        }
    }

    fn is_sum(&self, key: &str, fields: &BTreeMap<String, Field>, fractions: &Fractions) -> bool {
        let beside = fields.keys().map(String::as_str);
        let items = fields.values().filter_map(|field| {
            let Node::List(items) = self.node(field.edge.to) else {
                return None;
            };
            let Node::Object(fields) = self.node(items.to) else {
                return None;
            };
            Some(fields.keys().map(String::as_str))
        });
        fractions.is_sum(key, beside.clone(), beside.chain(items.flatten()))
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

    pub(super) fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn add(&mut self, shape: Shape, path: &mut Vec<String>, forced: &[Forced]) -> Edge {
        Edge {
            to: self.add_kind(shape.kind, path, forced),
            null: shape.null,
        }
    }

    fn add_kind(&mut self, kind: Kind, path: &mut Vec<String>, forced: &[Forced]) -> NodeId {
        let mut tags = None;
        let node = match kind {
            Kind::Unknown => Node::Unknown,
            Kind::Bool => Node::Bool,
            Kind::Int(range) => Node::Int(range),
            Kind::Float => Node::Float,
            Kind::String => Node::String,
            Kind::DateTime => Node::DateTime,
            Kind::Mixed(parts) => {
                let parts = parts.into_iter().filter_map(|part| {
                    let kind = part.class()?;
                    Some((kind, self.add_kind(part, path, forced)))
                });
                Node::Mixed(parts.collect())
            }
            Kind::List(items) => Node::List(self.below("[]", *items, path, forced)),
            Kind::Object(object) if is_map(&object, path, forced) => {
                Node::Map(self.below("{}", values(object), path, forced))
            }
            Kind::Object(mut object) => {
                tags = object.tags.take();
                self.object(object, path, forced)
            }
        };
        let id = self.push(node);
        self.tags.extend(tags.map(|tags| (id, tags)));
        id
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
