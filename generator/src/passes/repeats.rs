//! What the user says of calls that are made twice: which may be, by which key the API knows them, and after which statuses they are.
//!
//! In: operations whose headers are decided. Out: the same, with a header for a new key on each call of `POST` and `PATCH` that has none
//! yet, which a caller may set.

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, Docs, Entry, Operation, Param, ParamPlace, Presence, Sent, Type};

/// The pass.
pub fn say_repeats(api: &mut Api, config: &Config, _: &mut Sink) {
    api.retry_statuses.clone_from(&config.retry_statuses);
    api.root.visit_mut(&mut |operation| {
        let items = config.overrides.items.iter();
        let mut own = items.filter(|item| item.selector.matches(&operation.place));
        operation.idempotent = own.find_map(|item| item.idempotent);
        if let Some(key) = &config.idempotency_key {
            add_key(operation, key);
        }
    });
}

/// Methods whose calls do twice what is asked for twice.
const METHODS: &[&str] = &["PATCH", "POST"];

fn add_key(operation: &mut Operation, name: &str) {
    if !METHODS.contains(&operation.method.as_str()) || operation.idempotent == Some(false) {
        return;
    }
    let is_it = |entry: &Entry| {
        let key = entry.key.as_deref();
        key.is_some_and(|key| key.trim().eq_ignore_ascii_case(name))
    };
    if let Some(own) = operation.headers.iter_mut().find(|entry| is_it(entry)) {
        own.sent = Sent::Fresh;
        return;
    }
    let place = ParamPlace::Header(operation.headers.len());
    operation.headers.push(Entry {
        key: Some(name.to_owned()),
        sent: Sent::Fresh,
        ..Entry::default()
    });
    operation.params.push(Param {
        name: name.to_owned(),
        place,
        presence: Presence::Optional,
        many: false,
        style: None,
        deprecated: false,
        ty: Type::String,
        is_declared: true,
        default: None,
        saved: None,
        docs: Docs::default(),
        source: operation.place.clone(),
    });
}
