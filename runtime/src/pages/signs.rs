//! What an answer says of the next page.
//!
//! In: the head and the text of an answer. Out: signs, each only if the answer gives it. A next page that is null, empty,
//! false or 0 is none.

use super::find::{count, find};
use super::link::{self, Link};
use super::spec::{Paging, Path, Style};
use http::HeaderMap;
use serde_json::{Value, value::RawValue};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What an answer says.
#[derive(Debug)]
pub(super) struct Signs {
    /// The next cursor, or URL.
    pub(super) next: Option<String>,
    /// Whether there is a next page.
    pub(super) more: Option<bool>,
    /// How many items there are in all.
    pub(super) total: Option<u64>,
    /// How many pages there are.
    pub(super) pages: Option<u64>,
    /// How many items this page has.
    pub(super) count: u64,
    /// What tells this list from others; nothing if it is empty.
    pub(super) list: Option<u64>,
}

impl Signs {
    pub(super) fn read(plan: &Paging, headers: &HeaderMap, json: &str) -> Self {
        let link = link::read(headers);
        let of_link = link.as_ref().map(|link| matches!(link, Link::Next(_)));
        let flag = |path: Option<Path>| truth(find(json, path?)?);
        let number = |path: Option<Path>| whole(find(json, path?)?);
        let next = match plan.style {
            Style::Cursor { next, .. } | Style::Url { next } => find(json, next).and_then(text),
            Style::Header { name, .. } => headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            Style::Link => match link {
                Some(Link::Next(url)) => Some(url),
                Some(Link::End) | None => None,
            },
            Style::Page { .. } | Style::Offset { .. } => None,
        };
        let list = find(json, plan.items);
        let count = list.and_then(count).unwrap_or_default();
        let is_last = flag(plan.last).map(|is_last| !is_last);
        Self {
            next: next.filter(|next| !next.trim().is_empty()),
            more: flag(plan.more).or(is_last).or(of_link),
            total: number(plan.total),
            pages: number(plan.pages),
            count,
            list: list.filter(|_| count > 0).map(|list| hash(list.get())),
        }
    }

    /// Whether it says in some way how far the list goes.
    pub(super) fn speaks(&self) -> bool {
        self.more.is_some() || self.total.is_some() || self.pages.is_some()
    }
}

pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A cursor, which may be a number. What is an object or a list is none that could be sent.
fn text(value: &RawValue) -> Option<String> {
    match serde_json::from_str(value.get()).ok()? {
        Value::String(text) => Some(text),
        // With all of its digits.
        Value::Number(_) => Some(value.get().to_owned()).filter(|number| number != "0"),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn truth(value: &RawValue) -> Option<bool> {
    match value.get() {
        "true" | "\"true\"" | "1" => Some(true),
        "false" | "\"false\"" | "0" => Some(false),
        _ => None,
    }
}

/// A number, which may be in quotes.
fn whole(value: &RawValue) -> Option<u64> {
    value.get().trim_matches('"').parse().ok()
}
