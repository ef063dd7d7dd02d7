//! What a generated crate shows to those who use it.
//!
//! In: its files. Out: a line for each thing that somebody may name, with what it is: a type, a field, a function with what it takes and
//! gives. Names of arguments, documentation and bodies are no part of it.

use std::collections::BTreeMap;

use letterpress::output::File;
use quote::ToTokens;
use syn::{Attribute, Fields, FnArg, ImplItem, Item, ReturnType, Visibility};

/// A kind of thing that can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Module,
    Type,
    /// That a type can be made by writing its fields, or matched without a rest.
    Exhaustive,
    Field,
    Variant,
    Function,
    /// What a call gives.
    Output,
    /// Something that is implemented.
    Trait,
    /// What is sent; nobody can name it.
    Request,
}

/// All of it, by kind and path.
pub(super) type Surface = BTreeMap<(Kind, String), String>;

/// The surface of a crate.
pub(super) fn of(files: &[File]) -> Surface {
    let mut surface = Surface::new();
    for file in files {
        let path = file
            .path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"));
        let (Some(path), Ok(parsed)) = (path, syn::parse_file(&file.text)) else {
            continue;
        };
        let module = path.trim_end_matches("mod").trim_end_matches('/');
        let module = if module == "lib" { "" } else { module };
        let module = module.replace('/', "::");
        for item in &parsed.items {
            add(&mut surface, &module, item);
        }
    }
    surface
}

fn add(surface: &mut Surface, module: &str, item: &Item) {
    let at = |name: &str| {
        if module.is_empty() {
            name.to_owned()
        } else {
            format!("{module}::{name}")
        }
    };
    let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    match item {
        Item::Mod(inner) if is_public(&inner.vis) => {
            surface.insert((Kind::Module, at(&inner.ident.to_string())), String::new());
        }
        Item::Struct(strukt) if is_public(&strukt.vis) => {
            let path = at(&strukt.ident.to_string());
            let open = has(&strukt.attrs, "non_exhaustive");
            let mut all_public = true;
            if let Fields::Named(fields) = &strukt.fields {
                for field in &fields.named {
                    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                    all_public &= is_public(&field.vis);
                    surface.insert((Kind::Field, format!("{path}.{name}")), tokens(&field.ty));
                }
                if !open && all_public {
                    surface.insert((Kind::Exhaustive, path.clone()), String::new());
                }
            }
            derives(surface, &path, &strukt.attrs);
            surface.insert((Kind::Type, path), "struct".to_owned());
        }
        Item::Enum(choice) if is_public(&choice.vis) => {
            let path = at(&choice.ident.to_string());
            for variant in &choice.variants {
                let held = tokens(&variant.fields);
                surface.insert((Kind::Variant, format!("{path}::{}", variant.ident)), held);
            }
            if !has(&choice.attrs, "non_exhaustive") {
                surface.insert((Kind::Exhaustive, path.clone()), String::new());
            }
            derives(surface, &path, &choice.attrs);
            surface.insert((Kind::Type, path), "enum".to_owned());
        }
        Item::Fn(function) if is_public(&function.vis) => {
            let path = at(&function.sig.ident.to_string());
            surface.insert((Kind::Function, path), signature(&function.sig));
        }
        Item::Impl(block) => {
            implementation(surface, &at(&tokens(&*block.self_ty).replace("<'_>", "")), block);
        }
        // What the runtime's macros implement; the second word is the type where the first is its call.
        Item::Macro(call) => {
            let name = call
                .mac
                .path
                .segments
                .last()
                .map(|last| last.ident.to_string())
                .unwrap_or_default();
            let mut words = call.mac.tokens.clone().into_iter().map(|token| token.to_string());
            if let Some(of) = words
                .next()
                .filter(|_| !["client", "operation"].contains(&name.as_str()))
            {
                surface.insert((Kind::Trait, format!("{name} of {}", at(&of))), String::new());
            }
        }
        _ => {}
    }
}

fn implementation(surface: &mut Surface, path: &str, block: &syn::ItemImpl) {
    let is_operation = block
        .trait_
        .as_ref()
        .and_then(|(name, _)| name.segments.last())
        .is_some_and(|last| last.ident == "Operation");
    for item in &block.items {
        match item {
            ImplItem::Fn(function) if is_hidden(&function.attrs) => {}
            ImplItem::Fn(function)
                if block.trait_.is_none() && matches!(function.vis, Visibility::Public(_)) =>
            {
                let key = format!("{path}::{}", function.sig.ident);
                surface.insert((Kind::Function, key), signature(&function.sig));
            }
            ImplItem::Type(ty) if is_operation => {
                let key = format!("{path}::{}", ty.ident);
                surface.insert((Kind::Output, key), tokens(&ty.ty));
            }
            ImplItem::Const(constant) if is_operation => {
                surface.insert((Kind::Request, path.to_owned()), tokens(&constant.expr));
            }
            _ => {}
        }
    }
}

fn derives(surface: &mut Surface, path: &str, attributes: &[Attribute]) {
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        let _ = attribute.parse_nested_meta(|meta| {
            surface.insert(
                (Kind::Trait, format!("{} of {path}", tokens(&meta.path))),
                String::new(),
            );
            Ok(())
        });
    }
}

/// What a function takes and gives, without the names of its arguments.
fn signature(signature: &syn::Signature) -> String {
    let inputs = signature.inputs.iter().map(|input| match input {
        FnArg::Receiver(receiver) => tokens(receiver),
        FnArg::Typed(typed) => tokens(&typed.ty),
    });
    let output = match &signature.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, ty) => format!(" -> {}", tokens(ty)),
    };
    format!("({}){output}", inputs.collect::<Vec<_>>().join(", "))
}

/// Whether it is there for generated code alone: `#[doc(hidden)]`.
fn is_hidden(attributes: &[Attribute]) -> bool {
    let mut docs = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"));
    docs.any(|attribute| tokens(&attribute.meta).contains("hidden"))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// As it is written, without spaces that nobody would write.
fn tokens(of: &impl ToTokens) -> String {
    let mut text = of.to_token_stream().to_string();
    for (spaced, plain) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        ("( ", "("),
        (" )", ")"),
    ] {
        text = text.replace(spaced, plain);
    }
    text
}
