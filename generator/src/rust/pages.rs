//! What an operation lists: the type of it, and the way from an answer to the list.
//!
//! In: an operation of which it is known how it lists. Out: a [`Paged`], whose way is spelled out field by field, so that
//! `emit` need not know what is optional.

use super::names::Names;
use super::tree::{Decode, Output, Paged, Step};
use super::types::{self, Ty};
use crate::ir;

/// What is listed; nothing if the answer is no type of its own.
pub fn resolve(
    names: &Names<'_>,
    module: usize,
    operation: &ir::Operation,
    output: &Output,
) -> Option<Paged> {
    let paging = operation.pages.clone()?;
    let result = operation.results.first()?;
    let (ir::BodyType::Json(answer), Output::One(decoded)) = (&result.body, output) else {
        return None;
    };
    if decoded.decode != Decode::Json {
        return None;
    }
    let mut way = Way::default();
    let mut ty = way.open(decoded.ty.clone());
    let mut found = answer;
    for key in &paging.items {
        let (ident, field, inner) = types::member(names, module, found.named()?, key)?;
        found = inner;
        ty = way.step(ident, field);
    }
    let Ty::List(item) = ty else { return None };
    Some(Paged {
        paging,
        item: *item,
        way: way.steps,
        is_optional: way.is_optional,
    })
}

/// The way so far.
#[derive(Default)]
struct Way {
    steps: Vec<Step>,
    is_optional: bool,
}

impl Way {
    fn step(&mut self, ident: super::name::Ident, ty: Ty) -> Ty {
        match (self.is_optional, ty) {
            (false, ty) => {
                self.steps.push(Step::Field(ident));
                self.open(ty)
            }
            (true, Ty::Option(inner)) => {
                self.steps.push(Step::Then(ident));
                self.open(*inner)
            }
            (true, ty) => {
                self.steps.push(Step::Map(ident));
                self.open(ty)
            }
        }
    }

    /// Takes options and boxes off.
    fn open(&mut self, ty: Ty) -> Ty {
        match ty {
            Ty::Option(inner) => {
                if std::mem::replace(&mut self.is_optional, true) {
                    self.steps.push(Step::Flatten);
                }
                self.open(*inner)
            }
            Ty::Boxed(inner) => {
                self.steps.push(if self.is_optional {
                    Step::MapUnbox
                } else {
                    Step::Unbox
                });
                self.open(*inner)
            }
            other => other,
        }
    }
}
