//! What texts of a declared format become: types of other crates, or of the user's own.
//!
//! In: what a user says of a format (`uuid = "uuid"`). Out: the path of the type, the dependency that it needs, and a text that it reads.
//! Nothing is of another type unless somebody asks: a format is what somebody wrote beside a schema, and what an API sends is text.

use std::collections::BTreeMap;

use super::DateTime;

/// A type that is known by the name of its crate.
struct Known {
    /// The format that it is for; any where there is none.
    format: Option<&'static str>,
    name: &'static str,
    path: &'static str,
    /// Its line among the dependencies of a crate that is generated as a whole.
    dependency: &'static str,
    /// A text that it reads.
    sample: &'static str,
}

/// The line among the dependencies for types of `jiff`.
pub(crate) const JIFF: &str =
    "jiff = { version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }\n";

/// The same for `chrono`.
pub(crate) const CHRONO: &str =
    "chrono = { version = \"0.4\", default-features = false, features = [\"serde\", \"std\"] }\n";

const KNOWN: &[Known] = &[
    Known {
        format: Some("date"),
        name: "jiff",
        path: "::jiff::civil::Date",
        dependency: JIFF,
        sample: "2024-01-31",
    },
    Known {
        format: Some("date"),
        name: "chrono",
        path: "::chrono::NaiveDate",
        dependency: CHRONO,
        sample: "2024-01-31",
    },
    Known {
        format: None,
        name: "rust_decimal",
        path: "::rust_decimal::Decimal",
        dependency: "rust_decimal = { version = \"1\", default-features = false, features = [\"serde\", \"std\"] }\n",
        sample: "1.5",
    },
    Known {
        format: None,
        name: "url",
        path: "::url::Url",
        dependency: "url = { version = \"2\", features = [\"serde\"] }\n",
        sample: "https://example.com/",
    },
    Known {
        format: None,
        name: "uuid",
        path: "::uuid::Uuid",
        dependency: "uuid = { version = \"1\", default-features = false, features = [\"serde\", \"std\"] }\n",
        sample: "c81d4e2e-bcf2-41e6-a9a3-bb8b0b8b0b8b",
    },
];

/// The types of formats, by the format's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formats(BTreeMap<String, String>);

impl Formats {
    /// The types of formats that are declared, dates with times being of this one.
    pub(crate) fn with(&self, datetime: DateTime) -> Self {
        let mut all = self.clone();
        if let Some(path) = datetime.path() {
            all.0.insert("date-time".to_owned(), path.to_owned());
        }
        all
    }

    /// Sets the type of a format: the name of a crate whose type is known, or a path.
    pub fn set(&mut self, format: impl Into<String>, ty: impl Into<String>) {
        let (format, ty) = (format.into(), ty.into());
        let path = known(&format, &ty).map_or(ty, |known| known.path.to_owned());
        self.0.insert(format, path);
    }

    /// The path of a format's type; `None` for text.
    pub(crate) fn path(&self, format: &str) -> Option<&str> {
        self.0.get(format).map(String::as_str)
    }

    /// The lines among the dependencies that the types need, as far as they are known.
    pub(crate) fn dependencies(&self) -> impl Iterator<Item = &'static str> {
        let is_used = |known: &&Known| self.0.values().any(|path| path == known.path);
        KNOWN.iter().filter(is_used).map(|known| known.dependency)
    }
}

/// Whether this names a crate whose type for the format is known.
pub(super) fn is_known(format: &str, name: &str) -> bool {
    known(format, name).is_some()
}

fn known(format: &str, name: &str) -> Option<&'static Known> {
    let is_for = |known: &&Known| known.format.is_none_or(|own| own == format);
    KNOWN.iter().filter(is_for).find(|known| known.name == name)
}

/// A text that the type of this path reads, if that is known.
pub(crate) fn sample(path: &str) -> Option<&'static str> {
    if [DateTime::Jiff, DateTime::Chrono, DateTime::Time]
        .iter()
        .any(|datetime| datetime.path() == Some(path))
    {
        return Some("2024-01-31T12:30:00Z");
    }
    let known = KNOWN.iter().find(|known| known.path == path);
    known.map(|known| known.sample)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_stand_for_their_types_and_are_asked_for_once() {
        let mut formats = Formats::default();
        for (format, ty) in [
            ("uuid", "uuid"),
            ("guid", "uuid"),
            ("date", "jiff"),
            ("money", "::my::Money"),
        ] {
            formats.set(format, ty);
        }
        assert_eq!(formats.path("guid"), Some("::uuid::Uuid"));
        assert_eq!(formats.path("date"), Some("::jiff::civil::Date"));
        assert_eq!(formats.path("money"), Some("::my::Money"));
        assert_eq!(formats.path("date-time"), None);
        assert_eq!(
            formats.with(DateTime::Jiff).path("date-time"),
            Some("::jiff::Timestamp")
        );
        assert_eq!(formats.dependencies().count(), 2);
        assert!(!is_known("time", "jiff") && is_known("x", "url"));
    }
}
