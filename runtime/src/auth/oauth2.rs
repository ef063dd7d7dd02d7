//! OAuth 2: an access token that the user has already, as a header or in the query. Fetching one is for `tokens`.

use super::{Cx, Draft};
use crate::wire::BuildError;

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    let token = cx.params.text("accessToken");
    if token.is_empty() || cx.params.text("tokenType").eq_ignore_ascii_case("mac") {
        return Ok(());
    }
    draft.remove_header("authorization");
    draft.address.remove_query(&["access_token"]);
    match cx.params.text_or("addTokenTo", "header") {
        "queryParams" => draft.address.add_query("access_token", token),
        "header" => {
            let prefix = cx.params.get("headerPrefix").unwrap_or("Bearer").trim();
            let separator = if prefix.is_empty() { "" } else { " " };
            draft.add_header("Authorization", &format!("{prefix}{separator}{token}"))?;
        }
        _ => {}
    }
    Ok(())
}
