//! The root module's own items: the API's constant, the client, its builder, environments, re-exports.
//!
//! In: the root [`Module`] and its [`Client`]. Out: chunks.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::spec::Pair;
use super::tokens::{ServerView, TokenMethodView};
use super::words::{Docs, Maybe, Name, Text};
use super::{Chunk, call};
use crate::rust::tree::{Child, Client, Credential, Environment, Module, Reexport, Setting, Shown};

/// Lints that generated code may set off although nothing is wrong with it, each by name.
pub const LINTS: &[&str] = &[
    // In a program or a private module: nobody calls all of an API.
    "dead_code",
    "non_camel_case_types",
    "non_snake_case",
    "unused_imports",
    "clippy::disallowed_names",
    "clippy::doc_markdown",
    "clippy::enum_variant_names",
    "clippy::large_enum_variant",
    "clippy::missing_errors_doc",
    "clippy::module_inception",
    "clippy::module_name_repetitions",
    "clippy::must_use_candidate",
    "clippy::needless_pass_by_value",
    "clippy::new_ret_no_self",
    "clippy::result_large_err",
    "clippy::return_self_not_must_use",
    "clippy::self_named_constructors",
    "clippy::self_named_module_files",
    "clippy::should_implement_trait",
    "clippy::similar_names",
    "clippy::struct_field_names",
    "clippy::too_long_first_doc_paragraph",
    "clippy::too_many_arguments",
    "clippy::type_complexity",
    "clippy::unreadable_literal",
    "clippy::wrong_self_convention",
];

/// The generation of the runtime that generated code is for: versions that cargo takes for compatible are one.
const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION_MAJOR"),
    ".",
    env!("CARGO_PKG_VERSION_MINOR")
);

/// What stands in the root module before its calls.
pub fn chunks(module: &Module, client: &Client) -> Vec<Chunk> {
    let mut chunks: Vec<_> = client
        .reexports
        .iter()
        .map(|reexport| Chunk::plain(ReexportView(reexport)))
        .collect();
    chunks.push(Chunk::plain(api(client)));
    let oauth2 = client.oauth2.as_ref().map(ServerView);
    chunks.extend(oauth2.map(|server| Chunk::plain(server.to_token_stream())));
    chunks.push(Chunk::plain(quote!(rt::client!(#VERSION, API);)));
    chunks.extend(builder(client));
    if !module.children.is_empty() || !module.calls.is_empty() {
        chunks.push(Chunk::methods(methods(module)));
    }
    if !client.environments.is_empty() {
        chunks.extend(environments(&client.environments, client.source));
    }
    if client.replay {
        chunks.push(Chunk::plain(quote!(rt::replay!("replay.json");)));
    }
    chunks
}

struct ReexportView<'a>(&'a Reexport);

impl ToTokens for ReexportView<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (module, names) = (self.0.module.iter().map(Name), self.0.names.iter().map(Name));
        tokens.extend(quote! {
            #[doc(hidden)]
            pub use #(#module::)*{#(#names),*};
        });
    }
}

fn api(client: &Client) -> TokenStream {
    let name = Text(&client.api_name);
    let variables = client
        .variables
        .iter()
        .map(|(name, default)| Pair(name, Maybe(default.as_deref())));
    let secrets = client.secrets.iter().map(|secret| Text(secret));
    let secrets = (!client.secrets.is_empty()).then(|| quote!(.secrets(&[#(#secrets),*])));
    let variables = (!client.variables.is_empty()).then(|| quote!(.variables(&[#(#variables),*])));
    let setters = client
        .settings
        .iter()
        .map(|setting| setting.ident.to_string())
        .collect::<Vec<_>>();
    let setters = setters.iter().map(|setter| Text(setter));
    let setters = (!client.settings.is_empty()).then(|| quote!(.setters(&[#(#setters),*])));
    let call_variables = match client.call_variables.as_deref() {
        Some([]) => None,
        Some(names) => {
            let names = names.iter().map(|name| Text(name));
            Some(quote!(.call_variables(&[#(#names),*])))
        }
        None => Some(quote!(.any_variables())),
    };
    let hosts = client.hosts.iter().map(|host| Text(host));
    let hosts = (!client.hosts.is_empty()).then(|| quote!(.hosts(&[#(#hosts),*])));
    let required = client.required.iter().map(|name| Text(name));
    let required = (!client.required.is_empty()).then(|| quote!(.required(&[#(#required),*])));
    let statuses = client
        .retry_statuses
        .iter()
        .map(|status| Literal::u16_unsuffixed(*status));
    let statuses = (!client.retry_statuses.is_empty()).then(|| quote!(.retry_statuses(&[#(#statuses),*])));
    let needs = client.needs.iter().map(|feature| Text(feature));
    let needs = (!client.needs.is_empty()).then(|| quote!(.needs(&[#(#needs),*])));
    let docs = vec![format!("What the {} says of the API as a whole.", client.source)];
    let docs = Docs(&docs);
    quote! {
        #docs
        const API: rt::Api = rt::Api::new(#name) #variables #setters #call_variables #hosts #secrets #required #statuses #needs;
    }
}

/// The builder's methods for settings, credentials and environments.
fn builder(client: &Client) -> Option<Chunk> {
    let settings = client.settings.iter().map(SettingView);
    let credentials = client.credentials.iter().map(CredentialView);
    let tokens = client.tokens.iter().map(TokenMethodView);
    let environment = (!client.environments.is_empty()).then(|| {
        quote! {
            /// Takes the settings of an environment; those set afterwards win.
            #[inline]
            pub fn environment(self, environment: Environment) -> Self {
                self.variables(environment.values())
            }
        }
    });
    let empty = client.settings.is_empty()
        && client.credentials.is_empty()
        && client.tokens.is_empty()
        && environment.is_none();
    let methods = quote! {
        impl ClientBuilder {
            #(#settings)*
            #(#credentials)*
            #(#tokens)*
            #environment
        }
    };
    (!empty).then(|| Chunk::methods(methods))
}

struct SettingView<'a>(&'a Setting);

impl ToTokens for SettingView<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (docs, ident, variable) = (Docs(&self.0.docs), Name(&self.0.ident), Text(&self.0.variable));
        let hidden = match self.0.shown {
            Shown::First | Shown::Listed => None,
            Shown::Hidden => Some(quote!(#[doc(hidden)])),
        };
        tokens.extend(quote! {
            #docs
            #hidden
            #[inline]
            pub fn #ident(self, #ident: impl Into<String>) -> Self {
                self.variable(#variable, #ident)
            }
        });
    }
}

struct CredentialView<'a>(&'a Credential);

impl ToTokens for CredentialView<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (docs, ident, constructor) = (Docs(&self.0.docs), Name(&self.0.ident), Name(&self.0.constructor));
        let args: Vec<_> = self.0.args.iter().map(Name).collect();
        tokens.extend(quote! {
            #docs
            #[inline]
            pub fn #ident(self #(, #args: impl Into<String>)*) -> Self {
                self.credential(rt::Credential::#constructor(#(#args),*))
            }
        });
    }
}

/// The client's handles and functions.
fn methods(module: &Module) -> TokenStream {
    let handles = module.children.iter().map(handle_method);
    let client = quote!(self.inner());
    let functions = module.calls.iter().map(|call| call::Function {
        call,
        client: &client,
        by_ref: true,
    });
    quote! {
        impl Client {
            #(#handles)*
            #(#functions)*
        }
    }
}

fn handle_method(child: &Child) -> TokenStream {
    let handle = &child.handle;
    let docs = Docs(&handle.function_docs);
    let (function, ident, module) = (Name(&handle.function), Name(&handle.ident), Name(&child.ident));
    quote! {
        #docs
        #[inline]
        pub fn #function(&self) -> #module::#ident<'_> {
            #module::#ident(self.inner())
        }
    }
}

fn environments(environments: &[Environment], source: &str) -> Vec<Chunk> {
    let variants = environments.iter().map(|environment| {
        let (docs, ident) = (Docs(&environment.docs), Name(&environment.ident));
        quote!(#docs #ident,)
    });
    let arms = environments.iter().map(|environment| {
        let ident = Name(&environment.ident);
        let values = environment
            .values
            .iter()
            .map(|(name, value)| Pair(name, Text(value)));
        quote!(Self::#ident => &[#(#values),*],)
    });
    let docs = vec![format!("Sets of settings that come with the {source}.")];
    let docs = Docs(&docs);
    let definition = quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Environment {
            #(#variants)*
        }
    };
    let values = quote! {
        impl Environment {
            /// Its settings, by variable.
            pub fn values(self) -> &'static [(&'static str, &'static str)] {
                match self {
                    #(#arms)*
                }
            }
        }
    };
    vec![Chunk::plain(definition), Chunk::plain(values)]
}
