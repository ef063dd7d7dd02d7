//! Whether a script only looks, and changes nothing of what is sent.
//!
//! In: the text of a script. Out: true if all it does with Postman is to read, to check, to log or to stop. No JavaScript
//! is understood here: whatever is not known to be harmless counts as a change, also where it stands in a text.

/// What may follow `pm.`; what ends in a bracket is a call.
const READS: &[&str] = &[
    "collectionVariables.get(",
    "collectionVariables.has(",
    "collectionVariables.replaceIn(",
    "collectionVariables.toJSON(",
    "collectionVariables.toObject(",
    "cookies.get(",
    "cookies.has(",
    "cookies.toObject(",
    "environment.get(",
    "environment.has(",
    "environment.name",
    "environment.replaceIn(",
    "environment.toJSON(",
    "environment.toObject(",
    "expect(",
    "expect.fail(",
    "globals.get(",
    "globals.has(",
    "globals.replaceIn(",
    "globals.toJSON(",
    "globals.toObject(",
    "info.eventName",
    "info.iteration",
    "info.iterationCount",
    "info.requestId",
    "info.requestName",
    "iterationData.get(",
    "iterationData.has(",
    "iterationData.toJSON(",
    "iterationData.toObject(",
    "request.headers.get(",
    "request.headers.has(",
    "request.url.getHost(",
    "request.url.getPath(",
    "request.url.getQueryString(",
    "request.url.toString(",
    "test(",
    "test.skip(",
    "variables.get(",
    "variables.has(",
    "variables.replaceIn(",
    "variables.toJSON(",
    "variables.toObject(",
];

/// Names other than `pm` through which a script changes something, or runs what cannot be seen here.
const ACTS: &[&str] = &[
    "Function",
    "XMLHttpRequest",
    "environment",
    "eval",
    "fetch",
    "globalThis",
    "globals",
    "import",
    "postman",
    "request",
    "require",
    "self",
    "setNextRequest",
    "window",
];

/// Calls of the old interface that only read.
const OLD_READS: &[&str] = &[".getEnvironmentVariable(", ".getGlobalVariable("];

/// Whether a script, without its comments, changes nothing.
pub(super) fn only_reads(script: &str) -> bool {
    words(script).all(|(word, inner, rest)| match word {
        "pm" if !inner => rest
            .strip_prefix('.')
            .is_some_and(|rest| READS.iter().any(|read| is_read(rest, read))),
        "postman" if OLD_READS.iter().any(|read| rest.starts_with(read)) => true,
        // A member of something else, `pm.environment`, `data.request`, is told by what that is.
        word => inner || !ACTS.contains(&word) || !is_used(rest),
    })
}

fn is_read(rest: &str, read: &str) -> bool {
    let Some(after) = rest.strip_prefix(read) else {
        return false;
    };
    read.ends_with('(') || !after.starts_with(is_part_of_name) && !is_assigned(after)
}

/// `= 1`, `+= 1`, `++`, but not `== 1`.
fn is_assigned(after: &str) -> bool {
    let after = after.trim_start();
    let compared = after.starts_with("==") || after.starts_with("=>");
    let operator = after.trim_start_matches(['+', '-', '*', '/', '%', '&', '|', '^', '?']);
    !compared && (operator.starts_with('=') || after.starts_with("++") || after.starts_with("--"))
}

/// Whether a name is called or gone into, and not just a word of a sentence.
fn is_used(rest: &str) -> bool {
    let rest = rest.trim_start();
    let member = rest.strip_prefix('.').or_else(|| rest.strip_prefix("?."));
    rest.starts_with(['(', '[']) || member.is_some_and(|member| member.starts_with(is_part_of_name))
}

/// Every name of a text, whether it is a member of something, and what follows it.
fn words(text: &str) -> impl Iterator<Item = (&str, bool, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(is_part_of_name)?;
        let word = text.get(start..)?;
        let word = word.split(|c| !is_part_of_name(c)).next()?;
        at = start + word.len();
        let inner = text.get(..start)?.ends_with('.') && !text.get(..start)?.ends_with("...");
        Some((word, inner, text.get(at..)?))
    })
}

fn is_part_of_name(character: char) -> bool {
    character.is_alphanumeric() || "_$".contains(character)
}

#[cfg(test)]
mod tests {
    use super::only_reads;

    #[test]
    fn what_only_looks_changes_nothing() {
        for script in [
            "if (!pm.collectionVariables.get('baseUrl')) { throw new Error('set baseUrl first'); }",
            "const { a } = pm.variables.toObject(); console.log(`a is ${a}`, pm.info.requestName === 'x')",
            "pm.test('has a url', () => pm.expect(pm.environment.get('url')).to.be.a('string'))",
            "throw new Error('call this request. Then eval it: require a token.')",
            "console.log(postman.getEnvironmentVariable('a'))",
            "const now = Date.now(); let hash = CryptoJS.SHA256(now).toString()",
            "console.log(pm.request.headers.get('X'), data.request.url)",
            "",
        ] {
            assert!(only_reads(script), "{script}");
        }
    }

    #[test]
    fn what_may_change_something_is_told() {
        for script in [
            "pm.environment.set('a', 1)",
            "pm.variables.unset('a')",
            "pm.request.headers.add({key: 'X', value: 1})",
            "pm.request.url = 'https://a.io'",
            "pm.info.requestName = 'x'",
            "pm.info.iteration++",
            "pm.sendRequest('https://a.io', () => {})",
            "const env = pm.environment; env.set('a', 1)",
            "const p = pm; p.globals.set('a', 1)",
            "pm['environment'].set('a', 1)",
            "pm?.environment.set('a', 1)",
            "let f = {...pm}",
            "eval(pm.globals.get('code'))",
            "new Function('x')()",
            "postman.setEnvironmentVariable('a', 1)",
            "postman.setNextRequest('b')",
            "const c = require('crypto')",
            "request.headers['X'] = 1",
            "globals['a'] = 1",
            "pm.environment.clear()",
            "pm.execution.skipRequest()",
        ] {
            assert!(!only_reads(script), "{script}");
        }
    }
}
