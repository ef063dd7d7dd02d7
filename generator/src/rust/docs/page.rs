//! The page of an item: what rustdoc shows above its function.
//!
//! In: an operation and the call that was made of it. Out: its description, where it is, parameters, results and
//! errors with their samples, an example, and the item's JSON. Samples and JSON are bounded and free of credentials;
//! what is long is folded. It names nothing: links go where the call's names say.

use serde_json::Value;

use super::clean::{clean, code, code_block, escaped, list_item, one_line, summary};
use super::{curl, example, json};
use crate::ir::{self, Operation, Outcome, ParamPlace};
use crate::rust::tree::{Call, DocLines, Failure, Fill, Input, InputTy, Output};
use crate::rust::types::Ty;
use crate::secrets;

/// How many lines of a sample are shown.
const SAMPLE_LINES: usize = 40;
/// From how many lines on a sample is folded.
const FOLDED_LINES: usize = 14;
/// How many lines of the item's JSON are shown.
const SOURCE_LINES: usize = 60;
/// How long a line of JSON may be.
const LINE_LENGTH: usize = 160;

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page<'a> {
    /// The item.
    pub(crate) operation: &'a Operation,
    /// What was made of it; its own documentation is not looked at.
    pub(crate) call: &'a Call,
    /// What the function is called on: `client.users().token()`.
    pub(crate) handle: &'a str,
    /// Variables that have a value, by name.
    pub(crate) settings: &'a [(&'a str, &'a str)],
    /// Where the example can be compiled, if it can.
    pub(crate) home: Option<example::Home<'a>>,
}

/// The lines of a page.
pub(crate) fn page(page: &Page<'_>) -> DocLines {
    let Page { operation, call, .. } = *page;
    let mut lines = head(operation);
    parameters(operation, call, &mut lines);
    results(operation, &call.output, &mut lines);
    errors(operation, &call.failure, &mut lines);
    section("Examples", &mut lines);
    let curl = curl::curl(operation, page.settings);
    lines.extend(example::lines(page, curl.as_ref()));
    if let Some(curl) = curl {
        lines.extend([
            String::new(),
            "The same as a command, as the collection saved it:".to_owned(),
            String::new(),
        ]);
        lines.extend(code_block("sh", &curl.command));
    }
    source(operation, &mut lines);
    lines
}

/// Title, description, request line and place: all that a brief page has.
pub(crate) fn head(operation: &Operation) -> DocLines {
    let request = request(operation);
    let mut lines = vec![title(operation)];
    let text = clean(&operation.docs.text);
    if !text.is_empty() {
        lines.push(String::new());
        lines.extend(text);
    }
    let folders = operation
        .place
        .breadcrumb
        .split_last()
        .map_or(&[][..], |(_, folders)| folders);
    let folders: Vec<String> = folders
        .iter()
        .map(|name| code(name))
        .filter(|name| !name.is_empty())
        .collect();
    let place = if folders.is_empty() {
        String::new()
    } else {
        format!(", in {}", folders.join(" › "))
    };
    lines.extend([String::new(), format!("{request}{place}")]);
    lines
}

/// The first line of a page.
pub(crate) fn title(operation: &Operation) -> String {
    let title = escaped(&operation.name);
    if title.is_empty() {
        format!("Calls {}.", request(operation))
    } else {
        title
    }
}

fn request(operation: &Operation) -> String {
    code(&format!("{} {}", operation.method, operation.url.base))
}

/// The name of a saved answer as one line, without the status that it often begins with.
pub(crate) fn sample_title(name: &str, status: u16, reason: &str) -> String {
    let title = one_line(name);
    let words: Vec<&str> = title.split(' ').collect();
    let plain = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.to_ascii_lowercase()
    };
    let status = status.to_string();
    let reason: Vec<String> = reason.split_whitespace().map(plain).collect();
    let lead = |word: &&&str| matches!(plain(word).as_str(), "http" | "status" | "code" | "response" | "");
    let mut start = words.iter().take_while(lead).count();
    if words.get(start).map(|word| plain(word)) != Some(status) {
        return title;
    }
    start += 1;
    let said: Vec<String> = words
        .iter()
        .skip(start)
        .take(reason.len())
        .map(|word| plain(word))
        .collect();
    if !reason.is_empty() && said == reason {
        start += reason.len();
    }
    let rest = words.get(start..).unwrap_or_default().join(" ");
    rest.trim_start_matches([':', '-', '–', ' ']).to_owned()
}

fn section(title: &str, lines: &mut DocLines) {
    lines.extend([String::new(), format!("# {title}"), String::new()]);
}

fn parameters(operation: &Operation, call: &Call, lines: &mut DocLines) {
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
    let mut line = format!("{shown}: {}", what(param, input));
    if let Some(label) = type_label(&input.ty) {
        line += &format!(", {label}");
    }
    line.push('.');
    if let Some(param) = param {
        let text = summary(&param.docs.text);
        if !text.is_empty() {
            line += &format!(" {text}");
        }
        let saved = param.saved.as_deref().unwrap_or_default();
        if !saved.is_empty() && saved.len() <= 80 {
            line += &format!(" Saved: {}.", code(saved));
        }
    }
    line
}

/// The parameter that an input fills.
pub(super) fn param_of<'a>(operation: &'a Operation, input: &Input) -> Option<&'a ir::Param> {
    operation
        .params
        .iter()
        .find(|param| match (&param.place, &input.fill) {
            (ParamPlace::Path(at), Fill::Path(wanted))
            | (ParamPlace::Query(at), Fill::Query(wanted))
            | (ParamPlace::Header(at), Fill::Header(wanted)) => at == wanted,
            (ParamPlace::Variable(name), Fill::Variable(wanted)) => name == wanted,
            (
                ParamPlace::Path(_) | ParamPlace::Query(_) | ParamPlace::Header(_) | ParamPlace::Variable(_),
                _,
            ) => false,
        })
}

fn what(param: Option<&ir::Param>, input: &Input) -> String {
    let name = param.map(|param| code(&param.name)).unwrap_or_default();
    match &input.fill {
        Fill::Path(_) => format!("path variable {name}"),
        Fill::Query(_) => format!("query entry {name}"),
        Fill::Header(_) => format!("header {name}"),
        Fill::Variable(variable) => format!("variable {}", code(variable)),
        Fill::Json => "the JSON body".to_owned(),
        Fill::Form => "the form".to_owned(),
        Fill::GraphQlVariables => "the variables of the query".to_owned(),
        Fill::File => "the content of the body".to_owned(),
        Fill::Text => "the body, instead of the saved one".to_owned(),
    }
}

/// A type that is worth naming; text is what one expects.
fn type_label(ty: &InputTy) -> Option<String> {
    match ty {
        InputTy::Plain(ty) | InputTy::Into(ty) | InputTy::Ref(ty) => Some(label(ty)),
        InputTy::Slice(ty) => Some(format!("a list of {}", label(ty))),
        InputTy::Display | InputTy::Str => None,
    }
}

/// A type, linked if it is one of the client's.
fn label(ty: &Ty) -> String {
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

fn results(operation: &Operation, output: &Output, lines: &mut DocLines) {
    if operation.results.is_empty() {
        return;
    }
    section("Results", lines);
    for (at, result) in operation.results.iter().enumerate() {
        let label = match output {
            Output::One(decoded) => label(&decoded.ty),
            Output::Several(statuses) => {
                let variant = statuses.variants.get(at).map(|variant| &variant.ident);
                variant.map_or_else(String::new, |variant| {
                    format!("[`{0}::{variant}`]", statuses.ident)
                })
            }
        };
        outcome(result, &label, lines);
    }
}

fn errors(operation: &Operation, failure: &Failure, lines: &mut DocLines) {
    section("Errors", lines);
    match failure {
        Failure::Unexpected => {
            lines.push("If the call cannot be made, or its answer is an error or cannot be read.".to_owned());
        }
        Failure::Known(statuses) => {
            for (error, variant) in operation.errors.iter().zip(&statuses.variants) {
                outcome(
                    error,
                    &format!("[`{}::{}`]", statuses.ident, variant.ident),
                    lines,
                );
                lines.push(String::new());
            }
            lines.push(
                "Also if the call cannot be made, or its answer is another or cannot be read.".to_owned(),
            );
        }
    }
}

/// A status with its samples: their titles, and the body of the first that has one.
fn outcome(outcome: &Outcome, label: &str, lines: &mut DocLines) {
    let reason = outcome
        .samples
        .iter()
        .map(|sample| sample.reason.trim())
        .find(|reason| !reason.is_empty());
    let reason = reason.unwrap_or_default();
    let status = format!("{} {}", outcome.status, escaped(reason));
    let mut titles: Vec<String> = Vec::new();
    for sample in &outcome.samples {
        let title = sample_title(&sample.name, outcome.status, reason);
        if !title.is_empty() && title != reason && !titles.contains(&title) {
            titles.push(title);
        }
    }
    let titles = if titles.is_empty() {
        String::new()
    } else {
        format!(": {}", titles.join("; "))
    };
    if lines.last().is_some_and(|last| !last.is_empty()) {
        lines.push(String::new());
    }
    lines.push(format!("**{}** → {label}{titles}", status.trim()));
    let sample = outcome
        .samples
        .iter()
        .find(|sample| !sample.body.trim().is_empty());
    if let Some(sample) = sample {
        lines.push(String::new());
        let (language, shown, total) = shown_body(&sample.body, sample.media_type.as_deref());
        let block = code_block(language, &shown);
        if total > FOLDED_LINES {
            folded(&format!("A saved answer ({total} lines)"), block, lines);
        } else {
            lines.extend(block);
        }
    }
}

/// A body as it is shown: its language, its bounded text, and how many lines it has in all.
fn shown_body(body: &str, media_type: Option<&str>) -> (&'static str, String, usize) {
    let body = secrets::redact(body);
    let is_json = |text: &str| serde_json::from_str::<Value>(text).ok();
    let (language, text) = match is_json(&body) {
        Some(value) => ("json", json::pretty(&value)),
        None if media_type.is_some_and(|media| media.contains("xml")) => ("xml", body.into_owned()),
        None if media_type.is_some_and(|media| media.contains("html")) => ("html", body.into_owned()),
        None => ("text", body.into_owned()),
    };
    let total = text.lines().count();
    (language, bounded(&text, SAMPLE_LINES), total)
}

/// The first lines of a text, each of bounded length.
fn bounded(text: &str, most: usize) -> String {
    let mut lines: Vec<String> = text.lines().take(most).map(bounded_line).collect();
    if text.lines().nth(most).is_some() {
        lines.push("…".to_owned());
    }
    lines.join("\n")
}

fn bounded_line(line: &str) -> String {
    match line.char_indices().nth(LINE_LENGTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

fn folded(title: &str, inner: DocLines, lines: &mut DocLines) {
    lines.extend([
        "<details>".to_owned(),
        format!("<summary>{title}</summary>"),
        String::new(),
    ]);
    lines.extend(inner);
    lines.extend([String::new(), "</details>".to_owned()]);
}

/// The item's JSON as far as it is no text above.
fn source(operation: &Operation, lines: &mut DocLines) {
    if operation.source.is_empty() {
        return;
    }
    let item = serde_json::from_str::<Value>(&operation.source);
    let text = item.map(|item| json::pretty(&item));
    let text = text.as_ref().unwrap_or(&operation.source);
    lines.push(String::new());
    folded(
        "The item in the collection",
        code_block("json", &bounded(text, SOURCE_LINES)),
        lines,
    );
}
