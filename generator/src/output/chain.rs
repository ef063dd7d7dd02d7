//! Lays out chains of calls: on one line if they are short, else a call a line.
//!
//! In: what a chain begins with, its links, and where it stands. Out: its text, or nothing if there is no layout that fits.

use super::node::{Link, Node};
use super::shape::{STEP, Shape, first_line, is_long, last_line, width};

/// The most that a chain of several calls may take on one line.
const CHAIN: usize = 60;
/// A last call of so many lines may begin on the line of the others.
const BLOCK: usize = 5;

/// The text of a chain.
pub(super) fn rewrite(first: &Node, links: &[Link], shape: Shape) -> Option<String> {
    let is_single = links.len() == 1;
    let (root, links, ends_with_block) = root(first, links, shape)?;
    let Some((last, links)) = links.split_last() else {
        return shape.fitting(root);
    };
    let below = shape.block(if ends_with_block { 0 } else { STEP });
    let mut texts = vec![root];
    for link in links {
        texts.push(link.rewrite(below)?);
    }
    let (last, is_line) = last_link(last, &texts, is_single, shape, below)?;
    texts.push(last);
    let between = match is_line {
        true => String::new(),
        false if shape.one_line_chain => return None,
        false => below.break_line(),
    };
    shape.fitting(texts.join(&between))
}

/// The beginning, with the links that stand on its line because it is short; and whether it ends like a block.
fn root<'l>(first: &Node, links: &'l [Link], shape: Shape) -> Option<(String, &'l [Link], bool)> {
    let mut text = first.rewrite(shape)?;
    let mut ends_with_block = is_long(&text) && first.is_block();
    let mut links = links;
    let tab = STEP.saturating_sub(shape.offset);
    while text.len() <= tab
        && !is_long(&text)
        && let Some((link, rest)) = links.split_first()
    {
        let Some(more) = link.rewrite(shape.offset_left(text.len())?) else {
            break;
        };
        text.push_str(&more);
        ends_with_block = is_extendable(&text);
        links = rest;
    }
    Some((text, links, ends_with_block))
}

/// The last link, and whether it stands on the line of the others.
fn last_link(
    last: &Link,
    texts: &[String],
    is_single: bool,
    shape: Shape,
    below: Shape,
) -> Option<(String, bool)> {
    let root = texts.first()?;
    let extends = is_extendable(root);
    let before = if extends {
        last_line(root)
    } else {
        texts.iter().map(|text| width(text)).sum()
    };
    let most = if is_single {
        shape.width
    } else {
        shape.width.min(CHAIN)
    };
    let budget = most.saturating_sub(before);
    let is_line = texts.iter().all(|text| !is_long(text)) && budget > 0;
    let tight = || below.sub_width(shape.behind());
    let own = match (is_line, extends) {
        (true, _) => shape,
        (false, true) => below,
        (false, false) => tight()?,
    };
    if (is_line || extends)
        && let Some(beside) = own.offset_left(before)
        && let Some(here) = last.rewrite(beside)
    {
        let fits = first_line(&here) <= budget;
        let lines = here.split('\n').count();
        if fits && lines >= BLOCK {
            return Some((here, is_line));
        }
        return Some(match last.rewrite(tight()?) {
            Some(there) if !fits => (there, false),
            Some(there) if there.split('\n').count() < lines => (there, false),
            Some(_) | None => (here, fits && is_line),
        });
    }
    Some((last.rewrite(own)?, false))
}

/// Whether more may follow the text on its last line, as that only closes what was opened.
fn is_extendable(text: &str) -> bool {
    let last = text.rsplit('\n').next().unwrap_or_default();
    text.ends_with("\"#")
        || last
            .chars()
            .all(|c| matches!(c, '(' | ')' | ']' | '}' | '?' | '>') || c.is_whitespace())
}

impl Node {
    /// Whether it is like a block where it takes several lines.
    fn is_block(&self) -> bool {
        match self {
            Self::Call(..) | Self::Array(_) | Self::Struct(..) | Self::Match(..) => true,
            Self::Tuple(_) | Self::Chain(..) | Self::Ref(_) => false,
            Self::Generic(..) | Self::Flat(_) | Self::Literal(_) => false,
        }
    }
}
