//! Basic authentication: `Authorization: Basic base64(username:password)`.
//!
//! Postman sends it even when both are empty; a call that is not the saved one is sent without it then.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{Cx, Draft};
use crate::wire::{BuildError, Mode};

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    let (username, password) = (cx.params.text("username"), cx.params.text("password"));
    if cx.mode == Mode::Normal && username.is_empty() && password.is_empty() {
        return Ok(());
    }
    let proof = STANDARD.encode(format!("{username}:{password}"));
    draft.authorize(&format!("Basic {proof}"))
}
