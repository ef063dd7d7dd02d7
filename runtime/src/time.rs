//! Dates with times as those of the crate `time`.
//!
//! In: text by RFC 3339, as APIs write it. Out: an [`OffsetDateTime`], and that text again. `time` reads and writes
//! another format by itself, so its type cannot stand in a generated struct as it is.

use crate::decode::{FormField, FormFields};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A date with a time: an [`OffsetDateTime`] that is read and written by RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(pub OffsetDateTime);

/// The start of 1970.
impl Default for DateTime {
    fn default() -> Self {
        Self(OffsetDateTime::UNIX_EPOCH)
    }
}

impl Deref for DateTime {
    type Target = OffsetDateTime;

    fn deref(&self) -> &OffsetDateTime {
        &self.0
    }
}

impl From<OffsetDateTime> for DateTime {
    fn from(date: OffsetDateTime) -> Self {
        Self(date)
    }
}

impl From<DateTime> for OffsetDateTime {
    fn from(date: DateTime) -> Self {
        date.0
    }
}

/// By RFC 3339, which knows no years after 9999 and no offsets with seconds; those are shown as `time` does.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.format(&Rfc3339) {
            Ok(text) => f.write_str(&text),
            Err(_) => self.0.fmt(f),
        }
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.format(&Rfc3339).map_err(S::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let read = OffsetDateTime::parse(&text, &Rfc3339);
        read.map(Self)
            .map_err(|_| D::Error::custom("a date and time by RFC 3339"))
    }
}

impl FormField for DateTime {
    fn write(&self, key: &'static str, fields: &mut FormFields) {
        fields.text(key, self.to_string());
    }
}
