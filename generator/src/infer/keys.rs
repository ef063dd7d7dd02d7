//! Whether the keys of an object are names or data.
//!
//! In: the joined members of all objects at one place. Out: a verdict. Keys are data if each of them looks like an id, a date,
//! a number, an address …; if a tool made them up for a schema's `additionalProperties`; if there are too many to be fields; or if
//! many members of one shape hardly ever occur together: `{"1001": {…}, "1002": {…}}`.

use super::shape::{Kind, Object, Shape};

/// More keys than any author gives to one object.
const TOO_MANY: usize = 400;

/// Fewest distinct keys from which a pattern of presence can be read.
const ENOUGH: usize = 6;

/// Whether the keys are data, so that the object is a map.
pub fn are_data(object: &Object) -> bool {
    let keys = || object.members.keys().map(String::as_str);
    let count = object.members.len();
    count > TOO_MANY
        || count > 0 && (keys().all(is_data) || made_up(keys()))
        || rarely_meet(object) && alike(object)
}

/// Members that are there in few of the objects.
fn rarely_meet(object: &Object) -> bool {
    let count = object.members.len();
    let seen: usize = object.members.values().map(|member| member.seen).sum();
    count >= ENOUGH && object.samples >= 2 && seen * 5 <= count * object.samples * 2
}

/// Whether all members are objects with mostly the same keys, or all are of the same scalar kind.
fn alike(object: &Object) -> bool {
    let mut shapes = object.members.values().map(|member| &member.shape);
    let Some(first) = shapes.next() else {
        return false;
    };
    shapes.all(|shape| alike_shapes(first, shape))
}

fn alike_shapes(a: &Shape, b: &Shape) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Object(a), Kind::Object(b)) => {
            let shared = a
                .members
                .keys()
                .filter(|key| b.members.contains_key(*key))
                .count();
            shared * 3 >= a.members.len().max(b.members.len()) * 2
        }
        (Kind::List(a), Kind::List(b)) => alike_shapes(a, b),
        (Kind::Int(_) | Kind::Float, Kind::Int(_) | Kind::Float)
        | (Kind::Bool, Kind::Bool)
        | (Kind::String | Kind::DateTime, Kind::String | Kind::DateTime) => true,
        (
            Kind::Unknown
            | Kind::Mixed(_)
            | Kind::Object(_)
            | Kind::List(_)
            | Kind::Int(_)
            | Kind::Float
            | Kind::Bool
            | Kind::String
            | Kind::DateTime,
            _,
        ) => false,
    }
}

/// Whether no author would choose this as the name of a field.
fn is_data(key: &str) -> bool {
    is_number(key)
        || is_hex_id(key)
        || is_date(key)
        || is_mixed_id(key)
        || key.contains('@') && key.contains('.') && !key.starts_with('@')
        || key.starts_with('/')
        || is_media_type(key)
        || key.contains("://")
        || key.starts_with("{{") && key.ends_with("}}")
        || super::placeholder::placeholder(key).is_some()
}

fn is_number(key: &str) -> bool {
    let digits = key.trim_start_matches(['+', '-']);
    let starts = digits.starts_with(|char: char| char.is_ascii_digit()) || matches!(digits, "Inf" | "NaN");
    starts && key.parse::<f64>().is_ok()
}

/// A UUID, a hash, an address: hexadecimal digits and dashes, long, with a digit among them.
fn is_hex_id(key: &str) -> bool {
    let prefixed = key.strip_prefix("0x");
    let digits: Vec<char> = prefixed
        .unwrap_or(key)
        .chars()
        .filter(|char| *char != '-')
        .collect();
    let least = if prefixed.is_some() { 1 } else { 12 };
    digits.len() >= least
        && digits.iter().all(char::is_ascii_hexdigit)
        && digits.iter().any(char::is_ascii_digit)
}

/// `2024-01-31`, `2024-01-31T10:00:00Z`, `2024/01`, `2024-01`.
fn is_date(key: &str) -> bool {
    let mut parts = key.splitn(3, ['-', '/']);
    let year = parts
        .next()
        .is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    let month = parts
        .next()
        .is_some_and(|month| month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit()));
    let day = parts
        .next()
        .is_none_or(|day| day.starts_with(|char: char| char.is_ascii_digit()));
    year && month && day
}

/// Letters and digits thoroughly mixed, as random ids are: `cus_9s6XKzkNRiz8i3`.
fn is_mixed_id(key: &str) -> bool {
    let word = key.rsplit(['_', '-', ':']).next().unwrap_or(key);
    let digits: Vec<bool> = word.chars().map(|char| char.is_ascii_digit()).collect();
    let turns = digits
        .windows(2)
        .filter(|pair| pair.first() != pair.last())
        .count();
    word.len() >= 10 && turns >= 4 && word.chars().all(|char| char.is_ascii_alphanumeric())
}

/// `application/json`.
fn is_media_type(key: &str) -> bool {
    let top = [
        "application/",
        "text/",
        "image/",
        "audio/",
        "video/",
        "multipart/",
        "*/",
    ];
    top.iter().any(|top| key.starts_with(top))
}

/// Leaves out what tools make up beside real members, for a schema that allows for more: in answers it is but noise.
pub fn leave_out_made_up(shape: &mut Shape) {
    leave_out_of_kind(&mut shape.kind);
}

fn leave_out_of_kind(kind: &mut Kind) {
    match kind {
        Kind::List(items) => leave_out_made_up(items),
        Kind::Object(object) => {
            if !object.members.keys().all(|key| is_additional(key)) {
                object.members.retain(|key, _| !is_additional(key));
            }
            object
                .members
                .values_mut()
                .for_each(|member| leave_out_made_up(&mut member.shape));
        }
        Kind::Mixed(parts) => parts.iter_mut().for_each(leave_out_of_kind),
        Kind::Unknown | Kind::Bool | Kind::Int(_) | Kind::Float | Kind::String | Kind::DateTime => {}
    }
}

/// `key_0`, `additionalProp1`.
fn is_additional(key: &str) -> bool {
    let name = key.trim_end_matches(|char: char| char.is_ascii_digit());
    name.len() < key.len() && ["additionalProp", "key_"].contains(&name)
}

/// Whether all keys are names that tools give to the additional properties of a schema: `additionalProp1`, `key_0`, `dolore_662`.
fn made_up<'a>(keys: impl Iterator<Item = &'a str>) -> bool {
    let mut sure = false;
    for key in keys {
        match likeness(key) {
            Likeness::Made => sure = true,
            Likeness::Perhaps => {}
            Likeness::Name => return false,
        }
    }
    sure
}

/// How much a key looks as if a tool had made it up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Made,
    /// Only among others that do.
    Perhaps,
    Name,
}

fn likeness(key: &str) -> Likeness {
    let name = key.trim_end_matches(|char: char| char.is_ascii_digit());
    if name.len() < key.len() && ["additionalProp", "key_", "property"].contains(&name) {
        return Likeness::Made;
    }
    // A word of the placeholder text, then a few hexadecimal digits, with or without lines between them.
    let lower = key.to_lowercase();
    let words = LOREM
        .iter()
        .filter_map(|word| Some((word.len(), lower.strip_prefix(word)?)));
    words
        .map(|(length, suffix)| likeness_of(length, suffix))
        .fold(Likeness::Name, |best, next| match (best, next) {
            (Likeness::Made, _) | (_, Likeness::Made) => Likeness::Made,
            (Likeness::Perhaps, _) | (_, Likeness::Perhaps) => Likeness::Perhaps,
            (Likeness::Name, Likeness::Name) => Likeness::Name,
        })
}

/// By the length of the word and what follows it. Short words, and letters that may belong to a longer one, prove nothing.
fn likeness_of(word: usize, suffix: &str) -> Likeness {
    let digits = suffix.replace('_', "");
    if digits.is_empty() {
        // Longer ones are words of no language that anyone writes software in.
        let sure = word >= 6 || word >= 4 && !suffix.is_empty();
        return if sure { Likeness::Made } else { Likeness::Perhaps };
    }
    let hex = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let marked = suffix.starts_with('_') || word >= 3 && digits.contains(|char: char| char.is_ascii_digit());
    match (hex, marked, word) {
        (false, _, _) => Likeness::Name,
        (true, true, _) | (true, false, 5..) => Likeness::Made,
        (true, false, 4) if digits.len() >= 2 => Likeness::Made,
        (true, false, _) => Likeness::Perhaps,
    }
}

/// The words of the placeholder text that sample makers use.
const LOREM: &[&str] = &[
    "ad",
    "adipisicing",
    "adipiscing",
    "aliqua",
    "aliquip",
    "amet",
    "anim",
    "aute",
    "cillum",
    "commodo",
    "consectetur",
    "consequat",
    "culpa",
    "cupidatat",
    "deserunt",
    "do",
    "dolor",
    "dolore",
    "duis",
    "ea",
    "eiusmod",
    "elit",
    "enim",
    "esse",
    "est",
    "et",
    "eu",
    "ex",
    "excepteur",
    "exercitation",
    "fugiat",
    "id",
    "in",
    "incididunt",
    "ipsum",
    "irure",
    "labore",
    "laboris",
    "laborum",
    "lorem",
    "magna",
    "minim",
    "mollit",
    "nisi",
    "non",
    "nostrud",
    "nulla",
    "occaecat",
    "officia",
    "pariatur",
    "proident",
    "qui",
    "quis",
    "reprehenderit",
    "sed",
    "sint",
    "sit",
    "sunt",
    "tempor",
    "ullamco",
    "ut",
    "velit",
    "veniam",
    "voluptate",
];

#[cfg(test)]
mod tests;
