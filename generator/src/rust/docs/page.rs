//! The page of an item: what rustdoc shows above its function.
//!
//! In: an operation and the call that was made of it. Out: its description, where it is, parameters, results and
//! errors with their samples, an example, and the item's JSON. Samples and JSON are bounded and free of credentials;
//! what is long is folded. It names nothing: links go where the call's names say.

use serde_json::Value;

use super::clean::{clean_inner, code, code_block, escaped};
use super::outcomes::{bounded, errors, folded, results};
use super::params::parameters;
use super::request::request;
use super::section::section;
use super::sent::sent;
use super::subject::Page;
use super::{curl, example, json};
use crate::ir::pages::written;
use crate::ir::{Body, Entry, Operation};
use crate::rust::doc_lines::DocLines;
use crate::rust::tree::{Call, PageEntry, PageStyle};

/// How many lines of the item's JSON are shown.
const SOURCE_LINES: usize = 60;

/// The lines of a page.
pub(crate) fn page(page: &Page<'_>) -> DocLines {
    let Page { operation, call, .. } = *page;
    let mut lines = head(operation, page.base_variable);
    parameters(operation, call, &mut lines);
    sent(operation, &mut lines);
    gives(call, &mut lines);
    results(operation, &call.output, &mut lines);
    errors(operation, &call.failure, &mut lines);
    pages(call, &mut lines);
    section("Examples", &mut lines);
    // A path of which nobody shows a value is no address.
    let mut path = operation.url.path_variables.iter();
    let is_address = !operation.source.is_empty() || path.all(|variable| variable.saved.is_some());
    let curl = curl::curl(operation, page.settings).filter(|_| is_address);
    lines.extend(example::lines(page, curl.as_ref()));
    if let Some(curl) = curl {
        lines.extend([
            String::new(),
            if operation.source.is_empty() {
                "The same as a command:".to_owned()
            } else {
                "The same as a command, as the collection saved it:".to_owned()
            },
            String::new(),
        ]);
        lines.extend(code_block("sh", &curl.command));
    }
    query(operation, &mut lines);
    source(operation, &mut lines);
    lines
}

/// That the client can make this call by itself.
fn gives(call: &Call, lines: &mut DocLines) {
    if call.gives.is_empty() {
        return;
    }
    let supers = "super::".repeat(call.depth);
    let methods = call.gives.iter().map(|token| &token.method);
    let links: Vec<String> = methods
        .map(|method| format!("[`{method}`]({supers}ClientBuilder::{})", method.as_str()))
        .collect();
    lines.extend([
        String::new(),
        format!(
            "Its answer holds what other calls are sent with as a credential: a client that is built with {} makes this call by \
             itself.",
            links.join(" or ")
        ),
    ]);
}

/// Title, description, request line and place: all that a brief page has.
pub(crate) fn head(operation: &Operation, base_variable: Option<&str>) -> DocLines {
    let request = request(&operation.method, &operation.url.base, base_variable);
    let mut lines = vec![title(operation, base_variable)];
    let text = clean_inner(&operation.docs.text);
    let repeats = text.len() == 1 && text.first().is_some_and(|text| is_same(text, &lines));
    if !text.is_empty() && !repeats {
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
pub(crate) fn title(operation: &Operation, base_variable: Option<&str>) -> String {
    let title = escaped(operation.summary.as_ref().unwrap_or(&operation.name));
    if title.is_empty() {
        let request = request(&operation.method, &operation.url.base, base_variable);
        format!("Calls {request}.")
    } else {
        title
    }
}

/// Whether a description only says the title again.
fn is_same(text: &str, title: &[String]) -> bool {
    let bare = |text: &str| text.trim_end_matches('.').to_lowercase();
    title.first().is_some_and(|title| bare(title) == bare(text))
}

/// How a list is read to its end.
fn pages(call: &Call, lines: &mut DocLines) {
    let Some(paged) = &call.pages else { return };
    let entry = |entry: &PageEntry| match entry {
        PageEntry::Query(name) => code(name),
        PageEntry::Body(way) => format!("{} of the body", code(&written(way))),
    };
    let by = match &paged.paging.style {
        PageStyle::Cursor { send, next } => {
            format!("{}, which is {} of the answer", entry(send), code(&written(next)))
        }
        PageStyle::Header { send, name } => format!(
            "{}, which is the header {} of the answer",
            entry(send),
            code(name)
        ),
        PageStyle::Page { send, .. } => format!("{}, its number", entry(send)),
        PageStyle::Offset { send, .. } => format!("{}, which counts what came before", entry(send)),
        PageStyle::Url { next } => format!("the URL at {} of the answer", code(&written(next))),
        PageStyle::Link => "the URL in the header `Link` of the answer".to_owned(),
    };
    section("Pages", lines);
    lines.push(format!(
        "A call gives one page. `.items()` gives all that is listed, one after the other, and `.pages()` page after page: the next is \
         asked for by {by}."
    ));
}

/// The document of a GraphQL request, all of it: what an operation asks for stands nowhere else in lines of its own.
fn query(operation: &Operation, lines: &mut DocLines) {
    let is_graphql = |header: &Entry| {
        let is =
            |text: Option<&str>, word: &str| text.is_some_and(|text| text.trim().eq_ignore_ascii_case(word));
        is(header.key.as_deref(), "content-type") && is(header.value.as_deref(), "application/graphql")
    };
    let document = match &operation.body {
        Body::GraphQl(graphql) => graphql.query.as_deref(),
        Body::Raw(raw) => operation
            .headers
            .iter()
            .any(is_graphql)
            .then_some(raw.text.as_str()),
        Body::None | Body::UrlEncoded { .. } | Body::FormData { .. } | Body::File { .. } => None,
    };
    if let Some(document) = document.filter(|document| !document.trim().is_empty()) {
        lines.push(String::new());
        folded("The GraphQL document", code_block("graphql", document), lines);
    }
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
