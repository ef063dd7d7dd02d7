//! Which operations give a token, and what settings say of that.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress::config::Config;
use letterpress::config::overrides::{ItemOverride, Selector, TokenOverride};
use letterpress::ir::Gives;
use letterpress_tests::{inputs, press};

fn pressed(item: &str, gives: Option<Gives>) -> Result<(String, String), String> {
    let mut config = Config::default();
    config.overrides.items.push(ItemOverride {
        selector: Selector {
            text: item.to_owned(),
            ..Selector::default()
        },
        token: Some(TokenOverride {
            gives,
            ..TokenOverride::default()
        }),
        ..ItemOverride::default()
    });
    let bytes = std::fs::read(inputs::fixtures().join("tokens/items.json")).unwrap();
    let pressed = press::press_configured("items.json", &bytes, &config)?;
    Ok((pressed.text(), pressed.diagnostics.join("\n")))
}

#[test]
fn settings_say_what_a_script_does_not() {
    let gives = TokenOverride::given(Some("accessToken".to_owned()), "text", None);
    let (code, said) = pressed("Log in by SOAP", Some(gives)).unwrap();
    assert!(code.contains("impl rt::Gives<0> for LogInBySoap {"), "{code}");
    assert!(code.contains("rt::Part::text()"));
    assert!(!said.contains("PM0111"), "{said}");

    let (code, said) = pressed("Log in by SOAP", None).unwrap();
    assert!(!code.contains("for LogInBySoap {\n    const PART"));
    assert!(!said.contains("PM0111"), "{said}");
    // What is understood can be switched off, too.
    let (code, _) = pressed("Refresh", None).unwrap();
    assert!(!code.contains("rt::Gives<0> for Refresh"));
    assert!(code.contains("rt::Gives<0> for LogIn "));
}

#[test]
fn a_token_of_no_variable_is_that_of_the_bearer() {
    let gives = TokenOverride::given(None, "result.token", Some("result.ttl"));
    let (code, _) = pressed("Log in by SOAP", Some(gives)).unwrap();
    // However the printer breaks its lines.
    let code: String = code.split_whitespace().collect();
    assert!(code.contains("pubfnbearer_token_by<C:rt::Gives<"), "{code}");
    assert!(code.contains(r#"rt::Part::member(&["result","token"])"#));
    assert!(code.contains(r#".lifetime(&["result","ttl"])"#));
}

#[test]
fn a_token_of_a_variable_that_nobody_sets_is_an_error() {
    let gives = TokenOverride::given(Some("acessToken".to_owned()), "token", None);
    let said = pressed("Log in by SOAP", Some(gives)).unwrap_err();
    assert!(said.contains("the client has no setting `acessToken`"), "{said}");
}
