//! The smallest views: identifiers, doc lines, text, types.
//!
//! In: names and types of the `rust` room. Out: their tokens. It decides one thing only, how a long text is best
//! read: as a raw string over several lines, or escaped on one.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::rust::name;
use crate::rust::types::{Ty, TypePath};

/// An identifier.
#[derive(Clone, Copy)]
pub struct Name<'a>(pub &'a name::Ident);

impl ToTokens for Name<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = if self.0.is_raw() {
            Ident::new_raw(self.0.as_str(), Span::call_site())
        } else {
            Ident::new(self.0.as_str(), Span::call_site())
        };
        ident.to_tokens(tokens);
    }
}

/// An identifier that the runtime chose.
pub fn own(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Documentation.
pub struct Docs<'a>(pub &'a [String]);

impl ToTokens for Docs<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if self.0.is_empty() {
            return;
        }
        let length = self.0.iter().map(|line| line.len() + 2).sum();
        let mut text = String::with_capacity(length);
        for (index, line) in self.0.iter().enumerate() {
            text.extend((index > 0).then_some(LINE_BREAK));
            push_doc_line(&mut text, line);
        }
        // Raw, as nothing has to be escaped then, and read again.
        let text = raw(&text).unwrap_or_else(|| Literal::string(&text));
        tokens.extend(quote!(#[doc = #text]));
    }
}

/// Stands between the lines of one `doc` attribute until it is text again: an attribute for each line would make up
/// most of what is parsed and formatted. No line holds it, since control characters are taken out of them.
pub const LINE_BREAK: char = '\u{1}';

/// A line as it follows `///` or `//!`: whatever it holds, it stays one line of that comment.
pub fn doc_line(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 1);
    push_doc_line(&mut text, line);
    text
}

fn push_doc_line(text: &mut String, line: &str) {
    if !line.is_empty() {
        text.push(' ');
    }
    // Hardly any line has control characters; those beyond ASCII begin with this byte.
    if !line.bytes().any(|byte| byte.is_ascii_control() || byte == 0xC2) {
        text.push_str(line);
        return;
    }
    let mut parts = line.split(char::is_control);
    text.extend(parts.next());
    parts.for_each(|part| text.extend([" ", part]));
}

/// Text of the collection.
pub struct Text<'a>(pub &'a str);

impl ToTokens for Text<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let literal = raw_literal(self.0).unwrap_or_else(|| Literal::string(self.0));
        literal.to_tokens(tokens);
    }
}

/// What the lines begin with that stand apart in an operation's `impl`; no text has such lines of its own.
pub const STANDS_APART: &[&str] = &["    const SPEC", "    #[inline]"];

/// A text of several lines as a raw string, if every character of it may stand in one.
fn raw_literal(text: &str) -> Option<Literal> {
    let readable = |c: char| c == '\n' || (!c.is_control() && c.escape_debug().len() <= 2);
    if !text.contains('\n') || text.len() > 16 * 1024 || !text.chars().all(readable) {
        return None;
    }
    // The printer takes white space off the ends of lines, inside of strings too.
    let is_kept = |line: &str| {
        !line.ends_with(char::is_whitespace) && !STANDS_APART.iter().any(|start| line.starts_with(start))
    };
    if !text.split('\n').all(is_kept) {
        return None;
    }
    raw(text)
}

/// A text as a raw string, if it may stand in one.
fn raw(text: &str) -> Option<Literal> {
    let longest = text
        .split('"')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| *c == '#').count())
        .max();
    let hashes = "#".repeat(longest.map_or(0, |longest| longest + 1));
    ["r", &hashes, "\"", text, "\"", &hashes].concat().parse().ok()
}

/// Text that may be missing.
pub struct Maybe<'a>(pub Option<&'a str>);

impl ToTokens for Maybe<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self.0.map(Text) {
            Some(text) => quote!(Some(#text)),
            None => quote!(None),
        });
    }
}

impl ToTokens for Ty {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Unit => quote!(()),
            Self::Bool => quote!(bool),
            Self::I64 => quote!(i64),
            Self::U64 => quote!(u64),
            Self::F64 => quote!(f64),
            Self::String => quote!(String),
            Self::List(item) => quote!(Vec<#item>),
            Self::Map(value) => quote!(::std::collections::BTreeMap<String, #value>),
            Self::Option(value) => quote!(Option<#value>),
            Self::Boxed(value) => quote!(Box<#value>),
            Self::Runtime(name) => {
                let name = own(name);
                quote!(rt::#name)
            }
            Self::Local(path) => quote!(#path),
            // It was parsed as a type when it was taken in, so it is tokens for certain.
            Self::External(path) => path.parse().unwrap_or_default(),
        });
    }
}

impl ToTokens for TypePath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for _ in 0..self.supers {
            tokens.extend(quote!(super::));
        }
        for module in self.modules.iter().map(Name) {
            tokens.extend(quote!(#module::));
        }
        Name(&self.ident).to_tokens(tokens);
    }
}
