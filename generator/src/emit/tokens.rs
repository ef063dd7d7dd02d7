//! Methods of the builder through which a client fetches its tokens by itself, and the calls that give them.
//!
//! In: [`TokenMethod`]s, and what calls give. Out: tokens of an `impl` of the builder, and implementations of `rt::Gives`.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::words::{Docs, Name, Text};
use crate::rust::fetch::{Fetches, GivenToken, OAuth2, Part, PartPlace, TokenMethod};
use crate::rust::tree::Call;

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
            Fetches::Grant { function, args } => {
                let function = Name(function);
                let args: Vec<_> = args.iter().map(Name).collect();
                quote! {
                    #docs
                    #[inline]
                    pub fn #ident(self #(, #args: impl Into<String>)*) -> Self {
                        self.bearer_token_from(OAUTH2.#function(#(#args),*))
                    }
                }
            }
            Fetches::Call { index, variable } => {
                let index = Literal::usize_unsuffixed(*index);
                let source = quote!(rt::token_of::<#index, C>(move |client| call(&Client(client))));
                let set = match variable {
                    Some(variable) => {
                        let variable = Text(variable);
                        quote!(self.variable_from(#variable, #source))
                    }
                    None => quote!(self.credential(rt::Credential::bearer_from(#source))),
                };
                quote! {
                    #docs
                    #[inline]
                    pub fn #ident<C: rt::Gives<#index>>(
                        self,
                        call: impl Fn(&Client) -> C + Send + Sync + 'static
                    ) -> Self {
                        #set
                    }
                }
            }
        });
    }
}

/// The constant of the authorization server.
pub(super) struct ServerView<'a>(pub(super) &'a OAuth2);

impl ToTokens for ServerView<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (docs, token_url) = (Docs(&self.0.docs), Text(&self.0.token_url));
        let texts = self.0.texts.iter().map(|(name, text)| {
            let (name, text) = (format_ident!("{name}"), Text(text));
            quote!(.#name(#text))
        });
        let in_body = self.0.in_body.then(|| quote!(.in_body()));
        tokens.extend(quote! {
            #docs
            pub const OAUTH2: rt::OAuth2 = rt::OAuth2::new(#token_url) #(#texts)* #in_body;
        });
    }
}

/// That the answer to a call holds tokens.
pub(super) struct GivesView<'a>(pub(super) &'a Call);

impl ToTokens for GivesView<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ty = Name(&self.0.ty);
        for GivenToken { index, part, .. } in &self.0.gives {
            let (index, part) = (Literal::usize_unsuffixed(*index), PartView(part));
            tokens.extend(quote! {
                impl rt::Gives<#index> for #ty {
                    const PART: rt::Part = #part;
                }
            });
        }
    }
}

/// `rt::Part::member(&["access_token"])`
struct PartView<'a>(&'a Part);

impl ToTokens for PartView<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Part {
            before,
            place,
            lifetime,
        } = self.0;
        tokens.extend(match place {
            PartPlace::Member(path) => {
                let path = path.iter().map(|step| Text(step));
                quote!(rt::Part::member(&[#(#path),*]))
            }
            PartPlace::Text => quote!(rt::Part::text()),
            PartPlace::Header(name) => {
                let name = Text(name);
                quote!(rt::Part::header(#name))
            }
        });
        if !before.is_empty() {
            let before = Text(before);
            tokens.extend(quote!(.before(#before)));
        }
        if let Some(path) = lifetime {
            let path = path.iter().map(|step| Text(step));
            tokens.extend(quote!(.lifetime(&[#(#path),*])));
        }
    }
}
