//! Allowed values, where a description names them.
//!
//! In: the description of a parameter, Markdown or HTML, and its saved value. Out: the values with their meaning, or nothing: a
//! list that does not hold the saved value is not the list of allowed ones, and a sentence is no list. It reads
//! `Allowed values: a, b`, `(This can only be one of a,b,c)`, `One of a, b or c`, and lines such as `` `zak` - Starts a meeting. ``

/// A value, and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The value itself.
    pub text: String,
    /// What it means; empty if nothing was said.
    pub meaning: String,
}

/// What announces a list of values, in lower case.
const MARKS: &[&str] = &[
    "allowed values",
    "allowed value",
    "possible values",
    "valid values",
    "available values",
    "accepted values",
    "acceptable values",
    "permitted values",
    "supported values",
    "one of",
];

/// What converters write before the values of a schema's enumeration.
const EXACT_MARK: &str = "(this can only be one of ";

/// Words between the mark and the list.
const FILLERS: &[&str] = &[
    "are",
    "is",
    "the following",
    "these",
    "values",
    "include",
    ":",
    "-",
];

/// What stands for the end of a line, and for quotes, in HTML.
const TAGS: &[(&str, &str)] = &[
    ("<br>", "\n"),
    ("<br/>", "\n"),
    ("<br />", "\n"),
    ("<BR>", "\n"),
    ("</br>", "\n"),
    ("<li>", "\n"),
    ("</li>", "\n"),
    ("<p>", "\n"),
    ("</p>", "\n"),
    ("<ul>", "\n"),
    ("</ul>", "\n"),
    ("<code>", "`"),
    ("</code>", "`"),
    ("&quot;", "\""),
];

/// More values than a list in prose has.
const MAX_VALUES: usize = 100;

/// The values that a description allows; empty if it does not say.
pub fn allowed_values(description: &str, saved: Option<&str>) -> Vec<Allowed> {
    let lower = description.to_ascii_lowercase();
    // Whatever announces a list, and the quotes of an explained value.
    let may_list = lower.contains("value") || lower.contains("one of") || lower.contains(['`', '<']);
    if !may_list || lower.contains("comma") {
        // Several at once, separated by commas: a value is a list of those allowed.
        return Vec::new();
    }
    let lines = lines(description);
    let candidates = std::iter::once(explained(&lines)).chain(lines.iter().flat_map(|line| listed(line)));
    candidates
        .map(without_doubles)
        .find(|values| is_enum(values) && holds(values, saved))
        .unwrap_or_default()
}

/// The description line by line, `<br>` and list items being lines too.
fn lines(description: &str) -> Vec<String> {
    let mut text = String::with_capacity(description.len());
    let mut rest = description;
    while let Some((before, found)) = rest.find(['<', '&']).and_then(|at| rest.split_at_checked(at)) {
        text.push_str(before);
        let tag = TAGS.iter().find(|(tag, _)| found.starts_with(tag));
        let (plain, length) = tag.map_or((found.get(..1), 1), |(tag, plain)| (Some(*plain), tag.len()));
        text.extend(plain);
        rest = found.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    text.lines().map(|line| line.trim().to_owned()).collect()
}

/// Lines that start with a back-quoted word and a dash.
fn explained(lines: &[String]) -> Vec<Allowed> {
    lines.iter().filter_map(|line| explained_value(line)).collect()
}

fn explained_value(line: &str) -> Option<Allowed> {
    let line = line.trim_start_matches(['-', '*', '•', '+']).trim_start();
    let line = line.strip_prefix("**").unwrap_or(line);
    let (word, rest) = line.strip_prefix('`')?.split_once('`')?;
    let rest = rest.strip_prefix("**").unwrap_or(rest).trim_start();
    let meaning = rest.strip_prefix(['-', '–', '—', ':'])?;
    is_word(word).then(|| Allowed {
        text: word.to_owned(),
        meaning: meaning.trim_start_matches('-').trim().to_owned(),
    })
}

/// The lists that a line announces.
fn listed(line: &str) -> Vec<Vec<Allowed>> {
    let lower = line.to_ascii_lowercase();
    if !lower.contains("value") && !lower.contains("one of") {
        return Vec::new();
    }
    let after = |mark: &&str| {
        let mark: &str = mark;
        lower
            .match_indices(mark)
            .filter(|(at, _)| !lower[..*at].ends_with(|char: char| char.is_ascii_alphanumeric()))
            .filter_map(|(at, mark)| list(line.get(at + mark.len()..)?))
            .collect::<Vec<_>>()
    };
    let exact = lower
        .find(EXACT_MARK)
        .and_then(|at| exact_list(line.get(at + EXACT_MARK.len()..)?));
    exact.into_iter().chain(MARKS.iter().flat_map(after)).collect()
}

/// The list as converters write it, values of several words among them: up to the bracket, with nothing but commas.
fn exact_list(text: &str) -> Option<Vec<Allowed>> {
    let (items, _) = text.rsplit_once(')')?;
    let value = |item: &str| Allowed {
        text: item.trim().to_owned(),
        meaning: String::new(),
    };
    let values: Vec<Allowed> = items.split(',').map(value).collect();
    let plain =
        |value: &Allowed| (1..=60).contains(&value.text.len()) && !value.text.contains(['(', ')', '`']);
    values.iter().all(plain).then_some(values)
}

/// The list at the start of a text: as far as the sentence or the bracket goes.
fn list(text: &str) -> Option<Vec<Allowed>> {
    let text = skip_fillers(text);
    let text = ['(', '[', '{']
        .iter()
        .fold(text, |text, open| text.strip_prefix(*open).unwrap_or(text));
    let end = sentence_end(text);
    let items = text
        .get(..end)?
        .replace(" or ", ",")
        .replace(" and ", ",")
        .replace('|', ",");
    items
        .split(',')
        .map(str::trim)
        .filter(|item| !item.trim_matches(['`', '"', '\'']).is_empty())
        .map(item)
        .collect()
}

fn skip_fillers(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let lower = text
            .get(..text.len().min(20))
            .unwrap_or(text)
            .to_ascii_lowercase();
        let filler = FILLERS.iter().find(|filler| {
            let rest = lower.strip_prefix(**filler);
            rest.is_some_and(|rest| !filler.ends_with(char::is_alphabetic) || rest.starts_with([' ', ':']))
        });
        match filler {
            Some(filler) => text = text.get(filler.len()..).unwrap_or_default(),
            None => return text,
        }
    }
}

/// Where a list ends: at a bracket, or at a full stop, semicolon or the end of the line.
fn sentence_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, char) in text.char_indices() {
        match char {
            '`' | '"' => quoted = !quoted,
            ')' | ']' | '}' | ';' if !quoted => return at,
            '.' if !quoted => {
                let rest = text.get(at + 1..).unwrap_or_default();
                if rest.is_empty() || rest.starts_with(char::is_whitespace) {
                    return at;
                }
            }
            _ => {}
        }
    }
    text.len()
}

fn item(item: &str) -> Option<Allowed> {
    let item = item.strip_prefix("or ").unwrap_or(item).trim();
    let bare = item.trim_matches(['`', '"', '\'', '*', '“', '”']);
    let value = if bare.len() < item.len() {
        bare.len() <= 60
    } else {
        is_word(bare)
    };
    (value && !bare.is_empty() && !bare.contains('`')).then(|| Allowed {
        text: bare.to_owned(),
        meaning: String::new(),
    })
}

/// One word, as values are written.
fn is_word(text: &str) -> bool {
    let plain = |char: char| char.is_alphanumeric() || "_-.:+/@*#$".contains(char);
    !text.is_empty() && text.len() <= 60 && text.chars().all(plain)
}

fn without_doubles(values: Vec<Allowed>) -> Vec<Allowed> {
    let mut unique: Vec<Allowed> = Vec::new();
    for value in values.into_iter().take(MAX_VALUES) {
        if !unique.iter().any(|other| other.text == value.text) {
            unique.push(value);
        }
    }
    unique
}

/// At least two values, and not all of them numbers or truth values, which have types of their own.
fn is_enum(values: &[Allowed]) -> bool {
    let text = |value: &Allowed| super::scalar::scalar(&value.text) == crate::ir::Type::String;
    values.len() >= 2 && values.iter().any(text)
}

/// Whether the saved value is among those allowed. A missing one, or one that stands for another, says nothing against them.
fn holds(values: &[Allowed], saved: Option<&str>) -> bool {
    let saved = saved.unwrap_or_default();
    saved.is_empty()
        || saved.contains("{{")
        || super::placeholder::placeholder(saved).is_some()
        || values.iter().any(|value| value.text == saved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(description: &str, saved: Option<&str>) -> Vec<String> {
        allowed_values(description, saved)
            .into_iter()
            .map(|value| value.text)
            .collect()
    }

    #[test]
    fn lines_with_a_quoted_word_and_a_dash() {
        let description =
            "User token types:<br>`token` - Used for starting.<br>`zak` - Used for URLs. Two hours.";
        let values = allowed_values(description, Some("zak"));
        assert_eq!(values.len(), 2);
        assert_eq!(values.first().unwrap().meaning, "Used for starting.");
        assert_eq!(values.last().unwrap().text, "zak");
        assert_eq!(texts("* `asc`: Up.\n* `desc`: Down.", None), ["asc", "desc"]);
        assert_eq!(
            texts(
                "<ul><li><code>a</code> - x</li><li><code>b</code> - y</li></ul>",
                Some("a")
            ),
            ["a", "b"]
        );
    }

    #[test]
    fn lists_in_words() {
        for description in [
            "Allowed values: asc, desc",
            "The order. Allowed values: `asc`, `desc`.",
            "Order (This can only be one of asc,desc)",
            "One of asc or desc. Default is asc.",
            "Must be one of the following: 'asc', 'desc'",
            "Possible values are: asc | desc",
            "Valid values: [asc, desc]",
        ] {
            assert_eq!(texts(description, Some("desc")), ["asc", "desc"], "{description}");
            assert_eq!(texts(description, None), ["asc", "desc"], "{description}");
        }
    }

    #[test]
    fn converters_write_values_of_several_words() {
        let description = "State. (This can only be one of open,closed,in progress)";
        assert_eq!(
            texts(description, Some("in progress")),
            ["open", "closed", "in progress"]
        );
        assert_eq!(
            texts("One of `a-b`, `a_b`, `self`, ``", Some("a-b")),
            ["a-b", "a_b", "self"]
        );
    }

    #[test]
    fn prose_is_no_list() {
        for (description, saved) in [
            ("Allowed values: asc, desc", Some("up")),
            ("One of the things that you can order by, or nothing", Some("x")),
            ("One of: 1, 2, 3", Some("1")),
            ("Allowed values: true, false", Some("true")),
            ("`ttl` is used with the `type` field", Some("5")),
            ("someone of note, other", None),
            ("`only` - one line", Some("only")),
            ("", None),
            ("Allowed values:", None),
            ("A comma-separated list. Allowed values: a, b", Some("a")),
        ] {
            assert_eq!(texts(description, saved), [""; 0], "{description}");
        }
    }

    #[test]
    fn odd_text_does_no_harm() {
        for description in [
            "one of",
            "`",
            "``-",
            "One of ‘a’, ‘b’ …",
            "ONE OF İ, b",
            "allowed values: ((((",
            "- `é` - x",
        ] {
            let _ = allowed_values(description, Some("é"));
        }
    }
}
