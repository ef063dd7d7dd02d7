//! Bytes into text: byte order marks, UTF-16, and what is no text.
//!
//! In: a file's bytes. Out: its text, without a byte order mark. Bytes that are no UTF-8 are replaced and reported.

use std::borrow::Cow;

use crate::diag::{Code, Position, Sink};
use crate::ir::Place;

/// Decodes a file; `None` if it is empty, which is reported as an error.
pub(super) fn decode<'a>(file: &str, bytes: &'a [u8], sink: &mut Sink) -> Option<Cow<'a, str>> {
    let place = Place::of_file(file);
    let text = decode_bytes(bytes, &place, sink);
    if text.trim().is_empty() {
        let help = "export the collection again; the file has no content";
        sink.error(Code::NotJson, &place, "the file is empty", help);
        sink.set_position(Position { line: 1, column: 1 });
        return None;
    }
    Some(text)
}

/// Decodes a file that may be empty.
pub(super) fn decode_bytes<'a>(bytes: &'a [u8], place: &Place, sink: &mut Sink) -> Cow<'a, str> {
    let decoded = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => lossy(rest),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        bytes => lossy(bytes),
    };
    let replaced = matches!(decoded, Cow::Owned(_)) && decoded.contains('\u{FFFD}');
    if replaced {
        let message = "some bytes are no UTF-8; replacing them with U+FFFD";
        sink.warn(Code::Encoding, place, message, "save the file as UTF-8");
    }
    decoded
}

/// The text of bytes that should be UTF-8. To see that nothing is wrong takes a tenth of the time of looking for what is.
pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks(2).map(|pair| match *pair {
        [first, second] => unit([first, second]),
        // Half a unit at the end is no character.
        _ => 0xFFFD,
    });
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// A name for a breadcrumb: as long as anybody reads, and without what nobody may.
pub(in crate::frontend) fn crumb(name: &str) -> String {
    const LONGEST: usize = 300;
    let name = crate::secrets::redact(name);
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.into_owned(),
    }
}
