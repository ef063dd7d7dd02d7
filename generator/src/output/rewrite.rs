//! Lays out expressions and types as rustfmt does: on a line where they fit, else broken by its rules.
//!
//! In: a [`Node`] and the [`Shape`] of where it stands. Out: its text, or nothing if there is no layout that fits. The
//! limits and the order in which layouts are tried are those of rustfmt's default configuration in the style of 2024.

use super::node::{Field, Link, Node};
use super::shape::{self, STEP, Shape, first_line, is_long, width};
use super::{assign, chain, order};

/// The most that arguments of a call may take on one line.
const CALL: usize = 60;
/// The most that elements of a list may take on one line.
const ARRAY: usize = 60;
/// The most that members of a struct may take on one line.
const STRUCT: usize = 18;
/// Elements no longer than this share lines.
const SHORT: usize = 10;

impl Node {
    /// Its text.
    pub(super) fn rewrite(&self, shape: Shape) -> Option<String> {
        match self {
            Self::Flat(text) => Some(text.clone()),
            Self::Literal(text) => literal(text, shape),
            Self::Ref(inner) => Some(format!("&{}", inner.rewrite(shape.offset_left(1)?)?)),
            Self::Call(path, arguments) => call(path, arguments, shape),
            Self::Array(elements) => List::array(elements, shape).rewrite(),
            Self::Tuple(elements) => List::call("", elements, shape).rewrite(),
            Self::Struct(path, fields) => strukt(path, fields, shape),
            Self::Chain(first, links) => chain::rewrite(first, links, shape),
            Self::Match(of, arms) => assign::matched(of, arms, shape),
            Self::Generic(path, arguments) => {
                // rustfmt does not count the `impl` before a bound.
                let counted = path.strip_prefix("impl ").unwrap_or(path);
                let shape = shape.offset_left(width(counted))?;
                let list = List::generic(arguments, shape).rewrite()?;
                Some([path.as_str(), &list].concat())
            }
        }
    }
}

impl Link {
    /// Its text, which begins with the dot.
    pub(super) fn rewrite(&self, shape: Shape) -> Option<String> {
        match self {
            Self::Member(name) => Some(name.clone()),
            Self::Method(head, arguments) => call(head, arguments, shape),
        }
    }
}

/// A text of one line may be as long as it likes; other layouts do not make it shorter.
fn literal(text: &str, shape: Shape) -> Option<String> {
    if is_long(text) || text.starts_with('r') {
        return shape.fitting(text.to_owned());
    }
    Some(text.to_owned())
}

/// A call of a function, or of a method by its head.
pub(super) fn call(head: &str, arguments: &[Node], shape: Shape) -> Option<String> {
    List::call(head, arguments, shape).rewrite()
}

/// A call of a macro with expressions.
pub(super) fn macro_call(head: &str, arguments: &[Node], shape: Shape) -> Option<String> {
    let shape = Shape {
        in_macro: true,
        ..shape
    };
    List::call(head, arguments, shape).rewrite()
}

/// How the elements of a list are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tactic {
    /// Side by side.
    Horizontal,
    /// Each on a line.
    Vertical,
    /// As many on a line as fit.
    Mixed,
}

/// Things in parentheses, brackets or angle brackets.
struct List<'a> {
    head: &'a str,
    open: char,
    close: char,
    items: &'a [Node],
    /// The most that the items may take on one line.
    most: usize,
    shape: Shape,
    /// Where the items stand on the line of the head.
    beside: Shape,
    /// Where they stand on lines of their own.
    below: Shape,
    /// What they may take on the line of the head.
    line: usize,
}

impl<'a> List<'a> {
    fn new(head: &'a str, (open, close): (char, char), items: &'a [Node], most: usize, shape: Shape) -> Self {
        let used = shape::last_line(head);
        let beside = shape.offset_left(used + 1).and_then(|shape| shape.sub_width(1));
        let below = shape.block(STEP);
        Self {
            head,
            open,
            close,
            items,
            most,
            shape,
            beside: beside.unwrap_or(Shape { width: 0, ..shape }),
            below: Shape {
                width: below.width.saturating_sub(1),
                ..below
            },
            line: shape.width.saturating_sub(used + 2),
        }
    }

    fn call(head: &'a str, items: &'a [Node], shape: Shape) -> Self {
        Self::new(head, ('(', ')'), items, CALL, shape)
    }

    fn array(items: &'a [Node], shape: Shape) -> Self {
        Self::new("", ('[', ']'), items, ARRAY, shape)
    }

    fn generic(items: &'a [Node], shape: Shape) -> Self {
        Self::new("", ('<', '>'), items, usize::MAX, shape)
    }

    fn rewrite(&self) -> Option<String> {
        let mut texts: Vec<_> = self.items.iter().map(|item| item.rewrite(self.below)).collect();
        let tactic = self.set_last(&mut texts);
        let texts = texts.into_iter().collect::<Option<Vec<_>>>()?;
        let items = match tactic {
            Tactic::Horizontal => texts.join(", "),
            Tactic::Vertical => self.vertical(&texts),
            Tactic::Mixed => self.mixed(&texts),
        };
        let mut text = String::with_capacity(self.head.len() + items.len() + self.below.indent * 2 + 4);
        text.push_str(self.head);
        text.push(self.open);
        let beside = if items.is_empty() {
            2
        } else {
            first_line(&items) + 1
        };
        let room = self.shape.width.saturating_sub(shape::last_line(self.head));
        if tactic == Tactic::Horizontal && beside <= room {
            text.push_str(&items);
        } else {
            if !items.is_empty() {
                text.push_str(&self.below.break_line());
                text.push_str(&items);
            }
            text.push_str(&self.shape.break_line());
        }
        text.push(self.close);
        Some(text)
    }

    /// Decides how the items are set, and writes the last one as it is then.
    fn set_last(&self, texts: &mut [Option<String>]) -> Tactic {
        let (Some(last), Some(last_text)) = (self.items.last(), texts.len().checked_sub(1)) else {
            return Tactic::Horizontal;
        };
        let is_single = self.items.len() == 1;
        let is_combined = is_single && last.is_expression() && self.head.len() < STEP;
        let overflows = is_combined || last.overflows(self.items.len());
        let placeholder = overflows
            .then(|| self.overflowed(last, is_combined, texts))
            .flatten();
        if let (Some(text), Some(slot)) = (&placeholder, texts.get_mut(last_text)) {
            *slot = Some(text.split('\n').next().unwrap_or_default().to_owned());
        }
        let tactic = self.tactic(texts);
        let Some(slot) = texts.get_mut(last_text) else {
            return tactic;
        };
        match placeholder {
            Some(overflowed) if tactic == Tactic::Horizontal => {
                let two_lines = is_single && overflowed.bytes().filter(|byte| *byte == b'\n').count() == 1;
                let below = two_lines.then(|| last.rewrite(self.below)).flatten();
                *slot = Some(below.filter(|text| !is_long(text)).unwrap_or(overflowed));
                tactic
            }
            _ => {
                *slot = last.rewrite(self.below);
                let text = slot.as_deref().unwrap_or_default();
                if is_single && self.line != 0 && !is_long(text) && width(text) <= self.line {
                    return Tactic::Horizontal;
                }
                let tactic = self.tactic(texts);
                let is_short = |text: &Option<String>| text.as_ref().is_none_or(|text| text.len() <= SHORT);
                if tactic == Tactic::Vertical
                    && self.items.iter().all(Node::is_simple)
                    && texts.iter().all(is_short)
                {
                    return Tactic::Mixed;
                }
                tactic
            }
        }
    }

    /// The last item as it begins on the line of the others.
    fn overflowed(&self, last: &Node, is_combined: bool, texts: &[Option<String>]) -> Option<String> {
        let mut shape = self.beside;
        if self.items.len() > 1 || last.is_nested_call() {
            let before = texts.iter().rev().skip(1);
            let before = before
                .map(|text| 2 + text.as_deref().unwrap_or_default().len())
                .sum();
            shape.width = shape.width.min(self.most);
            shape = shape.offset_left(before)?;
        }
        shape.one_line_chain |= !is_combined && last.is_method_call();
        last.rewrite(shape)
    }

    fn tactic(&self, texts: &[Option<String>]) -> Tactic {
        let widths = texts
            .iter()
            .map(|text| width(text.as_deref().unwrap_or_default()));
        let total = widths.sum::<usize>() + 2 * texts.len().saturating_sub(1);
        let is_long = texts.iter().any(|text| text.as_deref().is_some_and(is_long));
        if total <= self.line.min(self.most) && !is_long {
            Tactic::Horizontal
        } else {
            Tactic::Vertical
        }
    }

    fn vertical(&self, texts: &[String]) -> String {
        let separator = [",", &self.below.break_line()].concat();
        let mut text = texts.join(&separator);
        if !self.shape.in_macro {
            text.push(',');
        }
        text
    }

    fn mixed(&self, texts: &[String]) -> String {
        let mut text = String::new();
        let (mut used, mut broken) = (0, false);
        for (index, item) in texts.iter().enumerate() {
            let is_last = index + 1 == texts.len();
            let wide = width(item) + usize::from(!is_last || broken);
            if used > 0 && used + 1 + wide > self.below.width {
                text.push_str(&self.below.break_line());
                (used, broken) = (0, true);
            } else if used > 0 {
                text.push(' ');
                used += 1;
            }
            text.push_str(item);
            if !is_last || !self.shape.in_macro {
                text.push(',');
            }
            used += wide;
        }
        text
    }
}

fn strukt(path: &str, fields: &[Field], shape: Shape) -> Option<String> {
    if fields.is_empty() {
        return Some(format!("{path} {{}}"));
    }
    shape.sub_width(2)?;
    let below = shape.block(STEP);
    let line = shape
        .width
        .checked_sub(width(path) + 5)
        .map_or(0, |line| line.min(STRUCT));
    let texts = fields
        .iter()
        .map(|field| self::field(field, below))
        .collect::<Option<Vec<_>>>()?;
    let total = texts.iter().map(|text| width(text) + 2).sum::<usize>() - 2;
    if total <= line && !texts.iter().any(|text| is_long(text)) {
        return Some(format!("{path} {{ {} }}", texts.join(", ")));
    }
    let has_base = matches!(fields.last(), Some(Field::Base(_)));
    let comma = if has_base || shape.in_macro { "" } else { "," };
    let fields = texts.join(&[",", &below.break_line()].concat());
    let (before, after) = (below.break_line(), shape.break_line());
    Some(format!("{path} {{{before}{fields}{comma}{after}}}"))
}

fn field(field: &Field, shape: Shape) -> Option<String> {
    match field {
        Field::Short(name) => Some(name.clone()),
        Field::Base(base) => Some(format!("..{}", base.rewrite(shape.offset_left(2)?)?)),
        Field::Long(name, value) => {
            let beside = shape.sub_width(1)?.offset_left(name.len() + 2)?;
            match value.rewrite(beside) {
                Some(text) => Some(format!("{name}: {text}")),
                None => {
                    let below = shape.block(STEP);
                    let text = value.rewrite(below)?;
                    Some(format!("{name}:{}{text}", below.break_line()))
                }
            }
        }
    }
}

/// `pub use path::{A, B}`, with as many names on a line as fit, in their order.
pub(super) fn import(path: &str, mut names: Vec<String>) -> String {
    /// A line of imports is so much shorter, because rustfmt counts its braces twice.
    const BRACES: usize = 2;
    names.sort_by(|a, b| order::compare(a, b));
    if let [name] = names.as_slice() {
        return [path, name].concat();
    }
    let list = List::array(&[], Shape::indented(0));
    let (before, after) = (list.below.break_line(), list.shape.break_line());
    let held = names.join(", ");
    let room = list.shape.width.saturating_sub(path.len() + 3 + BRACES);
    match (width(&held) <= room, held.len() <= room) {
        (true, true) => format!("{path}{{{held}}}"),
        // It counts columns here and bytes there.
        (true, false) => format!("{path}{{{before}{held}{after}}}"),
        (false, _) => format!("{path}{{{before}{}{after}}}", list.mixed(&names)),
    }
}
