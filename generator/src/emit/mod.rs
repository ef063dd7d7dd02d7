//! Prints what the `rust` room decided, as tokens.
//!
//! In: a [`Module`]. Out: [`Chunk`]s, the parts of its file in order. Everything is a small view with `ToTokens`;
//! nothing here chooses a name, looks at a setting or can fail. Of the prelude, only the types that `rust::names` keeps free
//! are named bare; the runtime is `rt` everywhere, and all other paths are absolute.

mod call;
mod client;
mod pages;
mod spec;
mod tokens;
mod types;
mod words;

pub use client::LINTS;
pub use words::LINE_BREAK;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::rust::tree::{Child, Face, Handle, Module};
use words::{Docs, Name};

/// A part of a file that stands between blank lines.
#[derive(Debug)]
pub struct Chunk {
    /// One or several items.
    pub tokens: TokenStream,
    /// How it is set.
    pub setting: Setting,
}

/// How a chunk is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// As it comes.
    Plain,
    /// An `impl` whose methods stand apart; it holds no text of several lines.
    Methods,
    /// The `impl` of an operation: its constant and functions stand apart.
    Operation,
}

impl Setting {
    /// Whether there is a blank line between two lines of the formatted text.
    pub fn stands_apart(self) -> fn(&str, &str) -> bool {
        match self {
            Self::Plain => |_, _| false,
            Self::Methods => |line, next| line == "    }" && next != "}",
            Self::Operation => |_, next| words::STANDS_APART.iter().any(|start| next.starts_with(start)),
        }
    }
}

impl Chunk {
    fn plain(tokens: impl ToTokens) -> Self {
        Self {
            tokens: tokens.into_token_stream(),
            setting: Setting::Plain,
        }
    }

    fn methods(tokens: impl ToTokens) -> Self {
        Self {
            tokens: tokens.into_token_stream(),
            setting: Setting::Methods,
        }
    }
}

/// The lines at the head of a module's file, as they follow `//!`.
pub fn head(module: &Module) -> Vec<String> {
    module.docs.iter().map(|line| words::doc_line(line)).collect()
}

/// The parts of a module's file, in order.
pub fn chunks(module: &Module) -> Vec<Chunk> {
    // Users of a client name what is in it without a dependency of their own.
    let visibility = matches!(module.face, Face::Client(_)).then(|| quote!(#[doc(no_inline)] pub));
    let mut chunks = vec![Chunk::plain(quote!(
        #visibility use ::letterpress_runtime as rt;
    ))];
    if !module.children.is_empty() {
        let modules = module.children.iter().map(Declaration);
        chunks.push(Chunk::plain(quote!(#(#modules)*)));
    }
    match &module.face {
        Face::Client(client) => chunks.extend(client::chunks(module, client)),
        Face::Handle(handle) => chunks.extend(handle_chunks(module, handle)),
    }
    chunks.extend(module.calls.iter().flat_map(call::chunks));
    chunks.extend(module.types.iter().flat_map(|item| types::chunks(item, None)));
    chunks
}

/// `pub mod users;`
struct Declaration<'a>(&'a Child);

impl ToTokens for Declaration<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = Name(&self.0.ident);
        let path = self.0.path.iter();
        tokens.extend(quote!(#(#[path = #path])* pub mod #ident;));
    }
}

/// A folder's handle and its methods.
fn handle_chunks(module: &Module, handle: &Handle) -> Vec<Chunk> {
    let (ident, docs) = (Name(&handle.ident), Docs(&handle.docs));
    let strukt = quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #ident<'a>(pub(super) &'a rt::Client);
    };
    let mut chunks = vec![Chunk::plain(strukt)];
    if !module.children.is_empty() {
        let folders = module.children.iter().map(HandleMethod);
        chunks.push(Chunk::methods(quote! {
            impl<'a> #ident<'a> {
                #(#folders)*
            }
        }));
    }
    if !module.calls.is_empty() {
        let client = quote!(self.0);
        let functions = module.calls.iter().map(|call| call::Function {
            call,
            client: &client,
            by_ref: false,
        });
        chunks.push(Chunk::methods(quote! {
            impl #ident<'_> {
                #(#functions)*
            }
        }));
    }
    chunks
}

/// `pub fn token(self) -> token::Token<'a>` of another handle.
struct HandleMethod<'a>(&'a Child);

impl ToTokens for HandleMethod<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let handle = &self.0.handle;
        let docs = Docs(&handle.function_docs);
        let (function, ident, module) = (Name(&handle.function), Name(&handle.ident), Name(&self.0.ident));
        tokens.extend(quote! {
            #docs
            #[inline]
            pub fn #function(self) -> #module::#ident<'a> {
                #module::#ident(self.0)
            }
        });
    }
}
