//! The variables that a GraphQL document declares.
//!
//! In: the text of a document, and the name of the operation that is asked for. Out: the variables of that operation and the
//! shapes of their types, as far as these are GraphQL's own: `query Q($id: ID!, $first: Int = 10) { … }`. It refuses to know
//! schemas: an input type is an unknown value.

use super::shape::{Kind, Range, Shape};

/// More variables than an operation declares.
const MAX_VARIABLES: usize = 200;

/// Deepest list of lists that is looked into.
const MAX_DEPTH: usize = 8;

/// The declared variables of an operation, in order; of the first one if none is named or found.
pub fn declared(document: &str, operation: Option<&str>) -> Vec<(String, Shape)> {
    let tokens = tokens(document);
    let mut first = None;
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "{" | "(" => depth += 1,
            "}" | ")" => depth = depth.saturating_sub(1),
            "query" | "mutation" | "subscription" if depth == 0 => {
                let rest = tokens.get(at + 1..).unwrap_or_default();
                let name = rest.first().copied().filter(|name| is_name(name));
                let variables = variables(rest.get(usize::from(name.is_some())..).unwrap_or_default());
                if operation.is_some() && name == operation {
                    return variables;
                }
                first.get_or_insert(variables);
            }
            _ => {}
        }
    }
    first.unwrap_or_default()
}

/// The declarations between the brackets that these tokens start with.
fn variables(tokens: &[&str]) -> Vec<(String, Shape)> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 || found.len() == MAX_VARIABLES {
            break;
        }
        if let Some(["$", name, ":", ty @ ..]) = tokens.get(at..)
            && is_name(name)
        {
            found.push(((*name).to_owned(), shape(ty, 0)));
        }
    }
    found
}

fn shape(ty: &[&str], depth: usize) -> Shape {
    let kind = match ty {
        ["[", items @ ..] if depth < MAX_DEPTH => Kind::List(Box::new(shape(items, depth + 1))),
        ["Boolean", ..] => Kind::Bool,
        ["Int", ..] => Kind::Int(Range::default()),
        ["Float", ..] => Kind::Float,
        ["String" | "ID", ..] => Kind::String,
        _ => Kind::Unknown,
    };
    Shape { kind, null: false }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
}

/// Names, numbers and single characters; without comments, strings, commas and white space.
fn tokens(document: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = document;
    while let Some(char) = rest.chars().next() {
        let length = match char {
            '#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
            '"' => string(rest),
            char if is_word(char) => rest.find(|char| !is_word(char)).unwrap_or(rest.len()),
            char => char.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        if !char.is_whitespace() && !matches!(char, '#' | '"' | ',') {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

/// Length of the string, or block string, that a text starts with.
fn string(text: &str) -> usize {
    if let Some(block) = text.strip_prefix("\"\"\"") {
        return block.find("\"\"\"").map_or(text.len(), |end| end + 6);
    }
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            '"' if !escaped => return at + 1,
            '\n' => return at,
            _ => escaped = char == '\\' && !escaped,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(document: &str, operation: Option<&str>) -> Vec<(String, Kind)> {
        let declared = declared(document, operation);
        declared
            .into_iter()
            .map(|(name, shape)| (name, shape.kind))
            .collect()
    }

    fn list(kind: Kind) -> Kind {
        Kind::List(Box::new(Shape { kind, null: false }))
    }

    #[test]
    fn declarations_are_typed() {
        let document = r#"
            # query Not($a: Int)
            query Q($id: ID!, $first: Int = 10 @x(y: "),"), $tags: [String!]!, $deep: [[Float]], $in: UserInput = {a: 1}, $on: Boolean) {
                user(id: $id, other: $not) { name }
            }"#;
        let int = Kind::Int(Range::default());
        let expected = [
            ("id", Kind::String),
            ("first", int),
            ("tags", list(Kind::String)),
            ("deep", list(list(Kind::Float))),
            ("in", Kind::Unknown),
            ("on", Kind::Bool),
        ];
        assert_eq!(
            kinds(document, None),
            expected.map(|(name, kind)| (name.to_owned(), kind))
        );
    }

    #[test]
    fn the_named_operation_is_asked() {
        let document = "query A($a: Int) { x } mutation B($b: Boolean) { query }";
        assert_eq!(kinds(document, Some("B")), [("b".to_owned(), Kind::Bool)]);
        assert_eq!(
            kinds(document, Some("C")),
            [("a".to_owned(), Kind::Int(Range::default()))]
        );
    }

    #[test]
    fn odd_documents_do_no_harm() {
        for document in [
            "",
            "{ me }",
            "query",
            "query Q",
            "query Q(",
            "query ($",
            "query ($a",
            "query ($a:",
            "\"",
            "\"\"\"",
            "query é($a: [[",
        ] {
            assert!(declared(document, Some("Q")).len() <= 1, "{document}");
        }
        assert_eq!(
            kinds(&format!("query ($a: {})", "[".repeat(100_000)), None).len(),
            1
        );
    }
}
