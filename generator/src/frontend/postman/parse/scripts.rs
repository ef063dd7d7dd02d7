//! Scripts: what Postman would run before a request is reported, since a client does not run it.
//!
//! In: the JSON of a collection, a folder or an item. Out: a finding for each script in it that may change what is sent
//! (one that only checks something is none), and the names of the variables that scripts set, before a request or after
//! it: their values are those of a run. Scripts that run after a request only test its answer, and are not reported.

use crate::frontend::json::Value;

use super::{Parser, either, elements, join, script_reads, script_sets, script_stores};
use crate::diag::Code;
use crate::ir::Store;

/// Reports the scripts of this element.
pub(super) fn report(parser: &mut Parser<'_>, value: &Value<'_>, pointer: &str) {
    let (events, key) = either(value, "event", "events");
    for (event, at) in elements(events, &join(pointer, key)) {
        let sets = event.get("script").map(|script| script_sets::sets(&text(script)));
        parser
            .set_by_scripts
            .extend(sets.into_iter().flat_map(|sets| sets.variables));
        let is_before = event.get("listen").and_then(Value::as_str) == Some("prerequest");
        let script = event
            .get("script")
            .filter(|_| is_before)
            .map(text)
            .unwrap_or_default();
        if !script_reads::only_reads(&script) {
            let sets = script_sets::sets(&script).words();
            let sets = if sets.is_empty() {
                sets
            } else {
                format!(" that sets {sets}")
            };
            parser.warn(
                Code::ScriptNotRun,
                &at,
                &format!("Postman runs a script{sets} before the request; the generated function does not"),
                "give what it sets as a setting of the client, as an argument or with a setter of the call",
            );
        }
    }
}

/// What the scripts that run after this item's request store of its answer.
pub(super) fn stores(value: &Value<'_>) -> Vec<Store> {
    let (events, _) = either(value, "event", "events");
    let mut text = String::new();
    for (event, _) in elements(events, "") {
        if event.get("listen").and_then(Value::as_str) == Some("test") {
            text.push_str(&event.get("script").map(self::text).unwrap_or_default());
            text.push('\n');
        }
    }
    script_stores::stores(&text)
}

/// The lines of a script that are more than comments: of a text, a list of lines, or an object with such in `exec`.
fn text(script: &Value<'_>) -> String {
    let mut in_comment = false;
    let lines: Vec<&str> = match script.get("exec").unwrap_or(script) {
        Value::String(text) => text.lines().collect(),
        Value::Array(lines) => lines
            .iter()
            .filter_map(Value::as_str)
            .flat_map(str::lines)
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    };
    let says = lines.into_iter().filter(|line| line_says(line, &mut in_comment));
    says.collect::<Vec<_>>().join("\n")
}

fn line_says(line: &str, in_comment: &mut bool) -> bool {
    let mut rest = line.trim();
    loop {
        if *in_comment {
            match rest.split_once("*/") {
                Some((_, after)) => {
                    *in_comment = false;
                    rest = after.trim_start();
                }
                None => return false,
            }
        } else if let Some(comment) = rest.strip_prefix("/*") {
            *in_comment = true;
            rest = comment;
        } else {
            return !rest.is_empty() && !rest.starts_with("//");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::frontend::json::json;

    use super::text;
    use crate::frontend::json::Value;

    fn says_anything(script: &Value<'_>) -> bool {
        !text(script).is_empty()
    }

    #[test]
    fn comments_and_blank_lines_say_nothing() {
        assert!(!says_anything(
            &json!({"exec": ["", "// none", "/* a", "b */ // c"]})
        ));
        assert!(!says_anything(&json!({"exec": null})));
        assert!(!says_anything(&json!({"src": "x.js"})));
        assert!(says_anything(
            &json!({"exec": ["/* a */ pm.variables.set('a', 1)"]})
        ));
        assert!(says_anything(&json!({"exec": "go()"})));
    }
}
