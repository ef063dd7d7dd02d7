//! Counts the requests of a collection, independently of the generator.
//!
//! In: the text of a file. Out: how many functions its client must have. It reads JSON by itself and follows
//! only what Postman says a request is: an item without items, or a v1 request that some `order` names.

use std::path::Path;

use serde_json::{Deserializer, Value};

/// How many requests the first document of `text` has; `None` if there is no JSON document.
pub fn requests(text: &str) -> Option<usize> {
    requests_beside(text, Path::new(""))
}

/// The same of a file in this folder.
pub fn requests_beside(text: &str, folder: &Path) -> Option<usize> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let says = |line: &str| line.starts_with("openapi:") || line.starts_with("swagger:");
    let read = text
        .lines()
        .any(says)
        .then(|| letterpress::frontend::json_of_yaml(text))
        .flatten();
    let mut documents = Deserializer::from_str(read.as_deref().unwrap_or(text)).into_iter::<Value>();
    let document = documents.next()?.ok()?;
    Some(in_document(
        document.get("collection").unwrap_or(&document),
        folder,
    ))
}

/// How many requests of HTTP a folder of v3 has, and how many bytes its files have. A file that is no YAML is none.
pub fn requests_of_tree(folder: &Path) -> (usize, usize) {
    let (mut requests, mut bytes) = (0, 0);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            let (inner, more) = requests_of_tree(&path);
            requests += inner;
            bytes += more;
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        bytes += text.len();
        let name = path.to_string_lossy();
        if [".request.yaml", ".request.yml", ".request.json"]
            .iter()
            .any(|ending| name.ends_with(ending))
        {
            requests += usize::from(is_http(&text));
        }
    }
    (requests, bytes)
}

fn is_http(text: &str) -> bool {
    let json = letterpress::frontend::json_of_yaml(text);
    let read: Option<Value> = json.and_then(|json| serde_json::from_str(&json).ok());
    read.is_some_and(|value| {
        let kind = value
            .get("$kind")
            .and_then(Value::as_str)
            .unwrap_or("http-request");
        ["http-request", "graphql-request"].contains(&kind)
    })
}

fn in_document(document: &Value, folder: &Path) -> usize {
    if document.get("openapi").or(document.get("swagger")).is_some() {
        return in_description(document, folder);
    }
    if document.get("requests").is_some_and(Value::is_array) {
        return in_first_version(document);
    }
    match children(document) {
        Some(items) => items.iter().map(in_item).sum(),
        None => 1,
    }
}

/// The methods of all paths of a description; a path may refer to another, in this file or beside it.
fn in_description(document: &Value, folder: &Path) -> usize {
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flat_map(|paths| paths.values());
    items.map(|item| in_path(item, document, folder)).sum()
}

fn in_path(item: &Value, document: &Value, folder: &Path) -> usize {
    const METHODS: [&str; 9] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ];
    if let Some(reference) = item.get("$ref").and_then(Value::as_str) {
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        if file.is_empty() {
            return document
                .pointer(pointer)
                .map_or(0, |item| in_path(item, &Value::Null, folder));
        }
        let text = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
        let text = letterpress::frontend::json_of_yaml(&text).unwrap_or_default();
        let other: Value = serde_json::from_str(&text).unwrap_or_default();
        return other
            .pointer(pointer)
            .map_or(0, |item| in_path(item, &Value::Null, folder));
    }
    let more = item.get("additionalOperations").and_then(Value::as_object);
    let own = METHODS
        .iter()
        .filter(|method| item.get(**method).is_some_and(Value::is_object));
    own.count() + more.map_or(0, serde_json::Map::len)
}

fn in_item(item: &Value) -> usize {
    match children(item) {
        Some(items) => items.iter().map(in_item).sum(),
        None => usize::from(item.is_object()),
    }
}

fn children(of: &Value) -> Option<&Vec<Value>> {
    of.get("item").or_else(|| of.get("items"))?.as_array()
}

/// A v1 request counts as often as the collection, and the folders that Postman reaches, order it.
/// Where nothing orders the folders, they come as they are listed.
fn in_first_version(document: &Value) -> usize {
    let folders = list(document, "folders");
    let ordered = document.get("folders_order").is_some_and(Value::is_array);
    let nested: Vec<&Value> = folders
        .iter()
        .flat_map(|folder| list(folder, "folders_order"))
        .collect();
    let top: Vec<&Value> = if ordered {
        list(document, "folders_order").iter().collect()
    } else {
        folders
            .iter()
            .filter_map(|folder| folder.get("id"))
            .filter(|id| !nested.contains(id))
            .collect()
    };
    let mut waiting: Vec<&Value> = top.into_iter().filter_map(|id| by_id(folders, id)).collect();
    waiting.push(document);
    let mut seen: Vec<&Value> = Vec::new();
    let mut count = 0;
    while let Some(folder) = waiting.pop() {
        if seen.iter().any(|seen| std::ptr::eq(*seen, folder)) {
            continue;
        }
        seen.push(folder);
        let ids = list(folder, "order").iter();
        count += ids
            .filter(|id| by_id(list(document, "requests"), id).is_some())
            .count();
        if !std::ptr::eq(folder, document) {
            let sub_folders = list(folder, "folders_order").iter();
            waiting.extend(sub_folders.filter_map(|id| by_id(folders, id)));
        }
    }
    // Where nothing is ordered, nothing would be left: then every request counts.
    if count == 0 {
        list(document, "requests").len()
    } else {
        count
    }
}

fn list<'a>(of: &'a Value, key: &str) -> &'a [Value] {
    of.get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn by_id<'a>(list: &'a [Value], id: &Value) -> Option<&'a Value> {
    list.iter().find(|entry| entry.get("id") == Some(id))
}

#[cfg(test)]
mod tests {
    use super::requests;

    #[test]
    fn counts_items_without_items() {
        assert_eq!(
            requests(r#"{"item":[{"item":[{},{"name":"x"}]},{"item":[]},{}]}"#),
            Some(3)
        );
        assert_eq!(
            requests("\u{feff}{\"collection\":{\"item\":[{}]}} trailing"),
            Some(1)
        );
        assert_eq!(requests(r#"{"request":{}}"#), Some(1));
        assert_eq!(requests("nothing"), None);
    }

    #[test]
    fn counts_ordered_requests_of_the_first_version() {
        let text = r#"{"order":["a","gone"],"folders_order":["f"],"folders":[{"id":"f","order":["b"]}],
            "requests":[{"id":"a"},{"id":"b"},{"id":"lost"}]}"#;
        assert_eq!(requests(text), Some(2));
    }
}
