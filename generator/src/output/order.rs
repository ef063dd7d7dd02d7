//! The order in which rustfmt puts names: numbers by their value, and `_` before everything else.
//!
//! In: two names. Out: which comes first. It is what the style guide of Rust calls version sorting.

use std::cmp::Ordering;

/// Which name comes first.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (chunks(a), chunks(b));
    loop {
        let ordering = match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(Chunk::Underscore), Some(Chunk::Underscore)) => Ordering::Equal,
            (Some(Chunk::Underscore), Some(_)) => Ordering::Less,
            (Some(_), Some(Chunk::Underscore)) => Ordering::Greater,
            (Some(Chunk::Number(a)), Some(Chunk::Number(b))) => number(a, b),
            (Some(Chunk::Number(a) | Chunk::Text(a)), Some(Chunk::Number(b) | Chunk::Text(b))) => a.cmp(b),
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
}

/// Digits by the number that they are, whatever its size.
fn number(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

enum Chunk<'a> {
    Underscore,
    Number(&'a str),
    Text(&'a str),
}

fn chunks(mut name: &str) -> impl Iterator<Item = Chunk<'_>> {
    std::iter::from_fn(move || {
        let first = name.chars().next()?;
        let is_digit = first.is_ascii_digit();
        let end = if first == '_' {
            1
        } else {
            name.find(|c: char| c == '_' || c.is_ascii_digit() != is_digit)
                .unwrap_or(name.len())
        };
        let (chunk, rest) = name.split_at(end);
        name = rest;
        Some(match first {
            '_' => Chunk::Underscore,
            _ if is_digit => Chunk::Number(chunk),
            _ => Chunk::Text(chunk),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn names_stand_as_rustfmt_puts_them() {
        let sorted = [
            "_private",
            "apis",
            "core",
            "core_v1",
            "core_v2",
            "core_v10",
            "core1",
            "cores",
            "form_handler_fields",
            "form_handlers",
            "form2",
        ];
        let mut shuffled = sorted;
        shuffled.reverse();
        shuffled.sort_by(|a, b| compare(a, b));
        assert_eq!(shuffled, sorted);
    }
}
