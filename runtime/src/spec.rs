//! What a collection says of one request, as constants in generated code.
//!
//! In: nothing; generated code writes these tables with the `const fn` builders below. Out: what [`crate::wire`]
//! makes requests of. Text is exactly the collection's, `{{variables}}` included: it is trusted, unlike anything
//! that a caller gives. This file knows neither how a request is sent nor what is done with the answer.

mod security;

pub use security::{AuthKind, AuthSpec, Otherwise, Security};

/// One request of a collection.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Spec {
    /// The item's name, for messages.
    pub name: &'static str,
    /// HTTP method, upper case.
    pub method: &'static str,
    /// Everything before the query; a path segment `:name` that `path` lists is replaced.
    pub url: &'static str,
    /// Whether there is a `?` even though no query entry is sent.
    pub bare_question_mark: bool,
    /// Path variables and their saved values.
    pub path: &'static [(&'static str, Option<&'static str>)],
    /// Query entries in order.
    pub query: &'static [Entry],
    /// Headers in order.
    pub headers: &'static [Entry],
    /// The body.
    pub body: BodySpec,
    /// Fields of the body that a variable of the client fills where the caller leaves them out: the field's key and the
    /// variable's name.
    pub fills: &'static [(&'static str, &'static str)],
    /// The authentication in force.
    pub security: Security,
    /// Whether a call may be made twice without harm; `None` is what its method says.
    pub idempotent: Option<bool>,
    /// Switches that change what is sent.
    pub behavior: Behavior,
}

impl Spec {
    /// A request without query, headers, body or authentication.
    pub const fn new(method: &'static str, url: &'static str) -> Self {
        Self {
            name: "",
            method,
            url,
            bare_question_mark: false,
            path: &[],
            query: &[],
            headers: &[],
            body: BodySpec::None,
            fills: &[],
            security: Security::None,
            idempotent: None,
            behavior: Behavior::NONE,
        }
    }

    /// Names the request.
    #[must_use]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// Sends a `?` even though no query entry is sent.
    #[must_use]
    pub const fn bare_question_mark(mut self) -> Self {
        self.bare_question_mark = true;
        self
    }

    /// Names the path variables and their saved values.
    #[must_use]
    pub const fn path(mut self, path: &'static [(&'static str, Option<&'static str>)]) -> Self {
        self.path = path;
        self
    }

    /// Lists the query entries.
    #[must_use]
    pub const fn query(mut self, query: &'static [Entry]) -> Self {
        self.query = query;
        self
    }

    /// Lists the headers.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [Entry]) -> Self {
        self.headers = headers;
        self
    }

    /// Gives it a body.
    #[must_use]
    pub const fn body(mut self, body: BodySpec) -> Self {
        self.body = body;
        self
    }

    /// Fills fields of the body from variables of the client, where the caller leaves them out.
    #[must_use]
    pub const fn fills(mut self, fills: &'static [(&'static str, &'static str)]) -> Self {
        self.fills = fills;
        self
    }

    /// Gives it authentication by one scheme.
    #[must_use]
    pub const fn auth(mut self, kind: AuthKind, params: &'static [(&'static str, &'static str)]) -> Self {
        self.security = Security::One(AuthSpec { kind, params });
        self
    }

    /// Gives it authentication by any of these sets of schemes, the schemes of a set together: by the first for which
    /// the client has credentials.
    #[must_use]
    pub const fn any_auth(mut self, sets: &'static [&'static [AuthSpec]], otherwise: Otherwise) -> Self {
        self.security = Security::Any(sets, otherwise);
        self
    }

    /// Says whether a call may be made twice without harm, whatever its method says.
    #[must_use]
    pub const fn idempotent(mut self, is: bool) -> Self {
        self.idempotent = Some(is);
        self
    }

    /// Switches what the collection's author switched.
    #[must_use]
    pub const fn behavior(mut self, behavior: Behavior) -> Self {
        self.behavior = behavior;
        self
    }
}

/// A query entry or a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name; `None` for an entry without one (`?=v`).
    pub key: Option<&'static str>,
    /// The saved value; `None` is a query entry without `=`.
    pub value: Option<&'static str>,
    /// When it is sent.
    pub sent: Sent,
    /// What stands between several values that are given, encoded already (`,`, `%20`, `%7C`); `None` where each has an entry of
    /// its own.
    pub joined: Option<&'static str>,
}

impl Entry {
    /// Sent on every call, with the saved value unless another is set.
    pub const fn always(key: &'static str, value: &'static str) -> Self {
        Self::new(Some(key), Some(value), Sent::Always)
    }

    /// Sent with the saved value in a saved call, else only when set.
    pub const fn saved(key: &'static str, value: &'static str) -> Self {
        Self::new(Some(key), Some(value), Sent::Saved)
    }

    /// Sent on every call: with a value made for that call, unless one is set; with the saved value in a saved call.
    pub const fn fresh(key: &'static str, value: &'static str) -> Self {
        Self::new(Some(key), Some(value), Sent::Fresh)
    }

    /// Sent only when set.
    pub const fn when_set(key: &'static str, value: &'static str) -> Self {
        Self::new(Some(key), Some(value), Sent::WhenSet)
    }

    /// Sent with the value when all variables that stand in it are given.
    pub const fn when_given(key: &'static str, value: &'static str) -> Self {
        Self::new(Some(key), Some(value), Sent::WhenGiven)
    }

    /// An entry that may lack its name or its value.
    pub const fn new(key: Option<&'static str>, value: Option<&'static str>, sent: Sent) -> Self {
        Self {
            key,
            value,
            sent,
            joined: None,
        }
    }

    /// Sends several values in one entry, with this between them.
    #[must_use]
    pub const fn joined(mut self, between: &'static str) -> Self {
        self.joined = Some(between);
        self
    }
}

/// When an entry is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// With its saved value on every call, unless overridden.
    Always,
    /// With its saved value in a saved call, else only when set.
    Saved,
    /// With the saved value in a saved call, else with one that is made for the call, unless set.
    Fresh,
    /// Only when set.
    WhenSet,
    /// With the value, when all variables that stand in it are given.
    WhenGiven,
}

/// The body of a request.
#[derive(Clone, Copy, Debug)]
pub enum BodySpec {
    /// Nothing.
    None,
    /// Text as it is written.
    Raw {
        /// The saved text.
        text: &'static str,
        /// The language it is declared to be in; decides the automatic `Content-Type`.
        language: Language,
        /// Whether comments are removed before sending.
        strip_comments: bool,
        /// Whether callers give it as a value that is sent as JSON.
        json: bool,
    },
    /// `application/x-www-form-urlencoded`.
    UrlEncoded(&'static [FieldSpec]),
    /// `multipart/form-data`.
    FormData(&'static [FieldSpec]),
    /// The bytes of one file.
    File {
        /// The path that the collection names.
        src: Option<&'static str>,
        /// Content given in the collection itself, base64.
        content: Option<&'static str>,
    },
    /// A GraphQL query.
    GraphQl {
        /// The query document; `None` if the member is missing.
        query: Option<&'static str>,
        /// The operation's name; `None` if the member is missing.
        operation_name: Option<&'static str>,
        /// The saved variables, as JSON text that is sent as it is; `None` for none.
        variables: Option<&'static str>,
        /// The whole saved body where it is not made of the members above; wins in a saved call.
        saved_text: Option<&'static str>,
    },
}

/// The language of a raw body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the name of its language")]
pub enum Language {
    Text,
    Json,
    Xml,
    Html,
    JavaScript,
}

/// An entry of a form.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// The name; `None` if it is missing.
    pub key: Option<&'static str>,
    /// The saved value.
    pub value: FieldValue,
    /// The part's own media type.
    pub content_type: Option<&'static str>,
    /// Not sent in a saved call.
    pub disabled: bool,
}

impl FieldSpec {
    /// An entry with this name and text.
    pub const fn text(key: &'static str, value: &'static str) -> Self {
        Self::new(Some(key), FieldValue::Text(value))
    }

    /// An entry with this name and these files.
    pub const fn files(key: &'static str, src: &'static [&'static str]) -> Self {
        Self::new(Some(key), FieldValue::Files(src, None))
    }

    /// An entry that may lack its name.
    pub const fn new(key: Option<&'static str>, value: FieldValue) -> Self {
        Self {
            key,
            value,
            content_type: None,
            disabled: false,
        }
    }

    /// Gives the part a media type of its own.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// Leaves it out of saved calls.
    #[must_use]
    pub const fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
}

/// The saved value of a form's entry.
#[derive(Clone, Copy, Debug)]
pub enum FieldValue {
    /// Text.
    Text(&'static str),
    /// Files by path, each a part of its own, and the file name to send instead of the path's last segment.
    Files(&'static [&'static str], Option<&'static str>),
    /// Base64 content sent as a file, and its file name.
    Inline(&'static str, Option<&'static str>),
}

/// Switches of an item that change what is sent.
#[derive(Clone, Copy, Debug)]
pub struct Behavior {
    /// Send a body even with a method that has none.
    pub keep_body: bool,
    /// Send path and query as they are written.
    pub raw_url: bool,
    /// Headers, lower case, that would be added automatically and are not.
    pub omitted_headers: &'static [&'static str],
    /// How redirects are followed.
    pub redirects: Redirects,
}

impl Behavior {
    /// No switch is on.
    pub const NONE: Self = Self {
        keep_body: false,
        raw_url: false,
        omitted_headers: &[],
        redirects: Redirects::NONE,
    };
}

/// What the author of an item says of redirects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redirects {
    /// So many are followed at most; with 0 the redirect is the answer. `None` if the author does not say.
    pub most: Option<u32>,
    /// Keep the method and the body after 301, 302 and 303 too.
    pub keep_method: bool,
    /// Send `Authorization`, and no other credential, to whatever origin it leads.
    pub keep_authorization: bool,
    /// Do not say in `Referer` what led there.
    pub drop_referer: bool,
}

impl Redirects {
    /// The author says nothing.
    pub const NONE: Self = Self {
        most: None,
        keep_method: false,
        keep_authorization: false,
        drop_referer: false,
    };
}
