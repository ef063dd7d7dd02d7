//! What the runtime needs to know of an operation that lists.
//!
//! In: a [`Paged`]. Out: its constant, the way from an answer to the list, and the methods of its call.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::words::{Name, Text};
use super::{Chunk, Setting};
use crate::rust::name::Ident;
use crate::rust::tree::{PageEntry, PageStyle, Paged, Pages, Step};

/// The parts of a file that belong to it.
pub fn chunks(call: &Ident, paged: &Paged) -> [Chunk; 2] {
    let (ty, item, paging, list) = (Name(call), &paged.item, Paging(&paged.paging), list(paged));
    [
        Chunk {
            tokens: quote! {
                impl rt::Lists for #ty {
                    type Item = #item;

                    const PAGING: rt::Paging = #paging;

                    #[inline]
                    fn items(page: Self::Output) -> Vec<#item> {
                        #list
                    }
                }
            },
            setting: Setting::Operation,
        },
        Chunk::plain(quote!(rt::lists!(#ty);)),
    ]
}

fn list(paged: &Paged) -> TokenStream {
    walk(quote!(page), false, &paged.way, paged.is_optional)
}

/// The rest of the way from an expression, which may be an option.
fn walk(from: TokenStream, optional: bool, way: &[Step], ends_optional: bool) -> TokenStream {
    let Some((step, rest)) = way.split_first() else {
        return if optional {
            quote!(#from.unwrap_or_default())
        } else {
            from
        };
    };
    let on = |from, optional| walk(from, optional, rest, ends_optional);
    let opened = |inner: TokenStream| quote!(match #from { Some(page) => #inner, None => Vec::new(), });
    match step {
        Step::Field(field) => {
            let field = Name(field);
            on(quote!(#from.#field), is_option(rest, ends_optional))
        }
        Step::Map(field) | Step::Then(field) => {
            let (field, is_option) = (Name(field), matches!(step, Step::Then(_)));
            if optional {
                opened(on(quote!(page.#field), is_option))
            } else {
                on(quote!(#from.#field), is_option)
            }
        }
        Step::MapUnbox if optional => opened(on(quote!((*page)), false)),
        Step::Unbox | Step::MapUnbox => on(quote!((*#from)), false),
        Step::Flatten => on(quote!(#from.flatten()), optional),
    }
}

/// Whether what the rest of a way begins with is an option.
fn is_option(rest: &[Step], ends_optional: bool) -> bool {
    match rest.first() {
        Some(Step::Map(_) | Step::Then(_) | Step::MapUnbox | Step::Flatten) => true,
        Some(Step::Field(_) | Step::Unbox) => false,
        None => ends_optional,
    }
}

struct Paging<'a>(&'a Pages);

impl ToTokens for Paging<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Pages {
            style,
            items,
            size,
            more,
            last,
            total,
            pages,
        } = self.0;
        tokens.extend(match style {
            PageStyle::Cursor { send, next } => {
                let (send, next) = (Entry(send), Way(next));
                quote!(rt::Paging::cursor(#send, #next))
            }
            PageStyle::Header { send, name } => {
                let (send, name) = (Entry(send), Text(name));
                quote!(rt::Paging::header(#send, #name))
            }
            PageStyle::Page { send, first: None } => {
                let send = Entry(send);
                quote!(rt::Paging::page(#send))
            }
            PageStyle::Page {
                send,
                first: Some(first),
            } => {
                let (send, first) = (Entry(send), Literal::u64_unsuffixed(*first));
                quote!(rt::Paging::page_from(#send, #first))
            }
            PageStyle::Offset { send, first } => {
                let (send, first) = (Entry(send), Literal::u64_unsuffixed(*first));
                quote!(rt::Paging::offset(#send, #first))
            }
            PageStyle::Url { next } => {
                let next = Way(next);
                quote!(rt::Paging::url(#next))
            }
            PageStyle::Link => quote!(rt::Paging::link()),
        });
        if !items.is_empty() {
            let items = Way(items);
            tokens.extend(quote!(.items(#items)));
        }
        if let Some(size) = size.as_ref().map(Entry) {
            tokens.extend(quote!(.size(#size)));
        }
        let signs = [
            (more, quote!(more)),
            (last, quote!(last)),
            (total, quote!(total)),
            (pages, quote!(pages)),
        ];
        for (way, method) in signs {
            if let Some(way) = way.as_deref().map(Way) {
                tokens.extend(quote!(.#method(#way)));
            }
        }
    }
}

struct Entry<'a>(&'a PageEntry);

impl ToTokens for Entry<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self.0 {
            PageEntry::Query(name) => {
                let name = Text(name);
                quote!(rt::PageEntry::Query(#name))
            }
            PageEntry::Body(way) => {
                let way = Way(way);
                quote!(rt::PageEntry::Body(#way))
            }
        });
    }
}

/// `&["data", "items"]`
struct Way<'a>(&'a [String]);

impl ToTokens for Way<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let keys = self.0.iter().map(|key| Text(key));
        tokens.extend(quote!(&[#(#keys),*]));
    }
}
