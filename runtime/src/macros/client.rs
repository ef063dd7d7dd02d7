//! An API's `Client` and `ClientBuilder`: what every one of them has; generated code adds its own settings and folders.

/// The `Client` of an API and its `ClientBuilder`, as letterpress of this version writes them: what another one wrote is refused in a
/// sentence, before the compiler finds a hundred things that are called otherwise.
///
/// ```compile_fail
/// const API: letterpress_runtime::Api = letterpress_runtime::Api::new("Shop");
/// letterpress_runtime::client!("0.0", API);
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! client {
    ("0.1", $api:expr) => {
        /// The API's client: what its functions are called on.
        ///
        /// It is cheap to clone, and its connections are shared between clones.
        #[derive(Clone, Debug)]
        pub struct Client($crate::Client);

        impl Client {
            /// Starts a client; set what it needs, then `build()`.
            #[inline]
            pub fn builder() -> ClientBuilder {
                ClientBuilder($crate::ClientBuilder::new($api).module(::core::module_path!()))
            }

            /// A client with default settings and no credentials.
            ///
            /// # Errors
            ///
            /// If the default transport cannot be made.
            #[inline]
            pub fn new() -> ::core::result::Result<Self, $crate::AnyError> {
                Self::builder().build()
            }

            /// Another client, set as this one but for what is changed here, on the same connections:
            /// `client.with(|builder| builder.timeout(long))`.
            ///
            /// # Errors
            ///
            /// Like [`build`](ClientBuilder::build).
            #[inline]
            pub fn with(
                &self,
                change: impl ::core::ops::FnOnce(ClientBuilder) -> ClientBuilder,
            ) -> ::core::result::Result<Self, $crate::AnyError> {
                change(ClientBuilder(self.0.to_builder())).build()
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

            /// Bounds the time of every call: redirects, answered challenges and the answer's body included; of
            /// `send_raw`, the time to the head. None by default. The error is `is_timeout()`, `TimedOut::Call`.
            #[inline]
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Bounds the time of every single send of a call, the answer's body included. None by default. The error
            /// is `is_timeout()`, `TimedOut::Try`.
            #[inline]
            pub fn try_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.try_timeout(timeout))
            }

            /// Bounds the time without a byte, sent or received, in any call; it may take an eighth longer. 120 seconds
            /// by default. The error is `is_timeout()`, `TimedOut::Idle`.
            #[inline]
            pub fn idle_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.idle_timeout(timeout))
            }

            /// Waits for ever for a server that says nothing.
            #[inline]
            pub fn no_idle_timeout(self) -> Self {
                Self(self.0.no_idle_timeout())
            }

            /// Bounds the time until there is a connection: finding the host and TLS included. 10 seconds by default.
            /// The error is `is_connect()` and `is_timeout()`, `TimedOut::Connect`. A transport of one's own has its
            /// own time; with one, this is an error of [`build`](Self::build).
            #[inline]
            pub fn connect_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.connect_timeout(timeout))
            }

            /// Bounds the bytes of a successful answer's body, after decompression. 64 MiB by default; `send_raw` has no
            /// limit. The error is `is_too_large()`. Bodies of errors are read as far as this, and never further than
            /// 1 MiB.
            #[inline]
            pub fn body_limit(self, bytes: u64) -> Self {
                Self(self.0.body_limit(bytes))
            }

            /// Follows no more redirects than this, nor more than is said of an operation; 10 by default. With 0
            /// a redirect is an answer like any other; else one too many is an error, `is_redirect()`. Credentials,
            /// cookies and headers of this client are sent to no other scheme, host or port than they were given for.
            #[inline]
            pub fn max_redirects(self, most: u32) -> Self {
                Self(self.0.max_redirects(most))
            }

            /// Says when calls are sent again, and how often; `Retry::none()` sends each exactly once. By default a call is
            /// sent three times at most, and only where that does no harm: see `rt::Retry`.
            #[inline]
            pub fn retry(self, retry: $crate::Retry) -> Self {
                Self(self.0.retry(retry))
            }

            /// Sends a header with every call, in place of an operation's own of that name.
            #[inline]
            pub fn header(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.header(name, value))
            }

            /// Names the program, where no operation does.
            #[inline]
            pub fn user_agent(self, user_agent: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(self.0.user_agent(user_agent))
            }

            /// Makes an error of every answer that does not fit its type.
            #[inline]
            pub fn strict(self, strict: bool) -> Self {
                Self(self.0.strict(strict))
            }

            /// Hears of every answer that does not fit its type, a success or an error, before the call returns, in place of
            /// the event of `tracing` that tells of it else: level `warn`, target `letterpress_runtime`, with the operation's
            /// name, the status and the paths; the values at level `trace` alone.
            #[inline]
            pub fn on_drift(
                self,
                hook: impl ::core::ops::Fn(&$crate::DriftReport<'_>)
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.on_drift(hook))
            }

            /// Sees every request before it is made and signed, each send of a call anew, and may give it headers:
            /// `.on_request(|request| request.header("traceparent", current()))`.
            #[inline]
            pub fn on_request(
                self,
                hook: impl ::core::ops::Fn(&mut $crate::Outgoing<'_>)
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.on_request(hook))
            }

            /// Hears what came of each try of a call, and whether it is sent again: for logs and metrics.
            #[inline]
            pub fn on_try(
                self,
                hook: impl ::core::ops::Fn(&$crate::Try<'_>)
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.on_try(hook))
            }

            /// Sends no more than this at once, all calls of this client and its copies together; others wait, and `timeout`
            /// counts that.
            #[inline]
            pub fn max_concurrent(self, most: usize) -> Self {
                Self(self.0.max_concurrent(most))
            }

            /// Sends no more than so many in so much time, all calls of this client and its copies together; others wait, and
            /// `timeout` counts that.
            #[inline]
            pub fn rate_limit(self, most: u32, per: ::core::time::Duration) -> Self {
                Self(self.0.rate_limit(most, per))
            }

            /// Sets a variable of the API by its name; one that it does not have is an error of
            /// [`build`](Self::build).
            #[inline]
            pub fn variable(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.variable(name, value))
            }

            /// Sets a variable of the API to the token of a source, which is fetched when a call needs it, kept as long as
            /// it is good, and never shown.
            #[inline]
            pub fn variable_from(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                source: impl $crate::TokenSource,
            ) -> Self {
                Self(self.0.variable_from(name, source))
            }

            /// Sets many variables of the API by their names.
            #[inline]
            pub fn variables(self, values: &[(&'static str, &'static str)]) -> Self {
                Self(self.0.variables(values))
            }

            /// Sends calls whose address begins with one base URL to another, for instance to a test server: for
            /// addresses of operations that no setting stands for:
            /// `.base_url_of("https://api.example.com", "http://localhost:8080")`, the second with its scheme. One that
            /// no call's address begins with is an error of [`build`](Self::build).
            #[inline]
            pub fn base_url_of(
                self,
                of: impl ::core::convert::Into<::std::string::String>,
                to: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.base_url_of(of, to))
            }

            /// Proves who calls, wherever that is asked for in this way.
            #[inline]
            pub fn credential(self, credential: $crate::Credential) -> Self {
                Self(self.0.credential(credential))
            }

            /// Tells the time for signatures, dynamic variables and timeouts; for tests.
            #[inline]
            pub fn clock(self, clock: impl $crate::wire::Clock + 'static) -> Self {
                Self(self.0.clock(clock))
            }

            /// Makes nonces and dynamic variables; for tests.
            #[inline]
            pub fn entropy(self, entropy: impl $crate::wire::Entropy + 'static) -> Self {
                Self(self.0.entropy(entropy))
            }

            /// Finds the files that saved calls name, for calls as they were saved; for tests.
            #[inline]
            pub fn files(self, files: impl $crate::wire::Files + 'static) -> Self {
                Self(self.0.files(files))
            }

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// If the default transport cannot be made, if a base URL is none, or if the API has no variable or
            /// address of a name that was given.
            #[inline]
            pub fn build(self) -> ::core::result::Result<Client, $crate::AnyError> {
                ::core::result::Result::map(self.0.build(), Client)
            }
        }
    };
    ($version:literal, $api:expr) => {
        ::core::compile_error!(::core::concat!(
            "this client was generated by letterpress ",
            $version,
            ", and letterpress-runtime is of version 0.1: generate it again with letterpress 0.1, or depend on letterpress-runtime ",
            $version
        ));
    };
    ($api:expr) => {
        ::core::compile_error!("this client was generated by an older letterpress: generate it again with letterpress 0.1");
    };
}

/// Whether there is a `reqwest` to accept is this crate's feature, not that of the crate that is generated.
#[doc(hidden)]
#[cfg(feature = "reqwest")]
#[macro_export]
macro_rules! __reqwest {
    () => {
        /// Sends through a `reqwest` client of one's own. It connects, keeps connections and follows redirects as it was
        /// built: by default `reqwest` sends API keys in headers wherever it is redirected, which a client without this
        /// does not. All other limits of this builder hold.
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
    () => {
        #[doc(hidden)]
        #[inline]
        pub fn reqwest<__C: $crate::codegen::Reqwest>(self, _: __C) -> Self {
            self
        }
    };
}

/// `replay()`, which answers from the saved responses in this file, if this crate has its feature of that name.
#[cfg(feature = "replay")]
#[macro_export]
macro_rules! replay {
    ($file:literal) => {
        /// Saved responses and examples as a transport and as a server: for tests, examples and demonstrations.
        pub fn replay() -> $crate::replay::Replay {
            $crate::replay::Replay::generated(::core::include_str!($file))
        }
    };
}

/// `replay()`, which answers from the saved responses in this file, if this crate has its feature of that name.
#[cfg(not(feature = "replay"))]
#[macro_export]
macro_rules! replay {
    ($file:literal) => {
        #[doc(hidden)]
        pub fn replay<'a>() -> $crate::codegen::NoReplay
        where
            &'a (): $crate::codegen::Replay,
        {
            <&'a () as $crate::codegen::Replay>::replay()
        }
    };
}
