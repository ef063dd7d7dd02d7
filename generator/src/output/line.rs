//! Prints tokens on one line, with the spaces that rustfmt puts between them.
//!
//! In: the tokens of a signature, a type or an expression of the simple kind. Out: their text. It knows only the tokens
//! that generated code has in such places; of anything else it says that it cannot.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenTree};

/// What was printed last, as far as it decides about a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    /// Nothing that wants a space after it.
    Open,
    /// A word, a literal or the end of a group: another word needs a space.
    Word,
    /// A word that is no name: whatever follows needs a space.
    Keyword,
    /// A comma; a space comes if anything else does.
    Comma,
}

/// The text of a line in the making.
#[derive(Debug)]
struct Line<'a> {
    text: &'a mut String,
    last: Last,
}

/// Adds the tokens to the text; `None` if they cannot be printed.
pub(super) fn print(tokens: &[TokenTree], text: &mut String) -> Option<()> {
    let last = Last::Open;
    Line { text, last }.tokens(tokens)
}

impl Line<'_> {
    fn tokens(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let mut rest = tokens.iter();
        while let Some(token) = rest.next() {
            match token {
                TokenTree::Ident(ident) => self.word(ident),
                TokenTree::Literal(literal) => {
                    self.space_after(Last::Word);
                    let start = self.text.len();
                    write!(self.text, "{literal}").ok()?;
                    // A text of several lines has its own idea of width.
                    let several = self.text.get(start..).is_none_or(|text| text.contains('\n'));
                    (!several).then_some(())?;
                    self.last = Last::Word;
                }
                TokenTree::Group(group) => self.group(group)?,
                TokenTree::Punct(punct) => {
                    let next = rest.clone().next();
                    if self.punct(punct, next)? == Taken::Two {
                        rest.next();
                    }
                }
            }
        }
        Some(())
    }

    fn space_after(&mut self, last: Last) {
        if self.last == last || matches!(self.last, Last::Comma | Last::Keyword) {
            self.text.push(' ');
        }
    }

    fn word(&mut self, ident: &Ident) {
        self.space_after(Last::Word);
        let start = self.text.len();
        let is_lifetime = self.text.ends_with('\'');
        self.text.push_str(&ident.to_string());
        let word = self.text.get(start..).unwrap_or_default();
        self.last = if is_lifetime
            || matches!(
                word,
                "impl" | "move" | "for" | "use" | "match" | "const" | "type" | "pub" | "fn"
            ) {
            Last::Keyword
        } else {
            Last::Word
        };
    }

    fn group(&mut self, group: &Group) -> Option<()> {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ('(', ')'),
            Delimiter::Bracket if self.last != Last::Word => ('[', ']'),
            Delimiter::Bracket | Delimiter::Brace | Delimiter::None => return None,
        };
        let restricted = self.last == Last::Keyword && self.text.ends_with("pub");
        if !restricted {
            self.space_after(Last::Comma);
        }
        self.text.push(open);
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        // A comma at the end is only kept where lines are broken, or in a tuple of one.
        let inner = match inner.split_last() {
            Some((last, others)) if is_comma(last) => others.iter().any(is_comma).then_some(others)?,
            Some(_) | None => &inner,
        };
        self.last = Last::Open;
        self.tokens(inner)?;
        self.text.push(close);
        self.last = if restricted { Last::Keyword } else { Last::Word };
        Some(())
    }

    fn punct(&mut self, punct: &Punct, next: Option<&TokenTree>) -> Option<Taken> {
        let next = match next {
            Some(TokenTree::Punct(next)) => Some(next.as_char()),
            Some(TokenTree::Ident(_) | TokenTree::Literal(_) | TokenTree::Group(_)) | None => None,
        };
        let (shown, last, taken) = match (punct.as_char(), next) {
            // Not in `price: ::my::Money`.
            (':', Some(':')) if punct.spacing() == Spacing::Joint => ("::", Last::Open, Taken::Two),
            ('=', Some('>')) => (" => ", Last::Open, Taken::Two),
            ('=', Some('=')) => (" == ", Last::Open, Taken::Two),
            ('|', _) if self.last == Last::Word => ("|", Last::Keyword, Taken::One),
            ('|', _) => ("|", Last::Open, Taken::One),
            ('+', _) => (" + ", Last::Open, Taken::One),
            ('/', _) => (" / ", Last::Open, Taken::One),
            ('-', Some('>')) => (" -> ", Last::Open, Taken::Two),
            (':', _) => (": ", Last::Open, Taken::One),
            ('=', _) => (" = ", Last::Open, Taken::One),
            (',', _) => (",", Last::Comma, Taken::One),
            ('.', _) => (".", Last::Open, Taken::One),
            ('<', _) => ("<", Last::Open, Taken::One),
            ('>', _) => (">", Last::Word, Taken::One),
            ('&', _) => ("&", Last::Open, Taken::One),
            ('\'', _) => ("'", Last::Open, Taken::One),
            (_, _) => return None,
        };
        match shown {
            // `impl ::core::fmt::Display`, but `rt::Call`.
            "::" | "'" | "<" if self.last != Last::Word && shown != "<" => self.space_after(Last::Comma),
            "&" => self.space_after(Last::Word),
            "|" if last == Last::Open => self.space_after(Last::Comma),
            ">" | "," if self.last == Last::Comma => return None,
            _ => {}
        }
        self.text.push_str(shown);
        self.last = last;
        Some(taken)
    }
}

/// How many tokens were printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    One,
    Two,
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}
