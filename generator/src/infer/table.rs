//! The types of a collection: each shape once, by the name of where it came first.
//!
//! In: a joined [`Shape`] and where it stands. Out: an [`ir::Type`], and definitions in [`ir::Types`]. A later shape that equals
//! an earlier one reuses its type, and nothing that comes later changes what an earlier one made. For what is received, shapes
//! are equal whatever the order of their fields and wherever null was seen; for what is sent, both count.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::graph::{Edge, Field, Forced, Graph, Node, NodeId};
use super::shape::{Range, Shape};
use crate::ir::{Docs, Evidence, Origin, StructField, Type, TypeDef, TypeId, TypeKind, Types};

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
    /// Which way the value goes.
    pub direction: Direction,
}

/// What types there are, by what they look like.
#[derive(Debug, Default)]
pub struct Table {
    /// Numbers of the signatures met so far.
    signatures: BTreeMap<String, usize>,
    /// The first type of each signature, in either reading.
    known: BTreeMap<(Direction, usize), TypeId>,
}

impl Table {
    /// The type of a shape at a place; new definitions go to `types`.
    pub fn type_of(&mut self, types: &mut Types, placed: Placed<'_>) -> Type {
        let (graph, root) = Graph::of(placed.shape, placed.forced);
        let endless = graph.endless();
        let mut typing = Typing {
            table: self,
            types,
            graph,
            endless,
            direction: placed.direction,
            origin: placed.origin.clone(),
            made: BTreeMap::new(),
            under_way: BTreeSet::new(),
            numbers: BTreeMap::new(),
        };
        typing.item(root)
    }
}

/// Marks a type, and all that it holds, as part of something sent or received.
pub fn mark(types: &mut Types, ty: &Type, direction: Direction) {
    let mut rest: Vec<TypeId> = named(ty).into_iter().collect();
    while let Some(id) = rest.pop() {
        let def = types.get_mut(id);
        let flag = match direction {
            Direction::Sent => &mut def.sent,
            Direction::Received => &mut def.received,
        };
        if std::mem::replace(flag, true) {
            continue;
        }
        match &def.kind {
            TypeKind::Struct(fields) => rest.extend(fields.iter().filter_map(|field| named(&field.ty))),
            TypeKind::OpenEnum(_) => {}
        }
    }
}

/// The named type that a type is, or is a list, map or maybe of.
pub fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        Type::Value
        | Type::Bool
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::String
        | Type::File
        | Type::External(_) => None,
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
            Node::Unknown | Node::Mixed | Node::Merged(_) => Type::Value,
            Node::Bool => Type::Bool,
            Node::Int(range) => integer(range),
            Node::Float => Type::F64,
            Node::String => Type::String,
            Node::List(edge) => Type::List(Box::new(self.below("[]", edge))),
            Node::Map(edge) => Type::Map(Box::new(self.below("{}", edge))),
            Node::Object(fields) => Type::Named(self.object(id, fields)),
        }
    }

    fn below(&mut self, step: &str, edge: Edge) -> Type {
        self.origin.path.push(step.to_owned());
        let ty = self.item(edge);
        self.origin.path.pop();
        ty
    }

    fn object(&mut self, id: NodeId, fields: BTreeMap<String, Field>) -> TypeId {
        if let Some(made) = self.made.get(&id) {
            return *made;
        }
        let signatures =
            [Direction::Sent, Direction::Received].map(|reading| (reading, self.signature(reading, id)));
        let own = signatures.iter().find(|(reading, _)| *reading == self.direction);
        if let Some(known) = own.and_then(|own| self.table.known.get(own)).copied() {
            mark(self.types, &Type::Named(known), self.direction);
            self.made.insert(id, known);
            return known;
        }
        let made = self.types.add(self.blank());
        self.made.insert(id, made);
        for signature in signatures {
            self.table.known.entry(signature).or_insert(made);
        }
        self.under_way.insert(id);
        let fields = in_order(fields)
            .into_iter()
            .map(|(key, field)| self.field(key, field))
            .collect();
        self.under_way.remove(&id);
        self.types.get_mut(made).kind = TypeKind::Struct(fields);
        made
    }

    fn blank(&self) -> TypeDef {
        TypeDef {
            origin: self.origin.clone(),
            kind: TypeKind::Struct(Vec::new()),
            docs: Docs::default(),
            sent: self.direction == Direction::Sent,
            received: self.direction == Direction::Received,
            name: None,
        }
    }

    fn field(&mut self, key: String, field: Field) -> StructField {
        self.origin.path.push(key.clone());
        let ty = self.ty(field.edge.to);
        self.origin.path.pop();
        let closes = self.under_way.contains(&self.graph.find(field.edge.to));
        StructField {
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
            Node::Unknown | Node::Mixed | Node::Merged(_) => text.push('v'),
            Node::Bool => text.push('b'),
            Node::Int(range) => {
                let _ = write!(text, "{:?}", integer(range));
            }
            Node::Float => text.push_str("F64"),
            Node::String => text.push('s'),
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

fn integer(range: Range) -> Type {
    match range {
        Range { above: false, .. } => Type::I64,
        Range {
            above: true,
            negative: false,
        } => Type::U64,
        Range {
            above: true,
            negative: true,
        } => Type::F64,
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

#[cfg(test)]
mod tests {
    use super::super::json::read;
    use super::*;
    use crate::ir::{Place, Role};

    /// Types samples one after the other, each as an operation of its own, and spells the types out.
    fn typed(direction: Direction, samples: &[&str]) -> (Types, Vec<String>) {
        let mut types = Types::default();
        let mut table = Table::default();
        let tys: Vec<Type> = samples
            .iter()
            .map(|text| {
                let shape = Shape::of(&read(text).unwrap().json, &mut 0);
                let origin = Origin {
                    operation: Place::default(),
                    operation_name: (*text).to_owned(),
                    role: Role::Result(200),
                    path: Vec::new(),
                };
                let placed = Placed {
                    shape,
                    forced: &[],
                    origin: &origin,
                    direction,
                };
                table.type_of(&mut types, placed)
            })
            .collect();
        let spelled = tys.iter().map(|ty| spell(&types, ty, 3)).collect();
        (types, spelled)
    }

    /// A type in words: `1{a: I64, b?: [String]}`, where 1 is its number, `?` is null and `*` a box.
    fn spell(types: &Types, ty: &Type, depth: usize) -> String {
        match ty {
            Type::List(inner) => format!("[{}]", spell(types, inner, depth)),
            Type::Map(inner) => format!("<{}>", spell(types, inner, depth)),
            Type::Nullable(inner) => format!("{}?", spell(types, inner, depth)),
            Type::Named(id) if depth == 0 => id.0.to_string(),
            Type::Named(id) => match &types.get(*id).kind {
                TypeKind::Struct(fields) => {
                    let fields: Vec<_> = fields
                        .iter()
                        .map(|field| spell_field(types, field, depth))
                        .collect();
                    format!("{}{{{}}}", id.0, fields.join(", "))
                }
                TypeKind::OpenEnum(_) => "enum".to_owned(),
            },
            Type::Value
            | Type::Bool
            | Type::I64
            | Type::U64
            | Type::F64
            | Type::String
            | Type::File
            | Type::External(_) => format!("{ty:?}"),
        }
    }

    fn spell_field(types: &Types, field: &StructField, depth: usize) -> String {
        let null = if field.nullable { "?" } else { "" };
        let boxed = if field.boxed { "*" } else { "" };
        format!(
            "{}{null}: {boxed}{}",
            field.key,
            spell(types, &field.ty, depth - 1)
        )
    }

    fn received(sample: &str) -> String {
        typed(Direction::Received, &[sample]).1.concat()
    }

    #[test]
    fn values_have_the_narrowest_type() {
        for (sample, ty) in [
            ("[1, 2]", "[I64]"),
            ("[1, 2.5]", "[F64]"),
            ("[1, 18446744073709551615]", "[U64]"),
            ("[-1, 18446744073709551615]", "[F64]"),
            ("[1, \"a\"]", "[Value]"),
            ("[null, \"a\"]", "[String?]"),
            ("[null]", "[Value]"),
            ("[[], [1]]", "[[I64]]"),
            ("[]", "[Value]"),
            ("{}", "<Value>"),
            ("{\"1\": true, \"2\": null}", "<Bool?>"),
            ("{\"z\": 1, \"a\": null}", "0{z: I64, a?: Value}"),
            ("[{\"b\": 1}, {\"a\": 2, \"b\": null}]", "[0{b?: I64, a: I64}]"),
        ] {
            assert_eq!(received(sample), ty, "{sample}");
        }
    }

    #[test]
    fn an_object_in_itself_is_one_type() {
        let tree =
            r#"{"name": "a", "children": [{"name": "b", "children": [{"name": "c", "children": []}]}]}"#;
        assert_eq!(
            received(tree),
            "0{name: String, children: [0{name: String, children: [0{name: String, children: [0]}]}]}"
        );
        let chain = r#"{"id": 1, "parent": {"id": 2, "parent": null}}"#;
        assert_eq!(
            received(chain),
            "0{id: I64, parent?: *0{id: I64, parent?: *0{id: I64, parent?: *0}}}"
        );
        let by_a_stop = r#"{"left": {"id": 1, "right": {"id": 2, "left": {"id": 3, "right": null}}}, "id": 0, "right": null}"#;
        assert!(received(by_a_stop).contains("*0"), "{}", received(by_a_stop));
    }

    #[test]
    fn an_object_in_another_is_not() {
        let owner = r#"{"id": 1, "name": "a", "owner": {"id": 2, "name": "b"}}"#;
        assert_eq!(
            received(owner),
            "0{id: I64, name: String, owner: 1{id: I64, name: String}}"
        );
        let clash = r#"{"id": 1, "child": {"id": "x", "child": null}}"#;
        assert_eq!(received(clash), "0{id: I64, child: 1{id: String, child?: Value}}");
    }

    #[test]
    fn equal_shapes_are_one_type() {
        let (types, spelled) = typed(
            Direction::Received,
            &[
                r#"{"a": {"x": 1, "y": null}}"#,
                r#"{"y": null, "x": 5}"#,
                r#"[{"x": 1, "y": null}]"#,
                r#"{"x": 1.5, "y": null}"#,
            ],
        );
        assert_eq!(spelled[1], "1{x: I64, y?: Value}");
        assert_eq!(spelled[2], "[1{x: I64, y?: Value}]");
        assert!(spelled[3].starts_with('2'));
        assert_eq!(types.iter().count(), 3);
    }

    #[test]
    fn equal_recursive_shapes_are_one_type() {
        let tree = r#"{"name": "a", "children": [{"name": "b", "children": []}]}"#;
        let (types, spelled) = typed(Direction::Received, &[tree, &format!(r#"{{"tree": {tree}}}"#)]);
        assert!(spelled[1].starts_with("1{tree: 0{"), "{}", spelled[1]);
        assert_eq!(types.iter().count(), 2);
    }

    #[test]
    fn what_is_sent_keeps_its_order_and_its_nulls() {
        let (types, _) = typed(
            Direction::Sent,
            &[
                r#"{"a": 1, "b": "x"}"#,
                r#"{"b": "x", "a": 1}"#,
                r#"{"a": 1, "b": "y"}"#,
            ],
        );
        assert_eq!(types.iter().count(), 2);
        let (types, _) = typed(Direction::Sent, &[r#"[{"a": 1}]"#, r#"[{"a": 1}, {"a": null}]"#]);
        assert_eq!(types.iter().count(), 2);
    }

    #[test]
    fn a_later_shape_changes_nothing() {
        let samples = [
            r#"{"a": {"x": 1}, "b": [{"y": null}]}"#,
            r#"{"x": null}"#,
            r#"{"x": 1, "y": [{"x": 1}]}"#,
        ];
        let (before, _) = typed(Direction::Received, &samples[..1]);
        let (after, _) = typed(Direction::Received, &samples);
        for (id, def) in before.iter() {
            assert_eq!(format!("{def:?}"), format!("{:?}", after.get(id)));
        }
    }

    #[test]
    fn deep_samples_are_typed() {
        let deep = format!("{}1{}", r#"{"a": ["#.repeat(50), "]}".repeat(50));
        let (types, _) = typed(Direction::Received, &[&deep]);
        assert!(types.iter().count() > 0);
    }
}
