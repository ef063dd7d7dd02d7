//! Authentication: a scheme by name; its parameters as a list or a map.

use crate::frontend::json::Value;

use super::super::model::Auth;
use super::{entries, join};

/// The `auth` member of an element; `None` for everything that inherits.
pub(super) fn parse_auth<'a>(owner: &'a Value<'a>, pointer: &str) -> Option<Auth<'a>> {
    let auth = owner.get("auth")?;
    let scheme = auth.get("type")?.as_str()?;
    let pointer = join(pointer, "auth");
    let params = entries::parse_params(auth.get(scheme), &join(&pointer, scheme));
    Some(Auth {
        pointer,
        scheme,
        params,
    })
}
