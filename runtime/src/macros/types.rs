//! Objects with known keys: how they are read, written, and sent as forms.

/// Reads an object with known keys: `received!(User requires ["name"] { 0 id "id", 1 list(tags) "tags", 2 required(name) "name" })`.
///
/// A field that is written alone or as `list(field)` may be missing; `required(field)` must be there, and is listed; `plain(field)`
/// and `required_plain(field)` are of a type that is not made by letterpress. `Clone`, `Debug` and `PartialEq` come with it.
#[macro_export]
macro_rules! received {
    ($ty:ident $(requires [$($required:literal),* $(,)?])? { $($index:literal $kind:ident $(($field:ident))? $name:literal),* $(,)? }) => {
        #[doc(hidden)]
        impl $crate::codegen::Object for $ty {
            #[inline]
            fn field<W: $crate::codegen::Walk>(&self, other: &mut Self, index: usize, walk: W) -> W::Out {
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
            fn deserialize<D: $crate::codegen::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__object!(deserializer [$($name),*] $([$($required),*])?)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($deserializer:ident [$($name:literal),*]) => {
        $crate::codegen::object($deserializer, &[$($name),*])
    };
    ($deserializer:ident [$($name:literal),*] [$($required:literal),*]) => {
        $crate::codegen::object_requiring($deserializer, &[$($name),*], &[$($required),*])
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __field_of {
    ($self:ident $other:ident $walk:ident plain($field:ident)) => {
        $walk.plain(::core::stringify!($field), &$self.$field, &mut $other.$field)
    };
    ($self:ident $other:ident $walk:ident required_plain($field:ident)) => {
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
/// A field that is written alone is left out when `None`, `list(field)` when empty, `required(field)` never.
#[macro_export]
macro_rules! sent {
    ($ty:ident { $($index:literal $kind:ident $(($field:ident))? $name:literal),* $(,)? }) => {
        impl $crate::codegen::Serialize for $ty {
            #[inline]
            fn serialize<S: $crate::codegen::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #[allow(unused_mut)]
                let mut fields = $crate::codegen::Fields::new(serializer);
                $($crate::__put!(self fields $name $kind $(($field))?);)*
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

/// Sends a struct as a form: `form!(Upload { 0 title "title", 1 file(content) "content" })`.
#[macro_export]
macro_rules! form {
    ($ty:ident { $($index:literal $kind:ident $(($field:ident))? $name:literal),* $(,)? }) => {
        impl $crate::Form for $ty {
            #[inline]
            fn write(&self, fields: &mut $crate::codegen::FormFields) {
                let _ = &fields;
                $($crate::__field!(self fields $name $kind $(($field))?);)*
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __field {
    ($self:ident $fields:ident $name:literal $kind:ident($field:ident)) => {
        $fields.field($name, &$self.$field)
    };
    ($self:ident $fields:ident $name:literal $field:ident) => {
        $fields.field($name, &$self.$field)
    };
}
