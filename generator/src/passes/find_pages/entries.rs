//! What an operation takes of pages: a cursor, a page, an offset, a size.
//!
//! In: the query entries of an operation. Out: those that are of paging by their names, if what is saved and declared of
//! them does not say otherwise. `start` and `from` alone are dates as often as not, and `page` may be a cursor.

use crate::infer::placeholder::{Placeholder, placeholder};
use crate::ir::{Operation, PageEntry, PageStyle, Param, ParamPlace, Type};

const CURSORS: &[&str] = &[
    "after",
    "afterid",
    "continuation",
    "continuationtoken",
    "cursor",
    "cursorid",
    "marker",
    "nextcursor",
    "nextpage",
    "nextpagetoken",
    "nexttoken",
    "pagecursor",
    "pagemarker",
    "pagetoken",
    "pageafter",
    "paginationtoken",
    "scrollid",
    "startingafter",
    "starttoken",
];
const NUMBERS: &[&str] = &[
    "currentpage",
    "page",
    "pageindex",
    "pageno",
    "pagenum",
    "pagenumber",
];
const OFFSETS: &[&str] = &["offset", "pageoffset", "skip", "startat"];
const SIZES: &[&str] = &[
    "count",
    "itemsperpage",
    "limit",
    "max",
    "maxitems",
    "maxpagesize",
    "maxresults",
    "pagelimit",
    "pagesize",
    "perpage",
    "recordsperpage",
    "resultsperpage",
    "rows",
    "rowsperpage",
    "size",
    "take",
    "top",
];

/// A name without what spellings differ by: `page[size]`, `pageSize` and `$page_size` are the same.
pub(super) fn word(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_lowercase())
        .collect()
}

/// What is taken of pages.
pub(super) struct Entries<'a> {
    pub(super) cursor: Option<Entry<'a>>,
    number: Option<Entry<'a>>,
    offset: Option<Entry<'a>>,
    pub(super) size: Option<PageEntry>,
    /// Whether its author, or the operation's, says that a page may hold fewer than that, though there are more.
    pub(super) is_at_most: bool,
    /// `first` and `max` are an offset and a size.
    has_max: bool,
}

/// A query entry.
pub(super) struct Entry<'a> {
    pub(super) at: PageEntry,
    pub(super) word: String,
    param: &'a Param,
}

impl<'a> Entries<'a> {
    pub(super) fn of(operation: &'a Operation, is_declared: bool) -> Self {
        let is_number = |param: &Param| is_number(param, is_declared);
        let mut entries = Self {
            cursor: None,
            number: None,
            offset: None,
            size: None,
            is_at_most: tells_of_fewer(&operation.docs.text),
            has_max: false,
        };
        let params = operation
            .params
            .iter()
            .filter(|param| matches!(param.place, ParamPlace::Query(_)));
        let named: Vec<(&Param, String)> = params.map(|param| (param, word(param.key(operation)))).collect();
        entries.has_max = named.iter().any(|(_, word)| word == "max");
        for (param, word) in named {
            let name = param.key(operation);
            if name.contains("{{") || param.many {
                continue;
            }
            let entry = || Entry {
                at: PageEntry::Query(name.to_owned()),
                word: word.clone(),
                param,
            };
            let is = |words: &[&str]| words.contains(&word.as_str());
            if is(CURSORS) {
                entries.cursor.get_or_insert_with(entry);
            } else if is(NUMBERS) && is_number(param) && !says(param, &["cursor", "token"]) {
                entries.number.get_or_insert_with(entry);
            } else if (is(OFFSETS) || word == "first" && entries.has_max)
                && is_number(param)
                && !says(param, &["page number", "number of the page", "cursor", "token"])
            {
                entries.offset.get_or_insert_with(entry);
            } else if is(SIZES) && is_number(param) {
                entries.is_at_most |= tells_of_fewer(&param.docs.text);
                entries
                    .size
                    .get_or_insert_with(|| PageEntry::Query(name.to_owned()));
            }
        }
        entries
    }

    /// Whether anything of paging but a size is taken.
    pub(super) fn pages(&self) -> bool {
        self.cursor.is_some() || self.number.is_some() || self.offset.is_some()
    }

    /// Whether a number or an offset is taken.
    pub(super) fn is_counted(&self) -> bool {
        self.number.is_some() || self.offset.is_some()
    }

    /// The number or the offset that pages are asked for by; none where both are taken.
    pub(super) fn counted(&self) -> Option<PageStyle> {
        match (&self.number, &self.offset) {
            (Some(number), None) => Some(PageStyle::Page {
                send: number.at.clone(),
                first: first(number.param),
            }),
            (None, Some(offset)) => Some(PageStyle::Offset {
                send: offset.at.clone(),
                first: 0,
            }),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }
}

/// Whether an entry takes a number, as far as what is saved or declared of it says.
fn is_number(param: &Param, is_declared: bool) -> bool {
    match &param.ty {
        Type::I64 | Type::U64 | Type::F64 | Type::Number => true,
        Type::Bool | Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Value => false,
        Type::File | Type::FileOrText | Type::External(_) => false,
        Type::Nullable(_) => false,
        Type::String if is_declared || param.is_declared => false,
        Type::String => param.saved.as_deref().is_none_or(|saved| {
            let saved = saved.trim();
            let stands_for_one = matches!(
                placeholder(saved),
                Some(Placeholder::Integer | Placeholder::Number | Placeholder::Any)
            );
            saved.is_empty()
                || saved.contains("{{")
                || stands_for_one
                || saved.bytes().all(|byte| byte.is_ascii_digit())
        }),
    }
}

/// Whether a text says that there may be fewer than were asked for.
fn tells_of_fewer(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split(|char: char| !char.is_alphanumeric())
        .any(|word| word == "fewer")
}

/// Whether the author says one of these of an entry.
fn says(param: &Param, words: &[&str]) -> bool {
    let text = param.docs.text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

/// The number of the first page, where its author says what a call without one gets.
fn first(param: &Param) -> Option<u64> {
    if let Some(declared) = param.default.filter(|declared| *declared < 2) {
        return Some(declared);
    }
    let text: String = param.docs.text.to_lowercase().replace(['`', '*', '"', '\''], "");
    let says = |number: u64| {
        let phrases = [
            format!("default is {number}"),
            format!("default: {number}"),
            format!("default {number}"),
            format!("default value is {number}"),
            format!("default = {number}"),
            format!("defaults to {number}"),
        ];
        phrases.iter().any(|phrase| {
            text.match_indices(phrase.as_str()).any(|(at, _)| {
                let rest = text.get(at + phrase.len()..).unwrap_or_default();
                !rest.starts_with(|next: char| next.is_ascii_digit())
            })
        })
    };
    (0..2).find(|number| says(*number))
}
