//! Expressions and types as the layout sees them: what may be broken over lines, and what may not.
//!
//! In: the tokens of one expression or type. Out: a [`Node`]. It knows the forms that generated code has; of anything else
//! it says that it cannot read it.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::line;

/// An expression or a type.
#[derive(Debug)]
pub(super) enum Node {
    /// A name, a path or something else that stays on a line.
    Flat(String),
    /// A text or a number.
    Literal(String),
    /// `&…`
    Ref(Box<Node>),
    /// `path(…)`
    Call(String, Vec<Node>),
    /// `[…]`
    Array(Vec<Node>),
    /// `(…)`
    Tuple(Vec<Node>),
    /// `Path { … }`
    Struct(String, Vec<Field>),
    /// `first.second(…).third`
    Chain(Box<Node>, Vec<Link>),
    /// `match … { … }`
    Match(String, Vec<(String, Node)>),
    /// `Path<…>`
    Generic(String, Vec<Node>),
}

/// A member of a struct, or where the others come from.
#[derive(Debug)]
pub(super) enum Field {
    /// `name`
    Short(String),
    /// `name: …`
    Long(String, Node),
    /// `..base`
    Base(Node),
}

/// What follows a dot.
#[derive(Debug)]
pub(super) enum Link {
    /// `.name`
    Member(String),
    /// `.name(…)`, by its head `.name`.
    Method(String, Vec<Node>),
}

/// An expression.
pub(super) fn expression(tokens: &[TokenTree]) -> Option<Node> {
    if let [first, rest @ ..] = tokens
        && is_punct(first, '&')
    {
        return Some(Node::Ref(Box::new(expression(rest)?)));
    }
    if let [TokenTree::Ident(word), scrutinee @ .., TokenTree::Group(arms)] = tokens
        && word == "match"
    {
        return Some(Node::Match(flat(scrutinee)?, self::arms(arms)?));
    }
    if is_closure(tokens) {
        return flat(tokens).map(Node::Flat);
    }
    let (first, rest) = primary(tokens)?;
    if rest.is_empty() {
        return Some(first);
    }
    match links(rest) {
        Some(links) => Some(Node::Chain(Box::new(first), links)),
        None => flat(tokens).map(Node::Flat),
    }
}

/// What a chain begins with, and what follows it.
fn primary(tokens: &[TokenTree]) -> Option<(Node, &[TokenTree])> {
    match tokens {
        [TokenTree::Literal(literal), rest @ ..] => Some((Node::Literal(literal.to_string()), rest)),
        [TokenTree::Group(group), rest @ ..] => match group.delimiter() {
            Delimiter::Bracket => Some((Node::Array(list(group)?), rest)),
            Delimiter::Parenthesis => Some((Node::Tuple(list(group)?), rest)),
            Delimiter::Brace | Delimiter::None => None,
        },
        _ => {
            let (path, rest) = tokens.split_at(function_end(tokens));
            let path = flat(path).filter(|path| !path.is_empty())?;
            match rest {
                [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Parenthesis => {
                    Some((Node::Call(path, list(group)?), rest))
                }
                [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Brace => {
                    Some((Node::Struct(path, fields(group)?), rest))
                }
                rest => Some((Node::Flat(path), rest)),
            }
        }
    }
}

/// `|a| …`, `move |a| …`: those of generated code fit on a line.
fn is_closure(tokens: &[TokenTree]) -> bool {
    match tokens {
        [TokenTree::Ident(word), bar, ..] => word == "move" && is_punct(bar, '|'),
        [bar, ..] => is_punct(bar, '|'),
        [] => false,
    }
}

/// How many tokens are a path and what it is told in `::<…>`.
fn function_end(tokens: &[TokenTree]) -> usize {
    let end = path_end(tokens);
    let (path, rest) = tokens.split_at(end);
    let is_told = matches!((path.last(), rest.first()), (Some(colon), Some(open)) if is_punct(colon, ':') && is_punct(open, '<'));
    let close = rest
        .iter()
        .position(|token| is_punct(token, '>'))
        .filter(|_| is_told);
    end + close.map_or(0, |close| close + 1)
}

/// How many tokens are a path: names with `::` between them.
fn path_end(tokens: &[TokenTree]) -> usize {
    let mut after_name = false;
    let is_path = |token: &&TokenTree| match token {
        TokenTree::Ident(_) => !std::mem::replace(&mut after_name, true),
        token if is_punct(token, ':') => {
            after_name = false;
            true
        }
        TokenTree::Punct(_) | TokenTree::Literal(_) | TokenTree::Group(_) => false,
    };
    tokens.iter().take_while(is_path).count()
}

fn links(tokens: &[TokenTree]) -> Option<Vec<Link>> {
    let mut links = Vec::new();
    let mut rest = tokens;
    while let [dot, name, after @ ..] = rest {
        let name = match name {
            TokenTree::Ident(_) | TokenTree::Literal(_) if is_punct(dot, '.') => format!(".{name}"),
            TokenTree::Ident(_) | TokenTree::Literal(_) | TokenTree::Group(_) | TokenTree::Punct(_) => {
                return None;
            }
        };
        rest = after;
        links.push(match after {
            [TokenTree::Group(group), after @ ..] if group.delimiter() == Delimiter::Parenthesis => {
                rest = after;
                Link::Method(name, list(group)?)
            }
            _ => Link::Member(name),
        });
    }
    rest.is_empty().then_some(links)
}

/// The expressions between commas.
pub(super) fn list(group: &Group) -> Option<Vec<Node>> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    parts(&tokens).into_iter().map(expression).collect()
}

fn fields(group: &Group) -> Option<Vec<Field>> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let fields = parts(&tokens).into_iter().map(|part| match part {
        [TokenTree::Ident(name)] => Some(Field::Short(name.to_string())),
        [TokenTree::Ident(name), colon, value @ ..] if is_punct(colon, ':') => {
            Some(Field::Long(name.to_string(), expression(value)?))
        }
        [dot, other, base @ ..] if is_punct(dot, '.') && is_punct(other, '.') => {
            Some(Field::Base(expression(base)?))
        }
        _ => None,
    });
    fields.collect()
}

fn arms(group: &Group) -> Option<Vec<(String, Node)>> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let arms = parts(&tokens).into_iter().map(|part| {
        let arrow = part.windows(2).position(
            |pair| matches!(pair, [equals, more] if is_punct(equals, '=') && is_punct(more, '>')),
        )?;
        let (pattern, body) = (part.get(..arrow)?, part.get(arrow + 2..)?);
        Some((flat(pattern)?, expression(body)?))
    });
    arms.collect()
}

/// A type.
pub(super) fn ty(tokens: &[TokenTree]) -> Option<Node> {
    if let [first, rest @ ..] = tokens
        && is_punct(first, '&')
        && !matches!(rest.first(), Some(token) if is_punct(token, '\''))
    {
        return Some(Node::Ref(Box::new(ty(rest)?)));
    }
    // `impl Into<…>` is broken like the path in it.
    let is_bound = matches!(tokens.first(), Some(TokenTree::Ident(word)) if word == "impl");
    let start = usize::from(is_bound);
    let end = start + path_end(tokens.get(start..)?);
    if let [open, inner @ .., close] = tokens.get(end..)?
        && end > 0
        && is_punct(open, '<')
        && is_punct(close, '>')
        && !matches!(inner.first(), Some(token) if is_punct(token, '\''))
        && parts(inner).iter().map(|part| part.len() + 1).sum::<usize>() >= inner.len()
    {
        let arguments = parts(inner).into_iter().map(ty).collect::<Option<_>>()?;
        return Some(Node::Generic(flat(tokens.get(..end)?)?, arguments));
    }
    flat(tokens).map(Node::Flat)
}

/// The parts between commas, but not those of generic arguments.
pub(super) fn parts(tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let (mut depth, mut arrow) = (0_usize, false);
    let parts = tokens.split(|token| {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' && !arrow => depth = depth.saturating_sub(1),
            _ => {}
        }
        arrow = is_punct(token, '-') || is_punct(token, '=');
        depth == 0 && is_punct(token, ',')
    });
    parts.filter(|part| !part.is_empty()).collect()
}

pub(super) fn flat(tokens: &[TokenTree]) -> Option<String> {
    let mut text = String::new();
    line::print(tokens, &mut text)?;
    Some(text)
}

pub(super) fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

impl Node {
    /// Whether it is a name or a text, or refers to one.
    pub(super) fn is_simple(&self) -> bool {
        match self {
            Self::Literal(_) => true,
            Self::Flat(path) => !path.contains("::"),
            Self::Ref(inner) => inner.is_simple(),
            Self::Call(..) | Self::Array(_) | Self::Tuple(_) | Self::Struct(..) => false,
            Self::Chain(..) | Self::Match(..) | Self::Generic(..) => false,
        }
    }

    /// Whether it may begin on the line of what holds it and end below, as one of this many.
    pub(super) fn overflows(&self, of: usize) -> bool {
        match self {
            Self::Call(..) | Self::Array(_) | Self::Tuple(_) | Self::Struct(..) => of == 1,
            Self::Match(..) => of == 1,
            Self::Chain(..) => of == 1 && self.is_method_call(),
            Self::Ref(inner) => inner.overflows(of),
            Self::Flat(_) | Self::Literal(_) | Self::Generic(..) => false,
        }
    }

    /// Whether it is a call of a function, or refers to what one gives.
    pub(super) fn is_nested_call(&self) -> bool {
        match self {
            Self::Call(..) => true,
            Self::Ref(inner) => inner.is_nested_call(),
            Self::Array(_) | Self::Tuple(_) | Self::Struct(..) | Self::Chain(..) => false,
            Self::Match(..) | Self::Generic(..) | Self::Flat(_) | Self::Literal(_) => false,
        }
    }

    /// Whether it ends with the call of a method, or refers to what one gives.
    pub(super) fn is_method_call(&self) -> bool {
        match self {
            Self::Chain(_, links) => matches!(links.last(), Some(Link::Method(..))),
            Self::Ref(inner) => inner.is_method_call(),
            Self::Call(..) | Self::Array(_) | Self::Tuple(_) | Self::Struct(..) => false,
            Self::Match(..) | Self::Generic(..) | Self::Flat(_) | Self::Literal(_) => false,
        }
    }

    /// Whether it is an expression.
    pub(super) fn is_expression(&self) -> bool {
        !matches!(self, Self::Generic(..))
    }
}
