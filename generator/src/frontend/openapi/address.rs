//! Addresses: a path with `{names}` as a template, and a parameter for each name.
//!
//! In: the path of an operation, what comes before it, and its parameters. Out: the template. A name that nobody declares is text.

use super::given::add;
use super::styles::{self, Shape};
use crate::diag::Code;
use crate::frontend::schema::document::{At, Document};
use crate::ir::{Operation, ParamPlace, PathVariable, Presence};

/// The address: `{id}` that is a whole segment is a path variable, any other a variable of the text.
pub(super) fn address<'a>(
    document: &Document<'a>,
    operation: &mut Operation,
    base: &str,
    path: &str,
    params: &[At<'a>],
) -> String {
    let mut address = base.to_owned();
    for segment in path.split('/').skip(usize::from(path.starts_with('/'))) {
        address.push('/');
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) if !name.contains(['{', '}']) => {
                let at = address.len();
                let param = path_param(document, params, name);
                address.push(':');
                // What the runtime takes for the end of a name is none of it.
                let plain = name.replace('.', "_");
                address.push_str(&plain);
                let index = operation.url.path_variables.len();
                operation.url.path_variables.push(PathVariable {
                    name: plain,
                    at,
                    place: operation.place.clone(),
                    ..PathVariable::default()
                });
                add(
                    document,
                    operation,
                    name,
                    ParamPlace::Path(index),
                    param.as_ref(),
                    Presence::Required,
                );
                if let (Some(at), Some(own)) = (&param, operation.params.last_mut()) {
                    let shape = Shape::of(styles::kind(document, at));
                    own.many = shape == Shape::List;
                    own.style = styles::in_path(document, at, shape);
                }
            }
            _ => push_mixed(document, operation, &mut address, segment, params),
        }
    }
    address
}

/// A segment of text and names: `report-{year}.json`.
fn push_mixed<'a>(
    document: &Document<'a>,
    operation: &mut Operation,
    address: &mut String,
    segment: &str,
    params: &[At<'a>],
) {
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        address.push_str(before);
        address.push_str(&format!("{{{{{name}}}}}"));
        let place = ParamPlace::Variable(name.to_owned());
        if operation.params.iter().all(|param| param.place != place) {
            let param = path_param(document, params, name);
            add(
                document,
                operation,
                name,
                place,
                param.as_ref(),
                Presence::Required,
            );
        }
        rest = after;
    }
    address.push_str(rest);
}

fn path_param<'a>(document: &Document<'a>, params: &[At<'a>], name: &str) -> Option<At<'a>> {
    let declared = params
        .iter()
        .find(|param| param.text("in") == Some("path") && param.text("name") == Some(name));
    if declared.is_none()
        && let Some(first) = params.first()
    {
        let message = format!("`{{{name}}}` of the path is not declared; taking text");
        document.warn(
            Code::Parameter,
            &format!("{}/{name}", first.pointer),
            message,
            "declare it under `parameters`",
        );
    }
    declared.cloned()
}
