//! Enums that are open to any text.

/// An enum of the values that the collection tells of, open to any other text.
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $ty:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $text:literal),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $ty {
            $($(#[$variant_meta])* $variant,)*
            /// Any other value.
            Other(::std::string::String),
        }

        $crate::open_enum!($ty { $($variant $text),* });
    };
    // For an enum that is written out, with `Other(String)` as its last variant.
    ($ty:ident { $($variant:ident $text:literal),* $(,)? }) => {
        impl $ty {
            /// The value's text.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl ::core::convert::From<&str> for $ty {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    text => Self::Other(::std::string::String::from(text)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $ty {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::core::default::Default for $ty {
            #[inline]
            fn default() -> Self {
                Self::Other(::std::string::String::new())
            }
        }

        impl ::core::fmt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $ty {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::codegen::Serialize for $ty {
            #[inline]
            fn serialize<__S: $crate::codegen::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::codegen::Deserialize<'de> for $ty {
            #[inline]
            fn deserialize<__D: $crate::codegen::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::codegen::open_enum(deserializer)
            }
        }

        #[doc(hidden)]
        impl $crate::codegen::Decode for $ty {
            #[inline]
            fn decode<'de, __D: $crate::codegen::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::codegen::open_enum(deserializer)
            }
        }

        #[doc(hidden)]
        impl $crate::codegen::FormField for $ty {
            #[inline]
            fn write(&self, key: &'static str, fields: &mut $crate::codegen::FormFields) {
                fields.text(key, ::std::string::String::from(self.as_str()));
            }
        }
    };
}
