//! HTML as descriptions hold it, fed to the block [`Builder`].
//!
//! In: a stretch of HTML, whole or only a tag of it. Out: openings, closings and text.
//! A tag that HTML does not know (`<userId>`, `<your token>`) is a placeholder that its author wrote: it stays text.
//! Scripts, styles and comments go. It keeps the state that must live longer than one stretch, in [`Html`].
//! Every look-ahead is bounded, so that the time is linear whatever the input.

use super::blocks::Block;
use super::builder::{Builder, Container};
use super::entity;

/// How long a tag or comment may be; what is longer is text.
const LONGEST_TAG: usize = 2048;

/// What is open in the HTML of one description.
#[derive(Debug, Default)]
pub(super) struct Html {
    /// Inside `<pre>`: its text so far.
    preformatted: Option<String>,
    /// Inside an element whose content is not shown, by its name.
    hidden: Option<&'static str>,
}

/// A tag's parts.
struct Tag<'a> {
    name: String,
    closing: bool,
    attributes: &'a str,
}

impl Html {
    /// Reads a stretch of HTML.
    pub(super) fn read(&mut self, html: &str, builder: &mut Builder) {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            let (text, tail) = rest.split_at(start);
            self.text(text, builder);
            if let Some(length) = comment(tail) {
                rest = tail.get(length..).unwrap_or_default();
            } else if let Some((tag, length)) = tag(tail) {
                let source = tail.get(..length).unwrap_or_default();
                self.tag(&tag, source, builder);
                rest = tail.get(length..).unwrap_or_default();
            } else {
                self.text("<", builder);
                rest = tail.get(1..).unwrap_or_default();
            }
        }
        self.text(rest, builder);
    }

    /// Adds text with entities in it.
    fn text(&mut self, text: &str, builder: &mut Builder) {
        if !text.is_empty() {
            self.plain(&entity::decode(text), builder);
        }
    }

    /// Adds text as it stands, wherever text goes just now.
    pub(super) fn plain(&mut self, text: &str, builder: &mut Builder) {
        if self.hidden.is_some() {
            return;
        }
        match &mut self.preformatted {
            Some(code) => code.push_str(text),
            None => builder.text(text),
        }
    }

    /// Ends what does not last longer than the description.
    pub(super) fn finish(&mut self, builder: &mut Builder) {
        self.hidden = None;
        self.end_preformatted(builder);
    }

    fn tag(&mut self, tag: &Tag<'_>, source: &str, builder: &mut Builder) {
        if let Some(hidden) = self.hidden {
            if tag.closing && tag.name == hidden {
                self.hidden = None;
            }
        } else if self.preformatted.is_some() {
            match tag.name.as_str() {
                "pre" if tag.closing => self.end_preformatted(builder),
                "br" => self.plain("\n", builder),
                name if is_known(name) => {}
                _ => self.text(source, builder),
            }
        } else if let Some(hidden) = HIDDEN.iter().find(|hidden| **hidden == tag.name) {
            self.hidden = Some(*hidden).filter(|_| !tag.closing);
        } else if tag.name == "pre" && !tag.closing {
            builder.end_paragraph();
            self.preformatted = Some(String::new());
        } else if !(block_tag(tag, builder) || inline_tag(tag, builder) || is_known(&tag.name)) {
            self.text(source, builder);
        }
    }

    fn end_preformatted(&mut self, builder: &mut Builder) {
        if let Some(text) = self.preformatted.take()
            && !text.trim().is_empty()
        {
            builder.block(Block::Code {
                language: String::new(),
                text,
            });
        }
    }
}

/// Handles a tag of a block; false if it is none.
fn block_tag(tag: &Tag<'_>, builder: &mut Builder) -> bool {
    let container = match tag.name.as_str() {
        "blockquote" => Container::Quote,
        "ul" | "dl" | "menu" => Container::List(None),
        "ol" => Container::List(Some(1)),
        "li" | "dt" | "dd" => Container::Item,
        "table" => Container::Table,
        "tr" => Container::Row,
        "td" | "th" => Container::Cell,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            match tag.name.as_bytes().last() {
                Some(digit) if !tag.closing => builder.start_heading(digit.saturating_sub(b'0')),
                Some(_) | None => builder.end_paragraph(),
            }
            return true;
        }
        "hr" => {
            builder.block(Block::Rule);
            return true;
        }
        "p" | "div" | "section" | "article" | "center" | "details" | "summary" | "figure" | "figcaption"
        | "header" | "footer" | "main" | "nav" | "aside" | "address" | "fieldset" | "form" | "caption"
        | "body" | "html" => {
            builder.end_paragraph();
            return true;
        }
        _ => return false,
    };
    if tag.closing {
        builder.close(container);
    } else {
        builder.open(container);
    }
    true
}

/// Handles a tag within text; false if it is none.
fn inline_tag(tag: &Tag<'_>, builder: &mut Builder) -> bool {
    let open = !tag.closing;
    match tag.name.as_str() {
        "b" | "strong" => builder.style().strong = open,
        "i" | "em" | "cite" | "var" | "dfn" => builder.style().emphasis = open,
        "s" | "strike" | "del" => builder.style().strike = open,
        "code" | "tt" | "kbd" | "samp" => builder.style().code = open,
        "br" => builder.line_break(),
        "a" => builder.set_link(attribute(tag.attributes, "href").filter(|_| open).as_deref()),
        "img" => {
            let alt = attribute(tag.attributes, "alt").unwrap_or_default();
            let address = attribute(tag.attributes, "src").unwrap_or_default();
            builder.image(&alt, &address);
        }
        _ => return false,
    }
    true
}

/// Elements whose content is not shown.
const HIDDEN: &[&str] = &[
    "script", "style", "head", "template", "svg", "iframe", "noscript", "object", "canvas", "math",
];

/// Elements that HTML knows, in order.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote",
    "body", "br", "button", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details",
    "dfn", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "i", "img", "input", "ins", "kbd", "label",
    "legend", "li", "link", "main", "mark", "menu", "meta", "nav", "nobr", "ol", "p", "picture", "pre", "q",
    "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "video", "wbr",
];

/// Whether HTML knows an element of this name.
fn is_known(name: &str) -> bool {
    KNOWN.binary_search(&name).is_ok() || HIDDEN.contains(&name)
}

/// The length of the comment, declaration or instruction that starts here.
fn comment(html: &str) -> Option<usize> {
    let end = if html.starts_with("<!--") {
        "-->"
    } else if html.starts_with("<!") || html.starts_with("<?") {
        ">"
    } else {
        return None;
    };
    let near = html.get(..floor(html, LONGEST_TAG))?;
    near.find(end).map(|at| at + end.len())
}

/// The tag that starts here, and its length.
fn tag(html: &str) -> Option<(Tag<'_>, usize)> {
    let (closing, after) = match html.strip_prefix("</") {
        Some(after) => (true, after),
        None => (false, html.strip_prefix('<')?),
    };
    let name_length = after
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(after.len());
    let (name, rest) = after.split_at(name_length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/')
    {
        return None;
    }
    let mut quote = None;
    for (index, c) in rest.get(..floor(rest, LONGEST_TAG))?.char_indices() {
        match (quote, c) {
            (None, '>') => {
                let attributes = rest.get(..index)?;
                let length = html.len() - rest.len() + index + 1;
                return Some((
                    Tag {
                        name: name.to_ascii_lowercase(),
                        closing,
                        attributes,
                    },
                    length,
                ));
            }
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None | Some(_), _) => {}
        }
    }
    None
}

/// The decoded value of an attribute.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=' || c == '/')
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            if after.is_empty() {
                return None;
            }
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = value.get(1..).unwrap_or_default();
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            Some(_) | None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(entity::decode(value).into_owned());
        }
        rest = after;
    }
}

/// The greatest character boundary not above this length.
fn floor(text: &str, length: usize) -> usize {
    (0..=length.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}
