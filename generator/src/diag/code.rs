//! The catalogue of codes: every finding that letterpress can make has one, and keeps it.
//!
//! `PM00…` is about files and settings, `PM01…` about what is sent, `PM02…` about saved texts, `OA00…` about what
//! only descriptions have. A warning is silenced by its
//! code, `allow = ["PM0107"]` in `letterpress.toml` or [`Generator::allow`](crate::Generator::allow); an error never is.

/// A stable code of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// The input cannot be read.
    Unreadable,
    /// The input is not JSON.
    NotJson,
    /// The input is not YAML, or it is and cannot be read as such.
    NotYaml,
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
    /// The collection names a schema that is not known.
    UnknownSchema,
    /// A key of a JSON object is given more than once.
    DuplicateKey,
    /// The file is not UTF-8.
    Encoding,
    /// An environment file cannot be used.
    Environment,
    /// JSON is nested deeper than it is read.
    TooDeep,
    /// A file of a folder of several cannot be read, and was left out.
    NotRead,
    /// A key is none of the format's, and is read over.
    UnknownKey,
    /// A line of `letterpress.lock` is not understood.
    Lock,
    /// A name of `letterpress.lock` is of nothing any more.
    LockedGone,
    /// An element is none, and was left out.
    Skipped,
    /// A request of a v1 collection is in no order, and is therefore not part of it.
    RequestDropped,
    /// An authentication is of no kind that is known.
    UnknownAuth,
    /// A request has no address.
    EmptyUrl,
    /// A value is of a kind that stands for something else on the wire.
    OddValue,
    /// A saved response has no usable status.
    UnknownStatus,
    /// A script that Postman runs before a request does not run.
    ScriptNotRun,
    /// Several items of one folder have one name.
    SameName,
    /// A path has what looks like an id written into it.
    IdInPath,
    /// A list seems to come in pages, and not enough is known to ask for the next.
    Paging,
    /// A script stores a token in a way that is not understood.
    TokenNotRead,
    /// A saved answer is said to be JSON, but is not.
    SampleNotJson,
    /// A saved request body is said to be JSON, but is not.
    BodyNotJson,
    /// A reference of a description leads nowhere, or to itself.
    Reference,
    /// A schema says what no type can, so that any JSON is taken.
    Schema,
    /// A parameter is left out, or is taken for text.
    Parameter,
    /// A media type is left out.
    MediaType,
    /// A server has no address of its own.
    Server,
    /// A description is of a version that is not known.
    Version,
    /// An example of a description is none of what it is an example of.
    Example,
    /// An example of a description has members that its schema does not declare.
    Undeclared,
}

impl Code {
    /// All codes, in order.
    pub const ALL: &'static [Self] = &[
        Self::Unreadable,
        Self::NotJson,
        Self::NotYaml,
        Self::NotACollection,
        Self::EmptyCollection,
        Self::TrailingData,
        Self::Credential,
        Self::Setting,
        Self::UnknownSchema,
        Self::DuplicateKey,
        Self::Encoding,
        Self::Environment,
        Self::TooDeep,
        Self::NotRead,
        Self::UnknownKey,
        Self::Lock,
        Self::LockedGone,
        Self::Skipped,
        Self::RequestDropped,
        Self::UnknownAuth,
        Self::EmptyUrl,
        Self::OddValue,
        Self::UnknownStatus,
        Self::ScriptNotRun,
        Self::SameName,
        Self::IdInPath,
        Self::Paging,
        Self::TokenNotRead,
        Self::SampleNotJson,
        Self::BodyNotJson,
        Self::Reference,
        Self::Schema,
        Self::Parameter,
        Self::MediaType,
        Self::Server,
        Self::Version,
        Self::Example,
        Self::Undeclared,
    ];

    /// The code as users see it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "PM0001",
            Self::NotJson => "PM0002",
            Self::NotYaml => "PM0013",
            Self::NotACollection => "PM0003",
            Self::EmptyCollection => "PM0004",
            Self::TrailingData => "PM0005",
            Self::Credential => "PM0006",
            Self::Setting => "PM0007",
            Self::UnknownSchema => "PM0008",
            Self::DuplicateKey => "PM0009",
            Self::Encoding => "PM0010",
            Self::Environment => "PM0011",
            Self::TooDeep => "PM0012",
            Self::NotRead => "PM0014",
            Self::UnknownKey => "PM0015",
            Self::Lock => "PM0016",
            Self::LockedGone => "PM0017",
            Self::Skipped => "PM0101",
            Self::RequestDropped => "PM0102",
            Self::UnknownAuth => "PM0103",
            Self::EmptyUrl => "PM0104",
            Self::OddValue => "PM0105",
            Self::UnknownStatus => "PM0106",
            Self::ScriptNotRun => "PM0107",
            Self::SameName => "PM0108",
            Self::IdInPath => "PM0109",
            Self::Paging => "PM0110",
            Self::TokenNotRead => "PM0111",
            Self::SampleNotJson => "PM0201",
            Self::BodyNotJson => "PM0202",
            Self::Reference => "OA0001",
            Self::Schema => "OA0002",
            Self::Parameter => "OA0003",
            Self::MediaType => "OA0004",
            Self::Server => "OA0005",
            Self::Version => "OA0006",
            Self::Example => "OA0007",
            Self::Undeclared => "OA0008",
        }
    }

    /// Whether findings of this code are errors, always: nothing can be generated then, so there is nothing to allow.
    pub fn is_error(self) -> bool {
        match self {
            Self::Unreadable
            | Self::NotJson
            | Self::NotYaml
            | Self::NotACollection
            | Self::Setting
            | Self::Lock => true,
            Self::EmptyCollection
            | Self::TrailingData
            | Self::Credential
            | Self::UnknownSchema
            | Self::DuplicateKey
            | Self::Encoding
            | Self::Environment
            | Self::TooDeep
            | Self::NotRead
            | Self::UnknownKey
            | Self::LockedGone
            | Self::Skipped
            | Self::RequestDropped
            | Self::UnknownAuth
            | Self::EmptyUrl
            | Self::OddValue
            | Self::UnknownStatus
            | Self::ScriptNotRun
            | Self::SameName
            | Self::IdInPath
            | Self::Paging
            | Self::TokenNotRead
            | Self::SampleNotJson
            | Self::BodyNotJson
            | Self::Reference
            | Self::Schema
            | Self::Parameter
            | Self::MediaType
            | Self::Server
            | Self::Version
            | Self::Example
            | Self::Undeclared => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn a_code_is_that_of_one_finding() {
        let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
    }
}
