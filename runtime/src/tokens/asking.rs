//! The client behind a source's request.
//!
//! In: who asks. Out: a client on the same connections that has all but the token that is asked for.

use super::Asking;
use crate::client::Client;

impl Asking {
    /// The client whose call needs the token, set as that is and on the same connections, but without this source: what a source
    /// sends through it goes where the client's calls go, also in tests.
    ///
    /// # Panics
    ///
    /// Never: who asks is a client.
    pub fn client(&self) -> &Client {
        #[expect(clippy::expect_used, reason = "only clients ask")]
        self.client.downcast_ref().expect("a client")
    }
}
