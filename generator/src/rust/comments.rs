//! Which text stands above which item: descriptions, and a line of our own where the author said nothing.
//!
//! In: the neutral model. Out: lines for doc comments, cleaned by [`docs`](super::docs), so that every public item
//! is documented and none can leave its comment.

pub mod alternatives;

use super::doc_lines::DocLines;
use super::docs::{
    about, brief, clean, clean_inner, code, escaped, is_note, reason, titles, without_required,
};
use super::overlap::Overlap;
use crate::ir;

/// The page of the whole client.
pub fn crate_page(api: &ir::Api) -> DocLines {
    with_summary(escaped(&api.name), &api.docs, "A client of an HTTP API.")
}

/// The head of a folder's file; `more` are other folders of its name.
pub fn module(folder: &ir::Folder, more: &[&ir::Folder]) -> DocLines {
    let mut lines = with_summary(breadcrumb(folder), &folder.docs, "Items of a folder.");
    for other in more {
        let docs = clean(&other.docs.text);
        if !docs.is_empty() && other.docs != folder.docs {
            lines.push(String::new());
            lines.extend(docs);
        }
    }
    lines
}

/// The type of a folder's handle.
pub fn handle(folder: &ir::Folder) -> DocLines {
    let breadcrumb = breadcrumb(folder);
    vec![if breadcrumb.is_empty() {
        "Functions of a folder without a name.".to_owned()
    } else {
        format!("Functions of the folder {breadcrumb}.")
    }]
}

/// The function that hands a folder's handle out. What is said of one of several folders of a name does not fit all.
pub fn handle_function(folder: &ir::Folder, more: &[&ir::Folder]) -> DocLines {
    let about = brief(&folder.docs.text, MOST_SAID);
    let differs = more.iter().any(|other| other.docs != folder.docs);
    if differs || about.is_empty() || about.ends_with(':') {
        handle(folder)
    } else {
        vec![about]
    }
}

/// How much is said of a folder where it is one of many, in characters.
const MOST_SAID: usize = 160;

/// The type of an operation's call; `target` is the way to the function.
pub fn call_type(target: &str) -> DocLines {
    vec![format!("The call of [`{target}`], to be awaited.")]
}

/// A setter.
pub fn param(operation: &ir::Operation, param: &ir::Param) -> DocLines {
    let key = param.key(operation);
    let what = match param.place {
        ir::ParamPlace::Path(_) => "Path variable",
        ir::ParamPlace::Query(_) => "Query parameter",
        ir::ParamPlace::Header(_) => "Header",
        ir::ParamPlace::Variable(_) => "Variable",
    };
    described(
        &format!("{what} {}", code(key)),
        key,
        clean_inner(&param.docs.text),
    )
}

/// A setter for the body.
pub fn body(_: &ir::Operation) -> DocLines {
    vec!["The body.".to_owned()]
}

/// A description; what it is of is said too where there is none, or it says little, or is of a part of something, for
/// which authors often have one description for all parts.
fn described(what: &str, name: &str, lines: DocLines) -> DocLines {
    if lines.is_empty() {
        vec![format!("{what}.")]
    } else if is_note(&lines) || name.contains('[') {
        about(what, &lines)
    } else {
        lines
    }
}

/// An enum of results; `target` is the way to the function.
pub fn results(target: &str) -> DocLines {
    vec![format!("The results of [`{target}`], by status.")]
}

/// An enum of errors; `target` is the way to the function.
pub fn errors(target: &str) -> DocLines {
    vec![format!("The errors of [`{target}`], by status.")]
}

/// A variant of an enum of results or errors.
pub fn outcome(operation: &ir::Operation, outcome: &ir::Outcome) -> DocLines {
    let reason = reason(outcome);
    let mut lines = vec![
        format!("{} {}", outcome.status, escaped(reason))
            .trim()
            .to_owned(),
    ];
    let titles = titles(outcome, reason, &operation.name);
    let said = clean_inner(&outcome.docs.text);
    if titles.is_empty()
        && let (Some(line), Some(first)) = (lines.first_mut(), said.first())
    {
        *line += &format!(": {first}");
        lines.extend(said.iter().skip(1).cloned());
        return lines;
    }
    if let (Some(line), false) = (lines.first_mut(), titles.is_empty()) {
        *line += &format!(": {}", titles.join("; "));
    }
    lines
}

/// A struct or enum; `shared` ones belong to no operation alone, others may be linked to their `function`.
pub fn type_item(def: &ir::TypeDef, shared: bool, function: Option<&str>) -> DocLines {
    or(clean(&def.docs.text), || {
        if let (Some(declared), true) = (&def.declared, shared) {
            return format!("The schema {}.", code(declared));
        }
        let operation = function.map_or_else(
            || escaped(without_stop(&def.origin.operation_name)),
            |function| format!("[`{function}`]"),
        );
        let part = match &def.origin.role {
            ir::Role::Body => "the body".to_owned(),
            ir::Role::Param(name) => format!("the parameter {}", code(name)),
            ir::Role::Result(status) | ir::Role::Error(status) => format!("the {status} answer"),
        };
        let path = def
            .origin
            .path
            .join(".")
            .replace(".[]", "[]")
            .replace(".{}", "{}");
        if shared && path.is_empty() {
            format!("The body of errors, such as {part} of {operation}.")
        } else {
            capital(&member(&path, &format!("{part} of {operation}.")))
        }
    })
}

/// What lies at a path of a whole: `` an item of `users` in the body``, `` `message` of an item of …``.
fn member(path: &str, whole: &str) -> String {
    let inner = |what: &str, path: &str| format!("{what} {}", member(path, whole));
    if let Some(list) = path.strip_suffix("[]") {
        return inner("an item of", list);
    }
    if let Some((union, step)) = path
        .rsplit_once(".<")
        .or_else(|| Some(("", path.strip_prefix('<')?)))
        && let Some(alternative) = step.strip_suffix('>')
    {
        let form = if alternative == ir::types::OBJECT {
            alternative.to_owned()
        } else {
            code(alternative)
        };
        return inner(&format!("the {form} form of"), union);
    }
    if let Some(map) = path.strip_suffix("{}") {
        return inner("a value of", map);
    }
    match path {
        "" => whole.to_owned(),
        path => format!("{} in {whole}", code(path)),
    }
}

/// A field: its description, or its key; and what its type rests on where that is not obvious.
pub fn field(field: &ir::StructField) -> DocLines {
    let text = if field.required {
        without_required(&field.docs.text)
    } else {
        &field.docs.text
    };
    let key = code_or(&field.key, "The empty key");
    let mut lines = clean_inner(text);
    let ir::Evidence { samples, seen, null } = field.evidence;
    let evidence = match (seen < samples, null) {
        (false, 0) => None,
        (true, 0) => Some(format!("seen in {seen} of {samples} samples.")),
        (true, null) => Some(format!("seen in {seen} of {samples} samples, null in {null}.")),
        (false, 1) if samples == 1 => Some("null in the only sample.".to_owned()),
        (false, null) if null == samples => Some("null in every sample.".to_owned()),
        (false, null) => Some(format!("null in {null} of {samples} samples.")),
    };
    if lines.is_empty() {
        return vec![match evidence {
            Some(evidence) => format!("{key}, {evidence}"),
            None => key,
        }];
    }
    lines = described(&key, &field.key, lines);
    lines.extend(
        evidence
            .into_iter()
            .flat_map(|evidence| [String::new(), capital(&evidence)]),
    );
    lines
}

/// A known value of an enum.
pub fn variant(value: &ir::types::EnumValue) -> DocLines {
    or(clean_inner(&value.docs.text), || {
        code_or(&value.text, "The empty text.")
    })
}

/// Text as code; of what has no characters to show, `other`.
fn code_or(text: &str, other: &str) -> String {
    Some(code(text))
        .filter(|code| !code.is_empty())
        .unwrap_or_else(|| other.to_owned())
}

/// What stands before the default of a setting.
pub const DEFAULT: &str = "Default: ";

/// A builder method for a variable; `hosts` is what addresses begin with.
pub fn setting(setting: &ir::Variable, hosts: &[String], overlap: Option<&Overlap>) -> DocLines {
    let text = clean_inner(&setting.docs.text);
    let text = if is_note(&text) {
        about(&format!("The variable {}", code(&setting.name)), &text)
    } else {
        text
    };
    let mut lines = or(text, || match setting.kind {
        ir::VariableKind::BaseUrl => base_url(&token(setting), hosts),
        ir::VariableKind::Text => {
            let used = hosts.iter().find(|host| host.contains(&token(setting)));
            let used = used.map(|host| format!(": a part of the address {}", code(host)));
            format!(
                "The variable {}{}.",
                code(&setting.name),
                used.unwrap_or_default()
            )
        }
        ir::VariableKind::Secret => format!("The secret {}; never shown.", code(&setting.name)),
    });
    if let Some(default) = setting.default.as_deref().filter(|default| !default.is_empty()) {
        lines.extend([String::new(), format!("{DEFAULT}{}.", code(default))]);
    }
    if let Some(overlap) = overlap {
        let methods: Vec<_> = overlap.methods.iter().map(|method| code(method)).collect();
        let methods = methods.join(" and ");
        let line = format!("In calls whose authentication names it, it wins over {methods}.");
        lines.extend([String::new(), line]);
    }
    lines
}

/// What some or all addresses begin with.
fn base_url(token: &str, hosts: &[String]) -> String {
    let calls = if hosts.iter().all(|host| host.starts_with(token)) {
        "every call".to_owned()
    } else {
        format!("the calls whose address begins with {}", code(token))
    };
    format!("The base URL of {calls}: scheme (`http` if there is none), host and path.")
}

/// A variable as templates name it.
fn token(setting: &ir::Variable) -> String {
    format!("{{{{{}}}}}", setting.name)
}

/// A builder method for a credential, and the variables that share its place.
pub fn credential<'a>(
    credential: &ir::Credential,
    overlaps: impl Iterator<Item = (&'a &'a str, &'a Overlap)>,
) -> DocLines {
    let mut overlaps: Vec<_> = overlaps.collect();
    overlaps.sort_by_key(|(_, overlap)| overlap.argument);
    let (covered, winning): (Vec<_>, Vec<_>) =
        overlaps.into_iter().partition(|(_, overlap)| overlap.is_covered);
    let codes = |variables: &[(&&str, &Overlap)], conjunction: &str| {
        enumerated(
            variables.iter().map(|(variable, _)| code(variable)).collect(),
            conjunction,
        )
    };
    let mut line = format!("{}, used by every call of this scheme", credential.scheme.docs);
    if !covered.is_empty() {
        line += &format!(": what the collection calls {}", codes(&covered, "and"));
    }
    let mut lines = vec![line + "."];
    for (_, overlap) in &covered {
        let about = clean_inner(&overlap.docs);
        lines.extend(about.first().map(|_| String::new()));
        lines.extend(about);
    }
    if !winning.is_empty() {
        let line = format!(
            "Where {} is set, it wins in the calls that name it.",
            codes(&winning, "or")
        );
        lines.extend([String::new(), line]);
    }
    lines
}

/// `a`, `a or b`, `a, b or c`, `a, b, c or 4 others`.
fn enumerated(mut words: Vec<String>, conjunction: &str) -> String {
    const MOST: usize = 4;
    if words.len() > MOST {
        let others = words.split_off(MOST - 1).len();
        words.push(format!("{others} others"));
    }
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// A variant of `Environment`.
pub fn environment(environment: &ir::Environment) -> DocLines {
    vec![format!("The environment {}.", code(&environment.name))]
}

/// Where a folder is: `users` › `token`.
fn breadcrumb(folder: &ir::Folder) -> String {
    let path = &folder.place.breadcrumb;
    let names: Vec<_> = path.iter().map(|name| code(name)).collect();
    if names.is_empty() {
        code(&folder.name)
    } else {
        names.join(" › ")
    }
}

/// A name without the full stop that would end the sentence that it stands in.
fn without_stop(name: &str) -> &str {
    let name = name.trim_end();
    name.strip_suffix('.')
        .filter(|rest| !rest.ends_with('.'))
        .unwrap_or(name)
}

/// A summary line and what follows it.
fn with_summary(summary: String, docs: &ir::Docs, fallback: &str) -> DocLines {
    let mut lines = vec![if summary.is_empty() {
        fallback.to_owned()
    } else {
        summary
    }];
    let text = clean(&docs.text);
    if !text.is_empty() {
        lines.push(String::new());
        lines.extend(text);
    }
    lines
}

fn or(lines: DocLines, fallback: impl FnOnce() -> String) -> DocLines {
    if lines.is_empty() { vec![fallback()] } else { lines }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(chars)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::enumerated;

    #[test]
    fn enumerations_end() {
        let of = |words: &str| enumerated(words.split(' ').map(str::to_owned).collect(), "or");
        assert_eq!(of("a"), "a");
        assert_eq!(of("a b"), "a or b");
        assert_eq!(of("a b c d"), "a, b, c or d");
        assert_eq!(of("a b c d e"), "a, b, c or 2 others");
    }
}
