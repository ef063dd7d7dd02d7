//! Types from samples.
//!
//! In: texts that should be JSON, read by [`json::read`] into [`Json`]. Out: [`ir::Type`](crate::ir::Type)s, by way of a
//! [`Shape`] that fits all samples of a place and a [`Table`] that keeps each shape of a collection once.
//! It knows nothing of requests, of Postman, or of how types are named: `[{"id": 1}, {"id": 2, "tag": null}]` is all it sees.

pub mod accepts;
pub mod choose;
pub mod depth;
pub mod graph;
pub mod graphql;
pub mod json;
pub mod keys;
pub mod lexical;
pub mod measure;
pub mod placeholder;
pub mod prose;
pub mod recursion;
pub mod scalar;
pub mod shape;
pub mod subject;
pub mod table;
pub mod tags;

pub use json::{Json, read};
pub use shape::Shape;
pub use table::{Direction, Placed, Table};
