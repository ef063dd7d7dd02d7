//! What a caller gave for one call.
//!
//! In: the typed setters of generated code, as text. Out: what [`super::build`] lays over the collection's own values.
//! Everything here is data: it is never read for `{{variables}}` and never becomes structure.

use std::path::{Path, PathBuf};

use crate::file::FilePart;

/// What a value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// `Spec::path[i]`.
    Path(usize),
    /// The same, encoded already: several values, or one with something before it.
    PathPieces(usize),
    /// `Spec::query[i]`.
    Query(usize),
    /// `Spec::headers[i]`.
    Header(usize),
    /// Every `{{name}}` of the request.
    Variable(&'static str),
}

/// The values of one call.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// Values for slots of the spec. Query entries may have several: each is sent.
    pub slots: Vec<(Slot, String)>,
    /// Variables by name, beside those that slots stand for; the last of a name counts.
    pub variables: Vec<(String, String)>,
    /// Headers beside those of the spec; replace all of the same name.
    pub headers: Vec<(String, String)>,
    /// Query entries beside those of the spec, added at the end.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: GivenBody,
}

impl Values {
    /// Gives a slot a value.
    pub fn set(&mut self, slot: Slot, value: String) {
        match self.slots.iter_mut().find(|(other, _)| *other == slot) {
            Some((_, old)) => *old = value,
            None => self.slots.push((slot, value)),
        }
    }

    /// Gives a slot these values, in place of those that it had.
    pub fn set_all(&mut self, slot: Slot, values: impl Iterator<Item = String>) {
        self.slots.retain(|(other, _)| *other != slot);
        self.slots.extend(values.map(|value| (slot, value)));
    }

    /// Gives a variable a value wherever it stands in the request.
    pub fn set_variable(&mut self, name: String, value: String) {
        self.variables.retain(|(other, _)| *other != name);
        self.variables.push((name, value));
    }

    /// The value of a slot; of several the first.
    pub fn get(&self, slot: Slot) -> Option<&str> {
        self.all(slot).next()
    }

    /// The values of a slot.
    pub fn all(&self, slot: Slot) -> impl Iterator<Item = &str> {
        self.slots
            .iter()
            .filter(move |(other, _)| *other == slot)
            .map(|(_, value)| value.as_str())
    }

    /// The value given for a variable.
    pub fn variable(&self, name: &str) -> Option<&str> {
        if let Some((_, value)) = self.variables.iter().find(|(other, _)| other == name) {
            return Some(value);
        }
        self.slots.iter().find_map(|(slot, value)| match slot {
            Slot::Variable(variable) if *variable == name => Some(value.as_str()),
            Slot::Variable(_) | Slot::Path(_) | Slot::PathPieces(_) | Slot::Query(_) | Slot::Header(_) => {
                None
            }
        })
    }
}

/// The body that a caller gave.
#[derive(Clone, Debug, Default)]
pub enum GivenBody {
    /// None.
    #[default]
    None,
    /// JSON text of a value.
    Json(Vec<u8>),
    /// Text, sent as it is.
    Text(String),
    /// Entries of a form, in order.
    Form(Vec<FormEntry>),
    /// A file.
    File(FilePart),
    /// JSON text of the variables of a GraphQL request.
    GraphQlVariables(String),
}

/// An entry of a form that a caller filled.
#[derive(Clone, Debug)]
pub struct FormEntry {
    /// The name.
    pub key: String,
    /// The value.
    pub value: FormValue,
}

/// What a key of a form may hold that takes texts and files: `"https://a.io/b.png".into()`, `FilePart::path("b.png").into()`.
#[derive(Clone, Debug, PartialEq)]
pub enum FormValue {
    /// Text.
    Text(String),
    /// A file.
    File(FilePart),
}

/// An empty text.
impl Default for FormValue {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl From<&str> for FormValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for FormValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<FilePart> for FormValue {
    fn from(file: FilePart) -> Self {
        Self::File(file)
    }
}

impl From<&Path> for FormValue {
    fn from(path: &Path) -> Self {
        Self::File(path.into())
    }
}

impl From<PathBuf> for FormValue {
    fn from(path: PathBuf) -> Self {
        Self::File(path.into())
    }
}
