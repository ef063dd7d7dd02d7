//! TLS without a C compiler: rustls on ring, trusting what the system trusts.

use super::TransportError;
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;

/// The settings of a client; nothing is installed for the process.
pub(super) fn config() -> Result<ClientConfig, TransportError> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(TransportError::other)?;
    Ok(config.with_no_client_auth())
}
