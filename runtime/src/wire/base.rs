//! Sends calls of one address to another: for test servers, proxies and mocks of APIs whose address is not a variable.
//!
//! In: two base URLs, and addresses of requests. Out: the address with its beginning exchanged. Whole segments of the
//! path count, and how a default port is written does not.

use super::address::{self, Address};

/// What addresses begin with, and what they begin with instead.
#[derive(Clone, Debug)]
pub struct Base {
    of: Address,
    /// Whether the scheme counts: it was written.
    scheme: bool,
    to: Address,
    /// Both as they were given.
    texts: (String, String),
}

impl Base {
    /// Exchanges one base URL for another.
    ///
    /// # Errors
    ///
    /// If one of them is no URL of scheme, host and path, with what is wrong. The second must have a scheme: calls that
    /// were encrypted would silently be so no longer.
    pub fn new(of: &str, to: &str) -> Result<Self, String> {
        let (of, to) = (of.trim(), to.trim());
        if !to.is_empty() && !to.contains("://") {
            return Err(format!(
                "the base URL `{to}` has no scheme: write `https://{to}` or `http://{to}`"
            ));
        }
        Ok(Self {
            of: read(of)?,
            scheme: of.contains("://"),
            to: read(to)?,
            texts: (of.to_owned(), to.to_owned()),
        })
    }

    /// Both base URLs as they were given.
    pub(crate) fn texts(&self) -> (String, String) {
        self.texts.clone()
    }

    /// What the addresses begin with that it exchanges: scheme, if it counts, host and port.
    pub(crate) fn of(&self) -> String {
        if self.scheme {
            self.of.origin()
        } else {
            self.of.authority()
        }
    }

    /// Whether the address is on the host that it exchanges.
    pub(crate) fn is_host_of(&self, address: &Address) -> bool {
        (!self.scheme || self.of.scheme == address.scheme)
            && self.of.host == address.host
            && port(&self.of, &address.scheme) == port(address, &address.scheme)
    }

    /// The address with its beginning exchanged; `None` if it begins otherwise.
    pub(super) fn apply(&self, address: &Address) -> Option<Address> {
        let rest = below(path(&self.of), &address.path).filter(|_| self.is_host_of(address))?;
        let path = format!("{}{rest}", path(&self.to));
        Some(Address {
            scheme: self.to.scheme.clone(),
            host: self.to.host.clone(),
            port: self.to.port.clone(),
            path: if path.is_empty() { "/".to_owned() } else { path },
            query: address.query.clone(),
            user_info: address.user_info.clone(),
        })
    }
}

fn read(text: &str) -> Result<Address, String> {
    let refused = |why: &str| Err(format!("the base URL `{}` {why}", text.trim()));
    let address = match address::parse(text, false) {
        Ok(address) => address,
        Err(error) => return refused(&format!("cannot be used: {error}")),
    };
    let has_port = address
        .port
        .as_deref()
        .is_none_or(|port| port.is_empty() || port.parse::<u16>().is_ok());
    if !has_port {
        return refused("has a port that is no number");
    }
    if address.query.is_some() || address.user_info.is_some() || text.contains(['#', '{', '}']) {
        return refused("holds more than scheme, host and path");
    }
    Ok(address)
}

/// What is wrong with a text that addresses of calls are to begin with, without repeating it: it may hold a password.
pub(crate) fn wrong(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return Some("it is empty".to_owned());
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_ascii_control() || "#{}".contains(c)) {
        return Some("it holds a fragment, braces, spaces or control characters".to_owned());
    }
    if let Some((scheme, _)) = text.split_once("://")
        && !["http", "https"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
    {
        return Some("its scheme is neither `http` nor `https`".to_owned());
    }
    let address = match address::parse(text, false) {
        Ok(address) => address,
        Err(error) => return Some(error.to_string()),
    };
    let port = address.port.as_deref().unwrap_or_default();
    match address.host.as_str() {
        "" => Some("it names no host".to_owned()),
        _ if !port.is_empty() && port.parse::<u16>().is_err() => {
            Some("its port is no number below 65536".to_owned())
        }
        _ => None,
    }
}

/// The path without the slash that ends it.
fn path(address: &Address) -> &str {
    address.path.trim_end_matches('/')
}

/// What is left of a path below another: nothing, or what begins with a slash.
fn below<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(base)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn port<'a>(address: &'a Address, scheme: &str) -> &'a str {
    let default = if scheme == "https" { "443" } else { "80" };
    address
        .port
        .as_deref()
        .filter(|port| !port.is_empty())
        .unwrap_or(default)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(of: &str, to: &str, address: &str) -> String {
        let address = address::parse(address, false).unwrap();
        let base = Base::new(of, to).unwrap();
        base.apply(&address).unwrap_or(address).to_string()
    }

    #[test]
    fn a_beginning_of_addresses_is_one() {
        for text in [
            "https://a.io",
            "http://a.io:8080/v1/",
            "a.io",
            "localhost:80",
            "https://me:word@a.io",
            "[::1]:8080",
            " https://a.io ",
            // A whole address may be a variable; where a path follows, the call is refused.
            "https://a.io/next?page=2",
        ] {
            assert_eq!(wrong(text), None, "{text}");
        }
        for text in [
            "",
            " ",
            "not a url",
            "ftp://a.io",
            "http://",
            "http://a.io/#b",
            "localhost:99999",
            "http://a.io:port",
            "{{base}}",
        ] {
            assert!(wrong(text).is_some(), "{text}");
        }
    }

    #[test]
    fn addresses_move_with_what_is_below_them() {
        let local = "http://localhost:8080";
        for (of, to, address, expected) in [
            (
                "https://a.io",
                local,
                "https://a.io/x?y=1",
                "http://localhost:8080/x?y=1",
            ),
            (
                "https://A.io:443/",
                "http://h/base/",
                "https://a.io/x/",
                "http://h/base/x/",
            ),
            (
                "https://a.io/v1",
                local,
                "https://a.io:443/v1/x",
                "http://localhost:8080/x",
            ),
            (
                "https://a.io/v1",
                local,
                "https://a.io/v1",
                "http://localhost:8080",
            ),
            ("a.io", "https://b.io", "http://a.io/x", "https://b.io/x"),
            ("a.io", "https://b.io", "https://a.io/x", "https://b.io/x"),
            // Another path, host, port or scheme stays.
            (
                "https://a.io/v1",
                local,
                "https://a.io/v10/x",
                "https://a.io/v10/x",
            ),
            ("https://a.io", local, "https://b.a.io/x", "https://b.a.io/x"),
            (
                "https://a.io",
                local,
                "https://a.io:8443/x",
                "https://a.io:8443/x",
            ),
            ("https://a.io", local, "http://a.io/x", "http://a.io/x"),
        ] {
            let expected = address::parse(expected, false).unwrap().to_string();
            assert_eq!(moved(of, to, address), expected, "{of} {to} {address}");
        }
    }

    #[test]
    fn what_is_no_base_is_refused() {
        for text in [
            "",
            "ftp://a.io",
            "https://",
            "https://a.io?x",
            "https://u:p@a.io",
            "https://a.io#x",
            "https://a.io:x",
            "{{a}}",
        ] {
            assert!(Base::new(text, "http://h").is_err(), "{text}");
            assert!(Base::new("http://h", text).is_err(), "{text}");
        }
        let error = Base::new("https://a.io", " localhost:8080/").unwrap_err();
        assert_eq!(
            error,
            "the base URL `localhost:8080/` has no scheme: write `https://localhost:8080/` or `http://localhost:8080/`"
        );
    }
}
