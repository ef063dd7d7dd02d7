//! JSON that an API sends by itself: the bodies of webhooks and callbacks.
//!
//! In: text. Out: a generated type, and what did not fit it. It is read as answers are.

use crate::decode::{self, Decode, Drift};
use crate::error::AnyError;
use crate::failure::Failure;

/// Reads the JSON of a webhook or a callback as a type of a generated client: as tolerantly as an answer, with what did not fit.
///
/// # Errors
///
/// If the text is no JSON, or nothing of the kind of the type.
pub fn from_json<T: Decode>(text: &str) -> Result<(T, Vec<Drift>), AnyError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if let Ok(value) = decode::from_str(text) {
        return Ok((value, Vec::new()));
    }
    let refused = |why: &str| AnyError::new(Failure::undecodable("the body", why));
    match decode::from_str_tolerantly::<T>(text) {
        Ok((Some(value), drift)) => Ok((value, drift)),
        Ok((None, drift)) => {
            let why = drift.first().map(ToString::to_string).unwrap_or_default();
            Err(refused(&why))
        }
        Err(why) => Err(refused(&why.to_string())),
    }
}
