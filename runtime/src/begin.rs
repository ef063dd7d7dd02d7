//! How the first send of a call begins.
//!
//! In: a draft. Out: what its sends have in common, before there was any: a page of a list has an URL that the server gave.

use crate::call::Draft;
use crate::spec::Spec;
use crate::wire::{Onward, Resend};

/// The state before the first send, and before each time that the call is sent anew.
pub(crate) fn first(draft: &Draft, spec: &Spec) -> Resend {
    let mut resend = Resend::default();
    let url = draft.goes_on_at.as_deref();
    resend.onward = url.map(|url| Box::new(Onward::within(spec.method, url)));
    resend
}
