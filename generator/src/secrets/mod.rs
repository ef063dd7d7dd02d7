//! Credentials that authors left in their collections: where they are in a text, and what tells them from placeholders.
//!
//! In: any text: prose, JSON, a form, a header's value. Out: the ranges that must not be shown. It knows no
//! Postman; whoever knows that a value is a header's or a parameter's asks by the name of that.

mod command;
mod form;
mod hook;
mod known;
mod looks;
mod names;
mod pair;
mod paths;
mod scan;
mod table;

pub use form::basic_password;
pub use known::Known;
pub use looks::{is_placeholder, is_uuid, looks_random};
pub use names::{Sensitivity, label, of_name};
pub use paths::file_name;
pub use scan::{Found, Stands, find, find_in_address, variables};

use std::borrow::Cow;

use crate::ir::template;

/// What stands in a text where a credential was.
pub const REMOVED: &str = "[removed]";

/// Whether a literal value under this name is a credential.
pub fn is_credential(name: &str, value: &str) -> bool {
    let by_name = match of_name(name) {
        Sensitivity::None => false,
        Sensitivity::Weak => looks_random(value),
        Sensitivity::Strong => {
            let bare = looks::without_scheme(value);
            let of_thing = names::is_of_things(name) && looks::is_name_of_thing(bare);
            !is_placeholder(bare) && !of_thing
        }
    };
    let address = || value.starts_with("http://") || value.starts_with("https://");
    by_name && !is_placeholder(value) && !template::has_variables(value) && !address()
}

/// Whether a value is, as a whole, a user and a password in base64.
pub fn is_basic(value: &str) -> bool {
    value.len() >= 12 && form::is_basic(value)
}

/// A text with every credential in it replaced by `[removed]`, and every one that is a number by `0`, as far as it tells
/// by itself: [`Known`] has what is known of others.
pub fn redact(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(replace(text, &found, |finding| match finding.stands {
        Stands::Number => "0".to_owned(),
        Stands::Text | Stands::Element => REMOVED.to_owned(),
    }))
}

/// A text with each finding replaced by what `with` makes of it.
pub fn replace(text: &str, found: &[Found], mut with: impl FnMut(&Found) -> String) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for finding in found {
        replaced.push_str(text.get(from..finding.range.start).unwrap_or_default());
        replaced.push_str(&with(finding));
        from = finding.range.end;
    }
    replaced.push_str(text.get(from..).unwrap_or_default());
    replaced
}
