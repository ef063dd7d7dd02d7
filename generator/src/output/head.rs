//! Lays out what stands before a brace: of structs, enums, implementations and functions.
//!
//! In: the tokens before the brace. Out: their text, with the space or the line break before the brace, or with the brace.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::node::{self, flat, is_punct, parts};
use super::shape::{self, STEP, Shape, width};

/// The head of a struct or an enum as far as its brace.
pub(super) fn head_of(head: String, is_empty: bool) -> String {
    // For an empty one, rustfmt counts the braces twice.
    let brace = if is_empty { 5 } else { 2 };
    let between = if width(&head) + brace <= Shape::indented(0).width {
        " "
    } else {
        "\n"
    };
    head + between
}

/// `impl Trait for Type` as far as its brace: over two lines where it is too long for one and not for those.
pub(super) fn implementation(tokens: &[TokenTree]) -> Option<String> {
    let line = flat(tokens)?;
    let most = Shape::indented(0).width;
    if width(&line) + 2 <= most {
        return Some(line + " ");
    }
    let generics = || line.find("> ").map_or(line.len(), |end| end + 1);
    let (first, second) = line.split_at(line.find(" for ").unwrap_or_else(generics));
    let second = ["    ", second.trim_start()].concat();
    if second.trim().is_empty() || width(&second) > most {
        return Some(line + " ");
    }
    Some([first, "\n", &second, "\n"].concat())
}

/// The head of a function as far as its brace, with its arguments on a line each if they are too many for one.
pub(super) fn signature(head: &[TokenTree]) -> Option<String> {
    let line = flat(head)? + " {";
    let shape = Shape::indented(STEP);
    // rustfmt counts its bytes.
    if line.len() <= shape.width {
        return Some(line);
    }
    let is_arguments = |token: &TokenTree| group_in(token, Delimiter::Parenthesis).is_some();
    let open = head.iter().position(is_arguments)?;
    let arguments = group_in(head.get(open)?, Delimiter::Parenthesis)?;
    let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
    let mut text = flat(head.get(..open)?)? + "(";
    if !arguments.is_empty() {
        let below = shape.block(STEP);
        for argument in parts(&arguments) {
            text.push_str(&below.break_line());
            text.push_str(&self::argument(argument, below.sub_width(1)?)?);
            text.push(',');
        }
        text.push_str(&shape.break_line());
    }
    text.push(')');
    let [_, _, result @ ..] = head.get(open + 1..)? else {
        return Some(text + " {");
    };
    let result = node::ty(result)?;
    let beside = shape.offset_left(" ->".len())?;
    let fitting = result.rewrite(beside).filter(|text| beside.fits(text));
    // Where the result does not fit in any way, rustfmt leaves the head as it is.
    let is_left = fitting.is_none();
    let result = fitting.or_else(|| result.rewrite(shape.unbounded()))?;
    text.extend([" -> ", &result]);
    let is_long = is_left || shape::last_line(&text) + 2 > shape.width;
    text.push_str(&if is_long {
        shape.break_line()
    } else {
        " ".to_owned()
    });
    Some(text + "{")
}

fn argument(tokens: &[TokenTree], shape: Shape) -> Option<String> {
    let Some(colon) = colon(tokens) else {
        return flat(tokens);
    };
    let (name, ty) = (
        flat(tokens.get(..colon)?)? + ": ",
        node::ty(tokens.get(colon + 1..)?)?,
    );
    let beside = shape
        .offset_left(width(&name))
        .and_then(|shape| ty.rewrite(shape));
    Some(name + &beside.or_else(|| ty.rewrite(shape.unbounded()))?)
}

/// The colon behind a name, which is none of `::`.
pub(super) fn colon(tokens: &[TokenTree]) -> Option<usize> {
    tokens.iter().position(|token| is_punct(token, ':'))
}

pub(super) fn group_in(token: &TokenTree, delimiter: Delimiter) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group),
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}
