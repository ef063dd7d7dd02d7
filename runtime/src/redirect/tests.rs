//! Where redirects lead, by examples and compared with how browsers read URLs.

use super::*;
use proptest::prelude::*;

fn to(url: &str, location: &str) -> String {
    match next(url, "GET", 302, location.as_bytes(), Methods::Browser) {
        Ok(Some(hop)) => hop.url,
        Ok(None) => "stays".to_owned(),
        Err(refusal) => refusal.to_string(),
    }
}

fn hop(url: &str, method: &str, status: u16, location: &str) -> Hop {
    next(url, method, status, location.as_bytes(), Methods::Browser)
        .unwrap()
        .unwrap()
}

#[test]
fn references_are_resolved() {
    let base = "https://api.example.com/v1/users/7?x=1";
    for (location, url) in [
        ("/home", "https://api.example.com/home"),
        ("8", "https://api.example.com/v1/users/8"),
        ("../groups/./9?y=2#z", "https://api.example.com/v1/groups/9?y=2"),
        ("?y=2", "https://api.example.com/v1/users/7?y=2"),
        ("#top", "https://api.example.com/v1/users/7?x=1"),
        ("/x/%2E%2e/a b/é", "https://api.example.com/a%20b/%C3%A9"),
        ("//other.example.com", "https://other.example.com/"),
        ("HTTPS://API.example.com:443/a", "https://api.example.com/a"),
        ("https://user:pw@api.example.com/a", "https://api.example.com/a"),
        ("https://api.example.com@evil.example/a", "https://evil.example/a"),
        ("https://a%2eb.example/", "https://a.b.example/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://127.1:8443/", "https://127.0.0.1:8443/"),
        ("https://127.1。/", "https://127.0.0.1/"),
        ("https://１２７.１/", "https://127.0.0.1/"),
        ("https://0x7f。1:8080/", "https://127.0.0.1:8080/"),
        ("https://[::0001]:444/a", "https://[::1]:444/a"),
        ("https://h?x", "https://h/?x"),
        // What browsers read as an address is one.
        ("\\\\evil.example\\a", "https://evil.example/a"),
        ("/\\evil.example", "https://evil.example/"),
        (
            "https:\\\\evil.example\\@api.example.com",
            "https://evil.example/@api.example.com",
        ),
        ("", "stays"),
        (" ", "stays"),
    ] {
        assert_eq!(to(base, location), url, "{location}");
    }
}

#[test]
fn nobody_goes_where_nobody_should() {
    for (location, why) in [
        ("http://api.example.com/", "from https to http"),
        ("ftp://api.example.com/", "`ftp`"),
        ("myapp://callback?code=1", "`myapp`"),
        ("javascript:alert(1)", "`javascript`"),
        ("https:/evil.example", "`//`"),
        ("https:evil.example", "`//`"),
        ("https://", "host"),
        ("https://a b/", "host"),
        ("https://a%2fb/", "host"),
        ("https://a%00/", "host"),
        ("https://../", "host"),
        ("https://h:70000/", "port"),
        ("https://h:x/", "port"),
        ("https://[::1/", "host"),
    ] {
        let said = to("https://api.example.com/x", location);
        assert!(said.contains(why), "{location}: {said}");
    }
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    for (url, location, crosses, upgrades) in [
        ("https://a/x", "https://A:443/y", false, false),
        ("https://a/x", "https://a:444/y", true, false),
        ("https://a/x", "https://b.a/y", true, false),
        ("http://a/x", "https://a/y", true, true),
        ("http://a:8080/x", "https://a/y", true, false),
        ("http://a/x", "https://b/y", true, false),
        ("http://127.0.0.1/x", "http://localhost/y", true, false),
    ] {
        let hop = hop(url, "GET", 302, location);
        assert_eq!(
            (hop.crosses, hop.upgrades),
            (crosses, upgrades),
            "{url} {location}"
        );
    }
}

#[test]
fn methods_change_as_in_browsers() {
    for (status, method, after, keeps_body) in [
        (301, "POST", "GET", false),
        (302, "POST", "GET", false),
        (303, "POST", "GET", false),
        (303, "PUT", "GET", false),
        (303, "HEAD", "HEAD", true),
        (302, "PUT", "PUT", true),
        (301, "DELETE", "DELETE", true),
        (307, "POST", "POST", true),
        (308, "POST", "POST", true),
        (302, "GET", "GET", true),
    ] {
        let hop = hop("http://a/x", method, status, "/y");
        assert_eq!(
            (hop.method.as_str(), hop.keeps_body),
            (after, keeps_body),
            "{status} {method}"
        );
    }
    for status in [301, 302, 303, 307, 308] {
        let kept = next("http://a/x", "POST", status, b"/y", Methods::Kept)
            .unwrap()
            .unwrap();
        assert_eq!((kept.method.as_str(), kept.keeps_body), ("POST", true));
    }
    for status in [200, 201, 300, 304, 305, 306, 309, 404] {
        assert_eq!(
            next("http://a/x", "GET", status, b"/y", Methods::Browser),
            Ok(None)
        );
    }
}

/// Text that is likely to be read in two ways.
fn location() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("http"),
        Just("https"),
        Just(":"),
        Just("//"),
        Just("/"),
        Just("\\"),
        Just("@"),
        Just("?"),
        Just("#"),
        Just("a.example"),
        Just("b.example"),
        Just(".."),
        Just("."),
        Just("%2e"),
        Just("%2f"),
        Just("%40"),
        Just(":80"),
        Just(":443"),
        Just("127.1"),
        Just("0x7f"),
        Just("[::1]"),
        Just("é"),
        Just(" "),
        Just("\t"),
        Just("%"),
        Just("x"),
        Just("%C3%A9"),
        Just("ß"),
        Just("。"),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4096, ..ProptestConfig::default() })]

    /// Whoever reads the next URL, or the `Location` itself, as browsers do finds the origin that we decided about.
    #[test]
    #[cfg(feature = "reqwest")]
    fn browsers_find_the_same_origin(location in location(), is_secure: bool, status in 300_u16..310) {
        let base = if is_secure { "https://a.example/p/q?r" } else { "http://a.example/p/q?r" };
        let decided = next(base, "POST", status, location.as_bytes(), Methods::Browser);
        if let Ok(Some(hop)) = decided {
            let base = reqwest::Url::parse(base).unwrap();
            // Some of our names are none of theirs; then nothing is sent.
            if let Ok(url) = reqwest::Url::parse(&hop.url) {
                prop_assert_eq!(url.origin() != base.origin(), hop.crosses);
                prop_assert!(url.username().is_empty() && url.fragment().is_none());
                if let Ok(joined) = base.join(&location) {
                    prop_assert_eq!(joined.origin(), url.origin());
                }
                prop_assert!(base.scheme() == "http" || url.scheme() == "https");
            }
            // A URL that was decided about once is the same the next time.
            let again = next(&hop.url, "GET", 302, hop.url.as_bytes(), Methods::Browser).unwrap().unwrap();
            prop_assert_eq!(&again.url, &hop.url);
            prop_assert!(!again.crosses);
        }
    }

    #[test]
    fn any_bytes_are_decided_about(url in ".{0,30}", location: Vec<u8>, status: u16) {
        if let Ok(Some(hop)) = next(&url, "GET", status, &location, Methods::Kept) {
            prop_assert!(hop.url.is_ascii() && hop.url.starts_with("http"));
        }
    }
}
