//! Finds keys that a JSON object holds more than once, which the parser does not tell.
//!
//! In: text that parses, or whatever else. Out: the pointer and the name of each repeated key, up to a bound.

/// As many as anybody reads.
const MANY: usize = 50;
/// Deeper than the parser goes: such a text is refused anyway.
const TOO_DEEP: usize = 200;

/// The repeated keys of a document.
pub(super) fn repeated_keys(text: &str) -> Vec<(String, String)> {
    let mut walk = Walk {
        text,
        at: 0,
        levels: Vec::new(),
        found: Vec::new(),
    };
    while walk.found.len() < MANY && walk.levels.len() < TOO_DEEP && walk.step() {}
    walk.found
}

/// An object or a list that is being read.
enum Level<'a> {
    Object { keys: Vec<&'a str>, current: &'a str },
    List { index: usize },
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
    levels: Vec<Level<'a>>,
    found: Vec<(String, String)>,
}

impl Walk<'_> {
    fn step(&mut self) -> bool {
        let Some(byte) = self.text.as_bytes().get(self.at) else {
            return false;
        };
        self.at += 1;
        match byte {
            b'{' => self.levels.push(Level::Object {
                keys: Vec::new(),
                current: "",
            }),
            b'[' => self.levels.push(Level::List { index: 0 }),
            b'}' | b']' => self.close(),
            b',' => {
                if let Some(Level::List { index }) = self.levels.last_mut() {
                    *index += 1;
                }
            }
            b'"' => self.string(),
            _ => {}
        }
        true
    }

    /// A string is a key if a colon follows it.
    fn string(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at)
            && *byte != b'"'
        {
            self.at += if *byte == b'\\' { 2 } else { 1 };
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.trim_start().starts_with(':')
            && let Some(Level::Object { keys, current }) = self.levels.last_mut()
        {
            keys.push(text);
            *current = text;
        }
    }

    fn close(&mut self) {
        let Some(Level::Object { mut keys, .. }) = self.levels.pop() else {
            return;
        };
        keys.sort_unstable();
        let repeated = keys.windows(2).filter_map(|pair| match pair {
            [first, second] if first == second => Some(*first),
            _ => None,
        });
        let mut last = None;
        for key in repeated {
            if last != Some(key) {
                self.report(key);
            }
            last = Some(key);
        }
    }

    fn report(&mut self, key: &str) {
        let mut pointer = String::new();
        for level in &self.levels {
            pointer = match level {
                Level::Object { current, .. } => super::join(&pointer, &unescape(current)),
                Level::List { index } => format!("{pointer}/{index}"),
            };
        }
        let key = unescape(key);
        self.found.push((super::join(&pointer, &key), key));
    }
}

fn unescape(key: &str) -> String {
    serde_json::from_str(&format!("\"{key}\"")).unwrap_or_else(|_| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_keys_are_found_at_any_depth() {
        let text = r#"{"a": [1, {"x/y": 1, "z": ":", "x/y": {"q": 1}}], "b": "a", "a": {}}"#;
        let found = repeated_keys(text);
        let found: Vec<_> = found
            .iter()
            .map(|(pointer, key)| (pointer.as_str(), key.as_str()))
            .collect();
        assert_eq!(found, [("/a/1/x~1y", "x/y"), ("/a", "a")]);
    }

    #[test]
    fn brackets_without_end_cost_nothing() {
        assert_eq!(repeated_keys(&"[{\"a\": 1, \"a\":".repeat(1_000_000)), []);
    }
}
