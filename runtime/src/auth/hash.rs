//! Hashes and keyed hashes by the names that schemes have for them.
//!
//! In: bytes. Out: bytes, or their text in hexadecimal or base64. It knows no scheme.

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512, Sha512_256, digest::DynDigest};

/// A hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
    Sha512T256,
}

impl Hash {
    /// The hash of this name, as in `HMAC-SHA256`, `RS256` or `sha1`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name
            .to_ascii_lowercase()
            .trim_start_matches("sha")
            .trim_start_matches('-')
        {
            "md5" => Some(Self::Md5),
            "1" => Some(Self::Sha1),
            "256" => Some(Self::Sha256),
            "384" => Some(Self::Sha384),
            "512" => Some(Self::Sha512),
            "512-256" => Some(Self::Sha512T256),
            _ => None,
        }
    }

    /// Starts hashing.
    pub(crate) fn start(self) -> Box<dyn DynDigest> {
        match self {
            Self::Md5 => Box::<Md5>::default(),
            Self::Sha1 => Box::<Sha1>::default(),
            Self::Sha256 => Box::<Sha256>::default(),
            Self::Sha384 => Box::<Sha384>::default(),
            Self::Sha512 => Box::<Sha512>::default(),
            Self::Sha512T256 => Box::<Sha512_256>::default(),
        }
    }

    /// Hashes these bytes.
    pub(crate) fn of(self, bytes: &[u8]) -> Vec<u8> {
        let mut hash = self.start();
        hash.update(bytes);
        hash.finalize().into_vec()
    }

    /// Hashes these bytes under a key, which may have any length.
    pub(crate) fn keyed(self, key: &[u8], bytes: &[u8]) -> Vec<u8> {
        macro_rules! keyed {
            ($hash:ty) => {{
                let mut mac =
                    Hmac::<$hash>::new_from_slice(key).expect("invariant: HMAC takes keys of any length");
                Mac::update(&mut mac, bytes);
                Mac::finalize(mac).into_bytes().to_vec()
            }};
        }
        match self {
            Self::Md5 => keyed!(Md5),
            Self::Sha1 => keyed!(Sha1),
            Self::Sha256 => keyed!(Sha256),
            Self::Sha384 => keyed!(Sha384),
            Self::Sha512 => keyed!(Sha512),
            Self::Sha512T256 => keyed!(Sha512_256),
        }
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        _ = write!(text, "{byte:02x}");
    }
    text
}

/// Bytes in base64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
