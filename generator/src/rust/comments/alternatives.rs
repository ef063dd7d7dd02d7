//! What is said of the alternatives of a union.
//!
//! In: an alternative, and what tells it from others. Out: the lines above its variant.

use super::{clean_inner, code, enumerated, or};
use crate::ir;
use crate::rust::doc_lines::DocLines;

/// An alternative of a union; of an object that only its members tell from others, what must be there.
pub fn alternative(
    tag: Option<&str>,
    alternative: &ir::Alternative,
    kind: ir::JsonKind,
    requires: &[String],
) -> DocLines {
    const MOST_KEYS: usize = 3;
    or(clean_inner(&alternative.docs.text), || {
        let tags: Vec<String> = alternative.tagged.iter().map(|text| code(text)).collect();
        let Some(tag) = tag.filter(|_| !tags.is_empty()) else {
            let kind = match kind {
                ir::JsonKind::Bool => "`true` or `false`",
                ir::JsonKind::Number => "A number",
                ir::JsonKind::Text => "A text",
                ir::JsonKind::List => "A list",
                ir::JsonKind::Object if !requires.is_empty() => {
                    let more = (requires.len() > MOST_KEYS).then(|| "others".to_owned());
                    let keys = requires.iter().take(MOST_KEYS).map(|key| code(key));
                    let keys = keys.chain(more).collect();
                    return format!("An object with {}.", enumerated(keys, "and"));
                }
                ir::JsonKind::Object => "An object",
            };
            return format!("{kind}.");
        };
        let tag = tag.trim_start_matches('/').replace('/', ".");
        format!("Its {} is {}.", code(&tag), enumerated(tags, "or"))
    })
}
