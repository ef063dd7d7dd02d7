//! A function, the type of its call with its setters, and what the runtime needs to know of it.
//!
//! In: a [`Call`]. Out: the chunks that belong to it, its types included, and the [`Function`] for its handle.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::tokens::GivesView;
use super::words::{Docs, Name, Text};
use super::{Chunk, Setting, pages, types};
use crate::rust::tree::{
    Call, Decode, Decoded, Failure, Fill, Input, InputTy, Output, Status, StatusEnum, StatusVariant, Style,
    StyledPlace,
};

/// Everything of a call but its function.
pub fn chunks(call: &Call) -> Vec<Chunk> {
    let (strukt, methods) = (strukt(call), runtime_methods(call));
    let mut chunks = if call.setters.is_empty() {
        vec![Chunk::plain(quote!(#strukt #methods))]
    } else {
        // In this order they are documented: its own setters first, then what every call has.
        vec![
            Chunk::plain(strukt),
            Chunk::methods(setters(call)),
            Chunk::plain(methods),
        ]
    };
    chunks.push(Chunk {
        tokens: operation(call),
        setting: Setting::Operation,
    });
    if let Some(paged) = &call.pages {
        chunks.extend(pages::chunks(&call.ty, paged));
    }
    if !call.gives.is_empty() {
        chunks.push(Chunk::plain(GivesView(call).to_token_stream()));
    }
    if let Output::Several(results) = &call.output {
        chunks.push(Chunk::plain(status_enum(results)));
    }
    if let Failure::Known(errors) = &call.failure {
        chunks.push(Chunk::plain(errors_enum(errors)));
    }
    for item in &call.types {
        let saved_by = (call.saved.as_ref() == Some(&item.ident)).then_some(&call.ty);
        chunks.extend(types::chunks(item, saved_by));
    }
    chunks
}

/// The function on a handle or on the client.
pub struct Function<'a> {
    /// Its call.
    pub call: &'a Call,
    /// The expression for the runtime's client.
    pub client: &'a TokenStream,
    /// Whether it takes `&self`.
    pub by_ref: bool,
}

impl ToTokens for Function<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { call, client, by_ref } = self;
        let (docs, function, ty) = (Docs(&call.docs), Name(&call.function), Name(&call.ty));
        let reference = by_ref.then(|| quote!(&));
        let args = call.args.iter().map(Argument);
        let fills = call.args.iter().map(FillCall);
        let deprecated = deprecated(call.deprecated);
        tokens.extend(quote! {
            #docs
            #deprecated
            #[inline]
            pub fn #function(#reference self #(, #args)*) -> #ty {
                #ty(rt::Call::new(#client) #(#fills)*)
            }
        });
    }
}

/// What warns a caller; nothing of ours calls it.
fn deprecated(is: bool) -> Option<TokenStream> {
    is.then(|| quote!(#[deprecated]))
}

fn strukt(call: &Call) -> TokenStream {
    let (docs, ty) = (Docs(&call.ty_docs), Name(&call.ty));
    quote! {
        #docs
        #[must_use = "a call does nothing until it is awaited"]
        pub struct #ty(rt::Call<Self>);
    }
}

fn runtime_methods(call: &Call) -> TokenStream {
    let ty = Name(&call.ty);
    let supers = (0..call.depth).map(|_| quote!(super::));
    quote! {
        rt::operation!(#ty, #(#supers)* Client);
    }
}

fn setters(call: &Call) -> TokenStream {
    let ty = Name(&call.ty);
    let setters = call.setters.iter().map(|setter| {
        let (docs, ident, arg, fill) = (
            Docs(&setter.docs),
            Name(&setter.ident),
            Argument(setter),
            FillCall(setter),
        );
        let deprecated = deprecated(setter.deprecated);
        quote! {
            #docs
            #deprecated
            #[inline]
            pub fn #ident(self, #arg) -> Self {
                Self(self.0 #fill)
            }
        }
    });
    quote! {
        impl #ty {
            #(#setters)*
        }
    }
}

/// `ttl: i64`
struct Argument<'a>(&'a Input);

impl ToTokens for Argument<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = Name(&self.0.ident);
        let ty = match &self.0.ty {
            InputTy::Display => quote!(impl ::core::fmt::Display),
            InputTy::Many => quote!(impl IntoIterator<Item = impl ::core::fmt::Display>),
            InputTy::Members => {
                let item = quote!((impl ::core::fmt::Display, impl ::core::fmt::Display));
                quote!(impl IntoIterator<Item = #item>)
            }
            InputTy::Plain(ty) => quote!(#ty),
            InputTy::Into(ty) => quote!(impl Into<#ty>),
            InputTy::Ref(ty) => quote!(&#ty),
            InputTy::Slice(ty) => quote!(&[#ty]),
            InputTy::Str => quote!(&str),
        };
        tokens.extend(quote!(#ident: #ty));
    }
}

/// `.set_query(1, ttl)`
struct FillCall<'a>(&'a Input);

impl ToTokens for FillCall<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = Name(&self.0.ident);
        let value = match &self.0.ty {
            InputTy::Into(_) => quote!(#ident.into()),
            InputTy::Plain(_) => match self.0.fill {
                Fill::Json | Fill::GraphQlVariables | Fill::Form => quote!(&#ident),
                Fill::Path(_) | Fill::Query(_) | Fill::QueryMany(_) | Fill::Styled(..) => quote!(#ident),
                Fill::Header(_) | Fill::Variable(_) => quote!(#ident),
                Fill::File | Fill::Text => quote!(#ident),
            },
            // One value with something before it is a list of one.
            InputTy::Display if matches!(self.0.fill, Fill::Styled(..)) => quote!([#ident]),
            InputTy::Display | InputTy::Many | InputTy::Members => quote!(#ident),
            InputTy::Ref(_) | InputTy::Slice(_) | InputTy::Str => quote!(#ident),
        };
        let index = |index: &usize| Literal::usize_unsuffixed(*index);
        tokens.extend(match &self.0.fill {
            Fill::Path(at) => {
                let at = index(at);
                quote!(.path(#at, #value))
            }
            Fill::Query(at) => {
                let at = index(at);
                quote!(.set_query(#at, #value))
            }
            Fill::QueryMany(at) => {
                let at = index(at);
                quote!(.set_queries(#at, #value))
            }
            Fill::Styled(place, at, style) => styled(*place, &index(at), style, &value),
            Fill::Header(at) => {
                let at = index(at);
                quote!(.set_header(#at, #value))
            }
            Fill::Variable(name) => {
                let name = Text(name);
                quote!(.set_variable(#name, #value))
            }
            Fill::Json => quote!(.json(#value)),
            Fill::Form => quote!(.form(#value)),
            Fill::GraphQlVariables => quote!(.graphql_variables(#value)),
            Fill::File => quote!(.file(#value)),
            Fill::Text => quote!(.text(#value)),
        });
    }
}

/// `.path_list(0, ".", ",", ids)`
fn styled(place: StyledPlace, at: &Literal, style: &Style, value: &TokenStream) -> TokenStream {
    let (lead, between) = (Text(&style.lead), Text(&style.between));
    let equals = style.equals.as_ref().map(|equals| Text(equals));
    match (place, equals) {
        (StyledPlace::Path, None) => quote!(.path_list(#at, #lead, #between, #value)),
        (StyledPlace::Path, Some(equals)) => {
            quote!(.path_members(#at, (#lead, #between, #equals), #value))
        }
        (StyledPlace::Header, None) => quote!(.header_list(#at, #value)),
        (StyledPlace::Header, Some(equals)) => quote!(.header_members(#at, #equals, #value)),
        (StyledPlace::Query, Some(after)) if style.between.is_empty() => {
            quote!(.each_member(#lead, #after, #value))
        }
        (StyledPlace::Query, Some(_)) => quote!(.query_members(#at, #value)),
        (StyledPlace::Query, None) => quote!(.set_queries(#at, #value)),
    }
}

/// The call as the runtime sees it.
fn operation(call: &Call) -> TokenStream {
    let (ty, spec) = (Name(&call.ty), &call.spec);
    let (output, decode_output) = match &call.output {
        Output::One(decoded) => (decoded.ty.to_token_stream(), decode(decoded)),
        Output::Several(results) => (Name(&results.ident).to_token_stream(), match_success(results)),
    };
    let (error, decode_error) = match &call.failure {
        Failure::Unexpected => (quote!(rt::Unexpected), quote!(answer.body())),
        Failure::Known(errors) => (Name(&errors.ident).to_token_stream(), match_failure(errors)),
    };
    quote! {
        impl rt::Operation for #ty {
            type Output = #output;
            type Error = #error;

            const SPEC: rt::Spec = #spec;

            #[inline]
            fn output(answer: rt::Answer) -> rt::Decoded<Self::Output> {
                #decode_output
            }

            #[inline]
            fn error(answer: rt::Answer) -> rt::Decoded<Self::Error> {
                #decode_error
            }
        }
    }
}

fn decode(decoded: &Decoded) -> TokenStream {
    match decoded.decode {
        Decode::Empty => quote!(answer.empty()),
        Decode::Json => quote!(answer.json()),
        Decode::JsonInString => quote!(answer.json_in_string()),
        Decode::Text => quote!(answer.text()),
        Decode::Bytes => quote!(answer.bytes()),
        Decode::Body => quote!(answer.body()),
    }
}

/// A success of a status that nobody spoke of is read as the first that somebody did.
fn match_success(results: &StatusEnum) -> TokenStream {
    let has_rest = speaks_of_all(results);
    // Where nothing else is said, a range is of all successes that have no type of their own.
    let is_range = |variant: &StatusVariant| matches!(variant.status, Status::Range(_));
    let range_is_rest = !has_rest && results.variants.iter().any(is_range);
    let speaks_of_all = has_rest || range_is_rest;
    let status = |variant: &StatusVariant| match variant.status {
        Status::Range(_) if range_is_rest => quote!(_),
        of => status(of),
    };
    let (first, others) = match results.variants.split_first() {
        Some((first, others)) if !speaks_of_all => (Some(arm(results, first)), others),
        Some(_) | None => (None, results.variants.as_slice()),
    };
    let arms = others
        .iter()
        .map(|variant| (status(variant), arm(results, variant)));
    let first = first.map(|decode| (quote!(_), decode));
    matched(arms.chain(first).collect())
}

fn match_failure(errors: &StatusEnum) -> TokenStream {
    let ident = Name(&errors.ident);
    let arms = errors
        .variants
        .iter()
        .map(|variant| (status(variant.status), arm(errors, variant)));
    let other = (quote!(_), quote!(answer.body().map(#ident::Unexpected)));
    matched(
        arms.chain(Some(other).filter(|_| !speaks_of_all(errors)))
            .collect(),
    )
}

fn speaks_of_all(statuses: &StatusEnum) -> bool {
    statuses
        .variants
        .iter()
        .any(|variant| variant.status == Status::Rest)
}

fn arm(statuses: &StatusEnum, variant: &StatusVariant) -> TokenStream {
    let (ident, variant, decode) = (
        Name(&statuses.ident),
        Name(&variant.ident),
        decode(&variant.decoded),
    );
    quote!(#decode.map(#ident::#variant))
}

/// One of these by the status; a single one, whatever that is.
fn matched(arms: Vec<(TokenStream, TokenStream)>) -> TokenStream {
    if let [(_, decode)] = arms.as_slice() {
        return decode.clone();
    }
    let arms = arms
        .into_iter()
        .map(|(status, decode)| quote!(#status => #decode,));
    quote! {
        match answer.status() {
            #(#arms)*
        }
    }
}

/// A range is a guard, as the statuses in it that have a type of their own come before it.
fn status(status: Status) -> TokenStream {
    match status {
        Status::Exact(status) => Literal::u16_unsuffixed(status).to_token_stream(),
        Status::Range(digit) => {
            let digit = Literal::u8_unsuffixed(digit);
            quote!(status if status / 100 == #digit)
        }
        Status::Rest => quote!(_),
    }
}

fn status_enum(results: &StatusEnum) -> TokenStream {
    let (docs, ident, variants) = (Docs(&results.docs), Name(&results.ident), variants(results));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
        }
    }
}

fn errors_enum(errors: &StatusEnum) -> TokenStream {
    let (docs, ident, variants) = (Docs(&errors.docs), Name(&errors.ident), variants(errors));
    let other = vec![format!("Any status that the {} does not show.", errors.source)];
    let other = Docs(&other);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            #other
            Unexpected(rt::Response<rt::Body>),
        }
        rt::api_error!(#ident);
    }
}

fn variants(status_enum: &StatusEnum) -> impl Iterator<Item = TokenStream> + '_ {
    status_enum.variants.iter().map(|variant| {
        let (docs, ident, ty) = (Docs(&variant.docs), Name(&variant.ident), &variant.decoded.ty);
        quote!(#docs #ident(#ty),)
    })
}
