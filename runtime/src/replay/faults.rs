//! What goes wrong on purpose: answers that are late, and answers that are errors.
//!
//! In: how late and how often. Out: for each request, nothing after a while, or an error in place of the answer.
//! Every `n`-th request fails, so that a run can be repeated exactly; nothing here is random.

use super::json_header;
use super::saved_answer::Answer;
use http::StatusCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How late, and how often with which error, requests are answered.
#[derive(Debug, Default)]
pub struct Faults {
    latency: Duration,
    every: u64,
    status: Option<StatusCode>,
    count: AtomicU64,
}

impl Faults {
    /// No faults.
    pub fn none() -> Self {
        Self::default()
    }

    /// Answers each request this much later.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Answers every `every`-th request with this status instead; 0 is never.
    #[must_use]
    pub fn error(mut self, status: StatusCode, every: u64) -> Self {
        self.status = Some(status);
        self.every = every;
        self
    }

    /// Whether anything is to go wrong.
    pub(super) fn strike_at_all(&self) -> bool {
        self.every > 0 || !self.latency.is_zero()
    }

    /// Whether answers come later than this.
    pub(super) fn is_late(&self, limit: Duration) -> bool {
        self.latency >= limit && !self.latency.is_zero()
    }

    /// Waits, and says what to answer instead if this request is to fail.
    pub(super) async fn strike(&self) -> Option<Answer> {
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let count = self.count.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let status = self
            .status
            .filter(|_| self.every > 0 && count.is_multiple_of(self.every))?;
        let body =
            serde_json::json!({"error": {"name": "injectedError", "message": "this error was asked for"}});
        Some(Answer {
            status,
            reason: String::new(),
            headers: json_header(),
            body: body.to_string().into(),
        })
    }
}
