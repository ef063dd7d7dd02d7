//! What every call has, and what every error of an API is.

/// What every call has: `saved`, what [`Call`](crate::Call) has, and to be awaited.
#[macro_export]
macro_rules! operation {
    ($call:ident, $client:path) => {
        impl $call {
            /// The call with everything as it was saved, but for credentials: those in a body are
            /// placeholders such as `<password>`.
            #[inline]
            pub fn saved(client: &$client) -> Self {
                Self($crate::Call::saved(client.inner()))
            }
        }

        #[doc(hidden)]
        impl $crate::codegen::Wrap for $call {
            #[inline]
            fn wrap(call: $crate::Call<Self>) -> Self {
                Self(call)
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
