//! One operation as a function and the type of its call: arguments, setters, the request's constant, the answers.
//!
//! In: an operation and its names. Out: a [`Call`]. What must be given is an argument, in the collection's order
//! and the body last; everything else is a setter.

use super::comments as docs;
use super::name::{self, Case, Ident, Scope};
use super::names::{CallNames, ModuleNames, Names};
use super::tree::{Begins, Built, Call, Fill, Input, InputTy, StyledPlace};
use super::types::{self, Marker, Ty, TypeItem, TypeItemKind};
use super::{chains, literal, pages, spec, status, tokens};
use crate::ir;
use std::sync::LazyLock;

/// Methods that the runtime gives every call; a setter of such a name gets a suffix.
pub(super) const RUNTIME: &[&str] = &[
    "body_as",
    "body_limit",
    "clone",
    "curl",
    "download",
    "events",
    "events_blocking",
    "extra_query",
    "header",
    "idempotent",
    "idle_timeout",
    "into_future",
    "lines",
    "lines_blocking",
    "max_redirects",
    "no_idle_timeout",
    "request",
    "retry",
    "saved",
    "send",
    "send_as",
    "send_blocking",
    "send_raw",
    "timeout",
    "try_timeout",
    "variable",
];

/// The same, and those that calls of operations have that list.
static LISTING: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lists = ["items", "pages"];
    RUNTIME.iter().copied().chain(lists).collect()
});

/// The function and call type of an operation; the function's page is written when all else is known.
pub fn resolve(names: &Names<'_>, module: &ModuleNames<'_>, call: &CallNames<'_>) -> Call {
    let operation = call.operation;
    let face = format!("{}::{}", module.handle, call.function.as_str());
    let module = module.index;
    let output = status::output(names, module, call, &face);
    let pages = pages::resolve(names, module, operation, &output);
    let (args, setters) = inputs(names, module, operation, pages.is_some());
    let built = built(names, operation, args.iter().chain(&setters));
    Call {
        function: call.function.clone(),
        deprecated: operation.deprecated,
        ty: call.ty.clone(),
        depth: names.module_path(module).len(),
        docs: Vec::new(),
        ty_docs: docs::call_type(&face),
        args,
        setters,
        spec: spec::resolve(operation),
        output,
        failure: status::failure(names, module, call, &face),
        types: call
            .types
            .iter()
            .map(|id| type_item(names, call, *id, &face))
            .collect(),
        saved: saved(names, call),
        begins: begins(names, operation),
        built,
        pages,
        gives: tokens::given(names, operation),
        comes: chains::comes(names, module, operation),
    }
}

/// The body that an example shows, where it is declared.
fn built<'i>(
    names: &Names<'_>,
    operation: &ir::Operation,
    mut inputs: impl Iterator<Item = &'i Input>,
) -> Option<Built> {
    let (json, shown) = operation.example.as_ref()?;
    let input = inputs.find(|input| match input.fill {
        Fill::Json | Fill::Form | Fill::Text => true,
        Fill::Path(_) | Fill::Query(_) | Fill::QueryMany(_) | Fill::Styled(..) | Fill::Header(_) => false,
        Fill::Variable(_) | Fill::GraphQlVariables | Fill::File => false,
    })?;
    let ty = body_type(operation).unwrap_or(&ir::Type::String);
    let name = input.ident.to_string();
    literal::built(names, ty, (json, *shown), (&name, &input.ty))
}

/// How the body of an operation begins that is declared, and of which nothing is saved.
fn begins(names: &Names<'_>, operation: &ir::Operation) -> Option<Begins> {
    let ir::Type::Named(id) = body_type(operation)? else {
        return None;
    };
    let def = names.def(*id);
    // What has a saved value to begin with needs nothing else.
    if !def.is_declared || !names.is_declared && types::has_default(names, *id) {
        return None;
    }
    let TypeItemKind::Struct(strukt) = types::item(names, *id, None).kind else {
        return None;
    };
    let required = strukt.fields.iter().filter(|field| match field.marker {
        Marker::Required | Marker::RequiredPlain => true,
        Marker::Field | Marker::List | Marker::File | Marker::Plain | Marker::Rest => false,
    });
    let args = required.map(|field| field.ident.clone()).collect();
    Some(Begins {
        ty: names.home(*id).ident.clone(),
        args: Some(args).filter(|_| strukt.is_constructed || !types::has_default(names, *id) && def.sent),
    })
}

/// The type of the whole body.
fn body_type(operation: &ir::Operation) -> Option<&ir::Type> {
    match &operation.body {
        ir::Body::Raw(raw) => match &raw.content {
            ir::RawContent::Json(ty) => Some(ty),
            ir::RawContent::Text => None,
        },
        ir::Body::UrlEncoded { ty, .. } | ir::Body::FormData { ty, .. } => ty.as_ref(),
        ir::Body::GraphQl(graphql) => graphql.ty.as_ref(),
        ir::Body::None | ir::Body::File { .. } => None,
    }
}

/// A type that comes from an operation. It may have been met in another one first, which is not linked.
fn type_item(names: &Names<'_>, call: &CallNames<'_>, id: ir::TypeId, face: &str) -> TypeItem {
    let is_its_own = names.def(id).origin.operation == call.operation.id;
    types::item(names, id, is_its_own.then_some(face))
}

/// The name of the struct that is the whole body, if it is this operation's own.
fn saved(names: &Names<'_>, call: &CallNames<'_>) -> Option<Ident> {
    // What is declared is no value.
    let ty = body_type(call.operation).filter(|_| !names.is_declared);
    let ids = call.types.iter().filter(|id| ty == Some(&ir::Type::Named(**id)));
    // What cannot start without a value cannot stand for a body of which not all could be read either.
    let mut structs = ids.filter(|id| {
        matches!(names.def(**id).kind, ir::TypeKind::Struct(_)) && types::has_default(names, **id)
    });
    structs.next().map(|id| names.home(*id).ident.clone())
}

/// Arguments and setters.
fn inputs(
    names: &Names<'_>,
    module: usize,
    operation: &ir::Operation,
    lists: bool,
) -> (Vec<Input>, Vec<Input>) {
    let mut arg_names = Scope::new(Case::Snake);
    let taken = if lists { &LISTING } else { RUNTIME };
    let mut setter_names = Scope::reserving(Case::Snake, taken, "_param");
    let (mut args, mut setters) = (Vec::new(), Vec::new());
    for (index, param) in operation.params.iter().enumerate() {
        let (scope, list) = match param.presence {
            ir::Presence::Required => (&mut arg_names, &mut args),
            ir::Presence::Optional => (&mut setter_names, &mut setters),
        };
        list.push(Input {
            ident: param_ident(scope, param, operation.params.get(..index).unwrap_or_default()),
            docs: docs::param(operation, param),
            deprecated: param.deprecated,
            ty: param_ty(names, module, param),
            fill: fill(param),
        });
    }
    let Some((ident, ty, fill, required)) = body(names, module, operation) else {
        return (args, setters);
    };
    let (scope, list) = if required {
        (&mut arg_names, &mut args)
    } else {
        (&mut setter_names, &mut setters)
    };
    let other = format!("request_{ident}");
    list.push(Input {
        ident: scope.claim(if scope.is_free(ident) { ident } else { &other }),
        docs: docs::body(operation),
        deprecated: false,
        ty,
        fill,
    });
    (args, setters)
}

/// The name of a parameter; if one that goes elsewhere has it, with the place where this one goes.
fn param_ident(scope: &mut Scope, param: &ir::Param, before: &[ir::Param]) -> Ident {
    let name = name::name(&param.name, Case::Snake, "value");
    let other = format!("{}_{name}", place(param));
    let again = before
        .iter()
        .any(|before| before.name == param.name && place(before) == place(param));
    let plain = again || scope.is_free(&name) || scope.is_reserved(&name) || !scope.is_free(&other);
    scope.claim(if plain { &name } else { &other })
}

fn place(param: &ir::Param) -> &'static str {
    match param.place {
        ir::ParamPlace::Path(_) => "path",
        ir::ParamPlace::Query(_) => "query",
        ir::ParamPlace::Header(_) => "header",
        ir::ParamPlace::Variable(_) => "variable",
    }
}

/// How the body is given: its name, type, place, and whether it must be.
fn body(
    names: &Names<'_>,
    module: usize,
    operation: &ir::Operation,
) -> Option<(&'static str, InputTy, Fill, bool)> {
    if operation.drops_body {
        return None;
    }
    let required = !operation.optional_body;
    let by_ref = |ty: &ir::Type| by_reference(types::ty(names, module, ty));
    match &operation.body {
        ir::Body::None => None,
        ir::Body::Raw(raw) => Some(match &raw.content {
            ir::RawContent::Json(ty) => ("body", by_ref(ty), Fill::Json, required),
            ir::RawContent::Text => ("body", InputTy::Into(Ty::String), Fill::Text, required),
        }),
        ir::Body::UrlEncoded { ty, .. } | ir::Body::FormData { ty, .. } => {
            ty.as_ref().map(|ty| ("form", by_ref(ty), Fill::Form, required))
        }
        ir::Body::File { .. } => Some((
            "file",
            InputTy::Into(Ty::Runtime("FilePart")),
            Fill::File,
            required,
        )),
        ir::Body::GraphQl(graphql) => graphql
            .ty
            .as_ref()
            .map(|ty| ("variables", by_ref(ty), Fill::GraphQlVariables, required)),
    }
}

/// The type of an argument that is only looked at; small ones are copied.
fn by_reference(ty: Ty) -> InputTy {
    match ty {
        Ty::List(item) => InputTy::Slice(*item),
        Ty::String => InputTy::Str,
        Ty::Unit | Ty::Bool | Ty::I64 | Ty::U64 | Ty::F64 => InputTy::Plain(ty),
        Ty::Map(_) | Ty::Option(_) | Ty::Boxed(_) | Ty::Runtime(_) | Ty::Local(_) | Ty::External(_) => {
            InputTy::Ref(ty)
        }
    }
}

/// The type of a parameter: numbers, booleans and known values as such, anything else as text.
fn param_ty(names: &Names<'_>, module: usize, param: &ir::Param) -> InputTy {
    if param.style.as_ref().is_some_and(|style| style.equals.is_some()) {
        return InputTy::Members;
    }
    if let (ir::ParamPlace::Path(_), false) = (&param.place, param.many) {
        return InputTy::Display;
    }
    if param.many {
        return InputTy::Many;
    }
    match &param.ty {
        ir::Type::Bool => InputTy::Plain(Ty::Bool),
        ir::Type::I64 => InputTy::Plain(Ty::I64),
        ir::Type::U64 => InputTy::Plain(Ty::U64),
        ir::Type::F64 => InputTy::Plain(Ty::F64),
        ir::Type::Named(id) => match names.def(*id).kind {
            ir::TypeKind::OpenEnum(_) => InputTy::Into(types::ty(names, module, &param.ty)),
            ir::TypeKind::Struct(_) | ir::TypeKind::Union(_) => InputTy::Display,
        },
        ir::Type::String | ir::Type::Value | ir::Type::File | ir::Type::FileOrText => InputTy::Display,
        ir::Type::List(_)
        | ir::Type::Map(_)
        | ir::Type::Nullable(_)
        | ir::Type::Number
        | ir::Type::External(_) => InputTy::Display,
    }
}

fn fill(param: &ir::Param) -> Fill {
    if let Some(style) = &param.style {
        let styled = |place, index: &usize| Fill::Styled(place, *index, style.clone());
        match &param.place {
            ir::ParamPlace::Path(index) => return styled(StyledPlace::Path, index),
            ir::ParamPlace::Query(index) => return styled(StyledPlace::Query, index),
            ir::ParamPlace::Header(index) => return styled(StyledPlace::Header, index),
            ir::ParamPlace::Variable(_) => {}
        }
    }
    match &param.place {
        ir::ParamPlace::Path(index) => Fill::Path(*index),
        ir::ParamPlace::Query(index) if param.many => Fill::QueryMany(*index),
        ir::ParamPlace::Query(index) => Fill::Query(*index),
        ir::ParamPlace::Header(index) => Fill::Header(*index),
        ir::ParamPlace::Variable(name) => Fill::Variable(name.clone()),
    }
}
