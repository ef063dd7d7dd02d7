//! Styles: how lists and objects are written into a path, a header or the query.
//!
//! In: the declaration of a parameter. Out: whether it takes many values, and what stands before, between and in them. It knows
//! nothing of types beyond their kind.

use crate::frontend::schema::document::{At, Document, Version};
use crate::frontend::schema::view::View;
use crate::ir::Style;

/// What a value is, as far as styles tell such apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    One,
    List,
    Object,
}

impl Shape {
    /// The shape of a kind of schema.
    pub(super) fn of(kind: Option<&str>) -> Self {
        match kind {
            Some("array") => Self::List,
            Some("object") => Self::Object,
            Some(_) | None => Self::One,
        }
    }
}

/// Whether the parts of a value are written apart.
pub(super) fn is_exploded(at: &At<'_>, usual: bool) -> bool {
    if at.value.get("explode").is_some() {
        at.flag("explode")
    } else {
        usual
    }
}

/// How a value stands in a segment of the path; `None` for one that stands as it is.
pub(super) fn in_path(document: &Document<'_>, at: &At<'_>, shape: Shape) -> Option<Style> {
    if document.version == Version::V2 {
        let between = match at.text("collectionFormat").unwrap_or("csv") {
            "ssv" => "%20",
            "tsv" => "%09",
            "pipes" => "%7C",
            _ => ",",
        };
        return (shape == Shape::List).then(|| style("", between, None));
    }
    let name = at.text("name").unwrap_or_default();
    let named = format!(";{name}=");
    let explode = is_exploded(at, false);
    Some(match (at.text("style").unwrap_or("simple"), shape, explode) {
        ("label", Shape::One, _) => style(".", "", None),
        ("label", Shape::List, true) => style(".", ".", None),
        ("label", Shape::List, false) => style(".", ",", None),
        ("label", Shape::Object, true) => style(".", ".", Some("=")),
        ("label", Shape::Object, false) => style(".", ",", Some(",")),
        ("matrix", Shape::One, _) => style(&named, "", None),
        ("matrix", Shape::List, true) => style(&named, &named, None),
        ("matrix", Shape::List, false) => style(&named, ",", None),
        ("matrix", Shape::Object, true) => style(";", ";", Some("=")),
        ("matrix", Shape::Object, false) => style(&named, ",", Some(",")),
        (_, Shape::One, _) => return None,
        (_, shape, explode) => simple(shape, explode)?,
    })
}

/// How a value stands in a header; `None` for one that stands as it is.
pub(super) fn in_header(at: &At<'_>, shape: Shape) -> Option<Style> {
    simple(shape, is_exploded(at, false))
}

fn simple(shape: Shape, explode: bool) -> Option<Style> {
    match (shape, explode) {
        (Shape::One, _) => None,
        (Shape::List, _) => Some(style("", ",", None)),
        (Shape::Object, true) => Some(style("", ",", Some("="))),
        (Shape::Object, false) => Some(style("", ",", Some(","))),
    }
}

/// How the members of an object stand in one entry of the query, or in an entry each.
pub(super) fn in_query(name: &str, is_deep: bool, joined: Option<&str>) -> Style {
    match joined {
        Some(between) => style("", between, Some(between)),
        None if is_deep => style(&format!("{name}["), "", Some("]")),
        None => style("", "", Some("")),
    }
}

fn style(lead: &str, between: &str, equals: Option<&str>) -> Style {
    Style {
        lead: lead.to_owned(),
        between: between.to_owned(),
        equals: equals.map(str::to_owned),
    }
}

/// The schema of a parameter: its own, that of its only media type, or in Swagger 2.0 itself.
pub(super) fn schema_of<'a>(document: &Document<'a>, at: &At<'a>) -> At<'a> {
    let content = || {
        let (_, media) = at.get("content")?.members().into_iter().next()?;
        media.get("schema")
    };
    match document.version {
        Version::V2 => at.clone(),
        Version::V30 | Version::V31 => at.get("schema").or_else(content).unwrap_or_else(|| at.clone()),
    }
}

/// The kind of what a parameter takes; none for what is given as JSON.
pub(super) fn kind<'a>(document: &Document<'a>, at: &At<'a>) -> Option<&'a str> {
    if at.value.get("content").is_some() {
        return None;
    }
    View::of(document, &schema_of(document, at)).kind()
}
