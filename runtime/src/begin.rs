//! How the first send of a call begins.
//!
//! In: the URL of a page, where the call asks for one. Out: what its sends have in common, before there was any.

use crate::spec::Spec;
use crate::wire::{Onward, Resend};

/// The state before the first send, and before each time that the call is sent anew.
pub(crate) fn first(goes_on_at: Option<&str>, spec: &Spec) -> Resend {
    let mut resend = Resend::default();
    resend.onward = goes_on_at.map(|url| Box::new(Onward::within(spec.method, url)));
    resend
}
