//! NTLM: nothing at first; asked for it, a message that opens the talk, then one that answers the server's challenge.
//!
//! By [MS-NLMP], version 2 where the server speaks it. The three requests must use one connection.

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use des::{
    Des,
    cipher::{BlockEncrypt as _, KeyInit as _, generic_array::GenericArray},
};
use md4::{Digest as _, Md4};

use super::{Cx, Draft, hash::Hash};
use crate::wire::{BuildError, base64_lenient};

const UNICODE: u32 = 0x0000_0001;
const EXTENDED_SECURITY: u32 = 0x0008_0000;
const TARGET_INFO: u32 = 0x0080_0000;
const DOMAIN_SUPPLIED: u32 = 0x0000_1000;
const OPENING_FLAGS: u32 = 0xa208_b207;
const ANSWER_FLAGS: u32 = 0xa288_8205;
/// Windows XP, build 2600, revision 15 of the protocol.
const VERSION: [u8; 8] = [5, 1, 0x28, 0x0a, 0, 0, 0, 15];

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    draft.remove_header("authorization");
    let who = Who::of(cx);
    let challenges = cx.handshake.challenges();
    let message = match challenges {
        [] => return Ok(()),
        [_] => opening(&who),
        [_, challenge, ..] => match Challenge::read(challenge) {
            Some(challenge) => answer(cx, &who, &challenge),
            None => return cx.refuse("NTLM", "the server's challenge cannot be read"),
        },
    };
    draft.add_header("Authorization", &format!("NTLM {}", STANDARD.encode(message)))
}

/// Who calls.
struct Who {
    username: String,
    password: String,
    domain: String,
    workstation: String,
}

impl Who {
    fn of(cx: &Cx<'_>) -> Self {
        let params = &cx.params;
        let (username, domain) = match (params.text("domain"), params.text("username")) {
            ("", username) => split_name(username),
            (domain, username) => (username, domain),
        };
        Self {
            username: username.to_owned(),
            password: params.text("password").to_owned(),
            domain: escape(&domain.to_uppercase()),
            workstation: escape(&params.text("workstation").to_uppercase()),
        }
    }
}

/// User and domain of `DOMAIN\user` and `user@domain`; anything else is a user.
fn split_name(name: &str) -> (&str, &str) {
    let parts = |separator: char| {
        let (before, after) = name.split_once(separator)?;
        let is_pair = !before.is_empty() && !after.is_empty() && !after.contains(separator);
        is_pair.then_some((before, after))
    };
    match (name.contains('\\'), name.contains('@')) {
        (true, false) => parts('\\').map_or((name, ""), |(domain, user)| (user, domain)),
        (false, true) => parts('@').unwrap_or((name, "")),
        (true, true) | (false, false) => (name, ""),
    }
}

/// JavaScript's `escape`: ASCII letters, digits and `@*_+-./` stay.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii_alphanumeric() || b"@*_+-./".contains(&byte) => {
                escaped.push(char::from(byte));
            }
            Ok(byte) => _ = write!(escaped, "%{byte:02X}"),
            Err(_) => _ = write!(escaped, "%u{unit:04X}"),
        }
    }
    escaped
}

/// Writes messages: fixed fields first, what they point at behind them.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn start(kind: u32) -> Self {
        let mut writer = Self::default();
        writer.bytes.extend(b"NTLMSSP\0");
        writer.number(kind);
        writer
    }

    fn number(&mut self, number: u32) {
        self.bytes.extend(number.to_le_bytes());
    }

    /// Length, room and place of a field.
    fn field(&mut self, length: usize, offset: usize) {
        let length = u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
        self.bytes.extend(length);
        self.bytes.extend(length);
        self.number(u32::try_from(offset).unwrap_or(u32::MAX));
    }
}

fn opening(who: &Who) -> Vec<u8> {
    const FIXED: usize = 40;
    let flags = if who.domain.is_empty() {
        OPENING_FLAGS & !DOMAIN_SUPPLIED
    } else {
        OPENING_FLAGS
    };
    let mut message = Writer::start(1);
    message.number(flags);
    message.field(who.domain.len(), FIXED + who.workstation.len());
    message.field(who.workstation.len(), FIXED);
    message.bytes.extend(VERSION);
    message.bytes.extend(who.workstation.bytes());
    message.bytes.extend(who.domain.bytes());
    message.bytes
}

/// What a server asks.
struct Challenge {
    flags: u32,
    nonce: [u8; 8],
    target: Option<Vec<u8>>,
}

impl Challenge {
    fn read(header: &str) -> Option<Self> {
        let (_, text) = header.split_once("NTLM ")?;
        let bytes = base64_lenient(text);
        let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let half = |at: usize| {
            Some(usize::from(u16::from_le_bytes(
                bytes.get(at..at + 2)?.try_into().ok()?,
            )))
        };
        if half(8)? != 2 {
            return None;
        }
        let flags = word(20)?;
        let target = if flags & TARGET_INFO == 0 {
            None
        } else {
            let (length, offset) = (half(40)?, usize::try_from(word(44)?).ok()?);
            Some(bytes.get(offset..offset.checked_add(length)?)?.to_vec())
        };
        let nonce = bytes.get(24..32)?.try_into().ok()?;
        Some(Self { flags, nonce, target })
    }
}

fn answer(cx: &Cx<'_>, who: &Who, challenge: &Challenge) -> Vec<u8> {
    const FIXED: usize = 72;
    let (lm, nt) = responses(cx, who, challenge);
    let is_unicode = challenge.flags & UNICODE != 0;
    let text = |text: &str| {
        if is_unicode {
            utf16(text)
        } else {
            text.bytes().collect()
        }
    };
    let (domain, username, workstation) = (text(&who.domain), text(&who.username), text(&who.workstation));
    let behind = FIXED + domain.len() + username.len() + workstation.len();
    let mut message = Writer::start(3);
    message.field(lm.len(), behind);
    message.field(nt.len(), behind + lm.len());
    message.field(domain.len(), FIXED);
    message.field(username.len(), FIXED + domain.len());
    message.field(workstation.len(), FIXED + domain.len() + username.len());
    message.field(0, behind + lm.len() + nt.len());
    message.number(if is_unicode {
        ANSWER_FLAGS
    } else {
        ANSWER_FLAGS - UNICODE
    });
    message.bytes.extend(VERSION);
    for part in [domain, username, workstation, lm, nt] {
        message.bytes.extend(part);
    }
    message.bytes
}

/// The two proofs that the password is known.
fn responses(cx: &Cx<'_>, who: &Who, challenge: &Challenge) -> (Vec<u8>, Vec<u8>) {
    let nt_hash = Md4::digest(utf16(&who.password)).to_vec();
    if challenge.flags & EXTENDED_SECURITY == 0 {
        return (
            des_response(&lm_hash(&who.password), challenge.nonce),
            des_response(&nt_hash, challenge.nonce),
        );
    }
    let client = cx.settings.entropy.next_u64().to_le_bytes();
    let Some(target) = &challenge.target else {
        let session = Hash::Md5.of(&[challenge.nonce, client].concat());
        let session = session.first_chunk().copied().unwrap_or_default();
        let lm = [client.as_slice(), &[0; 16]].concat();
        return (lm, des_response(&nt_hash, session));
    };
    let name = utf16(&(who.username.to_uppercase() + &who.domain));
    let key = Hash::Md5.keyed(&nt_hash, &name);
    let mut lm = Hash::Md5.keyed(&key, &[challenge.nonce, client].concat());
    lm.extend(client);
    // Windows counts tenths of a microsecond from 1601.
    let ticks = (cx.settings.clock.now().as_millis() + 11_644_473_600_000) * 10_000;
    let time = u64::try_from(ticks).unwrap_or(u64::MAX).to_le_bytes();
    let blob = [
        &[1, 1, 0, 0, 0, 0, 0, 0],
        &time[..],
        &client,
        &[0; 4],
        target,
        &[0; 4],
    ]
    .concat();
    let proof = Hash::Md5.keyed(&key, &[&challenge.nonce[..], &blob].concat());
    (lm, [proof, blob].concat())
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn lm_hash(password: &str) -> Vec<u8> {
    let mut padded: Vec<u8> = password
        .to_uppercase()
        .encode_utf16()
        .map(|unit| unit.to_le_bytes()[0])
        .collect();
    padded.resize(14, 0);
    padded
        .chunks(7)
        .flat_map(|half| des(half, *b"KGS!@#$%"))
        .collect()
}

/// A challenge encrypted under the three thirds of a hash.
fn des_response(hash: &[u8], challenge: [u8; 8]) -> Vec<u8> {
    let mut padded = hash.to_vec();
    padded.resize(21, 0);
    padded.chunks(7).flat_map(|third| des(third, challenge)).collect()
}

/// DES under a key of seven bytes, of which every seven bits become a byte.
fn des(key: &[u8], block: [u8; 8]) -> [u8; 8] {
    let bits = key.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    let mut spread = [0; 8];
    for (index, byte) in spread.iter_mut().enumerate() {
        *byte = u8::try_from(bits >> (49 - 7 * index) & 0x7f).unwrap_or_default() << 1;
    }
    let mut block = GenericArray::from(block);
    Des::new(&GenericArray::from(spread)).encrypt_block(&mut block);
    block.into()
}
