//! Whether a call is sent again, and when.
//!
//! In: what came of a try of a call. Out: a time to wait, or nothing: then what came is for the caller.

use crate::failure::Failure;
use crate::retry::{self, Again};
use crate::retry_after::retry_after;
use crate::sends::{Sends, build};
use crate::spec;
use crate::wire::{Mode, Resend, Slot};
use http::{HeaderMap, StatusCode};
use std::time::Duration;

impl Sends<'_> {
    /// How long to wait before the next try, if there may be one.
    pub(crate) fn wait(&self, outcome: Result<(StatusCode, &HeaderMap), &Failure>) -> Option<Duration> {
        let client = self.draft.client.inner();
        let rule = match outcome {
            Ok((status, _)) if status.is_success() => {
                client.budget.earn();
                return None;
            }
            Ok((status, headers)) => retry::of_answer(status, headers, client.api.retried),
            Err(failure) => retry::of_failure(failure),
        };
        let policy = self.draft.limits.retry;
        // A saved call is what it is: sent once.
        let may =
            policy.allows(self.tries) && self.draft.mode == Mode::Normal && !client.transport.is_final();
        let may = may
            && match rule {
                Again::Never => false,
                Again::Always => !self.is_spent(),
                Again::IfIdempotent => self.is_idempotent() && !self.is_spent(),
            };
        if !may {
            return None;
        }
        let entropy = client.settings().entropy;
        let answer = outcome.ok();
        let throttled = retry::is_throttled(answer.map(|(status, _)| status));
        let asked = answer.and_then(|(status, headers)| retry_after(status.as_u16(), headers));
        let wait = match asked {
            Some(wait) if !policy.waits(wait) => return None,
            Some(wait) => retry::spread(wait, entropy),
            None => retry::backoff(self.tries - 1, throttled, entropy),
        };
        let left = self.left();
        (left.is_none_or(|left| wait < left) && client.budget.pay(throttled)).then_some(wait)
    }

    /// The time that is left for the whole call.
    pub(crate) fn left(&self) -> Option<Duration> {
        let passed = self.draft.client.inner().clock.now().saturating_sub(self.began?);
        Some(self.draft.limits.whole?.saturating_sub(passed))
    }

    /// Whether making the call twice does no more than making it once.
    pub(crate) fn is_idempotent(&self) -> bool {
        let values = &self.draft.values;
        let given = values.headers.iter().any(|(name, _)| retry::is_key(name));
        let of_spec = self.spec.headers.iter().enumerate().any(|(index, entry)| {
            let is_set = values.get(Slot::Header(index)).is_some();
            entry.sent == spec::Sent::Fresh || is_set && entry.key.is_some_and(retry::is_key)
        });
        let by_spec = self.spec.idempotent;
        let by_method = || by_spec.unwrap_or_else(|| retry::is_idempotent(self.spec.method));
        self.draft.limits.idempotent || given || of_spec || by_method()
    }

    /// Whether the body was read from a stream, which is gone.
    pub(crate) fn is_spent(&self) -> bool {
        let parts = build(self.draft, self.spec, &mut Resend::default(), self.slots());
        parts.is_ok_and(|parts| parts.body.is_spent())
    }
}
