//! What a client knows that every call uses: variables, credentials, the clock and the dice.
//!
//! In: what the client was built with and what its collection says. Out: what [`super::build`] looks up.

use std::{
    collections::hash_map::RandomState,
    fmt,
    hash::{BuildHasher, Hasher},
    pin::Pin,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{Base, BuildError};
use crate::{auth::Credential, file::FilePart, spec::AuthKind, tokens::Slot};

/// What a client knows.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// Variables that the user of the client set: data.
    pub given: &'a [(String, String)],
    /// Variables of the chosen environment of the collection: trusted text.
    pub environment: &'a [(&'static str, &'static str)],
    /// Variables of the collection and their defaults: trusted text. The last of a name counts.
    pub defaults: &'static [(&'static str, Option<&'static str>)],
    /// The client's methods that set them, in their order; empty if it has none.
    pub setters: &'static [&'static str],
    /// Names of variables whose values are never shown.
    pub secrets: &'static [&'static str],
    /// Addresses that are others: the first that fits counts.
    pub bases: &'a [Base],
    /// Credentials, at most one per kind.
    pub credentials: &'a [Credential],
    /// Tokens of sources, in the places of variables and credentials.
    #[doc(hidden)]
    pub tokens: &'a [Slot],
    /// The time.
    pub clock: &'a dyn Clock,
    /// Chance.
    pub entropy: &'a dyn Entropy,
    /// Where the files are that the collection names.
    pub files: &'a dyn Files,
}

impl Settings<'_> {
    /// No variables and no credentials; the system's clock and chance.
    pub const NONE: Self = Self {
        given: &[],
        environment: &[],
        defaults: &[],
        setters: &[],
        secrets: &[],
        bases: &[],
        credentials: &[],
        tokens: &[],
        clock: &SystemClock,
        entropy: &SystemEntropy,
        files: &FileSystem,
    };
}

impl Settings<'_> {
    /// What a variable stands for, as it is written.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let given = self.given.iter().rev().find(|(key, _)| key == name);
        let of_source = || self.token_of_variable(name).map(|(_, slot)| slot.text());
        let of_environment = || self.environment.iter().rev().find(|(key, _)| *key == name);
        let defaults = self.defaults.iter().rev().filter(|(key, _)| *key == name);
        given
            .map(|(_, value)| value.as_str())
            .or_else(of_source)
            .or_else(|| of_environment().map(|(_, value)| *value))
            .or_else(|| defaults.map(|(_, value)| *value).find_map(|value| value))
    }

    /// The token that a variable stands for, and which one it is.
    pub(crate) fn token_of_variable(&self, name: &str) -> Option<(usize, &Slot)> {
        let mut tokens = self.tokens.iter().enumerate();
        tokens.find(|(_, slot)| slot.is_variable(name))
    }

    /// The token that is a parameter of a scheme, by its name, and which one it is.
    pub(crate) fn token_of_scheme(&self, kind: AuthKind) -> Option<(usize, &'static str, &Slot)> {
        let mut tokens = self.tokens.iter().enumerate();
        tokens.find_map(|(index, slot)| Some((index, slot.param(kind)?, slot)))
    }

    /// The client's method that sets a variable.
    pub(crate) fn setter(&self, name: &str) -> Option<&'static str> {
        let index = self.defaults.iter().rposition(|(known, _)| *known == name)?;
        self.setters.get(index).copied()
    }

    /// The error of a variable without a value.
    pub(crate) fn unset(&self, name: &str, place: &'static str) -> BuildError {
        BuildError::Unset {
            name: name.to_owned(),
            place,
            setter: self.setter(name),
        }
    }
}

impl fmt::Debug for Settings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("defaults", &self.defaults)
            .finish_non_exhaustive()
    }
}

/// Tells the time, and waits; replaced in tests, so that signatures can be compared and nobody waits.
pub trait Clock: Send + Sync {
    /// Time since 1970-01-01T00:00:00Z.
    fn now(&self) -> Duration;

    /// Ends after so much time: the timeouts of calls are made of this. The default takes `tokio`'s timers; on a thread
    /// that runs no `tokio` it never ends.
    fn sleep(&self, time: Duration) -> Sleep {
        match tokio::runtime::Handle::try_current() {
            Ok(_) => Box::pin(tokio::time::sleep(time)),
            Err(_) => Box::pin(std::future::pending()),
        }
    }
}

/// What [`Clock::sleep`] gives.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}

/// Makes values that must not repeat; replaced in tests, so that signatures can be compared.
pub trait Entropy: Send + Sync {
    /// Fresh random bits.
    fn next_u64(&self) -> u64;

    /// A value used once, of `length` characters out of `alphabet`.
    fn nonce(&self, length: usize, alphabet: &str) -> String {
        let bytes = alphabet.as_bytes();
        let count = u64::try_from(bytes.len()).unwrap_or(1).max(1);
        let pick = |_| {
            let index = usize::try_from(self.next_u64() % count).unwrap_or(0);
            bytes.get(index).copied().map_or('0', char::from)
        };
        (0..length).map(pick).collect()
    }

    /// A random UUID, version 4.
    fn uuid(&self) -> String {
        let (high, low) = (self.next_u64(), self.next_u64());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            (low >> 48) & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }
}

/// The randomness that the standard library seeds its hash maps with: fresh per call, no further dependency.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn next_u64(&self) -> u64 {
        RandomState::new().build_hasher().finish()
    }
}

/// Finds the files that a collection names by path; replaced in tests.
pub trait Files: Send + Sync {
    /// The file at this path, if it can be read.
    fn open(&self, path: &str) -> Option<FilePart>;
}

/// The file system, from the current directory.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileSystem;

impl Files for FileSystem {
    fn open(&self, path: &str) -> Option<FilePart> {
        let found = std::fs::metadata(path).is_ok_and(|found| found.is_file());
        found.then(|| FilePart::path(path))
    }
}
