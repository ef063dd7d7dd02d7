//! The types of query parameters.
//!
//! In: parameters with their saved values and descriptions. Out: the same, typed: an open enum where the description names
//! the allowed values, else what the saved value is. Path variables, headers and variables take whatever can be displayed, and
//! stay text.

use super::{Cx, form, origin};
use crate::infer::scalar::scalar;
use crate::ir::{Operation, Param, ParamPlace, Role, Type};

/// Types the parameters of an operation.
pub(super) fn infer_params(cx: &mut Cx<'_>, operation: &mut Operation) {
    let mut params = std::mem::take(&mut operation.params);
    for param in &mut params {
        infer_param(cx, param, operation);
    }
    operation.params = params;
}

fn infer_param(cx: &mut Cx<'_>, param: &mut Param, operation: &Operation) {
    if param.is_declared {
        return;
    }
    match param.place {
        ParamPlace::Query(_) => {
            let origin = origin(operation, Role::Param(param.name.clone()));
            let saved = param.saved.as_deref();
            let values = form::infer_enum(cx, &param.name, &param.docs, saved, &origin);
            param.ty = values.unwrap_or_else(|| saved.map_or(Type::String, scalar));
        }
        ParamPlace::Path(_) | ParamPlace::Header(_) | ParamPlace::Variable(_) => {}
    }
}
