//! The example of an item: a call as one would write it, which is compiled or run as a doc test where that is possible.
//!
//! In: the page's call and the values that the collection saved. Out: a fenced block of Rust. It is run against the
//! saved responses if one of them answers it, compiled if none does, and only shown if nobody said where the client
//! can be found.

use super::body::{self, Built};
use super::curl::Curl;
use super::home::{Home, Setters};
use super::params::param_of;
use super::runnable::{answered, is_port, signs};
use super::subject::Page;
use super::written::{above, is_number, statement, used};
use crate::ir::{Body, Operation, Sample};
use crate::rust::doc_lines::DocLines;
use crate::rust::name::Ident;
use crate::rust::tree::{self, Begins, Call, Fill, Input, InputTy, Output};
use crate::rust::types::{Ty, TypeItemKind};

/// How many setters an example shows.
const MOST_SETTERS: usize = 2;
/// The longest value that is written out.
const LONGEST_VALUE: usize = 40;
/// An address that a caller gives.
const ADDRESS: &str = "https://example.com";

/// The port of an address that has none.
pub(super) const PORT: &str = "8080";

/// A call as one would write it.
#[derive(Debug)]
pub(crate) struct Example {
    /// The type of its module that it names.
    pub(crate) ty: Option<String>,
    /// Other types that it names, by their paths from the root.
    pub(crate) uses: Vec<String>,
    /// Its statements: the body if there is one, the call, and a look at the answer.
    pub(crate) lines: Vec<String>,
    /// Whether something is left to whoever reads it, so that it is no code yet.
    pub(crate) is_sketch: bool,
}

/// The call of this operation on this handle.
pub(crate) fn example(operation: &Operation, call: &Call, handle: &str, setters: Setters) -> Example {
    if let Some(shown) = &call.built {
        return declared(operation, call, handle, shown);
    }
    if let Some(begins) = &call.begins {
        return sketch(operation, call, handle, begins);
    }
    let (built, chain) = fluent(operation, call, handle, setters).unwrap_or_else(|| {
        let saved = Built {
            ty: Some(call.ty.to_string()),
            lines: Vec::new(),
            passed: String::new(),
        };
        (Some(saved), vec![format!("{}::saved(&client)", call.ty)])
    });
    let mut lines = built.as_ref().map_or_else(Vec::new, |built| built.lines.clone());
    statement(&chain, &mut lines);
    lines.push(look(call));
    Example {
        ty: built.and_then(|built| built.ty),
        uses: Vec::new(),
        lines,
        is_sketch: false,
    }
}

/// A call with a body that is declared.
fn declared(operation: &Operation, call: &Call, handle: &str, body: &tree::Built) -> Example {
    let is_body = |input: &Input| matches!(input.fill, Fill::Json | Fill::Form | Fill::Text);
    let arg = |arg: &Input| {
        if is_body(arg) {
            return body.passed.clone();
        }
        literal(operation, arg, Given::Always).unwrap_or_else(|| arg.ident.to_string())
    };
    let args: Vec<String> = call.args.iter().map(arg).collect();
    // What has no literal, such as the content of a file, is left to who reads.
    let is_sketch = call
        .args
        .iter()
        .any(|arg| !is_body(arg) && literal(operation, arg, Given::Always).is_none());
    let mut parts = handle.split('.');
    let mut chain: Vec<String> = parts.next().map(str::to_owned).into_iter().collect();
    chain.extend(parts.map(|part| format!(".{part}")));
    chain.push(format!(".{}({})", call.function, args.join(", ")));
    let setter = call.setters.iter().find(|setter| is_body(setter));
    chain.extend(setter.map(|setter| format!(".{}({})", setter.ident, body.passed)));
    let mut lines = body.lines.clone();
    statement(&chain, &mut lines);
    lines.push(look(call));
    Example {
        ty: None,
        uses: body.uses.clone(),
        lines,
        is_sketch,
    }
}

/// A call with a body of which nobody shows a value: what it begins with, and the names of what must be given.
fn sketch(operation: &Operation, call: &Call, handle: &str, begins: &Begins) -> Example {
    let names = |args: &[Ident]| {
        args.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let made = match &begins.args {
        Some(args) => format!("{}::new({})", begins.ty, names(args)),
        None => format!("{}::default()", begins.ty),
    };
    let arg = |arg: &Input| {
        if matches!(arg.fill, Fill::Json | Fill::Form | Fill::GraphQlVariables) {
            return format!("&{}", arg.ident);
        }
        literal(operation, arg, Given::Always).unwrap_or_else(|| arg.ident.to_string())
    };
    let args: Vec<String> = call.args.iter().map(arg).collect();
    let body = call
        .args
        .iter()
        .chain(&call.setters)
        .find(|input| matches!(input.fill, Fill::Json | Fill::Form));
    let body = body.map_or_else(|| "body".to_owned(), |input| input.ident.to_string());
    let mut lines = vec![format!("let {body} = {made};")];
    let mut chain: Vec<String> = vec![format!("{handle}.{}({})", call.function, args.join(", "))];
    let is_setter = call.setters.iter().any(|setter| setter.ident.to_string() == body);
    chain.extend(is_setter.then(|| format!(".{body}(&{body})")));
    statement(&chain, &mut lines);
    lines.push(look(call));
    Example {
        ty: None,
        uses: Vec::new(),
        lines,
        is_sketch: true,
    }
}

/// The example's lines.
pub(super) fn lines(page: &Page<'_>, curl: Option<&Curl>) -> DocLines {
    let example = example(page.operation, page.call, page.handle, Setters::Some);
    let Some(home) = page.home.filter(|_| !example.is_sketch) else {
        let mut lines = vec!["```ignore".to_owned()];
        if let (Some(near), Some(ty)) = (&page.near, &example.ty) {
            lines.extend([format!("use {near}{ty};"), String::new()]);
        }
        if let (Some(near), false) = (&page.near, example.uses.is_empty()) {
            lines.extend(used(&above(near, page.call.depth), &example.uses));
            lines.push(String::new());
        }
        lines.extend(example.lines);
        lines.push("```".to_owned());
        return lines;
    };
    let success = answered(page.operation);
    let mut lines = vec![if success.is_some() { "```" } else { "```no_run" }.to_owned()];
    let shared = example.lines.iter().any(|line| line.contains("rt::json!("));
    lines.extend(shared.then(|| format!("use {}::rt;", home.root)));
    lines.extend(
        example
            .ty
            .as_ref()
            .map(|ty| format!("use {}::{}{ty};", home.root, home.module)),
    );
    lines.extend(used(&format!("{}::", home.root), &example.uses));
    if shared || example.ty.is_some() || !example.uses.is_empty() {
        lines.push(String::new());
    }
    // What is used by hidden lines only is not shown.
    let call_type = page.call.ty.to_string();
    let is_hidden = |ty: &&String| example.ty.as_ref() != Some(ty) && example.uses.is_empty();
    let hidden = Some(&call_type).filter(is_hidden);
    setup(page, home, success, hidden, &mut lines);
    lines.extend(example.lines);
    if let (Some(_), Some(curl)) = (success, curl.filter(|_| example.uses.is_empty())) {
        compare(page, home, curl, &mut lines);
    }
    lines.extend(["# Ok(())".to_owned(), "# });".to_owned(), "```".to_owned()]);
    lines
}

/// The hidden lines before the call.
fn setup(
    page: &Page<'_>,
    home: Home<'_>,
    success: Option<&Sample>,
    call_type: Option<&String>,
    lines: &mut DocLines,
) {
    let Home { root, module, unset } = home;
    lines.push(match call_type {
        Some(ty) => format!("# use {root}::{{Client, {module}{ty}}};"),
        None => format!("# use {root}::Client;"),
    });
    lines.push("# letterpress_runtime::replay::example(async {".to_owned());
    let mut builder = "# let client = Client::builder()".to_owned();
    let used = page.variables();
    for (name, value) in unset.iter().filter(|(name, _)| used.contains(name)) {
        builder += &format!(".variable({name:?}, {value:?})");
    }
    if let Some(success) = success {
        builder += &format!(
            ".transport({root}::replay()).header(\"x-mock-response-id\", {:?})",
            success.id
        );
    }
    builder.push_str(".build()?;");
    lines.push(builder);
}

/// Hidden lines that compare the page's cURL command with the runtime's.
fn compare(page: &Page<'_>, home: Home<'_>, curl: &Curl, lines: &mut DocLines) {
    let Curl { command, credential } = curl;
    let (root, ty) = (home.root, &page.call.ty);
    lines.push(format!(
        "# let client = Client::builder(){credential}.transport({root}::replay()).build()?;"
    ));
    lines.push(format!("# assert_eq!({ty}::saved(&client).curl(), {command:?});"));
}

/// The call as a chain of functions and the body it is given, if all that must be given can be written.
fn fluent(
    operation: &Operation,
    call: &Call,
    handle: &str,
    setters: Setters,
) -> Option<(Option<Built>, Vec<String>)> {
    if signs(operation) {
        return None;
    }
    let mut built = None;
    let mut args = Vec::new();
    for arg in &call.args {
        args.push(
            match literal(operation, arg, Given::Always).or_else(|| text_body(operation, arg)) {
                Some(literal) => literal,
                None => built.insert(body::built(operation, call, arg)?).passed.clone(),
            },
        );
    }
    let mut parts = handle.split('.');
    let mut chain: Vec<String> = parts.next().map(str::to_owned).into_iter().collect();
    chain.extend(parts.map(|part| format!(".{part}")));
    chain.push(format!(".{}({})", call.function, args.join(", ")));
    let most = match setters {
        Setters::None => 0,
        Setters::Some => MOST_SETTERS,
    };
    // What a saved header says is of the saved call.
    let is_shown = |setter: &&Input| matches!(setter.fill, Fill::Query(_) | Fill::QueryMany(_));
    let shown = call.setters.iter().filter(is_shown).filter_map(|setter| {
        let value = literal(operation, setter, Given::IfSaved)?;
        Some(format!(".{}({value})", setter.ident))
    });
    chain.extend(shown.take(most));
    Some((built, chain))
}

/// A look at the answer.
fn look(call: &Call) -> String {
    let looked = match &call.output {
        Output::One(decoded) => match &decoded.ty {
            Ty::Unit => return "println!(\"{}\", response.status());".to_owned(),
            Ty::String => return "println!(\"{}\", response.value());".to_owned(),
            Ty::Runtime("Body") => return "println!(\"{}\", response.text()?);".to_owned(),
            Ty::Runtime("Bytes") => return "println!(\"{} bytes\", response.len());".to_owned(),
            Ty::Local(path) => first_field(call, path.ident.as_str(), path.supers + path.modules.len()),
            Ty::Bool
            | Ty::I64
            | Ty::U64
            | Ty::F64
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Option(_)
            | Ty::Boxed(_)
            | Ty::Runtime(_)
            | Ty::External(_) => None,
        },
        Output::Several(_) => None,
    };
    match looked {
        Some(field) => format!("println!(\"{{:?}}\", response.{field});"),
        None => "println!(\"{:?}\", response.value());".to_owned(),
    }
}

/// The first field of a struct that comes from this call.
fn first_field(call: &Call, name: &str, distance: usize) -> Option<String> {
    let item = call
        .types
        .iter()
        .find(|item| distance == 0 && item.ident.as_str() == name)?;
    match &item.kind {
        TypeItemKind::Struct(strukt) => strukt.fields.first().map(|field| field.ident.to_string()),
        TypeItemKind::OpenEnum(_) | TypeItemKind::Union(_) => None,
    }
}

/// The beginning of a saved text, as the text that is given for a body.
fn text_body(operation: &Operation, input: &Input) -> Option<String> {
    const LONGEST_TEXT: usize = 60;
    let (Fill::Text, Body::Raw(raw)) = (&input.fill, &operation.body) else {
        return None;
    };
    if operation.body.is_one_variable() {
        return Some("\"…\"".to_owned());
    }
    let line = raw.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.replace("{{", "{").replace("}}", "}");
    let cut = line.char_indices().nth(LONGEST_TEXT).map(|(end, _)| end);
    Some(match cut {
        Some(end) => format!("{:?}", format!("{}…", line.get(..end).unwrap_or_default())),
        None => format!("{line:?}"),
    })
}

/// Whether a value is made up if none was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    Always,
    IfSaved,
}

/// The saved value as Rust.
fn literal(operation: &Operation, input: &Input, given: Given) -> Option<String> {
    let param = param_of(operation, input)?;
    let saved = param.saved.as_deref().unwrap_or_default().trim();
    let usable =
        !saved.is_empty() && saved.len() <= LONGEST_VALUE && !saved.contains("{{") && saved.is_ascii();
    if !usable && given == Given::IfSaved {
        return None;
    }
    let text = if usable && !matches!(saved, "." | "..") {
        saved
    } else if is_port(&operation.url.base, &param.name) {
        PORT
    } else if operation.url.base.starts_with(&format!("{{{{{}}}}}", param.name)) {
        ADDRESS
    } else {
        param.name.as_str()
    };
    match &input.ty {
        // A number is one, where its type is declared.
        InputTy::Display if operation.source.is_empty() && is_number(text) => Some(text.to_owned()),
        InputTy::Display | InputTy::Str | InputTy::Into(Ty::String | Ty::Local(_)) => {
            Some(format!("{text:?}"))
        }
        InputTy::Many => Some(format!("[{text:?}]")),
        InputTy::Members => Some(format!("[(\"name\", {text:?})]")),
        InputTy::Plain(ty) => number(ty, saved),
        InputTy::Into(_) | InputTy::Ref(_) | InputTy::Slice(_) => None,
    }
}

fn number(ty: &Ty, saved: &str) -> Option<String> {
    Some(match ty {
        Ty::Bool => saved.parse::<bool>().unwrap_or(true).to_string(),
        Ty::I64 => saved.parse::<i64>().unwrap_or(1).to_string(),
        Ty::U64 => saved.parse::<u64>().unwrap_or(1).to_string(),
        Ty::F64 => format!(
            "{:?}",
            saved
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .unwrap_or(1.5)
        ),
        Ty::Unit
        | Ty::String
        | Ty::List(_)
        | Ty::Map(_)
        | Ty::Option(_)
        | Ty::Boxed(_)
        | Ty::Runtime(_)
        | Ty::Local(_)
        | Ty::External(_) => return None,
    })
}
