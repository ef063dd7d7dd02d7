//! Lists that come in pages: how to ask for the next one, and when there is none.
//!
//! In: a call of an operation that lists, and what generated code says of its pages, a constant ([`Paging`]). Out: pages
//! ([`Pages`]) or what is in them ([`Items`]), one after the other, each when it is asked for, and a place to go on from
//! ([`Position`]). What a page is of is decided in `pager`, compiled once; only the reading of the answer depends on the
//! operation.

mod draft;
mod find;
mod items;
mod link;
mod pager;
mod position;
mod signs;
mod spec;

pub use items::{Items, Pages};
pub use position::{NoPosition, Position};
pub use spec::{PageEntry, Paging};

use crate::operation::Operation;

/// An operation that answers with a page of a list; `lists!` implements it.
pub trait Lists: Operation {
    /// What the list is of.
    type Item;

    /// How the next page is asked for.
    const PAGING: Paging;

    /// What is on a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}
