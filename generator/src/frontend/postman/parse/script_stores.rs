//! What a script stores of an answer: `pm.environment.set("token", pm.response.json().access_token)`.
//!
//! In: the text of a script that runs after a request. Out: names of variables, and of which part of the answer each is, or that this
//! is not understood. No JavaScript runs here: expressions are read as far as they are paths into the answer, names are followed
//! through assignments in the order of the text, and whatever else there is, is not understood. What is no part of an answer, as a
//! variable that is cleared, is not mentioned.

use std::collections::BTreeMap;

use super::script_values::{Value, add, joined, step};
use super::script_words::{Word, words};
use crate::ir::{PartPlace, Step, Store};

/// Calls that store, by their names; the first argument is the name of the variable.
const CALLS: &[&[&str]] = &[
    &["pm", "environment", "set"],
    &["pm", "variables", "set"],
    &["pm", "collectionVariables", "set"],
    &["pm", "globals", "set"],
    &["postman", "setEnvironmentVariable"],
    &["postman", "setGlobalVariable"],
    &["bru", "setVar"],
    &["bru", "setEnvVar"],
];

/// Reads the text of a script.
pub(super) fn stores(script: &str) -> Vec<Store> {
    let words = words(script);
    let mut reader = Reader {
        words: &words,
        names: BTreeMap::new(),
        depth: 0,
    };
    let mut stores: Vec<Store> = Vec::new();
    for at in 0..words.len() {
        reader.bind(at);
        if let Some((variable, value)) = reader.call(at) {
            add(&mut stores, variable, value);
        }
    }
    stores
}

struct Reader<'w, 't> {
    words: &'w [Word<'t>],
    names: BTreeMap<&'t str, Value>,
    depth: usize,
}

impl<'w, 't> Reader<'w, 't> {
    fn word(&self, at: usize) -> Option<&'w Word<'t>> {
        self.words.get(at)
    }

    fn name(&self, at: usize) -> Option<&'t str> {
        match self.word(at)? {
            Word::Name(name) => Some(name),
            Word::Number(_) | Word::Text(_) | Word::Template(_) | Word::Other | Word::Mark(_) => None,
        }
    }

    fn is_mark(&self, at: usize, mark: char) -> bool {
        self.word(at) == Some(&Word::Mark(mark))
    }

    fn is_member(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is_mark(before, '.'))
    }

    /// Whether names stand here, with dots between them; where what follows them begins.
    fn path(&self, at: usize, names: &[&str]) -> Option<usize> {
        for (index, name) in names.iter().enumerate() {
            let at = at + 2 * index;
            if self.name(at) != Some(*name) || (index > 0 && !self.is_mark(at - 1, '.')) {
                return None;
            }
        }
        Some(at + 2 * names.len() - 1)
    }

    /// Follows an assignment to a name that begins here.
    fn bind(&mut self, at: usize) {
        let declares = matches!(self.name(at), Some("var" | "let" | "const"));
        if declares && self.is_mark(at + 1, '{') {
            self.unpack(at + 2);
            return;
        }
        let Some(name) = self.name(at) else { return };
        let assigns = self.is_mark(at + 1, '=') && !self.is_mark(at + 2, '=') && !self.is_mark(at + 2, '>');
        if !assigns || self.is_member(at) {
            return;
        }
        let (value, _) = self.whole(at + 2);
        self.set(name, value);
    }

    /// Two parts of the answer under one name: which of them it is, is not known any more.
    fn set(&mut self, name: &'t str, value: Value) {
        let value = match (self.names.get(name), value) {
            (Some(Value::Answer(one)), Value::Answer(other)) if *one != other => Value::Unknown,
            // What stands for an answer that cannot be read is no other.
            (Some(Value::Answer(one)), Value::Literal(text))
                if ["", "{}", "null"].contains(&text.as_str()) =>
            {
                Value::Answer(one.clone())
            }
            (_, value) => value,
        };
        self.names.insert(name, value);
    }

    /// `{ a, b: c } = value`
    fn unpack(&mut self, mut at: usize) {
        let mut members = Vec::new();
        while let Some(member) = self.name(at) {
            at += 1;
            let mut name = member;
            if self.is_mark(at, ':') {
                let Some(own) = self.name(at + 1) else { return };
                name = own;
                at += 2;
            }
            members.push((member, name));
            if !self.is_mark(at, ',') {
                break;
            }
            at += 1;
        }
        if !self.is_mark(at, '}') || !self.is_mark(at + 1, '=') {
            return;
        }
        let (value, _) = self.whole(at + 2);
        for (member, name) in members {
            let value = step(value.clone(), Step::Key(member.to_owned()));
            self.set(name, value);
        }
    }

    /// A call that stores, if one begins here.
    fn call(&mut self, at: usize) -> Option<(String, Value)> {
        if self.is_member(at) {
            return None;
        }
        let open = CALLS.iter().find_map(|names| self.path(at, names))?;
        if !self.is_mark(open, '(') || !self.is_mark(open + 2, ',') {
            return None;
        }
        let Some(Word::Text(variable)) = self.word(open + 1) else {
            return None;
        };
        let (value, end) = self.whole(open + 3);
        let ends = self.is_mark(end, ')') || self.is_mark(end, ',');
        Some((
            variable.clone().into_owned(),
            if ends { value } else { Value::Unknown },
        ))
    }

    /// An expression up to where it must end.
    fn whole(&mut self, at: usize) -> (Value, usize) {
        const DEEPEST: usize = 40;
        self.depth += 1;
        let read = if self.depth > DEEPEST {
            (Value::Unknown, at)
        } else {
            self.sum(at)
        };
        self.depth -= 1;
        let (value, end) = read;
        // A name begins the next statement; a mark that does not end an expression goes on with it.
        let ends = match self.word(end) {
            None | Some(Word::Name(_)) => true,
            Some(Word::Mark(mark)) => ")]},;:".contains(*mark),
            Some(Word::Number(_) | Word::Text(_) | Word::Template(_) | Word::Other) => false,
        };
        let goes_on = matches!(self.name(end), Some("instanceof" | "in"));
        if ends && !goes_on {
            (value, end)
        } else {
            (Value::Unknown, end)
        }
    }

    /// Texts that are joined, and what stands for a part that is missing.
    fn sum(&mut self, at: usize) -> (Value, usize) {
        let (mut value, mut at) = self.operand(at);
        loop {
            if self.is_mark(at, '+') && !self.is_mark(at + 1, '+') && !self.is_mark(at + 1, '=') {
                let (next, end) = self.operand(at + 1);
                value = joined(value, next);
                at = end;
                continue;
            }
            let is_or = ['|', '?']
                .iter()
                .any(|mark| self.is_mark(at, *mark) && self.is_mark(at + 1, *mark));
            if !is_or {
                return (value, at);
            }
            let (other, end) = self.operand(at + 2);
            if !matches!(other, Value::Literal(_)) && other != value {
                value = Value::Unknown;
            }
            at = end;
        }
    }

    fn operand(&mut self, at: usize) -> (Value, usize) {
        let (value, at) = self.primary(at);
        self.members(value, at)
    }

    fn primary(&mut self, at: usize) -> (Value, usize) {
        match self.word(at) {
            Some(Word::Text(text)) => (Value::Literal(text.clone().into_owned()), at + 1),
            Some(Word::Number(number)) => (Value::Literal((*number).to_owned()), at + 1),
            Some(Word::Template(text)) => (self.template(text), at + 1),
            Some(Word::Mark('{')) if self.is_mark(at + 1, '}') => (Value::Literal("{}".to_owned()), at + 2),
            Some(Word::Mark('(')) => {
                let (value, end) = self.whole(at + 1);
                if self.is_mark(end, ')') {
                    (value, end + 1)
                } else {
                    (Value::Unknown, end)
                }
            }
            Some(Word::Name("true" | "false" | "null" | "undefined")) => (
                Value::Literal(self.name(at).unwrap_or_default().to_owned()),
                at + 1,
            ),
            Some(Word::Name("await")) => self.primary(at + 1),
            Some(Word::Name(name)) => self.named(name, at),
            Some(Word::Mark(_) | Word::Other) | None => (Value::Unknown, at),
        }
    }

    /// What a name stands for, with the calls that give an answer.
    fn named(&mut self, name: &'t str, at: usize) -> (Value, usize) {
        for (names, value) in [
            (&["pm", "response", "json"][..], PartPlace::Member(Vec::new())),
            (&["pm", "response", "text"], PartPlace::Text),
            (&["res", "getBody"], PartPlace::Member(Vec::new())),
        ] {
            if let Some(open) = self.path(at, names)
                && self.is_mark(open, '(')
                && self.is_mark(open + 1, ')')
            {
                return (Value::answer(value), open + 2);
            }
        }
        for (names, one) in [
            (&["pm", "response", "headers", "get"][..], false),
            (&["pm", "response", "headers", "one"], true),
            (&["postman", "getResponseHeader"], false),
        ] {
            if let Some(open) = self.path(at, names)
                && self.is_mark(open, '(')
                && self.is_mark(open + 2, ')')
                && let Some(Word::Text(header)) = self.word(open + 1)
            {
                let value = if one {
                    Value::Header(header.clone().into_owned())
                } else {
                    Value::header(header)
                };
                return (value, open + 3);
            }
        }
        for (names, is_parse) in [(&["JSON", "parse"][..], true), (&["String"], false)] {
            if let Some(open) = self.path(at, names)
                && self.is_mark(open, '(')
            {
                let (value, end) = self.whole(open + 1);
                if !self.is_mark(end, ')') {
                    return (Value::Unknown, end);
                }
                let value = match value {
                    value if !is_parse => value,
                    Value::Answer(part) => match part.place {
                        PartPlace::Text if part.before.is_empty() => {
                            Value::answer(PartPlace::Member(Vec::new()))
                        }
                        PartPlace::Text | PartPlace::Member(_) | PartPlace::Header(_) => Value::Unknown,
                    },
                    Value::Headers | Value::Header(_) | Value::Literal(_) | Value::Unknown => Value::Unknown,
                };
                return (value, end + 1);
            }
        }
        let value = match name {
            "responseBody" => Value::answer(PartPlace::Text),
            "responseHeaders" => Value::Headers,
            name => self.names.get(name).cloned().unwrap_or(Value::Unknown),
        };
        (value, at + 1)
    }

    /// What follows a value: members, calls.
    fn members(&mut self, mut value: Value, mut at: usize) -> (Value, usize) {
        loop {
            if self.is_mark(at, '?') && self.is_mark(at + 1, '.') {
                at += 1;
                if self.is_mark(at + 1, '[') {
                    at += 1;
                }
            }
            if self.is_mark(at, '.')
                && let Some(name) = self.name(at + 1)
            {
                at += 2;
                if !self.is_mark(at, '(') {
                    value = step(value, Step::Key(name.to_owned()));
                    continue;
                }
                let is_bare = self.is_mark(at + 1, ')');
                let same = is_bare && matches!(name, "toString" | "trim" | "valueOf");
                value = if same { value } else { Value::Unknown };
                at = self.behind(at);
            } else if self.is_mark(at, '[') {
                let step_of = match self.word(at + 1) {
                    Some(Word::Text(text)) => Some(Step::Key(text.clone().into_owned())),
                    Some(Word::Number(number)) => number.parse().ok().map(Step::Index),
                    Some(Word::Name(_) | Word::Template(_) | Word::Other | Word::Mark(_)) | None => None,
                };
                value = match step_of.filter(|_| self.is_mark(at + 2, ']')) {
                    Some(key) => step(value, key),
                    None => Value::Unknown,
                };
                at = self.behind(at);
            } else if self.is_mark(at, '(') {
                value = Value::Unknown;
                at = self.behind(at);
            } else {
                return (value, at);
            }
        }
    }

    /// Where what is in the brackets that open here ends.
    fn behind(&self, mut at: usize) -> usize {
        let mut depth = 0_usize;
        while let Some(word) = self.word(at) {
            match word {
                Word::Mark('(' | '[' | '{') => depth += 1,
                Word::Mark(')' | ']' | '}') => depth = depth.saturating_sub(1),
                Word::Mark(_)
                | Word::Name(_)
                | Word::Number(_)
                | Word::Text(_)
                | Word::Template(_)
                | Word::Other => {}
            }
            at += 1;
            if depth == 0 {
                return at;
            }
        }
        at
    }

    /// `text ${value}`, with nothing behind.
    fn template(&mut self, text: &str) -> Value {
        let Some((before, rest)) = text.split_once("${") else {
            return Value::Literal(text.to_owned());
        };
        let Some(inner) = rest
            .strip_suffix('}')
            .filter(|inner| !inner.contains(['$', '{', '}', '`']))
        else {
            return Value::Unknown;
        };
        let words = words(inner);
        let names = self.names.iter().map(|(name, value)| (*name, value.clone()));
        let mut reader = Reader {
            words: &words,
            names: names.collect(),
            depth: self.depth + 1,
        };
        let (value, end) = reader.whole(0);
        if end == words.len() {
            joined(Value::Literal(before.to_owned()), value)
        } else {
            Value::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stores;
    use crate::ir::{AnswerPart, PartPlace};

    /// `variable = part`, of all that is stored.
    fn read(script: &str) -> Vec<String> {
        let shown = |part: &AnswerPart| {
            let place = match &part.place {
                PartPlace::Member(steps) => AnswerPart::path(steps),
                PartPlace::Text => "(text)".to_owned(),
                PartPlace::Header(name) => format!("(header {name})"),
            };
            format!("{}{place}", part.before)
        };
        let stores = stores(script).into_iter();
        stores
            .map(|store| {
                let part = match &store.part {
                    Some(part) => shown(part),
                    None if store.is_ambiguous => "(several)".to_owned(),
                    None => "(?)".to_owned(),
                };
                format!("{} = {part}", store.variable)
            })
            .collect()
    }

    #[test]
    fn paths_into_the_answer_are_read() {
        for (script, stored) in [
            (
                r#"pm.environment.set("t", pm.response.json().access_token);"#,
                "t = access_token",
            ),
            (
                "var jsonData = JSON.parse(responseBody);\npostman.setEnvironmentVariable('t', jsonData.data[0]['a b'])",
                "t = data[0].a b",
            ),
            (
                "let r = pm.response.json()\nconst d = r.data\npm.globals.set(\"t\", d.token)",
                "t = data.token",
            ),
            (
                "const { access_token, user: u } = pm.response.json(); pm.variables.set('t', access_token)",
                "t = access_token",
            ),
            (
                "const { user: u } = pm.response.json(); pm.variables.set('t', u.key)",
                "t = user.key",
            ),
            (
                "pm.test('x', function () { var j = pm.response.json(); pm.environment.set('t', j?.token) })",
                "t = token",
            ),
            (
                "pm.environment.set('t', 'Bearer ' + pm.response.json().token)",
                "t = Bearer token",
            ),
            (
                "let d = pm.response.json(); pm.environment.set('t', `Bearer ${d.token}`)",
                "t = Bearer token",
            ),
            ("pm.environment.set('t', pm.response.text())", "t = (text)"),
            ("pm.environment.set('t', responseBody.trim())", "t = (text)"),
            (
                "pm.environment.set('t', pm.response.headers.get('X-Auth'))",
                "t = (header X-Auth)",
            ),
            (
                "pm.environment.set('t', pm.response.headers.one('X-Auth').value)",
                "t = (header X-Auth)",
            ),
            (
                "postman.setEnvironmentVariable('t', postman.getResponseHeader(\"X-A\"))",
                "t = (header X-A)",
            ),
            (
                "pm.environment.set('t', responseHeaders['X-A'])",
                "t = (header X-A)",
            ),
            (
                "pm.environment.set('t', String(JSON.parse(pm.response.text()).id).toString())",
                "t = id",
            ),
            (
                "pm.environment.set('t', pm.response.json().token || '')",
                "t = token",
            ),
            (
                "var j; try { j = JSON.parse(responseBody) } catch (e) { j = {} } var u = j.user || {}; pm.globals.set('t', u.token)",
                "t = user.token",
            ),
            // Clearing it is no store; both are, where one is not understood.
            (
                "pm.environment.set('t', ''); if (ok) pm.environment.set('t', pm.response.json().a)",
                "t = a",
            ),
            (
                "if (a) set(); else pm.environment.set('t', f(x)); pm.environment.set('t', pm.response.json().a)",
                "t = a",
            ),
        ] {
            assert_eq!(read(script), [stored], "{script}");
        }
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for script in [
            "pm.environment.set('t', x.token)",
            "pm.sendRequest(r, (err, res) => { var j = res.json(); pm.environment.set('t', j.token) })",
            "var j = pm.response.json(); pm.sendRequest(r, (e, res) => { j = res.json(); pm.environment.set('t', j.token) })",
            "for (const i in j) { pm.environment.set('t', pm.response.json()[i].token) }",
            "pm.environment.set('t', pm.response.json().list.find(x => x.a).token)",
            "pm.environment.set('t', pm.response.json().token.split('.')[1])",
            "pm.environment.set('t', xml2Json(responseBody).a)",
            "pm.environment.set('t', pm.response.json().a + pm.response.json().b)",
            "pm.environment.set('t', ok ? pm.response.json().a : null)",
            "pm.environment.set('t', pm.response.json().list.length)",
            "pm.environment.set('t', responseBody.match(/\"t\": \"(.*)\"/)[1])",
        ] {
            assert_eq!(read(script), ["t = (?)"], "{script}");
        }
        let twice =
            "pm.environment.set('t', pm.response.json().a); pm.environment.set('t', pm.response.json().b)";
        assert_eq!(read(twice), ["t = (several)"]);
    }

    #[test]
    fn what_stores_nothing_of_the_answer_is_not_mentioned() {
        for script in [
            "pm.environment.set('t', '')",
            "pm.environment.set('t', 1); pm.environment.set('u', null)",
            "// pm.environment.set('t', pm.response.json().a)",
            "/* pm.environment.set('t', pm.response.json().a) */",
            "pm.environment.set(name, pm.response.json().a)",
            "pm.environment.set('t' + n, pm.response.json().a)",
            "console.log(\"pm.environment.set('t', pm.response.json().a)\")",
            "pm.environment.unset('t')",
            "x.pm.environment.set('t', pm.response.json().a)",
            "'it\\'s not closed\npm.environment.get('t')",
            "",
        ] {
            assert!(read(script).is_empty(), "{script}: {:?}", read(script));
        }
    }

    /// Whatever a script is, it is read in a bounded time, and never further than it goes.
    #[test]
    fn any_text_can_be_read() {
        let deep = format!("pm.environment.set('t', {}1)", "(".repeat(5_000));
        let long = "pm.environment.set('t', pm.response.json()".to_owned() + &".a".repeat(5_000);
        let nested = "pm.environment.set('t', ".repeat(500);
        for script in [
            deep.as_str(),
            &long,
            &nested,
            "`${`${`",
            "var {",
            "pm.environment.set(",
            "a = = =",
            "/[/",
        ] {
            drop(read(script));
        }
    }
}
