//! Structs that are sent as forms: what `form!` writes into.
//!
//! In: fields, in the order of the collection. Out: entries with text or a file. A `None` has no entry, a list has
//! one for each element.

use serde::Serialize;
use serde_json::Value;

use crate::file::FilePart;
use crate::wire::{FormEntry, FormValue};

/// A struct that is sent as a form; `form!` implements it.
pub trait Form {
    /// Writes its entries.
    fn write(&self, fields: &mut FormFields);
}

/// The entries of a form on their way out.
#[derive(Debug, Default)]
pub struct FormFields {
    entries: Vec<FormEntry>,
    /// Why a field could not be written: the form is not sent without it.
    refused: Option<serde_json::Error>,
}

impl FormFields {
    /// Writes the entries of one field.
    #[inline]
    pub fn field(&mut self, key: &'static str, value: &impl FormField) {
        value.write(key, self);
    }

    /// Writes the entries of a field that is more than a text or a file.
    pub fn styled(&mut self, key: &str, value: &impl Serialize, style: FormStyle) {
        let Some(value) = self.json(value) else { return };
        match (style, &value) {
            (_, Value::Null) => {}
            (FormStyle::Deep, _) => self.deep(key, &value),
            (FormStyle::Joined(between), Value::Array(values)) if !values.is_empty() => {
                self.text(key, values.iter().map(text_of).collect::<Vec<_>>().join(between));
            }
            (FormStyle::Joined(between), Value::Object(members)) => {
                let pieces = members
                    .iter()
                    .flat_map(|(name, value)| [name.clone(), text_of(value)]);
                self.text(key, pieces.collect::<Vec<_>>().join(between));
            }
            (FormStyle::Members, Value::Object(members)) => {
                for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
                    self.text(name, text_of(value));
                }
            }
            (_, Value::Array(values)) => values.iter().for_each(|value| self.text(key, text_of(value))),
            _ => self.text(key, text_of(&value)),
        }
    }

    /// The JSON of a value; without any, the form is refused.
    pub(super) fn json(&mut self, value: &impl Serialize) -> Option<Value> {
        let json = serde_json::to_value(value);
        json.map_err(|error| self.refused = Some(error)).ok()
    }

    /// All entries, unless one could not be written.
    pub(crate) fn finish(self) -> serde_json::Result<Vec<FormEntry>> {
        self.refused.map_or(Ok(self.entries), Err)
    }

    /// Members are `key[name]`, values of a list `key[]`; objects and lists in a list are counted, as nothing else keeps theirs together.
    fn deep(&mut self, key: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Object(members) => {
                for (name, value) in members {
                    self.deep(&format!("{key}[{name}]"), value);
                }
            }
            Value::Array(values) => {
                let is_plain = !values.iter().any(|value| value.is_object() || value.is_array());
                for (at, value) in values.iter().enumerate() {
                    let at = if is_plain { String::new() } else { at.to_string() };
                    self.deep(&format!("{key}[{at}]"), value);
                }
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => self.text(key, text_of(value)),
        }
    }

    /// Writes an entry of text.
    pub fn text(&mut self, key: &str, text: String) {
        self.entries.push(FormEntry {
            key: key.to_owned(),
            value: FormValue::Text(text),
        });
    }

    /// Writes an entry that is a file.
    pub fn file(&mut self, key: &str, file: FilePart) {
        self.entries.push(FormEntry {
            key: key.to_owned(),
            value: FormValue::File(file),
        });
    }
}

/// How a field of a form is written that is more than a text or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStyle {
    /// An object as JSON; a list as an entry for each of its values.
    Json,
    /// The way to each value in brackets: `owner[name]=Ada&owner[tags][]=a`.
    Deep,
    /// The members of an object as entries of their own.
    Members,
    /// One entry, with this between its values; between names and values of an object, too.
    Joined(&'static str),
}

/// A string is its text, anything else its JSON.
fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
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
impl FormField for Value {
    fn write(&self, key: &'static str, fields: &mut FormFields) {
        fields.text(key, text_of(self));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(value: &Value, style: FormStyle) -> String {
        let mut fields = FormFields::default();
        fields.styled("color", value, style);
        let entries = fields.entries.into_iter().map(|entry| match entry.value {
            FormValue::Text(text) => format!("{}={text}", entry.key),
            FormValue::File(_) => entry.key,
        });
        entries.collect::<Vec<_>>().join("&")
    }

    #[test]
    fn what_cannot_be_written_is_not_left_out_in_silence() {
        let no_json = std::collections::BTreeMap::from([(vec![1], 2)]);
        let mut fields = FormFields::default();
        fields.styled("color", &no_json, FormStyle::Deep);
        assert!(fields.finish().is_err());
    }

    /// The cells of the table of styles, of what is a form.
    #[test]
    fn values_stand_in_a_form_as_their_style_says() {
        use FormStyle::{Deep, Joined, Json, Members};
        let (text, list) = (json!("blue"), json!(["blue", "black"]));
        let object = json!({"G": 200, "R": 100});
        let nested = json!({"a": {"b": true, "c": null}, "l": [1], "o": [{"p": "x"}, {"p": "y"}]});
        for (value, style, expected) in [
            (&text, Json, "color=blue"),
            (&text, Deep, "color=blue"),
            (&text, Joined(","), "color=blue"),
            (&list, Json, "color=blue&color=black"),
            (&list, Members, "color=blue&color=black"),
            (&list, Deep, "color[]=blue&color[]=black"),
            (&list, Joined(","), "color=blue,black"),
            (&list, Joined(" "), "color=blue black"),
            (&object, Json, r#"color={"G":200,"R":100}"#),
            (&object, Members, "G=200&R=100"),
            (&object, Deep, "color[G]=200&color[R]=100"),
            (&object, Joined("|"), "color=G|200|R|100"),
            (
                &nested,
                Deep,
                "color[a][b]=true&color[l][]=1&color[o][0][p]=x&color[o][1][p]=y",
            ),
            (&json!(null), Json, ""),
            (&json!([]), Joined(","), ""),
            (&json!([{"p": 1}]), Json, r#"color={"p":1}"#),
        ] {
            assert_eq!(written(value, style), expected, "{style:?}");
        }
    }
}
