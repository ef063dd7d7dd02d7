//! The catalogue of codes: every finding that letterpress can make has one, and keeps it.

/// A stable code of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// The input cannot be read.
    Unreadable,
    /// The input is not JSON.
    NotJson,
    /// The input is JSON, but no collection.
    NotACollection,
    /// The collection has no items.
    EmptyCollection,
    /// There is data after the end of the document.
    TrailingData,
    /// A literal credential was taken out.
    Credential,
    /// A setting of `letterpress.toml` or the builder is not understood, or matches nothing.
    Setting,
    /// A saved answer is said to be JSON, but is not.
    SampleNotJson,
    /// A saved request body is said to be JSON, but is not.
    BodyNotJson,
}

impl Code {
    /// All codes, in order.
    pub const ALL: &'static [Self] = &[
        Self::Unreadable,
        Self::NotJson,
        Self::NotACollection,
        Self::EmptyCollection,
        Self::TrailingData,
        Self::Credential,
        Self::Setting,
        Self::SampleNotJson,
        Self::BodyNotJson,
    ];

    /// The code as users see it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "PM0001",
            Self::NotJson => "PM0002",
            Self::NotACollection => "PM0003",
            Self::EmptyCollection => "PM0004",
            Self::TrailingData => "PM0005",
            Self::Credential => "PM0006",
            Self::Setting => "PM0007",
            Self::SampleNotJson => "PM0201",
            Self::BodyNotJson => "PM0202",
        }
    }
}
