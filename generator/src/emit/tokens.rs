//! Methods of the builder through which a client fetches its tokens by itself.
//!
//! In: [`TokenMethod`]s. Out: tokens of an `impl` of the builder.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::words::{Docs, Name};
use crate::rust::tree::{Fetches, TokenMethod};

pub(super) struct TokenMethodView<'a>(pub(super) &'a TokenMethod);

impl ToTokens for TokenMethodView<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let TokenMethod { ident, fetches, docs } = self.0;
        let (docs, ident) = (Docs(docs), Name(ident));
        tokens.extend(match fetches {
            Fetches::Source => quote! {
                #docs
                #[inline]
                pub fn #ident(self, source: impl rt::TokenSource) -> Self {
                    self.credential(rt::Credential::bearer_from(source))
                }
            },
        });
    }
}
