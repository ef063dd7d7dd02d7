//! Values that are made of types, where nobody shows any.
//!
//! In: a type, and what is shown of its members. Out: JSON of all members, as far as that is not too much; what must be there is. A value
//! that would not be read as its type is none.

use crate::config::formats;
use crate::infer::accepts::decode;
use crate::infer::read;
use crate::ir::{StructField, Type, TypeId, TypeKind, Types, Union};

/// Deeper values have only what must be there.
const ALL_DEPTH: usize = 3;

/// Nothing deeper is made.
const MOST_DEPTH: usize = 12;

/// After as many members there is only what must be there.
const MOST_MEMBERS: usize = 120;

/// A value of this type; `None` if there is none that ends.
pub(super) fn made(types: &Types, ty: &Type) -> Option<String> {
    let mut maker = Maker {
        types,
        open: Vec::new(),
        members: 0,
    };
    let text = maker.value(ty, None)?;
    maker.is_of(ty, &text).then_some(text)
}

struct Maker<'a> {
    types: &'a Types,
    /// Types that are being made.
    open: Vec<TypeId>,
    members: usize,
}

impl Maker<'_> {
    /// Whether a value is read as this type.
    fn is_of(&self, ty: &Type, text: &str) -> bool {
        read(text).is_some_and(|reading| {
            let decoded = decode(self.types, ty, &reading.json);
            decoded.drift.is_empty() && decoded.value.is_some()
        })
    }

    fn value(&mut self, ty: &Type, shown: Option<&str>) -> Option<String> {
        if let Some(shown) = shown.filter(|shown| self.is_of(ty, shown)) {
            return Some(shown.to_owned());
        }
        Some(match ty {
            Type::Value => "null".to_owned(),
            Type::Bool => "true".to_owned(),
            Type::I64 | Type::U64 => "1".to_owned(),
            Type::F64 | Type::Number => "1.5".to_owned(),
            Type::String | Type::File | Type::FileOrText => "\"string\"".to_owned(),
            // What a type of the user's own reads, nobody else knows.
            Type::External(path) => format!("\"{}\"", formats::sample(path)?),
            Type::List(item) => format!("[{}]", self.value(item, None).unwrap_or_default()),
            Type::Map(_) => "{}".to_owned(),
            Type::Nullable(inner) => self.value(inner, None).unwrap_or_else(|| "null".to_owned()),
            Type::Named(id) => return self.named(*id),
        })
    }

    fn named(&mut self, id: TypeId) -> Option<String> {
        let types = self.types;
        if self.open.contains(&id) || self.open.len() > MOST_DEPTH {
            return None;
        }
        let def = types.get(id);
        if let Some(own) = &def.example
            && self.is_of(&Type::Named(id), own)
        {
            return Some(own.clone());
        }
        self.open.push(id);
        let made = match &def.kind {
            TypeKind::Struct(fields) => self.object(fields, None),
            TypeKind::OpenEnum(values) => values.first().map(|value| quoted(&value.text)),
            TypeKind::Union(union) => self.union(union),
        };
        self.open.pop();
        made
    }

    /// The first alternative that there is a value of, with what the tag says for it.
    fn union(&mut self, union: &Union) -> Option<String> {
        let types = self.types;
        union.alternatives.iter().find_map(|own| {
            let tag = union.own_tag().zip(own.tagged.first().map(String::as_str));
            match (&own.ty, tag) {
                (Type::Named(id), Some(tag)) if !self.open.contains(id) => {
                    self.open.push(*id);
                    let made = match &types.get(*id).kind {
                        TypeKind::Struct(fields) => self.object(fields, Some(tag)),
                        TypeKind::OpenEnum(_) | TypeKind::Union(_) => None,
                    };
                    self.open.pop();
                    made
                }
                (ty, _) => self.value(ty, None),
            }
        })
    }

    /// An object, whose tag says this; `None` if something that must be there cannot be made.
    fn object(&mut self, fields: &[StructField], tag: Option<(&str, &str)>) -> Option<String> {
        let mut members: Vec<String> = Vec::new();
        for field in fields.iter().filter(|field| !field.is_rest) {
            let value = match tag.filter(|(key, _)| *key == field.key) {
                Some((_, text)) if field.ty == Type::I64 || field.ty == Type::Bool => Some(text.to_owned()),
                Some((_, text)) => Some(quoted(text)),
                None => self.member(field),
            };
            match value {
                Some(value) => members.push(format!("{}:{value}", quoted(&field.key))),
                None if field.required => return None,
                None => {}
            }
        }
        if let Some((key, text)) = tag.filter(|(key, _)| fields.iter().all(|field| field.key != *key)) {
            members.push(format!("{}:{}", quoted(key), quoted(text)));
        }
        Some(format!("{{{}}}", members.join(",")))
    }

    fn member(&mut self, field: &StructField) -> Option<String> {
        self.members += 1;
        let is_much = self.open.len() > ALL_DEPTH || self.members > MOST_MEMBERS;
        let says_nothing = field.ty == Type::Value && field.example.is_none();
        if !field.required && (is_much || says_nothing) {
            return None;
        }
        self.value(&field.ty, field.example.as_deref())
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
