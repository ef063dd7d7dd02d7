//! Where tokens of OAuth 2.0 are fetched, by the parameters of `auth`.
//!
//! In: the authentication of all operations. Out: the authorization server, if one is named; literal secrets are gone already. Of
//! several the first counts, and the others are reported.

use super::Cx;
use crate::diag::Code;
use crate::ir::{Folder, Grant, OAuth2, SchemeUse, Template};

pub(super) fn lower(cx: &mut Cx<'_>, root: &Folder) -> Option<OAuth2> {
    let mut found: Option<OAuth2> = None;
    let mut told = false;
    for used in root.schemes() {
        let Some(server) = server(used) else { continue };
        let url = server.token_url.clone();
        match &mut found {
            None => found = Some(server),
            Some(first) => {
                if !first.merge(server) && !told {
                    told = true;
                    let message = format!(
                        "tokens of OAuth 2.0 are fetched from `{url}` here; the client fetches them from `{}`",
                        first.token_url
                    );
                    let help = "for the others, give `bearer_token_from` a source with their `token_url`";
                    cx.sink.warn(Code::UnknownAuth, &used.place, message, help);
                }
            }
        }
    }
    found
}

/// The server that one use of the scheme names.
fn server(used: &SchemeUse) -> Option<OAuth2> {
    if used.scheme.name != "OAuth2" {
        return None;
    }
    let text = |names: &[&str]| -> Template {
        let mut found = names.iter().filter_map(|name| {
            let param = used.params.iter().find(|(param, _)| param == name);
            param.map(|(_, text)| text.trim())
        });
        found.find(|text| !text.is_empty()).unwrap_or_default().to_owned()
    };
    let url = |names: &[&str]| Some(text(names)).filter(|url| is_address(url));
    let grants = match text(&["grant_type", "grantType"]).as_str() {
        "client_credentials" => vec![Grant::ClientCredentials],
        "password_credentials" => vec![Grant::Password, Grant::Refresh],
        // Postman's own, where it says nothing.
        "" | "authorization_code" | "authorization_code_with_pkce" => vec![Grant::Refresh],
        // By its answer to a browser, which is no program's.
        _ => return None,
    };
    let token_url = url(&["accessTokenUrl"])?;
    Some(OAuth2 {
        refresh_url: url(&["refreshTokenUrl"]).filter(|url| *url != token_url),
        token_url,
        auth_url: url(&["authUrl"]),
        device_url: None,
        scope: text(&["scope"]),
        scopes: Vec::new(),
        in_body: text(&["client_authentication", "clientAuth"]) == "body",
        grants,
    })
}

/// Whether a text can be an address once its variables have values.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "{{"]
        .iter()
        .any(|start| text.starts_with(start))
}
