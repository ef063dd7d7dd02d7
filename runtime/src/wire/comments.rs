//! Takes comments out of JSON text, as Postman does before it sends it.
//!
//! In: JSON with `//` and `/* */` comments. Out: the same bytes without them; a line comment's line break stays.

/// The text without its comments.
pub(crate) fn strip(text: &str) -> String {
    if !text.contains("//") && !text.contains("/*") {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut stripped = String::with_capacity(text.len());
    let (mut at, mut kept, mut in_string) = (0, 0, false);
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        if byte == b'"' && !is_escaped(bytes, at) {
            in_string = !in_string;
        }
        let end = match (byte, next) {
            _ if in_string => None,
            (b'/', Some(b'/')) => Some(line_end(bytes, at + 2)),
            (b'/', Some(b'*')) => Some(block_end(bytes, at + 2)),
            _ => None,
        };
        if let Some(end) = end {
            stripped.push_str(text.get(kept..at).unwrap_or_default());
            (at, kept) = (end, end);
        } else {
            at += 1;
        }
    }
    stripped.push_str(text.get(kept..).unwrap_or_default());
    stripped
}

/// Whether an odd number of backslashes stands before.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    before.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// Where the line ends: at its line feed.
fn line_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len())
}

/// Where the comment ends: behind its `*/`.
fn block_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest
        .windows(2)
        .position(|pair| pair == b"*/")
        .map_or(rest.len(), |end| end + 2)
}
