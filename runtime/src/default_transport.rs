//! The transport of a client that is given none.
//!
//! In: the time that a connection may take. Out: the default transport of this build, or one that says that there is none.

use crate::error::AnyError;
#[cfg(feature = "reqwest")]
use crate::error::Failure;
use crate::transport::Transport;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "reqwest")]
pub(crate) fn make(name: &str, connect: Option<Duration>) -> Result<Arc<dyn Transport>, AnyError> {
    use crate::transport::Reqwest;
    match connect.map_or_else(Reqwest::new, Reqwest::connecting_within) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(AnyError::new(Failure::transport(name, error))),
    }
}

#[cfg(not(feature = "reqwest"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "fails where there is a transport to be made"
)]
pub(crate) fn make(_name: &str, _connect: Option<Duration>) -> Result<Arc<dyn Transport>, AnyError> {
    Ok(Arc::new(crate::transport::NoTransport))
}
