//! The strict pass: JSON text streamed into a type, the first misfit an error.

use super::Decode;

/// Reads all of the text.
pub(crate) fn from_str<T: Decode>(text: &str) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::decode(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}
