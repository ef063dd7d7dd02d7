//! What goes out with a call that its caller does not give.
//!
//! In: an operation. Out: a paragraph that names the headers of every call, and one for fields of the body that the
//! client's settings fill. Credentials are not among them: they are the client's.

use super::clean::code;
use crate::ir::{Entry, Operation, Sent};

/// The longest value of a header that is shown, in characters.
const LONGEST: usize = 60;

/// The paragraphs, if there is anything to say.
pub(super) fn sent(operation: &Operation, lines: &mut Vec<String>) {
    let fixed: Vec<String> = operation
        .headers
        .iter()
        .filter(|header| header.sent == Sent::Always)
        .filter_map(shown)
        .collect();
    let fresh: Vec<String> = operation
        .headers
        .iter()
        .filter(|header| header.sent == Sent::Fresh)
        .filter_map(|header| Some(code(header.key.as_deref()?)))
        .collect();
    let of_calls = format!("a new {} for each call", listed(&fresh));
    let headers = match (fixed.len(), fresh.is_empty()) {
        (0, true) => None,
        (0, false) => Some(of_calls),
        (1, true) => Some(format!("the header {}", listed(&fixed))),
        (1, false) => Some(format!("the header {}, and {of_calls}", listed(&fixed))),
        (_, true) => Some(format!("the headers {}", listed(&fixed))),
        (_, false) => Some(format!("the headers {}, and {of_calls}", listed(&fixed))),
    };
    if let Some(headers) = headers {
        lines.extend([String::new(), format!("Sends {headers}.")]);
    }
    let fields: Vec<String> = operation.fills.iter().map(|(field, _)| code(field)).collect();
    if !fields.is_empty() {
        let filled = match fields.len() {
            1 => "a setting of the client fills it in",
            _ => "settings of the client fill them in",
        };
        let line = format!("Where the body leaves out {}, {filled}.", listed(&fields));
        lines.extend([String::new(), line]);
    }
}

/// A header as it is written: `Accept: text/csv`, variables in single braces.
fn shown(header: &Entry) -> Option<String> {
    let name = header.key.as_deref()?;
    let value = header.value.as_deref().unwrap_or_default().trim();
    let value = value.replace("{{", "{").replace("}}", "}");
    let cut = value.char_indices().nth(LONGEST).map(|(end, _)| end);
    Some(code(&match cut {
        Some(end) => format!("{name}: {}…", value.get(..end).unwrap_or_default()),
        None => format!("{name}: {value}"),
    }))
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(headers: Vec<Entry>, fills: Vec<(String, String)>) -> Vec<String> {
        let operation = Operation {
            headers,
            fills,
            ..Operation::default()
        };
        let mut lines = Vec::new();
        sent(&operation, &mut lines);
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }

    fn header(name: &str, value: &str, sent: Sent) -> Entry {
        Entry {
            key: Some(name.to_owned()),
            value: Some(value.to_owned()),
            sent,
            ..Entry::default()
        }
    }

    #[test]
    fn names_what_goes_out_and_nothing_else() {
        let accept = || header("Accept", "text/csv", Sent::Always);
        let tenant = || header("X-Tenant", "{{tenant}}", Sent::Always);
        let key = || header("Idempotency-Key", "Lorem", Sent::Fresh);
        let trace = || header("X-Trace", "1", Sent::Saved);
        assert!(said(vec![trace()], Vec::new()).is_empty());
        assert_eq!(
            said(vec![accept(), trace()], Vec::new()),
            ["Sends the header `Accept: text/csv`."]
        );
        assert_eq!(
            said(vec![key()], Vec::new()),
            ["Sends a new `Idempotency-Key` for each call."]
        );
        assert_eq!(
            said(vec![accept(), tenant(), key()], Vec::new()),
            [
                "Sends the headers `Accept: text/csv` and `X-Tenant: {tenant}`, and a new `Idempotency-Key` for \
                 each call."
            ]
        );
    }

    #[test]
    fn names_fields_that_settings_fill() {
        let pair = |field: &str| (field.to_owned(), "x".to_owned());
        assert_eq!(
            said(Vec::new(), vec![pair("client_id")]),
            ["Where the body leaves out `client_id`, a setting of the client fills it in."]
        );
        assert_eq!(
            said(Vec::new(), vec![pair("client_id"), pair("secret")]),
            ["Where the body leaves out `client_id` and `secret`, settings of the client fill them in."]
        );
    }
}
