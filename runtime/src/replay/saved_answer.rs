//! A saved answer, and what is answered of it: its variables filled in, its headers without those of the connection.
//!
//! In: texts of the collection, with `{{variables}}` anywhere. Out: an [`Answer`]. In JSON a value is escaped for the text
//! that it stands in; outside of quotes it must be JSON itself, or something of the right type stands in.

use super::variables::{Variables, next, replaced};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;
use std::ops::Range;

/// What was saved.
#[derive(Clone, Debug)]
pub(super) struct SavedAnswer {
    pub(super) status: StatusCode,
    pub(super) reason: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
    /// JSON values in place of variables that have none.
    pub(super) stand_ins: Vec<(String, String)>,
}

/// What is answered.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) reason: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl SavedAnswer {
    /// The answer, with these values for its variables.
    pub(super) fn answer(&self, variables: &Variables<'_>) -> Answer {
        Answer {
            status: self.status,
            reason: self.reason.clone(),
            headers: self.header_map(variables),
            body: self.filled(variables),
        }
    }

    fn filled(&self, variables: &Variables<'_>) -> Bytes {
        let text = std::str::from_utf8(&self.body).unwrap_or_default();
        if next(text, 0).is_none() {
            return self.body.clone();
        }
        let is = |kind: &str| {
            let mut types = self
                .headers
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            types.any(|(_, value)| value.to_ascii_lowercase().contains(kind))
        };
        let start = text.trim_start();
        let filled = if start.starts_with(['{', '[', '"']) && !is("xml") && !is("html") {
            self.in_json(text, variables)
        } else if start.starts_with('<') {
            replaced(text, |name, _| variables.value(name).map(|value| in_xml(&value)))
        } else {
            variables.fill(text)
        };
        filled.into()
    }

    fn in_json(&self, text: &str, variables: &Variables<'_>) -> String {
        let mut quotes = Quotes::new(text);
        replaced(text, |name, place| {
            let stand_in = self.stand_ins.iter().find(|(known, _)| known == name);
            let stand_in = stand_in.map(|(_, json)| json.clone());
            if quotes.around(place) {
                let text = variables
                    .value(name)
                    .or_else(|| stand_in.map(|json| text_of(&json)))?;
                let quoted = Value::from(text).to_string();
                let inner = quoted.get(1..quoted.len() - 1);
                inner.map(str::to_owned)
            } else {
                let value = variables.value(name);
                let is_json = |text: &String| serde_json::from_str::<Value>(text).is_ok();
                let json = value.clone().filter(is_json).or(stand_in);
                json.or_else(|| value.map(|text| Value::from(text).to_string()))
            }
        })
    }

    /// Headers that belong to the body and not to the connection that it once came over.
    fn header_map(&self, variables: &Variables<'_>) -> HeaderMap {
        const OF_THE_CONNECTION: &[&str] = &[
            "connection",
            "content-encoding",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "trailer",
            "transfer-encoding",
            "upgrade",
        ];
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.trim().as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(variables.fill(value).trim()))
                && !OF_THE_CONNECTION.contains(&name.as_str())
            {
                map.append(name, value);
            }
        }
        map
    }
}

/// What a JSON value is within a text.
fn text_of(json: &str) -> String {
    match serde_json::from_str(json) {
        Ok(Value::String(text)) => text,
        Ok(_) | Err(_) => json.to_owned(),
    }
}

fn in_xml(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Which places of a JSON text are within quotes; they are asked for from front to back.
struct Quotes<'a> {
    text: &'a str,
    at: usize,
    within: bool,
}

impl<'a> Quotes<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            within: false,
        }
    }

    fn around(&mut self, place: &Range<usize>) -> bool {
        let mut bytes = self
            .text
            .as_bytes()
            .get(self.at..place.start)
            .unwrap_or_default()
            .iter();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' => self.within = !self.within,
                b'\\' if self.within => _ = bytes.next(),
                _ => {}
            }
        }
        // No quote of a variable's name is one of the text.
        self.at = place.end;
        self.within
    }
}

/// The text of a JSON body that was saved, with values for the variables that stand outside of quotes: in them they are
/// compared piece by piece.
pub(super) fn with_bare_values(text: &str, variables: &Variables<'_>) -> String {
    let mut quotes = Quotes::new(text);
    replaced(text, |name, place| {
        if quotes.around(place) {
            return None;
        }
        let known = (!name.starts_with('$')).then(|| variables.value(name)).flatten();
        let json = known.filter(|value| serde_json::from_str::<Value>(value).is_ok());
        Some(json.unwrap_or_else(|| Value::from(format!("{{{{{name}}}}}")).to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str, stand_ins: &[(&str, &str)]) -> String {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let saved = SavedAnswer {
            status: StatusCode::OK,
            reason: String::new(),
            headers: vec![("X-Where".to_owned(), "{{t}}.".to_owned())],
            body: body.to_owned().into(),
            stand_ins: stand_ins.iter().map(pair).collect(),
        };
        let variables = Variables {
            given: &[],
            called: None,
            saved: &[("n", "5"), ("t", "say \"<hi>\"\n"), ("word", "five")].map(|pair_| pair(&pair_)),
        };
        let answer = saved.answer(&variables);
        assert!(answer.headers.is_empty(), "a header of two lines is none");
        String::from_utf8(answer.body.to_vec()).unwrap_or_default()
    }

    #[test]
    fn values_are_escaped_for_where_they_stand() {
        assert_eq!(
            answer(r#"{"n":{{n}},"q":"{{n}} \" {{t}}","x":"{{none}}"}"#, &[]),
            r#"{"n":5,"q":"5 \" say \"<hi>\"\n","x":"{{none}}"}"#
        );
        assert_eq!(
            answer("<a>{{t}}{{none}}</a>", &[]),
            "<a>say \"&lt;hi&gt;\"\n{{none}}</a>"
        );
        assert_eq!(answer("t={{n}}", &[]), "t=5");
    }

    #[test]
    fn what_has_no_value_or_a_wrong_one_stands_for_its_type() {
        let stand_ins = [("id", "1"), ("who", "\"who\""), ("word", "2")];
        assert_eq!(
            answer(
                r#"{"id":{{id}},"also":"{{id}}","who":"{{who}}","w":{{word}},"q":"{{word}}"}"#,
                &stand_ins
            ),
            r#"{"id":1,"also":"1","who":"who","w":2,"q":"five"}"#
        );
        assert_eq!(answer(r#"{"w":{{word}}}"#, &[]), r#"{"w":"five"}"#);
    }
}
