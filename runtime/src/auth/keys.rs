//! Signing with private keys, for JWT, ASAP and OAuth 1. Without the feature `private-keys` it says so.
//!
//! In: a key as PKCS #8 in PEM, and bytes. Out: a signature, or why there is none.
//!
//! The arithmetic of the crate `rsa` takes a time that depends on the key (RUSTSEC-2023-0071, of which no version is free).
//! Every signature is blinded with the system's randomness, which is what can be done about it here; keys of elliptic curves
//! have no such fault. `ring` would do for RS and PS, but signs by no SHA-1, which OAuth 1 needs, and takes no key below 2048
//! bits.

#[cfg(any(feature = "oauth1", feature = "private-keys"))]
use super::hash::Hash;

/// Signs by RSASSA-PKCS1-v1_5.
#[cfg(all(feature = "oauth1", not(feature = "private-keys")))]
pub(super) fn rsa(_key: &str, _hash: Hash, _bytes: &[u8]) -> Result<Vec<u8>, String> {
    Err(MISSING.to_owned())
}

/// Signs for a JWT: `RS256`, `PS384`, `ES512` and so on.
#[cfg(all(feature = "jwt", not(feature = "private-keys")))]
pub(super) fn jwt(_key: &str, _algorithm: &str, _bytes: &[u8]) -> Result<Vec<u8>, String> {
    Err(MISSING.to_owned())
}

#[cfg(not(feature = "private-keys"))]
const MISSING: &str = "signing with a private key needs the feature `private-keys` of letterpress-runtime";

#[cfg(all(feature = "oauth1", feature = "private-keys"))]
pub(super) use with_keys::rsa;

#[cfg(all(feature = "jwt", feature = "private-keys"))]
pub(super) use with_keys::jwt;

#[cfg(feature = "private-keys")]
mod with_keys {
    use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey, pkcs8::DecodePrivateKey, rand_core::OsRng, sha2};

    use super::Hash;
    use crate::wire::base64_lenient;

    const NO_KEY: &str = "the private key is no PKCS #8 key in PEM of the algorithm's kind";

    /// The bytes of a key in PEM.
    fn der(pem: &str) -> Result<Vec<u8>, String> {
        let inner = pem
            .trim_start()
            .strip_prefix("-----BEGIN PRIVATE KEY-----")
            .ok_or(NO_KEY)?;
        let inner = inner.split("-----END").next().unwrap_or_default();
        Ok(base64_lenient(inner).to_vec())
    }

    pub(in super::super) fn rsa(key: &str, hash: Hash, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let key = RsaPrivateKey::from_pkcs8_der(&der(key)?).map_err(|_| NO_KEY)?;
        let padding = Pkcs1v15Sign {
            hash_len: None,
            prefix: prefix(hash).into(),
        };
        key.sign_with_rng(&mut OsRng, padding, &hash.of(bytes))
            .map_err(|error| error.to_string())
    }

    /// What stands before a hash to say which it is: the start of a `DigestInfo`.
    fn prefix(hash: Hash) -> Vec<u8> {
        let sha2 = |kind: u8, length: u8| {
            let mut prefix = vec![
                0x30,
                17 + length,
                0x30,
                0x0d,
                0x06,
                0x09,
                0x60,
                0x86,
                0x48,
                0x01,
                0x65,
                0x03,
            ];
            prefix.extend([0x04, 0x02, kind, 0x05, 0x00, 0x04, length]);
            prefix
        };
        match hash {
            Hash::Md5 => vec![
                0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05, 0x05,
                0x00, 0x04, 0x10,
            ],
            Hash::Sha1 => vec![
                0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14,
            ],
            Hash::Sha256 => sha2(1, 32),
            Hash::Sha384 => sha2(2, 48),
            Hash::Sha512 => sha2(3, 64),
            Hash::Sha512T256 => sha2(6, 32),
        }
    }

    #[cfg(feature = "jwt")]
    pub(in super::super) fn jwt(key: &str, algorithm: &str, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let (family, hash) = algorithm.split_at_checked(2).unwrap_or((algorithm, ""));
        let hash = Hash::named(hash).ok_or("the algorithm is not known")?;
        match family {
            "RS" => rsa(key, hash, bytes),
            "PS" => pss(key, hash, bytes),
            _ => ecdsa(&der(key)?, hash, bytes),
        }
    }

    #[cfg(feature = "jwt")]
    fn pss(key: &str, hash: Hash, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let key = RsaPrivateKey::from_pkcs8_der(&der(key)?).map_err(|_| NO_KEY)?;
        let padding = match hash {
            Hash::Sha384 => Pss::new_with_salt::<sha2::Sha384>(48),
            Hash::Sha512 => Pss::new_with_salt::<sha2::Sha512>(64),
            Hash::Md5 | Hash::Sha1 | Hash::Sha256 | Hash::Sha512T256 => {
                Pss::new_with_salt::<sha2::Sha256>(32)
            }
        };
        key.sign_with_rng(&mut OsRng, padding, &hash.of(bytes))
            .map_err(|error| error.to_string())
    }

    /// Signs with a key of the curve that belongs to the hash; the two halves of the signature one after the other.
    #[cfg(feature = "jwt")]
    fn ecdsa(der: &[u8], hash: Hash, bytes: &[u8]) -> Result<Vec<u8>, String> {
        use p256::ecdsa::signature::Signer as _;
        let refused = |_| NO_KEY.to_owned();
        Ok(match hash {
            Hash::Sha384 => {
                let key = p384::SecretKey::from_pkcs8_der(der).map_err(refused)?;
                let signature: p384::ecdsa::Signature = p384::ecdsa::SigningKey::from(key).sign(bytes);
                signature.to_bytes().to_vec()
            }
            Hash::Sha512 => {
                let key = p521::SecretKey::from_pkcs8_der(der).map_err(refused)?;
                let key =
                    p521::ecdsa::SigningKey::from_slice(&key.to_bytes()).map_err(|_| NO_KEY.to_owned())?;
                let signature: p521::ecdsa::Signature = key.sign(bytes);
                signature.to_bytes().to_vec()
            }
            Hash::Md5 | Hash::Sha1 | Hash::Sha256 | Hash::Sha512T256 => {
                let key = p256::SecretKey::from_pkcs8_der(der).map_err(refused)?;
                let signature: p256::ecdsa::Signature = p256::ecdsa::SigningKey::from(key).sign(bytes);
                signature.to_bytes().to_vec()
            }
        })
    }
}
