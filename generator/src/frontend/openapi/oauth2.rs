//! Where tokens of OAuth 2.0 are fetched, by the flows of a security scheme.
//!
//! In: a scheme of the type `oauth2`. Out: the authorization server. An address that is none by itself is reported and left out.

use crate::diag::Code;
use crate::frontend::schema::document::{At, Document};
use crate::ir::{Grant, OAuth2};

/// The server of a scheme, if tokens are fetched from one.
pub(super) fn server(document: &Document<'_>, scheme: &At<'_>) -> Option<OAuth2> {
    let mut server: Option<OAuth2> = None;
    let flows: Vec<(String, At<'_>)> = match (scheme.get("flows"), scheme.text("flow")) {
        (Some(flows), _) => {
            let members = flows.members().into_iter();
            members.map(|(name, at)| (name.to_owned(), at)).collect()
        }
        // As 2.0 has it.
        (None, Some(flow)) => vec![(flow.to_owned(), scheme.clone())],
        (None, None) => Vec::new(),
    };
    for (name, flow) in flows {
        let grants = match name.as_str() {
            "clientCredentials" | "application" => vec![Grant::ClientCredentials],
            "password" => vec![Grant::Password, Grant::Refresh],
            "authorizationCode" | "accessCode" | "deviceAuthorization" => vec![Grant::Refresh],
            _ => continue,
        };
        let Some(token_url) = address(document, &flow, "tokenUrl") else {
            continue;
        };
        let scopes = flow
            .get("scopes")
            .map(|scopes| scopes.members())
            .unwrap_or_default();
        let found = OAuth2 {
            refresh_url: address(document, &flow, "refreshUrl").filter(|url| *url != token_url),
            token_url,
            auth_url: address(document, &flow, "authorizationUrl"),
            device_url: address(document, &flow, "deviceAuthorizationUrl"),
            scope: String::new(),
            scopes: scopes
                .iter()
                .map(|(name, at)| {
                    (
                        (*name).to_owned(),
                        at.value.as_str().unwrap_or_default().to_owned(),
                    )
                })
                .collect(),
            in_body: false,
            grants,
        };
        match &mut server {
            None => server = Some(found),
            Some(first) => _ = first.merge(found),
        }
    }
    server
}

fn address(document: &Document<'_>, flow: &At<'_>, key: &str) -> Option<String> {
    let text = flow.text(key)?.trim();
    if text.is_empty() {
        return None;
    }
    if text.starts_with("http://") || text.starts_with("https://") {
        return Some(text.to_owned());
    }
    let message =
        format!("`{key}` is `{text}`, which is no address by itself; the client fetches no tokens there");
    let help = "write it out, with `https://`, or give `bearer_token_from` a source with the `token_url`";
    document.warn(Code::Server, &flow.pointer, message, help);
    None
}
