//! What a builder of a generated client can do is what the runtime's can.

use std::fs;

use letterpress_tests::inputs::workspace;

use super::sources;

/// A generated builder is a type of its own, so that its page shows a collection's settings beside what every client has: a
/// method of the runtime's builder that is not handed on is one that no user can call.
#[test]
fn generated_builders_have_every_method() {
    let macros = fs::read_to_string(workspace().join("runtime/src/macros/client.rs")).unwrap();
    let names = fs::read_to_string(workspace().join("generator/src/rust/client.rs")).unwrap();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources("runtime/src") {
        for name in builder_methods(&text) {
            seen += 1;
            // What generated code calls to make one.
            if ["new", "module"].contains(&name.as_str()) {
                continue;
            }
            if !macros.contains(&format!("self.0.{name}(")) {
                wrong.push(format!("{}: `{name}` is not handed on", path.display()));
            }
            if !names.contains(&format!("\"{name}\",")) {
                wrong.push(format!("{}: a setting could be called `{name}`", path.display()));
            }
        }
    }
    assert!(seen > 20, "the builder is somewhere else now: {seen} methods");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The public methods of `ClientBuilder` in this file.
fn builder_methods(text: &str) -> Vec<String> {
    let file = syn::parse_file(text).unwrap();
    let blocks = file.items.iter().filter_map(|item| match item {
        syn::Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    });
    let builders = blocks.filter(
        |block| matches!(&*block.self_ty, syn::Type::Path(path) if path.path.is_ident("ClientBuilder")),
    );
    let methods = builders
        .flat_map(|block| &block.items)
        .filter_map(|item| match item {
            syn::ImplItem::Fn(method) if matches!(method.vis, syn::Visibility::Public(_)) => {
                Some(method.sig.ident.to_string())
            }
            _ => None,
        });
    methods.collect()
}
