//! JSON as people print it: what fits on a line stays on one.
//!
//! In: a value. Out: lines of at most about [`WIDTH`] characters, where its texts allow it.

use serde_json::Value;

/// How long a line of several values may be.
const WIDTH: usize = 90;

/// The value's lines, joined.
pub(super) fn pretty(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, 0, &mut text);
    text
}

/// Writes a value that begins at this column.
fn write(value: &Value, indent: usize, column: usize, text: &mut String) {
    let start = text.len();
    if write_inline(value, column, text) {
        return;
    }
    text.truncate(start);
    let inner = indent + 2;
    match value {
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                start_line(at, inner, text);
                write(item, inner, inner, text);
            }
            end(']', indent, text);
        }
        Value::Object(members) => {
            text.push('{');
            for (at, (key, member)) in members.iter().enumerate() {
                start_line(at, inner, text);
                let before = text.len();
                quoted(key, text);
                text.push_str(": ");
                write(member, inner, inner + text.len() - before, text);
            }
            end('}', indent, text);
        }
        Value::String(content) => quoted(content, text),
        Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
    }
}

/// Writes a text in quotes; most have nothing that must be escaped.
fn quoted(content: &str, text: &mut String) {
    let is_escaped = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
    if content.bytes().any(is_escaped) {
        text.push_str(&Value::from(content).to_string());
    } else {
        text.extend(["\"", content, "\""]);
    }
}

fn start_line(at: usize, indent: usize, text: &mut String) {
    text.push_str(if at == 0 { "\n" } else { ",\n" });
    text.extend(std::iter::repeat_n(' ', indent));
}

fn end(bracket: char, indent: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
    text.push(bracket);
}

/// Writes a value on one line; false as soon as it does not fit, or if it is nested more than once.
fn write_inline(value: &Value, column: usize, text: &mut String) -> bool {
    inline(value, NESTED, text.len() + WIDTH.saturating_sub(column), text)
}

/// How deep a value on one line may be nested.
const NESTED: usize = 2;

/// Writes a value until the text has this length.
fn inline(value: &Value, depth: usize, most: usize, text: &mut String) -> bool {
    let Some(inner) = depth.checked_sub(1) else {
        let empty = match value {
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        };
        text.push_str(&if empty { value.to_string() } else { String::new() });
        return empty && text.len() <= most;
    };
    match value {
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                if !inline(item, inner, most, text) {
                    return false;
                }
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (at, (key, member)) in members.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                quoted(key, text);
                text.push_str(": ");
                if !inline(member, inner, most, text) {
                    return false;
                }
            }
            text.push('}');
        }
        Value::String(content) => quoted(content, text),
        Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
    }
    text.len() <= most
}

#[cfg(test)]
mod tests {
    use super::pretty;
    use serde_json::json;

    #[test]
    fn what_fits_stays_on_a_line() {
        assert_eq!(
            pretty(&json!({"a": [1, {}], "b": {"c": null}})),
            r#"{"a": [1, {}], "b": {"c": null}}"#
        );
        let long = "x".repeat(80);
        let shown = pretty(&json!({"long": long, "list": [[1, [2, []]], {"k": "v"}]}));
        let expected = format!(
            "{{\n  \"long\": \"{long}\",\n  \"list\": [\n    [1, [2, []]],\n    {{\"k\": \"v\"}}\n  ]\n}}"
        );
        assert_eq!(shown, expected);
    }
}
