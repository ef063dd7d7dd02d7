//! The grant for devices (RFC 8628): a code is shown, and the server asked until somebody has entered it elsewhere.
//!
//! In: a grant, and who shows the code. Out: tokens. It waits by the client's clock.

use super::device::DeviceCode;
use super::endpoint::{self, Refusal, Tokens};
use super::grant::Grant;
use crate::error::BoxError;
use crate::tokens::{Asking, Final};
use std::sync::Arc;
use std::time::Duration;

impl Grant {
    pub(super) async fn by_device(
        &self,
        asking: &Asking,
        show: &(dyn Fn(&DeviceCode) + Send + Sync),
    ) -> Result<Tokens, BoxError> {
        let Some(url) = &self.device_url else {
            return Err("nobody says where devices ask for codes".into());
        };
        let url = endpoint::address(asking.client(), url)?;
        let mut form = Vec::new();
        if !self.scope.is_empty() {
            form.push(("scope".to_owned(), self.scope.fill(asking.client())?));
        }
        let members = endpoint::ask(asking, &url, &self.identity(), form, true).await?;
        let text = |name| endpoint::text(&members, name);
        let address = text("verification_uri").or_else(|| text("verification_url"));
        let (Some(device_code), Some(user_code), Some(address)) =
            (text("device_code"), text("user_code"), address)
        else {
            return Err("the answer holds no code for a device".into());
        };
        show(&DeviceCode {
            address,
            whole_address: text("verification_uri_complete"),
            user_code,
        });
        let mut interval = endpoint::seconds(&members, "interval").unwrap_or(Duration::from_secs(5));
        let clock = Arc::clone(&asking.client().inner().clock);
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", &device_code),
        ];
        loop {
            clock.sleep(interval.max(Duration::from_secs(1))).await;
            let error = match self.ask(asking, self.token_endpoint(), &form, false).await {
                Ok(tokens) => return Ok(tokens),
                Err(error) => error,
            };
            match error
                .downcast_ref::<Refusal>()
                .map(|refusal| refusal.code.as_str())
            {
                Some("authorization_pending") => {}
                Some("slow_down") => interval += Duration::from_secs(5),
                Some("access_denied") => return Err(Final(error.to_string()).into()),
                Some(_) | None => return Err(error),
            }
        }
    }
}
