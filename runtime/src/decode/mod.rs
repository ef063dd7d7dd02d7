//! From the bytes of an answer to the types that generated code declares, in two speeds.
//!
//! In: JSON text. Out: a value, and what of the text did not fit it ([`Drift`]). The strict pass streams the text
//! straight into the type and is all that a well-behaved API ever pays for; only when it fails, the tolerant pass
//! goes over the same text, reads what has one obvious reading (`"12"` for an integer), and turns every misfit into an absent
//! value and a note that holds what came. Both passes run through the same
//! generated code, which knows of neither. Nothing here knows of requests, statuses or transports.

mod drift;
mod form;
mod members;
mod notes;
mod numbers;
mod object;
mod open;
mod requiring;
mod sent;
mod strict;
mod tolerant;
mod union;
mod values;

pub use drift::{Drift, DriftReport};
pub use form::{Form, FormField, FormFields, FormStyle};
pub use members::{Walk, copy, same, show};
pub(crate) use numbers::is_number;
pub use object::{Object, object};
pub use open::open_enum;
pub use requiring::{Members, requiring};
pub use sent::Fields;
pub(crate) use strict::from_str;
pub(crate) use tolerant::from_str as from_str_tolerantly;
pub use union::{Alternative, Kind, Reader, Union, union, union_field};

use serde::Deserializer;
use serde::de::DeserializeOwned;

/// A type that generated code receives.
///
/// It is what [`serde::Deserialize`] is, and two things more: what `null` is to it, and a way into lists and maps that
/// lets the tolerant pass go on behind an element that does not fit. Implemented for what
/// generated types are made of, and for every [`Object`].
pub trait Decode: Sized {
    /// Reads the value.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// The value for an explicit `null`, if it is another than an error.
    fn of_null() -> Option<Self> {
        None
    }

    /// What a whole body must be, of a type that reads `null` as a member without an error.
    fn never_null() -> Option<&'static str> {
        None
    }
}

/// Any type of `serde`'s, for those that are not made by letterpress.
#[derive(Clone, Debug)]
pub(crate) struct Plain<T>(pub(crate) T);

impl<T: DeserializeOwned> Decode for Plain<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Plain)
    }

    fn of_null() -> Option<Self> {
        T::deserialize(serde_json::Value::Null).ok().map(Plain)
    }
}
