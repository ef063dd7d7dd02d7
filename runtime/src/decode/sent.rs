//! Objects that are sent: what `sent!` writes into.
//!
//! In: fields, in the order of the sample. Out: a `serde` map. A `None` and a list marked as such that is empty are
//! left out; `Some(None)` of a field that can be null is an explicit null.

use serde::{Serialize, Serializer, ser::SerializeMap};
use std::collections::BTreeMap;

/// The members of an object on their way out; after the first that fails, there are no more.
///
/// The failure is kept until the end: a `?` for every member would be most of what generated code costs its compiler.
#[derive(Debug)]
pub struct Fields<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Fields<S> {
    /// Opens the object.
    #[inline]
    pub fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// A member that is left out when `None`.
    #[inline]
    pub fn field<T: Serialize>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// A list that is left out when empty.
    #[inline]
    pub fn list<T: Serialize>(&mut self, key: &'static str, list: &[T]) {
        if !list.is_empty() {
            self.required(key, list);
        }
    }

    /// A member that is always there.
    #[inline]
    pub fn required<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) {
        if let Ok(members) = &mut self.0
            && let Err(error) = members.serialize_entry(key, value)
        {
            self.0 = Err(error);
        }
    }

    /// Members of names that are only known when the program runs.
    pub fn rest<T: Serialize>(&mut self, others: &BTreeMap<String, T>) {
        for (key, value) in others {
            if let Ok(members) = &mut self.0
                && let Err(error) = members.serialize_entry(key, value)
            {
                self.0 = Err(error);
            }
        }
    }

    /// Closes the object.
    #[inline]
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}
