//! A folder of YAML files into nodes.
//!
//! In: files by their path. Out: the collection with all that is in it. A folder says of itself in `.resources/definition.yaml`, if at
//! all; saved answers of `Get.request.yaml` are in `.resources/Get.resources/examples`. Any other file is none of the format's.
//! A file that cannot be read is reported and left out, as Postman does.

use std::collections::BTreeMap;

use super::node::{Node, sort};
use crate::frontend::json::{Map, Value};

/// The kinds of file, by how their names end.
const ENDINGS: &[&str] = &[".yaml", ".yml", ".json"];

/// Whether a path is that of a file that only collections of v3 have.
pub(in crate::frontend) fn is_of_tree(path: &str) -> bool {
    role(path).is_some()
}

/// What a file is.
enum Role<'p> {
    Request {
        folder: &'p str,
        stem: &'p str,
    },
    Definition {
        folder: &'p str,
    },
    Example {
        folder: &'p str,
        request: &'p str,
        stem: &'p str,
    },
}

fn role(path: &str) -> Option<Role<'_>> {
    let stem = ENDINGS.iter().find_map(|ending| path.strip_suffix(ending))?;
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    if let Some(folder) = within(folder, ".resources").filter(|_| name == "definition") {
        return Some(Role::Definition { folder });
    }
    if let Some(stem) = name.strip_suffix(".example") {
        let resources = folder.strip_suffix("/examples")?.strip_suffix(".resources")?;
        let (above, request) = resources.rsplit_once('/')?;
        let folder = within(above, ".resources")?;
        return Some(Role::Example {
            folder,
            request,
            stem,
        });
    }
    let stem = name.strip_suffix(".request")?;
    (!folder.split('/').any(|step| step == ".resources")).then_some(Role::Request { folder, stem })
}

/// The folder above a last step.
fn within<'p>(folder: &'p str, last: &str) -> Option<&'p str> {
    let above = folder.strip_suffix(last)?;
    if above.is_empty() {
        Some("")
    } else {
        above.strip_suffix('/')
    }
}

/// A folder on its way.
#[derive(Default)]
struct Open<'a> {
    /// What it says of itself, and the file that says so.
    definition: Option<(String, Value<'a>)>,
    requests: Vec<Node<'a>>,
    /// Examples, by the stem of their request.
    examples: BTreeMap<String, Vec<Node<'a>>>,
    /// Folders in it.
    folders: Vec<String>,
}

/// Puts the files of a folder of this name together; `files` are their paths below it, with what they hold.
pub(in crate::frontend::postman) fn read<'a>(
    name: &str,
    files: impl IntoIterator<Item = (String, Value<'a>)>,
) -> Node<'a> {
    let mut folders: BTreeMap<String, Open<'a>> = BTreeMap::new();
    folders.entry(String::new()).or_default();
    for (path, value) in files {
        let Some(role) = role(&path) else { continue };
        let file = format!("{name}/{path}");
        match role {
            Role::Definition { folder } => open(&mut folders, folder).definition = Some((file, value)),
            Role::Request { folder, stem } => {
                let request = node(file, stem, value);
                open(&mut folders, folder).requests.push(request);
            }
            Role::Example {
                folder,
                request,
                stem,
            } => {
                let example = node(file, stem, value);
                let examples = &mut open(&mut folders, folder).examples;
                examples.entry(request.to_owned()).or_default().push(example);
            }
        }
    }
    close(&mut folders, "", name)
}

/// The folder at a path, known to those above it.
fn open<'f, 'a>(folders: &'f mut BTreeMap<String, Open<'a>>, path: &str) -> &'f mut Open<'a> {
    if !folders.contains_key(path) {
        let (above, _) = path.rsplit_once('/').unwrap_or_default();
        open(folders, above).folders.push(path.to_owned());
    }
    folders.entry(path.to_owned()).or_default()
}

fn close<'a>(folders: &mut BTreeMap<String, Open<'a>>, path: &str, stem: &str) -> Node<'a> {
    let mut own = folders.remove(path).unwrap_or_default();
    let mut children = own.requests;
    for request in &mut children {
        request.examples = own.examples.remove(&request.stem).unwrap_or_default();
        sort(&mut request.examples);
    }
    for folder in own.folders {
        let stem = folder.rsplit('/').next().unwrap_or_default().to_owned();
        children.push(close(folders, &folder, &stem));
    }
    sort(&mut children);
    let (file, value) = own.definition.unwrap_or_else(|| {
        let file = [stem, path].concat();
        (file, Value::Object(Map::new()))
    });
    Node {
        is_folder: true,
        children,
        ..node(file, stem, value)
    }
}

fn node<'a>(file: String, stem: &str, value: Value<'a>) -> Node<'a> {
    Node {
        value,
        file,
        pointer: String::new(),
        stem: stem.to_owned(),
        is_folder: false,
        children: Vec::new(),
        examples: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(node: &Node<'_>) -> String {
        let inner: Vec<String> = node.children.iter().chain(&node.examples).map(shown).collect();
        if inner.is_empty() {
            return node.name();
        }
        format!("{}({})", node.name(), inner.join(" "))
    }

    #[test]
    fn files_are_put_together_in_their_order() {
        let value = |text: &'static str| {
            crate::frontend::json::parse(text, "", &mut crate::diag::Sink::default()).unwrap()
        };
        let files = [
            ("b.request.yaml", r#"{"order": "2"}"#),
            ("A.request.yml", r#"{"order": 2}"#),
            ("z/.resources/definition.yaml", r#"{"order": 1.5, "name": "Z/z"}"#),
            ("z/deep/er/x.request.json", "{}"),
            (".resources/definition.yaml", r#"{"name": "Shop"}"#),
            (
                ".resources/b.resources/examples/two.example.yaml",
                r#"{"order": 2}"#,
            ),
            (
                ".resources/b.resources/examples/one.example.yaml",
                r#"{"order": 1, "name": "1"}"#,
            ),
            (".resources/hidden.request.yaml", "{}"),
            ("z/params.yaml", "{}"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), value(text)));
        assert_eq!(shown(&read("shop", files)), "Shop(Z/z(deep(er(x))) A b(1 two))");
        for path in [
            "definition.yaml",
            "x.yaml",
            "README.md",
            ".resources/x/examples/y.example.yaml",
        ] {
            assert!(!is_of_tree(path), "{path}");
        }
    }
}
