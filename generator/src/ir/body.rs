//! Request bodies.

use super::{Docs, Place, Template, Type, template};

/// What an operation sends after its headers.
#[derive(Clone, Debug, Default)]
pub enum Body {
    /// Nothing.
    #[default]
    None,
    /// Text as it is written.
    Raw(Raw),
    /// `application/x-www-form-urlencoded`.
    UrlEncoded {
        /// Entries in order.
        fields: Vec<Field>,
        /// The struct that a caller fills, a `Type::Named`; `None` until typed, or when there are no fields.
        ty: Option<Type>,
    },
    /// `multipart/form-data`.
    FormData {
        /// Parts in order.
        fields: Vec<Field>,
        /// The struct that a caller fills, a `Type::Named`; `None` until typed, or when there are no fields.
        ty: Option<Type>,
    },
    /// The bytes of one file.
    File {
        /// The path that the collection names.
        src: Option<Template>,
        /// Content given in the collection itself, base64.
        content: Option<String>,
    },
    /// A GraphQL query.
    GraphQl(GraphQl),
}

impl Body {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether it is a text that is a variable and nothing else.
    pub fn is_one_variable(&self) -> bool {
        match self {
            Self::Raw(raw) => {
                template::variables(&raw.text).count() == 1 && template::literal(&raw.text).trim().is_empty()
            }
            Self::None | Self::UrlEncoded { .. } | Self::FormData { .. } => false,
            Self::File { .. } | Self::GraphQl(_) => false,
        }
    }

    /// Adds every text of it that may name variables.
    pub(super) fn templates<'a>(&'a self, templates: &mut Vec<&'a str>) {
        match self {
            Self::None => {}
            Self::Raw(raw) => templates.push(&raw.text),
            Self::UrlEncoded { fields, .. } | Self::FormData { fields, .. } => {
                for field in fields {
                    field.templates(templates);
                }
            }
            Self::File { src, .. } => templates.extend(src.as_deref()),
            Self::GraphQl(graphql) => {
                let members = [&graphql.query, &graphql.operation_name, &graphql.saved_text];
                templates.extend(members.into_iter().flatten().map(Template::as_str));
                match &graphql.variables {
                    GraphQlVariables::None => {}
                    GraphQlVariables::Text(text) => templates.push(text),
                }
            }
        }
    }
}

/// A raw body.
#[derive(Clone, Debug)]
pub struct Raw {
    /// The text as saved.
    pub text: Template,
    /// Its declared language; decides the automatic `Content-Type`.
    pub language: Language,
    /// Whether comments are removed before sending (JSON by language, or by header without a language).
    pub strip_comments: bool,
    /// What it was understood as.
    pub content: RawContent,
}

/// The language a raw body is declared to be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the name of its language")]
pub enum Language {
    #[default]
    Text,
    Json,
    Xml,
    Html,
    JavaScript,
}

/// What a raw body was understood as.
#[derive(Clone, Debug)]
pub enum RawContent {
    /// JSON of this type; sent from a value, or as saved.
    Json(Type),
    /// Any text; sent as saved with its variables filled in, or as given.
    Text,
}

/// An entry of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name; `None` if it is missing.
    pub key: Option<Template>,
    /// The value.
    pub content: FieldContent,
    /// The part's own media type.
    pub content_type: Option<Template>,
    /// Disabled in the collection: not sent in a saved call.
    pub disabled: bool,
    /// Named as required by its description.
    pub required: bool,
    /// Its description.
    pub docs: Docs,
    /// Where it was written.
    pub place: Place,
}

impl Field {
    fn templates<'a>(&'a self, templates: &mut Vec<&'a str>) {
        templates.extend(self.key.iter().chain(&self.content_type).map(Template::as_str));
        match &self.content {
            FieldContent::Text(text) => templates.push(text),
            FieldContent::Files { src, file_name } => {
                templates.extend(src.iter().chain(file_name).map(Template::as_str));
            }
            FieldContent::Inline { file_name, .. } => templates.extend(file_name.as_deref()),
        }
    }
}

/// How a member of a form is written that is more than a text or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormStyle {
    /// An object as JSON, a list as an entry for each of its values.
    Json,
    /// The way to each value in brackets.
    Deep,
    /// The members of an object as entries of their own.
    Members,
    /// One entry, with this between its values.
    Joined(&'static str),
}

/// The value of a form's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldContent {
    /// Text.
    Text(Template),
    /// Files by the paths that the collection names; each is a part of its own. Empty: no file chosen.
    Files {
        /// The paths.
        src: Vec<Template>,
        /// The file name to send instead of the path's last segment.
        file_name: Option<Template>,
    },
    /// Content given in the collection itself, base64, sent as a file.
    Inline {
        /// The content.
        base64: String,
        /// The file name to send.
        file_name: Option<Template>,
    },
}

/// A GraphQL request.
#[derive(Clone, Debug, Default)]
pub struct GraphQl {
    /// The query document; `None` if the member is missing.
    pub query: Option<Template>,
    /// The operation's name; `None` if the member is missing.
    pub operation_name: Option<Template>,
    /// The variables as saved.
    pub variables: GraphQlVariables,
    /// The struct that a caller fills; `None` until typed, or if there are no variables.
    pub ty: Option<Type>,
    /// The whole body as the collection has it where `graphql` is not a string-membered object and must be
    /// sent as JSON text of its own; wins over the members in a saved call.
    pub saved_text: Option<Template>,
}

/// The saved variables of a GraphQL request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GraphQlVariables {
    /// No such member, or an empty string.
    #[default]
    None,
    /// Text that is put into the body as it is.
    Text(Template),
}
