//! Unions, as samples show them: values of several kinds, and objects that say in one member what they are.
//!
//! In: a node of the graph. Out: the type of each alternative, and the union of them. Whole bodies of requests are none: they
//! have one sample.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{NodeId, Typing};
use crate::infer::graph::{Field, Node};
use crate::infer::tags::{Group, Tags};
use crate::ir::types::OBJECT;
use crate::ir::{Alternative, Docs, JsonKind, Type, TypeId, TypeKind, Union, alternative_step};

impl Typing<'_> {
    /// The type of values of these kinds.
    pub(super) fn mixed(&mut self, id: NodeId, parts: &BTreeMap<JsonKind, NodeId>) -> Type {
        if parts.len() < 2 || super::is_body(&self.origin) {
            return Type::Value;
        }
        let signature = self.signature(self.direction, id);
        Type::Named(self.define(Some(id), signature, &[], |typing| {
            let alternatives = parts.iter().map(|(kind, part)| typing.alternative(*kind, *part));
            TypeKind::Union(Union {
                tag: None,
                alternatives: alternatives.collect(),
            })
        }))
    }

    fn alternative(&mut self, kind: JsonKind, part: NodeId) -> Alternative {
        let ty = match self.graph.node(part) {
            // A list needs no word for its items, nor a map: they are called as what they are in.
            Node::Object(_) => self.at(alternative_step(OBJECT), |typing| typing.ty(part)),
            Node::Unknown | Node::Bool | Node::Int(_) | Node::Float | Node::String | Node::DateTime => {
                self.ty(part)
            }
            Node::List(_) | Node::Map(_) | Node::Mixed(_) | Node::Merged(_) => self.ty(part),
        };
        debug_assert!(
            self.types.kind_of(&ty).is_none_or(|own| own == kind),
            "parts are kept by kind"
        );
        Alternative {
            boxed: self.under_way.contains(&self.graph.find(part)) && matches!(ty, Type::Named(_)),
            ty,
            tagged: Vec::new(),
            docs: Docs::default(),
            name: None,
        }
    }

    /// Whether objects are told apart by what they say of themselves.
    pub(super) fn are_told_apart(&self, id: NodeId) -> bool {
        self.graph.tags.get(&id).is_some_and(Tags::tell_apart)
    }

    /// Spells out which objects have what.
    pub(super) fn spell_tags(&self, id: NodeId, spelled: &mut String) {
        let Some(tags) = self.graph.tags.get(&id) else {
            return;
        };
        let _ = write!(spelled, "by {:?}", tags.key);
        for (text, group) in &tags.groups {
            let _ = write!(spelled, " {text:?}{:?}", group.members.keys());
        }
    }

    /// The union of the objects of a node, by what they say they are.
    pub(super) fn tagged(&mut self, id: NodeId, fields: &BTreeMap<String, Field>) -> TypeId {
        let tags = self.graph.tags.get(&id).cloned();
        let (key, mut groups) = tags.map_or_else(Default::default, |tags| {
            (tags.key, tags.groups.into_iter().collect::<Vec<_>>())
        });
        groups.sort_by_key(|(_, group)| group.first);
        let signature = self.signature(self.direction, id);
        let keys: Vec<&str> = fields.keys().map(String::as_str).collect();
        self.define(Some(id), signature, &keys, |typing| {
            let alternatives = groups.into_iter().map(|(text, group)| {
                let ty = Type::Named(typing.of_group(signature, &text, &group, fields));
                Alternative {
                    ty,
                    boxed: false,
                    tagged: vec![text],
                    docs: Docs::default(),
                    name: None,
                }
            });
            TypeKind::Union(Union {
                tag: Some(key),
                alternatives: alternatives.collect(),
            })
        })
    }

    /// The struct of the objects that say this of themselves.
    fn of_group(
        &mut self,
        union: usize,
        text: &str,
        group: &Group,
        fields: &BTreeMap<String, Field>,
    ) -> TypeId {
        let own = fields.iter().filter_map(|(key, field)| {
            let seen = *group.members.get(key)?;
            let field = Field {
                samples: group.samples,
                seen,
                nulls: field.nulls.min(seen),
                ..*field
            };
            Some((key.clone(), field))
        });
        let own: BTreeMap<String, Field> = own.collect();
        let next = self.table.signatures.len();
        let signature = format!("{text:?} of #{union}");
        let signature = *self.table.signatures.entry(signature).or_insert(next);
        let keys: Vec<String> = own.keys().cloned().collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.at(alternative_step(text), |typing| {
            typing.define(None, signature, &keys, |typing| typing.strukt(own))
        })
    }
}
