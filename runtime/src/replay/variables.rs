//! What `{{variables}}` in saved requests and answers stand for.
//!
//! In: what a test gave, the client that asks, the collection's own values, and names that stand for something made up.
//! Out: texts with values in place of variables. A value may name variables itself; it is looked up as far as that goes,
//! and no further than a bound.

use crate::transport::Called;
use crate::wire::{SystemClock, SystemEntropy, dynamic_value};
use std::ops::Range;

/// How deep values name variables.
const DEEPEST: usize = 8;
/// No text grows beyond this by its variables.
const LONGEST: usize = 1 << 20;

/// Where values are looked up, the first place first.
#[derive(Clone, Copy)]
pub(super) struct Variables<'a> {
    /// Those that the test gave.
    pub(super) given: &'a [(String, String)],
    /// The client that asks, if it is one of ours.
    pub(super) called: Option<&'a Called>,
    /// Those of the collection.
    pub(super) saved: &'a [(String, String)],
}

impl Variables<'_> {
    /// What a variable stands for; `None` if nobody says.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.at_depth(name, 0)
    }

    fn at_depth(&self, name: &str, depth: usize) -> Option<String> {
        let template = self.template(name)?;
        if depth >= DEEPEST || next(&template, 0).is_none() {
            return Some(template);
        }
        Some(replaced(&template, |name, _| self.at_depth(name, depth + 1)))
    }

    fn template(&self, name: &str) -> Option<String> {
        let of = |list: &[(String, String)]| {
            let mut latest = list.iter().rev();
            latest
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        };
        of(self.given)
            .or_else(|| self.called.and_then(|called| called.variable(name)))
            .or_else(|| of(self.saved))
            .or_else(|| dynamic_value(name, &SystemClock, &SystemEntropy))
    }

    /// The text with its variables filled in, those without a value left as they are.
    pub(super) fn fill(&self, text: &str) -> String {
        replaced(text, |name, _| self.value(name))
    }

    /// What a text must look like: pieces, with anything between them where variables have no value or something secret
    /// was removed.
    pub(super) fn pattern(&self, text: &str) -> Vec<String> {
        const REMOVED: &str = "[removed]";
        let mut pieces = vec![String::new()];
        let mut add = |text: &str| {
            let mut parts = text.split(REMOVED);
            if let (Some(first), Some(last)) = (parts.next(), pieces.last_mut()) {
                last.push_str(first);
            }
            pieces.extend(parts.map(str::to_owned));
        };
        let mut from = 0;
        while let Some(token) = next(text, from) {
            add(text.get(from..token.start).unwrap_or_default());
            let name = text.get(token.start + 2..token.end - 2).unwrap_or_default();
            // What is made up afresh is never the same twice.
            let known = (!name.starts_with('$')).then(|| self.value(name)).flatten();
            match known {
                Some(value) => add(&value),
                None => add(REMOVED),
            }
            from = token.end;
        }
        add(text.get(from..).unwrap_or_default());
        pieces
    }
}

/// The text with each `{{name}}` replaced by what this gives for it and its place.
pub(super) fn replaced(text: &str, mut with: impl FnMut(&str, &Range<usize>) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let mut copied = 0;
    while let Some(token) = next(text, from) {
        from = token.end;
        let name = text.get(token.start + 2..token.end - 2).unwrap_or_default();
        if out.len() > text.len() + LONGEST {
            break;
        }
        if let Some(value) = with(name, &token) {
            out.push_str(text.get(copied..token.start).unwrap_or_default());
            out.push_str(&value);
            copied = token.end;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// The next `{{name}}`: two braces, no brace, two braces.
pub(super) fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let open = at + text.get(at..)?.find("{{")?;
        // Of more braces the last two count.
        let braces = bytes
            .get(open..)?
            .iter()
            .take_while(|byte| **byte == b'{')
            .count();
        let inner = open + braces;
        let close = inner + text.get(inner..)?.find(['{', '}'])?;
        if text.get(close..)?.starts_with("}}") && close > inner {
            return Some(inner - 2..close + 2);
        }
        at = close.max(inner);
    }
}

/// Whether a text is these pieces with anything between them.
pub(super) fn fits(pieces: &[String], text: &str) -> bool {
    let (first, last, between) = match pieces {
        [] => return text.is_empty(),
        [only] => return only == text,
        [first, between @ .., last] => (first, last, between),
    };
    let inner = text.strip_prefix(first.as_str());
    let Some(mut inner) = inner.and_then(|rest| rest.strip_suffix(last.as_str())) else {
        return false;
    };
    for piece in between {
        match inner.split_once(piece.as_str()) {
            Some((_, after)) => inner = after,
            None => return false,
        }
    }
    true
}

/// Whether these pieces fit any text.
pub(super) fn is_anything(pieces: &[String]) -> bool {
    pieces.len() > 1 && pieces.iter().all(String::is_empty)
}

#[cfg(test)]
mod tests {
    use super::{Variables, fits, is_anything};

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn values_name_values() {
        let saved = [
            pair("a", "1"),
            pair("b", "{{a}}-{{c}}"),
            pair("loop", "x{{loop}}{{loop}}"),
            pair("a", "2"),
        ];
        let given = [pair("g", "{{b}}!")];
        let variables = Variables {
            given: &given,
            called: None,
            saved: &saved,
        };
        assert_eq!(
            variables.fill("<{{g}}> {{{a}}} {{}} {{ {{a}} }} {{none}}"),
            "<2-{{c}}!> {2} {{}} {{ 2 }} {{none}}"
        );
        assert_eq!(
            variables.fill("{{$randomInt}}").parse::<u32>().map(|_| ()),
            Ok(())
        );
        assert!(variables.fill("{{loop}}").len() < 1 << 22);

        let pattern = variables.pattern("/{{a}}/{{none}}/[removed]/{{$guid}}");
        assert_eq!(pattern, ["/2/", "/", "/", ""]);
        assert!(fits(&pattern, "/2/x/y/z") && !fits(&pattern, "/2/x") && !fits(&pattern, "/1/x/y/z"));
        assert!(is_anything(&variables.pattern("{{none}}")) && !is_anything(&variables.pattern("")));
        assert!(!fits(&["ab".to_owned(), "ba".to_owned()], "aba"));
    }
}
