//! Answers to digest challenges, by the example of RFC 7616, section 3.9.1.

use letterpress_runtime::{
    AuthKind, Credential, Spec,
    auth::Handshake,
    wire::{self, Entropy, Mode, Settings, Values},
};

/// Knows one nonce only.
struct OneNonce;

impl Entropy for OneNonce {
    fn next_u64(&self) -> u64 {
        0
    }

    fn nonce(&self, _length: usize, _alphabet: &str) -> String {
        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ".to_owned()
    }
}

const SPEC: Spec = Spec::new("GET", "http://www.example.org/dir/index.html").auth(AuthKind::Digest, &[]);

fn challenge(algorithm: &str) -> String {
    format!(
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\"{algorithm}, \
         nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
    )
}

fn answer(handshake: &Handshake) -> Option<String> {
    let credentials = [Credential::digest("Mufasa", "Circle of Life")];
    let settings = Settings {
        credentials: &credentials,
        entropy: &OneNonce,
        ..Settings::NONE
    };
    let parts = wire::build(&SPEC, &Values::default(), &settings, Mode::Normal, handshake);
    let parts = parts.expect("it can be built");
    parts.header("authorization").map(wire::Header::text)
}

#[test]
fn a_challenge_is_answered_once() {
    let mut handshake = Handshake::default();
    assert_eq!(answer(&handshake), None, "nothing is sent unasked");
    assert!(!handshake.answered(&SPEC, 200, []));
    assert!(!handshake.answered(&SPEC, 401, ["Basic realm=\"x\""]));
    let challenge = challenge("");
    assert!(handshake.answered(&SPEC, 401, [challenge.as_str()]));
    assert!(answer(&handshake).is_some());
    assert!(
        !handshake.answered(&SPEC, 401, [challenge.as_str()]),
        "a refused answer is final"
    );
}

#[test]
fn the_algorithm_is_the_challenges() {
    let md5 = "8ca523f5e9506fed4657c9700eebdbec";
    let sha256 = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
    for (algorithm, response) in [
        ("", md5),
        (", algorithm=MD5", md5),
        (", algorithm=SHA-256", sha256),
    ] {
        let mut handshake = Handshake::default();
        assert!(handshake.answered(&SPEC, 401, [challenge(algorithm).as_str()]));
        let header = answer(&handshake).unwrap_or_default();
        assert!(
            header.contains(&format!("response=\"{response}\"")),
            "{algorithm}: {header}"
        );
        assert!(header.contains("qop=auth, nc=00000001"), "{header}");
    }
}
