//! What the user says of pages, held against the operation.
//!
//! In: a setting. Out: the same, if the operation takes what it names and answers with a list there; else an error of the item's
//! setting, while one for a whole collection is for those that it fits.

use super::answer::{bare, body};
use crate::config::PagesOverride;
use crate::config::file::report;
use crate::diag::Sink;
use crate::ir::{Operation, PageEntry, PageStyle, Pages, ParamPlace, Type, Types};

/// What is said of one item.
pub(super) fn own(
    operation: &Operation,
    types: &Types,
    said: &PagesOverride,
    sink: &mut Sink,
) -> Option<Pages> {
    let pages = said.pages.as_ref()?;
    match check(operation, types, pages) {
        Ok(()) => Some(pages.clone()),
        Err((message, help)) => {
            report(sink, &said.written, message, &help);
            None
        }
    }
}

/// Whether what is said of a whole collection is meant for an operation.
pub(super) fn fits(operation: &Operation, types: &Types, said: &PagesOverride) -> bool {
    let Some(pages) = &said.pages else { return false };
    let takes = match entry(pages) {
        Some(PageEntry::Query(name)) => takes(operation, name),
        Some(PageEntry::Body(_)) | None => operation.method == "GET",
    };
    takes && check(operation, types, pages).is_ok()
}

/// What the next page is asked for in.
fn entry(pages: &Pages) -> Option<&PageEntry> {
    match &pages.style {
        PageStyle::Cursor { send, .. } | PageStyle::Header { send, .. } => Some(send),
        PageStyle::Page { send, .. } | PageStyle::Offset { send, .. } => Some(send),
        PageStyle::Url { .. } | PageStyle::Link => None,
    }
}

fn takes(operation: &Operation, name: &str) -> bool {
    let mut params = operation.params.iter();
    params.any(|param| matches!(param.place, ParamPlace::Query(_)) && param.key(operation) == name)
}

/// The list must be where it is said to be: nothing else of it is needed to compile. An entry may be one that the
/// collection does not have.
fn check(operation: &Operation, types: &Types, pages: &Pages) -> Result<(), (String, String)> {
    let Some(mut ty) = body(operation) else {
        let message = "there is no JSON answer that a list could be in".to_owned();
        return Err((message, "save an answer of the item in Postman".to_owned()));
    };
    for key in &pages.items {
        let fields = types.fields(bare(ty));
        let Some(field) = fields.iter().find(|field| field.key == *key && !field.is_rest) else {
            let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
            let help = if keys.is_empty() {
                "there is none".to_owned()
            } else {
                format!("there is {}", keys.join(", "))
            };
            return Err((format!("the answer has no member `{key}` to list"), help));
        };
        ty = &field.ty;
    }
    match bare(ty) {
        Type::List(_) => Ok(()),
        Type::Value
        | Type::Bool
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Number
        | Type::String
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Named(_)
        | Type::File
        | Type::FileOrText
        | Type::External(_) => Err((
            format!("`{}` of the answer is no list", pages.items.join(".")),
            "`items` says where the list is".to_owned(),
        )),
    }
}
