//! One operation: a request that can be sent and the answers that were saved of it.

use super::{
    Body, Declared, Docs, Entry, Gives, OperationId, Outcome, Pages, Param, ParamPlace, Place, Security,
    Shown, Store, Template, Type, Url,
};

/// An item of the collection.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// Its identity.
    pub id: OperationId,
    /// What the author's tool knows it by, whatever it is called: an item's id, an `operationId`.
    pub source_id: Option<String>,
    /// The item's name as its author wrote it.
    pub name: String,
    /// What it does, in a line, where its author says that apart from the name.
    pub summary: Option<String>,
    /// The item's (or its request's) description.
    pub docs: Docs,
    /// Whether its author says not to call it any more.
    pub deprecated: bool,
    /// Where it is.
    pub place: Place,
    /// HTTP method, upper case. May be no valid token: sending then fails, as it does in Postman.
    pub method: String,
    /// Address and query.
    pub url: Url,
    /// Headers in order, disabled ones too.
    pub headers: Vec<Entry>,
    /// What the caller can set, in order: path, query, headers, variables of the body.
    pub params: Vec<Param>,
    /// The request body.
    pub body: Body,
    /// Whether the method has no body, and the saved one is not sent: callers give none.
    pub drops_body: bool,
    /// The type of JSON that is declared for the body, whatever the saved one shows.
    pub declared_body: Option<Type>,
    /// What is declared of path variables, query entries and headers, whatever their values show.
    pub declared: Vec<(ParamPlace, Declared)>,
    /// Whether a call may be made without a body.
    pub optional_body: bool,
    /// Media types that the body may be of instead of the one that is sent.
    pub other_media: Vec<String>,
    /// Fields of the body that a setting fills where the caller does not: the field's key and the variable's name.
    pub fills: Vec<(String, String)>,
    /// A body as an example shows it, which no call sends: JSON, and where it comes from.
    pub example: Option<(String, Shown)>,
    /// Texts of the saved body that stand where credentials were taken out: `<password>`.
    pub placeholders: Vec<String>,
    /// What is kept of its answer for the calls after it, as far as its author's scripts say.
    pub stores: Vec<Store>,
    /// The tokens that its answer holds; decided by a pass.
    pub gives: Vec<Gives>,
    /// The authentication in force.
    pub security: Security,
    /// Whether a call may be made twice without harm; `None` is what its method says.
    pub idempotent: Option<bool>,
    /// Switches that change what is sent.
    pub behavior: Behavior,
    /// Results (2xx), by status, ascending.
    pub results: Vec<Outcome>,
    /// Errors (any other status), by status, ascending.
    pub errors: Vec<Outcome>,
    /// How it lists; decided by a pass.
    pub pages: Option<Pages>,
    /// The item as it stands in the collection, pretty-printed, credentials removed: for documentation.
    pub source: String,
}

impl Operation {
    /// What is declared of an entry.
    pub fn declared_of(&self, place: &ParamPlace) -> Option<&Declared> {
        let mut declared = self.declared.iter();
        declared
            .find(|(own, _)| own == place)
            .map(|(_, declared)| declared)
    }

    /// Every text of the request that may name variables, but for its authentication.
    pub fn templates(&self) -> Vec<&str> {
        let mut templates = vec![self.url.base.as_str()];
        let paths = self.url.path_variables.iter().flat_map(|path| &path.saved);
        templates.extend(paths.map(Template::as_str));
        for entry in self.url.query.iter().chain(&self.headers) {
            templates.extend(entry.key.iter().chain(&entry.value).map(Template::as_str));
        }
        self.body.templates(&mut templates);
        templates
    }
}

/// Switches of an item that change what is sent; all off by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behavior {
    /// Send a body even with a method that has none (`GET`).
    pub keep_body: bool,
    /// Send path and query as they are written.
    pub raw_url: bool,
    /// Headers, lower case, that would be added automatically and are not.
    pub omitted_headers: Vec<String>,
    /// How redirects are followed.
    pub redirects: Redirects,
}

/// What the author says of redirects; nothing by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redirects {
    /// So many are followed at most; none with 0.
    pub most: Option<u32>,
    /// Keep method and body after those that make a `GET` of it elsewhere.
    pub keep_method: bool,
    /// Send `Authorization` to whatever host it leads.
    pub keep_authorization: bool,
    /// Do not say in `Referer` what led there.
    pub drop_referer: bool,
}
