//! Inputs that mean harm: deep, long, many, clashing, or growing when read.
//!
//! In: a size. Out: the text of a file that must be pressed, or refused, in bounded time and memory.

use serde_json::{Value, json};

/// One hostile input.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// What it is.
    pub name: &'static str,
    /// Its size as the claim states it; tests under `cargo test` use a fraction.
    pub full: usize,
    /// Makes the text for a size.
    pub make: fn(usize) -> String,
}

/// All cases.
pub const CASES: &[Case] = &[
    Case {
        name: "folders in folders",
        full: 200,
        make: nested_folders,
    },
    Case {
        name: "lists in lists in a sample",
        full: 20_000,
        make: nested_lists,
    },
    Case {
        name: "objects in objects in a sample",
        full: 20_000,
        make: nested_objects,
    },
    Case {
        name: "brackets without end",
        full: 50_000_000,
        make: open_brackets,
    },
    Case {
        name: "many items",
        full: 100_000,
        make: many_items,
    },
    Case {
        name: "items of one name",
        full: 20_000,
        make: items_of_one_name,
    },
    Case {
        name: "names that number each other",
        full: 5_000,
        make: numbered_names,
    },
    Case {
        name: "folders of one name",
        full: 2_000,
        make: folders_of_one_name,
    },
    Case {
        name: "types of one name",
        full: 5_000,
        make: types_of_one_name,
    },
    Case {
        name: "a long string",
        full: 50_000_000,
        make: long_string,
    },
    Case {
        name: "a long description",
        full: 5_000_000,
        make: long_description,
    },
    Case {
        name: "a long name",
        full: 5_000_000,
        make: long_name,
    },
    Case {
        name: "variables that multiply",
        full: 60,
        make: multiplying_variables,
    },
    Case {
        name: "a field per sample",
        full: 2_000,
        make: field_per_sample,
    },
    Case {
        name: "many keys in one object",
        full: 100_000,
        make: many_keys,
    },
    Case {
        name: "many query entries",
        full: 20_000,
        make: many_query_entries,
    },
    Case {
        name: "markup in markup",
        full: 100_000,
        make: nested_markup,
    },
    Case {
        name: "braces in braces",
        full: 200_000,
        make: nested_braces,
    },
    Case {
        name: "folder order in circles",
        full: 1_000,
        make: circular_folders,
    },
];

/// A plain collection of `count` items, for measuring.
pub fn many_items(count: usize) -> String {
    let folders = count.div_ceil(50);
    let folder = |folder: usize| {
        let items = (folder * 50..count.min((folder + 1) * 50)).map(|index| {
            let sample =
                json!({"id": index, "name": "x", "tags": ["a"], "owner": {"id": 1, "mail": "a@b.c"}});
            let path = format!("/folder{folder}/things/:id");
            json!({
                "name": format!("Get thing {index}"),
                "request": {
                    "method": "GET",
                    "description": "Gets *one* thing of [many](https://example.com).",
                    "header": [{"key": "Accept", "value": "application/json"}],
                    "url": {
                        "host": ["{{baseUrl}}"],
                        "path": path.split('/').skip(1).collect::<Vec<_>>(),
                        "query": [{"key": "page", "value": "1", "description": "Which page."}],
                        "variable": [{"key": "id", "value": "1"}],
                    },
                },
                "response": [{"name": "Found", "code": 200, "status": "OK", "body": sample.to_string()}],
            })
        });
        json!({"name": format!("Folder {folder}"), "item": items.collect::<Vec<_>>()})
    };
    collection((0..folders).map(folder).collect())
}

fn collection(items: Vec<Value>) -> String {
    let variables = json!([{"key": "baseUrl", "value": "https://api.example.com"}]);
    json!({"info": {"name": "Hostile"}, "item": items, "variable": variables}).to_string()
}

fn item(name: &str) -> Value {
    json!({"name": name, "request": {"method": "GET", "url": "https://api.example.com/x"}})
}

fn item_with_sample(name: &str, body: &str) -> Value {
    let mut item = item(name);
    item["response"] = json!([{"name": "Found", "code": 200, "status": "OK", "body": body}]);
    item
}

fn nested_folders(depth: usize) -> String {
    let open = r#"{"name":"f","item":["#.repeat(depth);
    let close = "]}".repeat(depth);
    format!(
        r#"{{"info":{{"name":"x"}},"item":[{open}{}{close}]}}"#,
        item("deep")
    )
}

fn nested_lists(depth: usize) -> String {
    collection(vec![item_with_sample(
        "a",
        &format!("{}{}", "[".repeat(depth), "]".repeat(depth)),
    )])
}

fn nested_objects(depth: usize) -> String {
    let body = format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
    let mut item = item_with_sample("a", &body);
    item["request"]["body"] = json!({"mode": "raw", "raw": body, "options": {"raw": {"language": "json"}}});
    collection(vec![item])
}

fn open_brackets(length: usize) -> String {
    "[".repeat(length)
}

fn items_of_one_name(count: usize) -> String {
    collection(
        (0..count)
            .map(|_| item_with_sample("same", r#"{"a":1}"#))
            .collect(),
    )
}

/// `x`, `x`, `x 2`, `x 2`, …: every number that a clash would take is taken already.
fn numbered_names(count: usize) -> String {
    collection(
        (0..count)
            .flat_map(|index| [item("x"), item(&format!("x {index}"))])
            .collect(),
    )
}

fn folders_of_one_name(count: usize) -> String {
    collection(
        (0..count)
            .map(|_| json!({"name": "same", "item": [item("same")]}))
            .collect(),
    )
}

fn types_of_one_name(count: usize) -> String {
    let sample = |index: usize| format!(r#"{{"user":{{"f{index}":{{"x":1}}}},"users":[{{"g{index}":1}}]}}"#);
    collection(
        (0..count)
            .map(|index| item_with_sample("Get", &sample(index)))
            .collect(),
    )
}

fn long_string(length: usize) -> String {
    collection(vec![item_with_sample(
        "a",
        &format!(r#"{{"a":"{}"}}"#, "x".repeat(length)),
    )])
}

fn long_description(length: usize) -> String {
    let mut item = item("a");
    item["request"]["description"] =
        json!("word [link](https://example.com) `code` <b>x</b>\n".repeat(length / 50));
    collection(vec![item])
}

fn long_name(length: usize) -> String {
    collection(vec![item(&"name ".repeat(length / 5))])
}

/// Each variable is ten times the next: resolved, the first would fill any memory.
fn multiplying_variables(count: usize) -> String {
    let variable = |index: usize| {
        let next = format!("{{{{v{}}}}}", index + 1).repeat(10);
        json!({"key": format!("v{index}"), "value": next})
    };
    let variables: Vec<Value> = (0..count).map(variable).collect();
    let request = json!({"method": "GET", "url": "{{v0}}/{{v1}}"});
    json!({"info": {"name": "x"}, "item": [{"name": "a", "request": request}], "variable": variables})
        .to_string()
}

fn field_per_sample(count: usize) -> String {
    let response = |index: usize| {
        let body = format!(r#"{{"f{index}":{{"x":{index}}},"same":1}}"#);
        json!({"name": "Found", "code": 200, "status": "OK", "body": body})
    };
    let mut item = item("a");
    item["response"] = (0..count).map(response).collect();
    collection(vec![item])
}

fn many_keys(count: usize) -> String {
    let fields: Vec<String> = (0..count)
        .map(|index| format!(r#""key{index}":"{index}""#))
        .collect();
    collection(vec![item_with_sample("a", &format!("{{{}}}", fields.join(",")))])
}

fn many_query_entries(count: usize) -> String {
    let query = (0..count).map(|index| json!({"key": format!("k{}", index % 1000), "value": "1"}));
    let mut item = item("a");
    item["request"]["url"] =
        json!({"host": ["{{baseUrl}}"], "path": ["x"], "query": query.collect::<Vec<_>>()});
    collection(vec![item])
}

fn nested_markup(count: usize) -> String {
    let mut items = Vec::new();
    for part in [
        "<div>",
        "> ",
        "[",
        "![",
        "*a ",
        "<!--",
        "- ",
        "`",
        "&",
        "<a href=\"",
        "|",
        "~~",
        "**a",
    ] {
        let mut item = item(part);
        item["request"]["description"] = json!(part.repeat(count / part.len()));
        items.push(item);
    }
    collection(items)
}

fn nested_braces(count: usize) -> String {
    let mut item = item(&"{{".repeat(count));
    item["request"]["url"] = json!("{{a".repeat(count / 3) + &"}}".repeat(count / 3));
    item["request"]["body"] = json!({"mode": "raw", "raw": "{{a".repeat(count / 3)});
    collection(vec![item])
}

fn circular_folders(count: usize) -> String {
    let folder = |index: usize| {
        let next = [(index + 1) % count, index];
        json!({"id": index.to_string(), "name": "f", "order": ["r"], "folders_order": next.map(|id| id.to_string())})
    };
    let folders: Vec<Value> = (0..count).map(folder).collect();
    json!({
        "id": "c", "name": "x", "order": [], "folders_order": ["0"], "folders": folders,
        "requests": [{"id": "r", "name": "r", "method": "GET", "url": "https://api.example.com"}],
    })
    .to_string()
}
