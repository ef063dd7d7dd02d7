//! How a request proves who calls: the schemes of Postman, each in a file of its own.
//!
//! In: a finished request but for its proof, the scheme's parameters (the collection's, overlaid by the client's
//! [`Credential`]), the clock and chance. Out: the header, query entry or body entry that the scheme adds, and
//! for schemes that answer a challenge, what to send the second time ([`Handshake`]).

pub mod credential;
pub mod handshake;

pub use credential::Credential;
pub use handshake::Handshake;
