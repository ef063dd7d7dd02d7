//! Public names that stay: `letterpress.lock`, a line for each.
//!
//! In: the file's text and the module it is read for. Out: [`Lock`], or a diagnostic with the line for what is not understood; and lines
//! as they are written. Each line is a name, what kind of thing has it, and what that thing is known by. Lines are sorted and depend
//! on no other line, so that versions of the file are merged by taking the lines of both.

use super::overrides::Written;
use crate::diag::{Code, Position, Sink};
use crate::ir::Place;

/// What the file begins with.
pub const HEAD: &str =
    "# Public names that stay. Written by `letterpress lock`; of two versions, take the lines of both.";

/// Names that stay, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// One for each name.
    pub lines: Vec<Line>,
}

/// A name, and what has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The path from the client's module: `users`, `get_user`.
    pub name: Vec<String>,
    /// What it is the name of.
    pub what: What,
    /// Where it was read.
    pub written: Written,
}

/// What has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A module.
    Folder {
        /// The type of its handle.
        handle: String,
        /// The function that gives the handle.
        function: String,
        /// Which folder.
        of: Known,
    },
    /// A function.
    Call {
        /// Its method.
        method: String,
        /// Its path, without the names of variables.
        path: String,
        /// Which operation.
        of: Known,
    },
    /// A type, by the function that it is of and its place there.
    Type {
        /// The path of the function.
        of: Vec<String>,
        /// What it is of the function: `call`, `results`, `errors`, `body`, a status, or the name of a parameter behind `param`.
        role: String,
        /// Keys from there down to the type.
        path: String,
    },
    /// A type by the name that it was declared under.
    Schema(String),
    /// A type that is reached by a shorter path, too.
    Use(Vec<String>),
}

/// What the author's tool knows something by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The names on the way to it: `Users > Get user`.
    pub way: String,
    /// Its id.
    pub id: Option<String>,
}

impl Line {
    /// The line, in a file that is for several modules.
    pub fn text(&self, module: &str) -> String {
        let path = |path: &[String]| path.join("::");
        let known = |of: &Known| [Some(of.way.clone()), of.id.clone()];
        let fields: Vec<Option<String>> = match &self.what {
            What::Folder { handle, function, of } => {
                let own = ["folder", handle, function].map(|text| Some(text.to_owned()));
                own.into_iter().chain(known(of)).collect()
            }
            What::Call { method, path, of } => {
                let own = ["call", method, path].map(|text| Some(text.to_owned()));
                own.into_iter().chain(known(of)).collect()
            }
            What::Type { of, role, path: keys } => {
                let keys = Some(keys.clone()).filter(|keys| !keys.is_empty());
                vec![Some("type".to_owned()), Some(path(of)), Some(role.clone()), keys]
            }
            What::Schema(name) => vec![Some("schema".to_owned()), Some(name.clone())],
            What::Use(of) => vec![Some("use".to_owned()), Some(path(of))],
        };
        let fields = fields.into_iter().flatten().map(|field| quoted(&field));
        let name = format!("{module}::{}", path(&self.name));
        [name].into_iter().chain(fields).collect::<Vec<_>>().join(" ")
    }

    /// The name as people say it.
    pub fn shown(&self) -> String {
        self.name.join("::")
    }

    /// Names of which only one may stand in a place: modules, functions, types.
    fn space(&self) -> u8 {
        match &self.what {
            What::Folder { .. } => 0,
            What::Call { .. } => 1,
            What::Type { .. } | What::Schema(_) | What::Use(_) => 2,
        }
    }
}

/// Whether a line of the file is for this module.
pub fn is_of(line: &str, module: &str) -> bool {
    line.strip_prefix(module)
        .is_some_and(|rest| rest.starts_with("::"))
}

/// Reads the lines of a module; what is not understood is reported.
pub fn read(file: &str, text: &str, module: &str, sink: &mut Sink) -> Lock {
    let mut lines: Vec<Line> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || !is_of(line, module) && is_path(line) {
            continue;
        }
        let written = Written {
            file: file.to_owned(),
            position: Some(Position {
                line: index + 1,
                column: 1,
            }),
            line: line.to_owned(),
        };
        let wrong = match parse(line, module, &written) {
            Ok(new) => {
                let same = |known: &&Line| known.name == new.name && known.space() == new.space();
                match lines.iter().find(same) {
                    None => {
                        lines.push(new);
                        continue;
                    }
                    Some(known) if known.what == new.what => continue,
                    Some(_) => (
                        format!("`{}` is the name of two things", new.shown()),
                        "keep one of the lines",
                    ),
                }
            }
            Err(wrong) => wrong,
        };
        let place = Place::of_file(file.to_owned());
        sink.error_at(Code::Lock, place, written.position, line, wrong.0, wrong.1);
    }
    Lock { lines }
}

/// Whether a line begins with a path, as one for another module does.
fn is_path(line: &str) -> bool {
    line.split_once("::").is_some_and(|(module, _)| is_name(module))
}

fn parse(line: &str, module: &str, written: &Written) -> Result<Line, (String, &'static str)> {
    const HELP: &str = "run `letterpress lock` to write it anew, or take the line out";
    let wrong = |what: &str| (what.to_owned(), HELP);
    let fields = fields(line).ok_or_else(|| wrong("a text that begins with `\"` does not end"))?;
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let (Some((name, rest)), true) = (fields.split_first(), is_of(line, module)) else {
        return Err(wrong("this is no name of a client, and what has it"));
    };
    let name = name
        .get(module.len() + 2..)
        .and_then(path)
        .ok_or_else(|| wrong("this is no name"))?;
    let known = |way: &str, id: Option<&str>| Known {
        way: way.to_owned(),
        id: id.map(str::to_owned),
    };
    let what = match rest {
        ["folder", handle, function, way, id @ ..]
            if id.len() < 2 && is_name(handle) && is_name(function) =>
        {
            What::Folder {
                handle: (*handle).to_owned(),
                function: (*function).to_owned(),
                of: known(way, id.first().copied()),
            }
        }
        ["call", method, path, way, id @ ..] if id.len() < 2 => What::Call {
            method: (*method).to_owned(),
            path: (*path).to_owned(),
            of: known(way, id.first().copied()),
        },
        ["type", of, role, keys @ ..] if keys.len() < 2 => What::Type {
            of: path(of).ok_or_else(|| wrong("this is no type of a function"))?,
            role: (*role).to_owned(),
            path: keys.first().copied().unwrap_or_default().to_owned(),
        },
        ["schema", name] => What::Schema((*name).to_owned()),
        ["use", of] => What::Use(path(of).ok_or_else(|| wrong("this is no path of a type"))?),
        _ => return Err(wrong("this is no name of a client, and what has it")),
    };
    Ok(Line {
        name,
        what,
        written: written.clone(),
    })
}

/// The names of a path: `users::get_user`.
fn path(text: &str) -> Option<Vec<String>> {
    let names: Vec<String> = text.split("::").map(str::to_owned).collect();
    names.iter().all(|name| is_name(name)).then_some(names)
}

/// Whether code may have this for a name, with `r#` where it is a word of Rust.
fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    let starts = |c: char| c == '_' || unicode_ident::is_xid_start(c);
    let is_one = chars.next().is_some_and(starts) && chars.all(unicode_ident::is_xid_continue);
    is_one && !["Self", "_", "crate", "self", "super"].contains(&text)
}

/// The fields of a line, of which those with spaces are in quotes; `None` if one does not end.
fn fields(line: &str) -> Option<Vec<String>> {
    let mut fields = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        if rest.starts_with('"') {
            let mut texts = serde_json::Deserializer::from_str(rest).into_iter::<String>();
            fields.push(texts.next()?.ok()?);
            rest = rest.get(texts.byte_offset()..)?.trim_start();
        } else {
            let (field, others) = rest.split_once(' ').unwrap_or((rest, ""));
            fields.push(field.to_owned());
            rest = others.trim_start();
        }
    }
    Some(fields)
}

/// A field as it is written.
fn quoted(field: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '"';
    if !field.is_empty() && field.chars().all(plain) {
        field.to_owned()
    } else {
        serde_json::Value::from(field).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (Lock, Vec<String>) {
        let mut sink = Sink::default();
        let lock = read("letterpress.lock", text, "shop", &mut sink);
        let found = sink.into_diagnostics();
        (lock, found.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn what_is_written_is_read() {
        let text = r#"shop::goods folder Goods goods "My goods" 7-7
shop::goods::list call GET /goods/{} "My goods > List \"all\"" 1f
shop::goods::List type goods::list call
shop::goods::Good type goods::list 200 "a b[]"
shop::goods::Kind type goods::list "param my kind"
shop::Pet schema Pet
shop::Good use goods::Good"#;
        let (lock, wrong) = found(&format!("{HEAD}\nother::x call GET / x\n{text}\n"));
        assert!(wrong.is_empty(), "{wrong:?}");
        let lines: Vec<String> = lock.lines.iter().map(|line| line.text("shop")).collect();
        assert_eq!(lines.join("\n"), text);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (text, why) in [
            ("<<<<<<< HEAD", "no name of a client"),
            ("shop::a b", "no name of a client"),
            ("shop::a-b schema X", "this is no name"),
            ("shop::self schema X", "this is no name"),
            ("shop::a schema \"X", "does not end"),
            (
                "shop::A schema X\nshop::A schema Y",
                "`A` is the name of two things",
            ),
        ] {
            let (_, wrong) = found(text);
            assert!(wrong.len() == 1 && wrong[0].contains(why), "{text}: {wrong:?}");
        }
        // Both sides of a merge may add one line.
        assert!(found("shop::A schema X\nshop::A schema X").1.is_empty());
    }
}
