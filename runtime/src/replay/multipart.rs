//! The fields of a form in parts, read to compare them.
//!
//! In: the headers and the body of a request that anybody may have sent. Out: names, and the values of those that are no
//! files; or nothing if it is no such form. Nothing is kept but pieces of the body.

use http::HeaderMap;

/// The fields of the form, files without a value; `None` if it is none.
pub(super) fn fields(headers: &HeaderMap, body: &[u8]) -> Option<Vec<(String, Option<String>)>> {
    let content_type = headers.get("content-type")?.to_str().ok()?;
    if !content_type.to_ascii_lowercase().starts_with("multipart/") {
        return None;
    }
    let boundary = parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty())?;
    let delimiter = format!("\r\n--{boundary}").into_bytes();
    // The first delimiter may stand at the very start.
    let opening = delimiter.get(2..)?;
    let start = if body.starts_with(opening) {
        opening.len()
    } else {
        find(body, &delimiter)? + delimiter.len()
    };
    let mut rest = body.get(start..)?;
    let mut fields = Vec::new();
    while !rest.starts_with(b"--") {
        let part = rest.get(..find(rest, &delimiter)?)?;
        rest = rest.get(part.len() + delimiter.len()..)?;
        fields.push(field(part.strip_prefix(b"\r\n")?)?);
    }
    Some(fields)
}

fn field(part: &[u8]) -> Option<(String, Option<String>)> {
    let (head, content) = match find(part, b"\r\n\r\n") {
        Some(end) => (part.get(..end)?, part.get(end + 4..)?),
        None => (part.strip_suffix(b"\r\n")?, &b""[..]),
    };
    let head = String::from_utf8_lossy(head);
    let disposition = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim()
            .eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    })?;
    let name = parameter(disposition, "name")?;
    let is_file =
        parameter(disposition, "filename").is_some() || parameter(disposition, "filename*").is_some();
    let value = (!is_file).then(|| String::from_utf8_lossy(content).into_owned());
    Some((name, value))
}

/// A parameter of a header's value, without its quotes.
pub(super) fn parameter(value: &str, wanted: &str) -> Option<String> {
    let mut rest = value;
    loop {
        rest = rest
            .get(end_of_parameter(rest)..)?
            .strip_prefix(';')?
            .trim_start();
        let Some((name, after)) = rest.split_once('=') else {
            continue;
        };
        if !name.trim().eq_ignore_ascii_case(wanted) {
            continue;
        }
        let text = after.get(..end_of_parameter(after))?.trim();
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        return Some(match inner {
            // As browsers and the runtime write a quote in a name.
            Some(inner) => inner.replace("\\\"", "\"").replace("%22", "\""),
            None => text.to_owned(),
        });
    }
}

/// Where a parameter ends: at a semicolon that is not within quotes.
fn end_of_parameter(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = needle.first()?;
    let mut from = 0;
    loop {
        from += haystack.get(from..)?.iter().position(|byte| byte == first)?;
        if haystack.get(from..)?.starts_with(needle) {
            return Some(from);
        }
        from += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content_type: &'static str, body: &[u8]) -> Option<Vec<(String, Option<String>)>> {
        let name = http::header::CONTENT_TYPE;
        let headers = HeaderMap::from_iter([(name, http::HeaderValue::from_static(content_type))]);
        fields(&headers, body)
    }

    #[test]
    fn fields_and_files() {
        let body = b"preamble\r\n--x y\r\nContent-Disposition: form-data; name=\"a;b\"\r\n\r\n1\r\n2\r\n--x y\r\n\
                     content-disposition: form-data; name=f; filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\n\0\r\n--x y\r\n\
                     Content-Disposition: form-data; name=\"e\"\r\n\r\n\r\n--x y--\r\n";
        let text = |text: &str| Some(text.to_owned());
        let expected = vec![
            ("a;b".to_owned(), text("1\r\n2")),
            ("f".to_owned(), None),
            ("e".to_owned(), text("")),
        ];
        assert_eq!(
            read("multipart/form-data; charset=x; boundary=\"x y\"", body),
            Some(expected)
        );
    }

    #[test]
    fn what_is_cut_or_no_form_is_none() {
        let kind = "multipart/form-data; boundary=b";
        for body in [
            &b""[..],
            b"--b",
            b"--b\r\n",
            b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
            b"--b\r\nX: y\r\n\r\n1\r\n--b--",
            b"--b\r\n\r\n--b--",
            b"a=1",
        ] {
            assert_eq!(read(kind, body), None, "{:?}", String::from_utf8_lossy(body));
        }
        assert_eq!(read(kind, b"--b--"), Some(Vec::new()));
        assert_eq!(read("multipart/form-data", b"--b--"), None);
        assert_eq!(read("multipart/form-data; boundary=", b"----"), None);
        assert_eq!(read("application/json", b"--b--"), None);
    }
}
