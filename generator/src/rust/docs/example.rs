//! The example of an item: a call as one would write it, which is compiled or run as a doc test where that is possible.
//!
//! In: the page's call and the values that the collection saved. Out: a fenced block of Rust. It is run against the
//! saved responses if one of them answers it, compiled if none does, and only shown if nobody said where the client
//! can be found.

use super::curl::Curl;
use super::page::{Page, param_of};
use crate::ir::{AuthKind, Body, BodyType, Entry, FieldContent, Operation, Sample, SavedRequest};
use crate::rust::tree::{Call, DocLines, Fill, Input, InputTy, Output};
use crate::rust::types::{Ty, TypeItemKind};

/// Where doc tests find the client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Home<'a> {
    /// The path of the root module: `generated_client::zoom`.
    pub(crate) root: &'a str,
    /// The path of the call's module from there, with `::` after each: `users::token::`.
    pub(crate) module: &'a str,
    /// Variables without a default, which a client must be given, and what it is given.
    pub(crate) unset: &'a [(&'a str, &'a str)],
}

/// Where the client is, if that is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Root<'a> {
    /// The path of the root module: `generated_client::zoom`.
    pub(crate) path: Option<&'a str>,
}

/// How many setters an example shows.
const MOST_SETTERS: usize = 2;
/// The longest value that is written out.
const LONGEST_VALUE: usize = 40;

/// The example's lines.
pub(super) fn lines(page: &Page<'_>, curl: Option<&Curl>) -> DocLines {
    let chain = fluent(page).unwrap_or_else(|| vec![format!("{}::saved(&client)", page.call.ty)]);
    let success = answered(page.operation);
    let mut lines = Vec::new();
    let Some(home) = page.home else {
        lines.push("```ignore".to_owned());
        statement(&chain, &mut lines);
        lines.push(look(page.call));
        lines.push("```".to_owned());
        return lines;
    };
    lines.push(if success.is_some() { "```" } else { "```no_run" }.to_owned());
    setup(page, home, success, &mut lines);
    statement(&chain, &mut lines);
    lines.push(look(page.call));
    if let (Some(_), Some(curl)) = (success, curl) {
        compare(page, home, curl, &mut lines);
    }
    lines.extend(["# Ok(())".to_owned(), "# });".to_owned(), "```".to_owned()]);
    lines
}

/// The hidden lines before the call.
fn setup(page: &Page<'_>, home: Home<'_>, success: Option<&Sample>, lines: &mut DocLines) {
    let Home { root, module, unset } = home;
    lines.push(format!("# use {root}::{{Client, {module}{}}};", page.call.ty));
    lines.push("# letterpress_runtime::replay::example(async {".to_owned());
    let mut builder = "# let client = Client::builder()".to_owned();
    let used = |name: &str| page.operation.source.contains(&format!("{{{{{name}}}}}"));
    for (name, value) in unset.iter().filter(|(name, _)| used(name)) {
        builder += &format!(".variable({name:?}, {value:?})");
    }
    if let Some(success) = success {
        builder += &format!(
            ".transport({root}::replay()).header(\"x-mock-response-id\", {:?})",
            success.place.pointer
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

/// The call, awaited, in the format that rustfmt would give it.
fn statement(chain: &[String], lines: &mut DocLines) {
    let line = format!("let response = {}.await?;", chain.concat());
    if line.len() <= 90 {
        lines.push(line);
        return;
    }
    let (first, rest) = chain
        .split_first()
        .map_or(("", chain), |(first, rest)| (first.as_str(), rest));
    lines.push(format!("let response = {first}"));
    lines.extend(rest.iter().map(|part| format!("    {part}")));
    lines.push("    .await?;".to_owned());
}

/// A look at the answer.
fn look(call: &Call) -> String {
    let looked = match &call.output {
        Output::One(decoded) => match &decoded.ty {
            Ty::Unit => return "println!(\"{}\", response.status());".to_owned(),
            Ty::Local(path) => first_field(call, path.ident.as_str(), path.supers + path.modules.len()),
            Ty::Bool
            | Ty::I64
            | Ty::U64
            | Ty::F64
            | Ty::String
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
        TypeItemKind::OpenEnum(_) => None,
    }
}

/// The call as a chain of functions, if all that must be given can be written as a literal.
fn fluent(page: &Page<'_>) -> Option<Vec<String>> {
    let Page {
        operation,
        call,
        handle,
        ..
    } = *page;
    if operation.auth.as_ref().is_some_and(|auth| signs(auth.kind)) {
        return None;
    }
    let args: Option<Vec<String>> = call
        .args
        .iter()
        .map(|arg| literal(operation, arg, Given::Always))
        .collect();
    let mut parts = handle.split('.');
    let mut chain: Vec<String> = parts.next().map(str::to_owned).into_iter().collect();
    chain.extend(parts.map(|part| format!(".{part}")));
    chain.push(format!(".{}({})", call.function, args?.join(", ")));
    let mut shown = 0;
    for setter in &call.setters {
        // A variable of the URL or body must have a value for the call to be made at all.
        let needed = matches!(setter.fill, Fill::Variable(_));
        let given = if needed { Given::Always } else { Given::IfSaved };
        if (needed || shown < MOST_SETTERS)
            && let Some(value) = literal(operation, setter, given)
        {
            chain.push(format!(".{}({value})", setter.ident));
            shown += 1;
        }
    }
    Some(chain)
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
    } else {
        param.name.as_str()
    };
    match &input.ty {
        InputTy::Display | InputTy::Str | InputTy::Into(Ty::String | Ty::Local(_)) => {
            Some(format!("{text:?}"))
        }
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

/// Whether calls fail without a credential of this kind, but for saved ones.
fn signs(kind: AuthKind) -> bool {
    match kind {
        AuthKind::Bearer | AuthKind::Basic | AuthKind::ApiKey | AuthKind::OAuth2 => false,
        AuthKind::OAuth1
        | AuthKind::Digest
        | AuthKind::Hawk
        | AuthKind::AwsV4
        | AuthKind::EdgeGrid
        | AuthKind::Jwt
        | AuthKind::Asap
        | AuthKind::Ntlm => true,
    }
}

/// The saved success that a call of this operation can be answered with.
fn answered(operation: &Operation) -> Option<&Sample> {
    if sends_files(&operation.body) || !can_be_sent(operation) || needs_key(operation) {
        return None;
    }
    operation.results.iter().find_map(|outcome| {
        outcome.samples.iter().find(|sample| {
            let request = sample.request.as_deref();
            request.is_none_or(|request| is_like(request, operation)) && is_read(&sample.body, &outcome.body)
        })
    })
}

/// Whether calls fail without a key that is one: what the collection holds in its place is refused.
fn needs_key(operation: &Operation) -> bool {
    let kind = operation.auth.as_ref().map(|auth| auth.kind);
    matches!(kind, Some(AuthKind::Jwt | AuthKind::Asap | AuthKind::OAuth1))
}

/// Whether a saved body is what its type is read from; samples may hold placeholders and comments.
fn is_read(body: &str, ty: &BodyType) -> bool {
    match ty {
        BodyType::Json(_) | BodyType::JsonInString(_) => {
            serde_json::from_str::<serde_json::Value>(body).is_ok()
        }
        BodyType::Empty | BodyType::Text | BodyType::Bytes | BodyType::Unknown => true,
    }
}

/// Whether the saved request is one that can be sent at all.
fn can_be_sent(operation: &Operation) -> bool {
    let is_token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let base = &operation.url.base;
    let header = |entry: &Entry| {
        let value = entry.value.as_deref().unwrap_or_default();
        is_token(entry.key.as_deref().unwrap_or_default())
            && value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
    };
    let (scheme, host) = base.split_once("://").unwrap_or(("http", base));
    is_token(&operation.method)
        && !host.is_empty()
        && !host.starts_with('/')
        && matches!(scheme, "http" | "https")
        && operation.headers.iter().all(header)
}

/// Whether files of the collection's author are sent, which nobody else has.
fn sends_files(body: &Body) -> bool {
    match body {
        Body::FormData { fields, .. } => fields
            .iter()
            .any(|field| matches!(&field.content, FieldContent::Files { src, .. } if !src.is_empty())),
        Body::File { src, .. } => src.is_some(),
        Body::None | Body::Raw(_) | Body::UrlEncoded { .. } | Body::GraphQl(_) => false,
    }
}

/// Whether a saved request went where the operation goes.
fn is_like(request: &SavedRequest, operation: &Operation) -> bool {
    let path = |base: &str| base.trim_end_matches('/').to_owned();
    request.method == operation.method && path(&request.base) == path(&operation.url.base)
}
