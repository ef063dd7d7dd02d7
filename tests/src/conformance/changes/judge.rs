//! A judge of two crates: what the first shows and the second does not is lost.
//!
//! In: the files of both. Out: a verdict by cargo's reference of semantic versions, with the first reasons. Each crate becomes a set of
//! sentences about what can be named, in which types are named by their paths from the crate, however the code names them. A sentence
//! that is gone breaks callers; a new one does not, but for what makes a closed list longer.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, Visibility};

/// What was found.
pub(super) struct Judged {
    pub(super) verdict: &'static str,
    pub(super) why: String,
}

/// A crate as sentences, and its closed lists with what is in them.
#[derive(Default)]
struct Shown {
    sentences: BTreeSet<String>,
    closed: BTreeMap<String, BTreeSet<String>>,
}

/// Compares two crates.
pub(super) fn judge(old: &[(String, String)], new: &[(String, String)]) -> Judged {
    let (was, is) = (shown(old), shown(new));
    let lost: Vec<&String> = was.sentences.difference(&is.sentences).collect();
    let added: Vec<&String> = is.sentences.difference(&was.sentences).collect();
    let longer = was
        .closed
        .iter()
        .filter(|(name, list)| is.closed.get(*name).is_some_and(|now| !now.is_subset(list)));
    let longer: Vec<&String> = longer.map(|(name, _)| name).collect();
    let code = |files: &[(String, String)]| -> Vec<String> {
        let texts = files.iter().map(|(_, text)| text.clone());
        texts.collect()
    };
    let verdict = match (lost.is_empty() && longer.is_empty(), added.is_empty()) {
        (false, _) => "major",
        (true, false) => "minor",
        (true, true) if code(old) != code(new) => "patch",
        (true, true) => "none",
    };
    let few = |what: &str, found: &[&String]| {
        let found = found
            .iter()
            .take(4)
            .map(|sentence| format!("{what}: {sentence}\n"));
        found.collect::<String>()
    };
    Judged {
        verdict,
        why: few("lost", &lost) + &few("longer", &longer) + &few("added", &added),
    }
}

fn shown(files: &[(String, String)]) -> Shown {
    let mut shown = Shown::default();
    for (path, text) in files {
        let Some(path) = path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        let module: Vec<String> = path
            .split('/')
            .filter(|part| !["lib", "mod"].contains(part))
            .map(str::to_owned)
            .collect();
        let Ok(file) = syn::parse_file(text) else { continue };
        let mut reader = Reader {
            module: &module,
            own: own(&file.items),
            shown: &mut shown,
        };
        for item in &file.items {
            reader.item(item);
        }
    }
    shown
}

/// What a file defines.
fn own(items: &[Item]) -> BTreeSet<String> {
    let name = |item: &Item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Mod(item) => Some(item.ident.to_string()),
        _ => None,
    };
    items
        .iter()
        .filter_map(name)
        .chain(["Client".to_owned(), "ClientBuilder".to_owned()])
        .collect()
}

struct Reader<'r> {
    module: &'r [String],
    own: BTreeSet<String>,
    shown: &'r mut Shown,
}

impl Reader<'_> {
    fn say(&mut self, sentence: String) {
        self.shown.sentences.insert(sentence);
    }

    fn at(&self, name: &str) -> String {
        [self.module, &[name.to_owned()]].concat().join("::")
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Mod(item) if is_public(&item.vis) => self.say(format!(
                "there is the module {}",
                self.at(&item.ident.to_string())
            )),
            Item::Struct(item) if is_public(&item.vis) => self.strukt(item),
            Item::Enum(item) if is_public(&item.vis) => {
                let name = self.at(&item.ident.to_string());
                self.about(&name, &item.attrs);
                let mut variants = BTreeSet::new();
                for variant in &item.variants {
                    let held = self.resolved(variant.fields.to_token_stream());
                    self.say(format!("{name} has the variant {}{held}", variant.ident));
                    variants.insert(variant.ident.to_string());
                }
                self.close(name, &item.attrs, variants);
            }
            Item::Impl(item) => self.implementation(item),
            Item::Macro(item) => {
                // `rt::received!(Type { … })`: what the type is then.
                let kind = item
                    .mac
                    .path
                    .segments
                    .last()
                    .map(|last| last.ident.to_string())
                    .unwrap_or_default();
                let of = item
                    .mac
                    .tokens
                    .clone()
                    .into_iter()
                    .next()
                    .map(|token| token.to_string())
                    .unwrap_or_default();
                self.say(format!("{} is {kind}", self.at(&of)));
            }
            _ => {}
        }
    }

    fn strukt(&mut self, item: &syn::ItemStruct) {
        let name = self.at(&item.ident.to_string());
        self.about(&name, &item.attrs);
        let mut fields = BTreeSet::new();
        let mut all_public = matches!(item.fields, Fields::Named(_));
        for field in &item.fields {
            if !is_public(&field.vis) {
                all_public = false;
                continue;
            }
            let field_name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            let ty = self.resolved(field.ty.to_token_stream());
            self.say(format!("{name} has the field {field_name}: {ty}"));
            fields.insert(field_name);
        }
        if all_public {
            self.close(name, &item.attrs, fields);
        }
    }

    fn close(&mut self, name: String, attributes: &[Attribute], list: BTreeSet<String>) {
        if !attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("non_exhaustive"))
        {
            self.say(format!("{name} is closed"));
            self.shown.closed.insert(name, list);
        }
    }

    fn about(&mut self, name: &str, attributes: &[Attribute]) {
        self.say(format!("there is {name}"));
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("derive"))
        {
            let traits = attribute
                .meta
                .require_list()
                .map(|list| list.tokens.to_string())
                .unwrap_or_default();
            for name_of_trait in traits.split(',') {
                self.say(format!("{name} is {}", name_of_trait.trim()));
            }
        }
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let of = self.resolved(item.self_ty.to_token_stream()).replace("<'_>", "");
        for inner in &item.items {
            match (inner, &item.trait_) {
                (ImplItem::Fn(function), None) if is_public(&function.vis) && !is_hidden(&function.attrs) => {
                    let name = function.sig.ident.to_string();
                    let inputs: Vec<String> = function
                        .sig
                        .inputs
                        .iter()
                        .map(|input| match input {
                            syn::FnArg::Receiver(receiver) => receiver.to_token_stream().to_string(),
                            syn::FnArg::Typed(typed) => self.resolved(typed.ty.to_token_stream()),
                        })
                        .collect();
                    let output = self.resolved(function.sig.output.to_token_stream());
                    self.say(format!(
                        "{of} has the function {name}({}){output}",
                        inputs.join(", ")
                    ));
                }
                (ImplItem::Type(ty), Some(_)) => {
                    let given = self.resolved(ty.ty.to_token_stream());
                    self.say(format!("the {} of {of} is {given}", ty.ident));
                }
                _ => {}
            }
        }
    }

    /// Code with every path to what the crate defines written from the crate.
    fn resolved(&self, tokens: TokenStream) -> String {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut text = String::new();
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                        proc_macro2::Delimiter::Brace => ("{", "}"),
                        proc_macro2::Delimiter::Bracket => ("[", "]"),
                        proc_macro2::Delimiter::None => ("", ""),
                    };
                    text.extend([open, &self.resolved(group.stream()), close]);
                }
                TokenTree::Ident(ident) => {
                    let is_first = !text.ends_with("::");
                    let name = ident.to_string();
                    if is_first && name == "super" {
                        let mut above = self.module.len();
                        while tokens
                            .get(index)
                            .is_some_and(|token| token.to_string() == "super")
                        {
                            above = above.saturating_sub(1);
                            index += 3;
                        }
                        let rest = tokens.get(index).map(ToString::to_string).unwrap_or_default();
                        let module = self.module.get(..above).unwrap_or_default();
                        text.push_str(
                            &["crate", &module.join("::"), &rest]
                                .join("::")
                                .replace("::::", "::"),
                        );
                    } else if is_first && self.own.contains(&name) {
                        text.push_str(&["crate", &self.at(&name)].join("::"));
                    } else {
                        if text.ends_with(|c: char| c.is_alphanumeric()) {
                            text.push(' ');
                        }
                        text.push_str(&name);
                    }
                }
                TokenTree::Punct(punct) => text.push(punct.as_char()),
                TokenTree::Literal(literal) => text.push_str(&literal.to_string()),
            }
            index += 1;
        }
        text
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.to_token_stream().to_string().contains("hidden"))
}
