//! The constant that holds what the collection says of a request.
//!
//! In: a [`Spec`]. Out: the chain of the runtime's `const fn` builders, without the parts that say nothing.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::words::{Maybe, Text, own};
use crate::rust::spec::{Behavior, Body, Entry, Field, FieldValue, Redirects, Scheme, Security, Sent, Spec};

impl ToTokens for Spec {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (method, url, name) = (&self.method, Text(&self.url), Text(&self.name));
        tokens.extend(quote!(rt::Spec::new(#method, #url).name(#name)));
        if !self.path.is_empty() {
            let path = self
                .path
                .iter()
                .map(|(name, saved)| Pair(name, Maybe(saved.as_deref())));
            tokens.extend(quote!(.path(&[#(#path),*])));
        }
        let (query, headers, body) = (&self.query, &self.headers, &self.body);
        if !query.is_empty() {
            tokens.extend(quote!(.query(&[#(#query),*])));
        }
        if self.bare_question_mark {
            tokens.extend(quote!(.bare_question_mark()));
        }
        if !headers.is_empty() {
            tokens.extend(quote!(.headers(&[#(#headers),*])));
        }
        match body {
            Body::None => {}
            body => tokens.extend(quote!(.body(#body))),
        }
        if !self.fills.is_empty() {
            let fills = self
                .fills
                .iter()
                .map(|(field, variable)| Pair(field, Text(variable)));
            tokens.extend(quote!(.fills(&[#(#fills),*])));
        }
        self.security.to_tokens(tokens);
        self.idempotent
            .iter()
            .for_each(|is| tokens.extend(quote!(.idempotent(#is))));
        self.behavior
            .iter()
            .for_each(|behavior| tokens.extend(quote!(.behavior(#behavior))));
    }
}

impl ToTokens for Security {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            alternatives,
            anonymous,
        } = self;
        let sets: Vec<&[Scheme]> = alternatives.iter().map(Vec::as_slice).collect();
        match (sets.as_slice(), anonymous) {
            ([], _) => {}
            ([[scheme]], false) => tokens.extend(quote!(.auth(#scheme))),
            (sets, _) => {
                let sets = sets.iter().map(|set| quote!(&[#(rt::AuthSpec::new(#set)),*]));
                let otherwise = own(if *anonymous { "Anonymous" } else { "Refused" });
                tokens.extend(quote!(.any_auth(&[#(#sets),*], rt::Otherwise::#otherwise)));
            }
        }
    }
}

impl ToTokens for Scheme {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let name = own(self.name);
        let params = self.params.iter().map(|(name, value)| Pair(name, Text(value)));
        tokens.extend(quote!(rt::AuthKind::#name, &[#(#params),*]));
    }
}

/// `("userId", …)`
pub struct Pair<'a, T>(pub &'a str, pub T);

impl<T: ToTokens> ToTokens for Pair<'_, T> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (name, value) = (Text(self.0), &self.1);
        tokens.extend(quote!((#name, #value)));
    }
}

impl ToTokens for Entry {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (short, variant) = match self.sent {
            Sent::Always => ("always", "Always"),
            Sent::Saved => ("saved", "Saved"),
            Sent::Fresh => ("fresh", "Fresh"),
            Sent::WhenSet => ("when_set", "WhenSet"),
            Sent::WhenGiven => ("when_given", "WhenGiven"),
        };
        let (short, variant) = (own(short), own(variant));
        let joined = self.joined.map(|between| {
            let between = Text(between);
            quote!(.joined(#between))
        });
        tokens.extend(match (&self.key, &self.value) {
            (Some(key), Some(value)) => {
                let (key, value) = (Text(key), Text(value));
                quote!(rt::Entry::#short(#key, #value) #joined)
            }
            (key, value) => {
                let (key, value) = (Maybe(key.as_deref()), Maybe(value.as_deref()));
                quote!(rt::Entry::new(#key, #value, rt::Sent::#variant) #joined)
            }
        });
    }
}

impl ToTokens for Body {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let body = match self {
            Self::None => quote!(None),
            Self::Raw {
                text,
                language,
                strip_comments,
                json,
            } => {
                let (text, language) = (Text(text), own(language));
                quote!(Raw {
                    text: #text,
                    language: rt::Language::#language,
                    strip_comments: #strip_comments,
                    json: #json,
                })
            }
            Self::UrlEncoded(fields) => quote!(UrlEncoded(&[#(#fields),*])),
            Self::FormData(fields) => quote!(FormData(&[#(#fields),*])),
            Self::File { src, content } => {
                let (src, content) = (Maybe(src.as_deref()), Maybe(content.as_deref()));
                quote!(File { src: #src, content: #content })
            }
            Self::GraphQl {
                query,
                operation_name,
                variables,
                saved_text,
            } => {
                let [query, operation_name, variables, saved_text] =
                    [query, operation_name, variables, saved_text].map(|text| Maybe(text.as_deref()));
                quote!(GraphQl {
                    query: #query,
                    operation_name: #operation_name,
                    variables: #variables,
                    saved_text: #saved_text,
                })
            }
        };
        tokens.extend(quote!(rt::BodySpec::#body));
    }
}

impl ToTokens for Field {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            key,
            value,
            content_type,
            disabled,
        } = self;
        tokens.extend(match (key, value) {
            (Some(key), FieldValue::Text(text)) => {
                let (key, text) = (Text(key), Text(text));
                quote!(rt::FieldSpec::text(#key, #text))
            }
            (Some(key), FieldValue::Files(src, None)) => {
                let (key, src) = (Text(key), src.iter().map(|src| Text(src)));
                quote!(rt::FieldSpec::files(#key, &[#(#src),*]))
            }
            (key, value) => {
                let key = Maybe(key.as_deref());
                quote!(rt::FieldSpec::new(#key, #value))
            }
        });
        if let Some(content_type) = content_type {
            let content_type = Text(content_type);
            tokens.extend(quote!(.content_type(#content_type)));
        }
        if *disabled {
            tokens.extend(quote!(.disabled()));
        }
    }
}

impl ToTokens for FieldValue {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let value = match self {
            Self::Text(text) => {
                let text = Text(text);
                quote!(Text(#text))
            }
            Self::Files(src, file_name) => {
                let (src, file_name) = (src.iter().map(|src| Text(src)), Maybe(file_name.as_deref()));
                quote!(Files(&[#(#src),*], #file_name))
            }
            Self::Inline(base64, file_name) => {
                let (base64, file_name) = (Text(base64), Maybe(file_name.as_deref()));
                quote!(Inline(#base64, #file_name))
            }
        };
        tokens.extend(quote!(rt::FieldValue::#value));
    }
}

impl ToTokens for Behavior {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            keep_body,
            raw_url,
            omitted_headers,
            redirects,
        } = self;
        let omitted_headers = omitted_headers.iter().map(|header| Text(header));
        let redirects = match redirects {
            Some(redirects) => quote!(redirects: #redirects,),
            None => quote!(..rt::Behavior::NONE),
        };
        tokens.extend(quote!(rt::Behavior {
            keep_body: #keep_body,
            raw_url: #raw_url,
            omitted_headers: &[#(#omitted_headers),*],
            #redirects
        }));
    }
}

impl ToTokens for Redirects {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            most,
            keep_method,
            keep_authorization,
            drop_referer,
        } = *self;
        let most = match most {
            Some(most) => quote!(Some(#most)),
            None => quote!(None),
        };
        tokens.extend(quote!(rt::Redirects {
            most: #most,
            keep_method: #keep_method,
            keep_authorization: #keep_authorization,
            drop_referer: #drop_referer,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(name: &'static str) -> Scheme {
        Scheme {
            name,
            params: Vec::new(),
        }
    }

    fn printed(alternatives: Vec<Vec<Scheme>>, anonymous: bool) -> String {
        let security = Security {
            alternatives,
            anonymous,
        };
        security.to_token_stream().to_string().replace(' ', "")
    }

    #[test]
    fn several_ways_to_prove_who_calls_are_all_said() {
        assert_eq!(printed(Vec::new(), true), "");
        let basic = || vec![scheme("Basic")];
        assert_eq!(printed(vec![basic()], false), ".auth(rt::AuthKind::Basic,&[])");
        assert_eq!(
            printed(vec![basic(), vec![scheme("Bearer"), scheme("ApiKey")]], true),
            ".any_auth(&[&[rt::AuthSpec::new(rt::AuthKind::Basic,&[])],\
            &[rt::AuthSpec::new(rt::AuthKind::Bearer,&[]),rt::AuthSpec::new(rt::AuthKind::ApiKey,&[])]],\
            rt::Otherwise::Anonymous)"
        );
    }
}
