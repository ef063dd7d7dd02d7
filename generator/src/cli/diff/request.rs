//! What of a request is otherwise than before.
//!
//! In: two expressions that make the request's description in generated code. Out: words. Code that reads otherwise gives no more than that.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Expr, Lit};

/// A description: method and address, and what else is said of it, by the function that says it.
#[derive(Default)]
struct Said {
    address: Option<String>,
    parts: BTreeMap<String, String>,
}

/// What is otherwise: ``was `GET /a` and is `GET /b`; another query``.
pub(super) fn difference(before: &str, after: &str) -> String {
    let (before, after) = (said(before), said(after));
    let mut words = Vec::new();
    match (&before.address, &after.address) {
        (Some(a), Some(b)) if a != b => words.push(format!("was `{a}` and is `{b}`")),
        (_, _) => {}
    }
    let names = before.parts.keys().chain(after.parts.keys());
    let mut others: Vec<String> = names
        .filter(|name| before.parts.get(*name) != after.parts.get(*name))
        .map(|name| name.replace('_', " "))
        .collect();
    others.sort();
    others.dedup();
    if !others.is_empty() {
        words.push(format!("is sent, or saved, with another {}", others.join(", ")));
    }
    if words.is_empty() {
        return "is sent, or saved, otherwise".to_owned();
    }
    words.join("; ")
}

fn said(text: &str) -> Said {
    let mut said = Said::default();
    let Ok(mut expression) = syn::parse_str::<Expr>(text) else {
        return said;
    };
    loop {
        match expression {
            Expr::MethodCall(call) => {
                said.parts
                    .insert(call.method.to_string(), call.args.to_token_stream().to_string());
                expression = *call.receiver;
            }
            Expr::Call(call) => {
                let texts: Option<Vec<String>> = call.args.iter().map(literal).collect();
                said.address = texts
                    .filter(|texts| !texts.is_empty())
                    .map(|texts| texts.join(" "));
                return said;
            }
            _ => return said,
        }
    }
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value().replace('`', "'")),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn what_is_otherwise_is_said() {
        let base = r#"rt::Spec::new("GET", "/a").name("A").query(&[1])"#;
        for (from, to, expected) in [
            (r#""/a""#, r#""/v2/a""#, "was `GET /a` and is `GET /v2/a`"),
            ("[1]", "[2]", "is sent, or saved, with another query"),
            (
                r#".name("A")"#,
                r#".name("B").any_auth(1)"#,
                "is sent, or saved, with another any auth, name",
            ),
            ("rt::", "::rt::", "is sent, or saved, otherwise"),
        ] {
            assert_eq!(difference(base, &base.replacen(from, to, 1)), expected);
        }
    }
}
