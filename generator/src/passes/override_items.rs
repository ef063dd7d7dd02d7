//! What a user says of items and folders: other names, and which to leave out.
//!
//! In: the model as lowered, and the overrides. Out: the same without what is excluded, with the names that were given, before
//! anything is typed or named. A selector that names nothing, or several things, is an error with the nearest one that exists.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::config::file::report;
use crate::config::nearest::nearest;
use crate::config::overrides::{Overrides, Selector};
use crate::diag::Sink;
use crate::ir::{Api, Child, Folder, FolderKind, Place};

/// The pass.
pub fn override_items(api: &mut Api, config: &Config, sink: &mut Sink) {
    let overrides = &config.overrides;
    if overrides.items.is_empty() && overrides.folders.is_empty() {
        return;
    }
    let (mut items, mut folders) = (Vec::new(), Vec::new());
    places(&api.root, &mut items, &mut folders);
    // Folders of one name side by side are one module, and are named together.
    let mut seen = BTreeSet::new();
    folders.retain(|place| seen.insert(place.breadcrumb.clone()));
    for item in &overrides.items {
        check(&item.selector, "item", &items, sink);
    }
    for folder in &overrides.folders {
        check(&folder.selector, "folder", &folders, sink);
    }
    change(&mut api.root, overrides);
}

/// The places of all items and folders below a folder, in document order.
fn places(folder: &Folder, items: &mut Vec<Place>, folders: &mut Vec<Place>) {
    for child in &folder.children {
        match child {
            Child::Operation(operation) => items.push(operation.place.clone()),
            Child::Folder(folder) => {
                folders.push(folder.place.clone());
                places(folder, items, folders);
            }
        }
    }
}

/// Reports a selector that does not name exactly one place.
fn check(selector: &Selector, what: &str, places: &[Place], sink: &mut Sink) {
    let matching: Vec<&Place> = places.iter().filter(|place| selector.matches(place)).collect();
    let (message, help) = match matching.as_slice() {
        [_] => return,
        [] => {
            let names: Vec<String> = places.iter().map(|place| place.breadcrumb.join(" > ")).collect();
            let last = places
                .iter()
                .filter_map(|place| place.breadcrumb.last().map(String::as_str));
            let near = nearest(&selector.text, names.iter().map(String::as_str).chain(last));
            let help = near.map_or_else(
                || "write its name as the diagnostics do: `Folder > Item`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            (format!("no {what} is called `{}`", selector.text), help)
        }
        [first, others @ ..] => {
            let help = if others.iter().all(|other| other.breadcrumb == first.breadcrumb) {
                format!("number them: `{0}#1`, `{0}#2`", selector.text)
            } else if matching
                .iter()
                .any(|place| place.breadcrumb.join(" > ") == selector.text)
            {
                format!("write `/ > {}`, or the way there: `Folder > Item`", selector.text)
            } else {
                "write more of the way there: `Folder > Item`".to_owned()
            };
            let message = format!("{} {what}s are called `{}`", matching.len(), selector.text);
            (message, help)
        }
    };
    report(sink, &selector.written, message, &help);
}

fn change(folder: &mut Folder, overrides: &Overrides) {
    folder.children.retain_mut(|child| match child {
        Child::Operation(operation) => {
            let mut items = overrides.items.iter();
            let said = items.find(|item| item.selector.matches(&operation.place));
            if let Some(name) = said.and_then(|said| said.name.as_ref()) {
                operation.name.clone_from(name);
            }
            said.is_none_or(|said| !said.exclude)
        }
        Child::Folder(folder) => {
            let mut folders = overrides.folders.iter();
            let said = folders.find(|said| said.selector.matches(&folder.place));
            if let Some(name) = said.and_then(|said| said.name.as_ref()) {
                folder.name.clone_from(name);
                folder.kind = FolderKind::Handle;
            }
            change(folder, overrides);
            said.is_none_or(|said| !said.exclude)
        }
    });
}
