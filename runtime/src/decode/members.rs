//! What is done with the fields of a struct: they are read, shown, compared and copied through one generated function.
//!
//! In: a struct that generated code declares, and a [`Walk`] that does something with a field of any type. Out: its
//! decoding, `Debug`, `PartialEq` and `Clone`, exactly those that would be derived. Derived, each would be a body of
//! its own that every user of a generated crate compiles, for every struct of an API; they would be most of its cost.

use super::{Decode, Object};
use serde::de::{DeserializeOwned, MapAccess};
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

/// Something that is done with a field.
pub trait Walk: Sized {
    /// What it gives.
    type Out;

    /// The field asked for, of a value and of another one.
    fn member<T>(self, name: &'static str, value: &T, other: &mut T) -> Self::Out
    where
        T: Decode + Clone + fmt::Debug + PartialEq + 'static;

    /// The same, of a type that is not made by letterpress.
    fn plain<T>(self, name: &'static str, value: &T, other: &mut T) -> Self::Out
    where
        T: DeserializeOwned + Clone + fmt::Debug + PartialEq + 'static;

    /// There is no such field.
    fn end(self) -> Self::Out;
}

/// Reads a field of the other value.
pub(super) struct Read<'m, 'de, A>(&'m mut A, PhantomData<&'de ()>);

impl<'m, A> Read<'m, '_, A> {
    /// Reads the value of the current key.
    #[inline]
    pub(super) fn new(map: &'m mut A) -> Self {
        Self(map, PhantomData)
    }
}

impl<'de, A: MapAccess<'de>> Walk for Read<'_, 'de, A> {
    type Out = Result<(), A::Error>;

    #[inline]
    fn member<T: Decode>(self, _: &'static str, _: &T, other: &mut T) -> Self::Out {
        super::object::member(other, self.0)
    }

    #[inline]
    fn plain<T: DeserializeOwned>(self, _: &'static str, _: &T, other: &mut T) -> Self::Out {
        *other = self.0.next_value()?;
        Ok(())
    }

    #[inline]
    fn end(self) -> Self::Out {
        Ok(())
    }
}

/// Walks that ask nothing of a type but what every field's type has, and tell whether to go on.
macro_rules! for_any_type {
    () => {
        type Out = bool;

        fn member<T: Clone + fmt::Debug + PartialEq + 'static>(
            self,
            name: &'static str,
            value: &T,
            other: &mut T,
        ) -> bool {
            self.any(name, value, other)
        }

        fn plain<T: Clone + fmt::Debug + PartialEq + 'static>(
            self,
            name: &'static str,
            value: &T,
            other: &mut T,
        ) -> bool {
            self.any(name, value, other)
        }

        fn end(self) -> bool {
            false
        }
    };
}

/// The text that `Debug` would be derived to give.
#[inline]
pub fn show<T: Object + Default>(name: &str, value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(without_mark(name));
    let mut blank = T::default();
    let mut index = 0;
    while value.field(&mut blank, index, Show(&mut shown)) {
        index += 1;
    }
    shown.finish()
}

struct Show<'s, 'a, 'f>(&'s mut fmt::DebugStruct<'a, 'f>);

impl Show<'_, '_, '_> {
    fn any<T: fmt::Debug>(self, name: &'static str, value: &T, _: &mut T) -> bool {
        self.0.field(without_mark(name), value);
        true
    }
}

impl Walk for Show<'_, '_, '_> {
    for_any_type!();
}

/// A raw identifier as users say it.
fn without_mark(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// A copy, field by field.
#[inline]
pub fn copy<T: Object + Default>(value: &T) -> T {
    let mut copy = T::default();
    let mut index = 0;
    while value.field(&mut copy, index, Copy) {
        index += 1;
    }
    copy
}

struct Copy;

impl Copy {
    #[expect(clippy::unused_self, reason = "walks are called alike")]
    fn any<T: Clone>(self, _: &'static str, value: &T, other: &mut T) -> bool {
        other.clone_from(value);
        true
    }
}

impl Walk for Copy {
    for_any_type!();
}

/// Whether two values are the same, field by field.
#[inline]
pub fn same<T: Object + Default>(value: &T, other: &T) -> bool {
    let mut blank = T::default();
    let mut same = true;
    let mut index = 0;
    while same && value.field(&mut blank, index, Compare(other, index, &mut same)) {
        index += 1;
    }
    same
}

/// Compares a field with that of another value.
struct Compare<'s, O>(&'s O, usize, &'s mut bool);

impl<O: Object + Default> Compare<'_, O> {
    fn any<T: Any>(self, _: &'static str, value: &T, _: &mut T) -> bool {
        let Self(other, index, same) = self;
        *same = other.field(&mut O::default(), index, Equal(value));
        true
    }
}

impl<O: Object + Default> Walk for Compare<'_, O> {
    for_any_type!();
}

/// Whether a field is this value.
struct Equal<'v>(&'v dyn Any);

impl Equal<'_> {
    fn any<T: PartialEq + 'static>(self, _: &'static str, value: &T, _: &mut T) -> bool {
        self.0.downcast_ref() == Some(value)
    }
}

impl Walk for Equal<'_> {
    for_any_type!();
}
