//! Requests that are whole, cut, or not to be read in one way only; and any bytes at all.

use super::*;
use proptest::prelude::*;

fn read(text: &str) -> Result<Option<(Head, Vec<u8>, usize)>, Refused> {
    parse(text.as_bytes(), &Limits::default())
}

/// The body and the number of bytes of a request that is complete.
fn whole(text: &str) -> (Vec<u8>, usize) {
    let (_, body, length) = read(text).expect(text).expect(text);
    (body, length)
}

#[test]
fn a_request_ends_where_it_says() {
    let post = "POST /a?b=%00 HTTP/1.1\r\nHost: x\r\n";
    let head = format!("{post}Content-Length: 3\r\n\r\n");
    assert_eq!(whole(&format!("{head}abcGET")), (b"abc".to_vec(), head.len() + 3));
    assert_eq!(read(&format!("{head}ab")), Ok(None));
    let same = format!("{post}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc");
    assert_eq!(whole(&same), (b"abc".to_vec(), same.len()));
    let chunked = format!(
        "{post}Transfer-Encoding: Chunked\r\n\r\n3;x=\"y\"\r\nabc\r\n1 \r\nd\r\n0\r\nTrailer: t\r\n\r\n"
    );
    assert_eq!(whole(&format!("{chunked}GET")), (b"abcd".to_vec(), chunked.len()));
    assert_eq!(whole("GET / HTTP/1.0\r\n\r\n"), (Vec::new(), 18));
    let (head, ..) = read("\r\nGET http://a.io/../b HTTP/1.1\nHost: a\nConnection: x, Close\n\n")
        .unwrap()
        .unwrap();
    assert_eq!(
        (head.method.as_str(), head.target.as_str()),
        ("GET", "http://a.io/../b")
    );
    assert!(!head.keeps_alive);
}

#[test]
fn what_can_be_read_in_two_ways_is_refused() {
    let chunks = "Transfer-Encoding: chunked\r\n";
    for (lines, body, status) in [
        ("Content-Length: 1\r\nContent-Length: 2\r\n", "", 400),
        ("Content-Length: 1, 1\r\n", "", 400),
        ("Content-Length: -1\r\n", "", 400),
        ("Content-Length: +1\r\n", "", 400),
        ("Content-Length: 0x1\r\n", "", 400),
        ("Content-Length:\r\n", "", 400),
        ("Content-Length: 67108865\r\n", "", 413),
        ("Content-Length: 99999999999999999999999999\r\n", "", 413),
        ("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "", 400),
        ("Transfer-Encoding: gzip, chunked\r\n", "", 501),
        (
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
            "",
            501,
        ),
        ("Transfer-Encoding: xchunked\r\n", "", 501),
        ("Host: y\r\n", "", 400),
        ("Expect: a miracle\r\n", "", 417),
        ("A\r\n", "", 400),
        ("A : b\r\n", "", 400),
        ("A: b\r\n c\r\n", "", 400),
        ("A: \u{0}\r\n", "", 400),
        (chunks, "-1\r\n", 400),
        (chunks, "+1\r\n", 400),
        (chunks, "\r\n", 400),
        (chunks, "1\r\nab\r\n", 400),
        (chunks, "4000001\r\n", 413),
        (chunks, "ffffffffffffffffff\r\n", 413),
    ] {
        let text = format!("POST / HTTP/1.1\r\nHost: x\r\n{lines}\r\n{body}");
        assert_eq!(
            read(&text).map_err(|refused| refused.status),
            Err(status),
            "{text:?}"
        );
    }
    for (text, status) in [
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("PRI * HTTP/2.0\r\n\r\n", 505),
        ("GET /\u{0} HTTP/1.1\r\n", 400),
        ("GET /a b HTTP/1.1\r\n", 400),
        ("\u{16}\u{3}\u{1}", 400),
    ] {
        assert_eq!(
            read(text).map_err(|refused| refused.status),
            Err(status),
            "{text:?}"
        );
    }
    let (head, ..) = read("POST / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n")
        .unwrap()
        .unwrap();
    assert!(!head.expects_continue);
}

#[test]
fn nothing_is_endless() {
    let head = |lines: &str| format!("GET / HTTP/1.1\r\nHost: x\r\n{lines}");
    let status = |text: &str| read(text).map_err(|refused| refused.status);
    let many = "a: b\r\n".repeat(101);
    assert_eq!(status(&head(&many)), Err(431));
    let long = format!("a: {}", "b".repeat(70_000));
    assert_eq!(status(&head(&long)), Err(431));
    assert_eq!(status(&head(&format!("{long}\r\n\r\n"))), Err(431));
    assert_eq!(status(&format!("GET /{}", "a".repeat(70_000))), Err(431));
    let chunked = head("Transfer-Encoding: chunked\r\n\r\n");
    assert_eq!(status(&format!("{chunked}1;{}", "x".repeat(300))), Err(400));
    let trailers = "t: u\r\n".repeat(2_000);
    assert_eq!(status(&format!("{chunked}0\r\n{trailers}")), Err(431));
    let limits = Limits::default().body(5);
    let pieces = format!("{chunked}3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
    assert_eq!(
        parse(pieces.as_bytes(), &limits).map_err(|refused| refused.status),
        Err(413)
    );
    // More than is kept is read all the same.
    let large = "x".repeat(KEPT + 10);
    let text = head(&format!("Content-Length: {}\r\n\r\n{large}", large.len()));
    let (body, length) = whole(&text);
    assert_eq!((body.len(), length), (KEPT, text.len()));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(Some((_, _, length))) = parse(&bytes, &Limits::default()) {
            prop_assert!(length <= bytes.len());
        }
    }

    /// Made of pieces that mean something, so that bodies are reached; what is read does not depend on how it arrived.
    #[test]
    fn pieces_of_requests_are_read_or_refused(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let text = pieces.concat();
        let bytes = text.as_bytes();
        let limits = Limits::default();
        match parse(bytes, &limits) {
            Ok(Some((head, body, length))) => {
                prop_assert!(length <= bytes.len());
                let exact = parse(&bytes[..length], &limits);
                prop_assert_eq!(exact, Ok(Some((head, body, length))));
                for end in 0..length {
                    prop_assert_eq!(parse(&bytes[..end], &limits), Ok(None), "{} bytes", end);
                }
            }
            Ok(None) => {
                for end in 0..bytes.len() {
                    prop_assert_eq!(parse(&bytes[..end], &limits), Ok(None), "{} bytes", end);
                }
            }
            Err(refused) => {
                let longer = [bytes, b"GET / HTTP/1.1\r\n\r\n"].concat();
                prop_assert_eq!(parse(&longer, &limits), Err(refused));
            }
        }
    }
}

const PIECES: &[&str] = &[
    "GET / HTTP/1.1\r\n",
    "POST /a HTTP/1.1\r\n",
    "HEAD * HTTP/1.0\r\n",
    "Host: x\r\n",
    "Content-Length: 2\r\n",
    "Content-Length: 0\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Expect: 100-continue\r\n",
    "Connection: close\r\n",
    "\r\n",
    "\n",
    "ab",
    "2\r\n",
    "0\r\n",
    "a;b=c\r\n",
    ":",
    " ",
    "\u{0}",
    "é",
];
