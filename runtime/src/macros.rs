//! What generated code says in one line instead of twenty: its client, its operations, its types.
//!
//! Everything a macro writes is `#[inline]` and calls into this crate, so that a program pays for the calls that it
//! makes and not for those that exist. The macros are for generated code; their grammar may change with the generator.

/// The `Client` of an API and its `ClientBuilder`.
#[macro_export]
macro_rules! client {
    ($api:expr) => {
        /// The API's client: what its functions are called on.
        ///
        /// It is cheap to clone, and its connections are shared between clones.
        #[derive(Clone, Debug)]
        pub struct Client($crate::Client);

        impl Client {
            /// Starts a client; set what it needs, then `build()`.
            #[inline]
            pub fn builder() -> ClientBuilder {
                ClientBuilder($crate::ClientBuilder::new($api))
            }

            /// A client with the collection's settings and no credentials.
            ///
            /// # Errors
            ///
            /// If the default transport cannot be made.
            #[inline]
            pub fn new() -> ::core::result::Result<Self, $crate::AnyError> {
                Self::builder().build()
            }

            #[doc(hidden)]
            #[inline]
            pub fn inner(&self) -> &$crate::Client {
                &self.0
            }
        }

        /// Makes a [`Client`].
        #[derive(Debug)]
        #[must_use = "a builder does nothing until it builds"]
        pub struct ClientBuilder($crate::ClientBuilder);

        impl ClientBuilder {
            /// Sends through this transport.
            #[inline]
            pub fn transport(self, transport: impl $crate::transport::Transport) -> Self {
                Self(self.0.transport(transport))
            }

            $crate::__reqwest!();

            /// Bounds the time of every call, its answer's body included.
            #[inline]
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Sends a header with every call, in place of the collection's of that name.
            #[inline]
            pub fn header(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.header(name, value))
            }

            /// Names the program, where the collection does not.
            #[inline]
            pub fn user_agent(self, user_agent: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(self.0.user_agent(user_agent))
            }

            /// Makes an error of every answer that does not fit its type; for tests.
            #[inline]
            pub fn strict(self, strict: bool) -> Self {
                Self(self.0.strict(strict))
            }

            /// Sets a variable of the collection by its name.
            #[inline]
            pub fn variable(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.variable(name, value))
            }

            /// Sets many variables of the collection by their names.
            #[inline]
            pub fn variables(self, values: &[(&'static str, &'static str)]) -> Self {
                Self(self.0.variables(values))
            }

            /// Proves who calls, wherever the collection says so in this way.
            #[inline]
            pub fn credential(self, credential: $crate::Credential) -> Self {
                Self(self.0.credential(credential))
            }

            /// Tells the time for signatures and dynamic variables; for tests.
            #[inline]
            pub fn clock(self, clock: impl $crate::wire::Clock + 'static) -> Self {
                Self(self.0.clock(clock))
            }

            /// Makes nonces and dynamic variables; for tests.
            #[inline]
            pub fn entropy(self, entropy: impl $crate::wire::Entropy + 'static) -> Self {
                Self(self.0.entropy(entropy))
            }

            /// Finds the files that the collection names, for calls as they were saved; for tests.
            #[inline]
            pub fn files(self, files: impl $crate::wire::Files + 'static) -> Self {
                Self(self.0.files(files))
            }

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// If the default transport cannot be made.
            #[inline]
            pub fn build(self) -> ::core::result::Result<Client, $crate::AnyError> {
                ::core::result::Result::map(self.0.build(), Client)
            }
        }
    };
}

/// Whether there is a `reqwest` to accept is this crate's feature, not that of the crate that is generated.
#[doc(hidden)]
#[cfg(feature = "reqwest")]
#[macro_export]
macro_rules! __reqwest {
    () => {
        /// Sends through a `reqwest` client of one's own.
        #[inline]
        pub fn reqwest(self, client: $crate::reqwest::Client) -> Self {
            Self(self.0.reqwest(client))
        }
    };
}

/// Whether there is a `reqwest` to accept is this crate's feature, not that of the crate that is generated.
#[doc(hidden)]
#[cfg(not(feature = "reqwest"))]
#[macro_export]
macro_rules! __reqwest {
    () => {};
}

/// `replay()`, which answers from the saved responses in this file, if this crate has its feature of that name.
#[cfg(feature = "replay")]
#[macro_export]
macro_rules! replay {
    ($file:literal) => {
        /// The collection's saved responses as a transport and as a server: for tests, examples and demonstrations.
        pub fn replay() -> $crate::replay::Replay {
            $crate::replay::Replay::generated(::core::include_str!($file))
        }
    };
}

/// `replay()`, which answers from the saved responses in this file, if this crate has its feature of that name.
#[cfg(not(feature = "replay"))]
#[macro_export]
macro_rules! replay {
    ($file:literal) => {};
}

/// What every call has: `saved`, `header`, `query` (or the name that is given for it), `timeout`, and to be awaited.
#[macro_export]
macro_rules! operation {
    ($call:ident, $client:path) => {
        $crate::operation!($call, $client, query);
    };
    ($call:ident, $client:path, $query:ident) => {
        impl $call {
            /// The call with everything as the collection saved it.
            #[inline]
            pub fn saved(client: &$client) -> Self {
                Self($crate::Call::saved(client.inner()))
            }

            /// Sends a header, in place of the collection's of that name.
            #[inline]
            pub fn header(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.add_header(name, value))
            }

            /// Sends a query entry that the collection does not have.
            #[inline]
            pub fn $query(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.add_query(name, value))
            }

            /// Bounds the time of this call, its answer's body included.
            #[inline]
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.set_timeout(timeout))
            }
        }

        impl ::core::ops::Deref for $call {
            type Target = $crate::Call<Self>;

            #[inline]
            fn deref(&self) -> &$crate::Call<Self> {
                &self.0
            }
        }

        impl ::core::future::IntoFuture for $call {
            type Output = <$crate::Sending<Self> as ::core::future::Future>::Output;
            type IntoFuture = $crate::Sending<Self>;

            #[inline]
            fn into_future(self) -> $crate::Sending<Self> {
                self.0.send()
            }
        }

        impl ::core::fmt::Debug for $call {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

/// Reads an object with known keys: `received!(User requires ["name"] { 0 id "id", 1 list(tags) "tags", 2 required(name) "name" })`.
///
/// A field that is written alone or as `list(field)` may be missing; `required(field)` must be there, and is listed; `plain(field)`
/// and `required_plain(field)` are of a type that is not made by letterpress.
#[macro_export]
macro_rules! received {
    ($ty:ident $(requires [$($required:literal),* $(,)?])? { $($index:literal $kind:ident $(($field:ident))? $name:literal),* $(,)? }) => {
        impl $crate::codegen::Object for $ty {
            const NAMES: &'static [&'static str] = &[$($name),*];
            $(const REQUIRED: &'static [&'static str] = &[$($required),*];)?

            #[inline]
            fn set<'de, A: $crate::codegen::MapAccess<'de>>(
                &mut self,
                index: usize,
                map: &mut A,
            ) -> ::core::result::Result<(), A::Error> {
                match index {
                    $($index => $crate::__set!(self map $kind $(($field))?),)*
                    _ => ::core::result::Result::Ok(()),
                }
            }
        }

        impl<'de> $crate::codegen::Deserialize<'de> for $ty {
            #[inline]
            fn deserialize<D: $crate::codegen::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen::object(deserializer)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __set {
    ($self:ident $map:ident plain($field:ident)) => {
        $crate::codegen::plain(&mut $self.$field, $map)
    };
    ($self:ident $map:ident required_plain($field:ident)) => {
        $crate::codegen::plain(&mut $self.$field, $map)
    };
    ($self:ident $map:ident $kind:ident($field:ident)) => {
        $crate::codegen::member(&mut $self.$field, $map)
    };
    ($self:ident $map:ident $field:ident) => {
        $crate::codegen::member(&mut $self.$field, $map)
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
                let mut fields = $crate::codegen::Fields::new(serializer)?;
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
        $fields.list($name, &$self.$field)?
    };
    ($self:ident $fields:ident $name:literal required($field:ident)) => {
        $fields.required($name, &$self.$field)?
    };
    ($self:ident $fields:ident $name:literal required_plain($field:ident)) => {
        $fields.required($name, &$self.$field)?
    };
    ($self:ident $fields:ident $name:literal $kind:ident($field:ident)) => {
        $fields.field($name, &$self.$field)?
    };
    ($self:ident $fields:ident $name:literal $field:ident) => {
        $fields.field($name, &$self.$field)?
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
            fn serialize<S: $crate::codegen::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::codegen::Deserialize<'de> for $ty {
            #[inline]
            fn deserialize<D: $crate::codegen::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen::open_enum(deserializer)
            }
        }

        impl $crate::codegen::Decode for $ty {
            #[inline]
            fn decode<'de, D: $crate::codegen::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen::open_enum(deserializer)
            }
        }

        impl $crate::codegen::FormField for $ty {
            #[inline]
            fn write(&self, key: &'static str, fields: &mut $crate::codegen::FormFields) {
                fields.text(key, ::std::string::String::from(self.as_str()));
            }
        }
    };
}

/// Makes an error of what an API answers instead of a success.
#[macro_export]
macro_rules! api_error {
    ($ty:ident) => {
        impl ::core::fmt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::describe_error(self, f)
            }
        }

        impl ::std::error::Error for $ty {}
    };
}
