//! Objects that are sent: what `sent!` writes into.
//!
//! In: fields, in the order of the sample. Out: a `serde` map. A `None` and a list marked as such that is empty are
//! left out; `Some(None)` of a field that can be null is an explicit null.

use serde::{Serialize, Serializer, ser::SerializeMap};

/// The members of an object on their way out.
#[derive(Debug)]
pub struct Fields<S: Serializer>(S::SerializeMap);

impl<S: Serializer> Fields<S> {
    /// Opens the object.
    #[inline]
    pub fn new(serializer: S) -> Result<Self, S::Error> {
        serializer.serialize_map(None).map(Self)
    }

    /// A member that is left out when `None`.
    #[inline]
    pub fn field<T: Serialize>(&mut self, key: &'static str, value: &Option<T>) -> Result<(), S::Error> {
        match value {
            Some(value) => self.0.serialize_entry(key, value),
            None => Ok(()),
        }
    }

    /// A list that is left out when empty.
    #[inline]
    pub fn list<T: Serialize>(&mut self, key: &'static str, list: &[T]) -> Result<(), S::Error> {
        if list.is_empty() {
            return Ok(());
        }
        self.0.serialize_entry(key, list)
    }

    /// A member that is always there.
    #[inline]
    pub fn required<T: Serialize>(&mut self, key: &'static str, value: &T) -> Result<(), S::Error> {
        self.0.serialize_entry(key, value)
    }

    /// Closes the object.
    #[inline]
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}
