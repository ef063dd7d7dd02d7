//! How the body of an example is built: the struct with the first fields that the collection shows.
//!
//! In: an operation, its call, and the input that takes the body. Out: a statement that makes the body and the
//! expression that passes it, or nothing if it cannot be written in a few lines. Values are the collection's.

use serde_json::{Map, Value};

use crate::ir::{Body, Field, FieldContent, GraphQlVariables, JsonKind, Operation};
use crate::rust::tree::{Call, Fill, Input, InputTy};
use crate::rust::types::{Struct, Ty, TypeItemKind, Union};

/// How many fields are written out.
const MOST_FIELDS: usize = 4;
/// The longest text that is written out.
const LONGEST_TEXT: usize = 40;
/// The longest JSON that is written out.
const LONGEST_JSON: usize = 70;

/// A body in an example.
#[derive(Debug)]
pub(super) struct Built {
    /// A type of the call's module that the statement names.
    pub(super) ty: Option<String>,
    /// The statement's lines; none if the expression stands for itself.
    pub(super) lines: Vec<String>,
    /// What is passed to the function.
    pub(super) passed: String,
}

/// The body for this input; `None` if the input takes none, or one that is too much for an example.
pub(super) fn built(operation: &Operation, call: &Call, input: &Input) -> Option<Built> {
    let inline = |passed: String| Built {
        ty: None,
        lines: Vec::new(),
        passed,
    };
    match &input.fill {
        Fill::Path(_) | Fill::Query(_) | Fill::QueryMany(_) | Fill::Header(_) | Fill::Variable(_) => {
            return None;
        }
        Fill::Styled(..) => return None,
        Fill::Text => return None,
        Fill::File => return Some(inline(FILE.to_owned())),
        Fill::Json | Fill::Form | Fill::GraphQlVariables => {}
    }
    let sample = sample(&operation.body);
    match &input.ty {
        InputTy::Ref(Ty::Local(path)) => {
            let ty = call.saved.as_ref().filter(|saved| **saved == path.ident)?;
            Some(of_struct(call, ty.as_str(), &input.ident.to_string(), &sample?))
        }
        InputTy::Ref(Ty::Runtime("Value")) => {
            let sample = sample.filter(|sample| !sample.has_variables)?;
            let json = sample.value.to_string();
            let short = json.len() <= LONGEST_JSON;
            short.then(|| inline(format!("&rt::json!({json})")))
        }
        InputTy::Plain(ty) => value(call, ty, &sample?.value).map(inline),
        InputTy::Str => text(sample?.value.as_str()?).map(|text| inline(format!("{text:?}"))),
        InputTy::Slice(item) => {
            let items = sample?.value;
            let items = items.as_array()?.iter().take(MOST_FIELDS);
            let items: Option<Vec<String>> = items.map(|sample| value(call, item, sample)).collect();
            items.map(|items| inline(format!("&[{}]", items.join(", "))))
        }
        InputTy::Ref(_) | InputTy::Into(_) | InputTy::Display | InputTy::Many | InputTy::Members => None,
    }
}

/// The content of a file, as an example gives it.
const FILE: &str = "b\"the content\".to_vec()";

/// What the collection shows of a body.
struct Sample {
    value: Value,
    /// Whether texts of it hold variables, which a given value would send as they are.
    has_variables: bool,
}

fn sample(body: &Body) -> Option<Sample> {
    // What is no JSON because of its variables or comments still has a type.
    let of_text = |text: &str| {
        let read = serde_json::from_str(text);
        let has_variables = read.is_err() || text.contains("{{");
        Some(Sample {
            value: read.unwrap_or_default(),
            has_variables,
        })
    };
    match body {
        Body::Raw(raw) => of_text(&raw.text),
        Body::GraphQl(graphql) => match &graphql.variables {
            GraphQlVariables::Text(text) => of_text(text),
            GraphQlVariables::None => None,
        },
        Body::UrlEncoded { fields, .. } | Body::FormData { fields, .. } => Some(of_form(fields)),
        Body::None | Body::File { .. } => None,
    }
}

/// A form as an object of texts; the first entry of a name counts.
fn of_form(fields: &[Field]) -> Sample {
    let mut members = Map::new();
    let mut has_variables = false;
    for field in fields {
        let key = field.key.clone().unwrap_or_default();
        if let FieldContent::Text(text) = &field.content {
            has_variables |= text.contains("{{");
            members.entry(key).or_insert_with(|| Value::from(text.as_str()));
        }
    }
    Sample {
        value: Value::Object(members),
        has_variables,
    }
}

/// `let body = CreateUserBody { name: Some("Ada".into()), ..CreateUserBody::saved() };`
fn of_struct(call: &Call, ty: &str, name: &str, sample: &Sample) -> Built {
    let item = call.types.iter().find(|item| item.ident.as_str() == ty);
    let strukt = item.and_then(|item| match &item.kind {
        TypeItemKind::Struct(strukt) => Some(strukt),
        TypeItemKind::OpenEnum(_) | TypeItemKind::Union(_) => None,
    });
    let fields = strukt.map_or_else(Vec::new, |strukt| {
        let shown = fields(call, strukt, &sample.value);
        if shown.is_empty() && sample.has_variables {
            return fields(call, strukt, &made_up(strukt));
        }
        shown
    });
    let of = |passed: String, lines: Vec<String>| Built {
        ty: Some(ty.to_owned()),
        lines,
        passed,
    };
    if fields.is_empty() {
        return of(format!("&{ty}::saved()"), Vec::new());
    }
    let is_whole = strukt.is_some_and(|strukt| strukt.fields.len() == fields.len());
    let rest = match (is_whole, sample.has_variables) {
        (true, _) => None,
        (false, true) => Some("    ..Default::default()".to_owned()),
        (false, false) => Some(format!("    ..{ty}::saved()")),
    };
    let mut lines = vec![format!("let {name} = {ty} {{")];
    lines.extend(fields);
    lines.extend(rest);
    lines.push("};".to_owned());
    of(format!("&{name}"), lines)
}

/// The first fields that a literal can be given to.
fn fields(call: &Call, strukt: &Struct, sample: &Value) -> Vec<String> {
    let written = strukt.fields.iter().filter_map(|field| {
        let shown = sample.get(&field.key).unwrap_or(&Value::Null);
        let value = value(call, &field.ty, shown)?;
        Some(format!("    {}: {value},", field.ident))
    });
    written.take(MOST_FIELDS).collect()
}

/// A value for each simple field, where the collection has variables only: text is the field's own key.
fn made_up(strukt: &Struct) -> Value {
    fn of_type(ty: &Ty, key: &str) -> Value {
        match ty {
            Ty::Option(inner) => of_type(inner, key),
            Ty::String => Value::from(key),
            Ty::Bool => Value::from(true),
            Ty::I64 | Ty::U64 => Value::from(1),
            Ty::F64 => Value::from(1.5),
            Ty::Unit | Ty::List(_) | Ty::Map(_) | Ty::Boxed(_) => Value::Null,
            Ty::Runtime(_) | Ty::Local(_) | Ty::External(_) => Value::Null,
        }
    }
    let fields = strukt.fields.iter();
    fields
        .map(|field| (field.key.clone(), of_type(&field.ty, &field.key)))
        .collect()
}

/// A value as Rust.
fn value(call: &Call, ty: &Ty, sample: &Value) -> Option<String> {
    match ty {
        Ty::Option(inner) => value(call, inner, sample).map(|value| format!("Some({value})")),
        Ty::String => text(sample.as_str()?).map(|text| format!("{text:?}.into()")),
        Ty::Bool => parsed(sample, Value::as_bool).map(|value: bool| value.to_string()),
        Ty::I64 => parsed(sample, Value::as_i64).map(|value: i64| value.to_string()),
        Ty::U64 => parsed(sample, Value::as_u64).map(|value: u64| value.to_string()),
        Ty::F64 => parsed(sample, Value::as_f64)
            .filter(|value: &f64| value.is_finite())
            .map(|value| format!("{value:?}")),
        Ty::Runtime("FilePart") => Some(format!("{FILE}.into()")),
        Ty::Local(path) => {
            let item = call.types.iter().find(|item| item.ident == path.ident)?;
            match (&item.kind, path.supers + path.modules.len()) {
                (TypeItemKind::OpenEnum(_), 0) => {
                    text(sample.as_str()?).map(|text| format!("{text:?}.into()"))
                }
                (TypeItemKind::Union(union), 0) => of_union(call, union, sample),
                (TypeItemKind::OpenEnum(_) | TypeItemKind::Struct(_) | TypeItemKind::Union(_), _) => None,
            }
        }
        Ty::List(item) => {
            let items = sample.as_array()?;
            let written: Option<Vec<String>> = items
                .iter()
                .take(MOST_FIELDS)
                .map(|sample| value(call, item, sample))
                .collect();
            let few = !items.is_empty() && items.len() <= MOST_FIELDS;
            written
                .filter(|_| few)
                .map(|items| format!("vec![{}]", items.join(", ")))
        }
        Ty::Unit | Ty::Map(_) | Ty::Boxed(_) | Ty::Runtime(_) | Ty::External(_) => None,
    }
}

/// A value of the alternative that the sample is of, where that is told by kind.
fn of_union(call: &Call, union: &Union, sample: &Value) -> Option<String> {
    let kind = match sample {
        Value::Bool(_) => JsonKind::Bool,
        Value::Number(_) => JsonKind::Number,
        Value::String(_) => JsonKind::Text,
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    let own = union
        .alternatives
        .iter()
        .find(|alternative| alternative.kind == kind)?;
    let value = value(call, &own.ty, sample)?;
    let is_text = own.ty == Ty::String;
    Some(if is_text {
        format!("{}.to_owned().into()", value.strip_suffix(".into()")?)
    } else {
        format!("{value}.into()")
    })
}

/// A value of the sample, or of the text that a form has for it.
fn parsed<T: std::str::FromStr>(sample: &Value, get: fn(&Value) -> Option<T>) -> Option<T> {
    get(sample).or_else(|| sample.as_str()?.parse().ok())
}

/// Text that is short and plain enough to be written out.
fn text(text: &str) -> Option<&str> {
    let plain = text.len() <= LONGEST_TEXT && text.is_ascii() && !text.contains("{{");
    plain.then_some(text)
}
