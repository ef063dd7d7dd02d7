//! What a GraphQL document asks for, as far as it tells one call from another.
//!
//! In: a document that may be anything. Out: its operation's kind, name and first fields, and the document without what
//! means nothing. It is not checked, and nothing of it is understood beyond that.

/// The operation of a document that is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// The document in its plainest form.
    plain: String,
    kind: String,
    name: Option<String>,
    /// What is asked of the root.
    fields: Vec<String>,
}

impl Document {
    /// Reads a document; `None` if it has no operation, or none of this name.
    pub(crate) fn read(text: &str, name: Option<&str>) -> Option<Self> {
        let plain = plain_document(text);
        let tokens = tokens(&plain);
        let mut found = operations(&tokens).into_iter();
        let name = name.filter(|name| !name.is_empty());
        let (kind, name, fields) = match name {
            Some(name) => found.find(|(_, found, _)| *found == Some(name))?,
            None => found.next()?,
        };
        Some(Self {
            kind: kind.to_owned(),
            name: name.map(str::to_owned),
            fields: fields.into_iter().map(str::to_owned).collect(),
            plain,
        })
    }

    /// How far a saved one is from this: the same, of the same name, or asking for the same; `None` if it is another.
    pub(crate) fn distance(&self, saved: &Self) -> Option<usize> {
        if self.kind != saved.kind {
            return None;
        }
        match (&self.name, &saved.name) {
            (Some(sent), Some(saved)) if sent != saved => None,
            _ if self.plain == saved.plain => Some(0),
            (Some(_), Some(_)) => Some(if self.fields == saved.fields { 1 } else { 2 }),
            (None, _) | (_, None) => (self.fields == saved.fields).then_some(1),
        }
    }

    /// Its name, or what it asks for.
    pub(crate) fn shown(&self) -> String {
        match &self.name {
            Some(name) => format!("`{name}`"),
            None => format!("`{} {{ {} }}`", self.kind, self.fields.join(" ")),
        }
    }
}

/// A document without comments, commas and the white space that means nothing.
pub(crate) fn plain_document(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut parted = false;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '#' => {
                parted = true;
                rest.find('\n').unwrap_or(rest.len())
            }
            _ if c.is_whitespace() || c == ',' || c == '\u{feff}' => {
                parted = true;
                c.len_utf8()
            }
            _ => {
                let length = if c == '"' { text_length(rest) } else { c.len_utf8() };
                let in_word = |c: char| c.is_alphanumeric() || "_\"$.-".contains(c);
                if parted && in_word(c) && plain.ends_with(in_word) {
                    plain.push(' ');
                }
                parted = false;
                plain.push_str(rest.get(..length).unwrap_or_default());
                length
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    plain
}

/// The length of the quoted text that starts here, to its end or that of the document.
fn text_length(text: &str) -> usize {
    if let Some(block) = text.strip_prefix("\"\"\"") {
        return block.find("\"\"\"").map_or(text.len(), |end| end + 6);
    }
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Names, texts and signs.
fn tokens(plain: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = plain;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => text_length(rest),
            '.' => rest.len() - rest.trim_start_matches('.').len(),
            _ if is_name(c) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
            _ => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        if c != ' ' {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

type Operation<'a> = (&'a str, Option<&'a str>, Vec<&'a str>);

fn operations<'a>(tokens: &[&'a str]) -> Vec<Operation<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&token) = tokens.get(at) {
        let kind = match token {
            "query" | "mutation" | "subscription" => Some(token),
            "{" => Some("query"),
            _ => None,
        };
        let name = tokens
            .get(at + 1)
            .copied()
            .filter(|name| token != "{" && name.starts_with(is_name));
        let (fields, end) = selection(tokens, at);
        found.extend(kind.map(|kind| (kind, name, fields)));
        at = end;
    }
    found
}

/// The fields of the next selection at or behind this token, and where it ends.
fn selection<'a>(tokens: &[&'a str], from: usize) -> (Vec<&'a str>, usize) {
    let (mut braces, mut parens) = (0_usize, 0_usize);
    let mut fields = Vec::new();
    let mut at = from;
    while let Some(&token) = tokens.get(at) {
        at += 1;
        match token {
            "(" | "[" => parens += 1,
            ")" | "]" => parens = parens.saturating_sub(1),
            "{" if parens == 0 => braces += 1,
            "}" if parens == 0 => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return (fields, at);
                }
            }
            _ if braces != 1 || parens > 0 || !token.starts_with(is_name) => {}
            _ => {
                let before = at.checked_sub(2).and_then(|before| tokens.get(before)).copied();
                let is_alias = tokens.get(at) == Some(&":");
                let is_field = !matches!(before, Some("@" | "..." | "on")) && !is_alias;
                fields.extend(is_field.then_some(token));
            }
        }
    }
    (fields, at)
}
