//! The saved answers of a v1 request.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::copy;
use crate::frontend::postman::js;

/// Converts the saved answers, in their declared order.
pub(super) fn convert(request: &Value) -> Vec<Value> {
    let list = request
        .get("responses")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let list: Vec<&Value> = list.iter().filter(|response| response.is_object()).collect();
    let order = request
        .get("responses_order")
        .and_then(Value::as_array)
        .filter(|order| !order.is_empty());
    let Some(order) = order else {
        return list.into_iter().map(response).collect();
    };
    let by_id: BTreeMap<String, &Value> = list
        .iter()
        .filter_map(|response| Some((js::to_string(response.get("id")?), *response)))
        .collect();
    order
        .iter()
        .filter_map(|id| by_id.get(&js::to_string(id)))
        .map(|found| response(found))
        .collect()
}

fn response(from: &Value) -> Value {
    let mut response = Map::new();
    let name = from.get("name").filter(|name| js::truthy(name)).cloned();
    response.insert("name".to_owned(), name.unwrap_or_else(|| json!("response")));
    let code = from.get("responseCode");
    for (old, new) in [("name", "status"), ("code", "code")] {
        if let Some(value) = code
            .and_then(|code| code.get(old))
            .filter(|value| js::truthy(value))
        {
            response.insert(new.to_owned(), value.clone());
        }
    }
    copy(from, "language", &mut response, "_postman_previewlanguage");
    copy(from, "headers", &mut response, "header");
    copy(from, "text", &mut response, "body");
    if let Some(saved) = saved_request(from) {
        response.insert("originalRequest".to_owned(), super::request::convert(&saved));
    }
    Value::Object(response)
}

/// The request that an answer was saved of: an object, or one as JSON text. Ids of requests are not followed, as
/// that is what the item says anyway.
fn saved_request(response: &Value) -> Option<Value> {
    let members = ["requestObject", "request"]
        .into_iter()
        .filter_map(|name| response.get(name));
    members
        .filter_map(|member| match member {
            Value::Object(_) => Some(member.clone()),
            Value::String(text) => serde_json::from_str(text).ok(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
        })
        .find(Value::is_object)
}
