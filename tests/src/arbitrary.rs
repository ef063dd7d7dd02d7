//! Makes a collection out of bytes: odd in every way that a collection can be, but always JSON.
//!
//! In: any bytes (from a fuzzer or a property test). Out: the text of a collection. The same bytes give the
//! same collection, and fewer bytes a smaller one, so that failures shrink.

use serde_json::{Map, Value, json};

/// Keys of the format, so that what is made is about something.
const TEXTS: &[&str] = &[
    "",
    "a",
    "id",
    "Get user",
    "get_user",
    "type",
    "self",
    "Self",
    "_",
    "1",
    "$ref",
    "a.b[]",
    "été",
    "用户",
    "🚀",
    "{{x}}",
    "{{x}",
    "{{{x}}}",
    "{{$guid}}",
    "{{baseUrl}}",
    ":id",
    "{id}",
    "https://h/x?y=1#z",
    "h.example.com",
    "a/b",
    "..",
    "?",
    "&=#",
    " ",
    "\n",
    "\r\n",
    "\"",
    "\\",
    "\"]",
    "*/",
    "```",
    "` ``",
    "{",
    "}",
    "\u{0}",
    "\u{202e}",
    "<b>x</b>",
    "<a href='",
    "[x]",
    "[x](y)",
    "| a |\n|--|",
    "    code",
    "# h",
    "===",
    "- a\n- b",
    "Allowed values: a, b",
    "(Required) x",
    "`a` - One.<br>`b` - Two.",
    "<string>",
    "<integer>",
    "true",
    "null",
    "007",
    "+1",
    "1.5",
    "1e999",
    "18446744073709551616",
    "-9223372036854775808",
    "Bearer abcdefghijkl0123456789",
    "2020-01-01T00:00:00Z",
    "application/json",
    "text/plain",
    "image/png",
    "GET",
    "POST",
    "{\"a\":1}",
    "[1,\"a\",null]",
    "{\"a\":{\"a\":{\"a\":{}}}}",
    "{\"id\": {{id}}, }",
    "\"{\\\"a\\\":1}\"",
    "<boolean>",
    "Option",
    "String",
    "Vec",
    "crate",
    "super",
    "Client",
    "send",
    "saved",
    "body",
    "page",
    "Error",
    "Response",
    "Default",
    "core",
    "std",
];

/// The collection that `bytes` describe, as JSON text.
pub fn collection(bytes: &[u8]) -> String {
    let mut from = Bytes { rest: bytes };
    let mut collection = json!({"info": {"name": from.text(), "description": from.loose()}});
    collection["item"] = from.items(0);
    collection["variable"] = from.entries();
    from.maybe(&mut collection, "auth", Bytes::auth);
    from.maybe(&mut collection, "protocolProfileBehavior", Bytes::value);
    collection.to_string()
}

/// The `index`-th of an endless row of collections that are the same on every machine.
pub fn numbered(index: u32, length: usize) -> String {
    collection(&bytes_of(index, length))
}

/// Bytes that are the same on every machine.
pub(crate) fn bytes_of(index: u32, length: usize) -> Vec<u8> {
    // The generator of Park and Miller: all that is wanted of it is that it gives other bytes for other seeds.
    let mut state = u64::from(index) * 48_271 + 1;
    let mut byte = || {
        state = state * 48_271 % 0x7fff_ffff;
        (state >> 16).to_le_bytes()[0]
    };
    (0..length).map(|_| byte()).collect()
}

/// The bytes that choose.
pub(crate) struct Bytes<'a> {
    pub(crate) rest: &'a [u8],
}

impl Bytes<'_> {
    pub(crate) fn byte(&mut self) -> u8 {
        let (first, rest) = self.rest.split_first().unwrap_or((&0, &[]));
        self.rest = rest;
        *first
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::from(self.byte()) % limit
    }

    fn maybe(&mut self, of: &mut Value, key: &str, make: impl FnOnce(&mut Self) -> Value) {
        if self.byte() > 128 {
            of[key] = make(self);
        }
    }

    pub(crate) fn list(&mut self, limit: usize, mut make: impl FnMut(&mut Self) -> Value) -> Value {
        let count = self.below(limit + 1);
        // Without bytes left every further element would be the same empty one.
        Value::Array(
            (0..count)
                .map_while(|_| (!self.rest.is_empty()).then(|| make(self)))
                .collect(),
        )
    }

    pub(crate) fn text(&mut self) -> Value {
        let mut text = self.known().to_owned();
        while self.byte() > 200 {
            text += self.known();
        }
        Value::String(text)
    }

    fn known(&mut self) -> &'static str {
        let index = self.below(TEXTS.len());
        TEXTS.get(index).copied().unwrap_or_default()
    }

    /// Text where the format wants it, or anything else.
    pub(crate) fn loose(&mut self) -> Value {
        if self.byte() < 200 {
            self.text()
        } else {
            self.value()
        }
    }

    pub(crate) fn value(&mut self) -> Value {
        match self.below(8) {
            0 => Value::Null,
            1 => json!(self.byte() > 127),
            2 => json!(i64::from(self.byte()) - 100),
            3 => json!(f64::from(self.byte()) / 4.0),
            4 => self.list(3, Self::value),
            5 => self.object(3, Self::value),
            _ => self.text(),
        }
    }

    fn object(&mut self, limit: usize, mut make: impl FnMut(&mut Self) -> Value) -> Value {
        let mut object = Map::new();
        for _ in 0..self.below(limit + 1) {
            let key = self.text().as_str().unwrap_or_default().to_owned();
            object.insert(key, make(self));
        }
        Value::Object(object)
    }

    fn items(&mut self, depth: usize) -> Value {
        self.list(6, |from| {
            let mut item = json!({"name": from.loose()});
            if depth < 8 && from.byte() > 180 {
                item["item"] = from.items(depth + 1);
                from.maybe(&mut item, "description", Self::loose);
                from.maybe(&mut item, "auth", Self::auth);
            } else {
                item["request"] = from.request();
                from.maybe(&mut item, "response", |from| from.list(3, Self::response));
                from.maybe(&mut item, "protocolProfileBehavior", Self::value);
            }
            item
        })
    }

    fn request(&mut self) -> Value {
        let mut request = json!({"method": self.loose(), "url": self.url()});
        self.maybe(&mut request, "header", Self::entries);
        self.maybe(&mut request, "body", Self::body);
        self.maybe(&mut request, "auth", Self::auth);
        self.maybe(&mut request, "description", Self::loose);
        request
    }

    fn url(&mut self) -> Value {
        if self.byte() < 60 {
            return self.loose();
        }
        let mut url = json!({"host": ["{{baseUrl}}"]});
        url["path"] = self.list(4, Self::loose);
        self.maybe(&mut url, "query", Self::entries);
        self.maybe(&mut url, "variable", Self::entries);
        self.maybe(&mut url, "port", Self::loose);
        self.maybe(&mut url, "protocol", Self::loose);
        self.maybe(&mut url, "hash", Self::loose);
        self.maybe(&mut url, "host", Self::loose);
        url
    }

    fn entries(&mut self) -> Value {
        if self.byte() > 245 {
            return self.value();
        }
        self.list(5, |from| {
            let mut entry = json!({"key": from.loose(), "value": from.loose()});
            from.maybe(&mut entry, "description", Self::loose);
            from.maybe(&mut entry, "disabled", Self::value);
            from.maybe(&mut entry, "type", |from| match from.below(3) {
                0 => json!("file"),
                1 => json!("text"),
                _ => from.loose(),
            });
            from.maybe(&mut entry, "src", Self::value);
            entry
        })
    }

    fn body(&mut self) -> Value {
        const MODES: &[&str] = &["raw", "urlencoded", "formdata", "file", "graphql", "other"];
        let mode = MODES.get(self.below(MODES.len())).copied().unwrap_or_default();
        let content = match mode {
            "raw" => match self.byte() {
                0..=100 => Value::String(self.value().to_string()),
                _ => self.loose(),
            },
            "graphql" => {
                json!({"query": self.loose(), "variables": self.loose(), "operationName": self.loose()})
            }
            "file" => json!({"src": self.loose(), "content": self.loose()}),
            _ => self.entries(),
        };
        let mut body = json!({"mode": mode, mode: content});
        self.maybe(&mut body, "options", |from| {
            let language = ["json", "xml", "text"].get(from.below(3)).copied();
            json!({"raw": {"language": language}})
        });
        self.maybe(&mut body, "disabled", Self::value);
        body
    }

    fn auth(&mut self) -> Value {
        const KINDS: &[&str] = &[
            "noauth", "bearer", "basic", "apikey", "oauth2", "oauth1", "digest", "hawk", "awsv4", "edgegrid",
            "jwt", "asap", "ntlm", "other",
        ];
        let kind = KINDS.get(self.below(KINDS.len())).copied().unwrap_or_default();
        json!({"type": kind, kind: self.entries()})
    }

    fn response(&mut self) -> Value {
        let body = match self.byte() {
            0..=120 => Value::String(self.value().to_string()),
            _ => self.loose(),
        };
        let code = match self.byte() {
            0..=80 => json!(200),
            81..=120 => json!(404),
            121..=200 => json!(200 + u16::from(self.byte())),
            _ => self.value(),
        };
        let mut response = json!({"name": self.loose(), "code": code, "body": body, "status": self.loose()});
        self.maybe(&mut response, "header", Self::entries);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::{collection, numbered};
    use crate::count;

    #[test]
    fn makes_a_collection_of_any_bytes() {
        assert_eq!(count::requests(&collection(&[])), Some(0));
        let counts = (0..50).filter_map(|index| count::requests(&numbered(index, 2_000)));
        let counts: Vec<usize> = counts.collect();
        assert_eq!(counts.len(), 50);
        assert!(counts.iter().sum::<usize>() > 200, "{counts:?}");
    }
}
