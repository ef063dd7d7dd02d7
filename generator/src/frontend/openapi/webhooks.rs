//! What an API sends by itself: the bodies of webhooks and callbacks.
//!
//! In: `webhooks`, and `callbacks` of operations. Out: their types, as received ones that no function answers with; a client has no
//! functions for what others call.

use crate::frontend::schema::document::{At, Document};
use crate::frontend::schema::{Schemas, Site};
use crate::ir::Type;

use super::body::is_json;

/// Types the bodies of all webhooks and callbacks.
pub(super) fn type_all<'a>(document: &Document<'a>, schemas: &mut Schemas<'a, '_>) {
    let top = document.top();
    for (name, item) in top.get("webhooks").iter().flat_map(At::members) {
        type_item(document, schemas, item, name, "webhook");
    }
    for (_, item) in top.get("paths").iter().flat_map(At::members) {
        for (_, operation) in document.resolve(item).members() {
            for (name, callback) in operation.get("callbacks").iter().flat_map(At::members) {
                for (_, item) in document.resolve(callback).members() {
                    type_item(document, schemas, item, name, "callback");
                }
            }
        }
    }
}

/// Types the JSON that is sent to one address.
fn type_item<'a>(
    document: &Document<'a>,
    schemas: &mut Schemas<'a, '_>,
    item: At<'a>,
    name: &str,
    what: &str,
) {
    for (method, operation) in document.resolve(item).members() {
        let body = operation.get("requestBody").map(|body| document.resolve(body));
        let content = body.and_then(|body| body.get("content"));
        let media: Vec<_> = content.iter().flat_map(At::members).collect();
        let json = media.into_iter().find(|(media, _)| is_json(media));
        let Some(schema) = json.and_then(|(_, media)| media.get("schema")) else {
            continue;
        };
        let called = if method == "post" {
            format!("{name} {what}")
        } else {
            format!("{method} {name} {what}")
        };
        let ty = schemas.typed(&schema, &Site::declared(&called)).ty;
        schemas.types.mark(&ty, |def| &mut def.received);
        if let Type::Named(id) = &ty {
            let said = format!("What the {what} `{name}` sends: `rt::from_json` reads it.");
            schemas.types.get_mut(*id).docs.also(&said);
        }
    }
}
