//! Reads how a list comes in pages: `pages = { style = "cursor", send = "cursor", next = "next_cursor", items = "data" }`, or `pages = false`.
//!
//! In: a table, or a flag. Out: [`Pages`], or a finding for what is missing. Paths are keys with dots between them, `data[-1].id` for
//! the last of a list; what is sent in the body is `body:` and a path.

use super::values::{Cx, Key, Value, ordered};
use crate::config::overrides::PagesOverride;
use crate::ir::{PageEntry, PageStyle, Pages};

pub(super) const STYLES: &[(&str, Style)] = &[
    ("cursor", Style::Cursor),
    ("header", Style::Header),
    ("link", Style::Link),
    ("offset", Style::Offset),
    ("page", Style::Page),
    ("url", Style::Url),
];

pub(super) const KEYS: &[&str] = &[
    "first",
    "has_more",
    "is_last",
    "items",
    "next",
    "send",
    "size",
    "style",
    "total",
    "total_pages",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Cursor,
    Header,
    Link,
    Offset,
    Page,
    Url,
}

/// What was written, before it is known whether it is enough.
#[derive(Default)]
struct Said {
    style: Option<Style>,
    send: Option<String>,
    next: Option<String>,
    items: Option<String>,
    size: Option<String>,
    has_more: Option<String>,
    is_last: Option<String>,
    total: Option<String>,
    total_pages: Option<String>,
    first: Option<u64>,
}

impl Cx<'_> {
    pub(super) fn pages(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<PagesOverride> {
        let written = self.written(&key.span());
        if value.get_ref().as_bool() == Some(false) {
            return Some(PagesOverride { pages: None, written });
        }
        if value.get_ref().as_table().is_none() {
            let help = "write `false`, or { style = \"page\", send = \"page\", items = \"data\" }";
            self.error(&value.span(), "expected false or a table".to_owned(), help);
            return None;
        }
        let mut said = Said::default();
        for (key, value) in ordered(self.as_table(value)?) {
            match key.get_ref().as_ref() {
                "style" => said.style = self.choice(value, STYLES),
                "send" => said.send = self.string(value),
                "next" => said.next = self.string(value),
                "items" => said.items = self.string(value),
                "size" => said.size = self.string(value),
                "has_more" => said.has_more = self.string(value),
                "is_last" => said.is_last = self.string(value),
                "total" => said.total = self.string(value),
                "total_pages" => said.total_pages = self.string(value),
                "first" => said.first = self.number(value),
                _ => self.unknown(key, KEYS),
            }
        }
        match said.pages() {
            Ok(pages) => Some(PagesOverride {
                pages: Some(pages),
                written,
            }),
            Err((message, help)) => {
                self.error(&value.span(), message, help);
                None
            }
        }
    }

    fn number(&mut self, value: &Value<'_>) -> Option<u64> {
        let number = value.get_ref().as_integer();
        let number = number.and_then(|number| number.as_str().parse().ok());
        if number.is_none() {
            self.error(&value.span(), "expected a number".to_owned(), "0 or 1");
        }
        number
    }
}

impl Said {
    fn pages(self) -> Result<Pages, (String, &'static str)> {
        let Some(style) = self.style else {
            let help = "one of cursor, header, link, offset, page, url";
            return Err(("`pages` needs a `style`".to_owned(), help));
        };
        let send = || {
            let help = "the query entry by which the next page is asked for, or `body:` and a path";
            let send = self
                .send
                .as_deref()
                .ok_or(("`pages` of this style need `send`".to_owned(), help));
            send.map(entry)
        };
        let next = || {
            let help = "where the answer says what the next page is asked for by";
            let next = self.next.as_deref().filter(|next| !next.trim().is_empty());
            next.ok_or(("`pages` of this style need `next`".to_owned(), help))
        };
        let style = match style {
            Style::Cursor => PageStyle::Cursor {
                send: send()?,
                next: path(next()?),
            },
            Style::Header => PageStyle::Header {
                send: send()?,
                name: next()?.to_lowercase(),
            },
            Style::Link => PageStyle::Link,
            Style::Offset => PageStyle::Offset {
                send: send()?,
                first: self.first.unwrap_or(0),
            },
            Style::Page => PageStyle::Page {
                send: send()?,
                first: self.first,
            },
            Style::Url => PageStyle::Url { next: path(next()?) },
        };
        let at = |text: &Option<String>| text.as_deref().map(path);
        Ok(Pages {
            items: at(&self.items).unwrap_or_default(),
            size: self.size.as_deref().map(entry),
            more: at(&self.has_more),
            last: at(&self.is_last),
            total: at(&self.total),
            pages: at(&self.total_pages),
            ..Pages::new(style)
        })
    }
}

fn entry(text: &str) -> PageEntry {
    match text.strip_prefix("body:") {
        Some(path) => PageEntry::Body(self::path(path)),
        None => PageEntry::Query(text.to_owned()),
    }
}

/// The steps of a path. `\.` is a dot inside a key.
fn path(text: &str) -> Vec<String> {
    const DOT: char = '\u{0}';
    let steps = text.replace("\\.", "\u{0}").replace("[-1]", ".[-1]");
    let steps = steps.split('.').map(str::trim).filter(|step| !step.is_empty());
    steps.map(|step| step.replace(DOT, ".")).collect()
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn paths_are_keys_and_the_last_of_lists() {
        assert_eq!(path("data[-1].id"), ["data", "[-1]", "id"]);
        assert_eq!(path(r"@odata\.nextLink"), ["@odata.nextLink"]);
        assert_eq!(path("[-1].a"), ["[-1]", "a"]);
        assert!(path("").is_empty());
    }
}
