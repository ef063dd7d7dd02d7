//! Prints calls of macros that hold a table: one row a line. rustfmt leaves them as they are.
//!
//! In: a macro's name, and its tokens, which end in a braced list of rows: `rt::sent!(Body { 0 id "id", 1 name "name" });`.
//! Out: its text, on one line if it fits. Anything of another form is left to the formatter.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::line;

/// What fits on one line.
const WIDTH: usize = 100;

/// The text of a table, with the line break at its end; `None` if it is none.
pub(super) fn text(name: &str, arguments: &Group) -> Option<String> {
    let mut head: Vec<TokenTree> = arguments.stream().into_iter().collect();
    let Some(TokenTree::Group(table)) = head.pop() else {
        return None;
    };
    if arguments.delimiter() != Delimiter::Parenthesis || table.delimiter() != Delimiter::Brace {
        return None;
    }
    let open = format!("{name}!({} {{", row(&head));
    let rows = rows(table.stream());
    let line = format!("{open} {} }});", rows.join(", "));
    if line.chars().count() <= WIDTH {
        return Some(line + "\n");
    }
    let rows = rows
        .iter()
        .map(|row| format!("    {row},\n"))
        .collect::<Vec<_>>()
        .concat();
    Some(format!("{open}\n{rows}}});\n"))
}

fn rows(table: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = table.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let rows = tokens.split(is_comma).map(row);
    rows.filter(|row| !row.is_empty()).collect()
}

/// Words with a space between them, but none before what is in parentheses: `2 list(tags) "tags"`.
fn row(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    for token in tokens {
        let attached = match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group),
            TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
        };
        match attached
            .and_then(|group| held(group, '(', ')'))
            .or_else(|| list(token))
        {
            Some(held) => text += &held,
            None if text.is_empty() || attached.is_some() => _ = write!(text, "{token}"),
            None => _ = write!(text, " {token}"),
        }
    }
    text
}

/// A list in brackets, after a space.
fn list(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            held(group, '[', ']').map(|list| format!(" {list}"))
        }
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

/// What is in a group, in its usual form.
fn held(group: &Group, open: char, close: char) -> Option<String> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut text = open.to_string();
    line::print(&tokens, &mut text)?;
    text.push(close);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str) -> Option<String> {
        let call: syn::ItemMacro = syn::parse_str(text).unwrap();
        let name = call
            .mac
            .path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        let arguments = Group::new(Delimiter::Parenthesis, call.mac.tokens.clone());
        super::text(&name.collect::<Vec<_>>().join("::"), &arguments)
    }

    #[test]
    fn a_short_table_is_one_line() {
        let line = "rt::sent!(Body { 0 id \"id\", 1 list(tags) \"a (b), {c}\" });\n";
        assert_eq!(print(line).as_deref(), Some(line));
    }

    #[test]
    fn what_a_variant_holds_is_a_type() {
        let line = "rt::union!(A by \"t\" { B(Vec<Option<super::C>>) List, D(::std::collections::BTreeMap<String, rt::Value>) Object tagged [\"d\", \"e\"] });\n";
        let text = print(line).unwrap();
        assert!(text.contains("    B(Vec<Option<super::C>>) List,\n    D(::std::collections::BTreeMap<String, rt::Value>) Object tagged [\"d\", \"e\"]"), "{text}");
    }

    #[test]
    fn a_long_one_has_a_line_for_each_row() {
        let key = "k".repeat(80);
        let text = print(&format!(
            "rt::received!(A requires [\"x\"] {{ 0 x \"x\", 1 r#type \"{key}\" }});"
        ));
        assert_eq!(
            text,
            Some(format!(
                "rt::received!(A requires [\"x\"] {{\n    0 x \"x\",\n    1 r#type \"{key}\",\n}});\n"
            ))
        );
    }

    #[test]
    fn other_macros_are_left_alone() {
        assert_eq!(print("rt::client!(API);"), None);
        assert_eq!(print("rt::table!([1, 2]);"), None);
    }
}
