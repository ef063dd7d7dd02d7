//! What every call has, and what every error of an API is.

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
