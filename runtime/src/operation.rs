//! What an item of the collection is to this crate: a constant, and how its answers are read.

use crate::call::Call;
use crate::decoded::Decoded;
use crate::response::Answer;
use crate::spec::Spec;

/// A request of the collection, and what comes back; generated code implements it for each item.
pub trait Operation: Sized + 'static {
    /// What a success holds.
    type Output;
    /// What the API answers instead of a success.
    type Error;

    /// The request.
    const SPEC: Spec;

    /// Reads a success.
    fn output(answer: Answer) -> Decoded<Self::Output>;

    /// Reads an error.
    fn error(answer: Answer) -> Decoded<Self::Error>;
}

/// The type of a call that generated code declares; `operation!` implements it.
pub trait Wrap: Sized {
    /// The type with this call in it.
    fn wrap(call: Call<Self>) -> Self;
}
