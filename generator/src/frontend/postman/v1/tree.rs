//! The tree of a v1 collection: flat lists of folders and requests, joined by lists of ids.
//!
//! Sub-folders come before requests, folders before the collection's own requests. What is in no order is no part of
//! the collection; what is in several is there several times.

use std::collections::{BTreeMap, BTreeSet};

use crate::frontend::json::{Map, Value};

use super::{auth, behavior, copy, request, scripts};
use crate::diag::{Code, Sink};
use crate::frontend::postman::{js, parse};
use crate::ir::{Locator, Place};

/// Deeper than anybody's tree; what is below is left out, as the rest of the pipeline recurses.
const MAX_DEPTH: usize = 50;

/// Repeats that even a small collection may have.
const FEW: usize = 100;

/// A tree, and where its elements come from.
pub(super) struct Tree<'a> {
    pub items: Vec<Value<'a>>,
    pub origins: Vec<(String, String)>,
}

/// Converts the folders and requests of a collection.
pub(super) fn convert<'a>(value: &'a Value<'a>, pointer: &str, file: &str, sink: &mut Sink) -> Tree<'a> {
    let requests = Entries::of(value, "requests", pointer);
    let folders = Entries::of(value, "folders", pointer);
    let (groups, children) = groups(&folders, &requests);
    let mut walk = Walk {
        requests: &requests,
        folders: &folders,
        groups: &groups,
        placed: BTreeSet::new(),
        repeats: requests.list.len() + folders.list.len() + FEW,
        path: Vec::new(),
        origins: Vec::new(),
    };
    let mut top: Vec<Child> = Vec::new();
    let mut seen = BTreeSet::new();
    let of_order = value
        .get("folders_order")
        .filter(|order| js::truthy(order))
        .map(|_| ids(value, "folders_order"));
    let all = || folders.list.iter().map(|folder| folder.id.clone()).collect();
    for index in of_order
        .unwrap_or_else(all)
        .iter()
        .filter_map(|id| folders.index.get(id))
    {
        if !children.contains(index) && seen.insert(Child::Folder(*index)) {
            top.push(Child::Folder(*index));
        }
    }
    for index in ids(value, "order").iter().filter_map(|id| requests.index.get(id)) {
        if seen.insert(Child::Request(*index)) {
            top.push(Child::Request(*index));
        }
    }
    let list = format!("{pointer}/item");
    let mut items = walk.fill(&top, &list);
    if items.is_empty() && walk.placed.is_empty() {
        // Nothing is in any order. That is no collection of nothing, but one whose orders are lost.
        let all: Vec<Child> = (0..requests.list.len()).map(Child::Request).collect();
        items = walk.fill(&all, &list);
    }
    let (placed, origins) = (walk.placed, walk.origins);
    report_unplaced(&requests, &placed, file, sink);
    Tree { items, origins }
}

/// What each folder holds, and which folders are in another. Folders of one id are one folder: the last one's
/// name, and what all of them hold.
fn groups(folders: &Entries<'_>, requests: &Entries<'_>) -> (Vec<Vec<Child>>, BTreeSet<usize>) {
    let mut groups: Vec<Vec<Child>> = folders.list.iter().map(|_| Vec::new()).collect();
    let mut children = BTreeSet::new();
    for folder in &folders.list {
        let Some(group) = folders
            .index
            .get(&folder.id)
            .and_then(|index| groups.get_mut(*index))
        else {
            continue;
        };
        for index in ids(folder.value, "folders_order")
            .iter()
            .filter_map(|id| folders.index.get(id))
        {
            children.insert(*index);
            group.push(Child::Folder(*index));
        }
        let order = ids(folder.value, "order");
        group.extend(
            order
                .iter()
                .filter_map(|id| requests.index.get(id))
                .map(|index| Child::Request(*index)),
        );
    }
    (groups, children)
}

fn report_unplaced(requests: &Entries<'_>, placed: &BTreeSet<Child>, file: &str, sink: &mut Sink) {
    for (index, request) in requests
        .list
        .iter()
        .enumerate()
        .filter(|(index, _)| !placed.contains(&Child::Request(*index)))
    {
        let name = crate::frontend::text::crumb(&parse::text(request.value.get("name")));
        let place = Place {
            file: file.to_owned(),
            at: Locator::new(&request.pointer),
            breadcrumb: [name.clone()].into(),
            nth: 0,
        };
        let twin = requests.index.get(&request.id).is_some_and(|last| *last != index);
        let why = if twin {
            "shares its id with a later one"
        } else {
            "is in no folder's and not in the collection's order"
        };
        let message = format!("the request `{name}` {why}; Postman does not show it, and it is left out");
        sink.warn(
            Code::RequestDropped,
            &place,
            message,
            "add its id to an `order`, or export the collection as v2.1",
        );
    }
}

/// The elements of a flat list, by id.
struct Entries<'a> {
    list: Vec<Entry<'a>>,
    index: BTreeMap<String, usize>,
}

struct Entry<'a> {
    id: String,
    value: &'a Value<'a>,
    pointer: String,
}

impl<'a> Entries<'a> {
    fn of(value: &'a Value<'a>, name: &str, pointer: &str) -> Self {
        let elements = parse::elements(value.get(name), &crate::frontend::json::join(pointer, name));
        let objects = elements.into_iter().filter(|(value, _)| value.is_object());
        let list: Vec<Entry<'a>> = objects
            .map(|(value, pointer)| Entry {
                id: value.get("id").map(js::to_string).unwrap_or_default(),
                value,
                pointer,
            })
            .collect();
        let index = list
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.id.clone(), index))
            .collect();
        Self { list, index }
    }
}

fn ids(value: &Value<'_>, name: &str) -> Vec<String> {
    let list = value
        .get(name)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter().map(js::to_string).collect()
}

/// An element of a folder, by its place in the flat lists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Child {
    Folder(usize),
    Request(usize),
}

struct Walk<'w, 'a> {
    requests: &'w Entries<'a>,
    folders: &'w Entries<'a>,
    groups: &'w [Vec<Child>],
    /// What was placed at least once.
    placed: BTreeSet<Child>,
    /// How many more elements may be placed again: orders that name each other often would never end.
    repeats: usize,
    /// The folders above.
    path: Vec<usize>,
    origins: Vec<(String, String)>,
}

impl<'a> Walk<'_, 'a> {
    /// Makes the list of items that stands at `pointer`.
    fn fill(&mut self, children: &[Child], pointer: &str) -> Vec<Value<'a>> {
        let mut items = Vec::new();
        for child in children {
            if !self.placed.insert(*child) {
                match self.repeats.checked_sub(1) {
                    Some(left) => self.repeats = left,
                    None => continue,
                }
            }
            let at = format!("{pointer}/{}", items.len());
            match child {
                Child::Request(index) => {
                    let Some(request) = self.requests.list.get(*index) else {
                        continue;
                    };
                    self.origins.push((at, request.pointer.clone()));
                    items.push(request::convert_item(request.value));
                }
                Child::Folder(index) => {
                    if self.path.len() >= MAX_DEPTH || self.path.contains(index) {
                        continue;
                    }
                    let Some(folder) = self.folders.list.get(*index) else {
                        continue;
                    };
                    self.origins.push((at.clone(), folder.pointer.clone()));
                    self.path.push(*index);
                    let inner = self
                        .groups
                        .get(*index)
                        .map(|group| self.fill(group, &format!("{at}/item")));
                    self.path.pop();
                    items.push(folder_of(folder.value, inner.unwrap_or_default()));
                }
            }
        }
        items
    }
}

fn folder_of<'a>(value: &Value<'a>, items: Vec<Value<'a>>) -> Value<'a> {
    let mut folder = Map::new();
    copy(value, "name", &mut folder, "name");
    copy(value, "description", &mut folder, "description");
    if let Some(auth) = auth::convert(value) {
        folder.insert("auth", auth);
    }
    behavior(value, &mut folder);
    scripts(value, &mut folder);
    folder.insert("item", Value::Array(items));
    Value::Object(folder)
}
