//! What an XML document calls: the element in a SOAP envelope's body, or the method of XML-RPC.
//!
//! In: text that may be anything. Out: one of the two, or neither. Names are taken without their prefix; nothing else of
//! XML is understood.

/// What the root element is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// An envelope, and the name of the first element in its body.
    Envelope(Option<String>),
    /// The method's name.
    Method(String),
    /// Neither.
    Other,
}

/// Reads the document as far as is needed.
pub(super) fn read(text: &str) -> Root {
    let mut elements = Elements(text);
    match elements.next().as_deref() {
        Some("Envelope") => {
            let body = elements.find(|name| name == "Body");
            Root::Envelope(body.and_then(|_| elements.next()))
        }
        Some("methodCall") => match elements.find(|name| name == "methodName") {
            Some(_) => {
                let name = elements.0.split('<').next().unwrap_or_default();
                Root::Method(name.trim().to_owned())
            }
            None => Root::Other,
        },
        Some(_) | None => Root::Other,
    }
}

/// The names of start tags, in order; what is left of the text stands behind the last one.
struct Elements<'a>(&'a str);

impl Iterator for Elements<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        loop {
            let (_, tag) = self.0.split_once('<')?;
            let behind = |end: &str| tag.split_once(end).map_or("", |(_, rest)| rest);
            if tag.starts_with("!--") {
                self.0 = behind("-->");
            } else if tag.starts_with("![CDATA[") {
                self.0 = behind("]]>");
            } else {
                self.0 = behind(">");
                let name = tag
                    .split(|c: char| c.is_whitespace() || "/>".contains(c))
                    .next()?;
                if !name.is_empty() && !name.starts_with(['!', '?']) {
                    return Some(name.rsplit(':').next().unwrap_or_default().to_owned());
                }
            }
        }
    }
}
