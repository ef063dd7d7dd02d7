//! Signatures by private keys: tokens are verified with the public key that belongs to them.

use std::sync::OnceLock;

use base64::{Engine as _, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use letterpress_runtime::{
    AuthKind, Credential, Spec,
    auth::Handshake,
    wire::{self, Mode, Parts, Settings, Values},
};
use p256::ecdsa::signature::Verifier as _;
use rsa::{
    Pkcs1v15Sign, Pss, RsaPrivateKey, RsaPublicKey,
    pkcs8::EncodePrivateKey,
    sha2::{Digest as _, Sha256, Sha384, Sha512},
};

fn sign(algorithm: &'static str, key: &str) -> (String, Vec<u8>) {
    let params = [
        ("algorithm", algorithm),
        ("payload", "{\"n\": 1.0, \"iss\": \"me\"}"),
    ];
    let spec = Spec::new("GET", "https://api.test/v").auth(AuthKind::Jwt, Vec::leak(params.to_vec()));
    let credentials = [Credential::jwt_private_key(key)];
    let parts = build(&spec, &credentials);
    let header = parts.header("authorization").expect("it is signed").text();
    let token = header.strip_prefix("Bearer ").expect("it is a bearer token");
    let (text, signature) = token.rsplit_once('.').expect("it has three parts");
    let (head, payload) = text.split_once('.').expect("it has three parts");
    let decode =
        |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).expect("base64")).expect("UTF-8");
    assert_eq!(decode(head), format!("{{\"alg\":\"{algorithm}\"}}"));
    assert_eq!(
        decode(payload),
        "{\"n\":1,\"iss\":\"me\"}",
        "numbers as JavaScript writes them"
    );
    (
        text.to_owned(),
        URL_SAFE_NO_PAD.decode(signature).expect("base64"),
    )
}

fn build(spec: &Spec, credentials: &[Credential]) -> Parts {
    let settings = Settings {
        credentials,
        ..Settings::NONE
    };
    let parts = wire::build(
        spec,
        &Values::default(),
        &settings,
        Mode::Normal,
        &Handshake::default(),
    );
    parts.expect("it can be built")
}

/// PKCS #8 in PEM.
fn pem(der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    let lines: Vec<&str> = base64
        .as_bytes()
        .chunks(64)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        lines.join("\n")
    )
}

/// Keys are made here, by the counter that stands for chance; they protect nothing.
struct Counter(u64);

impl rsa::rand_core::CryptoRng for Counter {}

impl rsa::rand_core::RngCore for Counter {
    fn next_u32(&mut self) -> u32 {
        u32::try_from(self.next_u64() >> 32).unwrap_or_default()
    }

    fn next_u64(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 ^ (self.0 >> 29)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.next_u64().to_be_bytes()[0];
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

/// One key for all tests: to find one takes a while.
fn rsa_key() -> &'static (RsaPublicKey, String) {
    static KEY: OnceLock<(RsaPublicKey, String)> = OnceLock::new();
    KEY.get_or_init(|| {
        let key = RsaPrivateKey::new(&mut Counter(7), 1_024).expect("a key is found");
        let der = key.to_pkcs8_der().expect("it can be written");
        (key.to_public_key(), pem(der.as_bytes()))
    })
}

#[test]
fn rsa_signatures_are_valid() {
    let (public, key) = rsa_key();
    let (text, signature) = sign("RS256", key);
    let padding = Pkcs1v15Sign::new::<Sha256>();
    public
        .verify(padding, &Sha256::digest(text), &signature)
        .expect("RS256");
    let (text, signature) = sign("RS512", key);
    let padding = Pkcs1v15Sign::new::<Sha512>();
    public
        .verify(padding, &Sha512::digest(text), &signature)
        .expect("RS512");
    let (text, signature) = sign("PS256", key);
    public
        .verify(Pss::new::<Sha256>(), &Sha256::digest(text), &signature)
        .expect("PS256");
    let (text, signature) = sign("PS384", key);
    public
        .verify(Pss::new::<Sha384>(), &Sha384::digest(text), &signature)
        .expect("PS384");
}

#[test]
fn elliptic_signatures_are_valid() {
    let key = p256::SecretKey::random(&mut Counter(1));
    let (text, signature) = sign(
        "ES256",
        &pem(key.to_pkcs8_der().expect("it can be written").as_bytes()),
    );
    let signature = p256::ecdsa::Signature::from_slice(&signature).expect("two halves");
    let public = *p256::ecdsa::SigningKey::from(key).verifying_key();
    public.verify(text.as_bytes(), &signature).expect("ES256");

    let key = p384::SecretKey::random(&mut Counter(2));
    let (text, signature) = sign(
        "ES384",
        &pem(key.to_pkcs8_der().expect("it can be written").as_bytes()),
    );
    let signature = p384::ecdsa::Signature::from_slice(&signature).expect("two halves");
    let public = *p384::ecdsa::SigningKey::from(key).verifying_key();
    public.verify(text.as_bytes(), &signature).expect("ES384");

    let key = p521::SecretKey::random(&mut Counter(3));
    let (text, signature) = sign(
        "ES512",
        &pem(key.to_pkcs8_der().expect("it can be written").as_bytes()),
    );
    let signature = p521::ecdsa::Signature::from_slice(&signature).expect("two halves");
    let secret = p521::ecdsa::SigningKey::from_slice(&key.to_bytes()).expect("it is a key");
    p521::ecdsa::VerifyingKey::from(&secret)
        .verify(text.as_bytes(), &signature)
        .expect("ES512");
}

#[test]
fn a_key_of_another_kind_is_an_error() {
    const PARAMS: &[(&str, &str)] = &[("algorithm", "ES256")];
    let (_, key) = rsa_key();
    let spec = Spec::new("GET", "https://api.test/v").auth(AuthKind::Jwt, PARAMS);
    for key in [key.as_str(), "no key"] {
        let credentials = [Credential::jwt_private_key(key)];
        let settings = Settings {
            credentials: &credentials,
            ..Settings::NONE
        };
        let built = wire::build(
            &spec,
            &Values::default(),
            &settings,
            Mode::Normal,
            &Handshake::default(),
        );
        assert!(matches!(built, Err(wire::BuildError::Auth { .. })), "{built:?}");
        let built = wire::build(
            &spec,
            &Values::default(),
            &settings,
            Mode::Saved,
            &Handshake::default(),
        );
        assert!(built.expect("Postman sends it unsigned").headers.is_empty());
    }
}

#[test]
fn asap_tokens_say_who_calls() {
    const PARAMS: &[(&str, &str)] = &[("iss", "me"), ("aud", "them"), ("kid", "me/key"), ("exp", "60")];
    let (public, key) = rsa_key();
    let spec = Spec::new("GET", "https://api.test/v").auth(AuthKind::Asap, PARAMS);
    let parts = build(&spec, &[Credential::asap(key)]);
    let header = parts.header("authorization").expect("it is signed").text();
    let (text, signature) = header
        .trim_start_matches("Bearer ")
        .rsplit_once('.')
        .expect("it has three parts");
    let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64");
    public
        .verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(text), &signature)
        .expect("RS256");
    let payload = text.split('.').nth(1).expect("it has a payload");
    let payload = URL_SAFE_NO_PAD.decode(payload).expect("base64");
    let claims: serde_json::Value = serde_json::from_slice(&payload).expect("JSON");
    assert_eq!(
        (&claims["iss"], &claims["sub"], &claims["aud"]),
        (&"me".into(), &"me".into(), &"them".into())
    );
    let (issued, expires) = (claims["iat"].as_u64(), claims["exp"].as_u64());
    assert_eq!(issued.map(|issued| issued + 60), expires);
}

#[test]
fn oauth_1_signs_by_rsa() {
    const PARAMS: &[(&str, &str)] = &[
        ("signatureMethod", "RSA-SHA1"),
        ("addParamsToHeader", "true"),
        ("nonce", "n"),
        ("timestamp", "1"),
        ("version", "1.0"),
        ("consumerKey", "ck"),
    ];
    let (public, key) = rsa_key();
    let spec = Spec::new("GET", "https://api.test/v?b=2&a=1").auth(AuthKind::OAuth1, PARAMS);
    let parts = build(
        &spec,
        &[Credential::new(AuthKind::OAuth1).param("privateKey", key)],
    );
    let header = parts.header("authorization").expect("it is signed").text();
    let (_, signature) = header
        .split_once("oauth_signature=\"")
        .expect("there is a signature");
    let signature = percent_encoding::percent_decode_str(signature.trim_end_matches('"')).decode_utf8_lossy();
    let signature = STANDARD.decode(signature.as_bytes()).expect("base64");
    let text = "GET&https%3A%2F%2Fapi.test%2Fv&a%3D1%26b%3D2%26oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26\
                oauth_signature_method%3DRSA-SHA1%26oauth_timestamp%3D1%26oauth_version%3D1.0";
    let padding = Pkcs1v15Sign::new::<sha1::Sha1>();
    public
        .verify(
            padding,
            &<sha1::Sha1 as rsa::sha2::Digest>::digest(text),
            &signature,
        )
        .expect("RSA-SHA1");
}
