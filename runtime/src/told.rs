//! Who hears of the tries of a call: the client's hook, and subscribers of `tracing`.
//!
//! In: when a try began, and what came of it. Out: nothing of its own. Where nobody listens, no clock is read.

use crate::failure::Failure;
use crate::hooks::{Hooks, Try};
use crate::spec::Spec;
use crate::wire::Clock;
use http::{HeaderMap, StatusCode};
use std::time::Duration;

/// When a try began, if anybody hears of it.
pub(crate) fn began(hooks: &Hooks, clock: &dyn Clock) -> Option<Duration> {
    let is_heard = hooks.tried.is_some() || is_traced();
    is_heard.then(|| clock.now())
}

/// Tells what came of a try.
pub(crate) fn tell(
    (hooks, clock): (&Hooks, &dyn Clock),
    spec: &Spec,
    (number, began): (u32, Duration),
    outcome: Result<(StatusCode, &HeaderMap), &Failure>,
    next_in: Option<Duration>,
) {
    let took = clock.now().saturating_sub(began);
    let told = Try::new(spec, number, outcome, took, next_in);
    if let Some(hook) = &hooks.tried {
        hook(&told);
    }
    trace(&told);
}

#[cfg(feature = "tracing")]
fn is_traced() -> bool {
    tracing::enabled!(target: "letterpress_runtime::http", tracing::Level::DEBUG)
}

#[cfg(not(feature = "tracing"))]
fn is_traced() -> bool {
    false
}

/// An event of `tracing`, in the words of OpenTelemetry's conventions for HTTP.
#[cfg(feature = "tracing")]
fn trace(told: &Try<'_>) {
    let status = told.status().map(|status| status.as_u16());
    let is_failure = told.error().is_some() || status.is_some_and(|status| status >= 400);
    let kind = match (told.error(), status) {
        (Some(_), _) => Some("transport".to_owned()),
        (None, Some(status)) if status >= 400 => Some(status.to_string()),
        (None, _) => None,
    };
    let error = told.error().map(|error| error.to_string());
    tracing::debug!(
        target: "letterpress_runtime::http",
        operation = told.operation(),
        http.request.method = told.method(),
        url.template = told.template(),
        http.response.status_code = status,
        http.request.resend_count = told.number() - 1,
        http.client.request.duration = told.took().as_secs_f64(),
        "error.type" = kind,
        error,
        next_in = told.next_in().map(|wait| wait.as_secs_f64()),
        "{}",
        if is_failure { "a try failed" } else { "a try succeeded" },
    );
}

#[cfg(not(feature = "tracing"))]
fn trace(_: &Try<'_>) {}
