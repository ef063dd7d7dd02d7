//! What a user is told who allows a device something.
//!
//! In: an answer of the authorization server. Out: an address and a code, to be shown.

use std::fmt;

/// What a user is told who allows a device something.
pub struct DeviceCode {
    pub(super) address: String,
    pub(super) whole_address: Option<String>,
    pub(super) user_code: String,
}

impl DeviceCode {
    /// The address to open in any browser.
    pub fn verification_uri(&self) -> &str {
        &self.address
    }

    /// An address that holds the code already, for a link or a picture, if the server has one.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.whole_address.as_deref()
    }

    /// The code to enter there.
    pub fn user_code(&self) -> &str {
        &self.user_code
    }
}

/// Whoever enters the code first is logged in, so it is not shown by the way.
impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCode")
            .field("verification_uri", &self.address)
            .finish_non_exhaustive()
    }
}
