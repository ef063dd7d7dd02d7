//! The types of a collection: each shape once, by the name of where it came first.
//!
//! In: a joined [`Shape`] and where it stands. Out: a [`Type`], and definitions in [`Types`]. A later shape that equals
//! an earlier one and is about the same thing ([`Subject`]) reuses its type, and nothing that comes later changes what an earlier
//! one made: what is sent and what is received never share one, or a later item could change what its type can do. For what is received, shapes are equal whatever
//! the order of their fields and wherever null was seen; for what is sent, both count, and each whole body is a type of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::graph::{Edge, Field, Forced, Graph, Node, NodeId};
use super::keys;
use super::measure::Fractions;
use super::recursion;
use super::shape::{Range, Shape};
use super::subject::{Group, Subject};
use crate::ir::{Docs, Evidence, Origin, Role, StructField, Type, TypeDef, TypeId, TypeKind, Types};

/// Deepest nesting of types that are made.
const MAX_DEPTH: usize = 300;

/// Most nodes of a recursive type that are compared with another's.
const MAX_SPELLED: usize = 1000;

/// Whether a value goes out or comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Part of a request.
    Sent,
    /// Part of an answer.
    Received,
}

/// A shape, and where it stands.
#[derive(Clone, Debug)]
pub struct Placed<'a> {
    /// What fits all samples there.
    pub shape: Shape,
    /// Objects of which somebody knows better whether their keys are data.
    pub forced: &'a [Forced],
    /// The place.
    pub origin: &'a Origin,
    /// The words for what its operation is about; none if nothing tells.
    pub about: &'a [String],
    /// Which way the value goes.
    pub direction: Direction,
}

/// What types there are, by what they look like.
#[derive(Debug, Default)]
pub struct Table {
    /// The path of the type of dates with times; text without one.
    datetime: Option<&'static str>,
    /// Keys of numbers that have a fraction somewhere.
    fractions: Fractions,
    /// Numbers of the signatures met so far.
    signatures: BTreeMap<String, usize>,
    /// The types of each signature, for each direction.
    known: BTreeMap<(Direction, usize), Group<TypeId>>,
}

impl Table {
    /// A table without types, in which dates with times are of the type of this path, and numbers of these keys have a fraction
    /// somewhere.
    pub fn new(datetime: Option<&'static str>, fractions: Fractions) -> Self {
        Self {
            datetime,
            fractions,
            ..Self::default()
        }
    }

    /// The type of a shape at a place; new definitions go to `types`.
    pub fn type_of(&mut self, types: &mut Types, mut placed: Placed<'_>) -> Type {
        if placed.direction == Direction::Received {
            keys::leave_out_made_up(&mut placed.shape);
            // `{}` alone is what people save who do not care: it says nothing, not even that a list is none.
            if placed.origin.path.is_empty() && placed.forced.is_empty() && placed.shape.is_empty_object() {
                return Type::Value;
            }
        }
        let (mut graph, root) = Graph::of(placed.shape, placed.forced);
        recursion::merge(&mut graph, root.to);
        if placed.direction == Direction::Received {
            graph.widen(&self.fractions);
        }
        let endless = graph.endless();
        let mut typing = Typing {
            table: self,
            types,
            graph,
            endless,
            direction: placed.direction,
            origin: placed.origin.clone(),
            about: placed.about,
            made: BTreeMap::new(),
            under_way: BTreeSet::new(),
            numbers: BTreeMap::new(),
        };
        typing.item(root)
    }
}

/// Marks a type, and all that it holds, as part of something sent or received.
pub fn mark(types: &mut Types, ty: &Type, direction: Direction) {
    match direction {
        Direction::Sent => types.mark(ty, |def| &mut def.sent),
        Direction::Received => types.mark(ty, |def| &mut def.received),
    }
}

/// The typing of one graph.
struct Typing<'a> {
    table: &'a mut Table,
    types: &'a mut Types,
    graph: Graph,
    /// Nodes that no finite signature can spell out.
    endless: BTreeSet<NodeId>,
    direction: Direction,
    /// Where the walk is.
    origin: Origin,
    /// The words for what its operation is about; none if nothing tells.
    about: &'a [String],
    /// Types of the nodes of this graph.
    made: BTreeMap<NodeId, TypeId>,
    /// Objects whose fields are being typed.
    under_way: BTreeSet<NodeId>,
    /// Numbers of signatures, by reading and node.
    numbers: BTreeMap<(Direction, NodeId), usize>,
}

impl Typing<'_> {
    /// The type of an item of a list or map, or of the whole: with its null.
    fn item(&mut self, edge: Edge) -> Type {
        match self.ty(edge.to) {
            Type::Value => Type::Value,
            ty if edge.null => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }

    fn ty(&mut self, id: NodeId) -> Type {
        if self.origin.path.len() > MAX_DEPTH {
            return Type::Value;
        }
        let id = self.graph.find(id);
        match self.graph.node(id).clone() {
            Node::Unknown | Node::Merged(_) => Type::Value,
            Node::Mixed(parts) => self.mixed(id, &parts),
            Node::Bool => Type::Bool,
            Node::Int(range) => integer(range),
            Node::Float => Type::F64,
            Node::String => Type::String,
            Node::DateTime => self
                .table
                .datetime
                .map_or(Type::String, |path| Type::External(path.to_owned())),
            Node::List(edge) => Type::List(Box::new(self.below("[]", edge))),
            Node::Map(edge) => Type::Map(Box::new(self.below("{}", edge))),
            Node::Object(fields) => Type::Named(self.object(id, fields)),
        }
    }

    fn below(&mut self, step: &str, edge: Edge) -> Type {
        self.at(step.to_owned(), |typing| typing.item(edge))
    }

    /// Types what is a step down.
    fn at<T>(&mut self, step: String, ty: impl FnOnce(&mut Self) -> T) -> T {
        self.origin.path.push(step);
        let ty = ty(self);
        self.origin.path.pop();
        ty
    }

    fn object(&mut self, id: NodeId, fields: BTreeMap<String, Field>) -> TypeId {
        if self.are_told_apart(id) && !is_body(&self.origin) {
            return self.tagged(id, &fields);
        }
        let signature = self.signature(self.direction, id);
        let keys: Vec<String> = fields.keys().cloned().collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.define(Some(id), signature, &keys, |typing| typing.strukt(fields))
    }

    /// The type of this signature: one that was made before of the same and is about the same thing, or a new one.
    fn define(
        &mut self,
        id: Option<NodeId>,
        signature: usize,
        keys: &[&str],
        make: impl FnOnce(&mut Self) -> TypeKind,
    ) -> TypeId {
        if let Some(made) = id.and_then(|id| self.made.get(&id)) {
            return *made;
        }
        let signature = (self.direction, signature);
        let subject = Subject::of(&self.origin, self.about, keys.iter().copied());
        let same = self.table.known.get(&signature);
        let same = same.and_then(|known| known.find(&subject));
        let same = same.filter(|_| !is_body(&self.origin));
        let made = same.unwrap_or_else(|| self.types.add(self.blank()));
        self.table.known.entry(signature).or_default().note(subject, made);
        self.made.extend(id.map(|id| (id, made)));
        if same.is_some() {
            return made;
        }
        self.under_way.extend(id);
        let kind = make(self);
        if let Some(id) = id {
            self.under_way.remove(&id);
        }
        self.types.get_mut(made).kind = kind;
        made
    }

    fn strukt(&mut self, fields: BTreeMap<String, Field>) -> TypeKind {
        let fields = in_order(fields).into_iter();
        TypeKind::Struct(fields.map(|(key, field)| self.field(key, field)).collect())
    }

    fn blank(&self) -> TypeDef {
        TypeDef {
            origin: self.origin.clone(),
            kind: TypeKind::Struct(Vec::new()),
            docs: Docs::default(),
            sent: self.direction == Direction::Sent,
            received: self.direction == Direction::Received,
            name: None,
            declared: None,
            is_declared: false,
            is_closed: false,
            example: None,
        }
    }

    fn field(&mut self, key: String, field: Field) -> StructField {
        let ty = self.at(key.clone(), |typing| typing.ty(field.edge.to));
        let closes = self.under_way.contains(&self.graph.find(field.edge.to));
        StructField {
            in_form: None,
            example: None,
            key,
            boxed: closes && matches!(ty, Type::Named(_)),
            ty,
            nullable: field.edge.null,
            required: false,
            docs: Docs::default(),
            evidence: Evidence {
                samples: field.samples,
                seen: field.seen,
                null: field.nulls,
            },
            name: None,
            is_rest: false,
        }
    }

    /// The number of a node's signature in one reading: equal for nodes that make equal types.
    fn signature(&mut self, reading: Direction, id: NodeId) -> usize {
        let id = self.graph.find(id);
        if let Some(number) = self.numbers.get(&(reading, id)) {
            return *number;
        }
        let mut text = String::new();
        let mut met = BTreeMap::new();
        self.spell(reading, id, &mut text, &mut met);
        let next = self.table.signatures.len();
        let number = *self.table.signatures.entry(text).or_insert(next);
        self.numbers.insert((reading, id), number);
        number
    }

    /// Spells a node out: finite parts by their numbers, endless ones in full, where a node met before is told by its position.
    fn spell(
        &mut self,
        reading: Direction,
        id: NodeId,
        text: &mut String,
        met: &mut BTreeMap<NodeId, usize>,
    ) {
        let id = self.graph.find(id);
        let position = met.len();
        if let Some(position) = met.get(&id) {
            let _ = write!(text, "^{position}");
            return;
        }
        match self.graph.node(id).clone() {
            Node::Unknown | Node::Merged(_) => text.push('v'),
            Node::Mixed(parts) => {
                met.insert(id, position);
                text.push('|');
                for part in parts.into_values() {
                    self.spell_part(reading, part, text, met);
                }
            }
            Node::Bool => text.push('b'),
            Node::Int(range) => {
                let _ = write!(text, "{:?}", integer(range));
            }
            Node::Float => text.push_str("F64"),
            Node::String => text.push('s'),
            Node::DateTime => text.push(if self.table.datetime.is_some() { 'd' } else { 's' }),
            Node::List(edge) => {
                met.insert(id, position);
                text.push_str(if edge.null { "[?" } else { "[" });
                self.spell_part(reading, edge.to, text, met);
            }
            Node::Map(edge) => {
                met.insert(id, position);
                text.push_str(if edge.null { "<?" } else { "<" });
                self.spell_part(reading, edge.to, text, met);
            }
            Node::Object(fields) => {
                met.insert(id, position);
                text.push('{');
                for (key, field) in in_reading(reading, fields) {
                    let null = reading == Direction::Sent && field.edge.null;
                    let _ = write!(text, "{key:?}{}:", if null { "?" } else { "" });
                    self.spell_part(reading, field.edge.to, text, met);
                }
                text.push('}');
                if self.are_told_apart(id) {
                    self.spell_tags(id, text);
                }
            }
        }
    }

    fn spell_part(
        &mut self,
        reading: Direction,
        id: NodeId,
        text: &mut String,
        met: &mut BTreeMap<NodeId, usize>,
    ) {
        if met.len() > MAX_SPELLED {
            // Too tangled to compare: equal to nothing else.
            let _ = write!(text, "!{}", self.table.signatures.len());
            return;
        }
        if self.endless.contains(&self.graph.find(id)) {
            return self.spell(reading, id, text, met);
        }
        let number = self.signature(reading, id);
        let _ = write!(text, "#{number}");
    }
}

/// Whether this is the whole body of a request. It has a saved value of its own, so each operation has a type of its own:
/// the body of another operation, passed here by mistake, does not compile.
fn is_body(origin: &Origin) -> bool {
    origin.path.is_empty() && origin.role == Role::Body
}

fn integer(range: Range) -> Type {
    match range {
        Range { beyond: true, .. } => Type::Number,
        Range { above: false, .. } => Type::I64,
        Range { negative: false, .. } => Type::U64,
        Range { negative: true, .. } => Type::F64,
    }
}

fn in_order(fields: BTreeMap<String, Field>) -> Vec<(String, Field)> {
    let mut fields: Vec<_> = fields.into_iter().collect();
    fields.sort_by_key(|(_, field)| field.first);
    fields
}

fn in_reading(reading: Direction, fields: BTreeMap<String, Field>) -> Vec<(String, Field)> {
    match reading {
        Direction::Sent => in_order(fields),
        Direction::Received => fields.into_iter().collect(),
    }
}

mod unions;

#[cfg(test)]
mod tests;
