//! Lays out items as rustfmt does, in its default configuration and the style of 2024.
//!
//! In: the tokens of items. Out: their text. It knows the forms that generated code has; of another form it prints the
//! tokens as they are, on one line, which is right if not beautiful.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::head::{colon, group_in, head_of, implementation, signature};
use super::node::{self, Node, flat, is_punct, parts};
use super::shape::{STEP, Shape, width};
use super::{assign, line, rewrite, table};

/// The text of items. Documentation is that of one `doc` attribute, with this character between its lines.
pub(super) fn items(tokens: TokenStream, line_break: char) -> String {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut layout = Layout {
        text: String::new(),
        line_break,
    };
    let mut items = split(&tokens);
    if items.iter().all(|item| module(item).is_some()) {
        items.sort_by_cached_key(|item| module(item));
    }
    for item in items {
        layout.item(item);
    }
    layout.text
}

/// The items, or members of an `impl`: each ends with a semicolon, or with a group in braces.
fn split(mut tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let mut items = Vec::new();
    while !tokens.is_empty() {
        let is_use = tokens.iter().take_while(|token| !is_punct(token, ';'));
        let is_use = is_use.filter(|token| is_word(token, "use")).count() > 0;
        let braces = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        let end = tokens
            .iter()
            .position(|token| is_punct(token, ';') || !is_use && braces(token));
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

/// The name of a module that is declared.
fn module(item: &[TokenTree]) -> Option<String> {
    match item {
        [.., word, TokenTree::Ident(name), _] if is_word(word, "mod") => {
            Some(name.to_string().trim_start_matches("r#").to_owned())
        }
        _ => None,
    }
}

fn is_word(token: &TokenTree, wanted: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == wanted)
}

/// Text in the making.
struct Layout {
    text: String,
    line_break: char,
}

impl Layout {
    /// An item of a module.
    fn item(&mut self, tokens: &[TokenTree]) {
        let tokens = self.attributes(tokens, 0);
        let start = self.text.len();
        if self.known_item(tokens).is_none() {
            self.text.truncate(start);
            self.as_it_is(tokens, 0);
        }
    }

    fn known_item(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let (last, head) = tokens.split_last()?;
        if let Some(body) = group_in(last, Delimiter::Brace) {
            return self.definition(head, body);
        }
        if !is_punct(last, ';') {
            return None;
        }
        if let Some(call) = macro_call(head) {
            self.text.push_str(&call);
        } else if let Some(assignment) = assignment(head, 0) {
            self.text.extend([assignment.as_str(), ";\n"]);
        } else if head.iter().any(|token| is_word(token, "use")) {
            self.text.extend([import(head)?.as_str(), ";\n"]);
        } else {
            self.tuple(head, 0, ";\n")?;
        }
        Some(())
    }

    /// A struct, an enum or an `impl`.
    fn definition(&mut self, head: &[TokenTree], body: &Group) -> Option<()> {
        let members: Vec<TokenTree> = body.stream().into_iter().collect();
        let is_impl = head.first().is_some_and(|token| is_word(token, "impl"));
        let is_enum = head.iter().any(|token| is_word(token, "enum"));
        let head = if is_impl {
            implementation(head)?
        } else {
            head_of(flat(head)?, members.is_empty())
        };
        self.text.push_str(&head);
        if members.is_empty() {
            self.text.push_str("{}\n");
            return Some(());
        }
        self.text.push_str("{\n");
        if is_impl {
            for member in split(&members) {
                self.member(member);
            }
        } else {
            for part in parts(&members) {
                let part = self.attributes(part, STEP);
                if is_enum {
                    self.tuple(part, STEP, ",\n")?;
                } else {
                    self.field(part)?;
                }
            }
        }
        self.text.push_str("}\n");
        Some(())
    }

    /// A name with or without types in parentheses: a variant, or a struct.
    fn tuple(&mut self, tokens: &[TokenTree], indent: usize, after: &str) -> Option<()> {
        let text = match tokens.split_last()? {
            (TokenTree::Group(group), head) if group.delimiter() == Delimiter::Parenthesis => {
                let held: Vec<TokenTree> = group.stream().into_iter().collect();
                let held = parts(&held)
                    .into_iter()
                    .map(held_type)
                    .collect::<Option<Vec<_>>>()?;
                let shape = Shape::indented(indent).sub_width(1)?;
                let mut head = flat(head)?;
                if let Some(name) = head.strip_suffix("<'a>")
                    && width(&head) > Shape::indented(indent).width
                {
                    head = format!("{name}<\n    'a,\n>");
                }
                rewrite::call(&head, &held, shape)
                    .or_else(|| rewrite::call(&head, &held, shape.unbounded()))?
            }
            _ => flat(tokens)?,
        };
        self.spaces(indent);
        self.text.extend([text.as_str(), after]);
        Some(())
    }

    /// A field of a struct.
    fn field(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let colon = colon(tokens)?;
        let (name, ty) = (tokens.get(..colon)?, tokens.get(colon + 1..)?);
        let (name, ty) = (flat(name)? + ":", node::ty(ty)?);
        let shape = Shape::indented(STEP).sub_width(1)?;
        self.spaces(STEP);
        self.text.push_str(&name);
        self.text.push_str(&assigned(&ty, width(&name), shape)?);
        self.text.push_str(",\n");
        Some(())
    }

    /// A function, constant or type of an `impl`.
    fn member(&mut self, tokens: &[TokenTree]) {
        let tokens = self.attributes(tokens, STEP);
        let start = self.text.len();
        if self.known_member(tokens).is_none() {
            self.text.truncate(start);
            self.as_it_is(tokens, STEP);
        }
    }

    fn known_member(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let (last, head) = tokens.split_last()?;
        self.spaces(STEP);
        let Some(body) = group_in(last, Delimiter::Brace) else {
            self.text.push_str(&assignment(head, STEP)?);
            self.text.push_str(";\n");
            return Some(());
        };
        self.text.push_str(&signature(head)?);
        let body: Vec<TokenTree> = body.stream().into_iter().collect();
        let body = node::expression(&body)?;
        let shape = Shape::indented(STEP + STEP);
        let text = body.rewrite(shape).or_else(|| body.rewrite(shape.unbounded()))?;
        self.text.extend([&shape.break_line(), text.as_str()]);
        self.text.push_str(&Shape::indented(STEP).break_line());
        self.text.push_str("}\n");
        Some(())
    }

    fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    /// Tokens of a form that is not known, on one line.
    fn as_it_is(&mut self, tokens: &[TokenTree], indent: usize) {
        self.spaces(indent);
        let text =
            flat(tokens).unwrap_or_else(|| tokens.iter().cloned().collect::<TokenStream>().to_string());
        self.text.push_str(&text);
        self.text.push('\n');
    }

    /// Prints attributes and documentation, and gives what follows them.
    fn attributes<'t>(&mut self, mut tokens: &'t [TokenTree], indent: usize) -> &'t [TokenTree] {
        while let [TokenTree::Punct(punct), TokenTree::Group(group), rest @ ..] = tokens
            && punct.as_char() == '#'
        {
            let attribute: Vec<TokenTree> = group.stream().into_iter().collect();
            let documentation = match attribute.as_slice() {
                [name, _, TokenTree::Literal(text)] if is_word(name, "doc") => {
                    documentation(&text.to_string()).map(str::to_owned)
                }
                _ => None,
            };
            match documentation {
                Some(text) => {
                    for line in text.split(self.line_break) {
                        self.spaces(indent);
                        self.text.extend(["///", line.trim_end(), "\n"]);
                    }
                }
                None => {
                    self.spaces(indent);
                    self.text.push('#');
                    self.text.push('[');
                    if line::print(&attribute, &mut self.text).is_none() {
                        self.text.push_str(&group.stream().to_string());
                    }
                    self.text.push_str("]\n");
                }
            }
            tokens = rest;
        }
        tokens
    }
}

/// A call of a macro that holds expressions, or a table.
fn macro_call(tokens: &[TokenTree]) -> Option<String> {
    let (last, path) = tokens.split_last()?;
    let (bang, path) = path.split_last()?;
    let arguments = group_in(last, Delimiter::Parenthesis).filter(|_| is_punct(bang, '!'))?;
    let name = flat(path)?;
    let Some(nodes) = node::list(arguments) else {
        return table::text(&name, arguments);
    };
    let shape = Shape::indented(0).sub_width(1)?;
    let head = name + "!";
    let call = rewrite::macro_call(&head, &nodes, shape)
        .or_else(|| rewrite::macro_call(&head, &nodes, shape.unbounded()))?;
    Some(call + ";\n")
}

/// Lines of documentation, from the raw string that they are in the tokens.
fn documentation(literal: &str) -> Option<&str> {
    let text = literal.strip_prefix('r')?.trim_matches('#');
    text.strip_prefix('"')?.strip_suffix('"')
}

/// `const NAME: Type = value` or `type Name = Type`.
fn assignment(tokens: &[TokenTree], indent: usize) -> Option<String> {
    let first = tokens
        .iter()
        .find(|token| is_word(token, "const") || is_word(token, "type"))?;
    let equals = tokens.iter().position(|token| is_punct(token, '='))?;
    let (head, value) = (tokens.get(..equals)?, tokens.get(equals + 1..)?);
    let value = if is_word(first, "const") {
        node::expression(value)
    } else {
        node::ty(value)
    };
    let head = flat(head)? + " =";
    let shape = Shape::indented(indent).sub_width(1)?;
    let value = assigned(&value?, width(&head), shape)?;
    Some(head + &value)
}

/// What follows a head of this width, with the space or line break before it.
fn assigned(value: &Node, head: usize, shape: Shape) -> Option<String> {
    let beside = shape.offset_left(head + 1).unwrap_or(Shape {
        width: 0,
        offset: head + 1,
        ..shape
    });
    assign::assigned(value, beside).or_else(|| assign::assigned(value, beside.unbounded()))
}

/// The names of a `use` are in the order of rustfmt, and as many on a line as fit.
fn import(tokens: &[TokenTree]) -> Option<String> {
    let Some((TokenTree::Group(group), path)) = tokens.split_last() else {
        return flat(tokens);
    };
    let names: Vec<TokenTree> = group.stream().into_iter().collect();
    let names = parts(&names).into_iter().map(flat).collect::<Option<Vec<_>>>()?;
    let path = flat(path)?;
    Some(rewrite::import(&path, names))
}

/// What a variant holds, or a struct without names.
fn held_type(tokens: &[TokenTree]) -> Option<Node> {
    match tokens {
        [public, rest @ ..] if is_word(public, "pub") => {
            let ty = flat(tokens)?;
            rest.first()?;
            Some(Node::Flat(ty))
        }
        _ => node::ty(tokens),
    }
}

#[cfg(test)]
mod tests {
    fn layout(text: &str) -> String {
        super::items(text.parse().unwrap(), '\u{1}')
    }

    /// What rustfmt printed is printed so again. (That it is what rustfmt prints, a test with `cargo fmt` shows.)
    #[track_caller]
    fn same(text: &str) {
        assert_eq!(layout(text), text);
    }

    #[test]
    fn usual_items_stand_on_their_lines() {
        same("rt::client!(API);\nrt::operation!(Get, super::super::Client);\n");
        same("#[must_use = \"x y\"]\npub struct Get(rt::Call<Self>);\n");
        same(
            "#[derive(Clone, Copy)]\npub struct Users<'a>(pub(super) &'a rt::Client);\npub struct None {}\n",
        );
        same("pub struct A {\n    pub b: Option<BTreeMap<String, Vec<u8>>>,\n    pub r#c: super::x::Y,\n}\n");
        same("pub enum E {\n    No(()),\n    Other(rt::Response<rt::Body>),\n    Unit,\n}\n");
        same(
            "impl<'a> Users<'a> {\n    pub fn token(self) -> token::Token<'a> {\n        token::Token(self.0)\n    }\n}\n",
        );
        same(
            "impl rt::Operation for Get {\n    type Output = Vec<String>;\n    fn error(a: rt::A) -> rt::D<Self::E> {\n        match a.status() {\n            404 => a.empty().map(E::No),\n            status if status / 100 == 4 => a.json(),\n            _ => a.body(),\n        }\n    }\n}\n",
        );
    }

    #[test]
    fn documentation_is_comments() {
        assert_eq!(
            layout("#[doc = r#\" A.\u{1} \"B\".\"#] struct A {}"),
            "/// A.\n/// \"B\".\nstruct A {}\n"
        );
    }

    #[test]
    fn calls_are_broken_as_their_arguments_ask() {
        same(
            "const A: rt::Spec = rt::Spec::new(\n    \"DELETE\",\n    \"{{baseUrl}}/files/:file_id/metadata/:scope/:template_key\",\n)\n.name(\"x\")\n.headers(&[rt::Entry::always(\n    \"Content-Type\",\n    \"application/x-www-form-urlencoded\",\n)]);\n",
        );
        same(
            "impl A {\n    fn a(self) -> A {\n        A(rt::Call::new(self.0)\n            .set_query(0, a_name_of_some_length)\n            .set_query(1, another_name))\n    }\n}\n",
        );
    }

    #[test]
    fn closures_bounds_and_told_types_are_printed() {
        same(
            "impl B {\n    pub fn access_token_from<C: rt::Gives<0>>(\n        self,\n        call: impl Fn(&Client) -> C + Send + Sync + 'static,\n    ) -> Self {\n        self.variable_from(\n            \"accessToken\",\n            rt::token_of::<0, C>(move |client| call(&Client(client))),\n        )\n    }\n}\n",
        );
    }

    #[test]
    fn modules_and_imports_are_in_order() {
        assert_eq!(
            layout("mod b; mod a2; mod a10; mod r#a;"),
            "mod r#a;\nmod a10;\nmod a2;\nmod b;\n"
        );
        assert_eq!(layout("pub use a::{B10, B2, A};"), "pub use a::{A, B2, B10};\n");
        assert_eq!(layout("pub use a::{B};"), "pub use a::B;\n");
    }

    #[test]
    fn what_is_not_known_is_printed_all_the_same() {
        assert_eq!(
            layout("static A: [u8; 2] = [1; 2];"),
            "static A : [u8 ; 2] = [1 ; 2] ;\n"
        );
    }
}
