//! Lays out items whose form needs no decisions: definitions, and functions whose every line fits.
//!
//! In: the tokens of items. Out: the text that `prettyplease` would give them, at a fraction of its cost, as nearly all
//! that is generated is of a few forms. Whatever is of another form, or may not fit on its lines, goes to the formatter.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use super::{line, table};

/// How wide a line of the formatter may be, in bytes and with the punctuation at its end.
const WIDTH: usize = 89;

/// The formatter: text for any items.
pub(super) type Formatter = fn(TokenStream) -> String;

/// The text of items. Documentation is that of one `doc` attribute, with this character between its lines.
pub(super) fn items(tokens: TokenStream, line_break: char, formatter: Formatter) -> String {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut layout = Layout {
        text: String::new(),
        line_break,
        formatter,
    };
    for item in split(&tokens) {
        let start = layout.text.len();
        if layout.item(item).is_none() {
            layout.text.truncate(start);
            layout.text += &formatter(item.iter().cloned().collect());
        }
    }
    layout.text
}

/// The items, or members of an `impl`: each ends with a semicolon, or with a group in braces.
fn split(mut tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let mut items = Vec::new();
    while !tokens.is_empty() {
        let braces = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        let end = tokens
            .iter()
            .position(|token| is_punct(token, ';') || braces(token));
        let end = end.map_or(tokens.len(), |end| {
            let closed = tokens.get(end + 1).is_some_and(|next| is_punct(next, ';'));
            end + 1 + usize::from(closed)
        });
        let (item, rest) = tokens.split_at(end);
        items.push(item);
        tokens = rest;
    }
    items
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn starts_with(tokens: &[TokenTree], wanted: &str) -> bool {
    matches!(tokens.first(), Some(TokenTree::Ident(ident)) if ident == wanted)
}

/// The parts between commas, but not those of generic arguments.
fn parts(tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let (mut depth, mut arrow) = (0_usize, false);
    let parts = tokens.split(|token| {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' && !arrow => depth = depth.saturating_sub(1),
            _ => {}
        }
        arrow = is_punct(token, '-') || is_punct(token, '=');
        depth == 0 && is_punct(token, ',')
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// Text in the making. What returns `None` cannot be laid out here; what it wrote is to be taken back.
struct Layout {
    text: String,
    line_break: char,
    formatter: Formatter,
}

impl Layout {
    fn item(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let head = self.attributes(tokens, 0)?;
        let (last, head) = head.split_last()?;
        match last {
            TokenTree::Group(body) => self.definition(head, body),
            TokenTree::Punct(_) if head.len() == tokens.len() - 1 && self.call(head).is_some() => Some(()),
            TokenTree::Punct(_) => {
                self.line(head, 0, ";\n")?;
                Some(())
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => None,
        }
    }

    /// A call of a macro that holds a table, or a few names.
    fn call(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let (TokenTree::Group(arguments), path) = tokens.split_last()? else {
            return None;
        };
        let (bang, path) = path.split_last()?;
        let mut name = String::new();
        line::print(path, &mut name).filter(|_| is_punct(bang, '!'))?;
        match table::text(&name, arguments) {
            Some(table) => self.text += &table,
            None => self.names(&name, arguments)?,
        }
        Some(())
    }

    /// A call of a macro with names and paths.
    fn names(&mut self, name: &str, arguments: &Group) -> Option<()> {
        let plain = |token: &TokenTree| match token {
            TokenTree::Ident(_) => true,
            TokenTree::Punct(punct) => matches!(punct.as_char(), ',' | ':'),
            TokenTree::Group(_) | TokenTree::Literal(_) => false,
        };
        let inner: Vec<TokenTree> = arguments.stream().into_iter().collect();
        let is_list = arguments.delimiter() == Delimiter::Parenthesis && inner.iter().all(plain);
        let start = self.text.len();
        self.text.extend([name, "!("]);
        line::print(&inner, &mut self.text).filter(|_| is_list)?;
        self.text.push_str(");\n");
        (self.text.len() - start <= WIDTH).then_some(())
    }

    /// A struct, an enum or an `impl`.
    fn definition(&mut self, head: &[TokenTree], body: &Group) -> Option<()> {
        let body: Vec<TokenTree> = body.stream().into_iter().collect();
        if body.is_empty() {
            return self.line(head, 0, " {}\n");
        }
        self.line(head, 0, " {\n")?;
        if starts_with(head, "impl") {
            for member in split(&body) {
                self.member(member);
            }
        } else {
            head.iter().find(
                |token| matches!(token, TokenTree::Ident(ident) if ident == "struct" || ident == "enum"),
            )?;
            for part in parts(&body) {
                let part = self.attributes(part, 4)?;
                self.line(part, 4, ",\n")?;
            }
        }
        self.text.push_str("}\n");
        Some(())
    }

    /// A function, constant or type of an `impl`; by the formatter if need be.
    fn member(&mut self, tokens: &[TokenTree]) {
        let start = self.text.len();
        if self.simple_member(tokens).is_some() {
            return;
        }
        self.text.truncate(start);
        let members = Group::new(Delimiter::Brace, tokens.iter().cloned().collect());
        let ident = |name| TokenTree::from(Ident::new(name, Span::call_site()));
        let wrapped = [ident("impl"), ident("X"), members.into()];
        let text = (self.formatter)(wrapped.into_iter().collect());
        let inner = text
            .strip_prefix("impl X {\n")
            .and_then(|text| text.strip_suffix("}\n"));
        self.text.push_str(inner.unwrap_or(&text));
    }

    fn simple_member(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let tokens = self.attributes(tokens, 4)?;
        let (last, head) = tokens.split_last()?;
        if let TokenTree::Group(body) = last {
            self.signature(head)?;
            let body: Vec<TokenTree> = body.stream().into_iter().collect();
            self.body(&body)?;
            self.text.push_str("    }\n");
        } else {
            let start = self.text.len();
            if self.line(head, 4, ";\n").is_none() {
                self.text.truncate(start);
                self.chain(head)?;
            }
        }
        Some(())
    }

    /// The head of a function, with its arguments on a line each if they are too many for one.
    fn signature(&mut self, head: &[TokenTree]) -> Option<()> {
        let start = self.text.len();
        if self.line(head, 4, " {\n").is_some() {
            return Some(());
        }
        self.text.truncate(start);
        let open = head
            .iter()
            .position(|token| matches!(token, TokenTree::Group(_)))?;
        let (TokenTree::Group(arguments), result) = head.get(open..)?.split_first()? else {
            return None;
        };
        self.line(head.get(..open)?, 4, "(")?;
        let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
        // Where the result could be broken too, all the arguments may yet stay on their line.
        let (mut flat, mut after) = (String::new(), String::new());
        line::print(&arguments, &mut flat)?;
        let breakable = line::print(result, &mut after)?;
        if breakable && self.text.len() - start + flat.len() <= WIDTH {
            return None;
        }
        self.text.push('\n');
        for argument in parts(&arguments) {
            self.line(argument, 8, ",\n")?;
        }
        self.text.push_str("    )");
        self.line(result, 0, " {\n")
    }

    /// The body of a function: an expression of one line, or a `match` of such.
    fn body(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let (last, head) = tokens.split_last()?;
        match last {
            TokenTree::Group(arms) if starts_with(head, "match") => {
                self.line(head, 8, " {\n")?;
                let arms: Vec<TokenTree> = arms.stream().into_iter().collect();
                for arm in parts(&arms) {
                    self.line(arm, 12, ",\n")?;
                }
                self.text.push_str("        }\n");
            }
            _ => self.line(tokens, 8, "\n")?,
        }
        Some(())
    }

    /// A constant whose value is a chain of calls: one on each line, as they are too many for one.
    fn chain(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let mut flat = String::new();
        line::print(tokens, &mut flat).filter(|_| starts_with(tokens, "const"))?;
        if flat.len() + 5 <= WIDTH {
            return None;
        }
        let calls: Vec<_> = tokens.split(|token| is_punct(token, '.')).collect();
        let (first, calls) = calls.split_first()?;
        let (last, calls) = calls.split_last()?;
        self.line(first, 4, "\n        .")?;
        for call in calls {
            self.line(call, 0, "\n        .")?;
        }
        self.line(last, 0, ";\n")
    }

    /// Tokens on one line that is indented by this much, if the formatter would leave them on one, and what follows.
    fn line(&mut self, tokens: &[TokenTree], indent: usize, after: &str) -> Option<()> {
        let start = self.text.rfind('\n').map_or(0, |end| end + 1);
        self.text.extend(std::iter::repeat_n(' ', indent));
        let breakable = line::print(tokens, &mut self.text)?;
        let end = after.find('\n').unwrap_or(after.len());
        let width = self.text.len() - start + end;
        self.text.push_str(after);
        (!breakable || width <= WIDTH).then_some(())
    }

    /// Prints attributes and documentation, and gives what follows them.
    fn attributes<'t>(&mut self, mut tokens: &'t [TokenTree], indent: usize) -> Option<&'t [TokenTree]> {
        while let [TokenTree::Punct(punct), TokenTree::Group(group), rest @ ..] = tokens
            && punct.as_char() == '#'
        {
            let attribute: Vec<TokenTree> = group.stream().into_iter().collect();
            if let [name, _, TokenTree::Literal(text)] = attribute.as_slice()
                && starts_with(std::slice::from_ref(name), "doc")
            {
                self.documentation(&text.to_string(), indent)?;
            } else {
                let start = self.text.len();
                self.text.extend(std::iter::repeat_n(' ', indent));
                self.text.push_str("#[");
                line::print(&attribute, &mut self.text)?;
                self.text.push_str("]\n");
                (self.text.len() - start <= WIDTH).then_some(())?;
            }
            tokens = rest;
        }
        Some(tokens)
    }

    /// Lines of documentation, from the raw string that they are in the tokens.
    fn documentation(&mut self, literal: &str, indent: usize) -> Option<()> {
        let text = literal.strip_prefix('r')?.trim_matches('#');
        let text = text.strip_prefix('"')?.strip_suffix('"')?;
        for line in text.split(self.line_break) {
            self.text.extend(std::iter::repeat_n(' ', indent));
            self.text.extend(["///", line.trim_end(), "\n"]);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    fn refuse(_: proc_macro2::TokenStream) -> String {
        "refused\n".to_owned()
    }

    fn layout(text: &str) -> String {
        super::items(text.parse().unwrap(), '\u{1}', refuse)
    }

    /// What is laid out here is what the formatter makes of it.
    #[track_caller]
    fn same(text: &str) {
        let formatted = prettyplease::unparse(&syn::parse_str(text).unwrap());
        assert_eq!(layout(text), formatted);
        assert_eq!(
            layout(&formatted.replace("/// ", "#[doc = r\" ").replace(".\n", ".\"]\n")),
            formatted
        );
    }

    #[test]
    fn usual_items_are_laid_out_as_the_formatter_would() {
        same("use ::letterpress_runtime as rt; #[path = \"x.rs\"] pub mod r#type;");
        same("rt::client!(API);");
        same("rt::operation!(Get, super::super::Client); rt::a!();");
        same("#[doc = r\" The call.\"] #[must_use = \"x y\"] pub struct Get(rt::Call<Self>);");
        same("#[derive(Clone, Copy)] pub struct Users<'a>(pub(super) &'a rt::Client); struct None {}");
        same(
            "pub struct A { #[doc = r\" B.\"] pub b: Option<BTreeMap<String, Vec<u8>>>, pub r#c: super::x::Y }",
        );
        same(
            "#[derive(Debug)] #[non_exhaustive] pub enum E { #[doc = r\" No.\"] No(()), Other(rt::Response<rt::Body>), Unit }",
        );
        same(
            "impl Get { #[inline] pub fn r#type(self, r#type: impl Into<Type>, x: &[T]) -> Self { Self(self.0.query(0, r#type.into())) } }",
        );
        same(
            "impl<'a> Users<'a> { pub fn token(self) -> token::Token<'a> { token::Token(self.0) } pub fn me(&self) -> Me<'_> { Me(self.inner()) } }",
        );
        same(
            "impl rt::Operation for Get { type Output = Vec<String>; fn error(a: rt::A) -> rt::D<Self::E> { match a.status() { 404 => a.empty().map(E::No), status if status / 100 == 4 => a.json(), _ => a.body() } } }",
        );
    }

    #[test]
    fn what_is_too_long_for_a_line_is_broken_as_the_formatter_would() {
        let long = "a_name_that_is_about_thirty_long";
        same(&format!(
            "impl A {{ pub fn {long}(self, {long}: impl ::core::fmt::Display, b: &B) -> {long} {{ b }} }}"
        ));
        same(&format!(
            "impl A {{ const SPEC: rt::Spec = rt::Spec::new(\"GET\", \"{long}\").name(\"{long}\").path(&[(\"a\", None)]); }}"
        ));
        // To the byte: one shorter stays on its line.
        for length in 20..60 {
            let name = "n".repeat(length);
            let formatted = |text: &str| prettyplease::unparse(&syn::parse_str(text).unwrap());
            for text in [
                format!("impl A {{ pub fn {name}(self, argument: &str) -> Get {{ x }} }}"),
                format!(
                    "impl A {{ const {name}: S = S::new(\"a\").a(&[B::c(1, 2), B::d(\"e\")]).b(C::D); }}"
                ),
                format!(
                    "impl A {{ fn a(self) -> B {{ Self(self.0.query(0, {name}.into()).path(1, &b)) }} }}"
                ),
                format!(
                    "impl A {{ fn a(self) -> B {{ match a {{ 404 => a.empty_body_of_it().map({name}::No), _ => x }} }} }}"
                ),
                format!("pub struct A {{ pub {name}: Option<BTreeMap<String, super::super::x::Y>> }}"),
                format!("pub enum A {{ {name}(rt::Response<rt::ABodyThatHasALongishName>) }}"),
                format!("impl rt::OperationWithALongName for super::{name}::Getter {{ type A = B; }}"),
                format!("#[derive({name}, {name})] pub struct A;"),
                format!("rt::operation!({name}, super::super::{name}Client);"),
                format!("pub struct Name{name}<'a>(pub(super) &'a rt::Client, pub Vec<String>);"),
            ] {
                let here = super::items(text.parse().unwrap(), '\u{1}', |tokens| {
                    prettyplease::unparse(&syn::parse2(tokens).unwrap())
                });
                assert_eq!(here, formatted(&text), "{text}");
            }
        }
    }

    #[test]
    fn other_forms_are_left_to_the_formatter() {
        for text in [
            "pub trait T { type A; }",
            "pub use a::{B, C};",
            "const A: X = Y { b: 1 };",
            "static A: [u8; 2] = [1, 2,];",
        ] {
            assert_eq!(layout(text), "refused\n", "{text}");
        }
        let body = layout("impl A { fn a() { let x = 1; x } fn b() -> B { b } }");
        assert_eq!(
            body,
            "impl A {\nrefused\n    fn b() -> B {\n        b\n    }\n}\n"
        );
    }
}
