//! Gives types to parameters, request bodies and answers, from their samples and from what is said about them.
//!
//! In: operations with samples as text. Out: the same with types, and the definitions in [`Types`]. Operations are visited in
//! the order of the document, so that the place that comes first in it names a type that several share, and an item added at
//! the end changes nothing before it.

mod form;
mod param;
mod request;
mod response;
#[cfg(test)]
mod tests;

pub use response::saved_json;

use crate::config::{Config, Overrides};
use crate::diag::Sink;
use crate::infer::graph::Forced;
use crate::infer::measure::Fractions;
use crate::infer::subject;
use crate::infer::{Direction, Json, Placed, Shape, Table};
use crate::ir::{Api, Body, Operation, Origin, Place, Role, Type, Types};

/// The pass.
pub fn infer_types(api: &mut Api, config: &Config, sink: &mut Sink) {
    let fractions = fractions(api);
    let mut cx = Cx {
        overrides: &config.overrides,
        types: &mut api.types,
        table: Table::new(config.datetime.path(), fractions),
        named: form::Named::default(),
        about: Vec::new(),
        place: Place::default(),
        sink,
    };
    api.root
        .visit_mut(&mut |operation| infer_operation(&mut cx, operation));
}

/// The keys of numbers that have a fraction in some sample of the API.
fn fractions(api: &Api) -> Fractions {
    let mut fractions = Fractions::default();
    api.root.visit(&mut |operation| {
        for outcome in operation.results.iter().chain(&operation.errors) {
            for sample in &outcome.samples {
                fractions.note(&sample.body);
            }
        }
        if let Body::Raw(raw) = &operation.body {
            fractions.note(&raw.text);
        }
    });
    fractions
}

/// What is shared by all operations of an API.
struct Cx<'a> {
    overrides: &'a Overrides,
    types: &'a mut Types,
    table: Table,
    named: form::Named,
    /// The words for what the operation at hand is about.
    about: Vec<String>,
    /// Where that operation is.
    place: Place,
    sink: &'a mut Sink,
}

impl Cx<'_> {
    /// The type that fits all samples of a place.
    fn type_of<'j>(
        &mut self,
        samples: impl IntoIterator<Item = &'j Json>,
        origin: &Origin,
        direction: Direction,
    ) -> Type {
        self.type_of_shape(Shape::of_all(samples, &mut 0), origin, direction)
    }

    /// The type of a shape at a place.
    fn type_of_shape(&mut self, shape: Shape, origin: &Origin, direction: Direction) -> Type {
        let placed = Placed {
            shape,
            forced: &self.forced(origin),
            origin,
            about: &self.about,
            direction,
        };
        self.table.type_of(self.types, placed)
    }

    /// The objects of which the user says whether they are maps.
    fn forced(&self, origin: &Origin) -> Vec<Forced> {
        let items = self.overrides.items.iter();
        items
            .filter(|item| item.selector.matches(&self.place))
            .flat_map(|item| &item.values)
            .filter(|value| value.role == origin.role)
            .filter_map(|value| {
                Some(Forced {
                    path: value.path.clone(),
                    map: value.map?,
                })
            })
            .collect()
    }
}

fn infer_operation(cx: &mut Cx<'_>, operation: &mut Operation) {
    cx.place.clone_from(&operation.place);
    cx.about = subject::of_operation(&operation.name, operation.url.base.as_str());
    param::infer_params(cx, operation);
    request::infer_body(cx, operation);
    let origin = origin(operation, Role::Body);
    for outcome in &mut operation.results {
        let role = Role::Result(outcome.status);
        response::infer_outcome(
            cx,
            outcome,
            &Origin {
                role,
                ..origin.clone()
            },
        );
    }
    for outcome in &mut operation.errors {
        let role = Role::Error(outcome.status);
        response::infer_outcome(
            cx,
            outcome,
            &Origin {
                role,
                ..origin.clone()
            },
        );
    }
}

fn origin(operation: &Operation, role: Role) -> Origin {
    Origin {
        operation: operation.id,
        operation_name: operation.name.clone(),
        role,
        path: Vec::new(),
    }
}
