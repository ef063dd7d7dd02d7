//! What a script sets, as far as that can be read off its calls: variables and headers by literal names.
//!
//! In: the text of a script. Out: names, in order of first use, each once. No JavaScript is understood here: a name that
//! is computed is not found, and a call that is never reached is. It is for a hint, and for nothing else.

/// Calls whose first argument is the name of a variable.
const VARIABLES: &[&str] = &[
    "pm.environment.set(",
    "pm.variables.set(",
    "pm.collectionVariables.set(",
    "pm.globals.set(",
    "postman.setEnvironmentVariable(",
    "postman.setGlobalVariable(",
];

/// Calls whose first argument is an object with the name of a header as `key`.
const HEADERS: &[&str] = &[
    "pm.request.headers.add(",
    "pm.request.headers.upsert(",
    "pm.request.addHeader(",
];

/// Names are not longer than this.
const LONGEST: usize = 60;

/// What a script sets.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sets {
    /// Names of variables.
    pub variables: Vec<String>,
    /// Names of headers.
    pub headers: Vec<String>,
}

/// Reads the text of a script, without its comments.
pub(super) fn sets(script: &str) -> Sets {
    let mut sets = Sets::default();
    let mut rest = script;
    while let Some(at) = rest.find('p') {
        rest = rest.get(at..).unwrap_or_default();
        let behind = |calls: &[&str]| calls.iter().find_map(|call| rest.strip_prefix(call));
        if let Some(name) = behind(VARIABLES).and_then(literal) {
            push(&mut sets.variables, name);
        } else if let Some(name) = behind(HEADERS).and_then(key) {
            push(&mut sets.headers, name);
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    sets
}

impl Sets {
    /// In words; empty if nothing is set.
    pub(super) fn words(&self) -> String {
        let kinds = [("variable", &self.variables), ("header", &self.headers)];
        let words: Vec<String> = kinds
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(kind, names)| words_of(kind, names))
            .collect();
        words.join(" and ")
    }
}

/// Names after what they are of; of many only some.
fn words_of(kind: &str, names: &[String]) -> String {
    const MOST: usize = 6;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let plural = if names.len() == 1 { "" } else { "s" };
    let more = if names.len() > MOST { ", …" } else { "" };
    format!("the {kind}{plural} {}{more}", shown.join(", "))
}

fn push(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

/// The text literal that stands here, unless it is computed.
fn literal(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let quote = text
        .chars()
        .next()
        .filter(|quote| ['"', '\'', '`'].contains(quote))?;
    let inner = text.get(1..)?;
    let name = inner.get(..inner.find(quote)?)?;
    // What goes on behind it, as in `'a' + b`, is not all of the name.
    let ends = inner
        .get(name.len() + 1..)?
        .trim_start()
        .starts_with([',', ')', '}']);
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST
        && !name.contains(['\\', '\n'])
        && !name.contains("${");
    (ends && is_name).then_some(name)
}

/// The `key` of the object that stands here.
fn key(text: &str) -> Option<&str> {
    let members = text.trim_start().strip_prefix('{')?;
    let members = members.get(..members.find('}')?)?;
    let at = ["key:", "key :", "key\":", "key':"].into_iter().find_map(|key| {
        let at = members.find(key)?;
        Some(at + key.len())
    })?;
    literal(text.trim_start().get(1 + at..)?)
}

#[cfg(test)]
mod tests {
    use super::sets;

    #[test]
    fn literal_names_are_found() {
        for (script, words) in [
            (
                "pm.environment.set('a', 1); pm.variables.set( \"b\", x)",
                "the variables `a`, `b`",
            ),
            (
                "pm.globals.set(`a`, 1); pm.collectionVariables.set('a', 2)",
                "the variable `a`",
            ),
            (
                "postman.setEnvironmentVariable('t', pm.globals.get('u'))",
                "the variable `t`",
            ),
            (
                "pm.request.headers.add({key: 'X-Sig', value: sig}); pm.request.headers.upsert({ value: `}`, \"key\": \"B\"})",
                "the header `X-Sig`",
            ),
            (
                "pm.variables.set('a', 1);\npm.request.headers.upsert({\n  \"value\": v,\n  \"key\": \"B\"\n})",
                "the variable `a` and the header `B`",
            ),
            (
                "pm.variables.set('a' + b, 1); pm.variables.set(c, 'd'); pm.variables.set(`e${f}`, 1)",
                "",
            ),
            ("pm.variables.get('a'); xpm.environment.set(", ""),
            (
                "pm.request.headers.add('X: 1'); pm.request.headers.add({key: k})",
                "",
            ),
            (
                "for (const n of [1]) { pm.variables.set('1', n); pm.variables.set('2', n); pm.variables.set('3', n); \
                 pm.variables.set('4', n); pm.variables.set('5', n); pm.variables.set('6', n); pm.variables.set('7', n) }",
                "the variables `1`, `2`, `3`, `4`, `5`, `6`, …",
            ),
        ] {
            assert_eq!(sets(script).words(), words, "{script}");
        }
    }
}
