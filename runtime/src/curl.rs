//! The cURL command of a request.

use crate::wire::Parts;

/// One command, credentials replaced by `$VARIABLES`.
pub(crate) fn line(parts: &Parts) -> String {
    format!("curl -X {} '{}'", parts.method, parts.url)
}
