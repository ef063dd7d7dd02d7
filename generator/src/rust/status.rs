//! What an operation's answers are decoded into: one type, or an enum with a variant per status.
//!
//! In: saved answers by status, already typed. Out: [`Output`] and [`Failure`]. Statuses have the names of their
//! reason phrases (RFC 9110 and the registry), others their number.

use super::comments as docs;
use super::name::{Case, Ident, Scope};
use super::names::{CallNames, Names};
use super::tree::{Decode, Decoded, Failure, Output, StatusEnum, StatusVariant};
use super::types::{self, Ty};
use crate::ir;

/// Reason phrases of the registry, in the form of type names.
const REASONS: &[(u16, &str)] = &[
    (100, "Continue"),
    (101, "SwitchingProtocols"),
    (102, "Processing"),
    (103, "EarlyHints"),
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (208, "AlreadyReported"),
    (226, "ImUsed"),
    (300, "MultipleChoices"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (305, "UseProxy"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (407, "ProxyAuthenticationRequired"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "ContentTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (417, "ExpectationFailed"),
    (418, "ImATeapot"),
    (421, "MisdirectedRequest"),
    (422, "UnprocessableContent"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (425, "TooEarly"),
    (426, "UpgradeRequired"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (431, "RequestHeaderFieldsTooLarge"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
    (505, "HttpVersionNotSupported"),
    (506, "VariantAlsoNegotiates"),
    (507, "InsufficientStorage"),
    (508, "LoopDetected"),
    (510, "NotExtended"),
    (511, "NetworkAuthenticationRequired"),
];

/// The name of a status: `NotFound`, `Status499`, `ClientError`.
pub fn word(status: ir::Status) -> String {
    let word = match status {
        ir::Status::Exact(status) => match REASONS.binary_search_by_key(&status, |(status, _)| *status) {
            Ok(index) => REASONS.get(index).map_or("", |(_, reason)| reason),
            Err(_) => return format!("Status{status}"),
        },
        ir::Status::Range(1) => "Informational",
        ir::Status::Range(2) => "Success",
        ir::Status::Range(3) => "Redirection",
        ir::Status::Range(4) => "ClientError",
        ir::Status::Range(5) => "ServerError",
        ir::Status::Range(_) | ir::Status::Rest => "Other",
    };
    word.to_owned()
}

/// Whether results are of several types, so that they need an enum.
pub fn differ(results: &[ir::Outcome]) -> bool {
    results
        .iter()
        .zip(results.iter().skip(1))
        .any(|(a, b)| a.body != b.body)
}

/// What a success is decoded into; `function` is the way to the function.
pub fn output(names: &Names<'_>, module: usize, call: &CallNames<'_>, function: &str) -> Output {
    let results = &call.operation.results;
    match (&call.results, results.first()) {
        (Some(ident), _) => Output::Several(StatusEnum {
            ident: ident.clone(),
            docs: docs::results(function),
            variants: variants(names, module, call.operation, results),
            source: names.source(),
        }),
        (None, Some(result)) => Output::One(decoded(names, module, &result.body)),
        (None, None) => Output::One(Decoded {
            ty: Ty::Runtime("Body"),
            decode: Decode::Body,
        }),
    }
}

/// What a failure is decoded into; `function` is the way to the function.
pub fn failure(names: &Names<'_>, module: usize, call: &CallNames<'_>, function: &str) -> Failure {
    match &call.errors {
        None => Failure::Unexpected,
        Some(ident) => Failure::Known(StatusEnum {
            ident: ident.clone(),
            docs: docs::errors(function),
            variants: variants(names, module, call.operation, &call.operation.errors),
            source: names.source(),
        }),
    }
}

fn variants(
    names: &Names<'_>,
    module: usize,
    operation: &ir::Operation,
    outcomes: &[ir::Outcome],
) -> Vec<StatusVariant> {
    let mut scope = Scope::reserving(Case::Camel, &["Unexpected"], "Status");
    let variant = |outcome: &ir::Outcome| StatusVariant {
        ident: variant_ident(&mut scope, outcome.status),
        status: outcome.status,
        docs: docs::outcome(operation, outcome),
        decoded: decoded(names, module, &outcome.body),
    };
    outcomes.iter().map(variant).collect()
}

fn variant_ident(scope: &mut Scope, status: ir::Status) -> Ident {
    scope.claim(&word(status))
}

fn decoded(names: &Names<'_>, module: usize, body: &ir::BodyType) -> Decoded {
    let (ty, decode) = match body {
        ir::BodyType::Empty => (Ty::Unit, Decode::Empty),
        ir::BodyType::Json(ty) => (types::ty(names, module, ty), Decode::Json),
        ir::BodyType::JsonInString(ty) => (types::ty(names, module, ty), Decode::JsonInString),
        ir::BodyType::Text => (Ty::String, Decode::Text),
        ir::BodyType::Bytes => (Ty::Runtime("Bytes"), Decode::Bytes),
        ir::BodyType::Unknown => (Ty::Runtime("Body"), Decode::Body),
    };
    Decoded { ty, decode }
}

#[cfg(test)]
mod tests {
    #[test]
    fn statuses_are_sorted_for_the_search_and_named_by_reason() {
        assert!(super::REASONS.is_sorted_by_key(|(status, _)| *status));
        assert_eq!(super::word(404.into()), "NotFound");
        assert_eq!(super::word(499.into()), "Status499");
    }
}
