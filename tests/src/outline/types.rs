//! The part of the outline that lists the named types.

use letterpress::ir::{TypeDef, TypeKind, Types};

use super::Outline;

pub(super) fn write(out: &mut Outline, types: &Types) {
    for (id, def) in types.iter() {
        let direction = match (def.sent, def.received) {
            (true, true) => "sent and received",
            (true, false) => "sent",
            (false, true) => "received",
            (false, false) => "unused",
        };
        let origin = &def.origin;
        out.line(format!(
            "type {} ({direction}): {:?} of {:?} at {:?}",
            id.0, origin.role, origin.operation_name, origin.path
        ));
        out.nested(|out| {
            out.docs(&def.docs);
            kind(out, def);
        });
    }
}

fn kind(out: &mut Outline, def: &TypeDef) {
    match &def.kind {
        TypeKind::Struct(fields) => {
            for field in fields {
                let boxed = if field.boxed { ", boxed" } else { "" };
                let nullable = if field.nullable { ", nullable" } else { "" };
                let required = if field.required { ", required" } else { "" };
                let evidence = &field.evidence;
                out.line(format!(
                    "{:?}: {:?}{boxed}{nullable}{required} (in {} of {}, null in {})",
                    field.key, field.ty, evidence.seen, evidence.samples, evidence.null
                ));
                out.nested(|out| out.docs(&field.docs));
            }
        }
        TypeKind::Union(union) => {
            out.line(format!("union by {:?}", union.tag));
            for alternative in &union.alternatives {
                out.line(format!(
                    "alternative {:?} of {:?}",
                    alternative.ty, alternative.tagged
                ));
                out.nested(|out| out.docs(&alternative.docs));
            }
        }
        TypeKind::OpenEnum(values) => {
            for value in values {
                out.line(format!("value {:?}", value.text));
                out.nested(|out| out.docs(&value.docs));
            }
        }
    }
}
