//! What an operation is asked with, for answers that were saved of the operation itself.
//!
//! In: an operation. Out: its request as texts, credentials left out, to tell saved responses apart by.

use crate::ir::{
    Body, Entry, Field, FieldContent, GraphQl, GraphQlVariables, Operation, SavedBody, SavedRequest, Sent,
};
use crate::secrets;

/// The operation's own request.
pub(super) fn of_operation(operation: &Operation) -> SavedRequest {
    let variables = operation.url.path_variables.iter();
    SavedRequest {
        method: operation.method.clone(),
        base: operation.url.base.clone(),
        path_variables: variables
            .map(|variable| (variable.name.clone(), variable.saved.clone().unwrap_or_default()))
            .collect(),
        query: sent(&operation.url.query).collect(),
        headers: sent(&operation.headers)
            .filter(|(name, value)| !secrets::is_credential(name, value))
            .collect(),
        body: without_placeholders(body(&operation.body), &operation.placeholders),
    }
}

/// What was taken out of a body leaves a trace, as whatever is sent in its place is the same request.
fn without_placeholders(mut body: SavedBody, placeholders: &[String]) -> SavedBody {
    let free = |text: &mut String| {
        for placeholder in placeholders.iter().filter(|text| text.len() > 1) {
            *text = text.replace(placeholder.as_str(), secrets::REMOVED);
        }
    };
    match &mut body {
        SavedBody::None | SavedBody::File => {}
        SavedBody::Text(text) => free(text),
        SavedBody::UrlEncoded(fields) => fields.iter_mut().for_each(|(_, value)| free(value)),
        SavedBody::FormData(fields) => fields
            .iter_mut()
            .filter_map(|(_, value)| value.as_mut())
            .for_each(free),
        SavedBody::GraphQl { query, variables, .. } => {
            free(query);
            free(variables);
        }
    }
    body
}

fn sent(entries: &[Entry]) -> impl Iterator<Item = (String, String)> {
    let sent = entries.iter().filter(|entry| match entry.sent {
        Sent::Always | Sent::Saved | Sent::Fresh => true,
        Sent::WhenSet | Sent::WhenGiven => false,
    });
    sent.map(|entry| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        (text(&entry.key), text(&entry.value))
    })
}

fn body(body: &Body) -> SavedBody {
    match body {
        Body::None => SavedBody::None,
        Body::Raw(raw) => SavedBody::Text(raw.text.clone()),
        Body::UrlEncoded { fields, .. } => SavedBody::UrlEncoded(
            enabled(fields)
                .map(|(name, value)| (name, value.unwrap_or_default()))
                .collect(),
        ),
        Body::FormData { fields, .. } => SavedBody::FormData(enabled(fields).collect()),
        Body::GraphQl(graphql) => of_graphql(graphql),
        Body::File { .. } => SavedBody::File,
    }
}

fn enabled(fields: &[Field]) -> impl Iterator<Item = (String, Option<String>)> {
    let enabled = fields.iter().filter(|field| !field.disabled);
    enabled.map(|field| {
        let value = match &field.content {
            FieldContent::Text(text) => Some(text.clone()),
            FieldContent::Files { .. } | FieldContent::Inline { .. } => None,
        };
        (field.key.clone().unwrap_or_default(), value)
    })
}

fn of_graphql(graphql: &GraphQl) -> SavedBody {
    if let Some(text) = &graphql.saved_text {
        return SavedBody::Text(text.clone());
    }
    SavedBody::GraphQl {
        query: graphql.query.clone().unwrap_or_default(),
        operation_name: graphql.operation_name.clone(),
        variables: match &graphql.variables {
            GraphQlVariables::None => String::new(),
            GraphQlVariables::Text(text) => text.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_out_of_a_body_may_be_anything() {
        let pair = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
        let form = SavedBody::FormData(vec![pair("password", "<password>"), pair("note", "<b>")]);
        let placeholders = ["<password>".to_owned(), "0".to_owned()];
        assert_eq!(
            without_placeholders(form, &placeholders),
            SavedBody::FormData(vec![pair("password", "[removed]"), pair("note", "<b>")])
        );
    }
}
