//! What generated setters are made of for lists and objects in a style of OpenAPI.
//!
//! In: values, or names and values, and what stands around them. Out: the call with them.

use crate::call::Call;
use crate::wire::{Slot, styles};
use std::fmt::Display;

#[doc(hidden)]
impl<O> Call<O> {
    #[inline]
    #[must_use]
    pub fn path_list(
        self,
        index: usize,
        lead: &str,
        between: &str,
        values: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        let pieces = styles::path_list(lead, between, values);
        self.with(|values| values.set(Slot::PathPieces(index), pieces))
    }

    #[inline]
    #[must_use]
    pub fn path_members(
        self,
        index: usize,
        (lead, between, equals): (&str, &str, &str),
        members: impl IntoIterator<Item = (impl Display, impl Display)>,
    ) -> Self {
        let pieces = styles::path_members(lead, between, equals, members);
        self.with(|values| values.set(Slot::PathPieces(index), pieces))
    }

    #[inline]
    #[must_use]
    pub fn header_list(self, index: usize, values: impl IntoIterator<Item = impl Display>) -> Self {
        self.set_header(index, styles::header_list(values))
    }

    #[inline]
    #[must_use]
    pub fn header_members(
        self,
        index: usize,
        equals: &str,
        members: impl IntoIterator<Item = (impl Display, impl Display)>,
    ) -> Self {
        self.set_header(index, styles::header_members(equals, members))
    }

    /// Members of an object in one entry.
    #[inline]
    #[must_use]
    pub fn query_members(
        self,
        index: usize,
        members: impl IntoIterator<Item = (impl Display, impl Display)>,
    ) -> Self {
        let members = members.into_iter();
        self.set_queries(
            index,
            members.flat_map(|(name, value)| [name.to_string(), value.to_string()]),
        )
    }

    /// Members of an object, an entry for each.
    #[inline]
    #[must_use]
    pub fn each_member(
        self,
        before: &str,
        after: &str,
        members: impl IntoIterator<Item = (impl Display, impl Display)>,
    ) -> Self {
        let members = members.into_iter();
        let entries = members.map(|(name, value)| (format!("{before}{name}{after}"), value.to_string()));
        self.with(|values| values.query.extend(entries))
    }
}
