//! When each header of an operation is sent, and which a caller can set.
//!
//! In: the headers of all operations. Out: for each the moment it is sent, by the rows of one table, and a parameter
//! for those that do not simply go out. What a header says of the message itself is the sender's to know.

use std::collections::{BTreeMap, BTreeSet};

use super::census::NEARLY_ALL;
use super::header_names::{Purpose, is_filler, is_plain, purpose};
use super::{Chooser, entry_param};
use crate::ir::{Api, Body, Entry, Operation, ParamPlace, Presence, Sent, template};
use crate::secrets::{self, Sensitivity};

/// What operations send under each name.
#[derive(Debug, Default)]
pub(super) struct Habits {
    operations: usize,
    /// By the name in lower case: literal values, and how many operations send each.
    values: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Habits {
    /// Counts.
    pub(super) fn of(api: &Api) -> Self {
        let mut habits = Self::default();
        api.root.visit(&mut |operation| {
            habits.operations += 1;
            let sent: BTreeSet<(String, String)> = operation
                .headers
                .iter()
                .filter(|header| !header.disabled)
                .map(|header| (name(header), value(header).to_owned()))
                .collect();
            for (name, value) in sent {
                *habits.values.entry(name).or_default().entry(value).or_default() += 1;
            }
        });
        habits
    }

    /// Whether nearly all operations send this value under this name.
    fn is_common(&self, header: &Entry) -> bool {
        let count = self
            .values
            .get(&name(header))
            .and_then(|values| values.get(value(header)));
        count.is_some_and(|count| *count > 1 && count * 100 >= self.operations * NEARLY_ALL)
    }

    /// Whether operations send other values under this name.
    fn differs(&self, header: &Entry) -> bool {
        let values = self.values.get(&name(header));
        values.is_some_and(|values| values.len() > 1)
    }
}

/// Chooses for the headers of an operation.
pub(super) fn choose(chooser: &mut Chooser<'_>, operation: &mut Operation, habits: &Habits) {
    let settable = settable(&operation.headers, &operation.body);
    let host = host(operation);
    for (index, settable) in settable.into_iter().enumerate() {
        let Some(header) = operation.headers.get_mut(index) else {
            continue;
        };
        header.sent = sent(chooser, header, habits, &host);
        let mut param = entry_param(header, ParamPlace::Header(index));
        let is_given = match header.sent {
            Sent::Always => false,
            Sent::Saved => purpose(&name(header)) != Purpose::Transport,
            Sent::Fresh | Sent::WhenSet | Sent::WhenGiven => true,
        };
        if header.sent == Sent::Fresh {
            param.presence = Presence::Optional;
        }
        if settable && is_given {
            chooser.params.push(param);
        }
    }
}

fn sent(chooser: &Chooser<'_>, header: &Entry, habits: &Habits, host: &str) -> Sent {
    let value = value(header);
    let purpose = purpose(&name(header));
    if header.disabled {
        return Sent::WhenSet;
    }
    if purpose == Purpose::Idempotency {
        return Sent::Fresh;
    }
    if is_placeholder(value) || !chooser.is_filled(value) {
        return Sent::Saved;
    }
    if template::has_variables(value) {
        return Sent::Always;
    }
    // What is left of a literal credential is what its author wrote in place of one.
    if secrets::of_name(&name(header)) == Sensitivity::Strong {
        return Sent::Saved;
    }
    let is_own_host = name(header) == "host" && value == host;
    let goes_out = match purpose {
        Purpose::Idempotency | Purpose::Call | Purpose::Transport => false,
        Purpose::Protocol => true,
        Purpose::Caller => !is_own_host && habits.is_common(header),
        Purpose::Other => {
            habits.is_common(header) || !habits.differs(header) && is_plain(value) && !is_made(value)
        }
    };
    if goes_out { Sent::Always } else { Sent::Saved }
}

/// Whether a value is none, but stands where one belongs.
fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let enclosed = |open, close| value.starts_with(open) && value.ends_with(close);
    let is_variable = enclosed("{{", "}}");
    value.is_empty()
        || enclosed("<", ">")
        || enclosed("[", "]")
        || enclosed("{", "}") && !is_variable
        || is_filler(value)
        || is_type_name(value)
}

/// Whether a value is the name of a type.
fn is_type_name(value: &str) -> bool {
    const TYPES: &[&str] = &[
        "string",
        "integer",
        "number",
        "boolean",
        "uuid",
        "date-time",
        "text",
    ];
    TYPES.contains(&value.to_ascii_lowercase().as_str())
}

/// Whether a value looks made by a machine for one use.
fn is_made(value: &str) -> bool {
    secrets::looks_random(value)
}

/// Host and port of the operation's address.
fn host(operation: &Operation) -> String {
    let url = &operation.url;
    let head = url.origin();
    let host = head.split_once("://").map_or(head, |(_, host)| host);
    host.rsplit_once('@').map_or(host, |(_, host)| host).to_owned()
}

/// Which headers a caller can set to any use. One that the collection has switched off cannot where another of its
/// name is sent or can be set already, nor where the body brings its own; and none can that HTTP cannot send.
fn settable(headers: &[Entry], body: &Body) -> Vec<bool> {
    let brings_type = matches!(body, Body::FormData { .. } | Body::UrlEncoded { .. });
    let enabled = headers.iter().filter(|header| !header.disabled);
    let mut taken: BTreeSet<String> = enabled.map(name).collect();
    let settable = |header: &Entry| {
        let name = name(header);
        if !template::has_variables(&name) && !is_token(&name) {
            return false;
        }
        let useless = brings_type && name == "content-type";
        !header.disabled || (!useless && taken.insert(name))
    };
    headers.iter().map(settable).collect()
}

/// Whether HTTP can send a header of this name.
fn is_token(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

fn name(header: &Entry) -> String {
    header
        .key
        .as_deref()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn value(header: &Entry) -> &str {
    header.value.as_deref().unwrap_or_default()
}
