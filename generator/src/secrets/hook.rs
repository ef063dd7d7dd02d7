//! Addresses that are credentials: whoever knows the path of an incoming webhook may post to it.
//!
//! In: a host and a path. Out: the random segments of the path, if host or path say that it is a hook's.
//! An id of a webhook among other resources is none: it is short, or a number, or a UUID.

use std::ops::Range;

use super::looks;
use super::scan::{Found, boundary};
use crate::ir::template;

/// As far as an address is looked at.
const LONGEST: usize = 1_024;

/// How long a segment is that nobody guesses.
const LONG: usize = 24;

/// How long one without capitals is: shorter ones are ids of databases.
const LONG_HEX: usize = 32;

/// The random segments of a hook's path, from the first to the last.
pub(super) fn in_path(host: &str, path: &str) -> Option<Found> {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let host_says = host.split(['.', '-', '/', '@']).any(says_hook);
    let mut said = host_says;
    let mut range: Option<Range<usize>> = None;
    let mut at = 0;
    for segment in path.get(..end)?.split('/') {
        if said && is_random(segment, host_says) {
            let start = range.map_or(at, |range| range.start);
            range = Some(start..at + segment.len());
        }
        said |= says_hook(segment);
        at += segment.len() + 1;
    }
    range.map(|range| Found::new(range, "webhook_path"))
}

/// The same of an address whose authority begins at this offset.
pub(super) fn in_address(text: &str, at: usize) -> Option<Found> {
    let rest = text.get(at..boundary(text, at + LONGEST))?;
    let ends = |character: char| match character {
        '"' | '\'' | '<' | '>' | '\\' | ')' | '`' | ',' | '|' => true,
        character => character.is_whitespace(),
    };
    let address = rest.split("://").next()?;
    let address = address.get(..address.find(ends).unwrap_or(address.len()))?;
    let slash = address.find('/')?;
    let (host, path) = address.split_at(slash);
    let found = in_path(host, path)?;
    let start = at + slash;
    Some(Found::new(
        start + found.range.start..start + found.range.end,
        found.label,
    ))
}

fn says_hook(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    part == "hook" || part == "hooks" || part.ends_with("webhook") || part.ends_with("webhooks")
}

fn is_random(segment: &str, host_says: bool) -> bool {
    let has = |wanted: fn(&u8) -> bool| segment.bytes().any(|byte| wanted(&byte));
    let capitals = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let long =
        segment.len() >= LONG_HEX || segment.len() >= LONG && capitals || host_says && segment.len() >= LONG;
    long && looks::looks_random(segment)
        && !looks::is_uuid(segment)
        && !looks::is_placeholder(segment)
        && !template::has_variables(segment)
        && !segment.starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::super::redact;

    #[test]
    fn hooks_are_told_from_their_resources() {
        for (text, clean) in [
            (
                "https://hooks.example.com/services/T0/B0/x8Kq2Zt6Lw93Vb47Gh51Tr0a",
                "https://hooks.example.com/services/T0/B0/[removed]",
            ),
            (
                "post to https://a.io/api/webhooks/123456789/x8Kq2Zt6Lw93Vb47Gh51Tr0a-Qz, then",
                "post to https://a.io/api/webhooks/123456789/[removed], then",
            ),
        ] {
            assert_eq!(redact(text), clean);
        }
        for text in [
            "https://a.io/v1/webhooks/5d1f9b2e-0a1b-4c3d-8e9f-001122334455",
            "https://a.io/v1/webhooks/5d1f9b2e0a1b4c3d8e9f0011/deliveries",
            "https://a.io/v1/orders/x8Kq2Zt6Lw93Vb47Gh51Tr0a",
            "https://hooks.example.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
