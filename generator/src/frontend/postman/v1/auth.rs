//! The authentication of a v1 collection, folder or request: `auth`, or the older `currentHelper`.

use crate::frontend::json::{Map, Value};

use crate::frontend::postman::js;

/// Converts the authentication; `None` if the element has none of its own.
pub(super) fn convert<'a>(entity: &Value<'a>) -> Option<Value<'a>> {
    let legacy =
        entity.get("currentHelper").is_some() || entity.get("helperAttributes").is_some_and(js::truthy);
    if !legacy {
        let auth = entity.get("auth").filter(|auth| js::truthy(auth))?;
        let scheme = auth.get("type").filter(|scheme| js::truthy(scheme))?.as_str()?;
        let params = auth.get(scheme).cloned().filter(|_| scheme != "noauth");
        return Some(with_params(scheme, params));
    }
    let helper = entity.get("currentHelper").and_then(Value::as_str)?;
    if helper.is_empty() || helper == "normal" {
        return None;
    }
    let (scheme, renames) = HELPERS
        .iter()
        .find(|(name, _, _)| *name == helper)
        .map_or((helper, None), |(_, scheme, renames)| (*scheme, Some(*renames)));
    let attributes = match entity.get("helperAttributes") {
        // Some versions of the app exported them as text.
        Some(Value::String(text)) => serde_json::from_str::<Value<'_>>(text).ok()?.into_owned(),
        Some(other) => other.clone(),
        None => Value::Null,
    };
    let params = renames
        .filter(|_| js::truthy(&attributes))
        .map(|renames| params(&attributes, renames));
    Some(with_params(scheme, params))
}

fn with_params<'a>(scheme: &str, params: Option<Value<'a>>) -> Value<'a> {
    let mut auth = Map::new();
    auth.insert("type", Value::text(scheme.to_owned()));
    if let Some(params) = params {
        auth.insert(scheme.to_owned(), params);
    }
    Value::Object(auth)
}

fn params<'a>(attributes: &Value<'a>, renames: Renames) -> Value<'a> {
    let Some(members) = attributes.as_object() else {
        return Value::Array(Vec::new());
    };
    // An empty table takes all there is.
    if renames.is_empty() {
        return Value::Array(
            members
                .iter()
                .map(|(key, value)| {
                    Value::object([("key", Value::text(key.to_owned())), ("value", value.clone())])
                })
                .collect(),
        );
    }
    let found = renames.iter().filter_map(|(old, new)| {
        Some(Value::object([
            ("key", Value::text(*new)),
            ("value", members.get(old)?.clone()),
        ]))
    });
    Value::Array(found.collect())
}

/// Attributes by their old and their new name; others are lost, as they are in Postman's converter.
type Renames = &'static [(&'static str, &'static str)];

const HELPERS: &[(&str, &str, Renames)] = &[
    (
        "apikeyAuth",
        "apikey",
        &[("key", "key"), ("value", "value"), ("in", "in")],
    ),
    (
        "basicAuth",
        "basic",
        &[("username", "username"), ("password", "password")],
    ),
    ("bearerAuth", "bearer", &[("token", "token")]),
    ("digestAuth", "digest", DIGEST),
    ("hawkAuth", "hawk", HAWK),
    ("oAuth1", "oauth1", OAUTH1),
    ("oAuth2", "oauth2", OAUTH2),
    ("ntlmAuth", "ntlm", NTLM),
    ("awsSigV4", "awsv4", &[]),
    ("jwtAuth", "jwt", JWT),
    ("asapAuth", "asap", ASAP),
    ("edgegridAuth", "edgegrid", EDGEGRID),
];

const DIGEST: Renames = &[
    ("algorithm", "algorithm"),
    ("username", "username"),
    ("realm", "realm"),
    ("password", "password"),
    ("nonce", "nonce"),
    ("nonceCount", "nonceCount"),
    ("clientNonce", "clientNonce"),
    ("opaque", "opaque"),
    ("qop", "qop"),
    ("disableRetryRequest", "disableRetryRequest"),
];

const HAWK: Renames = &[
    ("hawk_id", "authId"),
    ("hawk_key", "authKey"),
    ("algorithm", "algorithm"),
    ("user", "user"),
    ("nonce", "nonce"),
    ("ext", "extraData"),
    // The runtime reads `app`, not this.
    ("app", "appId"),
    ("dlg", "delegation"),
    ("timestamp", "timestamp"),
];

const OAUTH1: Renames = &[
    ("consumerKey", "consumerKey"),
    ("consumerSecret", "consumerSecret"),
    ("token", "token"),
    ("tokenSecret", "tokenSecret"),
    ("signatureMethod", "signatureMethod"),
    ("timestamp", "timestamp"),
    ("nonce", "nonce"),
    ("version", "version"),
    ("realm", "realm"),
    ("header", "addParamsToHeader"),
    ("auto", "autoAddParam"),
    ("includeEmpty", "addEmptyParamsToSign"),
];

const OAUTH2: Renames = &[
    ("accessToken", "accessToken"),
    ("addTokenTo", "addTokenTo"),
    ("callBackUrl", "callBackUrl"),
    ("authUrl", "authUrl"),
    ("accessTokenUrl", "accessTokenUrl"),
    ("clientId", "clientId"),
    ("clientSecret", "clientSecret"),
    ("clientAuth", "clientAuth"),
    ("grantType", "grantType"),
    ("scope", "scope"),
    ("username", "username"),
    ("password", "password"),
    ("tokenType", "tokenType"),
    ("redirectUri", "redirectUri"),
    ("refreshToken", "refreshToken"),
];

const NTLM: Renames = &[
    ("username", "username"),
    ("password", "password"),
    ("domain", "domain"),
    ("workstation", "workstation"),
    ("disableRetryRequest", "disableRetryRequest"),
];

const JWT: Renames = &[
    ("algorithm", "algorithm"),
    ("isSecretBase64Encoded", "isSecretBase64Encoded"),
    ("payload", "payload"),
    ("addTokenTo", "addTokenTo"),
    ("headerPrefix", "headerPrefix"),
    ("queryParamKey", "queryParamKey"),
    ("header", "header"),
];

const ASAP: Renames = &[
    ("exp", "exp"),
    ("claims", "claims"),
    ("sub", "sub"),
    ("privateKey", "privateKey"),
    ("kid", "kid"),
    ("aud", "aud"),
    ("iss", "iss"),
    ("alg", "alg"),
];

const EDGEGRID: Renames = &[
    ("clientToken", "clientToken"),
    ("clientSecret", "clientSecret"),
    ("accessToken", "accessToken"),
    ("headersToSign", "headersToSign"),
    ("nonce", "nonce"),
    ("timestamp", "timestamp"),
    ("baseURL", "baseURL"),
    ("maxBodySize", "maxBodySize"),
];
