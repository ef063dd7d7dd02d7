//! Which keys are data, and which names of fields.

use super::super::json::read;
use super::*;

fn verdict(texts: &[&str]) -> bool {
    let samples: Vec<_> = texts.iter().map(|text| read(text).unwrap().json).collect();
    match Shape::of_all(&samples, &mut 0).kind {
        Kind::Object(object) => are_data(&object),
        other => panic!("no object: {other:?}"),
    }
}

#[test]
fn ids_dates_and_addresses_are_data() {
    for key in [
        "1001",
        "0.075",
        "+Inf",
        "2024-01-31",
        "2024-01-31T10:00:00Z",
        "4ccd755f-2c80-481b-a262-49b55e12f5e1",
        "0x42eb768f2244c8811c63729a21a3569731535f07",
        "ann@example.com",
        "cus_9s6XKzkNRiz8i3",
        "/pets",
        "application/json",
        "https://example.com/x",
        "<string>",
        "additionalProp1",
        "key_0",
        "dolore_662",
        "Ut_9",
        "sint7",
        "suntbd",
        "iruree51",
        "qui_f_8",
        "commodof",
        "cupidatat",
        "dolor__",
        "est52",
    ] {
        assert!(verdict(&[&format!(r#"{{"{key}": 1}}"#)]), "{key}");
    }
}

#[test]
fn names_are_not() {
    for key in [
        "id",
        "name",
        "line1",
        "address2",
        "md5",
        "sha256",
        "ipv4",
        "in",
        "do",
        "@type",
        "$ref",
        "key",
        "property",
        "oauth2",
        "x509_certificate",
        "3ds",
        "2fa",
        "isHTTP2Enabled",
        "dolor",
        "id_token",
        "est_date",
        "face",
        "netgate-bgp:bgp",
        "ad_id",
        "added",
        "in_f",
        "id1",
        "doc",
        "exec",
        "nonce",
        "elite",
        "iso8601DateFormat",
        "base64EncodedSha256",
    ] {
        let expected = key == "in_f";
        assert_eq!(verdict(&[&format!(r#"{{"{key}": 1}}"#)]), expected, "{key}");
    }
}

#[test]
fn what_is_made_up_beside_real_members_is_left_out() {
    let keys = |text: &str| {
        let mut shape = Shape::of_all([&read(text).unwrap().json], &mut 0);
        leave_out_made_up(&mut shape);
        match shape.kind {
            Kind::Object(object) => object.members.into_keys().collect::<Vec<_>>().join(" "),
            other => panic!("no object: {other:?}"),
        }
    };
    assert_eq!(
        keys(r#"{"id": 1, "key_0": true, "key_12": {}, "key_": 2, "additionalProp1": 1}"#),
        "id key_"
    );
    assert_eq!(keys(r#"{"key_0": true, "key_1": 2}"#), "key_0 key_1");
}

#[test]
fn members_of_one_shape_that_rarely_meet_are_a_map() {
    let sample = |keys: &[&str]| {
        let members: Vec<_> = keys
            .iter()
            .map(|key| format!(r#""{key}": {{"rate": 1, "name": "n"}}"#))
            .collect();
        format!("{{{}}}", members.join(","))
    };
    let a = sample(&["euro", "dollar", "pound"]);
    let b = sample(&["yen", "won", "franc", "krona"]);
    let c = sample(&["rand", "real"]);
    assert!(verdict(&[&a, &b, &c]));
    assert!(!verdict(&[&a, &a]));
    assert!(!verdict(&[&a]));
    assert!(!verdict(&[
        r#"{"a": 1, "b": "x", "c": true}"#,
        r#"{"d": 1, "e": "x", "f": true}"#
    ]));
}

#[test]
fn an_object_of_too_many_keys_is_a_map() {
    let members: Vec<_> = (0..=TOO_MANY).map(|at| format!(r#""name{at}x": {at}"#)).collect();
    assert!(verdict(&[&format!("{{{}}}", members.join(","))]));
}
