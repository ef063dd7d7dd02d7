//! The saved answers of a v1 request.

use std::collections::BTreeMap;

use crate::frontend::json::{Map, Value};

use super::copy;
use crate::frontend::postman::js;

/// Converts the saved answers, in their declared order.
pub(super) fn convert<'a>(request: &Value<'a>) -> Vec<Value<'a>> {
    let list = request
        .get("responses")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let list: Vec<&Value<'_>> = list.iter().filter(|response| response.is_object()).collect();
    let order = request
        .get("responses_order")
        .and_then(Value::as_array)
        .filter(|order| !order.is_empty());
    let Some(order) = order else {
        return list.into_iter().map(response).collect();
    };
    let by_id: BTreeMap<String, &Value<'_>> = list
        .iter()
        .filter_map(|response| Some((js::to_string(response.get("id")?), *response)))
        .collect();
    order
        .iter()
        .filter_map(|id| by_id.get(&js::to_string(id)))
        .map(|found| response(found))
        .collect()
}

fn response<'a>(from: &Value<'a>) -> Value<'a> {
    let mut response = Map::new();
    let name = from.get("name").filter(|name| js::truthy(name)).cloned();
    response.insert("name", name.unwrap_or_else(|| Value::text("response")));
    let code = from.get("responseCode");
    for (old, new) in [("name", "status"), ("code", "code")] {
        if let Some(value) = code
            .and_then(|code| code.get(old))
            .filter(|value| js::truthy(value))
        {
            response.insert(new, value.clone());
        }
    }
    copy(from, "language", &mut response, "_postman_previewlanguage");
    copy(from, "headers", &mut response, "header");
    copy(from, "text", &mut response, "body");
    if let Some(saved) = saved_request(from) {
        response.insert("originalRequest", super::request::convert(&saved));
    }
    Value::Object(response)
}

/// The request that an answer was saved of: an object, or one as JSON text. Ids of requests are not followed, as
/// that is what the item says anyway.
fn saved_request<'a>(response: &Value<'a>) -> Option<Value<'a>> {
    let members = ["requestObject", "request"]
        .into_iter()
        .filter_map(|name| response.get(name));
    members
        .filter_map(|member| match member {
            Value::Object(_) => Some(member.clone()),
            Value::String(text) => serde_json::from_str(text).ok().map(Value::into_owned),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
        })
        .find(Value::is_object)
}
