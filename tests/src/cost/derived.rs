//! The twin of a generated crate whose received types are decoded by serde's derive.
//!
//! In: generated files. Out: the same files, with `#[derive(Deserialize)]` and the keys as attributes in place of
//! each `received!` table. Nothing else differs, so that only the decoding is compared.

use std::collections::BTreeMap;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Item, parse_quote};

use crate::press::Pressed;

/// Replaces every `received!` of the files by a derive.
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

/// Keys by field, by type.
type Tables = BTreeMap<String, BTreeMap<String, String>>;

fn rewrite(file: &mut syn::File) -> Result<(), String> {
    let mut tables = Tables::new();
    for item in &file.items {
        if let Some(tokens) = received(item) {
            let (name, keys) = table(tokens)?;
            tables.insert(name, keys);
        }
    }
    file.items.retain(|item| received(item).is_none());
    for item in &mut file.items {
        if let Item::Struct(strukt) = item
            && let Some(keys) = tables.get(&strukt.ident.to_string())
        {
            strukt.attrs.push(parse_quote!(#[derive(::serde::Deserialize)]));
            strukt.attrs.push(parse_quote!(#[serde(default)]));
            for field in &mut strukt.fields {
                let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                let key = keys.get(&name).ok_or_else(|| format!("no key for {name}"))?;
                field.attrs.push(parse_quote!(#[serde(rename = #key)]));
            }
        }
    }
    for name in tables.keys() {
        let ty = format_ident!("{name}");
        file.items
            .push(syn::parse2(decode(&ty)).map_err(|error| error.to_string())?);
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

fn received(item: &Item) -> Option<&TokenStream> {
    let Item::Macro(call) = item else { return None };
    let name = call.mac.path.segments.last()?;
    (name.ident == "received").then_some(&call.mac.tokens)
}

/// `T { 0 field "key", 1 list(other) "key" }` → `T`, and keys by field.
fn table(tokens: &TokenStream) -> Result<(String, BTreeMap<String, String>), String> {
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
