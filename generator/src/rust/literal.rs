//! The body of an example as somebody would write it: what must be given, and some of the rest.
//!
//! In: the type of a body that is declared, and a value of it as JSON. Out: Rust that makes it, and the types that this names. What
//! cannot be written in a few lines has none.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::names::Names;
use super::tree::{Built, InputTy};
use super::types::{self, Marker, TypeItemKind};
use crate::ir::{JsonKind, Shown, StructField, Type, TypeId, TypeKind};

/// How many fields are written that need not be given.
const MOST_FIELDS: usize = 4;
/// How many elements of a list are written.
const MOST_ITEMS: usize = 3;
/// The longest text, and the longest value that need not be given.
const LONGEST: usize = 90;
/// Deeper values are not written.
const MOST_DEPTH: usize = 5;

/// The body of a call, which is called this and passed so.
pub(super) fn built(
    names: &Names<'_>,
    ty: &Type,
    (json, shown): (&str, Shown),
    (name, passed): (&str, &InputTy),
) -> Option<Built> {
    let value: Value = serde_json::from_str(json).ok()?;
    let mut writer = Writer {
        names,
        fields: match shown {
            Shown::Saved | Shown::Example => MOST_FIELDS,
            Shown::Made => 1,
        },
        uses: BTreeSet::new(),
        depth: 0,
    };
    let (lines, passed) = match (passed, ty) {
        (InputTy::Str | InputTy::Into(_), _) => (Vec::new(), format!("{:?}", text(value.as_str()?)?)),
        (InputTy::Plain(_), _) => (Vec::new(), writer.value(ty, &value)?),
        (InputTy::Ref(_), Type::Value) => (Vec::new(), format!("&{}", writer.value(ty, &value)?)),
        (InputTy::Slice(_), Type::List(item)) => {
            let items = writer.items(item, value.as_array()?)?;
            (Vec::new(), format!("&[{}]", items.join(", ")))
        }
        (InputTy::Ref(_), Type::Named(id)) => (writer.statement(name, *id, &value)?, format!("&{name}")),
        (InputTy::Ref(_), _) => {
            let value = writer.value(ty, &value)?;
            (vec![format!("let {name} = {value};")], format!("&{name}"))
        }
        (InputTy::Display | InputTy::Many | InputTy::Members | InputTy::Slice(_), _) => return None,
    };
    writer.is_plain().then(|| Built {
        uses: writer.uses.into_iter().collect(),
        lines,
        passed,
    })
}

struct Writer<'n, 'a> {
    names: &'n Names<'a>,
    /// How many fields are written that need not be given: what nobody shows is worth less.
    fields: usize,
    /// Paths of types from the root.
    uses: BTreeSet<String>,
    depth: usize,
}

impl Writer<'_, '_> {
    /// Whether no two types that are named have one name.
    fn is_plain(&self) -> bool {
        let names = self.uses.iter().map(|path| path.rsplit("::").next());
        names.collect::<BTreeSet<_>>().len() == self.uses.len()
    }

    fn name(&mut self, id: TypeId) -> String {
        let home = self.names.home(id);
        let modules = self
            .names
            .module_path(home.module)
            .iter()
            .map(ToString::to_string);
        let path: Vec<String> = modules.chain([home.ident.to_string()]).collect();
        self.uses.insert(path.join("::"));
        home.ident.to_string()
    }

    /// `let body = Pet { … };`, a line for each field.
    fn statement(&mut self, name: &str, id: TypeId, value: &Value) -> Option<Vec<String>> {
        let Some((head, fields, rest)) = self.parts(id, value) else {
            let value = self.value(&Type::Named(id), value)?;
            return Some(vec![format!("let {name} = {value};")]);
        };
        if fields.is_empty() {
            return Some(vec![format!("let {name} = {};", rest?)]);
        }
        let mut lines = vec![format!("let {name} = {head} {{")];
        lines.extend(fields.iter().map(|field| format!("    {field},")));
        lines.extend(rest.map(|rest| format!("    ..{rest}")));
        lines.push("};".to_owned());
        Some(lines)
    }

    /// The name of a struct, fields that need not be given, and what gives the others.
    fn parts(&mut self, id: TypeId, value: &Value) -> Option<(String, Vec<String>, Option<String>)> {
        let def = self.names.def(id);
        let (TypeKind::Struct(declared), Value::Object(members)) = (&def.kind, value) else {
            return None;
        };
        let TypeItemKind::Struct(strukt) = types::item(self.names, id, None).kind else {
            return None;
        };
        let head = self.name(id);
        let mut args = Vec::new();
        let mut fields = Vec::new();
        for (field, own) in declared.iter().zip(&strukt.fields) {
            let member = members.get(&field.key);
            match own.marker {
                Marker::Required | Marker::RequiredPlain => {
                    let value = member.unwrap_or(&Value::Null);
                    args.push(match (&own.ty, strukt.is_constructed) {
                        (types::Ty::String, true) => format!("{:?}", text(value.as_str()?)?),
                        (types::Ty::Boxed(_), false) => {
                            format!("Box::new({})", self.value(&field.ty, value)?)
                        }
                        _ => self.value(&field.ty, value)?,
                    });
                }
                Marker::Rest => {}
                Marker::Field | Marker::List | Marker::Plain | Marker::File => {
                    let most = if self.depth > 0 && self.fields < MOST_FIELDS {
                        0
                    } else {
                        self.fields
                    };
                    let Some(member) = member.filter(|_| fields.len() < most) else {
                        continue;
                    };
                    let uses = self.uses.clone();
                    match self.optional(field, &own.ty, member) {
                        Some(value) => fields.push(format!("{}: {value}", own.ident)),
                        None => self.uses = uses,
                    }
                }
            }
        }
        let is_all = fields.len() == strukt.fields.len();
        let rest = if strukt.is_constructed {
            Some(format!("{head}::new({})", args.join(", ")))
        } else if !args.is_empty() || !types::has_default(self.names, id) {
            return None;
        } else if fields.is_empty() {
            Some(format!("{head}::default()"))
        } else {
            (!is_all).then(|| "Default::default()".to_owned())
        };
        Some((head, fields, rest))
    }

    /// A field that need not be given, if it is worth a line.
    fn optional(&mut self, field: &StructField, ty: &types::Ty, member: &Value) -> Option<String> {
        if member.is_null() {
            return None;
        }
        let value = self.value(&field.ty, member)?;
        let mut ty = ty;
        let mut written = value;
        let mut wraps = Vec::new();
        while let types::Ty::Option(inner) | types::Ty::Boxed(inner) = ty {
            wraps.push(if matches!(ty, types::Ty::Option(_)) {
                "Some"
            } else {
                "Box::new"
            });
            ty = inner;
        }
        for wrap in wraps.iter().rev() {
            written = format!("{wrap}({written})");
        }
        (written.len() <= LONGEST).then_some(written)
    }

    fn value(&mut self, ty: &Type, value: &Value) -> Option<String> {
        if self.depth > MOST_DEPTH {
            return None;
        }
        self.depth += 1;
        let written = self.written(ty, value);
        self.depth -= 1;
        written
    }

    fn written(&mut self, ty: &Type, value: &Value) -> Option<String> {
        Some(match ty {
            Type::String => format!("{:?}.to_owned()", text(value.as_str()?)?),
            Type::Bool => value.as_bool()?.to_string(),
            Type::I64 => value.as_i64()?.to_string(),
            Type::U64 => value.as_u64()?.to_string(),
            Type::F64 => format!("{:?}", value.as_f64().filter(|number| number.is_finite())?),
            Type::Value => {
                let json = value.to_string();
                let usable = json.len() <= LONGEST && json.is_ascii();
                usable.then(|| format!("rt::json!({json})"))?
            }
            Type::List(item) => {
                let items = self.items(item, value.as_array()?)?;
                format!("vec![{}]", items.join(", "))
            }
            Type::Map(inner) => {
                let members = value.as_object()?;
                self.map(inner, members)?
            }
            Type::Nullable(_) if value.is_null() => "None".to_owned(),
            Type::Nullable(inner) => format!("Some({})", self.value(inner, value)?),
            Type::File => "b\"the content\".to_vec().into()".to_owned(),
            Type::Named(id) => return self.named(*id, value),
            Type::Number | Type::FileOrText | Type::External(_) => return None,
        })
    }

    fn items(&mut self, item: &Type, items: &[Value]) -> Option<Vec<String>> {
        items
            .iter()
            .take(MOST_ITEMS)
            .map(|value| self.value(item, value))
            .collect()
    }

    fn map(&mut self, inner: &Type, members: &Map<String, Value>) -> Option<String> {
        let members: Option<Vec<String>> = members
            .iter()
            .take(MOST_ITEMS)
            .map(|(key, value)| {
                Some(format!(
                    "({:?}.to_owned(), {})",
                    text(key)?,
                    self.value(inner, value)?
                ))
            })
            .collect();
        let members = members?;
        if members.is_empty() {
            return Some("Default::default()".to_owned());
        }
        Some(format!("[{}].into()", members.join(", ")))
    }

    fn named(&mut self, id: TypeId, value: &Value) -> Option<String> {
        let def = self.names.def(id);
        match (&def.kind, types::item(self.names, id, None).kind) {
            (TypeKind::OpenEnum(_), TypeItemKind::OpenEnum(variants)) => {
                let shown = value.as_str()?;
                match variants.iter().find(|variant| variant.text == shown) {
                    Some(variant) => Some(format!("{}::{}", self.name(id), variant.ident)),
                    None => Some(format!("{:?}.into()", text(shown)?)),
                }
            }
            (TypeKind::Union(union), TypeItemKind::Union(own)) => {
                let said = union.tag.as_ref().and_then(|_| {
                    let mut way = union.way_to_tag();
                    way.try_fold(value, |value, name| value.get(name))
                });
                let said = said.map(|said| said.as_str().map_or_else(|| said.to_string(), str::to_owned));
                let kind = kind(value)?;
                let of_kind: Vec<_> = own.alternatives.iter().filter(|own| own.kind == kind).collect();
                let chosen = said
                    .and_then(|said| of_kind.iter().find(|own| own.tagged.contains(&said)))
                    .or(of_kind.first().filter(|_| of_kind.len() == 1))?;
                let module = self.names.home(id).module;
                let alternative = union.alternatives.iter().find(|alternative| {
                    let ty = types::ty(self.names, module, &alternative.ty);
                    chosen.ty == ty || chosen.ty == types::Ty::Boxed(Box::new(ty))
                })?;
                let written = self.value(&alternative.ty, value)?;
                let written = if matches!(chosen.ty, types::Ty::Boxed(_)) {
                    format!("Box::new({written})")
                } else {
                    written
                };
                Some(format!("{}::{}({written})", self.name(id), chosen.ident))
            }
            (TypeKind::Struct(_), _) => {
                let (head, fields, rest) = self.parts(id, value)?;
                if fields.is_empty() {
                    return rest;
                }
                let rest = rest.map(|rest| format!(", ..{rest}")).unwrap_or_default();
                Some(format!("{head} {{ {}{rest} }}", fields.join(", ")))
            }
            (TypeKind::OpenEnum(_) | TypeKind::Union(_), _) => None,
        }
    }
}

fn kind(value: &Value) -> Option<JsonKind> {
    Some(match value {
        Value::Bool(_) => JsonKind::Bool,
        Value::Number(_) => JsonKind::Number,
        Value::String(_) => JsonKind::Text,
        Value::Array(_) => JsonKind::List,
        Value::Object(_) => JsonKind::Object,
        Value::Null => return None,
    })
}

/// Text that is short and plain enough to be written out.
fn text(text: &str) -> Option<&str> {
    let plain = text.len() <= LONGEST && text.chars().all(|char| (' '..='~').contains(&char));
    plain.then_some(text)
}
