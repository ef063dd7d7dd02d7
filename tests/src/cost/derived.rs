//! The twin of a generated crate whose types are received and sent by serde's derive.
//!
//! In: generated files. Out: the same files, with derives and the keys as attributes in place of each `received!` and
//! `sent!` table. Nothing else differs, so that only those are compared.

use std::collections::BTreeMap;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Item, parse_quote};

use crate::press::Pressed;

/// Replaces every table of the files by derives.
pub(super) fn with_derive(pressed: &Pressed) -> Result<Pressed, String> {
    let mut derived = pressed.clone();
    let rust =
        |(path, _): &&mut (String, String)| Path::new(path).extension().is_some_and(|kind| kind == "rs");
    for (path, text) in derived.files.iter_mut().filter(rust) {
        let mut file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
        rewrite(&mut file)?;
        *text = prettyplease::unparse(&file);
    }
    Ok(derived)
}

/// What is said of a type: keys by field, and in which directions it goes.
#[derive(Default)]
struct Table {
    keys: BTreeMap<String, String>,
    received: bool,
    sent: bool,
}

fn rewrite(file: &mut syn::File) -> Result<(), String> {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for item in &file.items {
        if let Some((tokens, received)) = table_of(item) {
            let (name, keys) = read(tokens)?;
            let table = tables.entry(name).or_default();
            table.keys = keys;
            table.received |= received;
            table.sent |= !received;
        }
    }
    file.items.retain(|item| table_of(item).is_none());
    for item in &mut file.items {
        if let Item::Struct(strukt) = item
            && let Some(table) = tables.get(&strukt.ident.to_string())
        {
            derive(strukt, table)?;
        }
    }
    for (name, _) in tables.iter().filter(|(_, table)| table.received) {
        let ty = format_ident!("{name}");
        file.items
            .push(syn::parse2(decode(&ty)).map_err(|error| error.to_string())?);
    }
    Ok(())
}

fn derive(strukt: &mut syn::ItemStruct, table: &Table) -> Result<(), String> {
    if table.received {
        // What else the table gives.
        strukt
            .attrs
            .push(parse_quote!(#[derive(Clone, Debug, PartialEq)]));
        strukt.attrs.push(parse_quote!(#[derive(::serde::Deserialize)]));
        strukt.attrs.push(parse_quote!(#[serde(default)]));
    }
    if table.sent {
        strukt.attrs.push(parse_quote!(#[derive(::serde::Serialize)]));
    }
    for field in &mut strukt.fields {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        let key = table
            .keys
            .get(&name)
            .ok_or_else(|| format!("no key for {name}"))?;
        field.attrs.push(parse_quote!(#[serde(rename = #key)]));
        let ty = field.ty.to_token_stream().to_string();
        if table.sent && ty.starts_with("Option") {
            field
                .attrs
                .push(parse_quote!(#[serde(skip_serializing_if = "Option::is_none")]));
        } else if table.sent && ty.starts_with("Vec") {
            field
                .attrs
                .push(parse_quote!(#[serde(skip_serializing_if = "Vec::is_empty")]));
        }
    }
    Ok(())
}

fn decode(ty: &impl ToTokens) -> TokenStream {
    quote! {
        impl ::letterpress_runtime::codegen::Decode for #ty {
            #[inline]
            fn decode<'de, D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::serde::Deserialize::deserialize(deserializer)
            }
        }
    }
}

/// The table of a `received!` or `sent!`, and whether it is the former.
fn table_of(item: &Item) -> Option<(&TokenStream, bool)> {
    let Item::Macro(call) = item else { return None };
    let name = &call.mac.path.segments.last()?.ident;
    (name == "received" || name == "sent").then_some((&call.mac.tokens, name == "received"))
}

/// `T { 0 field "key", 1 list(other) "key" }` → `T`, and keys by field.
fn read(tokens: &TokenStream) -> Result<(String, BTreeMap<String, String>), String> {
    let mut tokens = tokens.clone().into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(fields))) = (tokens.next(), tokens.next())
    else {
        return Err("a table of received! is not as expected".to_owned());
    };
    let mut keys = BTreeMap::new();
    let mut field = String::new();
    for token in fields.stream() {
        match token {
            TokenTree::Ident(ident) => field = ident.to_string(),
            TokenTree::Group(group) => field = group.stream().to_string(),
            TokenTree::Literal(literal) => {
                if let Ok(key) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    keys.insert(std::mem::take(&mut field), key.value());
                }
            }
            TokenTree::Punct(_) => {}
        }
    }
    Ok((name.to_string(), keys))
}
