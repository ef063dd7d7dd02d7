//! The saved body of an item as a value of its type: `CreateUserBody::saved()`.
//!
//! In: the body that the collection shows, which the item's [`Spec`](crate::Spec) holds anyway. Out: a value to send
//! as it is, or to change first. What does not fit a field leaves it empty; `{{variables}}` in text stay as they are.

use crate::decode::{Decode, from_str, from_str_tolerantly};
use crate::file::FilePart;
use crate::operation::Operation;
use crate::spec::{BodySpec, FieldSpec, FieldValue};
use crate::wire::{FormValue, base64_lenient, strip_comments};

/// Gives a type `saved()`: the JSON body, or the GraphQL variables, that the collection shows.
#[macro_export]
macro_rules! saved_json {
    ($call:ident, $ty:ident) => {
        impl $ty {
            /// What the collection shows, as a value. Variables in its texts stay as they are, `{{name}}`: replace them before
            /// it is sent. The call's own `saved` fills them in. Where the collection held a credential, a placeholder
            /// such as `<password>` stands: give the field its value.
            #[inline]
            pub fn saved() -> Self {
                $crate::codegen::saved_json::<$call, Self>()
            }
        }
    };
}

/// Gives a type `saved()`: the form that the collection shows.
#[macro_export]
macro_rules! saved_form {
    ($call:ident, $ty:ident { $($index:literal $kind:ident $(($field:ident))? $name:literal),* $(,)? }) => {
        impl $ty {
            /// What the collection shows, as a value. Variables in its texts stay as they are, `{{name}}`: replace them before
            /// it is sent. The call's own `saved` fills them in. Where the collection held a credential, a placeholder
            /// such as `<password>` stands: give the field its value.
            #[inline]
            pub fn saved() -> Self {
                let fields = $crate::codegen::saved_fields::<$call>();
                let _ = fields;
                let mut form = Self::default();
                $($crate::__saved_field!(form fields $name $kind $(($field))?);)*
                form
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __saved_field {
    ($form:ident $fields:ident $name:literal file($field:ident)) => {
        $form.$field = $crate::codegen::saved_file($fields, $name)
    };
    ($form:ident $fields:ident $name:literal $kind:ident($field:ident)) => {
        $form.$field = $crate::codegen::saved_text($fields, $name)
    };
    ($form:ident $fields:ident $name:literal $field:ident) => {
        $form.$field = $crate::codegen::saved_text($fields, $name)
    };
}

/// The saved JSON of an operation.
pub fn saved_json<O: Operation, T: Decode + Default>() -> T {
    let text = match O::SPEC.body {
        BodySpec::Raw { text, .. } => text,
        BodySpec::GraphQl {
            variables: Some(variables),
            ..
        } => variables,
        BodySpec::None | BodySpec::UrlEncoded(_) | BodySpec::FormData(_) => return T::default(),
        BodySpec::File { .. } | BodySpec::GraphQl { variables: None, .. } => return T::default(),
    };
    let read = from_str_tolerantly(&strict_json(text));
    read.ok().and_then(|(value, _)| value).unwrap_or_default()
}

/// JSON as people write it, as JSON: without comments and commas before a closing bracket, and with `null` where a
/// `{{variable}}` stands for a whole value.
pub(crate) fn strict_json(text: &str) -> String {
    let text = strip_comments(text);
    let mut strict = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut in_string = false;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let (written, left) = match c {
            '\\' if in_string => {
                let escaped = after.chars().next().map_or(0, char::len_utf8);
                rest.split_at(1 + escaped)
            }
            '"' => {
                in_string = !in_string;
                ("\"", after)
            }
            '{' if !in_string && after.starts_with('{') => match rest.find("}}") {
                Some(end) => ("null", rest.get(end + 2..).unwrap_or_default()),
                None => ("{", after),
            },
            ',' if !in_string && after.trim_start().starts_with(['}', ']']) => ("", after),
            _ => rest.split_at(c.len_utf8()),
        };
        strict.push_str(written);
        rest = left;
    }
    strict
}

/// The saved entries of an operation's form.
pub fn saved_fields<O: Operation>() -> &'static [FieldSpec] {
    match O::SPEC.body {
        BodySpec::UrlEncoded(fields) | BodySpec::FormData(fields) => fields,
        BodySpec::None | BodySpec::Raw { .. } | BodySpec::File { .. } | BodySpec::GraphQl { .. } => &[],
    }
}

/// What the entries of this name say, as text.
pub fn saved_text<T: Decode + Default>(fields: &[FieldSpec], name: &str) -> T {
    let mut strings = Vec::new();
    let mut texts = Vec::new();
    for value in named(fields, name) {
        if let FieldValue::Text(text) = value {
            strings.push(serde_json::Value::from(text).to_string());
            texts.push(text.to_owned());
        }
    }
    // A text field reads its text as a string; a number or a flag reads it as it stands; a list reads all of them.
    let lists = [&strings, &texts].map(|items| format!("[{}]", items.join(",")));
    let first = strings.first().into_iter().chain(texts.first());
    let mut candidates = first.chain(&lists);
    candidates
        .find_map(|json| from_str(json).ok())
        .unwrap_or_default()
}

/// What the entries of this name say, as files, or as files and texts.
pub fn saved_file<T: SavedFile + Default>(fields: &[FieldSpec], name: &str) -> T {
    let mut values = Vec::new();
    for value in named(fields, name) {
        match value {
            FieldValue::Text(text) => values.push(FormValue::from(text)),
            FieldValue::Files(paths, file_name) => {
                let files = paths
                    .iter()
                    .map(|path| with_name(FilePart::path(*path), file_name));
                values.extend(files.map(FormValue::File));
            }
            FieldValue::Inline(base64, file_name) => {
                values.push(with_name(FilePart::bytes(base64_lenient(base64)), file_name).into());
            }
        }
    }
    T::of(values).unwrap_or_default()
}

fn named(fields: &[FieldSpec], name: &str) -> impl Iterator<Item = FieldValue> {
    let wanted = |field: &&FieldSpec| field.key == Some(name) && !field.disabled;
    fields.iter().filter(wanted).map(|field| field.value)
}

fn with_name(file: FilePart, name: Option<&str>) -> FilePart {
    match name {
        Some(name) => file.with_file_name(name),
        None => file,
    }
}

/// The field of a form that holds files, or files and texts.
pub trait SavedFile: Sized {
    /// Makes it of the saved values; `None` if there is none that it can hold.
    fn of(values: Vec<FormValue>) -> Option<Self>;
}

impl SavedFile for FilePart {
    fn of(values: Vec<FormValue>) -> Option<Self> {
        values.into_iter().find_map(|value| match value {
            FormValue::File(file) => Some(file),
            FormValue::Text(_) => None,
        })
    }
}

impl SavedFile for FormValue {
    fn of(values: Vec<FormValue>) -> Option<Self> {
        values.into_iter().next()
    }
}

impl<T: SavedFile> SavedFile for Vec<T> {
    fn of(values: Vec<FormValue>) -> Option<Self> {
        let held: Self = values
            .into_iter()
            .filter_map(|value| T::of(vec![value]))
            .collect();
        (!held.is_empty()).then_some(held)
    }
}

impl<T: SavedFile> SavedFile for Option<T> {
    fn of(values: Vec<FormValue>) -> Option<Self> {
        T::of(values).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_json_loosely() {
        let text = "{\n  // note\n  \"a\": {{x}}, \"b\": \"{{y}}, }\", \"c\": [1, 2,],\n}";
        let value: serde_json::Value = serde_json::from_str(&strict_json(text)).unwrap();
        assert_eq!(
            value,
            serde_json::json!({"a": null, "b": "{{y}}, }", "c": [1, 2]})
        );
    }

    #[test]
    fn entries_are_read_as_what_the_field_is() {
        const FIELDS: &[FieldSpec] = &[
            FieldSpec::text("n", "7"),
            FieldSpec::text("t", "1"),
            FieldSpec::text("t", "x"),
            FieldSpec::text("off", "1").disabled(),
            FieldSpec::files("f", &["a/b.txt"]),
            FieldSpec::text("f", "u"),
        ];
        assert_eq!(saved_text::<Option<i64>>(FIELDS, "n"), Some(7));
        assert_eq!(saved_text::<Option<String>>(FIELDS, "n"), Some("7".to_owned()));
        assert_eq!(saved_text::<Vec<String>>(FIELDS, "t"), ["1", "x"]);
        assert_eq!(saved_text::<Option<Vec<i64>>>(FIELDS, "n"), Some(vec![7]));
        assert_eq!(saved_text::<Option<i64>>(FIELDS, "off"), None);
        let file: Option<FilePart> = saved_file(FIELDS, "f");
        assert_eq!(file.and_then(|file| file.file_name()).as_deref(), Some("b.txt"));
        assert_eq!(saved_file::<Option<FilePart>>(FIELDS, "n"), None);
        assert_eq!(
            saved_file::<Vec<FilePart>>(FIELDS, "f"),
            [FilePart::path("a/b.txt")]
        );
        let both = [FormValue::from(FilePart::path("a/b.txt")), "u".into()];
        assert_eq!(
            saved_file::<Option<Vec<FormValue>>>(FIELDS, "f"),
            Some(both.to_vec())
        );
    }
}
