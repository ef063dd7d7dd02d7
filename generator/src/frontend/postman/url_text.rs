//! Takes addresses that are text apart, as Postman does: `{{tokens}}` are never split, whatever they hold.
//!
//! In: `https://{{host}}/users/:id?page=1#top`. Out: the pieces, as slices of the text. Nothing is decoded,
//! encoded or checked here.

/// An address in two: what is before the query, and the query. The fragment is gone, as it is never sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Halves<'a> {
    /// Before the `?`.
    pub base: &'a str,
    /// After the `?`; `None` if there is no `?`.
    pub query: Option<&'a str>,
}

/// Splits an address at its query.
pub(super) fn halve(text: &str) -> Halves<'_> {
    let text = text.trim_start();
    let text = &text[..find_outside_tokens(text, &['#']).unwrap_or(text.len())];
    match find_outside_tokens(text, &['?']) {
        Some(mark) => Halves {
            base: &text[..mark],
            query: Some(&text[mark + 1..]),
        },
        None => Halves {
            base: text,
            query: None,
        },
    }
}

/// Where the path begins in what is before the query: the slash after the host, or the end.
pub(super) fn path_start(base: &str) -> usize {
    let host = base.find("://").map_or(0, |colon| {
        let slashes = base[colon + 3..].len() - base[colon + 3..].trim_start_matches(['/', '\\']).len();
        colon + 3 + slashes
    });
    find_outside_tokens(&base[host..], &['/', '\\']).map_or(base.len(), |slash| host + slash)
}

/// The first of these characters that is not inside a token. The characters must be ASCII.
///
/// It looks no further than it must, so that splitting a long text piece by piece takes linear time.
pub(super) fn find_outside_tokens(text: &str, wanted: &[char]) -> Option<usize> {
    let braces = |character: char| character == '{' || wanted.contains(&character);
    let mut at = 0;
    loop {
        let found = at + text.get(at..)?.find(braces)?;
        let rest = text.get(found..)?;
        if !rest.starts_with('{') {
            return Some(found);
        }
        at = found + token_or_braces(rest);
    }
}

/// The last of these characters that is not inside a token.
pub(super) fn rfind_outside_tokens(text: &str, wanted: char) -> Option<usize> {
    let mut last = None;
    let mut at = 0;
    while let Some(found) = text
        .get(at..)
        .and_then(|rest| find_outside_tokens(rest, &[wanted]))
    {
        last = Some(at + found);
        at += found + 1;
    }
    last
}

/// The length of the token that a text begins with, braces before it included; of the braces alone if there is none.
fn token_or_braces(text: &str) -> usize {
    let inner = text.len() - text.trim_start_matches('{').len();
    let rest = text.get(inner..).unwrap_or_default();
    match rest.find(['{', '}']) {
        Some(close) if inner >= 2 && rest.get(close..).is_some_and(|end| end.starts_with("}}")) => {
            inner + close + 2
        }
        Some(_) | None => inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stay_whole() {
        let halves = halve("  https://{{h#?}}/a?b={{c?&}}&d#e");
        assert_eq!(halves.base, "https://{{h#?}}/a");
        assert_eq!(halves.query, Some("b={{c?&}}&d"));
        assert_eq!(
            halve("x#y?z"),
            Halves {
                base: "x",
                query: None
            }
        );
    }

    #[test]
    fn the_path_starts_after_the_host() {
        for (base, path) in [
            ("https://a.b/c/d", "/c/d"),
            ("https:///a/c", "/c"),
            ("{{base/url}}/x", "/x"),
            ("{{base}}", ""),
            ("a:80\\b", "\\b"),
        ] {
            assert_eq!(&base[path_start(base)..], path, "{base}");
        }
    }
}
