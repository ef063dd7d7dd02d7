//! Whether many needles are in a long text, without going through it once for each.
//!
//! In: a text. Out: whether a needle is in it. Needles are looked up by the words of letters and digits that they begin
//! with; a needle without such a word at its start is searched for.

use std::collections::BTreeMap;

/// As many bytes of a needle are looked up.
const START: usize = 6;

/// A text by the pieces that it can be searched for.
pub(super) struct Pieces<'a> {
    text: &'a str,
    at: BTreeMap<[u8; START], Vec<usize>>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut at: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (offset, window) in text.as_bytes().windows(START).enumerate() {
            if let Ok(start) = <[u8; START]>::try_from(window)
                && start.iter().all(u8::is_ascii_alphanumeric)
            {
                at.entry(start).or_default().push(offset);
            }
        }
        Self { text, at }
    }

    /// Whether the text holds this.
    pub(super) fn hold(&self, needle: &str) -> bool {
        let start = needle.as_bytes().first_chunk::<START>();
        let Some(start) = start.filter(|start| start.iter().all(u8::is_ascii_alphanumeric)) else {
            return self.text.contains(needle);
        };
        let bytes = self.text.as_bytes();
        let offsets = self.at.get(start).into_iter().flatten();
        let mut rests = offsets.filter_map(|offset| bytes.get(*offset..));
        rests.any(|rest| rest.starts_with(needle.as_bytes()))
    }
}
