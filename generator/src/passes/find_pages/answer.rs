//! What an operation answers of pages: the list, the next page, and how far it goes.
//!
//! In: the type of a success, and its samples. Out: paths into it. Only objects are looked into, never what is in lists.

use super::entries::word;
use crate::ir::{BodyType, Operation, PageStyle, Pages, StructField, Type, Types};
use serde_json::Value;

/// How deep the list may be, and what is said of it.
const LIST_DEPTH: usize = 2;
const DEPTH: usize = 3;

/// Lists that are never what is listed.
const BESIDE: &[&str] = &["links", "errors", "warnings", "included", "messages"];
/// Lists that are it, whatever other lists there are.
const LISTS: &[&str] = &[
    "data",
    "entries",
    "items",
    "records",
    "resources",
    "results",
    "value",
    "values",
];

/// URLs by their names alone.
const URLS: &[&str] = &[
    "nexthref",
    "nextlink",
    "nextpagelink",
    "nextpageuri",
    "nextpageurl",
    "nextrecordsurl",
    "nexturi",
    "nexturl",
    "odatanextlink",
];
/// Cursors that say by their names that they are of the next page.
const NEXT: &[&str] = &[
    "endcursor",
    "next",
    "nextafter",
    "nextcontinuationtoken",
    "nextcursor",
    "nextmarker",
    "nextpage",
    "nextpagecursor",
    "nextpagetoken",
    "nextstartingafter",
    "nexttoken",
];
/// Cursors by which only the next page can be meant.
const TOKENS: &[&str] = &["continuationtoken", "continuation", "paginationtoken", "scrollid"];
const MORE: &[&str] = &[
    "hasmore",
    "hasmoreitems",
    "hasmoreresults",
    "hasnext",
    "hasnextpage",
    "istruncated",
    "more",
    "moreavailable",
    "moreitems",
];
const LAST: &[&str] = &["islast", "islastpage", "last", "lastpage"];
const TOTALS: &[&str] = &[
    "total",
    "totalcount",
    "totalelements",
    "totalitems",
    "totalrecords",
    "totalresults",
    "totalrows",
    "totalsize",
];
const PAGES: &[&str] = &[
    "lastpage",
    "numpages",
    "pagecount",
    "pages",
    "pagestotal",
    "totalpages",
];
const IDS: &[&str] = &["id", "uuid"];

/// Whether a member, by its name, is what is looked for.
type Fits<'a> = dyn Fn(&str, &StructField) -> bool + 'a;

/// The type of a success, if there is one of JSON.
pub(super) fn body(operation: &Operation) -> Option<&Type> {
    let (first, others) = operation.results.split_first()?;
    match &first.body {
        BodyType::Json(ty) if others.iter().all(|other| other.body == first.body) => Some(ty),
        BodyType::Json(_) | BodyType::JsonInString(_) | BodyType::Empty => None,
        BodyType::Text | BodyType::Bytes | BodyType::Unknown => None,
    }
}

/// The members of an answer, with the way to each.
pub(super) struct Members<'a> {
    operation: &'a Operation,
    types: &'a Types,
    is_list: bool,
    fields: Vec<(Vec<String>, &'a StructField)>,
}

impl<'a> Members<'a> {
    pub(super) fn of(operation: &'a Operation, types: &'a Types, answer: &'a Type) -> Self {
        let mut members = Self {
            operation,
            types,
            is_list: matches!(bare(answer), Type::List(_)),
            fields: Vec::new(),
        };
        members.add(answer, &[]);
        members
    }

    /// Breadth first, so that what is nearer is found first.
    fn add(&mut self, answer: &'a Type, way: &[String]) {
        let mut level = vec![(answer, way.to_vec())];
        while !level.is_empty() {
            let mut next = Vec::new();
            for (ty, way) in level {
                for field in self.types.fields(bare(ty)).iter().filter(|field| !field.is_rest) {
                    let path: Vec<String> = way.iter().cloned().chain([field.key.clone()]).collect();
                    if path.len() < DEPTH {
                        next.push((&field.ty, path.clone()));
                    }
                    self.fields.push((path, field));
                }
            }
            level = next;
        }
    }

    /// Where the list is, if there is one only.
    pub(super) fn list(&self) -> Option<Vec<String>> {
        self.one_list(|item| match item {
            Type::Named(_) | Type::Map(_) => true,
            Type::Value | Type::Bool | Type::I64 | Type::U64 | Type::F64 | Type::Number | Type::String => {
                false
            }
            Type::List(_) | Type::Nullable(_) | Type::File | Type::FileOrText | Type::External(_) => false,
        })
    }

    /// The same, of whatever it is a list.
    pub(super) fn any_list(&self) -> Option<Vec<String>> {
        self.one_list(|_| true)
    }

    fn one_list(&self, is_item: fn(&Type) -> bool) -> Option<Vec<String>> {
        if self.is_list {
            return Some(Vec::new());
        }
        let lists = self.fields.iter().filter(|(path, field)| {
            let is_list = matches!(bare(&field.ty), Type::List(item) if is_item(bare(item)));
            is_list && path.len() <= LIST_DEPTH && !BESIDE.contains(&word(&field.key).as_str())
        });
        let lists: Vec<_> = lists.collect();
        let known = lists
            .iter()
            .filter(|(path, field)| path.len() == 1 && LISTS.contains(&word(&field.key).as_str()));
        match (lists.as_slice(), known.collect::<Vec<_>>().as_slice()) {
            ([(path, _)], _) | (_, [(path, _)]) => Some(path.clone()),
            (_, _) => None,
        }
    }

    /// Whether what holds the list is one thing with an identity of its own.
    pub(super) fn is_one(&self, list: &[String]) -> bool {
        let Some((_, above)) = list.split_last() else {
            return false;
        };
        self.fields.iter().any(|(path, field)| {
            path.split_last().is_some_and(|(_, way)| way == above) && IDS.contains(&word(&field.key).as_str())
        })
    }

    /// The URL of the next page; `pages` says whether anything of paging is taken, without which only names count that say that they
    /// are of one.
    pub(super) fn url(&self, pages: bool) -> Option<Vec<String>> {
        let is_url = |(path, field): &&(Vec<String>, &StructField)| {
            let name = word(&field.key);
            let above = path.iter().rev().nth(1).map(|above| word(above));
            let is_text = matches!(bare(&field.ty), Type::String | Type::Value);
            let by_name = URLS.contains(&name.as_str())
                || matches!(name.as_str(), "href" | "url" | "uri") && above.as_deref() == Some("next");
            let shown =
                || matches!(name.as_str(), "next" | "nextpage") && pages && self.shows_url(path, field);
            is_text && (by_name || shown())
        };
        self.fields.iter().find(is_url).map(|(path, _)| path.clone())
    }

    /// Whether a sample, or its author, shows an URL there.
    fn shows_url(&self, path: &[String], field: &StructField) -> bool {
        let said = field.docs.text.to_lowercase();
        let says = said
            .split(|char: char| !char.is_alphanumeric())
            .any(|word| matches!(word, "url" | "uri" | "link"));
        says || self.samples(path).iter().any(|text| is_url(text))
    }

    /// Texts that samples have at a path.
    fn samples(&self, path: &[String]) -> Vec<String> {
        let samples = self.operation.results.iter().flat_map(|result| &result.samples);
        let bodies = samples.filter_map(|sample| serde_json::from_str::<Value>(&sample.body).ok());
        let at = |body: Value| {
            let found = path.iter().try_fold(&body, |value, key| value.get(key))?;
            found.as_str().map(str::to_owned)
        };
        bodies.filter_map(at).collect()
    }

    /// Where the next cursor is, for one that is sent under this name.
    pub(super) fn cursor(&self, sent: &str, list: &[String]) -> Option<Vec<String>> {
        let is_text = |field: &StructField| match bare(&field.ty) {
            Type::String | Type::Value | Type::I64 | Type::U64 | Type::Number => true,
            Type::Bool | Type::F64 | Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
            Type::Named(_) | Type::File | Type::FileOrText | Type::External(_) => false,
        };
        let texts = || self.fields.iter().filter(|(_, field)| is_text(field));
        let own = format!("next{sent}");
        let says_next = |field: &StructField| field.docs.text.to_lowercase().contains("next");
        let ranks: [&Fits<'_>; 3] = [
            &|name, _| name == own || name == sent && (sent.starts_with("next") || TOKENS.contains(&sent)),
            &|name, _| NEXT.contains(&name) || TOKENS.contains(&name),
            // It might be that of this page.
            &|name, field| name == sent && says_next(field),
        ];
        let mut found = ranks
            .iter()
            .filter_map(|fits| texts().find(|(_, field)| fits(&word(&field.key), field)));
        match found.next() {
            Some((path, field)) => (!self.shows_url(path, field)).then(|| path.clone()),
            None => self.of_last(sent, list),
        }
    }

    /// The id of the last item, where that is what is sent and the answer says whether there is more.
    fn of_last(&self, sent: &str, list: &[String]) -> Option<Vec<String>> {
        let has = |words: &[&str]| {
            self.fields
                .iter()
                .find(|(_, field)| words.contains(&word(&field.key).as_str()))
        };
        has(MORE)?;
        if let Some((path, _)) =
            has(&["lastid"]).filter(|_| matches!(sent, "after" | "afterid" | "startingafter"))
        {
            return Some(path.clone());
        }
        let (_, field) = self.fields.iter().find(|(path, _)| path == list)?;
        let Type::List(item) = bare(&field.ty) else {
            return None;
        };
        let ids = self.types.fields(bare(item));
        let id = ids
            .iter()
            .find(|field| field.key == "id")
            .filter(|_| sent == "startingafter")?;
        let steps = ["[-1]".to_owned(), id.key.clone()];
        Some(list.iter().cloned().chain(steps).collect())
    }

    /// Whether the answer says how far the list goes.
    pub(super) fn tells_of_the_end(&self) -> bool {
        let mut pages = Pages::new(PageStyle::Link);
        self.signs(&mut pages);
        pages.more.is_some() || pages.last.is_some() || pages.total.is_some() || pages.pages.is_some()
    }

    /// What the answer says of how far the list goes.
    pub(super) fn signs(&self, pages: &mut Pages) {
        let find = |words: &[&str], is: fn(&Type) -> bool| {
            let mut fields = self.fields.iter();
            let found =
                fields.find(|(_, field)| words.contains(&word(&field.key).as_str()) && is(bare(&field.ty)));
            found.map(|(path, _)| path.clone())
        };
        let is_flag: fn(&Type) -> bool = |ty| matches!(ty, Type::Bool);
        let is_number: fn(&Type) -> bool = |ty| matches!(ty, Type::I64 | Type::U64);
        pages.more = find(MORE, is_flag);
        pages.last = find(LAST, is_flag);
        pages.total = find(TOTALS, is_number);
        pages.pages = find(PAGES, is_number);
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://")
        || text.starts_with("https://")
        || text.starts_with('/')
        || text.starts_with('?')
}

/// A type without the word that it may be null.
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => bare(inner),
        other => other,
    }
}
