//! Lays out what follows an equals sign or an arrow: beside it, or below.
//!
//! In: the value or the arms, and where they stand. Out: their text, or nothing if there is no layout that fits.

use super::node::Node;
use super::shape::{STEP, Shape, first_line, is_long, width};

/// A `match`, with an arm a line.
pub(super) fn matched(of: &str, arms: &[(String, Node)], shape: Shape) -> Option<String> {
    let inner = shape.block(STEP);
    let mut text = format!("match {of} {{");
    for (pattern, body) in arms {
        text.push_str(&inner.break_line());
        text.push_str(&arm(pattern, body, inner)?);
    }
    text.push_str(&shape.break_line());
    text.push('}');
    Some(text)
}

fn arm(pattern: &str, body: &Node, shape: Shape) -> Option<String> {
    let beside = shape
        .offset_left(width(pattern) + 4)
        .and_then(|shape| shape.sub_width(1));
    let here = beside.and_then(|beside| body.rewrite(beside));
    let budget = beside.map_or(0, |beside| beside.width);
    if let Some(here) = &here
        && !is_long(here)
        && width(here) <= budget
    {
        return Some(format!("{pattern} => {here},"));
    }
    let below = shape.block(STEP);
    let there = body.rewrite(below);
    let combined = |here: &str| format!("{pattern} => {here},");
    let next_line = |there: &str| {
        format!(
            "{pattern} => {{{}{there}{}}}",
            below.break_line(),
            shape.break_line()
        )
    };
    Some(match (here, there) {
        (Some(here), Some(there)) if prefers_next_line(&here, &there) => next_line(&there),
        (Some(here), _) if first_line(&here) <= budget && body.overflows(1) => combined(&here),
        (Some(here), Some(there)) if is_long(&here) => next_line(&there),
        (None, Some(there)) => next_line(&there),
        (None, None) => return None,
        (Some(here), _) => combined(&here),
    })
}

/// What follows an equals sign, with the space or the new line before it.
pub(super) fn assigned(value: &Node, shape: Shape) -> Option<String> {
    let here = value.rewrite(shape);
    if let Some(here) = &here
        && !is_long(here)
        && width(here) <= shape.width
    {
        return Some(format!(" {here}"));
    }
    let below = shape.block(STEP).sub_width(shape.behind())?;
    let there = value.rewrite(below);
    let next_line = |there: &str| [&below.break_line(), there].concat();
    match (here, there) {
        (Some(here), Some(there)) if !below.fits(&there) => Some(format!(" {here}")),
        (Some(here), Some(there)) if prefers_next_line(&here, &there) => Some(next_line(&there)),
        (None, Some(there)) => Some(next_line(&there)),
        (None, None) => None,
        (Some(here), _) => Some(format!(" {here}")),
    }
}

/// Whether a piece of code reads better on the next line.
fn prefers_next_line(here: &str, there: &str) -> bool {
    let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
    let opens = |text: &str, open: char| text.split('\n').next().unwrap_or_default().ends_with(open);
    !is_long(there)
        || lines(here) > lines(there) + 1
        || ['(', '{', '[']
            .iter()
            .any(|open| opens(here, *open) && !opens(there, *open))
}
