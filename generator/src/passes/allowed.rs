//! Which warnings a user does not want to see.
//!
//! In: the model as lowered, and the settings. Out: what is allowed: everywhere, for a folder and all that is in it, or for
//! an item. One that allows what never is found does no harm, so that a line of settings may outlive its cause.

use crate::config::Config;
use crate::config::overrides::Selector;
use crate::diag::{Allowed, Code};
use crate::ir::{Api, Child, Folder, Place};

/// Reads the settings; without a model, those of items and folders name nothing.
pub fn allowed(api: Option<&Api>, config: &Config) -> Allowed {
    let mut allowed = Allowed {
        everywhere: config.allow.clone(),
        below: Vec::new(),
    };
    if let Some(api) = api {
        add_folder(&mut allowed, &api.root, config);
    }
    allowed
}

fn add_folder(allowed: &mut Allowed, folder: &Folder, config: &Config) {
    let overrides = &config.overrides;
    for child in &folder.children {
        match child {
            Child::Operation(operation) => {
                let items = overrides.items.iter();
                let items = items.map(|item| (&item.selector, item.allow.as_slice()));
                add(allowed, &operation.place, items);
            }
            Child::Folder(folder) => {
                let folders = overrides.folders.iter();
                let folders = folders.map(|said| (&said.selector, said.allow.as_slice()));
                add(allowed, &folder.place, folders);
                add_folder(allowed, folder, config);
            }
        }
    }
}

fn add<'c>(allowed: &mut Allowed, place: &Place, said: impl Iterator<Item = (&'c Selector, &'c [Code])>) {
    let said = said.filter(|(selector, _)| selector.matches(place));
    let codes = said.flat_map(|(_, codes)| codes);
    allowed.below.extend(codes.map(|code| (place.clone(), *code)));
}
