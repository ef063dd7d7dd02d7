//! Names what is no collection.
//!
//! In: a JSON document. Out: what it is, in words for an error, and a way out. Some tools write `requests`, `folders` and
//! `items` as Postman does and mean other things by them, so [`tool`] is asked before a document is taken for a
//! collection. It goes by members that only that tool writes, never by what is missing alone: no collection of
//! Postman's may be refused for an odd shape.

use crate::frontend::json::Value;

/// The tool other than Postman that wrote a document.
pub(super) fn tool(value: &Value<'_>) -> Option<&'static str> {
    let has = |name: &str| value.get(name).is_some();
    let list = |name: &str| value.get(name).and_then(Value::as_array);
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    // Collections of v2 have it; none of the others does.
    if has("info") && has("item") {
        return None;
    }
    if has("__export_format") || text("_type") == "export" || text("type").starts_with("collection.insomnia")
    {
        return Some("an Insomnia export");
    }
    let client = [text("client"), text("clientName")];
    if client.contains(&"Thunder Client") || (has("colName") && !has("name")) {
        return Some("a Thunder Client export");
    }
    if has("brunoConfig") || (has("version") && list("items").is_some_and(|items| are(items, is_brunos))) {
        return Some("a Bruno export");
    }
    if list("requests").is_some_and(|requests| are(requests, is_hoppscotchs)) || is_hoppscotch_folder(value) {
        return Some("a Hoppscotch export");
    }
    if text("kind").starts_with("ARC#") {
        return Some("an export of Advanced REST Client");
    }
    value
        .as_array()?
        .first()
        .and_then(|first| if first.is_object() { tool(first) } else { None })
}

/// Whether there are some, and all of them are so.
fn are(items: &[Value<'_>], so: fn(&Value<'_>) -> bool) -> bool {
    !items.is_empty() && items.iter().all(so)
}

/// Bruno says of each request, folder and script which of these it is.
fn is_brunos(item: &Value<'_>) -> bool {
    let kinds = ["http", "graphql", "grpc", "ws", "folder", "js"];
    let kind = item.get("type").and_then(Value::as_str);
    kind.is_some_and(|kind| kinds.contains(&kind.trim_end_matches("-request")))
}

/// Hoppscotch calls the address of a request, and nothing else, an endpoint; each request says its version.
fn is_hoppscotchs(request: &Value<'_>) -> bool {
    let has = |name: &str| request.get(name).is_some();
    has("v") && has("endpoint") && !has("url")
}

/// A folder that holds no request itself: its version is a number, and Postman's lists of ids are not there.
fn is_hoppscotch_folder(value: &Value<'_>) -> bool {
    let has = |name: &str| value.get(name).is_some();
    let version = matches!(value.get("v"), Some(Value::Number(_)));
    version && has("folders") && has("requests") && !has("order")
}

/// What a document is that is no collection, and what helps.
pub(super) fn name(value: &Value<'_>) -> (String, &'static str) {
    let has = |name: &str| value.get(name).is_some();
    let export = "export a collection from Postman as v2.1";
    let convert = "import it into Postman and export the collection as v2.1";
    let scope = value.get("_postman_variable_scope").and_then(Value::as_str);
    if let Some(error) = value
        .get("error")
        .filter(|error| error.is_object() || error.is_string())
    {
        let text = error.get("message").or(Some(error)).and_then(Value::as_str);
        let said = text.map(|text| format!(" (`{}`)", text.chars().take(100).collect::<String>()));
        let message = format!(
            "this is no Postman collection, but an error that a server answered with{}",
            said.unwrap_or_default()
        );
        return (
            message,
            "download it again with what the server asks for, or export the collection from Postman",
        );
    }
    let (what, help) = if has("$kind") {
        (
            "a part of a v3 collection",
            "name the folder that the whole collection is in",
        )
    } else if scope == Some("globals") {
        (
            "Postman's global variables",
            "call it `NAME.postman_globals.json`, put it beside a collection, and press that",
        )
    } else if has("values") && has("name") {
        (
            "a Postman environment",
            "call it `NAME.postman_environment.json`, put it beside a collection, and press that",
        )
    } else if let Some(tool) = tool(value) {
        (tool, convert)
    } else if has("log") {
        ("a HAR file", convert)
    } else if has("collections") {
        (
            "a dump of several collections",
            "export each collection by itself",
        )
    } else if value.is_array() {
        (
            "a list",
            "a collection is one object: write each into a file of its own",
        )
    } else if value.is_object() {
        ("a JSON object without items", export)
    } else {
        ("not even a JSON object", export)
    };
    (format!("this is no Postman collection, but {what}"), help)
}
