//! Reads `letterpress.toml`.
//!
//! In: the file's text and the module it is read for. Out: a [`Config`] with what the file says put over it, and
//! a diagnostic with line and column for every key or value that is not understood, with the nearest that would be.

mod pages;
mod schema;
mod values;

use toml::de::DeTable;

use super::{
    Config, DateTime, DocsLevel,
    overrides::{FolderOverride, ItemOverride, PathOverride, TokenOverride, ValueOverride, parse_path},
};
use crate::{diag::Sink, ir::Role};
pub use schema::schema;
pub use values::report;
use values::{Cx, Key, Value, ordered};

/// Puts what the file says over `config`: first what it says for every collection beside it, then what its table
/// `[collection.MODULE]` says for this one. There is one of this module's name, and those beside it.
pub fn read(
    config: &mut Config,
    file: &str,
    text: &str,
    (module, beside): (&str, &[String]),
    sink: &mut Sink,
) {
    let mut cx = Cx {
        file,
        text,
        beside,
        sink,
    };
    match DeTable::parse(text) {
        Ok(table) => {
            cx.table(config, table.get_ref(), module, Level::File);
        }
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            cx.error(
                &span,
                format!("not TOML: {}", error.message()),
                "see toml.io for its grammar",
            );
        }
    }
}

/// Which keys a table may have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    File,
    Collection,
}

const OPTIONS: &[&str] = &[
    "allow",
    "collection",
    "datetime",
    "docs",
    "environments",
    "flatten",
    "folders",
    "formats",
    "idempotency_key",
    "items",
    "module",
    "pages",
    "retry_statuses",
];
const ITEM_KEYS: &[&str] = &[
    "allow",
    "body",
    "exclude",
    "idempotent",
    "name",
    "pages",
    "params",
    "path",
    "responses",
    "token",
];
const TOKEN_KEYS: &[&str] = &["for", "lifetime", "value"];
const FOLDER_KEYS: &[&str] = &["allow", "exclude", "name"];
const VALUE_KEYS: &[&str] = &[
    "map",
    "name",
    "required",
    "type",
    "type_name",
    "values",
    "variants",
];

impl Cx<'_> {
    fn table(&mut self, config: &mut Config, table: &DeTable<'_>, module: &str, level: Level) {
        for (key, value) in ordered(table) {
            match (key.get_ref().as_ref(), level) {
                ("flatten", _) => set(&mut config.flatten, self.bool(value)),
                ("module", Level::Collection) => set_some(&mut config.module, self.string(value)),
                ("docs", _) => set(&mut config.docs, self.choice(value, DOCS)),
                ("datetime", _) => set(&mut config.datetime, self.choice(value, DATETIME)),
                ("formats", _) => self.each(value, |cx, key, value| {
                    if let Some(ty) = cx.type_of_format(key, value) {
                        config.formats.set(key.get_ref().as_ref(), ty);
                    }
                }),
                ("allow", _) => config.allow.extend(self.codes(value)),
                ("environments", _) => set_some(&mut config.environments, self.selectors(value)),
                ("pages", _) => set_some(&mut config.pages, self.pages(key, value)),
                ("idempotency_key", _) => set_some(&mut config.idempotency_key, self.header_name(value)),
                ("retry_statuses", _) => set(&mut config.retry_statuses, self.statuses(value)),
                ("items", _) => self.each(value, |cx, key, value| {
                    let item = cx.item(key, value);
                    config.overrides.items.extend(item);
                }),
                ("folders", _) => self.each(value, |cx, key, value| {
                    let folder = cx.folder(key, value);
                    config.overrides.folders.extend(folder);
                }),
                ("collection", Level::File) => self.each(value, |cx, key, value| {
                    let is_known = |name: &String| name == key.get_ref();
                    if !cx.beside.is_empty() && !cx.beside.iter().any(is_known) {
                        cx.no_collection(key);
                    } else if key.get_ref() == module
                        && let Some(table) = cx.as_table(value)
                    {
                        cx.table(config, table, module, Level::Collection);
                    }
                }),
                _ => self.unknown(key, OPTIONS),
            }
        }
    }

    fn item(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<ItemOverride> {
        let mut item = ItemOverride {
            selector: self.selector(key),
            ..ItemOverride::default()
        };
        for (key, value) in ordered(self.as_table(value)?) {
            match key.get_ref().as_ref() {
                "name" => set_some(&mut item.name, self.string(value)),
                "exclude" => set(&mut item.exclude, self.bool(value)),
                "allow" => item.allow = self.codes(value),
                "path" => {
                    let written = self.written(&key.span());
                    item.path = self.string(value).map(|text| PathOverride { text, written });
                }
                "pages" => set_some(&mut item.pages, self.pages(key, value)),
                "idempotent" => set_some(&mut item.idempotent, self.bool(value)),
                "params" => self.each(value, |cx, key, value| {
                    let role = Role::Param(key.get_ref().to_string());
                    let value = cx.value(role, Vec::new(), key, value);
                    item.values.extend(value);
                }),
                "body" => self.each(value, |cx, key, value| {
                    let value = cx.value(Role::Body, parse_path(key.get_ref()), key, value);
                    item.values.extend(value);
                }),
                "responses" => self.each(value, |cx, key, value| cx.response(&mut item, key, value)),
                "token" => item.token = self.token(key, value),
                _ => self.unknown(key, ITEM_KEYS),
            }
        }
        Some(item)
    }

    /// `false`, or what the token is for and where it is.
    fn token(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<TokenOverride> {
        let written = self.written(&key.span());
        if value.get_ref().as_bool() == Some(false) {
            return Some(TokenOverride { gives: None, written });
        }
        let (mut variable, mut part, mut lifetime) = (None, None, None);
        for (key, value) in ordered(self.as_table(value)?) {
            match key.get_ref().as_ref() {
                "for" => set_some(&mut variable, self.string(value)),
                "value" => set_some(&mut part, self.string(value)),
                "lifetime" => set_some(&mut lifetime, self.string(value)),
                _ => self.unknown(key, TOKEN_KEYS),
            }
        }
        let Some(part) = part else {
            let message = "a token without a `value`".to_owned();
            self.error(
                &key.span(),
                message,
                "say where in the answer it is: `value = \"access_token\"`",
            );
            return None;
        };
        let gives = Some(TokenOverride::given(variable, &part, lifetime.as_deref()));
        Some(TokenOverride { gives, written })
    }

    fn response(&mut self, item: &mut ItemOverride, key: &Key<'_>, value: &Value<'_>) {
        let Ok(status) = key.get_ref().parse::<u16>() else {
            return self.error(
                &key.span(),
                format!("`{}` is no status", key.get_ref()),
                "write a number: 200",
            );
        };
        let role = if (200..300).contains(&status) {
            Role::Result(status.into())
        } else {
            Role::Error(status.into())
        };
        self.each(value, |cx, key, value| {
            let value = cx.value(role.clone(), parse_path(key.get_ref()), key, value);
            item.values.extend(value);
        });
    }

    fn folder(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<FolderOverride> {
        let mut folder = FolderOverride {
            selector: self.selector(key),
            ..FolderOverride::default()
        };
        for (key, value) in ordered(self.as_table(value)?) {
            match key.get_ref().as_ref() {
                "name" => set_some(&mut folder.name, self.string(value)),
                "exclude" => set(&mut folder.exclude, self.bool(value)),
                "allow" => folder.allow = self.codes(value),
                _ => self.unknown(key, FOLDER_KEYS),
            }
        }
        Some(folder)
    }

    fn value(
        &mut self,
        role: Role,
        path: Vec<String>,
        key: &Key<'_>,
        value: &Value<'_>,
    ) -> Option<ValueOverride> {
        let mut over = ValueOverride::new(role, path, self.written(&key.span()));
        for (key, value) in ordered(self.as_table(value)?) {
            match key.get_ref().as_ref() {
                "name" => set_some(&mut over.name, self.string(value)),
                "type_name" => set_some(&mut over.type_name, self.string(value)),
                "type" => set_some(&mut over.ty, self.rust_path(value)),
                "required" => set_some(&mut over.required, self.bool(value)),
                "map" => set_some(&mut over.map, self.bool(value)),
                "values" => set_some(&mut over.values, self.strings(value)),
                "variants" => self.each(value, |cx, key, value| {
                    let name = cx.string(value);
                    over.variants
                        .extend(name.map(|name| (key.get_ref().to_string(), name)));
                }),
                _ => self.unknown(key, VALUE_KEYS),
            }
        }
        Some(over)
    }
}

const DOCS: &[(&str, DocsLevel)] = &[
    ("full", DocsLevel::Full),
    ("brief", DocsLevel::Brief),
    ("none", DocsLevel::None),
];
const DATETIME: &[(&str, DateTime)] = &[
    ("string", DateTime::Text),
    ("jiff", DateTime::Jiff),
    ("chrono", DateTime::Chrono),
    ("time", DateTime::Time),
];

fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

fn set_some<T>(slot: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *slot = value;
    }
}

#[cfg(test)]
mod tests;
