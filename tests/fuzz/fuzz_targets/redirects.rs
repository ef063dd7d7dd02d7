//! Any answer may say that it is a redirect, and lead anywhere: what is decided about it names one place, for every
//! reader of URLs, and never one that is not encrypted after one that was.

#![no_main]

use letterpress_runtime::redirect::{Methods, next};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (bool, u16, &str, &[u8])| {
    let (is_secure, status, path, location) = input;
    let scheme = if is_secure { "https" } else { "http" };
    let from = format!("{scheme}://a.example/{path}");
    let Ok(Some(hop)) = next(&from, "POST", status, location, Methods::Browser) else {
        return;
    };
    assert!(
        hop.url
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'#' && byte != b'\\')
    );
    assert!(!is_secure || hop.url.starts_with("https://"));
    let is_home = hop.url.starts_with(&format!("{scheme}://a.example/"));
    assert_eq!(is_home, !hop.crosses, "{}", hop.url);
    let again = next(&hop.url, "GET", 302, hop.url.as_bytes(), Methods::Browser);
    let again = again
        .expect("what was decided once is a URL")
        .expect("it has a location");
    assert_eq!((again.url, again.crosses), (hop.url, false));
});
