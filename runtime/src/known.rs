//! Whether a client was given names that its collection has.
//!
//! In: what the user of a client set by name, and what the collection calls its variables and hosts. Out: nothing, or
//! what is wrong, with the name that may have been meant. Where a collection's names are not all known, because it makes
//! names of variables or hosts of values, every name is taken.

use crate::wire::base;
use crate::wire::{Address, Base, Resolver, Settings, Values};

/// Names of a collection, as far as they are known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// Variables that only single calls have; `None` if any name may be one.
    pub(crate) call_variables: Option<&'static [&'static str]>,
    /// What addresses of calls begin with, as far as the host; `None` if that is not known.
    pub(crate) hosts: Option<&'static [&'static str]>,
}

impl Known {
    /// Refuses a variable or an address that no call has.
    pub(crate) fn check(&self, settings: &Settings<'_>) -> Result<(), String> {
        self.check_variables(settings)?;
        self.check_beginnings(settings)?;
        self.check_bases(settings)
    }

    /// Refuses what was given for the whole beginning of addresses, and is none.
    fn check_beginnings(&self, settings: &Settings<'_>) -> Result<(), String> {
        let hosts = self.hosts.unwrap_or_default();
        let is_beginning = |name: &str| {
            let inner =
                |host: &str| host.strip_prefix("{{").and_then(|host| host.strip_suffix("}}")) == Some(name);
            hosts.iter().any(|host| inner(host))
        };
        for (name, value) in settings.given {
            if is_beginning(name)
                && let Some(why) = base::wrong(value)
            {
                let setter = settings.setter(name).unwrap_or(name);
                return Err(format!("`{setter}` was given no base URL: {why}"));
            }
        }
        Ok(())
    }

    fn check_variables(&self, settings: &Settings<'_>) -> Result<(), String> {
        let mut given = settings.given.iter().map(|(name, _)| name.as_str());
        given.try_for_each(|name| self.check_variable(name, settings.defaults))
    }

    /// Refuses the name of a variable that no call has.
    pub(crate) fn check_variable(
        &self,
        name: &str,
        defaults: &'static [(&'static str, Option<&'static str>)],
    ) -> Result<(), String> {
        let Some(call_variables) = self.call_variables else {
            return Ok(());
        };
        let defined = defaults.iter().map(|(name, _)| *name);
        let known = || defined.clone().chain(call_variables.iter().copied());
        // Dynamic variables can be given a value too, and are more than anybody would list.
        if name.starts_with('$') || known().any(|known| known == name) {
            return Ok(());
        }
        let help = match nearest(name, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => listed("it has", known()),
        };
        Err(format!("the collection has no variable `{name}`: {help}"))
    }

    fn check_bases(&self, settings: &Settings<'_>) -> Result<(), String> {
        let Some(hosts) = self.hosts.filter(|_| !settings.bases.is_empty()) else {
            return Ok(());
        };
        let values = Values::default();
        let mut resolver = Resolver::new(&values, settings);
        let mut known = Vec::new();
        for host in hosts {
            match resolver.resolve(host) {
                Ok(text) if text.unresolved().is_none() => match Address::read(text.as_str()) {
                    Ok(address) => known.push(address),
                    Err(_) => return Ok(()),
                },
                // It may become any host.
                Ok(_) | Err(_) => return Ok(()),
            }
        }
        let is_unknown = |base: &&Base| !known.iter().any(|address| base.is_host_of(address));
        let Some(base) = settings.bases.iter().find(is_unknown) else {
            return Ok(());
        };
        let of = base.of();
        let mut origins: Vec<String> = known.iter().map(Address::origin).collect();
        origins.dedup();
        let help = match nearest(&of, origins.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => listed("there are calls of", origins.iter().map(String::as_str)),
        };
        Err(format!("no call's address begins with `{of}`: {help}"))
    }
}

/// The first few of some names.
fn listed<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 8;
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.get(..MOST) {
        _ if names.is_empty() => format!("{what} none"),
        Some(first) if names.len() > MOST => format!("{what} {}, …", first.join(", ")),
        Some(_) | None => format!("{what} {}", names.join(", ")),
    }
}

/// The name that is most like `name`, if any is near enough to have been meant.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = name.chars().count().div_ceil(3).max(1);
    known
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(far, _)| *far <= limit)
        .min()
        .map(|(_, name)| name)
}

/// The number of letters and digits to insert, remove or replace to get from one name to the other: `base_url` is
/// `baseUrl`.
fn distance(from: &str, to: &str) -> usize {
    let letters = |text: &str| -> Vec<char> {
        let letters = text.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let to = letters(to);
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, one) in letters(from).into_iter().enumerate() {
        let (mut diagonal, mut left) = (index, index + 1);
        for (cell, other) in row.iter_mut().skip(1).zip(&to) {
            let next = (diagonal + usize::from(one != *other))
                .min(left + 1)
                .min(*cell + 1);
            diagonal = *cell;
            *cell = next;
            left = next;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
