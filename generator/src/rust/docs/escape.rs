//! Which characters of a text would be markup, and which parts of it are addresses.
//!
//! In: plain text. Out: Markdown of exactly that text, and addresses that a link may have.
//! It looks at characters only; what stands around a text is told by its last argument or two.

/// Where text is put; decides what must be escaped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Position {
    /// A paragraph: lines may begin with any of its words.
    #[default]
    Paragraph,
    /// A line that begins with something else, such as a heading.
    Line,
    /// A cell of a table, where a bar is markup even in code.
    Cell,
}

/// An address that a link may have; others (relative ones, anchors, scripts) lead nowhere outside their page.
pub(super) fn safe_address(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address
        .get(..8.min(address.len()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    let mail = lower.starts_with("mailto:") && address.contains('.');
    if !(web || mail) || address.len() < 10 {
        return None;
    }
    let mut safe = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '[' | ']' | '\\' | '`' | '"' | '|' | '{' | '}' | '*' => {
                safe.push('%');
                safe.push(digit(u32::from(c) >> 4));
                safe.push(digit(u32::from(c) & 15));
            }
            c if c.is_whitespace() || !super::blocks::is_shown(c) => {}
            c => safe.push(c),
        }
    }
    Some(safe)
}

/// What happens to addresses in text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bare {
    /// They are wrapped.
    Wrapped,
    /// They stay text: a link is around.
    Plain,
}

impl Bare {
    /// The text before the first address, the address, and the text after it.
    pub(super) fn find(self, text: &str) -> Option<(&str, &str, &str)> {
        match self {
            Self::Wrapped => {}
            Self::Plain => return None,
        }
        let start = text.match_indices("http").map(|(at, _)| at).find(|&at| {
            let tail = text.get(at..).unwrap_or_default();
            let after = tail
                .strip_prefix("https://")
                .or_else(|| tail.strip_prefix("http://"));
            after.is_some_and(|after| after.starts_with(|c: char| !STOP.contains(&c)))
        })?;
        let (before, tail) = text.split_at(start);
        let end = tail.find(STOP).unwrap_or(tail.len());
        let mut address = tail.get(..end)?;
        loop {
            let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
            let shorter =
                [('(', ')'), ('[', ']'), ('{', '}')]
                    .iter()
                    .fold(shorter, |shorter, (open, close)| {
                        let unbalanced = !shorter.contains(*open);
                        shorter
                            .strip_suffix(*close)
                            .filter(|_| unbalanced)
                            .unwrap_or(shorter)
                    });
            if shorter.len() == address.len() {
                break;
            }
            address = shorter;
        }
        Some((before, address, tail.get(address.len()..)?))
    }
}

/// Characters that end an address in text.
const STOP: &[char] = &['<', '>', '"', '`', '|', '\\', '^', ' '];

/// Stands for the character after a text while that is not known.
pub(super) const UNKNOWN: char = '\0';

/// Text with everything escaped that could be taken for markup before this character; without line breaks.
pub(super) fn escape(text: &str, after: char, position: Position) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(after);
        let special = match c {
            '\\' | '*' | '`' | '[' | ']' | '~' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?' | UNKNOWN),
            '&' => next.is_ascii_alphabetic() || matches!(next, '#' | UNKNOWN),
            // Smart punctuation makes a dash of two.
            '-' => matches!(next, '-' | UNKNOWN) && (text.len() > 1 || next == '-'),
            '|' => position == Position::Cell,
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// A hexadecimal digit.
fn digit(value: u32) -> char {
    char::from_digit(value, 16).unwrap_or('0').to_ascii_uppercase()
}
