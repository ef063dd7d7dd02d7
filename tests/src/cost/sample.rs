//! A large API of the usual kind: every operation has a list of objects in its answer, every second one a body, none
//! alike.

use serde_json::{Value, json};

/// The text of a collection of `operations` operations with two received structs each, and two sent ones for every second.
pub fn collection(operations: usize) -> String {
    let folders = (0..operations.div_ceil(20)).map(|folder| {
        let indices = folder * 20..operations.min(folder * 20 + 20);
        json!({"name": format!("Group {folder}"), "item": indices.map(item).collect::<Vec<_>>()})
    });
    json!({
        "info": {"name": "Cost"},
        "item": folders.collect::<Vec<_>>(),
        "variable": [{"key": "baseUrl", "value": "https://api.example.com"}],
    })
    .to_string()
}

fn item(index: usize) -> Value {
    let sample = json!({
        "page": 1,
        "total": 2,
        "next": "x",
        format!("only_{index}"): true,
        "ratio": 0.5,
        "items": [{
            "id": index,
            "name": "x",
            format!("own_{index}"): "y",
            "price": 1.5,
            "active": false,
            "tags": ["a"],
            "created": "2020-01-01T00:00:00Z",
            "count": 3,
        }],
    });
    let mut item = json!({
        "name": format!("List things {index}"),
        "request": {
            "method": "GET",
            "description": "Lists the things of one owner.",
            "url": {
                "host": ["{{baseUrl}}"],
                "path": ["owners", ":owner", format!("things{index}")],
                "query": [{"key": "page", "value": "1"}, {"key": "limit", "value": "20"}, {"key": "sort", "value": "name"}],
                "variable": [{"key": "owner", "value": "me"}],
            },
        },
        "response": [
            {"name": "Listed", "code": 200, "status": "OK", "body": sample.to_string()},
            {"name": "Missing", "code": 404, "status": "Not Found", "body": ""},
        ],
    });
    if index.is_multiple_of(2) {
        let text = json!({
            "name": "x",
            format!("wanted_{index}"): 1,
            "filter": {"from": "2020-01-01", "to": "2020-02-01", format!("by_{index}"): true, "tags": ["a"]},
        });
        item["request"]["method"] = json!("POST");
        item["request"]["body"] =
            json!({"mode": "raw", "raw": text.to_string(), "options": {"raw": {"language": "json"}}});
    }
    item
}

/// The text of a collection of `count` items as large as the seed's: its only item, under other names.
pub fn seed_sized(count: usize) -> String {
    let seed: Value = serde_json::from_str(include_str!("../../../collections/zoom.postman_collection.json"))
        .unwrap_or_default();
    let item = seed
        .pointer("/item/0/item/0/item/0/item/0")
        .unwrap_or(&Value::Null);
    let folders = (0..count.div_ceil(100)).map(|folder| {
        let items = (folder * 100..count.min(folder * 100 + 100)).map(|index| {
            let mut item = item.clone();
            item["name"] = json!(format!("Get thing {index}"));
            item
        });
        json!({"name": format!("Folder {folder}"), "item": items.collect::<Vec<_>>()})
    });
    json!({
        "info": {"name": "Seeds"},
        "item": folders.collect::<Vec<_>>(),
        "variable": seed["variable"],
    })
    .to_string()
}

/// The text of a description of `operations` operations, each with an answer of its own, and a body for every second.
pub fn description(operations: usize) -> String {
    let mut paths = serde_json::Map::new();
    let mut schemas = serde_json::Map::new();
    for index in 0..operations {
        let (thing, query) = (format!("Thing{index}"), format!("Query{index}"));
        let reference = |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        let mut operation = json!({
            "operationId": format!("listThings{index}"),
            "tags": [format!("Group {}", index / 20)],
            "description": "Lists the things of one owner.",
            "parameters": [
                {"name": "owner", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "page", "in": "query", "schema": {"type": "integer"}},
                {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["name", "date"]}},
            ],
            "responses": {
                "200": {"description": "Listed", "content": reference(&thing)},
                "404": {"description": "Missing"},
            },
        });
        schemas.insert(thing, thing_schema(index));
        let posts = index.is_multiple_of(2);
        if posts {
            operation["requestBody"] = json!({"required": true, "content": reference(&query)});
            schemas.insert(
                query,
                json!({"type": "object", "required": ["name"], "properties": {
                "name": {"type": "string"}, format!("wanted_{index}"): {"type": "integer"},
                "tags": {"type": "array", "items": {"type": "string"}}}}),
            );
        }
        let method = if posts { "post" } else { "get" };
        paths.insert(
            format!("/owners/{{owner}}/things{index}"),
            json!({method: operation}),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Cost", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
    .to_string()
}

fn thing_schema(index: usize) -> Value {
    json!({"type": "object", "required": ["page", "items"], "properties": {
        "page": {"type": "integer"},
        "next": {"type": "string"},
        format!("only_{index}"): {"type": "boolean"},
        "items": {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "integer"},
            format!("own_{index}"): {"type": "string"},
            "price": {"type": "number"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "created": {"type": "string", "format": "date-time"},
        }}},
    }})
}
