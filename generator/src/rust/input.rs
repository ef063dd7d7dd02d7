//! What a caller gives a call: arguments and setters.
//!
//! In: what `passes::choose_arguments` decided, with names. Out: the type that is asked for, and the part of the request that it fills.

use super::doc_lines::DocLines;
use super::name::Ident;
use super::types::Ty;
use crate::ir::Style;

/// An argument or a setter.
#[derive(Clone, Debug, Hash)]
pub struct Input {
    /// The argument, and the setter if it is one.
    pub ident: Ident,
    /// Documentation of the setter.
    pub docs: DocLines,
    /// Whether its author says not to give it any more.
    pub deprecated: bool,
    /// What the caller passes.
    pub ty: InputTy,
    /// Where it goes.
    pub fill: Fill,
}

/// What a caller passes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum InputTy {
    /// Anything that can be shown as text.
    Display,
    /// Any number of things that can be shown as text.
    Many,
    /// Any number of names and values.
    Members,
    /// A value of this type.
    Plain(Ty),
    /// Anything that becomes this type.
    Into(Ty),
    /// A value of this type, by reference.
    Ref(Ty),
    /// Some values of this type, by reference.
    Slice(Ty),
    /// Text, by reference.
    Str,
}

/// Where something of a style stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the part of a request that it says")]
pub enum StyledPlace {
    Path,
    Query,
    Header,
}

/// Which part of a call an input fills.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fill {
    /// The path variable of this index.
    Path(usize),
    /// The query entry of this index.
    Query(usize),
    /// The query entry of this index, once for each value.
    QueryMany(usize),
    /// One of these places, in this style.
    Styled(StyledPlace, usize, Style),
    /// The header of this index.
    Header(usize),
    /// The variable of this name.
    Variable(String),
    /// The body, as JSON.
    Json,
    /// The form.
    Form,
    /// The variables of the GraphQL query.
    GraphQlVariables,
    /// The body, as the content of a file.
    File,
    /// The body, as text.
    Text,
}
