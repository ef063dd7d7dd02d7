//! Less documentation for those who ask for less: one paragraph for each public item.
//!
//! In: a finished module. Out: the same, every comment cut after its first paragraph, so that nothing is undocumented.

use super::section::first_paragraph;
use crate::rust::doc_lines::DocLines;
use crate::rust::tree::{Call, Face, Failure, Input, Module, Output, StatusEnum};
use crate::rust::types::{TypeItem, TypeItemKind};

/// Leaves a paragraph of each comment.
pub(super) fn thin(module: &mut Module) {
    cut(&mut module.docs);
    match &mut module.face {
        Face::Client(client) => {
            client
                .settings
                .iter_mut()
                .for_each(|setting| cut(&mut setting.docs));
            client
                .credentials
                .iter_mut()
                .for_each(|credential| cut(&mut credential.docs));
            client
                .environments
                .iter_mut()
                .for_each(|environment| cut(&mut environment.docs));
        }
        Face::Handle(handle) => cut(&mut handle.docs),
    }
    for child in &mut module.children {
        cut(&mut child.handle.docs);
        cut(&mut child.handle.function_docs);
    }
    module.calls.iter_mut().for_each(thin_call);
    module.types.iter_mut().for_each(thin_type);
}

fn thin_call(call: &mut Call) {
    cut(&mut call.docs);
    cut(&mut call.ty_docs);
    call.args
        .iter_mut()
        .chain(&mut call.setters)
        .for_each(|Input { docs, .. }| cut(docs));
    match &mut call.output {
        Output::One(_) => {}
        Output::Several(statuses) => thin_statuses(statuses),
    }
    match &mut call.failure {
        Failure::Unexpected => {}
        Failure::Known(statuses) => thin_statuses(statuses),
    }
    call.types.iter_mut().for_each(thin_type);
}

fn thin_statuses(statuses: &mut StatusEnum) {
    cut(&mut statuses.docs);
    statuses
        .variants
        .iter_mut()
        .for_each(|variant| cut(&mut variant.docs));
}

fn thin_type(item: &mut TypeItem) {
    cut(&mut item.docs);
    match &mut item.kind {
        TypeItemKind::Struct(strukt) => strukt.fields.iter_mut().for_each(|field| cut(&mut field.docs)),
        TypeItemKind::OpenEnum(variants) => variants.iter_mut().for_each(|variant| cut(&mut variant.docs)),
        TypeItemKind::Union(union) => {
            let alternatives = union.alternatives.iter_mut();
            alternatives.for_each(|alternative| cut(&mut alternative.docs));
        }
    }
}

fn cut(docs: &mut DocLines) {
    let text = first_paragraph(docs);
    *docs = vec![if text.is_empty() {
        "See the collection.".to_owned()
    } else {
        text
    }];
}
