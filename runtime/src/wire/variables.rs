//! Puts values for `{{variables}}`, in passes, as Postman does (19 at most, inside out, names taken literally).
//!
//! In: a template of the collection. Out: [`Text`]. Values of the collection and its environment may hold variables
//! themselves; values that a caller gave may not. It knows nothing of where in a request the text will stand.

use super::{
    BuildError, Settings, Values,
    parts::{Gap, Secret},
    resend::Made,
    text::{Origin, Text, next_token},
};

/// So many times Postman looks for variables in what it put for variables.
const PASSES: usize = 19;

/// No request holds more than this by its variables; a collection whose variables double each other ends here.
const GROWTH: usize = 16 << 20;

/// Looks variables up, for one request.
pub(crate) struct Resolver<'a> {
    values: &'a Values,
    settings: &'a Settings<'a>,
    secrets: Vec<Secret>,
    gaps: Vec<Gap>,
    made: Made,
    /// Which tokens of sources are in it.
    asked: Vec<usize>,
}

/// What of a request is not in its parts.
pub(super) struct Noted {
    pub(super) secrets: Vec<Secret>,
    pub(super) gaps: Vec<Gap>,
    pub(super) made: Made,
    pub(super) asked: Vec<usize>,
}

/// What a variable stands for.
enum Value<'a> {
    Given(&'a str, Origin),
    Trusted(&'a str),
    Made(String),
}

impl<'a> Resolver<'a> {
    /// A resolver over what was given for the call and the client.
    pub(crate) fn new(values: &'a Values, settings: &'a Settings<'a>) -> Self {
        Self {
            values,
            settings,
            secrets: Vec::new(),
            gaps: Vec::new(),
            made: Made::default(),
            asked: Vec::new(),
        }
    }

    /// A resolver over the same, to see what would become of a template: it remembers nothing for the request.
    pub(crate) fn aside(&self) -> Self {
        Self::new(self.values, self.settings)
    }

    /// The same, which knows what was made up for an earlier send of the call.
    pub(super) fn remembering(mut self, mut made: Made) -> Self {
        made.rewind();
        self.made = made;
        self
    }

    /// The secrets that were used so far, what was left out, what was made up, and which tokens were asked for.
    pub(super) fn finish(self) -> Noted {
        Noted {
            secrets: self.secrets,
            gaps: self.gaps,
            made: self.made,
            asked: self.asked,
        }
    }

    /// Remembers that the token of a source is in the request.
    pub(crate) fn add_token(&mut self, index: usize) {
        if !self.asked.contains(&index) {
            self.asked.push(index);
        }
    }

    /// A value that is made up, once for all sends of a call.
    pub(super) fn make(&mut self, name: &str, make: impl FnOnce() -> String) -> String {
        let made = self.made.next(name, || Some(make()));
        made.unwrap_or_default()
    }

    /// The client's method that sets a variable.
    pub(crate) fn setter(&self, name: &str) -> Option<&'static str> {
        self.settings.setter(name)
    }

    /// The error of a variable without a value.
    pub(crate) fn unset(&self, name: &str, place: &'static str) -> BuildError {
        self.settings.unset(name, place)
    }

    /// Remembers what is left out.
    pub(crate) fn add_gap(&mut self, gap: Gap) {
        if !self.gaps.contains(&gap) {
            self.gaps.push(gap);
        }
    }

    /// Remembers a text that must not be shown.
    pub(crate) fn add_secret(&mut self, name: &str, text: &str) {
        let name = shell_name(name);
        if !text.is_empty() && !self.secrets.iter().any(|secret| secret.text == text) {
            let text = text.to_owned();
            self.secrets.push(Secret { name, text });
        }
    }

    /// The template with its variables filled in.
    pub(crate) fn resolve(&mut self, template: &str) -> Result<Text, BuildError> {
        self.resolve_text(Text::trusted(template))
    }

    /// Like [`Resolver::resolve`], for a template that given pieces were put into already.
    pub(crate) fn resolve_text(&mut self, mut text: Text) -> Result<Text, BuildError> {
        let limit = text.as_str().len() + GROWTH;
        for _ in 0..PASSES {
            match self.pass(&text, limit)? {
                Some(next) => text = next,
                None => break,
            }
        }
        Ok(text)
    }

    /// A variable of the template that has no value.
    pub(crate) fn unresolved(&mut self, template: &str) -> Result<Option<String>, BuildError> {
        if !template.contains("{{") {
            return Ok(None);
        }
        Ok(self.resolve(template)?.unresolved().map(str::to_owned))
    }

    /// One pass over the text; `None` if it changed nothing.
    fn pass(&mut self, text: &Text, limit: usize) -> Result<Option<Text>, BuildError> {
        let mut next: Option<Text> = None;
        let (mut from, mut copied) = (0, 0);
        while let Some(token) = next_token(text, from) {
            from = token.end;
            let name = text
                .as_str()
                .get(token.start + 2..token.end - 2)
                .unwrap_or_default();
            let Some(value) = self.value(name) else { continue };
            self.note_secret(name, &value);
            let next = next.get_or_insert_default();
            next.push_range(text, copied..token.start);
            match &value {
                Value::Given(value, origin) => next.push_given(value, *origin),
                Value::Trusted(value) => next.push(value),
                Value::Made(value) => next.push(value),
            }
            copied = token.end;
            if next.as_str().len() > limit {
                return Err(BuildError::TooLarge);
            }
        }
        if let Some(next) = &mut next {
            next.push_range(text, copied..text.as_str().len());
        }
        Ok(next)
    }

    fn value(&mut self, name: &str) -> Option<Value<'a>> {
        let settings = self.settings;
        if let Some(value) = self.values.variable(name) {
            return Some(Value::Given(value, Origin::Call));
        }
        if let Some((_, value)) = settings.given.iter().rev().find(|(key, _)| key == name) {
            return Some(Value::Given(value, Origin::Client));
        }
        if let Some((index, slot)) = settings.token_of_variable(name) {
            self.add_token(index);
            self.add_secret(name, slot.text());
            return Some(Value::Given(slot.text(), Origin::Client));
        }
        if let Some((_, value)) = settings.environment.iter().rev().find(|(key, _)| *key == name) {
            return Some(Value::Trusted(value));
        }
        let defaults = settings.defaults.iter().rev();
        if let Some(value) = defaults
            .filter(|(key, _)| *key == name)
            .find_map(|(_, value)| *value)
        {
            return Some(Value::Trusted(value));
        }
        let make = || super::dynamic::value(name, settings.clock, settings.entropy);
        self.made.next(name, make).map(Value::Made)
    }

    fn note_secret(&mut self, name: &str, value: &Value<'_>) {
        if self.settings.secrets.contains(&name) {
            match value {
                Value::Given(value, _) | Value::Trusted(value) => self.add_secret(name, value),
                Value::Made(value) => self.add_secret(name, value),
            }
        }
    }
}

/// A name as that of an environment variable: `apiKey` → `API_KEY`.
pub(crate) fn shell_name(name: &str) -> String {
    let mut shell = String::new();
    let mut lower = false;
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            if character.is_ascii_uppercase() && lower {
                shell.push('_');
            }
            shell.push(character.to_ascii_uppercase());
        } else if !shell.is_empty() && !shell.ends_with('_') {
            shell.push('_');
        }
        lower = character.is_ascii_lowercase() || character.is_ascii_digit();
    }
    let shell = shell.trim_end_matches('_');
    if shell.is_empty() || shell.starts_with(|first: char| first.is_ascii_digit()) {
        return format!("SECRET_{shell}").trim_end_matches('_').to_owned();
    }
    shell.to_owned()
}
