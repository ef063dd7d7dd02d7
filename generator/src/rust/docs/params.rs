//! What can be given to a call: a list of its arguments and setters.
//!
//! In: an operation and the call that was made of it. Out: the section for parameters: where each goes, its type,
//! the beginning of its description, and the saved value.

use super::about::{is_note, is_placeholder, stopped, without_required};
use super::brief::brief;
use super::clean::{code, list_item};
use super::section::section;
use crate::ir::{self, AddressPart, Operation, ParamPlace};
use crate::rust::doc_lines::DocLines;
use crate::rust::tree::{Call, Fill, Input, InputTy, StyledPlace};
use crate::rust::types::Ty;

/// How much is said of a setter, in characters.
const MOST_SAID: usize = 200;
/// The longest saved value that is shown.
const LONGEST_SAVED: usize = 80;

/// The section for parameters, if there are any.
pub(super) fn parameters(operation: &Operation, call: &Call, lines: &mut DocLines) {
    let inputs: Vec<(&Input, bool)> = call
        .args
        .iter()
        .map(|arg| (arg, true))
        .chain(call.setters.iter().map(|setter| (setter, false)))
        .collect();
    if inputs.is_empty() {
        return;
    }
    section("Parameters", lines);
    for (input, required) in inputs {
        lines.extend(list_item(&parameter(operation, call, input, required)));
    }
}

fn parameter(operation: &Operation, call: &Call, input: &Input, required: bool) -> String {
    let name = &input.ident;
    let shown = if required {
        code(name.as_str())
    } else {
        format!("[`.{name}(…)`]({}::{})", call.ty, name.as_str())
    };
    let param = param_of(operation, input);
    let mut line = format!("{shown}: {}", what(operation, param, input));
    if let Some(label) = type_label(&input.ty) {
        line += &format!(", {label}");
    }
    let Some(param) = param else {
        return format!("{line}.{}", other_media(operation));
    };
    let number = operation
        .params
        .iter()
        .position(|other| std::ptr::eq(other, param));
    let comes = call.comes.iter().find(|(own, _)| Some(*own) == number);
    let comes = comes.map(|(_, text)| format!(" {text}")).unwrap_or_default();
    // The whole description is on the setter's own page; an argument has none.
    let most = if required { usize::MAX } else { MOST_SAID };
    let text = brief(&param.docs.text, most);
    let text = if required { without_required(&text) } else { &text };
    let saved = param.saved.as_deref().unwrap_or_default();
    let shows_saved =
        !saved.is_empty() && saved.len() <= LONGEST_SAVED && !is_variable(saved) && !is_placeholder(saved);
    let is_note = is_note(&[text.to_owned()]);
    line += match text {
        "" => ".",
        _ if is_note => ": ",
        _ => ". ",
    };
    // Authors' sentences are left as they are, unless one of ours follows.
    if is_note || ((shows_saved || !comes.is_empty()) && !text.is_empty()) {
        line += &stopped(text);
    } else {
        line += text;
    }
    if shows_saved {
        let word = if operation.source.is_empty() {
            "Example"
        } else {
            "Saved"
        };
        line += &format!(" {word}: {}.", code(saved));
    }
    line + &comes
}

/// What else the body may be.
fn other_media(operation: &Operation) -> String {
    if operation.other_media.is_empty() {
        return String::new();
    }
    let media: Vec<String> = operation.other_media.iter().map(|media| code(media)).collect();
    // A method of all calls, which is none of this type's own and has no link from here.
    format!(
        " It may be {} instead: `.body_as(…)` sends that.",
        media.join(" or ")
    )
}

/// Whether a value is one variable and nothing else: it says nothing then.
fn is_variable(value: &str) -> bool {
    let inner = value
        .trim()
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"));
    inner.is_some_and(|name| !name.contains(['{', '}']))
}

/// The parameter that an input fills.
pub(super) fn param_of<'a>(operation: &'a Operation, input: &Input) -> Option<&'a ir::Param> {
    operation
        .params
        .iter()
        .find(|param| match (&param.place, &input.fill) {
            (ParamPlace::Path(at), Fill::Path(wanted))
            | (ParamPlace::Query(at), Fill::Query(wanted) | Fill::QueryMany(wanted))
            | (ParamPlace::Header(at), Fill::Header(wanted)) => at == wanted,
            (ParamPlace::Variable(name), Fill::Variable(wanted)) => name == wanted,
            (ParamPlace::Path(at), Fill::Styled(StyledPlace::Path, wanted, _))
            | (ParamPlace::Query(at), Fill::Styled(StyledPlace::Query, wanted, _))
            | (ParamPlace::Header(at), Fill::Styled(StyledPlace::Header, wanted, _)) => at == wanted,
            (
                ParamPlace::Path(_) | ParamPlace::Query(_) | ParamPlace::Header(_) | ParamPlace::Variable(_),
                _,
            ) => false,
        })
}

fn what(operation: &Operation, param: Option<&ir::Param>, input: &Input) -> String {
    let name = param.map(|param| code(param.key(operation))).unwrap_or_default();
    match &input.fill {
        Fill::Path(_) => format!("path variable {name}"),
        Fill::Query(_) => format!("query parameter {name}"),
        Fill::QueryMany(at) => match operation.url.query.get(*at).and_then(|entry| entry.joined) {
            Some(",") => format!("query parameter {name}, its values joined by commas"),
            Some("%20") => format!("query parameter {name}, its values joined by spaces"),
            Some(between) => format!("query parameter {name}, its values joined by {}", code(between)),
            None => format!("query parameter {name}, once for each value"),
        },
        Fill::Styled(place, _, style) => {
            let place = match place {
                StyledPlace::Path => "path variable",
                StyledPlace::Query => "query parameter",
                StyledPlace::Header => "header",
            };
            let what = match &style.equals {
                None if style.between.is_empty() => return format!("{place} {name}"),
                None => "its values",
                Some(_) => "names and values",
            };
            match style.between.as_str() {
                "" => format!("{place} {name}, an entry for each of its members"),
                "," => format!("{place} {name}, {what} joined by commas"),
                between => format!("{place} {name}, {what} joined by {}", code(between)),
            }
        }
        Fill::Header(_) => format!("header {name}"),
        Fill::Variable(variable) => match operation.url.place_of(variable) {
            AddressPart::Origin => format!("where the call goes, variable {}", code(variable)),
            AddressPart::Path => format!("path variable {}", code(variable)),
            AddressPart::None => format!("variable {}", code(variable)),
        },
        Fill::Json => "the JSON body".to_owned(),
        Fill::Form => "the form".to_owned(),
        Fill::GraphQlVariables => "the variables of the query".to_owned(),
        Fill::File => "the content of the body".to_owned(),
        Fill::Text => "the body".to_owned(),
    }
}

/// A type that is worth naming; text is what one expects.
fn type_label(ty: &InputTy) -> Option<String> {
    match ty {
        InputTy::Plain(ty) | InputTy::Into(ty) | InputTy::Ref(ty) => Some(label(ty)),
        InputTy::Slice(ty) => Some(format!("a list of {}", label(ty))),
        InputTy::Display | InputTy::Many | InputTy::Members | InputTy::Str => None,
    }
}

/// A type, linked if it is one of the client's.
pub(super) fn label(ty: &Ty) -> String {
    match ty {
        Ty::Unit => "`()`".to_owned(),
        Ty::Bool => "`bool`".to_owned(),
        Ty::I64 => "`i64`".to_owned(),
        Ty::U64 => "`u64`".to_owned(),
        Ty::F64 => "`f64`".to_owned(),
        Ty::String => "`String`".to_owned(),
        Ty::List(item) => format!("a list of {}", label(item)),
        Ty::Map(value) => format!("a map to {}", label(value)),
        Ty::Option(inner) | Ty::Boxed(inner) => label(inner),
        Ty::Runtime(name) => format!("`{name}`"),
        Ty::External(path) => code(path),
        Ty::Local(path) => {
            let supers = "super::".repeat(path.supers);
            let modules: String = path
                .modules
                .iter()
                .flat_map(|module| [module.to_string(), "::".to_owned()])
                .collect();
            // The root has names of the modules below it in scope: there a path after the name would be redundant.
            if path.supers == 0 {
                return format!("[`{modules}{}`]", path.ident);
            }
            format!("[`{0}`]({supers}{modules}{0})", path.ident)
        }
    }
}
