//! Text in the charset that it is in.
//!
//! In: bytes, and the `Content-Type` that came with them. Out: text; borrowed if it is UTF-8, which is asked first, since
//! much that is declared as ISO-8859-1 is that. Unicode and Western charsets are known here, others with the feature
//! `charset`.

use std::borrow::Cow;

/// The text, or why it cannot be read.
pub(crate) fn text<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Cow<'a, str>, String> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    let label = content_type.and_then(of_type).or_else(|| of_xml(bytes));
    let charset = label.as_deref().map_or(Charset::Utf8, Charset::of);
    match (charset, std::str::from_utf8(bytes)) {
        (Charset::Utf8 | Charset::Western | Charset::Western15 | Charset::OtherOfOneByte, Ok(text)) => {
            Ok(Cow::Borrowed(text))
        }
        (Charset::Utf8, Err(error)) => Err(format!("the body is not UTF-8 (byte {})", error.valid_up_to())),
        (Charset::Western, Err(_)) => Ok(bytes.iter().map(|&byte| windows_1252(byte)).collect()),
        (Charset::Western15, Err(_)) => Ok(bytes.iter().map(|&byte| iso_8859_15(byte)).collect()),
        (Charset::Utf16, _) => match bytes {
            // An ASCII character tells which byte comes first.
            [0, _, ..] => utf16(bytes, u16::from_be_bytes),
            _ => utf16(bytes, u16::from_le_bytes),
        },
        (Charset::Utf16Big, _) => utf16(bytes, u16::from_be_bytes),
        (Charset::OtherOfOneByte | Charset::Other, _) => other(bytes, &label.unwrap_or_default()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Charset {
    Utf8,
    Utf16,
    Utf16Big,
    /// Windows-1252, which everybody means who says ISO-8859-1 or ASCII.
    Western,
    /// ISO-8859-15.
    Western15,
    /// One in which UTF-8 by accident is as good as impossible.
    OtherOfOneByte,
    Other,
}

impl Charset {
    fn of(label: &str) -> Self {
        match label {
            "utf-8" | "utf8" | "unicode-1-1-utf-8" => Self::Utf8,
            "utf-16" | "utf-16le" | "unicode" | "ucs-2" => Self::Utf16,
            "utf-16be" => Self::Utf16Big,
            "iso-8859-1" | "iso8859-1" | "iso88591" | "iso_8859-1" | "iso-ir-100" | "latin1" | "l1"
            | "windows-1252" | "cp1252" | "x-cp1252" | "us-ascii" | "ascii" | "ansi_x3.4-1968" | "cp819"
            | "ibm819" => Self::Western,
            "iso-8859-15" | "iso8859-15" | "iso_8859-15" | "latin9" | "l9" => Self::Western15,
            label => {
                let starts = ["iso-8859-", "iso8859-", "windows-125", "cp125", "koi8"];
                if starts.iter().any(|start| label.starts_with(start)) {
                    Self::OtherOfOneByte
                } else {
                    Self::Other
                }
            }
        }
    }
}

/// The charset of a media type, lower case.
fn of_type(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').skip(1);
    let value = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    named(value)
}

/// The charset that XML says it is in, lower case.
fn of_xml(bytes: &[u8]) -> Option<String> {
    const LONGEST: usize = 200;
    if !bytes.starts_with(b"<?xml") {
        return None;
    }
    let head = String::from_utf8_lossy(bytes.get(..LONGEST).unwrap_or(bytes));
    let (declaration, _) = head.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    named(value.split(quote).nth(1)?)
}

fn named(label: &str) -> Option<String> {
    let label = label.trim().trim_matches(['"', '\'']).trim();
    (!label.is_empty()).then(|| label.to_ascii_lowercase())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'static, str>, String> {
    let broken = || "the body is not UTF-16".to_owned();
    let (units, []) = bytes.as_chunks() else {
        return Err(broken());
    };
    let text: Result<String, _> = char::decode_utf16(units.iter().map(|&bytes| unit(bytes))).collect();
    text.map(Cow::Owned).map_err(|_| broken())
}

fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let index = byte.checked_sub(0x80).map(usize::from);
    let special = index.and_then(|index| FROM_80.get(index));
    special.copied().unwrap_or(char::from(byte))
}

fn iso_8859_15(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        byte => char::from(byte),
    }
}

#[cfg(feature = "charset")]
fn other<'a>(bytes: &'a [u8], label: &str) -> Result<Cow<'a, str>, String> {
    let Some(encoding) = encoding_rs::Encoding::for_label(label.as_bytes()) else {
        return Err(format!("the body is in `{label}`, which is no charset"));
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.ok_or_else(|| format!("the body is not in `{label}`, though it says so"))
}

#[cfg(not(feature = "charset"))]
fn other<'a>(bytes: &'a [u8], label: &str) -> Result<Cow<'a, str>, String> {
    // Nearly all charsets agree about ASCII; those that do not shift by a control character, or by `~{`.
    let is_plain = bytes.is_ascii()
        && !bytes
            .iter()
            .any(|byte| [0, 0x0e, 0x1b, b'~', b'+'].contains(byte));
    match std::str::from_utf8(bytes) {
        Ok(text) if is_plain => Ok(Cow::Borrowed(text)),
        Ok(_) | Err(_) => Err(format!(
            "the body is in `{label}`: enable the feature `charset` of letterpress-runtime"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(bytes: &[u8], content_type: &str, expected: &str) {
        let text = text(bytes, Some(content_type));
        assert_eq!(text.as_deref(), Ok(expected), "{content_type}");
    }

    #[test]
    fn text_is_read_in_its_charset() {
        reads(b"M\xfcnchen", "text/plain; charset=iso-8859-1", "München");
        reads(
            b"M\xfcnchen",
            "text/plain; format=flowed; Charset=\"ISO-8859-1\"",
            "München",
        );
        reads(
            b"\x80 \x93x\x94",
            "application/json;charset=windows-1252",
            "€ “x”",
        );
        reads(b"\xa4 \xa6", "text/plain; charset=ISO-8859-15", "€ Š");
        reads(b"M\xfcnchen", "text/plain; charset=us-ascii", "München");
        // It says otherwise, and is UTF-8 all the same.
        reads(
            "München".as_bytes(),
            "application/json; charset=ISO-8859-1",
            "München",
        );
        reads("München".as_bytes(), "text/plain", "München");
        reads(b"\xff\xfea\x00\xfc\x00", "text/plain", "aü");
        reads(b"\xfe\xff\x00a\x00\xfc", "text/plain; charset=utf-8", "aü");
        reads(b"a\x00b\x00", "text/plain; charset=utf-16", "ab");
        reads(b"\x00a\x00b", "text/plain; charset=utf-16", "ab");
        reads(b"\x00a\x00b", "text/plain; charset=UTF-16BE", "ab");
    }

    #[test]
    fn xml_says_itself_what_it_is_in() {
        let xml = b"<?xml version=\"1.0\" encoding='ISO-8859-1' ?><a>M\xfcnchen</a>";
        reads(
            xml,
            "application/xml",
            "<?xml version=\"1.0\" encoding='ISO-8859-1' ?><a>München</a>",
        );
        assert!(text(b"<?xml version=\"1.0\"?><a>\xfc</a>", Some("text/xml")).is_err());
        assert!(text(b"<?xml encoding=", None).is_ok());
    }

    #[test]
    fn what_is_broken_is_an_error() {
        for (bytes, content_type, why) in [
            (&b"a\xfc"[..], "text/plain", "not UTF-8 (byte 1)"),
            (b"a\xfc", "text/plain; charset=utf-8", "not UTF-8"),
            (b"a", "text/plain; charset=utf-16", "not UTF-16"),
            (b"\xff\xfe\x00\xd8", "text/plain", "not UTF-16"),
            (b"\xfc", "text/plain; charset=klingon", "`klingon`"),
        ] {
            let error = text(bytes, Some(content_type)).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    #[cfg(feature = "charset")]
    fn other_charsets_are_read_with_the_feature() {
        reads(b"\x93\xfa\x96{", "text/plain; charset=Shift_JIS", "日本");
        reads(b"\xcf\xf0\xe8", "text/plain; charset=windows-1251", "При");
        // Bytes that are UTF-8 too, by accident.
        reads(b"\xc4\xa3", "text/plain; charset=GBK", "模");
        assert!(text(b"\xff\xff", Some("text/plain; charset=shift_jis")).is_err());
    }

    #[test]
    #[cfg(not(feature = "charset"))]
    fn other_charsets_name_the_feature() {
        for label in ["Shift_JIS", "windows-1251"] {
            let error = text(b"\x93\xfa", Some(&format!("text/plain; charset={label}"))).unwrap_err();
            assert!(error.contains("feature `charset`"), "{error}");
        }
        reads(b"plain", "text/plain; charset=gb2312", "plain");
    }
}
