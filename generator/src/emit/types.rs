//! Structs and open enums, each with the table that its codec reads.
//!
//! In: a [`TypeItem`]. Out: a plain item that users can read, and one macro line with keys or texts: no serde
//! derive, whose cost every user of a generated crate would pay.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::Chunk;
use super::words::{Docs, Name, Text, own};
use crate::rust::name::Ident;
use crate::rust::types::{
    Alternative, Codec, Field, FormStyle, JsonKind, Marker, Struct, Ty, TypeItem, TypeItemKind, Union,
    Variant,
};

/// A type's definition and its codecs; `saved_by` is the call whose saved body it is.
pub fn chunks(item: &TypeItem, saved_by: Option<&Ident>) -> Vec<Chunk> {
    let definition = match &item.kind {
        TypeItemKind::Struct(strukt) => struct_tokens(item, strukt, saved_by),
        TypeItemKind::OpenEnum(variants) => enum_tokens(item, variants),
        TypeItemKind::Union(union) => union_tokens(item, union),
    };
    vec![Chunk::plain(definition)]
}

fn struct_tokens(item: &TypeItem, strukt: &Struct, saved_by: Option<&Ident>) -> TokenStream {
    let (ident, docs) = (Name(&item.ident), Docs(&item.docs));
    let derives = strukt.derives.iter().map(|derive| own(derive));
    let non_exhaustive = strukt.non_exhaustive.then(|| quote!(#[non_exhaustive]));
    let fields = strukt.fields.iter().map(FieldDefinition);
    let codecs = strukt.codecs.iter().map(|codec| {
        let macro_name = own(codec_macro(*codec));
        let required = required(*codec, strukt);
        let rows = rows(strukt);
        let with = rest(strukt).filter(|_| *codec != Codec::Form).map(|field| {
            let field = Name(&field.ident);
            quote!(with #field)
        });
        quote!(rt::#macro_name!(#ident #with #required { #(#rows),* });)
    });
    let saved = saved_by.map(|call| {
        let (call, rows) = (Name(call), rows(strukt));
        if strukt.codecs.contains(&Codec::Form) {
            quote!(rt::saved_form!(#call, #ident { #(#rows),* });)
        } else {
            quote!(rt::saved_json!(#call, #ident);)
        }
    });
    let constructor = strukt.is_constructed.then(|| constructor(ident, strukt));
    quote! {
        #docs
        #[derive(#(#derives),*)]
        #non_exhaustive
        pub struct #ident {
            #(#fields)*
        }
        #constructor
        #(#codecs)*
        #saved
    }
}

/// `pub fn new(id: i64, name: impl Into<String>) -> Self`, with all else left out.
fn constructor(ident: Name<'_>, strukt: &Struct) -> TokenStream {
    let args = strukt
        .fields
        .iter()
        .filter(|field| is_required(field))
        .map(|field| {
            let (ident, ty) = (Name(&field.ident), &field.ty);
            match ty {
                // What is boxed only for its size is given as it is.
                Ty::String | Ty::Boxed(_) => quote!(#ident: impl Into<#ty>),
                ty => quote!(#ident: #ty),
            }
        });
    let values = strukt.fields.iter().map(|field| {
        let ident = Name(&field.ident);
        match (is_required(field), &field.ty) {
            (true, Ty::String | Ty::Boxed(_)) => quote!(#ident: #ident.into(),),
            (true, _) => quote!(#ident,),
            (false, Ty::List(_)) => quote!(#ident: Vec::new(),),
            (false, Ty::Map(_)) => quote!(#ident: ::std::collections::BTreeMap::new(),),
            (false, _) => quote!(#ident: None,),
        }
    });
    quote! {
        impl #ident {
            /// What must be given; nothing else is set.
            pub fn new(#(#args),*) -> Self {
                Self { #(#values)* }
            }
        }
    }
}

fn is_required(field: &Field) -> bool {
    match field.marker {
        Marker::Required | Marker::RequiredPlain => true,
        Marker::File => !matches!(field.ty, Ty::Option(_)),
        Marker::Field | Marker::List | Marker::Plain | Marker::Rest => false,
    }
}

/// The table of a struct's fields.
fn rows(strukt: &Struct) -> impl Iterator<Item = Row<'_>> {
    strukt
        .fields
        .iter()
        .filter(|field| field.marker != Marker::Rest)
        .enumerate()
        .map(|(index, field)| Row { index, field })
}

/// The field that keeps members of other names.
fn rest(strukt: &Struct) -> Option<&Field> {
    strukt.fields.iter().find(|field| field.marker == Marker::Rest)
}

/// The keys without which nothing is received.
fn required(codec: Codec, strukt: &Struct) -> Option<TokenStream> {
    let mut keys = strukt
        .fields
        .iter()
        .filter(|field| is_required(field) && field.marker != Marker::File)
        .map(|field| Text(&field.key))
        .peekable();
    if rest(strukt).is_none() {
        keys.peek()?;
    }
    match codec {
        Codec::Received => Some(quote!(requires [#(#keys),*])),
        Codec::Sent | Codec::Form => None,
    }
}

fn codec_macro(codec: Codec) -> &'static str {
    match codec {
        Codec::Received => "received",
        Codec::Sent => "sent",
        Codec::Form => "form",
    }
}

/// `pub token: Option<String>,`
struct FieldDefinition<'a>(&'a Field);

impl ToTokens for FieldDefinition<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (docs, ident, ty) = (Docs(&self.0.docs), Name(&self.0.ident), &self.0.ty);
        tokens.extend(quote!(#docs pub #ident: #ty,));
    }
}

/// `0 token "token"`
struct Row<'a> {
    index: usize,
    field: &'a Field,
}

impl ToTokens for Row<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let index = Literal::usize_unsuffixed(self.index);
        let (ident, key) = (Name(&self.field.ident), Text(&self.field.key));
        if let Some(style) = self.field.in_form {
            let style = match style {
                FormStyle::Json => quote!(Json),
                FormStyle::Deep => quote!(Deep),
                FormStyle::Members => quote!(Members),
                FormStyle::Joined(between) => {
                    let between = Text(between);
                    quote!(Joined(#between))
                }
            };
            tokens.extend(quote!(#index styled(#ident, rt::FormStyle::#style) #key));
            return;
        }
        let field = match self.field.marker {
            Marker::Field => quote!(#ident),
            Marker::List => quote!(list(#ident)),
            Marker::File => quote!(file(#ident)),
            Marker::Required => quote!(required(#ident)),
            Marker::Plain => quote!(plain(#ident)),
            Marker::RequiredPlain => quote!(required_plain(#ident)),
            // It has no key, and is told before the table.
            Marker::Rest => TokenStream::new(),
        };
        tokens.extend(quote!(#index #field #key));
    }
}

fn enum_tokens(item: &TypeItem, variants: &[Variant]) -> TokenStream {
    let (ident, docs) = (Name(&item.ident), Docs(&item.docs));
    let definitions = variants.iter().map(|variant| {
        let (docs, ident) = (Docs(&variant.docs), Name(&variant.ident));
        quote!(#docs #ident,)
    });
    let rows = variants.iter().map(|variant| {
        let (ident, text) = (Name(&variant.ident), Text(&variant.text));
        quote!(#ident #text)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#definitions)*
            /// Any other value.
            Other(String),
        }
        rt::open_enum!(#ident { #(#rows),* });
    }
}

fn union_tokens(item: &TypeItem, union: &Union) -> TokenStream {
    let (ident, docs) = (Name(&item.ident), Docs(&item.docs));
    let definitions = union.alternatives.iter().map(|alternative| {
        let (docs, ident, ty) = (Docs(&alternative.docs), Name(&alternative.ident), &alternative.ty);
        quote!(#docs #ident(#ty),)
    });
    let by = union.tag.as_ref().map(|tag| {
        let tag = Text(tag);
        quote!(by #tag)
    });
    let rows = union.alternatives.iter().map(row);
    let sent = union.is_sent.then(|| {
        let idents = union
            .alternatives
            .iter()
            .map(|alternative| Name(&alternative.ident));
        quote!(rt::sent_union!(#ident { #(#idents),* });)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#definitions)*
            /// Any other value.
            Other(rt::Value),
        }
        rt::union!(#ident #by { #(#rows),* });
        #sent
    }
}

/// `Message(MessageEvent) Object tagged ["message"]`
fn row(alternative: &Alternative) -> TokenStream {
    let (ident, ty) = (Name(&alternative.ident), &alternative.ty);
    let kind = own(match alternative.kind {
        JsonKind::Bool => "Bool",
        JsonKind::Number => "Number",
        JsonKind::Text => "Text",
        JsonKind::List => "List",
        JsonKind::Object => "Object",
    });
    let lists = [
        ("tagged", &alternative.tagged),
        ("requires", &alternative.requires),
        ("knows", &alternative.knows),
    ];
    let lists = lists
        .into_iter()
        .filter(|(_, texts)| !texts.is_empty())
        .map(|(word, texts)| {
            let (word, texts) = (own(word), texts.iter().map(|text| Text(text)));
            quote!(#word [#(#texts),*])
        });
    quote!(#ident(#ty) #kind #(#lists)*)
}
