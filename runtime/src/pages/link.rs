//! The header `Link` (RFC 8288).
//!
//! In: header values. Out: the target of `rel="next"`, or that there is none although the header speaks of pages.

use http::{HeaderMap, header};

/// What the header says of the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// Where it is.
    Next(String),
    /// There are links between pages, and none to a next one.
    End,
}

/// Reads the header; nothing if it says nothing of pages.
pub(super) fn read(headers: &HeaderMap) -> Option<Link> {
    let mut speaks = false;
    for value in headers.get_all(header::LINK) {
        let Ok(text) = value.to_str() else { continue };
        let mut rest = text;
        while let Some((_, link)) = rest.split_once('<') {
            let Some((target, behind)) = link.split_once('>') else {
                break;
            };
            let (params, behind) = params(behind);
            rest = behind;
            for rel in rels(params) {
                match rel.to_ascii_lowercase().as_str() {
                    "next" => return Some(Link::Next(target.trim().to_owned())),
                    "prev" | "previous" | "first" | "last" | "self" => speaks = true,
                    _ => {}
                }
            }
        }
    }
    speaks.then_some(Link::End)
}

/// The parameters of a link, and what is behind the comma that ends them; commas in quotes end nothing.
fn params(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let end = text.find(|char| {
        quoted ^= char == '"';
        char == ',' && !quoted
    });
    match end {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, ""),
    }
}

/// The relations that parameters name.
fn rels(params: &str) -> impl Iterator<Item = &str> {
    params
        .split(';')
        .filter_map(|param| param.split_once('='))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"))
        .flat_map(|(_, value)| value.trim().trim_matches('"').split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_they_are_written() {
        let next = |target: &str| Some(Link::Next(target.to_owned()));
        for (value, link) in [
            (
                r#"<https://a.io/x?page=2>; rel="next", <https://a.io/x?page=9>; rel="last""#,
                next("https://a.io/x?page=2"),
            ),
            (r#"<a,b>; title="x, <y>"; rel="prev", </n>;rel=next"#, next("/n")),
            (r#"<?c=1>; REL="last Next""#, next("?c=1")),
            (r#"<https://a.io/x?page=1>; rel="prev""#, Some(Link::End)),
            ("<style.css>; rel=preload", None),
            ("nonsense", None),
            ("<unclosed; rel=next", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::LINK, value.parse().unwrap());
            assert_eq!(read(&headers), link, "{value}");
        }
    }
}
