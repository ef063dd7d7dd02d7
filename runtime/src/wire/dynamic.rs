//! Dynamic variables.

use super::{Clock, Entropy};

/// A fresh value of a dynamic variable.
pub(crate) fn value(name: &str, clock: &dyn Clock, entropy: &dyn Entropy) -> Option<String> {
    let _ = clock;
    match name.strip_prefix('$')? {
        "guid" | "randomUUID" => Some(entropy.uuid()),
        _ => None,
    }
}
