//! Bearer tokens: `Authorization: Bearer <token>`; nothing without a token.

use super::{Cx, Draft};
use crate::wire::BuildError;

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    match cx.params.text("token") {
        "" => Ok(()),
        token => draft.authorize(&format!("Bearer {token}")),
    }
}
