//! Everything of an account in one file: what Postman gives who exports all data.
//!
//! In: `{"collections": […], "environments": […]}`. Out: where each collection stands in it and what it is called, and its environments
//! as files of their own.

use super::json::Value;

/// What a dump holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dump {
    /// Names of collections, each once, and where they stand.
    pub(crate) collections: Vec<(String, String)>,
    /// Environments and globals: names of files, and what would be in them.
    pub(crate) environments: Vec<(String, Vec<u8>)>,
}

/// Reads a dump; `None` for anything else.
pub(crate) fn read(bytes: &[u8]) -> Option<Dump> {
    // Most files are none, and are not parsed to see that.
    std::str::from_utf8(bytes)
        .is_ok_and(|text| text.contains("\"collections\""))
        .then_some(())?;
    let document: Value<'_> = serde_json::from_slice(bytes).ok()?;
    let is_one = ["item", "requests", "info", "openapi", "swagger", "paths"]
        .iter()
        .all(|key| document.get(key).is_none());
    let listed = document.get("collections").filter(|_| is_one)?.as_array()?;
    let mut dump = Dump::default();
    for (index, collection) in listed.iter().enumerate() {
        let name = collection
            .pointer("/info/name")
            .or_else(|| collection.get("name"));
        let name = name.and_then(Value::as_str).unwrap_or("collection");
        let known = |name: &str| dump.collections.iter().any(|(known, _)| known == name);
        let mut own = name.to_owned();
        let mut number = 2;
        while known(&own) {
            own = format!("{name} {number}");
            number += 1;
        }
        dump.collections.push((own, format!("/collections/{index}")));
    }
    for (key, ending) in [("environments", "environment"), ("globals", "globals")] {
        let listed = document.get(key);
        let all: Vec<&Value<'_>> = match listed {
            Some(Value::Array(list)) => list.iter().collect(),
            Some(one @ Value::Object(_)) => vec![one],
            Some(_) | None => Vec::new(),
        };
        for (index, values) in all.into_iter().enumerate() {
            let name = values.get("name").and_then(Value::as_str).unwrap_or(key);
            // The number keeps files of one name apart.
            let file = format!("{name}.{index}.postman_{ending}.json");
            dump.environments.push((file, values.to_string().into_bytes()));
        }
    }
    (!dump.collections.is_empty()).then_some(dump)
}

/// What stands at a place of a document.
pub(super) fn within<'v, 'a>(document: &'v Value<'a>, pointer: &str) -> Option<&'v Value<'a>> {
    let mut steps = pointer.split('/').skip(1);
    steps.try_fold(document, |value, step| match value {
        Value::Array(elements) => elements.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    })
}

/// The name of the collection in a file, if it says one.
pub(crate) fn name_of(bytes: &[u8]) -> Option<String> {
    let document: Value<'_> = serde_json::from_slice(bytes).ok()?;
    let name = document.pointer("/info/name").or_else(|| document.get("name"))?;
    name.as_str()
        .map(str::to_owned)
        .filter(|name| !name.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_dump_is_one() {
        let dump = read(
            br#"{"version": 1, "collections": [{"info": {"name": "A"}, "item": []}, {"info": {"name": "A"}, "item": []}, {}],
            "environments": [{"name": "E", "values": []}], "globals": {"values": []}}"#,
        )
        .unwrap();
        let names: Vec<&str> = dump.collections.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["A", "A 2", "collection"]);
        let files: Vec<&str> = dump.environments.iter().map(|(file, _)| file.as_str()).collect();
        assert_eq!(
            files,
            ["E.0.postman_environment.json", "globals.0.postman_globals.json"]
        );
        for other in [
            r#"{"collections": 1}"#,
            r#"{"collections": []}"#,
            r#"{"item": [], "collections": [{}]}"#,
            r#"{"openapi": "3.0.0", "paths": {"/collections": {}}, "collections": [{}]}"#,
            r#"["collections"]"#,
            "\"collections\"",
        ] {
            assert!(read(other.as_bytes()).is_none(), "{other}");
        }
    }
}
