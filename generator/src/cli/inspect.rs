//! `letterpress inspect`: shows what was understood of a collection.
//!
//! In: a collection. Out: its items with their functions, parameters and types; settings, credentials,
//! environments; and all warnings by code. Errors go where those of all commands go.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use letterpress::diag::{Diagnostic, Severity, render};
use letterpress::ir::{Api, Evidence, StructField, TypeKind};
use letterpress::pipeline;
use letterpress::rust::tree::{
    Call, Face, Failure, Fill, Input, Module, Output, Shown, StatusEnum, StyledPlace,
};
use letterpress::rust::tree::{PageEntry, PageStyle, Pages};
use letterpress::rust::types::{TypeItem, TypeItemKind};

use super::{Settings, Verbosity, count, read, report};

/// What to show.
#[derive(Args)]
pub(super) struct Inspect {
    /// The collection's file.
    collection: PathBuf,
    #[command(flatten)]
    settings: Settings,
}

/// Shows what was understood.
pub(super) fn run(inspect: &Inspect) -> ExitCode {
    let Some(input) = read(&inspect.collection, Verbosity::All) else {
        return ExitCode::FAILURE;
    };
    let (understood, diagnostics) = pipeline::inspect(&input, &inspect.settings.config());
    let mut text = String::new();
    if let Some((api, modules)) = &understood {
        for module in modules {
            client(&mut text, api, module);
            functions(&mut text, module);
        }
        evidence(&mut text, api);
    }
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(is_error);
    findings(&mut text, &warnings);
    print!("{text}");
    report(&errors, Verbosity::Errors);
    if errors.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Writing to a `String` cannot fail.
macro_rules! say {
    ($text:expr, $($what:tt)*) => {{
        let _ = writeln!($text, $($what)*);
    }};
}

fn client(text: &mut String, api: &Api, module: &Module) {
    let Face::Client(client) = &module.face else {
        return;
    };
    let mut operations = 0;
    api.root.visit(&mut |_| operations += 1);
    say!(
        text,
        "{}: {}, {}",
        api.name,
        count(operations, "item"),
        count(api.types.iter().count(), "type")
    );
    for setting in client
        .settings
        .iter()
        .filter(|setting| setting.shown != Shown::Hidden)
    {
        let default = client
            .variables
            .iter()
            .find(|(name, _)| *name == setting.variable);
        match default.and_then(|(_, default)| default.as_deref()) {
            Some(default) => say!(
                text,
                "setting {} = {default:?}  ({})",
                setting.ident,
                setting.variable
            ),
            None => say!(text, "setting {}  ({})", setting.ident, setting.variable),
        }
    }
    for credential in &client.credentials {
        let args: Vec<_> = credential.args.iter().map(ToString::to_string).collect();
        say!(text, "credential {}({})", credential.ident, args.join(", "));
    }
    for environment in &client.environments {
        say!(
            text,
            "environment {} ({})",
            environment.ident,
            count(environment.values.len(), "value")
        );
    }
}

fn functions(text: &mut String, module: &Module) {
    let mut path = "client".to_owned();
    for function in &module.access {
        let _ = write!(path, ".{function}()");
    }
    for call in &module.calls {
        function(text, call, &path);
    }
}

fn function(text: &mut String, call: &Call, path: &str) {
    let args: Vec<_> = call.args.iter().map(|arg| arg.ident.to_string()).collect();
    say!(text, "\n{path}.{}({})", call.function, args.join(", "));
    say!(
        text,
        "  {:?}: {} {}",
        call.spec.name,
        call.spec.method,
        call.spec.url
    );
    for scheme in call.spec.security.alternatives.iter().flatten() {
        say!(text, "  auth {}", scheme.name);
    }
    for input in &call.args {
        say!(text, "  argument {}", described(input));
    }
    for input in &call.setters {
        say!(text, "  setter {}", described(input));
    }
    match &call.output {
        Output::One(decoded) => say!(text, "  result {:?}", decoded.decode),
        Output::Several(results) => statuses(text, "result", results),
    }
    match &call.failure {
        Failure::Unexpected => {}
        Failure::Known(errors) => statuses(text, "error", errors),
    }
    if let Some(paged) = &call.pages {
        pages(text, &paged.paging);
    }
    for item in &call.types {
        type_item(text, item);
    }
}

/// How a call lists, in the words of `letterpress.toml`.
fn pages(text: &mut String, pages: &Pages) {
    let way = letterpress::ir::pages::written;
    let entry = |entry: &PageEntry| match entry {
        PageEntry::Query(name) => name.clone(),
        PageEntry::Body(path) => format!("body:{}", way(path)),
    };
    let mut said = match &pages.style {
        PageStyle::Cursor { send, next } => format!("cursor, send {}, next {}", entry(send), way(next)),
        PageStyle::Header { send, name } => format!("header, send {}, next {name}", entry(send)),
        PageStyle::Page { send, first } => {
            let first = first.map_or_else(String::new, |first| format!(", first {first}"));
            format!("page, send {}{first}", entry(send))
        }
        PageStyle::Offset { send, first } => format!("offset, send {}, first {first}", entry(send)),
        PageStyle::Url { next } => format!("url, next {}", way(next)),
        PageStyle::Link => "link".to_owned(),
    };
    let parts = [
        ("size", pages.size.as_ref().map(entry)),
        ("items", Some(way(&pages.items)).filter(|items| !items.is_empty())),
        ("has_more", pages.more.as_deref().map(way)),
        ("is_last", pages.last.as_deref().map(way)),
        ("total", pages.total.as_deref().map(way)),
        ("total_pages", pages.pages.as_deref().map(way)),
    ];
    for (key, value) in parts {
        said.extend(value.into_iter().map(|value| format!(", {key} {value}")));
    }
    say!(text, "  pages {said}");
}

fn described(input: &Input) -> String {
    let place = match &input.fill {
        Fill::Path(_) | Fill::Styled(StyledPlace::Path, ..) => "path",
        Fill::Styled(StyledPlace::Query, ..) => "query",
        Fill::Styled(StyledPlace::Header, ..) => "header",
        Fill::Query(_) | Fill::QueryMany(_) => "query",
        Fill::Header(_) => "header",
        Fill::Variable(_) => "variable",
        Fill::Json => "JSON body",
        Fill::Form => "form",
        Fill::GraphQlVariables => "GraphQL variables",
        Fill::File => "file",
        Fill::Text => "text body",
    };
    format!("{} ({place})", input.ident)
}

fn statuses(text: &mut String, what: &str, statuses: &StatusEnum) {
    for variant in &statuses.variants {
        say!(
            text,
            "  {what} {} {}: {:?}",
            variant.status,
            variant.ident,
            variant.decoded.decode
        );
    }
}

fn type_item(text: &mut String, item: &TypeItem) {
    let (kind, names): (_, Vec<_>) = match &item.kind {
        TypeItemKind::Struct(strukt) => (
            "struct",
            strukt
                .fields
                .iter()
                .map(|field| field.ident.to_string())
                .collect(),
        ),
        TypeItemKind::OpenEnum(variants) => (
            "enum",
            variants.iter().map(|variant| variant.ident.to_string()).collect(),
        ),
        TypeItemKind::Union(union) => (
            "union",
            union
                .alternatives
                .iter()
                .map(|alternative| alternative.ident.to_string())
                .collect(),
        ),
    };
    say!(text, "  {kind} {} {{ {} }}", item.ident, names.join(", "));
}

/// What fields rest on that were not in every sample.
fn evidence(text: &mut String, api: &Api) {
    let mut heading = "\nevidence\n";
    for (_, def) in api.types.iter() {
        let TypeKind::Struct(fields) = &def.kind else {
            continue;
        };
        for field in fields.iter().filter(|field| is_partial(field)) {
            text.push_str(std::mem::take(&mut heading));
            let Evidence { samples, seen, null } = field.evidence;
            let path = def.origin.path.join(".");
            let place = [
                def.origin.operation_name.as_str(),
                path.as_str(),
                field.key.as_str(),
            ];
            let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
            say!(
                text,
                "  {}: seen in {seen} of {samples}, null in {null}",
                place.join(" > ")
            );
        }
    }
}

fn is_partial(field: &StructField) -> bool {
    field.evidence.seen < field.evidence.samples || field.evidence.null > 0
}

/// All warnings, by code.
fn findings(text: &mut String, diagnostics: &[Diagnostic]) {
    let mut by_code: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for found in diagnostics {
        by_code.entry(found.code.as_str()).or_default().push(found);
    }
    for (code, found) in by_code {
        say!(text, "\n{code}: {}", count(found.len(), "finding"));
        for found in found {
            say!(text, "{}", render::full(found));
        }
    }
}
