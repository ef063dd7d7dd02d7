//! Texts that stand for a value: `<integer>`, `<string>`, `<Circular reference to #/components/… detected>`.
//!
//! Samples that a tool made from a schema hold the name of a type where a value belongs. In: the text. Out: the kind of
//! value that it stands for, or nothing if it is ordinary text.

/// The kind of value that a text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// `<boolean>`.
    Bool,
    /// `<integer>`, `<long>`.
    Integer,
    /// `<number>`, `<float>`, `<double>`.
    Number,
    /// `<string>`, `<uuid>` …
    Text,
    /// `<dateTime>`.
    DateTime,
    /// `<array>`.
    List,
    /// `<object>`.
    Object,
    /// `<any>`, or the note of a tool that gave up.
    Any,
}

/// What a text stands for; `None` if it is itself meant.
pub fn placeholder(text: &str) -> Option<Placeholder> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    if inner.len() > 200 || inner.contains(['<', '>']) {
        return None;
    }
    let name = inner.trim().to_ascii_lowercase();
    Some(match name.as_str() {
        "boolean" | "bool" | "true/false" | "true\\false" | "true|false" | "false/true" | "true or false" => {
            Placeholder::Bool
        }
        "integer" | "int" | "int32" | "int64" | "long" | "short" => Placeholder::Integer,
        "number" | "float" | "double" | "decimal" => Placeholder::Number,
        "string" | "date" | "time" | "uuid" | "guid" | "uri" | "url" | "email" | "password" | "byte"
        | "binary" | "base64" | "hostname" | "ipv4" | "ipv6" => Placeholder::Text,
        "datetime" | "date-time" => Placeholder::DateTime,
        "array" | "list" => Placeholder::List,
        "object" | "map" => Placeholder::Object,
        "any" | "null" | "value" | "unknown" | "undefined" => Placeholder::Any,
        note if is_note(note) => Placeholder::Any,
        _ => return None,
    })
}

/// What converters write where they stop: at recursion, or too deep.
fn is_note(text: &str) -> bool {
    [
        "circular reference",
        "error: too many levels",
        "circular",
        "recursive",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_types_stand_for_values() {
        assert_eq!(placeholder("<integer>"), Some(Placeholder::Integer));
        assert_eq!(placeholder("<dateTime>"), Some(Placeholder::DateTime));
        assert_eq!(placeholder("<double>"), Some(Placeholder::Number));
        let note = "<Circular reference to #/components/schemas/Group detected>";
        assert_eq!(placeholder(note), Some(Placeholder::Any));
        assert_eq!(
            placeholder("<Error: Too many levels of nesting to fake this schema>"),
            Some(Placeholder::Any)
        );
    }

    #[test]
    fn other_text_is_meant() {
        for text in [
            "<Reason>",
            "string",
            "<b>integer</b>",
            "integer",
            "<>",
            "",
            "<",
            "<integer",
        ] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }
}
