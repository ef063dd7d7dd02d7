//! Objects with known keys: how they are read, written, and sent as forms.
//!
//! Names of types are the caller's, and hygiene keeps macros' own apart from them for variables only: here as in the other macros,
//! type parameters and structs of our own begin with `__`, since an API may well call a type `A` or `Reader`.

/// Reads an object with known keys: `received!(User { 0 id "id", 1 list(tags) "tags", 2 plain(born) "born" })`.
///
/// Any field may be missing; `list(field)` is empty then, and `plain(field)` is of a type that is not made by letterpress.
/// `Clone`, `Debug` and `PartialEq` come with it.
///
/// With `requires` some must be there: `received!(User requires ["name"] { 0 id "id", 1 required(name) "name" })`, or
/// `required_plain(name)`. Such a type has no default to start from, so those three are derived as for any other.
///
/// `received!(User with additional requires [] { … })` keeps members of other names in the map `additional`.
#[macro_export]
macro_rules! received {
    ($ty:ident { $($index:literal $kind:ident $(($field:ident))? $name:literal),* $(,)? }) => {
        #[doc(hidden)]
        impl $crate::codegen::Object for $ty {
            #[inline]
            fn field<__W: $crate::codegen::Walk>(
                &self,
                other: &mut Self,
                index: usize,
                walk: __W,
            ) -> __W::Out {
                match index {
                    $($index => $crate::__field_of!(self other walk $kind $(($field))?),)*
                    _ => walk.end(),
                }
            }
        }

        impl ::core::clone::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                $crate::codegen::copy(self)
            }
        }

        impl ::core::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::show(::core::stringify!($ty), self, f)
            }
        }

        impl ::core::cmp::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::same(self, other)
            }
        }

        impl<'de> $crate::codegen::Deserialize<'de> for $ty {
            #[inline]
            fn deserialize<__D: $crate::codegen::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::codegen::object(deserializer, &[$($name),*])
            }
        }
    };
    ($ty:ident $(with $rest:ident)? requires [$($required:literal),* $(,)?] { $($index:literal $kind:ident $(($field:ident))? $name:literal),* $(,)? }) => {
        #[doc(hidden)]
        impl $crate::codegen::Object for $ty {}

        impl<'de> $crate::codegen::Deserialize<'de> for $ty {
            fn deserialize<__D: $crate::codegen::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                struct __Reader;

                impl<'de> $crate::codegen::Visitor<'de> for __Reader {
                    type Value = $ty;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<__A: $crate::codegen::MapAccess<'de>>(
                        self,
                        mut map: __A,
                    ) -> ::core::result::Result<$ty, __A::Error> {
                        let mut members = $crate::codegen::Members::new(&[$($name),*]);
                        $($crate::__slot!($kind $(($field))?);)*
                        $(let mut $rest = ::std::collections::BTreeMap::new();)?
                        while let ::core::option::Option::Some(index) =
                            $crate::__next!(members map $($rest)?)?
                        {
                            match index {
                                $($index => $crate::__fill!(members map $kind $(($field))?),)*
                                _ => {}
                            }
                        }
                        $($crate::__due!(members $name $kind $(($field))?);)*
                        ::core::result::Result::Ok($crate::__made!($ty { $($kind $(($field))?,)* $($rest,)? }))
                    }
                }

                $crate::codegen::requiring(deserializer, &[$($required),*], __Reader)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __next {
    ($members:ident $map:ident) => {
        $members.next(&mut $map)
    };
    ($members:ident $map:ident $rest:ident) => {
        $members.next_or_keep(&mut $map, &mut $rest)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    ($kind:ident($field:ident)) => {
        let mut $field = ::core::option::Option::None;
    };
    ($field:ident) => {
        let mut $field = ::core::option::Option::None;
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __fill {
    ($members:ident $map:ident plain($field:ident)) => {
        $members.read_plain(&mut $field, &mut $map)?
    };
    ($members:ident $map:ident required_plain($field:ident)) => {
        $members.read_plain(&mut $field, &mut $map)?
    };
    ($members:ident $map:ident $kind:ident($field:ident)) => {
        $members.read(&mut $field, &mut $map)?
    };
    ($members:ident $map:ident $field:ident) => {
        $members.read(&mut $field, &mut $map)?
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __due {
    ($members:ident $name:literal required($field:ident)) => {
        let $field = $members.due($field, $name)?;
    };
    ($members:ident $name:literal required_plain($field:ident)) => {
        let $field = $members.due($field, $name)?;
    };
    ($members:ident $name:literal $kind:ident($field:ident)) => {
        let $field = $field.unwrap_or_default();
    };
    ($members:ident $name:literal $field:ident) => {
        let $field = $field.unwrap_or_default();
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __made {
    // One field after the other loses what is told of it; the struct is written when none is left.
    (@ $ty:ident [$($done:ident)*]) => {
        $ty { $($done),* }
    };
    (@ $ty:ident [$($done:ident)*] $kind:ident($field:ident), $($rest:tt)*) => {
        $crate::__made!(@ $ty [$($done)* $field] $($rest)*)
    };
    (@ $ty:ident [$($done:ident)*] $field:ident, $($rest:tt)*) => {
        $crate::__made!(@ $ty [$($done)* $field] $($rest)*)
    };
    ($ty:ident { $($fields:tt)* }) => {
        $crate::__made!(@ $ty [] $($fields)*)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __field_of {
    ($self:ident $other:ident $walk:ident plain($field:ident)) => {
        $walk.plain(::core::stringify!($field), &$self.$field, &mut $other.$field)
    };
    ($self:ident $other:ident $walk:ident $kind:ident($field:ident)) => {
        $walk.member(::core::stringify!($field), &$self.$field, &mut $other.$field)
    };
    ($self:ident $other:ident $walk:ident $field:ident) => {
        $walk.member(::core::stringify!($field), &$self.$field, &mut $other.$field)
    };
}

/// Writes an object with known keys: `sent!(User { 0 id "id", 1 list(tags) "tags", 2 required(name) "name" })`.
///
/// A field that is written alone is left out when `None`, `list(field)` when empty, `required(field)` never. `sent!(User with
/// additional { … })` writes the members of that map, too.
#[macro_export]
macro_rules! sent {
    ($ty:ident $(with $rest:ident)? { $($index:literal $kind:ident $(($field:ident))? $name:literal),* $(,)? }) => {
        impl $crate::codegen::Serialize for $ty {
            #[inline]
            fn serialize<__S: $crate::codegen::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #[allow(unused_mut)]
                let mut fields = $crate::codegen::Fields::new(serializer);
                $($crate::__put!(self fields $name $kind $(($field))?);)*
                $(fields.rest(&self.$rest);)?
                fields.end()
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __put {
    ($self:ident $fields:ident $name:literal list($field:ident)) => {
        $fields.list($name, &$self.$field)
    };
    ($self:ident $fields:ident $name:literal required($field:ident)) => {
        $fields.required($name, &$self.$field)
    };
    ($self:ident $fields:ident $name:literal required_plain($field:ident)) => {
        $fields.required($name, &$self.$field)
    };
    ($self:ident $fields:ident $name:literal $kind:ident($field:ident)) => {
        $fields.field($name, &$self.$field)
    };
    ($self:ident $fields:ident $name:literal $field:ident) => {
        $fields.field($name, &$self.$field)
    };
}

/// Sends a struct as a form: `form!(Upload { 0 title "title", 1 file(content) "content", 2 styled(owner, FormStyle::Deep) "owner" })`.
#[macro_export]
macro_rules! form {
    ($ty:ident { $($index:literal $kind:ident $(($field:ident $(, $style:expr)?))? $name:literal),* $(,)? }) => {
        impl $crate::Form for $ty {
            #[inline]
            fn write(&self, fields: &mut $crate::codegen::FormFields) {
                let _ = &fields;
                $($crate::__field!(self fields $name $kind $(($field $(, $style)?))?);)*
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __field {
    ($self:ident $fields:ident $name:literal $kind:ident($field:ident, $style:expr)) => {
        $fields.styled($name, &$self.$field, $style)
    };
    ($self:ident $fields:ident $name:literal $kind:ident($field:ident)) => {
        $fields.field($name, &$self.$field)
    };
    ($self:ident $fields:ident $name:literal $field:ident) => {
        $fields.field($name, &$self.$field)
    };
}
