//! Structs that are sent as forms: what `form!` writes into.
//!
//! In: fields, in the order of the collection. Out: entries with text or a file. A `None` has no entry, a list has
//! one for each element.

use crate::file::FilePart;
use crate::wire::{FormEntry, FormValue};

/// A struct that is sent as a form; `form!` implements it.
pub trait Form {
    /// Writes its entries.
    fn write(&self, fields: &mut FormFields);
}

/// The entries of a form on their way out.
#[derive(Debug, Default)]
pub struct FormFields(pub(crate) Vec<FormEntry>);

impl FormFields {
    /// Writes the entries of one field.
    #[inline]
    pub fn field(&mut self, key: &'static str, value: &impl FormField) {
        value.write(key, self);
    }

    /// Writes an entry of text.
    pub fn text(&mut self, key: &str, text: String) {
        self.0.push(FormEntry {
            key: key.to_owned(),
            value: FormValue::Text(text),
        });
    }

    /// Writes an entry that is a file.
    pub fn file(&mut self, key: &str, file: FilePart) {
        self.0.push(FormEntry {
            key: key.to_owned(),
            value: FormValue::File(file),
        });
    }
}

/// What the field of a form can be.
pub trait FormField {
    /// Writes its entries under this key.
    fn write(&self, key: &'static str, fields: &mut FormFields);
}

impl<T: FormField> FormField for Option<T> {
    #[inline]
    fn write(&self, key: &'static str, fields: &mut FormFields) {
        if let Some(value) = self {
            value.write(key, fields);
        }
    }
}

impl<T: FormField> FormField for Vec<T> {
    #[inline]
    fn write(&self, key: &'static str, fields: &mut FormFields) {
        for value in self {
            value.write(key, fields);
        }
    }
}

impl FormField for FilePart {
    fn write(&self, key: &'static str, fields: &mut FormFields) {
        fields.file(key, self.clone());
    }
}

impl FormField for FormValue {
    fn write(&self, key: &'static str, fields: &mut FormFields) {
        match self {
            Self::Text(text) => fields.text(key, text.clone()),
            Self::File(file) => fields.file(key, file.clone()),
        }
    }
}

macro_rules! texts {
    ($($ty:ty),* $(,)?) => {
        $(impl FormField for $ty {
            fn write(&self, key: &'static str, fields: &mut FormFields) {
                fields.text(key, self.to_string());
            }
        })*
    };
}

texts!(
    bool,
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
    char,
    String,
    crate::Number
);

/// A string is its text, anything else its JSON.
impl FormField for serde_json::Value {
    fn write(&self, key: &'static str, fields: &mut FormFields) {
        let text = self.as_str().map_or_else(|| self.to_string(), str::to_owned);
        fields.text(key, text);
    }
}
