//! Prints the tree that the `rust` room decided on, as tokens.
//!
//! In: a [`Module`]. Out: [`Chunk`]s, the parts of its file in order. Everything is a small view with `ToTokens`;
//! nothing here chooses a name, looks at a setting or can fail. Paths are absolute, since a collection may define
//! an `Option` of its own.

mod call;
mod client;
mod spec;
mod types;
mod words;

pub use client::LINTS;
pub use words::{STANDS_APART, doc_line};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::rust::tree::{Face, Handle, Module};
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

/// The lines at the head of a module's file.
pub fn head(module: &Module) -> &[String] {
    &module.docs
}

/// The parts of a module's file, in order.
pub fn chunks(module: &Module) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    if !module.modules.is_empty() {
        let modules = module.modules.iter().map(Declaration);
        chunks.push(Chunk::plain(quote!(#(#modules)*)));
    }
    match &module.face {
        Face::Client(client) => chunks.extend(client::chunks(module, client)),
        Face::Handle(handle) => chunks.extend(handle_chunks(module, handle)),
    }
    chunks.extend(module.calls.iter().flat_map(call::chunks));
    chunks.extend(module.types.iter().flat_map(types::chunks));
    chunks
}

/// `pub mod users;`
struct Declaration<'a>(&'a Module);

impl ToTokens for Declaration<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Module {
            ident, file, modules, ..
        } = self.0;
        if ident.as_str() != file {
            let file = if modules.is_empty() {
                format!("{file}.rs")
            } else {
                format!("{file}/mod.rs")
            };
            tokens.extend(quote!(#[path = #file]));
        }
        let ident = Name(ident);
        tokens.extend(quote!(pub mod #ident;));
    }
}

/// A folder's handle and its methods.
fn handle_chunks(module: &Module, handle: &Handle) -> Vec<Chunk> {
    let (ident, docs) = (Name(&handle.ident), Docs(&handle.docs));
    let strukt = quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #ident<'a>(pub(super) &'a ::letterpress_runtime::Client);
    };
    let mut chunks = vec![Chunk::plain(strukt)];
    if !module.modules.is_empty() {
        let folders = module.modules.iter().filter_map(HandleMethod::of);
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
struct HandleMethod<'a> {
    module: &'a Module,
    handle: &'a Handle,
}

impl<'a> HandleMethod<'a> {
    fn of(module: &'a Module) -> Option<Self> {
        match &module.face {
            Face::Handle(handle) => Some(Self { module, handle }),
            Face::Client(_) => None,
        }
    }
}

impl ToTokens for HandleMethod<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let docs = Docs(&self.handle.function_docs);
        let (function, ident) = (Name(&self.handle.function), Name(&self.handle.ident));
        let module = Name(&self.module.ident);
        tokens.extend(quote! {
            #docs
            #[inline]
            pub fn #function(self) -> #module::#ident<'a> {
                #module::#ident(self.0)
            }
        });
    }
}
