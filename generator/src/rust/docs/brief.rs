//! A description in few words: what fits of its first paragraph.
//!
//! In: a description. Out: one line of Markdown: the first paragraph if it is short, else as many of its sentences as
//! fit, else its first words. Nothing is cut within a word, a piece of code or a link.

use super::blocks::{Block, Inline, Piece, Style, flatten};
use super::clean::{joined, read};
use super::memo::{Memo, remembered};

thread_local! {
    static BRIEF: Memo<String> = Memo::default();
}

/// The beginning of a description, of at most about `most` characters.
pub(crate) fn brief(text: &str, most: usize) -> String {
    remembered(&BRIEF, &format!("{most} {text}"), |_| {
        let first = read(text)
            .into_iter()
            .find(|block| matches!(block, Block::Paragraph(_)));
        let mut line = Vec::new();
        flatten(first.into_iter().collect(), &mut line);
        joined(&shortened(line, most))
    })
}

/// Pieces of text cut at their spaces, so that a line can end between any two of them.
fn shortened(line: Vec<Inline>, most: usize) -> Vec<Inline> {
    let length: usize = line.iter().map(|inline| length(&inline.piece)).sum();
    if length <= most {
        return line;
    }
    let pieces: Vec<Inline> = line.into_iter().flat_map(words).collect();
    let mut shown = 0;
    let (mut fitting, mut sentences) = (0, 0);
    for (at, inline) in pieces.iter().enumerate() {
        shown += self::length(&inline.piece);
        if shown > most {
            break;
        }
        fitting = at + 1;
        let next = pieces.get(at + 1).map(|next| next.piece.shown());
        if ends_sentence(&inline.piece) && next.is_none_or(|next| next.starts_with(char::is_whitespace)) {
            sentences = at + 1;
        }
    }
    let mut pieces = pieces;
    if sentences > 0 {
        pieces.truncate(sentences);
        return pieces;
    }
    pieces.truncate(fitting);
    while pieces.last().is_some_and(|last| last.piece.is_blank()) {
        pieces.pop();
    }
    pieces.push(Inline {
        piece: Piece::Text(" …".to_owned()),
        style: Style::default(),
        link: None,
    });
    pieces
}

fn length(piece: &Piece) -> usize {
    match piece {
        Piece::Text(text) | Piece::Code(text) => text.chars().count(),
        Piece::Image { alt, .. } => alt.chars().count(),
        Piece::Break => 1,
    }
}

/// A piece of text as one piece per word; anything else, and what is part of a link, stays whole.
fn words(inline: Inline) -> Vec<Inline> {
    let Inline { piece, style, link } = inline;
    match (&piece, &link) {
        (Piece::Text(text), None) => text
            .split_inclusive(' ')
            .flat_map(|word| match word.strip_suffix(' ') {
                Some(word) => [word, " "],
                None => [word, ""],
            })
            .filter(|word| !word.is_empty())
            .map(|word| Inline {
                piece: Piece::Text(word.to_owned()),
                style,
                link: None,
            })
            .collect(),
        (Piece::Text(_) | Piece::Code(_) | Piece::Image { .. } | Piece::Break, _) => {
            vec![Inline { piece, style, link }]
        }
    }
}

/// Whether a word ends a sentence; `e.g.`, `i.e.` and `etc.` may stand within one.
fn ends_sentence(piece: &Piece) -> bool {
    let Piece::Text(word) = piece else { return false };
    let word = word.trim_start_matches('(');
    let abbreviation = matches!(word, "e.g." | "i.e." | "etc." | "vs." | "approx." | "No.");
    word.ends_with(['.', '!', '?']) && !word.ends_with("..") && !abbreviation
}

#[cfg(test)]
mod tests {
    use super::brief;

    #[test]
    fn sentences_that_fit_are_kept() {
        let text =
            "Lists users. Only of **one** account, e.g. yours! And then much more is said of it.\n\nMore.";
        assert_eq!(brief(text, 200), text.split_once("\n\n").unwrap_or_default().0);
        assert_eq!(
            brief(text, 60),
            "Lists users. Only of **one** account, e.g. yours!"
        );
        assert_eq!(brief(text, 44), "Lists users.");
        assert_eq!(brief(text, 8), "Lists …");
    }

    #[test]
    fn code_and_links_stay_whole() {
        let text = "Give a `long name. of it` and [a link. of it](https://a.io/x) too";
        assert_eq!(brief(text, 20), "Give a …");
        assert_eq!(brief(text, 28), "Give a `long name. of it` and …");
        assert_eq!(brief("# Only a heading", 20), "");
    }
}
