//! Variables that fill the same field of most bodies: `client_id`, a merchant's account, a terminal.
//!
//! In: the API. Out: such variables, by the field they fill. The field stays, and wins where a caller gives it.

use std::collections::BTreeMap;

use crate::ir::{Api, Body, FieldContent, Operation, template};

/// In so many bodies at least a variable fills its field.
const FEWEST: usize = 3;

/// The fields that one variable fills in most bodies, in the order of the variables' names: the field and the variable.
pub(super) fn shared(api: &Api) -> Vec<(String, String)> {
    let mut bodies = 0;
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    api.root.visit(&mut |operation| {
        let fields = filled(operation);
        bodies += usize::from(has_fields(&operation.body));
        for (field, variable) in fields {
            *counts.entry((variable, field)).or_default() += 1;
        }
    });
    let most = |count: usize| count >= FEWEST && count * 2 > bodies;
    counts
        .into_iter()
        .filter(|(_, count)| most(*count))
        .map(|((variable, field), _)| (field, variable))
        .collect()
}

/// Whether a body has fields at all.
fn has_fields(body: &Body) -> bool {
    match body {
        Body::Raw(raw) => raw.text.trim_start().starts_with('{'),
        Body::UrlEncoded { fields, .. } | Body::FormData { fields, .. } => !fields.is_empty(),
        Body::None | Body::File { .. } | Body::GraphQl(_) => false,
    }
}

/// The fields of a body that are one variable each, at its root.
pub(super) fn filled(operation: &Operation) -> Vec<(String, String)> {
    match &operation.body {
        Body::Raw(raw) => json_fields(&raw.text),
        Body::UrlEncoded { fields, .. } | Body::FormData { fields, .. } => fields
            .iter()
            .filter(|field| !field.disabled)
            .filter_map(|field| match &field.content {
                FieldContent::Text(text) => Some((field.key.clone()?, whole(text)?.to_owned())),
                FieldContent::Files { .. } | FieldContent::Inline { .. } => None,
            })
            .collect(),
        Body::None | Body::File { .. } | Body::GraphQl(_) => Vec::new(),
    }
}

/// The variable that a text is nothing but.
fn whole(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix("{{")?.strip_suffix("}}")?;
    template::given(text).eq([name]).then_some(name)
}

/// The members of a JSON object that are texts of one variable each.
fn json_fields(text: &str) -> Vec<(String, String)> {
    if !text.contains("{{") {
        return Vec::new();
    }
    let Ok(serde_json::Value::Object(members)) = serde_json::from_str(text) else {
        return Vec::new();
    };
    members
        .into_iter()
        .filter_map(|(key, value)| Some((key, whole(value.as_str()?)?.to_owned())))
        .collect()
}
