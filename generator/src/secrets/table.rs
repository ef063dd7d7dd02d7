//! Credentials in tables of descriptions: a cell that names one, and the cell beside it.
//!
//! In: a text, and where a cell ends. Out: what the cell after it holds, if it is a credential. Cells also hold types
//! and explanations, so that only what looks made by somebody or something counts.

use super::looks;
use super::names::{self, Sensitivity};
use super::scan::{Found, boundary};

/// As far as cells are looked for.
const LONGEST_CELL: usize = 512;

/// What stands around the text of a cell.
const MARKUP: [char; 5] = [' ', '\t', '`', '*', '"'];

/// Looks at the cells before and behind this `|` of a Markdown table.
pub(super) fn at_bar(text: &str, at: usize) -> Option<Found> {
    let line = |range: &str| !range.contains('\n');
    let before = text.get(boundary(text, at.saturating_sub(LONGEST_CELL))..at)?;
    let name = before.rsplit(['|', '\n']).next()?.trim_matches(MARKUP);
    let after = text.get(at + 1..boundary(text, at + 1 + LONGEST_CELL))?;
    let cell = after.split(['|', '\n']).next().filter(|cell| line(cell))?;
    pair(text, name, at + 1, cell)
}

/// Looks at the cell whose start tag ends at this offset, and the one before it: `<td>token</td><td>…</td>`.
pub(super) fn at_cell(text: &str, at: usize) -> Option<Found> {
    let before = text.get(boundary(text, at.saturating_sub(LONGEST_CELL))..at)?;
    let (before, tag) = before.rsplit_once('<')?;
    if !["td", "th", "dd"].contains(&tag.split(char::is_whitespace).next()?) {
        return None;
    }
    // The last text before this cell is the cell before it.
    let mut texts = before.rsplit('<').filter_map(|piece| piece.split_once('>'));
    let name =
        texts.find_map(|(_, text)| Some(text.trim_matches(MARKUP)).filter(|text| !text.trim().is_empty()))?;
    let mut start = at + 1;
    // What is in a cell may be in tags of its own.
    for _ in 0..4 {
        let rest = text.get(start..)?;
        match rest.strip_prefix('<') {
            Some(tag) if !tag.starts_with('/') => start += tag.find('>')? + 2,
            Some(_) | None => break,
        }
    }
    let rest = text.get(start..boundary(text, start + LONGEST_CELL))?;
    pair(text, name.trim(), start, rest.split('<').next()?)
}

fn pair(text: &str, name: &str, start: usize, cell: &str) -> Option<Found> {
    let value = cell.trim_matches(MARKUP);
    if names::of_member(name) != Sensitivity::Strong
        || !looks::is_telling(value)
        || value.contains(['(', '['])
    {
        return None;
    }
    let offset = cell.find(value)?;
    let range = start + offset..start + offset + value.len();
    text.get(range.clone())?;
    Some(Found::new(range, names::label(name)))
}

#[cfg(test)]
mod tests {
    use super::super::redact;

    #[test]
    fn cells_beside_names_are_found() {
        for (text, clean) in [
            (
                "| user | ada |\n| password | `q6Zt8Kq2` |",
                "| user | ada |\n| password | `[removed]` |",
            ),
            ("|**API key**|8f14e45fceea167a|", "|**API key**|[removed]|"),
            (
                "<tr><td>token</td>\n<td><code>8f14e45fceea167a</code></td></tr>",
                "<tr><td>token</td>\n<td><code>[removed]</code></td></tr>",
            ),
        ] {
            assert_eq!(redact(text), clean);
        }
        for text in [
            "| password | string |\n| token | string(255) | required |",
            "| token | the token of the user |\n| x | 8f14e45fceea167a |",
            "<td>token</td><td>The access token, base64</td>",
            "| token |\n| 8f14e45fceea167a | a |",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
