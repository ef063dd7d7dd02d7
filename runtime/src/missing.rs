//! What the compiler says of methods whose feature is off: which feature it is, instead of that there is no such method.
//!
//! In: nothing; no type implements these traits. Out: they are bounds of stand-ins for the methods, which therefore cannot
//! be called, and their attributes are what is shown to whoever tries.

/// That the feature `blocking` is on.
///
/// ```compile_fail,E0277
/// use letterpress_runtime::{Answer, Body, Call, Decoded, Operation, Spec, Unexpected};
///
/// struct Get;
///
/// impl Operation for Get {
///     type Output = Body;
///     type Error = Unexpected;
///     const SPEC: Spec = Spec::new("GET", "https://a.io");
///     fn output(answer: Answer) -> Decoded<Body> {
///         answer.body()
///     }
///     fn error(answer: Answer) -> Decoded<Unexpected> {
///         answer.body()
///     }
/// }
///
/// fn get(call: &Call<Get>) {
///     call.send_blocking();
/// }
/// ```
#[cfg(not(feature = "blocking"))]
#[diagnostic::on_unimplemented(
    message = "`send_blocking` takes the feature `blocking` of letterpress-runtime",
    label = "the feature `blocking` is off",
    note = "enable it in Cargo.toml: `features = [\"blocking\"]` of letterpress-runtime, or the feature of that name of the client's crate"
)]
pub trait Blocking {}

/// That the feature `reqwest` is on.
#[cfg(not(feature = "reqwest"))]
#[diagnostic::on_unimplemented(
    message = "`ClientBuilder::reqwest` takes the feature `reqwest` of letterpress-runtime",
    label = "the feature `reqwest` is off",
    note = "enable it in Cargo.toml: `features = [\"reqwest\"]` of letterpress-runtime, or `rustls` or `native-tls`, which bring it"
)]
pub trait Reqwest {}

/// That the feature `replay` is on.
///
/// ```compile_fail,E0277
/// mod client {
///     letterpress_runtime::replay!("replay.json");
/// }
///
/// fn main() {
///     let _ = client::replay();
/// }
/// ```
///
/// What is not called is no error:
///
/// ```
/// letterpress_runtime::replay!("replay.json");
/// ```
#[cfg(not(feature = "replay"))]
#[diagnostic::on_unimplemented(
    message = "`replay()` takes the feature `replay` of letterpress-runtime",
    label = "the feature `replay` is off",
    note = "enable it in Cargo.toml, for tests among the `[dev-dependencies]`: `features = [\"replay\"]` of letterpress-runtime, or the feature of that name of the client's crate"
)]
pub trait Replay {
    /// What nobody ever gets.
    fn replay() -> NoReplay;
}

/// Saved responses that are not there.
#[cfg(not(feature = "replay"))]
#[derive(Clone, Debug)]
pub enum NoReplay {}

#[cfg(not(feature = "replay"))]
impl crate::transport::Transport for NoReplay {
    fn send(&self, _: http::Request<crate::transport::Payload>) -> crate::transport::Sent<'_> {
        match *self {}
    }
}
