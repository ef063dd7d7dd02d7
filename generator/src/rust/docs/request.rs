//! A request in a few characters: `GET /users/:userId/token`.
//!
//! In: a method and the template of an address. Out: one code span. The variable that every address begins with says
//! nothing and is left out; other variables have single braces, as people write them in prose.

use super::clean::code;
use crate::ir::{Api, VariableKind};

/// The variable that stands for scheme, host and base path wherever there is one.
pub(super) fn base_variable(api: &Api) -> Option<&str> {
    let mut bases = api
        .settings()
        .filter(|setting| setting.kind == VariableKind::BaseUrl);
    let first = bases.next()?;
    bases.next().is_none().then_some(first.name.as_str())
}

/// The request as code.
pub(super) fn request(method: &str, address: &str, base_variable: Option<&str>) -> String {
    let path = base_variable.and_then(|name| {
        let rest = address.strip_prefix("{{")?.strip_prefix(name)?;
        let rest = rest.strip_prefix("}}")?;
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some(rest)
    });
    let shown = match path {
        Some("") => "/",
        Some(path) => path,
        None => address,
    };
    let shown = shown.replace("{{", "{").replace("}}", "}");
    code(&format!("{method} {shown}"))
}

#[cfg(test)]
mod tests {
    use super::request;

    #[test]
    fn only_the_base_is_left_out() {
        let shown = |address| request("GET", address, Some("baseUrl"));
        assert_eq!(shown("{{baseUrl}}/users/:id/{{kind}}"), "`GET /users/:id/{kind}`");
        assert_eq!(shown("{{baseUrl}}"), "`GET /`");
        assert_eq!(shown("{{baseUrl}}x/y"), "`GET {baseUrl}x/y`");
        assert_eq!(shown("https://{{host}}/users"), "`GET https://{host}/users`");
        assert_eq!(request("GET", "{{a}}/b", None), "`GET {a}/b`");
    }
}
