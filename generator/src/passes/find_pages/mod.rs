//! Which operations list, and how the next page is asked for.
//!
//! In: typed operations, and what the user says of their pages. Out: [`Pages`] where it is certain: where the answer holds what
//! the next page is asked for by, or where a page or an offset is taken together with a size and the answer is one list. What
//! only seems so is a finding: a page that is asked for wrongly is worse than none.

mod answer;
mod entries;
mod said;

use crate::config::Config;
use crate::diag::{Code, Sink};
use crate::ir::{Api, Operation, PageStyle, Pages, Place, Types};
use answer::Members;
use entries::Entries;

/// The pass.
pub fn find_pages(api: &mut Api, config: &Config, sink: &mut Sink) {
    let Api {
        root,
        types,
        is_declared,
        ..
    } = api;
    let mut unsure: Vec<(Place, Why)> = Vec::new();
    root.visit_mut(&mut |operation| {
        let items = config.overrides.items.iter();
        let mut own = items.filter(|item| item.selector.matches(&operation.place));
        operation.pages = match (own.find_map(|item| item.pages.as_ref()), &config.pages) {
            (Some(said), _) => said::own(operation, types, said, sink),
            (None, Some(said)) if said.pages.is_none() => None,
            (None, Some(said)) if said::fits(operation, types, said) => said.pages.clone(),
            (None, _) => match found(operation, types, *is_declared) {
                Ok(pages) => pages,
                Err(why) => {
                    unsure.push((operation.place.clone(), why));
                    None
                }
            },
        };
    });
    for why in [
        Why::NextUnknown,
        Why::TwoWays,
        Why::EndUnknown,
        Why::AnswerUnknown,
    ] {
        let places: Vec<&Place> = unsure
            .iter()
            .filter(|(_, other)| *other == why)
            .map(|(place, _)| place)
            .collect();
        report(&places, why, sink);
    }
}

/// Why pages are not followed that seem to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// A cursor is taken, and nothing in the answer looks like the next.
    NextUnknown,
    /// A cursor is taken, and a page or an offset too.
    TwoWays,
    /// A short page is not the last, and nothing else says which is.
    EndUnknown,
    /// Nobody knows what is answered.
    AnswerUnknown,
}

/// One finding for all of a kind: a collection without saved answers would have one for every list.
fn report(places: &[&Place], why: Why, sink: &mut Sink) {
    const SHOWN: usize = 3;
    let Some(first) = places.first() else { return };
    let names = places
        .iter()
        .take(SHOWN)
        .map(|place| place.breadcrumb.join(" > "));
    let mut names = names
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if places.len() > SHOWN {
        names.push_str(&format!(" and {} more", places.len() - SHOWN));
    }
    let (message, help) = match why {
        Why::NextUnknown => (
            format!(
                "a cursor is taken, but no answer shows where the next one is, so pages are not followed: {names}"
            ),
            "say it in letterpress.toml: `pages = { style = \"cursor\", send = …, next = …, items = … }` of the item, or `pages = false`",
        ),
        Why::TwoWays => (
            format!("both a cursor and a page or an offset are taken, so pages are not followed: {names}"),
            "say which in letterpress.toml: `pages = { style = \"cursor\", send = …, next = …, items = … }` of the item, or `pages = false`",
        ),
        Why::EndUnknown => (
            format!(
                "a page may hold fewer than were asked for, as its description says, and no answer shows which is the last, so pages are \
                 not followed: {names}"
            ),
            "if an empty page is the last, say it in letterpress.toml: `pages = { style = \"page\", send = …, items = … }` of the item, \
             without a size; or `pages = false`",
        ),
        Why::AnswerUnknown => (
            format!(
                "these seem to list in pages, but no answer shows the list, so pages are not followed: {names}"
            ),
            "show one (in Postman, save an answer; in a description, give its schema), or `allow = [\"PM0110\"]` in letterpress.toml",
        ),
    };
    sink.warn(Code::Paging, first, message, help);
}

/// The pages of an operation, if it is certain that it has any.
fn found(operation: &Operation, types: &Types, is_declared: bool) -> Result<Option<Pages>, Why> {
    if operation.method != "GET" {
        return Ok(None);
    }
    let entries = Entries::of(operation, is_declared);
    let Some(answer) = answer::body(operation) else {
        let seems = entries.cursor.is_some() || entries.counted().is_some() && entries.size.is_some();
        return if seems { Err(Why::AnswerUnknown) } else { Ok(None) };
    };
    let members = Members::of(operation, types, answer);
    let (list, any) = (members.list(), members.any_list());
    let complete = |style: PageStyle, list: Vec<String>| {
        let mut pages = Pages::new(style);
        pages.size.clone_from(&entries.size);
        members.signs(&mut pages);
        pages.items = list;
        Ok(Some(pages))
    };
    // What the answer holds is certain; a list of texts will do there.
    if let Some(list) = list.clone().or(any) {
        if let Some(next) = members.url(entries.pages()) {
            return complete(PageStyle::Url { next }, list);
        }
        let next = entries
            .cursor
            .as_ref()
            .and_then(|cursor| members.cursor(&cursor.word, &list));
        if let (Some(cursor), Some(next)) = (&entries.cursor, next) {
            // Which of them the answer is for may depend on a third entry.
            if entries.is_counted() {
                return Err(Why::TwoWays);
            }
            let send = cursor.at.clone();
            return complete(PageStyle::Cursor { send, next }, list);
        }
    }
    let Some(list) = list.filter(|list| !members.is_one(list)) else {
        return Ok(None);
    };
    match (entries.counted(), &entries.size, &entries.cursor) {
        // Servers that filter what they have counted leave gaps: where the next page begins, and which is the last, nobody knows.
        (Some(_), Some(_), None) if entries.is_at_most && !members.tells_of_the_end() => Err(Why::EndUnknown),
        (Some(style), Some(_), None) => complete(style, list),
        (_, Some(_), Some(_)) => Err(Why::NextUnknown),
        (_, _, _) => Ok(None),
    }
}
