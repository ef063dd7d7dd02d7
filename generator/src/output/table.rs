//! Prints calls of macros that hold a table: one row a line, where `prettyplease` would fill lines.
//!
//! In: a macro item whose tokens end in a braced list of rows, `rt::sent!(Body { 0 id "id", 1 name "name" });`. Out: its
//! text, on one line if it fits. Anything of another form is left to the formatter.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Item, ItemMacro};

/// What fits on one line.
const WIDTH: usize = 100;

/// The text of a table, with the line break at its end; `None` if the item is none.
pub fn text(item: &Item) -> Option<String> {
    let Item::Macro(ItemMacro {
        attrs,
        ident: None,
        mac,
        ..
    }) = item
    else {
        return None;
    };
    let mut head: Vec<TokenTree> = mac.tokens.clone().into_iter().collect();
    let Some(TokenTree::Group(table)) = head.pop() else {
        return None;
    };
    if !attrs.is_empty() || table.delimiter() != Delimiter::Brace {
        return None;
    }
    let path: Vec<String> = mac
        .path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    let start = if mac.path.leading_colon.is_some() {
        "::"
    } else {
        ""
    };
    let open = format!("{start}{}!({} {{", path.join("::"), row(head));
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
    let rows = tokens.split(is_comma).map(|tokens| row(tokens.to_vec()));
    rows.filter(|row| !row.is_empty()).collect()
}

/// Words with a space between them, but none before what is in parentheses: `2 list(tags) "tags"`.
fn row(tokens: Vec<TokenTree>) -> String {
    let mut text = String::new();
    for token in tokens {
        let attached =
            matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
        if !text.is_empty() && !attached {
            text.push(' ');
        }
        text.push_str(&token.to_string());
    }
    text
}

#[cfg(test)]
mod tests {

    fn print(text: &str) -> Option<String> {
        super::text(&syn::parse_str(text).unwrap())
    }

    #[test]
    fn a_short_table_is_one_line() {
        let line = "rt::sent!(Body { 0 id \"id\", 1 list(tags) \"a (b), {c}\" });\n";
        assert_eq!(print(line).as_deref(), Some(line));
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
        assert_eq!(print("macro_rules! x { () => {} }"), None);
    }
}
