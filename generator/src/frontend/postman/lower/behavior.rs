//! `protocolProfileBehavior`: item over folder over collection, key by key.

use crate::frontend::json::Map;

use super::super::js;
use crate::ir::{Behavior, Redirects};

/// The switches in force at some level; `None` where no level has set one.
#[derive(Clone, Debug, Default)]
pub(super) struct Switches {
    keep_body: bool,
    raw_url: bool,
    omitted_headers: Vec<String>,
    follows: Option<bool>,
    redirects: Redirects,
}

impl Switches {
    /// These switches, with those that an inner level sets.
    pub(super) fn overlaid(&self, inner: Option<&Map<'_>>) -> Self {
        let mut switches = self.clone();
        let Some(inner) = inner else {
            return switches;
        };
        if let Some(value) = inner.get("disableBodyPruning") {
            switches.keep_body = js::truthy(value);
        }
        if let Some(value) = inner.get("disableUrlEncoding") {
            switches.raw_url = js::truthy(value);
        }
        switches.overlay_redirects(inner);
        // The whole object is replaced, not merged.
        if let Some(value) = inner.get("disabledSystemHeaders") {
            let members = value.as_object().into_iter().flat_map(Map::iter);
            let on = members.filter(|(_, value)| js::truthy(value));
            switches.omitted_headers = on.map(|(name, _)| name.to_owned()).collect();
        }
        switches
    }

    fn overlay_redirects(&mut self, inner: &Map<'_>) {
        if let Some(value) = inner.get("followRedirects") {
            self.follows = Some(js::truthy(value));
        }
        if let Some(most) = inner.get("maxRedirects").and_then(js::whole) {
            self.redirects.most = Some(most);
        }
        for (key, switch) in [
            ("followOriginalHttpMethod", &mut self.redirects.keep_method),
            (
                "followAuthorizationHeader",
                &mut self.redirects.keep_authorization,
            ),
            ("removeRefererHeaderOnRedirect", &mut self.redirects.drop_referer),
        ] {
            if let Some(value) = inner.get(key) {
                *switch = js::truthy(value);
            }
        }
    }

    /// As the neutral model has it.
    pub(super) fn into_behavior(self) -> Behavior {
        let mut redirects = self.redirects;
        if self.follows == Some(false) {
            redirects.most = Some(0);
        }
        Behavior {
            keep_body: self.keep_body,
            raw_url: self.raw_url,
            omitted_headers: self.omitted_headers,
            redirects,
        }
    }
}
