//! The JSON Schema of `letterpress.toml`, for editors that complete and check it.
//!
//! In: the keys that the reader knows, as rows of tables: a key, what it holds, what it does. Out: the schema. A test holds the rows
//! against the reader's own lists, and the schema in `docs/` against this one.

use serde_json::{Map, Value, json};

use crate::diag::Code;

/// A key, what it holds, and what it does.
type Row = (&'static str, Kind, &'static str);

/// What a key holds.
#[derive(Clone, Copy)]
enum Kind {
    Flag,
    Text,
    Texts,
    /// Codes of warnings.
    Codes,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// Names of any kind, each with a text.
    Names,
    /// Names of any kind, each with the table that is called so.
    Each(&'static str),
    /// `false`, or the table that is called so.
    OffOr(&'static str),
    /// Statuses that are errors.
    Errors,
    /// A number.
    Number,
    /// Statuses, each with paths into the answer's body, each with the table that is called so.
    Statuses(&'static str),
}

const ALLOW: Row = (
    "allow",
    Kind::Codes,
    "Warnings that are not shown, by their codes; `letterpress explain CODE` says what one means.",
);
const FLATTEN: Row = (
    "flatten",
    Kind::Flag,
    "Puts every function on `Client` instead of one handle per folder.",
);
const DOCS: Row = (
    "docs",
    Kind::Choice(&["full", "brief", "none"]),
    "How much is written into doc comments. `full` by default.",
);
const DATETIME: Row = (
    "datetime",
    Kind::Choice(&["string", "jiff", "chrono", "time"]),
    "The type of dates with times. `string` by default; the others need that crate, or the runtime's feature `time`.",
);
const FORMATS: Row = (
    "formats",
    Kind::Names,
    "The types of texts of a declared format: `uuid`, `rust_decimal` or `url` for the type of that crate, `jiff` or `chrono` for `date`, or the path of a type, `::my::Money`.",
);
const ENVIRONMENTS: Row = (
    "environments",
    Kind::Texts,
    "The environments that belong to the collection, by name or file; by default all beside it whose variables it uses.",
);
const ITEMS: Row = (
    "items",
    Kind::Each("item"),
    "What one item is called and takes, by `Folder > Item`, any end of that which is unique, `/ > Item` in the root, or `Item#2` of several.",
);
const FOLDERS: Row = (
    "folders",
    Kind::Each("folder"),
    "What one folder is called, by `Folder > Folder` or any end of that which is unique.",
);

const IDEMPOTENCY_KEY: Row = (
    "idempotency_key",
    Kind::Text,
    "The header by which the API knows a call that it has answered: a new key is sent with each call of `POST` and `PATCH`, which may then be sent again.",
);
const RETRY_STATUSES: Row = (
    "retry_statuses",
    Kind::Errors,
    "Statuses, beside 408, 500, 502, 503 and 504, after which a call that may be made twice is sent again.",
);

const PAGED: Row = (
    "pages",
    Kind::OffOr("pages"),
    "How a list comes in pages, or `false` for one that does not.",
);

/// The file's own keys, but for the tables of collections.
const FILE: &[Row] = &[
    ALLOW,
    DATETIME,
    DOCS,
    ENVIRONMENTS,
    FLATTEN,
    FOLDERS,
    FORMATS,
    IDEMPOTENCY_KEY,
    ITEMS,
    PAGED,
    RETRY_STATUSES,
];

const MODULE: Row = ("module", Kind::Text, "The name of the collection's module.");

const ITEM: &[Row] = &[
    ALLOW,
    (
        "body",
        Kind::Each("value"),
        "Values of the body, by their paths: `items[].price`; `\"\"` is the whole body.",
    ),
    ("exclude", Kind::Flag, "Leaves the item out."),
    (
        "idempotent",
        Kind::Flag,
        "Whether a call may be made twice without harm, whatever its method says.",
    ),
    ("name", Kind::Text, "The function's name."),
    PAGED,
    ("params", Kind::Each("value"), "Parameters, by their names."),
    (
        "path",
        Kind::Text,
        "The path anew, with `:names` for what is to be an argument.",
    ),
    (
        "responses",
        Kind::Statuses("value"),
        "Values of answers, by status and path: `responses.200.\"items[].price\"`; `\"\"` is the whole body.",
    ),
    (
        "token",
        Kind::OffOr("token"),
        "The token that its answer holds, or `false` if it holds none.",
    ),
];

const FOLDER: &[Row] = &[
    ALLOW,
    (
        "exclude",
        Kind::Flag,
        "Leaves the folder out, with all that is in it.",
    ),
    (
        "name",
        Kind::Text,
        "The name of its module and of the function that leads there.",
    ),
];

const VALUE: &[Row] = &[
    ("map", Kind::Flag, "Keys are data: the type is a map."),
    ("name", Kind::Text, "The field's or the setter's name."),
    (
        "required",
        Kind::Flag,
        "Whether it is always there: a plain `T` instead of an `Option<T>`.",
    ),
    (
        "type",
        Kind::Text,
        "A type of yours, by its full path: `::jiff::Timestamp`.",
    ),
    (
        "type_name",
        Kind::Text,
        "What the type that is made for it is called.",
    ),
    ("values", Kind::Texts, "The texts that it may be: an open enum."),
    ("variants", Kind::Names, "The names of variants, by their texts."),
];

const TOKEN: &[Row] = &[
    (
        "for",
        Kind::Text,
        "The variable whose value it is; without it, the token of the bearer.",
    ),
    (
        "lifetime",
        Kind::Text,
        "The member of the answer that says for how many seconds it is good.",
    ),
    (
        "value",
        Kind::Text,
        "Where in the answer it is: `data.tokens[0].text`, `header:X-Token`, or `text` for all of the body.",
    ),
];

const PAGES: &[Row] = &[
    (
        "first",
        Kind::Number,
        "The first page, or the first entry: 0 or 1.",
    ),
    (
        "has_more",
        Kind::Text,
        "The member of an answer that says whether there is more.",
    ),
    (
        "is_last",
        Kind::Text,
        "The member of an answer that says whether it is the last page.",
    ),
    (
        "items",
        Kind::Text,
        "The list in an answer, by its keys with dots between them: `data.users`.",
    ),
    (
        "next",
        Kind::Text,
        "What of an answer asks for the next page: `next_cursor`, `data[-1].id`, or the name of a header.",
    ),
    (
        "send",
        Kind::Text,
        "The parameter that asks for a page; `body:` and a path for a member of the body.",
    ),
    (
        "size",
        Kind::Text,
        "The parameter that says how many are on a page.",
    ),
    (
        "style",
        Kind::Choice(&["cursor", "header", "link", "offset", "page", "url"]),
        "How the next page is asked for.",
    ),
    (
        "total",
        Kind::Text,
        "The member of an answer that says how many there are.",
    ),
    (
        "total_pages",
        Kind::Text,
        "The member of an answer that says how many pages there are.",
    ),
];

/// The schema.
pub fn schema() -> Value {
    let mut file = properties(FILE);
    let mut collection = properties(FILE);
    collection.extend(properties(&[MODULE]));
    let each = "All of the above for one of several collections, by the name of its module.";
    file.extend(properties(&[("collection", Kind::Each("collection"), each)]));
    let codes = Code::ALL.iter().filter(|code| !code.is_error());
    let codes: Vec<_> = codes.map(|code| code.as_str()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "letterpress.toml",
        "description": "What letterpress is to do otherwise than it would by itself.",
        "type": "object",
        "properties": file,
        "additionalProperties": false,
        "$defs": {
            "code": {"enum": codes},
            "collection": closed(collection),
            "folder": closed(properties(FOLDER)),
            "item": closed(properties(ITEM)),
            "pages": closed(properties(PAGES)),
            "token": closed(properties(TOKEN)),
            "value": closed(properties(VALUE)),
        },
    })
}

fn properties(rows: &[Row]) -> Map<String, Value> {
    let properties = rows.iter().map(|(key, kind, description)| {
        let mut property = kind.schema();
        if let Value::Object(property) = &mut property {
            property.insert("description".to_owned(), json!(description));
        }
        ((*key).to_owned(), property)
    });
    properties.collect()
}

/// An object of these members and no others.
fn closed(properties: Map<String, Value>) -> Value {
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

impl Kind {
    fn schema(self) -> Value {
        match self {
            Self::Flag => json!({"type": "boolean"}),
            Self::Text => json!({"type": "string"}),
            Self::Texts => json!({"type": "array", "items": {"type": "string"}}),
            Self::Codes => json!({"type": "array", "items": reference("code")}),
            Self::Choice(choices) => json!({"enum": choices}),
            Self::Names => json!({"type": "object", "additionalProperties": {"type": "string"}}),
            Self::Errors => {
                json!({"type": "array", "items": {"type": "integer", "minimum": 400, "maximum": 599}})
            }
            Self::Number => json!({"type": "integer", "minimum": 0}),
            Self::OffOr(table) => json!({"anyOf": [{"const": false}, reference(table)]}),
            Self::Each(table) => json!({"type": "object", "additionalProperties": reference(table)}),
            Self::Statuses(table) => {
                let status = "^[1-5][0-9][0-9]$";
                json!({"type": "object", "patternProperties": {status: Self::Each(table).schema()}, "additionalProperties": false})
            }
        }
    }
}

fn reference(table: &str) -> Value {
    json!({"$ref": format!("#/$defs/{table}")})
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{DATETIME, DOCS, FOLDER_KEYS, ITEM_KEYS, OPTIONS, TOKEN_KEYS, VALUE_KEYS, pages};
    use super::*;

    fn keys(rows: &[Row]) -> Vec<&'static str> {
        rows.iter().map(|(key, _, _)| *key).collect()
    }

    #[track_caller]
    fn same(mut rows: Vec<&str>, reader: &[&str]) {
        rows.sort_unstable();
        assert_eq!(rows, reader, "the rows of the schema and the keys of the reader");
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let mut file = keys(FILE);
        file.extend(["collection", MODULE.0]);
        same(file, OPTIONS);
        same(keys(ITEM), ITEM_KEYS);
        same(keys(FOLDER), FOLDER_KEYS);
        same(keys(VALUE), VALUE_KEYS);
        same(keys(TOKEN), TOKEN_KEYS);
        same(keys(PAGES), pages::KEYS);
    }

    #[test]
    fn choices_are_those_that_are_read() {
        fn names<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
            choices.iter().map(|(name, _)| *name).collect()
        }
        let style = PAGES.iter().find(|(key, _, _)| *key == "style");
        assert!(matches!(style, Some((_, Kind::Choice(choices), _)) if choices == &names(pages::STYLES)));
        assert!(matches!(super::DOCS.1, Kind::Choice(choices) if choices == names(DOCS)));
        assert!(matches!(super::DATETIME.1, Kind::Choice(choices) if choices == names(DATETIME)));
    }

    /// `INSTA_UPDATE=always` writes it.
    #[test]
    fn the_published_schema_is_this_one() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/letterpress.schema.json");
        let text = format!("{:#}\n", schema());
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            std::fs::write(&path, &text).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        let is_same = published.replace("\r\n", "\n") == text;
        assert!(
            is_same,
            "docs/letterpress.schema.json is another one; INSTA_UPDATE=always writes it"
        );
    }
}
