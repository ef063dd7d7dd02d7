//! How deep JSON is nested.
//!
//! In: a text that could not be read. Out: whether that is only because of its nesting, which is no fault of whoever
//! saved it.

pub use super::json::MAX_DEPTH;

/// Whether brackets are open within each other more often than is read.
pub fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => skip_string(&mut bytes),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    // A value in the innermost brackets is one level deeper than they are.
    deepest > MAX_DEPTH
}

fn skip_string(bytes: &mut impl Iterator<Item = u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, is_too_deep};
    use crate::infer::read;

    #[test]
    fn what_is_not_read_for_its_depth_is_too_deep() {
        for depth in [1, MAX_DEPTH, MAX_DEPTH + 1, MAX_DEPTH + 2, 1000] {
            for (open, inner, close) in [("[", "1", "]"), ("{\"a\":", "1", "}"), ("[", "", "]")] {
                let text = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
                if read(&text).is_none() {
                    assert!(is_too_deep(&text), "{depth} {open}{inner}");
                }
            }
        }
        assert!(read(&"[".repeat(1000)).is_none());
    }

    #[test]
    fn brackets_in_texts_are_no_nesting() {
        let many = "[".repeat(1000);
        assert!(!is_too_deep(&format!(r#"{{"a": "{many}", "b": "\"{many}" x"#)));
        assert!(!is_too_deep(&"[]".repeat(1000)));
    }
}
