//! Credentials among the flags of a command: `curl -u user:password`, `--cookie "session=…"`, `--password …`.
//!
//! In: a text, and a word in it that begins with a dash. Out: the part of its argument that is secret.

use std::ops::Range;

use super::looks;
use super::names::{self, Sensitivity};
use super::scan::{Found, boundary};
use crate::ir::template;

/// As far back as the command is looked for whose flag it is.
const LONGEST_COMMAND: usize = 2_048;

/// Looks at the flag that this word is.
pub(super) fn at_flag(text: &str, word: &Range<usize>) -> Option<Found> {
    let flag = text.get(word.clone())?;
    let known = match flag {
        "-u" | "--user" | "-U" | "--proxy-user" => user,
        "-b" | "--cookie" => cookie,
        flag if flag.starts_with("--") && names::of_name(flag) == Sensitivity::Strong => secret,
        _ => return None,
    };
    let from = boundary(text, word.start.saturating_sub(LONGEST_COMMAND));
    let before = text.get(from..word.start)?;
    let is_curl = before.contains("curl") || before.contains("wget") || before.starts_with("http ");
    let needs_curl = flag.len() == 2 || flag == "--user" || flag == "--cookie";
    if needs_curl && !is_curl {
        return None;
    }
    let argument = argument(text, word.end)?;
    known(text, &argument, flag)
}

/// The range of a flag's argument, without its quotes.
fn argument(text: &str, end_of_flag: usize) -> Option<Range<usize>> {
    let rest = text.get(end_of_flag..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '=']).len();
    let start = end_of_flag + blanks;
    let value = text.get(start..boundary(text, start + LONGEST_COMMAND))?;
    let quote = value.chars().next().filter(|first| "\"'".contains(*first));
    let (start, value) = match quote {
        Some(quote) => (start + 1, value.get(1..)?.split(quote).next()?),
        None => {
            let ends = |character: char| character.is_whitespace() || "\\`\"'<|;&".contains(character);
            (start, value.split(ends).next()?)
        }
    };
    (blanks > 0 && !value.is_empty()).then(|| start..start + value.len())
}

fn user(text: &str, argument: &Range<usize>, _: &str) -> Option<Found> {
    let value = text.get(argument.clone())?;
    let (user, password) = value.split_once(':')?;
    let ids = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let start = argument.start + user.len() + 1;
    is_literal(password)
        .then_some(())
        .filter(|()| !ids)
        .map(|()| Found::new(start..argument.end, "password"))
}

fn cookie(text: &str, argument: &Range<usize>, _: &str) -> Option<Found> {
    let value = text.get(argument.clone())?;
    let (_, first) = value.split_once('=')?;
    is_literal(first).then(|| Found::new(argument.clone(), "cookie"))
}

fn secret(text: &str, argument: &Range<usize>, flag: &str) -> Option<Found> {
    let value = text.get(argument.clone())?;
    let secret = looks::looks_chosen(value) && is_literal(value);
    secret.then(|| Found::new(argument.clone(), names::label(flag)))
}

fn is_literal(value: &str) -> bool {
    !value.is_empty() && !looks::is_placeholder(value) && !template::has_variables(value)
}

#[cfg(test)]
mod tests {
    use super::super::redact;

    #[test]
    fn arguments_of_commands_are_found() {
        for (text, clean) in [
            (
                "curl -u ada:hunter2 https://a.io",
                "curl -u ada:[removed] https://a.io",
            ),
            ("curl --user 'ada:hunter two' x", "curl --user 'ada:[removed]' x"),
            ("curl x -b \"sid=8f14e45f\" y", "curl x -b \"[removed]\" y"),
            ("login --password hunter2x", "login --password [removed]"),
            (
                "curl -H 'X-Api-Key: 8f14e45fceea'",
                "curl -H 'X-Api-Key: [removed]'",
            ),
        ] {
            assert_eq!(redact(text), clean);
        }
        for text in [
            "curl -u $USER:$PASSWORD https://a.io",
            "curl -u user:password https://a.io",
            "docker run -u 1000:1000 image; git push -u origin:main",
            "curl -b cookies.txt https://a.io",
            "login --password then press enter",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
