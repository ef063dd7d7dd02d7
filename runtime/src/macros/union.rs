//! Unions, open to any other value.

/// Reads an enum of alternatives, with `Other(Value)` as its last variant:
/// `union!(Event by "type" { Message(MessageEvent) Object tagged ["message"], Ping(PingEvent) Object tagged ["ping"] })`,
/// `union!(Price { Number(f64) Number, Text(String) Text })`, or
/// `union!(Pet { Dog(Dog) Object requires ["bark"] knows ["name"], Cat(Cat) Object knows ["name"] })`.
///
/// `by "/sync/type"` is told apart by the member `type` of the member `sync`.
///
/// What is none of them is `Other`; so is the default, `null`.
#[macro_export]
macro_rules! union {
    ($ty:ident $(by $tag:literal)? { $(
        $variant:ident($of:ty) $kind:ident
            $(tagged [$($tagged:literal),*])? $(requires [$($requires:literal),*])? $(knows [$($knows:literal),*])?
    ),* $(,)? }) => {
        #[doc(hidden)]
        impl $crate::codegen::Union for $ty {
            const TAG: ::core::option::Option<&'static str> = $crate::__first!($($tag)?);

            const ALTERNATIVES: &'static [$crate::codegen::Alternative] = &[$($crate::codegen::Alternative {
                kind: $crate::codegen::Kind::$kind,
                tagged: &[$($($tagged),*)?],
                requires: &[$($($requires),*)?],
                knows: &[$($($knows),*)?],
            }),*];

            fn read<__R: $crate::codegen::Reader>(
                index: usize,
                reader: __R,
            ) -> ::core::result::Result<Self, __R::Error> {
                let mut at = 0;
                $(
                    if index == at {
                        return reader.read().map(Self::$variant);
                    }
                    at += 1;
                )*
                let _ = at;
                reader.read().map(Self::Other)
            }

            fn other(value: $crate::Value) -> Self {
                Self::Other(value)
            }
        }

        impl ::core::default::Default for $ty {
            fn default() -> Self {
                Self::Other($crate::Value::Null)
            }
        }

        $(impl ::core::convert::From<$of> for $ty {
            fn from(value: $of) -> Self {
                Self::$variant(value)
            }
        })*

        impl<'de> $crate::codegen::Deserialize<'de> for $ty {
            fn deserialize<__D: $crate::codegen::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::codegen::union(deserializer)
            }
        }

        #[doc(hidden)]
        impl $crate::codegen::Object for $ty {
            fn never_null() -> ::core::option::Option<&'static str> {
                ::core::option::Option::Some("one of several kinds of value")
            }
        }
    };
}

/// Writes an enum of alternatives: `sent_union!(Event { Message, Ping })`.
#[macro_export]
macro_rules! sent_union {
    ($ty:ident { $($variant:ident),* $(,)? }) => {
        impl $crate::codegen::Serialize for $ty {
            fn serialize<__S: $crate::codegen::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::codegen::Serialize::serialize(value, serializer),)*
                    Self::Other(value) => $crate::codegen::Serialize::serialize(value, serializer),
                }
            }
        }

        #[doc(hidden)]
        impl $crate::codegen::FormField for $ty {
            fn write(&self, key: &'static str, fields: &mut $crate::codegen::FormFields) {
                $crate::codegen::union_field(self, key, fields);
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __first {
    () => {
        ::core::option::Option::None
    };
    ($first:literal) => {
        ::core::option::Option::Some($first)
    };
}
